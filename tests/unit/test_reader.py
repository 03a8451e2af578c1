"""One reader at every question and review: what a sentence answers, changes, asks for, and leaves unsaid."""

from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from bots.conversation import engine, questions
from bots.conversation.events import Ask, ChooseEdit, Effect, Missed, Noted, Review, Said, Start, Tell
from bots.conversation.forms import KNOWN, Known, answered
from bots.conversation.session import Frame, Session
from bots.dialogues import campaign_money, campaigns, profile
from core.kit.money import Currency

FORMS = {form.name: form for form in (campaigns.CAMPAIGN_FORM, profile.ONBOARD)}
TODAY = date(2026, 11, 28)
BRIEF = "5 food creators in Pune and Mumbai, 2 reels and 1 post each, 20k INR #ChaiTime by 20 December, hindi"
REEL, POST, STORY = "reel", "post", "story"


def campaign(opening: str, country: str = "IN") -> Session:
    home: Any = SimpleNamespace(currency=Currency("INR"), country=country, id=uuid4(), name="Kala Chai")
    known = Known(TODAY, campaign_money.CampaignFacts(home, (home,)), opening)
    return engine.reduce(FORMS, Session(), Start("campaign", {KNOWN: known}, opening))[0]


def onboarding(upto: str) -> Session:
    slots: dict[str, Any] = {
        "consent": "yes",
        "name": "Asha Rao",
        "platform": "instagram",
        "handle": "asha.eats",
        "followers": 2_000,
        "niches": ["food"],
        "city": {"city": "Nashik", "country": "IN"},
        "languages": ["en"],
        "currency": "INR",
        "rate_kind": "reel",
        "rate": 1_500_00,
        "bio": "Hi",
    }
    asked = tuple(slots)
    have = asked[: asked.index(upto)] if upto else asked
    kept = {name: slots[name] for name in have}
    known = Known(TODAY, profile.ProfileFacts(None))
    now = (upto,) if upto else ()
    slots = {KNOWN: known, **kept}
    frame = Frame("onboard", 1, slots, asked=(*have[1:], *now), wanted=frozenset(now))
    return Session((frame,), 3)


def said(session: Session, text: str) -> tuple[dict[str, Any], list[Effect]]:
    """Return which answers a sentence changes, None for one that is no more, and what is done."""
    before = answered(session.stack[-1].slots)
    after, effects = engine.reduce(FORMS, session, Said(text))
    now = answered(after.stack[-1].slots) if after.stack else {}
    changed = {name: value for name, value in now.items() if before.get(name) != value}
    return {**changed, **{name: None for name in before if name not in now}}, effects


def pieces(**counts: int) -> list[dict[str, Any]]:
    return [{"kind": kind, "count": count} for kind, count in counts.items()]


def people(count: int) -> dict[str, int]:
    return {"max": count, "min": count}


def budget(rupees: int) -> dict[str, Any]:
    return {"budget": rupees * 100}


