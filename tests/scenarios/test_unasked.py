"""What nobody asked for is understood by what is open; what can't be taken is answered with why."""

from typing import Any
from uuid import uuid4

import pytest

from bots.doors import delivery
from core.deals.states import DealState, DeliverableState
from core.messaging.messages import IncomingMessage
from market.stage import PNG, Stage
from runtime.parts import Runtime
from tests.scenarios.test_consent import deal_of, hand_in, newest
from tests.scenarios.test_side_roads import BRIEF, agree, offered, pay_whole_budget

LINK = "https://www.instagram.com/reel/C9abcdefghi/"


def hears(runtime: Runtime, who: str, text: str = "", **more: Any) -> None:  # noqa: ANN401  (fields of a message)
    """Let somebody's app bring us a message that the browser chat cannot."""
    delivery.hear(runtime, IncomingMessage("web", who, who, uuid4().hex, who.title(), text, **more))


def approved(stage: Stage) -> None:
    agree(stage)
    hand_in(stage, "Chai in the rain. #ad #ChaiTime")
    stage.press("brand", "Approve")


@pytest.mark.parametrize("said", [LINK, f"ya lo publiqué {LINK}", f"ho gaya post {LINK}", f"posted! {LINK}"])
def test_a_link_where_a_post_is_due_is_shown_for_a_yes(stage: Stage, runtime: Runtime, said: str) -> None:
    approved(stage)
    stage.say("asha", said)
    assert "Your post: reel" in newest(stage, "asha")
    assert LINK in newest(stage, "asha")
    assert deal_of(runtime).deliverables[0].state is DeliverableState.APPROVED, "a sentence sends nothing"
    stage.press("asha", "That's my post")
    assert "can't check Instagram posts here yet" in newest(stage, "asha", 2), "only now it is looked at"


def test_a_photo_with_its_caption_is_the_draft_that_is_due(stage: Stage, runtime: Runtime) -> None:
    agree(stage)
    stage.send_file("asha", "Chai in the rain. #ad #ChaiTime", "reel.png", PNG)
    assert "Chai in the rain" in newest(stage, "asha")
    assert "Send draft" in newest(stage, "asha")
    assert deal_of(runtime).deliverables[0].state is DeliverableState.DRAFTING
    stage.press("asha", "Send draft")
    assert deal_of(runtime).deliverables[0].state is DeliverableState.IN_REVIEW


def test_a_photo_first_and_its_caption_afterwards_belong_together(stage: Stage, runtime: Runtime) -> None:
    agree(stage)
    stage.send_file("asha", "", "reel.png", PNG)
    stage.say("asha", "Chai in the rain. #ad #ChaiTime")
    stage.press("asha", "Send draft")
    piece = deal_of(runtime).deliverables[0]
    assert piece.draft_caption == "Chai in the rain. #ad #ChaiTime"
    assert len(piece.draft_media) == 1


def test_a_text_with_a_link_is_the_draft_that_is_due(stage: Stage, runtime: Runtime) -> None:
    agree(stage)
    stage.say("asha", "My draft, chai in the rain #ad https://drive.example.com/v/1")
    stage.press("asha", "Skip")
    assert "chai in the rain" in newest(stage, "asha")
    stage.press("asha", "Send draft")
    assert deal_of(runtime).deliverables[0].state is DeliverableState.IN_REVIEW


def test_it_is_asked_which_where_two_are_due(stage: Stage, runtime: Runtime) -> None:
    stage.say("brand", BRIEF.replace("1 reel", "1 reel and 1 story"))
    stage.press("brand", "Save and find")
    pay_whole_budget(stage)
    stage.say("brand", "send offers")
    stage.press("brand", "Send 3 offers")
    stage.press("asha", "Accept")
    stage.press("asha", "Agree")
    stage.send_file("asha", "Chai in the rain. #ad", "reel.png", PNG)
    assert "Which one is that for?" in newest(stage, "asha")
    stage.press("asha", "story")
    assert "Chai in the rain" in newest(stage, "asha")
    stage.press("asha", "Send draft")
    states = {piece.kind: piece.state for piece in deal_of(runtime).deliverables}
    assert states == {"reel": DeliverableState.DRAFTING, "story": DeliverableState.IN_REVIEW}


def test_a_caption_that_says_which_piece_it_is_is_that_pieces(stage: Stage, runtime: Runtime) -> None:
    stage.say("brand", BRIEF.replace("1 reel", "1 reel and 1 story"))
    stage.press("brand", "Save and find")
    pay_whole_budget(stage)
    stage.say("brand", "send offers")
    stage.press("brand", "Send 3 offers")
    stage.press("asha", "Accept")
    stage.press("asha", "Agree")
    stage.send_file("asha", "Here's my story: Chai in the rain. #ad", "reel.png", PNG)
    assert "Draft: story" in newest(stage, "asha")
    stage.press("asha", "Send draft")
    handed_in = [p for p in deal_of(runtime).deliverables if p.state is DeliverableState.IN_REVIEW]
    assert [(piece.kind, piece.draft_caption) for piece in handed_in] == [("story", "Chai in the rain. #ad")]


