"""Cases that were found once, tried with their neighbours: amounts, days, places, handles as people write."""

from typing import Any

import pytest

from bots.understanding import (
    brief,
    changes,
    dates,
    glossary,
    handles,
    intents,
    intro,
    numbers,
    places,
    tongue,
)
from core.compliance import disclosure
from core.networks import links
from tests.evals.slots import TODAY


@pytest.mark.parametrize(
    ("said", "home", "major", "currency"),
    [
        ("1 20 000", "INR", 120_000, ""),
        ("₹ 12 50 000", "INR", 1_250_000, "INR"),
        ("1 00 00 000 rupees", "INR", 10_000_000, "INR"),
        ("300,- kr", "SEK", 300, "SEK"),
        ("300:- kr", "SEK", 300, "SEK"),
        ("1500.- Fr.", "CHF", 1_500, "CHF"),
        ("150,- €", "EUR", 150, "EUR"),
        ("Rs 300/-", "INR", 300, "INR"),
    ],
)
def test_an_amount_is_whole_however_it_is_grouped_and_ended(
    said: str, home: str, major: int, currency: str
) -> None:
    read = numbers.amount(said, home)
    assert read is not None
    assert (read.major, read.currency) == (major, currency)


@pytest.mark.parametrize(
    ("said", "budget"),
    [
        (
            "Vendemos cajas a 499 MXN. Busco 5 creadores en CDMX, 1 reel, 1500 cada uno",
            {"min": 1500, "max": 1500, "currency": "MXN", "per": "creator"},
        ),
        (
            "Kurs für 49 €, 10 Creator, 150 pro Person",
            {"min": 150, "max": 150, "currency": "EUR", "per": "creator"},
        ),
        (
            "Budget ₹20,000 for 5 creators, at most 25,000 each",
            {"min": 20_000, "max": 20_000, "currency": "INR", "per": "total"},
        ),
        (
            "₹200 off coupon above ₹999, 10 creators in Pune, 40k",
            {"min": 40_000, "max": 40_000, "per": "total"},
        ),
        (
            "10 criadores em Recife, cupom de R$ 20 de desconto, 4 mil",
            {"min": 4_000, "max": 4_000, "per": "total"},
        ),
        ("5 creators with 40k in Pune", None),
        ("5 creators, 1 reel, 40k-60k", None),
        ("Asha, food, Pune, insta asha.eats, 16k", None),
    ],
)
def test_the_budget_is_what_can_be_one(said: str, budget: dict[str, Any] | None) -> None:
    assert brief.slots(said, TODAY).get("budget") == budget


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("bis KW 50", "2026-12-11"),
        ("in Kalenderwoche 2", "2027-01-15"),
        ("KW 3/2028", "2028-01-21"),
        ("in week 50", "2026-12-11"),
    ],
)
def test_a_week_by_its_number_is_its_friday(said: str, day: str) -> None:
    assert brief.slots(f"5 Foodblogger in Berlin, 1 Reel, 500 €, {said}", TODAY)["deadline"] == day


@pytest.mark.parametrize("said", ["KW 60", "5 kw", "week 50 reels", "2 reels in week 2"])
def test_what_is_no_week_is_no_day(said: str) -> None:
    assert "deadline" not in brief.slots(f"5 food creators, {said}", TODAY)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("5 food creators in Kochi, 20k, before Onam", "Onam"),
        ("5 criadores, 2 mil, o quanto antes", "o quanto antes"),
        ("5 क्रिएटर चाहिए, राखी से पहले", "राखी"),
        ("5 Creator, so schnell wie möglich", "so schnell wie möglich"),
        ("5 creators, #onam2026 posts", ""),
        ("5 creators by Diwali", ""),
    ],
)
def test_a_feast_whose_day_nobody_knows_is_named(said: str, words: str) -> None:
    assert dates.undated(said) == words


@pytest.mark.parametrize(
    ("said", "country", "region"),
    [
        ("Paris, Texas", "US", "TX"),
        ("Moscow, Idaho", "US", "ID"),
        ("Athens, Georgia", "US", "GA"),
        ("Rome, New York", "US", "NY"),
        ("Vancouver, Washington", "US", "WA"),
        ("Naples (Florida)", "US", "FL"),
        ("Tbilisi, Georgia", "GE", "51"),
        ("Bath", "GB", "ENG"),
    ],
)
def test_a_small_town_is_read_with_its_land_behind_it(said: str, country: str, region: str) -> None:
    found = places.city(said)
    assert found is not None
    assert (found.country, found.region) == (country, region)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Valencia", {"ES", "VE"}),
        ("Georgia", {"US", "GE"}),
        ("Whitby, UK", {"GB"}),
        ("India", {"IN"}),
    ],
)
def test_a_name_of_several_places_is_asked_about(said: str, asked: set[str]) -> None:
    assert places.city(said) is None
    assert {city.country for city in places.candidates(said)[:4]} == asked