AT_THE_SUMMARY: list[tuple[str, dict[str, Any]]] = [
    ("make it 25k and add 2 stories", {**budget(25_000), "deliverables": pieces(reel=2, post=1, story=2)}),
    ("no, 6 creators", {"creators": people(6)}),
    ("no, make it 6 creators", {"creators": people(6)}),
    ("yes, but 3 reels", {"deliverables": pieces(reel=3, post=1)}),
    ("yes but make it 6", {"creators": people(6)}),
    ("looks good but 3 reels", {"deliverables": pieces(reel=3, post=1)}),
    ("only 1 reel", {"deliverables": pieces(reel=1)}),
    ("not Pune, Nashik", {"cities": ["Mumbai", "Nashik"]}),
    ("Nashik, not Pune", {"cities": ["Mumbai", "Nashik"]}),
    ("Nashik instead of Pune", {"cities": ["Mumbai", "Nashik"]}),
    ("change Pune to Nashik", {"cities": ["Mumbai", "Nashik"]}),
    ("replace Mumbai with Nagpur", {"cities": ["Pune", "Nagpur"]}),
    ("drop Mumbai", {"cities": ["Pune"]}),
    ("remove Pune and Mumbai", {"cities": None}),
    ("add Nashik and Nagpur", {"cities": ["Pune", "Mumbai", "Nashik", "Nagpur"]}),
    ("Nashik too", {"cities": ["Pune", "Mumbai", "Nashik"]}),
    ("any city", {"cities": None}),
    ("budget 30k", budget(30_000)),
    ("change the budget to 30000", budget(30_000)),
    ("wait, budget is 50k", budget(50_000)),
    ("add 5k to the budget", budget(25_000)),
    ("increase budget by 5k", budget(25_000)),
    ("raise the budget to 40k", budget(40_000)),
    ("lower the budget by 5k", budget(15_000)),
    ("reduce it to 15k", budget(15_000)),
    ("everything is fine except the budget, 22k", budget(22_000)),
    ("2 more creators", {"creators": people(7)}),
    ("one creator less", {"creators": people(4)}),
    ("it should be 6 creators not 5", {"creators": people(6)}),
    ("oops I meant 7 creators", {"creators": people(7)}),
    ("actually 7", {"creators": people(7)}),
    ("creators: 7, budget: 21000", {"creators": people(7), **budget(21_000)}),
    ("remove the post", {"deliverables": pieces(reel=2)}),
    ("no posts", {"deliverables": pieces(reel=2)}),
    ("drop one reel", {"deliverables": pieces(reel=1, post=1)}),
    ("one more reel", {"deliverables": pieces(reel=3, post=1)}),
    ("add a story", {"deliverables": pieces(reel=2, post=1, story=1)}),
    ("remove the deadline", {"deadline": None}),
    ("move the deadline to 25 December", {"deadline": "2026-12-25"}),
    ("not December 20, December 22", {"deadline": "2026-12-22"}),
    ("no hashtags", {"hashtags": None}),
    ("add #Monsoon", {"hashtags": ["#ChaiTime", "#Monsoon"]}),
    ("english instead of hindi", {"languages": ["en"]}),
    ("no alcohol", {"exclusions": ["alcohol"]}),
    ("not food, fashion", {"niches": ["fashion"]}),
    ("followers 5k to 20k", {"followers": {"min": 5_000, "max": 20_000}}),
    # Hinglish and Hindi
    ("budget 25k kar do", budget(25_000)),
    ("25k kar do aur 2 stories jod do", {**budget(25_000), "deliverables": pieces(reel=2, post=1, story=2)}),
    ("nahi, 6 creators", {"creators": people(6)}),
    ("haan, par 3 reels", {"deliverables": pieces(reel=3, post=1)}),
    ("Pune nahi, Nashik", {"cities": ["Mumbai", "Nashik"]}),
    ("Pune hatao aur Nashik jodo", {"cities": ["Mumbai", "Nashik"]}),
    ("Pune ki jagah Nashik", {"cities": ["Mumbai", "Nashik"]}),
    ("Nashik bhi", {"cities": ["Pune", "Mumbai", "Nashik"]}),
    ("deadline hata do", {"deadline": None}),
    ("hashtag mat rakho", {"hashtags": None}),
    ("ek aur reel", {"deliverables": pieces(reel=3, post=1)}),
    ("budget 5k badha do", budget(25_000)),
    ("budget 40k tak badha do", budget(40_000)),
    ("5 nahi 6 creators", {"creators": people(6)}),
    ("20 hazaar nahi, 25 hazaar", budget(25_000)),
    ("बजट 30 हज़ार कर दो", budget(30_000)),
    ("पुणे नहीं, नासिक", {"cities": ["Mumbai", "Nashik"]}),
    ("2 स्टोरी जोड़ दो", {"deliverables": pieces(reel=2, post=1, story=2)}),
    # Spanish
    ("que sean 6 creadores", {"creators": people(6)}),
    ("sí, pero 3 reels", {"deliverables": pieces(reel=3, post=1)}),
    ("sube el presupuesto a 30 mil", budget(30_000)),
    ("hazlo 25k y añade 2 historias", {**budget(25_000), "deliverables": pieces(reel=2, post=1, story=2)}),
    ("quita la fecha límite", {"deadline": None}),
    ("no en Pune, en Nashik", {"cities": ["Mumbai", "Nashik"]}),
    ("Nashik en vez de Pune", {"cities": ["Mumbai", "Nashik"]}),
    ("2 creadores menos", {"creators": people(3)}),
    ("una reel más", {"deliverables": pieces(reel=3, post=1)}),
    ("perdón, 7 creadores", {"creators": people(7)}),
    ("aumenta el presupuesto en 5k", budget(25_000)),
    # Portuguese
    ("não, 6 criadores", {"creators": people(6)}),
    ("sim, mas 3 reels", {"deliverables": pieces(reel=3, post=1)}),
    ("muda o orçamento para 30 mil", budget(30_000)),
    ("tira o prazo", {"deadline": None}),
    ("troca Pune por Nashik", {"cities": ["Mumbai", "Nashik"]}),
    ("mais 2 criadores", {"creators": people(7)}),
]


