"""People agree to what they see: old cards, presses twice, typed words, through the bots' real turns."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from core.accounts import chats
from core.campaigns import service as campaigns
from core.creators import service as creators
from core.deals import offers
from core.deals import views as deals
from core.deals.schemas import DealView
from core.deals.states import DealState, DeliverableState
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SandboxClock
from core.kit.money import Currency, Money
from core.kit.work import begin
from core.ledger import service as ledger
from core.payments import books
from market.stage import PNG, Stage
from runtime.parts import Runtime
from tests.scenarios.test_side_roads import agree, offered

NOTHING_DONE = "so nothing was done"


def button(stage: Stage, who: str, label: str) -> str:
    """Return what the newest button of this label carries, to be pressed when its card is old."""
    for line in reversed(stage.heard(who)):
        for row in line.message.buttons:
            for found in row:
                if found.label.startswith(label):
                    return found.action
    raise AssertionError(f"{who} was never shown {label}")


def newest(stage: Stage, who: str, count: int = 1) -> str:
    """Return the newest messages to somebody, as one text with the buttons' labels."""
    found = [line.message for line in stage.heard(who)][-count:]
    return "\n".join(f"{m.text} {[b.label for row in m.buttons for b in row]}" for m in found)


def deal_of(runtime: Runtime, who: str = "asha") -> DealView:
    """Return somebody's newest deal."""
    with begin(runtime.database, SYSTEM) as work:
        assert ledger.violations(work) == []
        person = chats.find_by_identity(work, "web", who)
        assert person is not None
        creator = creators.of_person(work, person.id)
        assert creator is not None
        return deals.of_creator(work, creator.id)[-1]


def counter(runtime: Runtime, who: str, minor: int) -> None:
    """Let somebody name another price for Asha's deal, and nobody hear of it yet."""
    now, deal = replace(runtime.database, clock=SandboxClock()), deal_of(runtime)
    with begin(now, SYSTEM) as work:
        person = chats.find_by_identity(work, "web", who)
        assert person is not None
        own = work.acting_as(Actor.person(person.id))
        offers.counter(own, deal.id, Money(minor, Currency.INR), shown=deal.mark)


def propose(stage: Stage, who: str, label: str, price: str) -> None:
    stage.press(who, label)
    stage.say(who, price)
    stage.press(who, "Send proposal")


def three_prices(stage: Stage) -> str:
    """Let three prices be named; returns the brand's button under the first of them."""
    offered(stage)
    propose(stage, "asha", "Propose my price", "4,000")
    old = button(stage, "brand", "Accept ₹4,000")
    propose(stage, "brand", "Propose another price", "3,500")
    propose(stage, "asha", "Propose my price", "5,000")
    return old


def test_an_old_accept_agrees_to_nothing_and_says_what_has_changed(stage: Stage, runtime: Runtime) -> None:
    old = three_prices(stage)
    stage.press_action("brand", old, "Accept ₹4,000")
    said = newest(stage, "brand", 2)
    assert NOTHING_DONE in said
    assert "The price was ₹4,000; now it is ₹5,000." in said
    assert "It was round 1; now it is round 3." in said
    assert "Here is where things stand" in said
    assert "Accept ₹5,000" in newest(stage, "brand"), "the thing is shown as it is, with its buttons"
    assert deal_of(runtime).state is DealState.OFFERED
    stage.press("brand", "Accept ₹5,000")
    agreed = deal_of(runtime)
    assert (agreed.state, agreed.price.minor) == (DealState.AGREED, 5_000_00)


