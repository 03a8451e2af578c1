"""The whole story by buttons, on each door: nothing is typed but what the product asks for in words.

That is a name, a place, a handle, a number, a caption, what shall change: never a command.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from core.creators import service as creators
from core.creators.schemas import ImportReport, ImportRow, SaveProfile, SocialAccountView
from core.kit.actors import SYSTEM
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import begin
from core.ledger import service as ledger
from market.stage import PNG, Stage
from runtime.parts import Runtime
from tests.peers.slack import SlackSeat
from tests.scenarios.apps import BRAND, CREATOR, DOORS, EVERY, Apps, Books, playing

OPENING = "/start"
"""What a chat begins with: in Telegram the app's own Start button sends it."""
OTHERS = ("Isha Rane", "Kiran Patil")
OWN = "Priya Kale"


class Pressed(Stage):
    """A stage on which a chat is opened, content is written where it is asked for, and all else pressed."""

    def say(self, who: str, words: str) -> None:
        """Open a chat, and nothing else."""
        assert words == OPENING, f"{who} typed {words!r}"
        super().say(who, words)

    def write(self, who: str, content: str) -> None:
        """Write what the newest question asks for in words; it is no command of ours."""
        super().say(who, content)

    def fill(self, who: str, picked: dict[str, list[str]] | None = None, **content: str) -> bool:
        """Fill the sheet that the app has opened, and send it; False where it has none."""
        seat = self._seats[who]
        if not isinstance(seat, SlackSeat):
            return False
        seat.submit(content, picked)
        self.settle()
        return True


@pytest.fixture
def stage(request: pytest.FixtureRequest, bot: Runtime, apps: Apps) -> Iterator[Stage]:
    with begin(bot.database, SYSTEM) as work:
        creators.take_in(work, [_row(line, name) for line, name in enumerate(OTHERS)], ImportReport())
    with playing(bot, apps, request.param, Pressed) as found:
        yield found


def _row(line: int, name: str) -> ImportRow:
    account = SocialAccountView(Platform.INSTAGRAM, f"plays.{line}", 9_000 + line, 300, None)
    profile = SaveProfile(
        name=name,
        bio="Small games, played honestly.",
        niches=("gaming",),
        languages=("en",),
        city="Pune",
        country="IN",
        currency=Currency.INR,
        available=True,
        accounts=(account,),
        rates={DeliverableKind.REEL: Money.of(2_600 + line, Currency.INR)},
    )
    return ImportRow(line, f"plays-{line}", profile)


@pytest.mark.slow(seconds=15)
@pytest.mark.parametrize("stage", DOORS if EVERY else DOORS[:2], indirect=True, ids="-".join)
def test_the_story_is_told_by_buttons(stage: Pressed, bot: Runtime) -> None:
    books = Books(bot)
    both_sign_up(stage)
    a_set_is_chosen_and_paid(stage, books)
    they_agree(stage, books)
    the_draft_is_approved(stage, books)
    the_post_is_paid(stage, books)
    both_review_and_it_ends(stage, books)
    with begin(bot.database, SYSTEM) as work:
        assert ledger.violations(work) == []


def presses(stage: Stage, who: str, *labels: str) -> None:
    for label in labels:
        stage.press(who, label)


def both_sign_up(stage: Pressed) -> None:
    stage.say(BRAND, OPENING)
    stage.press(BRAND, "I'm a brand")
    stage.write(BRAND, "Mango Tree")
    stage.press(BRAND, "A brand")
    stage.write(BRAND, "India")
    presses(stage, BRAND, "INR", "Open workspace")
    stage.say(CREATOR, OPENING)
    presses(stage, CREATOR, "I'm a creator", "I agree")
    stage.write(CREATOR, OWN)
    stage.press(CREATOR, "Instagram")
    stage.write(CREATOR, "@priya.plays")
    stage.write(CREATOR, "9k")
    presses(stage, CREATOR, "Gaming", "Done")
    stage.write(CREATOR, "Pune")
    stage.write(CREATOR, "Marathi and English")
    presses(stage, CREATOR, "INR", "Reel")
    stage.write(CREATOR, "2500")
    presses(stage, CREATOR, "Save my profile", "Payout")
    stage.write(CREATOR, "priya@upi")
    stage.press(CREATOR, "Save")