@pytest.mark.parametrize(("text", "changes"), AT_THE_SUMMARY)
def test_a_sentence_at_the_summary_changes_what_it_says(text: str, changes: dict[str, Any]) -> None:
    changed, effects = said(campaign(BRIEF), text)
    assert changed == changes
    assert isinstance(effects[0], Noted)
    assert effects[0].rest == ()
    assert isinstance(effects[-1], Review)


AT_THE_BUDGET: list[tuple[str, dict[str, Any]]] = [
    (
        "20k in total, live by 10 December, and only people who speak Marathi",
        {**budget(20_000), "deadline": "2026-12-10", "languages": ["mr"]},
    ),
    (
        "20 mil en total, para el 10 de diciembre, solo personas que hablan marathi",
        {**budget(20_000), "deadline": "2026-12-10", "languages": ["mr"]},
    ),
    (
        "20k kul, 10 December tak, sirf Marathi bolne wale",
        {**budget(20_000), "deadline": "2026-12-10", "languages": ["mr"]},
    ),
    ("6 creators, 20k", {**budget(20_000), "creators": people(6)}),
    ("20k and 6 creators", {**budget(20_000), "creators": people(6)}),
    ("20k, Nashik also", {**budget(20_000), "cities": ["Pune", "Nashik"]}),
    (
        "20k by 10 December on instagram",
        {**budget(20_000), "deadline": "2026-12-10", "platforms": ["instagram"]},
    ),
    ("20k per creator", budget(100_000)),
    ("20000 each", budget(100_000)),
    ("20k por creador", budget(100_000)),
    ("20k har creator", budget(100_000)),
    ("between 20k and 30k", budget(30_000)),
    ("20k", budget(20_000)),
]


@pytest.mark.parametrize(("text", "changes"), AT_THE_BUDGET)
def test_an_answer_that_holds_more_than_was_asked_is_taken_whole(text: str, changes: dict[str, Any]) -> None:
    changed, effects = said(campaign("5 food creators in Pune, 1 reel each"), text)
    assert changed == changes
    shown = [effect for effect in effects if isinstance(effect, Noted)]
    assert {change.field.name for effect in shown for change in effect.changes} == (
        set(changes) if set(changes) != {"budget"} else set()
    )
    assert isinstance(effects[-1], Review)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("20k, and please bring me a pony", "please bring me a pony"),
        ("20k, kuch bhi karo", "kuch bhi karo"),
        ("20k, y que sea bonito", "que sea bonito"),
    ],
)
def test_what_was_not_understood_is_said(text: str, rest: str) -> None:
    changed, effects = said(campaign("5 food creators in Pune, 1 reel each"), text)
    assert changed == budget(20_000)
    assert isinstance(effects[0], Noted)
    assert f"{rest}”" in questions.noted(effects[0]).text


def test_what_was_understood_is_shown() -> None:
    _, effects = said(campaign(BRIEF), "make it 25k and add 2 stories")
    assert isinstance(effects[0], Noted)
    assert questions.noted(effects[0]).text == "Noted: Budget **₹25,000** and 2 stories added."


@pytest.mark.parametrize(
    ("typed", "field"),
    [("budget", "budget"), ("live by", "deadline"), ("the date is wrong", "deadline"), ("cities", "cities")],
)
def test_the_name_of_an_answer_asks_for_it(typed: str, field: str) -> None:
    _, effects = said(campaign(BRIEF), typed)
    assert isinstance(effects[-1], Ask)
    assert effects[-1].field.name == field


