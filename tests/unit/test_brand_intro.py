"""Who writes first: a brand by its name and place, a creator by their accounts."""

from typing import Any

import pytest

from bots.understanding import brand_intro, changes, intents, intro, names, payees
from tests.unit.test_reader import TODAY

BRANDS = (
    (
        "hey, we're a small ice cream brand called Mango Tree in Pune, India, looking for influencers",
        {"kind": "brand", "name": "Mango Tree", "country": "IN", "currency": "INR"},
    ),
    (
        "namaste, hamara brand Desi Kulfi hai, Pune mein dukaan hai",
        {"kind": "brand", "name": "Desi Kulfi", "country": "IN", "currency": "INR"},
    ),
    (
        "Somos Helados Nube, una marca de helados en Ciudad de México, queremos trabajar con creadores",
        {"kind": "brand", "name": "Helados Nube", "country": "MX", "currency": "MXN"},
    ),
    (
        "somos una agencia de marketing en Madrid, se llama Ola Digital",
        {"kind": "agency", "name": "Ola Digital", "country": "ES", "currency": "EUR"},
    ),
    (
        "हमारा ब्रांड देसी कुल्फी है, पुणे में",
        {"kind": "brand", "name": "देसी कुल्फी", "country": "IN", "currency": "INR"},
    ),
    ("our app is new and we want creators", {"kind": "brand"}),
)
NO_BRANDS = (
    "I'm a food blogger and I work with brands, my insta is @x.y 12k followers",
    "soy creadora y busco trabajo con marcas",
    "hi main Priya hoon, insta par 9k followers",
    "we are a couple travelling India, insta @us.two 8k followers",
)


@pytest.mark.parametrize(("text", "stated"), BRANDS)
def test_a_brand_says_who_it_is_in_a_sentence(text: str, stated: dict[str, Any]) -> None:
    assert brand_intro.slots(text) == stated


@pytest.mark.parametrize("text", NO_BRANDS)
def test_a_creator_who_speaks_of_brands_is_none(text: str) -> None:
    assert brand_intro.slots(text) == {}


def test_an_introduction_with_a_price_is_no_brief_whatever_it_begins_like() -> None:
    seeks = (
        "Busco trabajo con marcas, soy creadora de comida en Ciudad de México,"
        " 12 mil seguidores en instagram @lucia.come, 2 reels por 3000 pesos"
    )
    assert intents.read(seeks, "", TODAY).name == "introduce"
    wants = "Buscamos 2 creadores de comida para nuestros helados, un reel cada uno, tenemos 8000 pesos"
    assert intents.read(wants, "", TODAY).name == "campaign_new"


def test_where_somebody_is_from_is_not_their_name() -> None:
    assert names.name("I'm from Nashik") == ""
    assert names.name("We're from Pune") == ""
    assert names.name("We from Pune") == ""
    assert names.name("I'm Asha from Nashik") == "Asha"


def test_every_account_of_an_introduction_is_kept() -> None:
    found = intro.profile_slots("insta asha 12k, tiktok asha.t 3k")
    assert (found["platform"], found["handle"], found["followers"]) == ("instagram", "asha", 12_000)
    assert found["more_accounts"] == [{"platform": "tiktok", "handle": "asha.t", "followers": 3_000}]


def test_another_account_stands_beside_the_main_one() -> None:
    answered = {"platform": "instagram", "handle": "asha"}
    found = intro.profile_slots("I'm also on tiktok @asha.t with 3k followers", answered)
    assert "handle" not in found
    assert found["more_accounts"] == [{"platform": "tiktok", "handle": "asha.t", "followers": 3_000}]


@pytest.mark.parametrize(
    "said",
    ["yes, save it", "haan sahi hai", "sí, así está bien", "👍", "yes that's right", "haan bhej do", "agree"],
)
def test_a_yes_is_a_yes_in_whatever_words(said: str) -> None:
    assert changes.affirms(said, "Agree")


@pytest.mark.parametrize(
    "said", ["yes, but 2 reels", "no", "not ok", "yes?", "ok, 9,000 then", "save", "profile", "it is good"]
)
def test_what_says_more_than_yes_is_none(said: str) -> None:
    assert not changes.affirms(said, "Agree to my profile")


@pytest.mark.parametrize(
    ("said", "account"),
    [
        ("you can send my money to priya@okaxis, please", "priya@okaxis"),
        ("mi CLABE es 646180157000000004", "646180157000000004"),
        ("IBAN DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
        ("write to me at priya@example.com", ""),
        ("my insta is @priya.eats", ""),
    ],
)
def test_an_account_is_found_in_a_sentence(said: str, account: str) -> None:
    assert payees.account(said) == account


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("make it 3 creators and 15k", ["3 creators", "15k"]),
        ("mejor que sean 3 creadores y 9 mil pesos", ["3 creadores", "9 mil pesos"]),
        ("budget between 20k and 30k", ["budget between 20k and 30k"]),
        ("2 reels and 3 stories", ["2 reels and 3 stories"]),
    ],
)
def test_an_amount_behind_and_is_a_thing_of_its_own(said: str, read: list[str]) -> None:
    assert [clause.text for clause in changes.clauses(said)] == read