@pytest.mark.parametrize(
    ("said", "city"),
    [
        ("I'm Joe from Paris, Texas, bbq, insta joebbq 8k", {"city": "Paris", "country": "US"}),
        ("Anna from Bath, food, insta annaeats 5k", {"city": "Bath", "country": "GB"}),
        ("Ich bin Jan aus Worms, Bücher, insta jan.liest 5k", {"city": "Worms", "country": "DE"}),
        ("I love reading. Tom, insta tomreads 5k", None),
        ("Hi from Laura, books, insta lauraliest 5k", None),
        ("Soy Ana de Valencia, comida, insta anacome 8k", None),
        ("Maya from Georgia, travel, insta mayago 8k", None),
    ],
)
def test_a_home_is_read_where_it_is_one(said: str, city: dict[str, str] | None) -> None:
    assert intro.profile_slots(said).get("city") == city


def test_a_country_that_is_called_like_a_state_is_no_country_yet() -> None:
    assert "countries" not in brief.slots("5 food creators in Georgia, 1 reel each, $500", TODAY)
    assert places.is_state_or_country("5 food creators in Georgia, 1 reel each, $500")
    assert not places.is_state_or_country("5 food creators in Atlanta, Georgia, 1 reel each, $500")
    assert brief.slots("5 food creators in Tbilisi, Georgia", TODAY)["cities"] == ["Tbilisi"]


@pytest.mark.parametrize(
    ("said", "handle"),
    [
        ("@asha.eats", "asha.eats"),
        ("asha..eats", ""),
        ("@asha..eats", ""),
        ("@asha eats", ""),
        ("asha eats", ""),
        ("@asha on insta", "asha"),
        ("@asha food", "asha"),
        ("@asha_k eats", "asha_k"),
    ],
)
def test_a_handle_is_one_that_its_network_allows_and_that_ends_there(said: str, handle: str) -> None:
    assert handles.answer(said, "instagram") == handle


def test_an_address_of_a_name_that_nobody_can_have_names_nobody() -> None:
    whose = links.profile("https://www.instagram.com/asha..eats")
    assert whose is not None
    assert not whose.handle


@pytest.mark.parametrize(
    ("said", "platform", "followers"),
    [
        ("youtube farhan moto 6k", "youtube", 6_000),
        ("Farhan, youtube: Farhan Moto 6k subs", "youtube", 6_000),
        ("Soy Ana, tiktok ana cocina 12 mil", "tiktok", 12_000),
        ("insta: @asha eats, 5k followers", "instagram", 5_000),
    ],
)
def test_a_channel_that_is_named_keeps_its_followers_and_its_handle_is_asked(
    said: str, platform: str, followers: int
) -> None:
    found = intro.profile_slots(said)
    assert (found["platform"], found["followers"]) == (platform, followers)
    assert "handle" not in found


def test_what_a_piece_costs_on_a_network_is_no_audience() -> None:
    assert "followers" not in intro.slots("Ana, collab on instagram for 5k")


@pytest.mark.parametrize(
    ("caption", "country"),
    [
        ("#sponsoredby @kalachai the best masala", "IN"),
        ("#PaidPartnership with @kalachai", "IN"),
        ("#sponsoredpost tea", "US"),
        ("#patrocinadopor @te", "MX"),
        ("#patrocinadapor @cha", "BR"),
        ("#gesponsertvon @tee", "DE"),
    ],
)
def test_a_label_written_together_with_its_by_discloses(caption: str, country: str) -> None:
    assert disclosure.disclosed(caption, country)


def test_a_word_of_thanks_does_not_turn_the_talk() -> None:
    assert tongue.guess("", "gracias!", first=True) == "es"
    assert not tongue.guess("", "gracias!", first=False)
    assert not tongue.guess("", "obrigado", first=False)
    assert tongue.guess("", "Hola, busco 3 creadores de comida", first=False) == "es"


@pytest.mark.parametrize(
    ("said", "side"),
    [
        ("…and can I sign up as a creator too?", "b"),
        ("How do I sign up as a brand too?", "c"),
        ("¿puedo registrarme como creadora también?", "b"),
        ("posso me cadastrar como criador também?", "b"),
        ("kann ich mich hier auch als Creator anmelden?", "b"),
        ("main creator ke taur pe bhi join kar sakta hu kya", "b"),
        ("est-ce que je peux m'inscrire comme créatrice aussi ?", "b"),
    ],
)
def test_who_wants_to_be_the_other_side_too_is_not_introduced_anew(said: str, side: str) -> None:
    assert intents.read(said, side).name == "switch_side"


def test_roas_is_not_roi() -> None:
    assert glossary.term_of("roas") == "roas"
    assert glossary.term_of("roi") == "roi"


@pytest.mark.parametrize(
    "said", ["ok forget it", "never mind", "olvídalo", "esquece", "achha rehne do", "छोड़ो", "no", "नहीं"]
)
def test_who_lets_it_be_refuses(said: str) -> None:
    assert changes.refuses(said)


@pytest.mark.parametrize("said", ["don't forget it", "no wait", "forget the story", "never mind the price"])
def test_who_says_more_does_not_refuse(said: str) -> None:
    assert not changes.refuses(said)


@pytest.mark.parametrize(
    "said", ["and 2 stories on top", "además 2 historias", "além disso 2 stories", "upar se 2 story"]
)
def test_what_comes_on_top_is_added(said: str) -> None:
    assert [clause.how for clause in changes.clauses(said)] == [changes.How.ADD]


def test_to_wait_says_nothing_by_itself() -> None:
    assert not changes.content("no wait")
    assert not changes.content("espera")