def test_words_that_do_not_fit_the_answer_they_name_ask_for_it() -> None:
    changed, effects = said(campaign(BRIEF), "budget thoda badha do")
    assert changed == {"budget": None}
    assert isinstance(effects[-1], Ask)
    assert "write an amount" in effects[-1].error


def test_no_asks_what_to_change_and_is_never_a_yes() -> None:
    for text in ("no", "No.", "nahi", "não"):
        changed, effects = said(campaign(BRIEF), text)
        assert not changed
        assert isinstance(effects[-1], ChooseEdit)


@pytest.mark.parametrize("text", ["hello there", "what is commission?", "2"])
def test_what_says_nothing_changes_nothing(text: str) -> None:
    changed, effects = said(campaign(BRIEF), text)
    assert not changed
    assert Missed(text) in effects
    assert Tell("use_review") in effects


ONBOARDING: list[tuple[str, str, dict[str, Any]]] = [
    ("niches", "I meant 12k", {"followers": 12_000}),
    ("niches", "no, 12k", {"followers": 12_000}),
    ("niches", "quise decir 12 mil", {"followers": 12_000}),
    ("niches", "matlab 12k", {"followers": 12_000}),
    ("niches", "sorry, it's 12k followers", {"followers": 12_000}),
    ("niches", "actually my handle is asha_eats", {"handle": "asha_eats"}),
    ("niches", "mi usuario es asha_eats", {"handle": "asha_eats"}),
    ("niches", "mera handle asha_eats hai", {"handle": "asha_eats"}),
    ("niches", "perdón, mi nombre es Ana", {"name": "Ana"}),
    ("niches", "actually, Asha Patil is my name", {"name": "Asha Patil"}),
    ("niches", "wait YouTube not instagram", {"platform": "youtube"}),
    (
        "niches",
        "food, travel and I live in Pune",
        {"niches": ["food", "travel"], "city": {"city": "Pune", "country": "IN"}},
    ),
    ("followers", "12k, sorry my handle is asha_eats", {"followers": 12_000, "handle": "asha_eats"}),
    ("followers", "about two thousand", {"followers": 2_000}),
    ("followers", "como dos mil", {"followers": 2_000}),
    ("followers", "twelve thousand five hundred", {"followers": 12_500}),
    ("followers", "bees hazaar", {"followers": 20_000}),
    ("followers", "dois mil", {"followers": 2_000}),
    ("bio", "actually my handle is asha_eats", {"handle": "asha_eats"}),
    ("bio", "sorry, followers 12k", {"followers": 12_000}),
    ("bio", "I love food", {"bio": "I love food"}),
    ("bio", "no bio", {}),
    ("bio", "no", {}),
    ("name", "I'm Asha Rao", {"name": "Asha Rao"}),
    ("name", "Make Up by Asha", {"name": "Make Up by Asha"}),
    ("name", "what is this?", {}),
    ("", "my rate is 1800 per reel", {"rate": 1_800_00}),
    ("", "mera rate 1800 hai", {"rate": 1_800_00}),
    ("", "cobro 1800", {"rate": 1_800_00}),
    ("", "add hindi", {"languages": ["en", "hi"]}),
    ("", "not food, fashion", {"niches": ["fashion"]}),
    ("", "I live in Pune", {"city": {"city": "Pune", "country": "IN"}}),
    ("", "change handle to @asha_x", {"handle": "asha_x"}),
    ("", "remove the bio", {"bio": None}),
]


@pytest.mark.parametrize(("asked", "text", "changes"), ONBOARDING)
def test_an_introduction_is_corrected_in_the_middle(asked: str, text: str, changes: dict[str, Any]) -> None:
    changed, _ = said(onboarding(asked), text)
    assert changed == changes


@pytest.mark.parametrize(("country", "day"), [("US", "2027-03-04"), ("IN", "2027-04-03")])
def test_a_date_is_read_in_the_order_of_the_country_that_pays(country: str, day: str) -> None:
    opened = campaign("5 food creators in Pune, 2 reels, 20k, live by 03/04/2027", country)
    assert opened.stack[-1].slots["deadline"] == day
    field = next(f for f in campaigns.CAMPAIGN_FORM.fields if f.name == "deadline")
    assert field.parse is not None
    assert field.parse("03/04/2027", opened.stack[-1].slots) == day
