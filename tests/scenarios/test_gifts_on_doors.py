"""A gift instead of cash, wholly in sentences in three languages and wholly by buttons, on each door."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from core.kit.actors import SYSTEM
from core.kit.work import begin
from core.ledger import service as ledger
from market.stage import Stage
from runtime.parts import Runtime
from tests.scenarios import test_story_by_buttons as by_buttons
from tests.scenarios.apps import BRAND, CREATOR, DOORS, EVERY, Apps, Books, playing
from tests.scenarios.test_story_by_buttons import Pressed, confirm, presses
from tests.scenarios.test_story_in_sentences import SCRIPTS, Told, Typed, both_sign_up, plant

ADDRESS = "Priya Kale, 12 Baner Road, Pune 411045, India"


@dataclass(frozen=True)
class Words:
    """What is said of the gift; `gift` is how it is called in the offer."""

    brief: str
    send: str
    gift: str
    sent: str
    skip: str
    here: str
    arrived: str


WORDS = {
    "english": Words(
        "barter collab: we send a hamper of mango kulfi worth ₹2,000, no cash."
        " 12 food creators in Pune, 1 reel each",
        "send {n} offers",
        "hamper of mango kulfi",
        "we've sent the hamper",
        "skip",
        "I got the parcel, thank you!",
        "it has arrived",
    ),
    "hinglish": Words(
        "barter collab hai, paise nahi. mango kulfi ka hamper bhejenge, keemat 2000 rupees,"
        " 12 food creators chahiye Pune mein, ek reel",
        "send {n} offers",
        "mango kulfi ka hamper",
        "hamper bhej diya",
        "skip",
        "hamper mil gaya",
        "it has arrived",
    ),
    "spanish": Words(
        "colaboración por canje, sin dinero: enviamos una cesta de helados por valor de 2000 pesos,"
        " 12 creadores de comida en Ciudad de México, un reel cada uno",
        "enviar {n} ofertas",
        "una cesta de helados",
        "ya lo enviamos",
        "omitir",
        "me llegó la cesta",
        "ha llegado",
    ),
}


@pytest.fixture
def stage(request: pytest.FixtureRequest, bot: Runtime, apps: Apps) -> Iterator[Stage]:
    doors, kind = request.param
    plant(bot)
    with playing(bot, apps, doors, kind) as found:
        yield found


def nothing_moved(bot: Runtime) -> None:
    with begin(bot.database, SYSTEM) as work:
        assert ledger.violations(work) == []
        assert ledger.counts(work) == {}


@pytest.mark.slow(seconds=15)
@pytest.mark.parametrize(
    ("language", "stage"),
    [(language, (doors, Typed)) for language, doors in zip(WORDS, DOORS, strict=True)],
    indirect=["stage"],
    ids=WORDS,
)
def test_a_gift_is_agreed_and_sent_in_sentences(stage: Stage, bot: Runtime, language: str) -> None:
    told, script, words = Told(stage, Books(bot)), SCRIPTS[language], WORDS[language]
    both_sign_up(told, script)
    told.say(BRAND, words.brief, words.gift)
    told.say(BRAND, script.right, words.gift)
    assert told.books.one("SELECT state FROM campaign") == "open"
    chosen = told.books.one("SELECT count(*) FROM campaign_suggestion WHERE listed = 'chosen'")
    told.say(BRAND, words.send.format(n=chosen))
    assert told.books.one("SELECT count(*) FROM deal WHERE price_minor = 0") == chosen
    told.say(CREATOR, script.accept, words.gift)
    assert told.books.one("SELECT count(*) FROM deal WHERE state <> 'offered'") == "0", (
        "a sentence agrees to nothing"
    )
    told.say(CREATOR, script.yes)
    told.say(CREATOR, ADDRESS, ADDRESS)
    assert told.books.one("SELECT count(*) FROM parcel") == "0", "a sentence gives nothing away"
    told.say(CREATOR, script.yes)
    told.say(BRAND, words.sent)
    told.say(BRAND, words.skip)
    assert told.books.one("SELECT count(*) FROM deal WHERE state = 'on_its_way'") == "1"
    told.say(CREATOR, words.here)
    told.say(CREATOR, words.arrived)
    assert told.books.one("SELECT count(*) FROM deal WHERE state = 'agreed'") == "1"
    nothing_moved(bot)


@pytest.mark.slow(seconds=15)
@pytest.mark.parametrize(
    "stage", [(doors, Pressed) for doors in (DOORS if EVERY else DOORS[:1])], indirect=True
)
def test_a_gift_is_agreed_and_sent_by_buttons(stage: Pressed, bot: Runtime) -> None:
    books = Books(bot)
    by_buttons.both_sign_up(stage)
    presses(stage, BRAND, "New campaign", "Ask me step by step")
    asked = {"deliverables": "1 reel", "creators": "1", "budget": "0"}
    given = {"goods": "a hamper of mango kulfi", "worth": "2000"}
    if not stage.fill(BRAND, {"handing": ["sent"]}, **asked, **given):
        stage.press(BRAND, "1 reel")
        stage.write(BRAND, "1")
        stage.press(BRAND, "No cash, a gift instead")
        for words in given.values():
            stage.write(BRAND, words)
        stage.press(BRAND, "I send it to them")
    confirm(stage, BRAND, "Save and find")
    stage.press(BRAND, "Send 1 offer")
    presses(stage, CREATOR, "Accept", "Agree", "Give my address")
    stage.write(CREATOR, ADDRESS)
    stage.press(BRAND, "Show the address")
    assert ADDRESS in stage.heard(BRAND)[-1].message.text
    stage.press(BRAND, "It is sent")
    if not stage.fill(BRAND):
        stage.press(BRAND, "Skip")
    stage.press(CREATOR, "It has arrived")
    assert books.one("SELECT state FROM deal") == "agreed"
    nothing_moved(bot)