@pytest.mark.parametrize(
    "said", ["9,000?", "can you do 9000", "kya 9000 ho sakta hai", "¿podrían 9000?", "9k final"]
)
def test_a_price_where_an_offer_waits_opens_the_counter_offer(
    stage: Stage, runtime: Runtime, said: str
) -> None:
    offered(stage)
    stage.say("asha", said)
    assert "Propose ₹9,000" in newest(stage, "asha")
    assert deal_of(runtime).round == 0
    stage.press("asha", "Send proposal")
    assert deal_of(runtime).price.major == 9_000


def test_a_price_under_the_review_of_an_offer_is_no_yes_to_it(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    stage.press("asha", "Accept")
    stage.say("asha", "yes, but 9,000")
    assert "Propose ₹9,000" in newest(stage, "asha")
    assert deal_of(runtime).state is DealState.OFFERED


@pytest.mark.parametrize(
    "said", ["2 reels", "5 more days please", "I have 9000 followers", "call me at 9876543210"]
)
def test_a_number_of_something_else_is_no_price(stage: Stage, said: str) -> None:
    offered(stage)
    stage.say("asha", said)
    assert "Propose ₹" not in newest(stage, "asha", 3)


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("voice", "can't listen to voice notes"),
        ("sticker", "sticker tells me nothing"),
        ("contact", "no contact cards"),
        ("poll", "can't answer polls"),
        ("location", "no place is asked for"),
        ("unsupported", "doesn't show me"),
    ],
)
def test_what_cannot_be_taken_is_answered_with_why_and_the_question_again(
    stage: Stage, runtime: Runtime, kind: str, why: str
) -> None:
    stage.say("brand", "5 food creators in Pune, 1 reel each")
    hears(runtime, "brand", unheard=kind)
    assert why in newest(stage, "brand", 2)
    assert "What is your budget" in newest(stage, "brand")


def test_a_place_is_the_city_that_is_asked_for(stage: Stage, runtime: Runtime) -> None:
    stage.say("asha", "quiet hours")
    stage.say("asha", "22-8")
    hears(runtime, "asha", unheard="location", location=(18.5074, 73.8077))
    assert "Pune" in newest(stage, "asha", 2)
    assert "Asia/Kolkata" in newest(stage, "asha", 2)


def test_an_edit_is_taken_while_its_question_is_open(stage: Stage, runtime: Runtime) -> None:
    hears(runtime, "brand", "5 food creators in Pune, 1 reel each, 20k INR", own_ref="1")
    hears(runtime, "brand", "5 food creators in Nashik, 1 reel each, 25k INR", own_ref="1", edited=True)
    assert "Cities: **Nashik**" in newest(stage, "brand")
    assert "₹25,000" in newest(stage, "brand")
    hears(runtime, "brand", "make it 6 creators", own_ref="2")
    hears(runtime, "brand", "make it 7 creators", own_ref="2", edited=True)
    assert "Creators: **7**" in newest(stage, "brand")
    hears(runtime, "brand", "5 food creators in Mumbai, 1 reel each, 25k INR", own_ref="1", edited=True)
    assert "keep to its first wording" in newest(stage, "brand", 2)
    assert "Cities: **Nashik**" in newest(stage, "brand")


def test_an_edit_after_the_end_is_said_to_be_late(stage: Stage, runtime: Runtime) -> None:
    hears(runtime, "brand", "help", own_ref="1")
    hears(runtime, "brand", "menu", own_ref="1", edited=True)
    assert "keep to its first wording" in newest(stage, "brand")


def test_a_command_of_the_app_is_never_an_answer(stage: Stage, runtime: Runtime) -> None:
    stage.sit("newcomer")
    stage.say("newcomer", "hi")
    stage.press("newcomer", "I'm a brand")
    asked = newest(stage, "newcomer")
    for words in ("campaign", "Launch our monsoon menu", "nonsense"):
        hears(runtime, "newcomer", words, command=True)
        assert asked == newest(stage, "newcomer"), words


def test_a_double_tap_asks_once(stage: Stage) -> None:
    stage.sit("newcomer")
    stage.say("newcomer", "hi")
    stage.press("newcomer", "I'm a creator")
    before = len(stage.heard("newcomer"))
    action = next(
        b.action
        for line in stage.heard("newcomer")
        for row in line.message.buttons
        for b in row
        if b.label == "I'm a creator"
    )
    stage.press_action("newcomer", action, "I'm a creator")
    assert len(stage.heard("newcomer")) == before