def test_agree_under_an_old_review_agrees_to_nothing(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    before = deal_of(runtime).price
    accept = button(stage, "asha", "Accept")
    stage.press("asha", "Accept")
    review = button(stage, "asha", "✓ Agree")
    propose(stage, "asha", "Propose my price", "4,000")
    propose(stage, "brand", "Propose another price", "500")
    for old in (review, accept):
        stage.press_action("asha", old, "Agree")
        assert deal_of(runtime).state is DealState.OFFERED, old
    said = newest(stage, "asha", 2)
    assert f"The price was ₹{before.minor // 100:,}; now it is ₹500." in said
    assert "Agree to" not in newest(stage, "asha"), "no other contract is put in its place"
    assert "Accept" in newest(stage, "asha")


def test_a_review_that_is_open_does_not_follow_the_price(stage: Stage, runtime: Runtime) -> None:
    """The price changes while "Agree to …?" is open, and no other message has come yet."""
    offered(stage)
    stage.press("asha", "Accept")
    counter(runtime, "asha", 4_000_00)
    counter(runtime, "brand", 500_00)
    stage.say("asha", "yes")
    assert deal_of(runtime).state is DealState.OFFERED
    assert any("now it is ₹500" in line.message.text for line in stage.heard("asha"))


@pytest.mark.parametrize("label", ["Approve", "Ask for changes"])
def test_a_button_under_an_old_draft_decides_nothing(stage: Stage, runtime: Runtime, label: str) -> None:
    agree(stage)
    hand_in(stage, "#ad first #ChaiTime")
    old = button(stage, "brand", label)
    stage.press("brand", "Ask for changes")
    stage.say("brand", "Please show the cup.")
    stage.press("brand", "Ask for it")
    hand_in(stage, "#ad second #ChaiTime")
    stage.press_action("brand", old, label)
    said = newest(stage, "brand", 2)
    assert NOTHING_DONE in said
    assert "You saw draft 1; the newest is draft 2." in said
    assert "second" in newest(stage, "brand")
    assert deal_of(runtime).deliverables[0].state is DeliverableState.IN_REVIEW
    stage.press("brand", "Approve")
    assert deal_of(runtime).deliverables[0].state is DeliverableState.APPROVED


def hand_in(stage: Stage, caption: str) -> None:
    stage.press("asha", "Hand in reel")
    stage.send_file("asha", caption, "reel.png", PNG)
    stage.press("asha", "Done")
    stage.press("asha", "Send draft")


def test_a_stale_accept_shows_the_outcome_and_no_form(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    creators_card = button(stage, "asha", "Accept")
    propose(stage, "asha", "Propose my price", "4,000")
    brands_card = button(stage, "brand", "Accept ₹4,000")
    stage.press("brand", "Decline")
    stage.press("brand", "Skip")
    assert deal_of(runtime).state is DealState.DECLINED
    for who, old in (("asha", creators_card), ("brand", brands_card)):
        stage.press_action(who, old, "Accept")
        said = newest(stage, who, 2)
        assert NOTHING_DONE in said
        assert "now it is “declined”" in said
        assert "declined" in newest(stage, who)
        assert "Agree" not in newest(stage, who)
    assert deal_of(runtime).state is DealState.DECLINED


@pytest.mark.parametrize(
    ("who", "label"), [("asha", "Accept"), ("asha", "Propose my price"), ("asha", "Decline")]
)
def test_a_button_from_before_marks_is_shown_as_it_is(
    stage: Stage, runtime: Runtime, who: str, label: str
) -> None:
    offered(stage)
    old = button(stage, who, label).rpartition("|")[0]
    assert old.count("|") == 2
    stage.press_action(who, old, label)
    assert NOTHING_DONE in newest(stage, who, 2)
    assert "Offer from" in newest(stage, who)
    assert deal_of(runtime).state is DealState.OFFERED


def test_accept_pressed_twice_is_one_press(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    action = button(stage, "asha", "Accept")
    stage.press_action("asha", action, "Accept")
    first = button(stage, "asha", "✓ Agree")
    stage.press_action("asha", action, "Accept")
    stage.press_action("asha", first, "Agree")
    assert deal_of(runtime).state is DealState.AGREED
    assert "Agreed!" in newest(stage, "asha")
    stage.press_action("asha", first, "Agree")
    assert "Agree to" not in newest(stage, "asha")
    stage.say("asha", "menu")
    assert "Agree" not in newest(stage, "asha", 2), "nothing is left open"


@pytest.mark.parametrize(
    ("label", "answers", "state", "round_"),
    [
        ("Propose my price", ["4,000", "yes"], DealState.OFFERED, 1),
        ("Decline", ["too far"], DealState.DECLINED, 0),
    ],
)
def test_a_form_that_is_opened_twice_is_one_form(
    stage: Stage, runtime: Runtime, label: str, answers: list[str], state: DealState, round_: int
) -> None:
    offered(stage)
    action = button(stage, "asha", label)
    for _ in range(3):
        stage.press_action("asha", action, label)
    for words in answers:
        stage.say("asha", words)
    found = deal_of(runtime)
    assert (found.state, found.round) == (state, round_)
    stage.say("asha", "menu")
    assert "What can we do" in newest(stage, "asha", 2) or "Offers" in newest(stage, "asha")
    assert "Would you like to say why" not in newest(stage, "asha", 2)
    assert "Which price" not in newest(stage, "asha", 2)


def test_fund_pressed_twice_is_one_checkout(stage: Stage, runtime: Runtime) -> None:
    stage.say("brand", "3 food creators in Pune, 1 reel each, 20k INR #ChaiTime")
    stage.press("brand", "Save and find")
    old = button(stage, "brand", "Pay ₹")
    for _ in range(2):
        stage.press_action("brand", old, "Pay")
    pages = {b.url for h in stage.heard("brand") for row in h.message.buttons for b in row if b.url}
    assert len({url for url in pages if "checkout" in url}) == 1
    pay = button(stage, "brand", "Pay with play money")
    stage.press_action("brand", pay, "Pay with play money")
    stage.press_action("brand", pay, "Pay with play money")
    stage.press_action("brand", old, "Pay")
    assert "Paid in by now: ₹10,100" in newest(stage, "brand", 2)
    funded = [h for h in stage.heard("brand") if "is funded** with ₹10,100" in h.message.text]
    assert len(funded) == 1
    with begin(runtime.database, SYSTEM) as work:
        (campaign,) = campaigns.newest(work, 1)
        assert books.campaign_money(work, campaign, []).paid_in.minor == 10_100_00


def test_what_is_typed_binds_to_what_was_shown_last(stage: Stage, runtime: Runtime) -> None:
    three_prices(stage)
    stage.say("brand", "accept")
    agreed = deal_of(runtime)
    assert (agreed.state, agreed.price.minor) == (DealState.AGREED, 5_000_00)


def test_a_typed_accept_does_not_take_what_was_not_shown_yet(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    propose(stage, "asha", "Propose my price", "4,000")
    counter(runtime, "brand", 3_500_00)
    counter(runtime, "asha", 9_000_00)
    stage.say("brand", "accept")
    assert deal_of(runtime).state is DealState.OFFERED
    assert any("now it is ₹9,000" in line.message.text for line in stage.heard("brand"))


def test_a_typed_accept_that_fits_two_deals_is_asked_about(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    for who in ("asha", "ravi"):
        propose(stage, who, "Propose my price", "4,000")
    stage.say("brand", "accept")
    said = newest(stage, "brand", 3)
    assert "more than one thing" in said
    assert said.count("Accept ₹4,000") == 2
    for who in ("asha", "ravi"):
        assert deal_of(runtime, who).state is DealState.OFFERED
    stage.press("brand", "Accept ₹4,000")
    states = sorted(deal_of(runtime, who).state for who in ("asha", "ravi"))
    assert states == [DealState.AGREED, DealState.OFFERED]


def test_what_is_typed_takes_nothing_older_because_the_newest_has_ended(
    stage: Stage, runtime: Runtime
) -> None:
    offered(stage)
    for who in ("asha", "ravi"):
        propose(stage, who, "Propose my price", "4,000")
    stage.say("ravi", "work")
    stage.press("ravi", "Take it back")
    stage.say("brand", "accept")
    assert deal_of(runtime, "asha").state is DealState.OFFERED, "she was not shown last"


@pytest.mark.parametrize("words", ["approve", "Approve", "✓ approve"])
def test_a_typed_approve_takes_the_draft_that_was_shown(stage: Stage, runtime: Runtime, words: str) -> None:
    agree(stage)
    hand_in(stage, "#ad first #ChaiTime")
    stage.say("brand", words)
    assert deal_of(runtime).deliverables[0].state is DeliverableState.APPROVED


def test_a_long_answer_is_kept_when_the_thing_changes_meanwhile(stage: Stage, runtime: Runtime) -> None:
    """A caption is not lost because the brand gave more days; it is looked at again before it is sent."""
    agree(stage)
    stage.press("asha", "Hand in reel")
    stage.send_file("asha", "#ad A long day #ChaiTime", "reel.png", PNG)
    stage.press("asha", "Done")
    with begin(runtime.database, SYSTEM) as work:
        work.session.execute(text("UPDATE deliverable SET draft_due_at = draft_due_at + interval '1 day'"))
    stage.press("asha", "Send draft")
    assert "changed while you wrote" in newest(stage, "asha", 2)
    assert "A long day" in newest(stage, "asha")
    assert deal_of(runtime).deliverables[0].state is DeliverableState.DRAFTING
    stage.press("asha", "Send draft")
    assert deal_of(runtime).deliverables[0].state is DeliverableState.IN_REVIEW


def test_where_money_goes_is_shown_before_it_goes_elsewhere(stage: Stage) -> None:
    for label in ("asha@upi", "asha.k@bank"):
        stage.say("asha", "payout")
        stage.say("asha", label)
        stage.press("asha", "Save")
        stage.advance(timedelta(hours=24))
    stage.say("asha", "payout")
    assert "Now it goes to asha.k@bank" in newest(stage, "asha")


def test_every_button_that_binds_carries_what_its_card_shows(stage: Stage) -> None:
    found = list[str]()

    def look() -> None:
        found.extend(
            b.action
            for who in ("brand", "asha")
            for h in stage.heard(who)
            for row in h.message.buttons
            for b in row
        )

    agree(stage)
    look()
    hand_in(stage, "#ad first #ChaiTime")
    stage.say("brand", "deals")
    stage.say("brand", "campaigns")
    stage.say("asha", "work")
    look()
    binding = re.compile(
        r"c\|(accept|counter|decline|approve|changes|cancel_deal|dispute|fund|close|draft)\|"
    )
    bound = [action for action in found if binding.match(action)]
    assert len(bound) > 10
    assert [
        action for action in bound if not re.fullmatch(r"c\|\w+\|[0-9a-f]{32}\|[0-9a-f]{10}", action)
    ] == []


def test_forged_marks_are_none(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    forged = f"{button(stage, 'asha', 'Accept').rpartition('|')[0]}|0123456789"
    stage.press_action("asha", forged, "Accept")
    assert NOTHING_DONE in newest(stage, "asha", 2)
    stage.press_action("ravi", f"c|approve|{UUID(int=7).hex}|0123456789", "Approve")
    assert "can't find that deal" in newest(stage, "ravi")