def a_set_is_chosen_and_paid(stage: Pressed, books: Books) -> None:
    presses(stage, BRAND, "New campaign", "Ask me step by step")
    if not stage.fill(BRAND, deliverables="1 reel", creators="2", budget="12000"):
        stage.press(BRAND, "1 reel")
        stage.write(BRAND, "2")
        stage.write(BRAND, "12000")
    confirm(stage, BRAND, "Save and find")
    stage.press(BRAND, "Look at each")
    look_at(stage, books.others(OWN)[0])
    stage.press(BRAND, "Swap", about=books.others(OWN)[0][1])
    (other,) = books.others(OWN)
    stage.press(BRAND, "Look at each")
    look_at(stage, other)
    stage.press(BRAND, "Remove", about=other[1])
    assert books.others(OWN) == []
    presses(stage, BRAND, "Pay ₹2,500 and send 1 offer", "Pay with play money")
    assert books.one("SELECT count(*) FROM deal") == "1"


def look_at(stage: Stage, one: tuple[str, str]) -> None:
    """Go on until the card of one of the set is shown."""
    if one[0] not in stage.heard(BRAND)[-1].message.text:
        stage.press(BRAND, "Next")


def they_agree(stage: Pressed, books: Books) -> None:
    stage.press(CREATOR, "Propose my price")
    stage.write(CREATOR, "3200")
    stage.press(CREATOR, "Send proposal")
    stage.press(BRAND, "Propose another price")
    stage.write(BRAND, "2500")
    confirm(stage, BRAND, "Send proposal")
    presses(stage, CREATOR, "Accept", "Agree")
    assert books.one("SELECT state FROM deal") == "agreed"


def confirm(stage: Stage, who: str, label: str) -> None:
    """Press the last button where one is shown: the submit of an app's own form was the act already."""
    if any(label in button.label for row in stage.heard(who)[-1].message.buttons for button in row):
        stage.press(who, label)


def the_draft_is_approved(stage: Pressed, books: Books) -> None:
    hand_in(stage, "Small games, big evening")
    stage.press(BRAND, "Ask for changes")
    stage.write(BRAND, "Say that it is an ad")
    confirm(stage, BRAND, "Ask for it")
    assert books.piece() == "changes_requested"
    hand_in(stage, "#ad Small games, big evening")
    stage.press(BRAND, "Approve")
    assert books.piece() == "approved"


def hand_in(stage: Pressed, caption: str) -> None:
    stage.press(CREATOR, "Hand in reel")
    stage.send_file(CREATOR, caption, "reel.png", PNG)
    presses(stage, CREATOR, "Done", "Send draft")


def the_post_is_paid(stage: Pressed, books: Books) -> None:
    presses(stage, CREATOR, "Post it on the sandbox", "Submit this link")
    assert books.piece() == "live"
    stage.advance(timedelta(days=15), timedelta(days=3))
    assert books.piece() == "completed"
    presses(stage, CREATOR, "Menu", "Money")
    assert "priya@upi" in stage.last(CREATOR, "paid out")


def both_review_and_it_ends(stage: Pressed, books: Books) -> None:
    for who, stars in ((BRAND, "★★★★★"), (CREATOR, "★★★★☆")):
        presses(stage, who, "Write a review", stars)
        stage.write(who, "Lovely work, on time.")
        confirm(stage, who, "Send review")
    assert books.one("SELECT count(*) FROM review") == "2"
    presses(stage, BRAND, "Menu", "Report")
    assert stage.last(BRAND, "1 post")
    presses(stage, BRAND, "Campaigns", "Close")
    confirm(stage, BRAND, "Close campaign")
    assert books.one("SELECT state FROM campaign") == "closed"
