"""Barter and gifts in chat: what is given is said, and no cash; nothing is paid in, the rest is as ever."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.creators import service as creators
from core.deals.models import Deal
from core.deals.states import DealState
from core.kit.actors import SYSTEM, Actor
from core.kit.work import begin
from core.privacy import erasure
from market.stage import Stage
from runtime.parts import Runtime
from tests.scenarios.test_consent import deal_of, newest

HAMPER = (
    "We are Kala Chai. 3 food creators in Pune, 1 reel each, for our new masala chai."
    " We will send a hamper of six teas worth ₹2,000, no cash"
)
GIFT = "a hamper of six teas, worth ₹2,000, no cash"
MONEY = ("₹0", "set aside", "commission", "released")


def offered(stage: Stage) -> None:
    stage.say("brand", HAMPER)
    stage.press("brand", "Save and find")
    stage.press("brand", "Send ")


def test_a_gift_is_said_back_and_its_offers_go_out_unpaid(stage: Stage) -> None:
    stage.say("brand", HAMPER)
    said = newest(stage, "brand")
    for line in (
        "Budget: **No cash, a gift instead**",
        "Given to creators: **a hamper of six teas**",
        "Worth of what is given: **₹2,000**",
        "How they get it: **I send it to them**",
        "nothing is paid in",
    ):
        assert line in said, line
    stage.press("brand", "Save and find")
    chosen = newest(stage, "brand")
    assert GIFT in chosen
    assert "Nothing is to be paid" in chosen
    stage.press("brand", "Send ")
    offer = stage.last("asha", "Offer from Kala Chai")
    for line in ("You get: **" + GIFT, "No money is paid for it", "How you get it: it is sent to you", "#ad"):
        assert line in offer, line
    for word in MONEY:
        assert word not in offer, word
    assert "₹0" not in "\n".join(line.message.text for line in stage.heard("brand"))


def test_it_closes_without_a_word_of_money(stage: Stage) -> None:
    stage.say("brand", HAMPER)
    stage.press("brand", "Save and find")
    stage.say("brand", "close campaign")
    assert "Every gift is given" in newest(stage, "brand")
    heard = len(stage.heard("brand"))
    stage.press("brand", "Close campaign")
    told = [line.message.text for line in stage.heard("brand")][heard:]
    assert any("is closed" in text for text in told)
    assert not [text for text in told if "money" in text.lower()]


def test_what_a_sentence_leaves_open_is_asked(stage: Stage) -> None:
    stage.say("brand", "barter collab, free dinner for two, 2 food creators in Pune, 1 reel each")
    assert "Where should they come to?" in newest(stage, "brand")
    stage.say("brand", "Kala Chai House, 4 FC Road, Pune")
    assert "What is it worth?" in newest(stage, "brand")
    stage.say("brand", "3000")
    said = newest(stage, "brand")
    for line in (
        "No cash, a gift instead",
        "Given to creators: **dinner for two**",
        "₹3,000",
        "How they get it: **They come for it**",
        "Creators come to: **Kala Chai House",
    ):
        assert line in said, line


def test_it_is_told_by_buttons(stage: Stage) -> None:
    stage.say("brand", "2 food creators in Pune, 1 reel each, for our new masala chai")
    stage.press("brand", "No cash, a gift instead")
    assert "What do you give them?" in newest(stage, "brand")
    stage.say("brand", "a tasting for two")
    stage.say("brand", "1500")
    stage.press("brand", "They come for it")
    stage.say("brand", "4 FC Road, Pune")
    said = newest(stage, "brand")
    assert "Given to creators: **a tasting for two**" in said
    stage.press("brand", "Save and find")
    stage.press("brand", "Send ")
    assert "You get: **a tasting for two, worth ₹1,500, no cash" in stage.last("asha", "Offer from")


@pytest.mark.parametrize("answer", ["no cash", "only barter", "0", "nothing, it's a gift"])
def test_no_cash_answers_the_question_for_the_budget(stage: Stage, answer: str) -> None:
    stage.say("brand", "2 food creators in Pune, 1 reel each, for our new masala chai")
    stage.say("brand", answer)
    assert "What do you give them?" in newest(stage, "brand")


def test_cash_may_come_after_all_and_go_again(stage: Stage) -> None:
    stage.say("brand", HAMPER)
    stage.say("brand", "make the budget 20k")
    assert "Budget: **₹20,000**" in newest(stage, "brand")
    stage.say("brand", "no cash after all, only barter")
    assert "Budget: **No cash, a gift instead**" in newest(stage, "brand")


def test_paid_only_is_a_reason_to_decline(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    stage.say("asha", "sorry, I only do paid collabs")
    assert "Press **Paid only**" in stage.last("asha", "Paid only")
    assert deal_of(runtime).state == "offered"
    stage.press("asha", "Paid only")
    assert deal_of(runtime).state == "declined"
    assert "I work for pay only." in stage.last("brand", "declined")


def test_a_price_that_is_named_is_asked_about_and_paid_first(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    stage.press("asha", "Propose my price")
    assert f"Now it is {GIFT}" in newest(stage, "asha")
    stage.say("asha", "1500")
    stage.press("asha", "Send proposal")
    asked = stage.last("brand", "proposes ₹1,500")
    assert f"you offered {GIFT}" in asked
    assert "the campaign needs ₹1,500 more" in asked
    stage.press("brand", "Pay ₹1,500")
    stage.press("brand", "Go to payment")
    stage.press("brand", "Pay with play money")
    stage.press("brand", "Accept ₹1,500")
    assert (deal_of(runtime).state, deal_of(runtime).price.minor) == ("awaiting_address", 1_500_00)


def test_the_road_to_the_end_speaks_of_no_money(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    stage.press("asha", "Accept")
    assert f"You get {GIFT}" in newest(stage, "asha")
    stage.press("asha", "Agree")
    assert f"accepted** for {GIFT}" in stage.last("brand", "accepted**")
    stage.say("asha", "my address")
    stage.say("asha", "12 Baner Road, Pune")
    stage.press("brand", "It is sent")
    stage.press("brand", "Skip")
    stage.press("asha", "It has arrived")
    stage.say("asha", "draft")
    stage.say("asha", "First sip of masala chai #ad")
    stage.press("asha", "Skip")
    stage.press("asha", "Send draft")
    assert "No money is in this deal" in stage.last("brand", "**Draft from")
    stage.press("brand", "Approve")
    stage.press("asha", "Post it on the sandbox")
    stage.press("asha", "Submit this link")
    assert "Please keep the post up" in stage.last("asha", "is live and verified")
    stage.advance(timedelta(days=8))
    assert "It stayed up as agreed" in stage.last("asha", "is complete")
    assert deal_of(runtime).state == "completed"
    stage.say("brand", "report")
    report = stage.last("brand", "CPM")
    assert "CPM – · CPE – · CPC –" in report
    assert f"Each creator gets {GIFT}" in report
    stage.say("brand", "money")
    assert GIFT in stage.last("brand", "for a hamper")
    for who in ("brand", "asha"):
        told = "\n".join(line.message.text for line in stage.heard(who))
        assert "₹0" not in told.replace("Workspace credit: ₹0", ""), who


def test_a_creator_who_looks_for_work_may_apply_for_the_gift(stage: Stage, runtime: Runtime) -> None:
    stage.say("brand", HAMPER)
    stage.press("brand", "Save and find")
    stage.say("asha", "find work")
    assert "No cash is paid: apply for the gift" in stage.last("asha", "Kala Chai")
    stage.press("asha", "Apply")
    stage.press("asha", "For the gift, no cash")
    stage.press("asha", "Skip")
    assert f"for {GIFT}" in newest(stage, "asha")
    stage.press("asha", "Apply")
    assert f"for {GIFT}" in stage.last("brand", "would like to join")
    stage.press("brand", "Accept")
    assert deal_of(runtime).state == "awaiting_address"


def agreed(stage: Stage) -> None:
    offered(stage)
    stage.press("asha", "Accept")
    assert "7 days after it has arrived" in newest(stage, "asha")
    stage.press("asha", "Agree")


HOME = "Asha Rao, 12 Baner Road, Pune 411045"


def test_a_gift_is_sent_and_arrives_before_the_work_begins(stage: Stage, runtime: Runtime) -> None:
    agreed(stage)
    assert "I ask for the address" in stage.last("brand", "accepted**")
    stage.press("asha", "Give my address")
    assert "Only Kala Chai reads it" in newest(stage, "asha")
    stage.say("asha", HOME)
    assert deal_of(runtime).state == "to_send"
    assert HOME not in "\n".join(line.message.text for line in stage.heard("brand"))
    stage.press("brand", "Show the address")
    assert HOME in newest(stage, "brand")
    stage.press("brand", "It is sent")
    stage.say("brand", "https://track.example/123")
    told = stage.last("asha", "is on its way")
    assert "https://track.example/123" in told
    assert HOME not in told
    stage.press("asha", "It has arrived")
    assert "First draft by" in stage.last("asha", "Enjoy it")
    assert "has the gift" in stage.last("brand", "has the gift")
    assert deal_of(runtime).state == "agreed"


def test_it_is_said_in_words_too(stage: Stage, runtime: Runtime) -> None:
    agreed(stage)
    stage.say("asha", "my address")
    stage.say("asha", HOME)
    stage.say("brand", "It is sent")
    stage.say("brand", "skip")
    assert deal_of(runtime).state == "on_its_way"
    stage.say("asha", "It has not arrived")
    assert "says that the gift has not arrived" in stage.last("brand", "has not arrived")
    assert deal_of(runtime).state == "to_send"
    stage.press("brand", "Call it off")
    stage.say("brand", "The parcel came back twice")
    stage.press("brand", "Call it off")
    assert deal_of(runtime).state == "cancelled"
    assert "The parcel came back twice" in stage.last("asha", "came back")


@pytest.mark.parametrize(
    ("days", "creator", "brand"),
    [
        (6, "No address came for the gift", "gave no address"),
        (8, "did not send the gift in time", "was not sent in time"),
        (15, "I take it that a hamper of six teas is there", "did not say whether"),
    ],
)
def test_silence_ends_every_wait_and_both_hear_of_it(
    stage: Stage, days: int, creator: str, brand: str
) -> None:
    agreed(stage)
    if days > 6:
        stage.press("asha", "Give my address")
        stage.say("asha", HOME)
    if days > 8:
        stage.press("brand", "It is sent")
        stage.press("brand", "Skip")
    stage.advance(timedelta(days=days))
    assert stage.last("asha", creator)
    assert stage.last("brand", brand)


def test_a_brand_s_chat_has_no_address_of_who_was_forgotten(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    stage.press("asha", "Accept")
    stage.press("asha", "Agree")
    stage.say("asha", "my address")
    stage.say("asha", "12 Baner Road, Pune")
    stage.say("brand", "deals")
    stage.press("brand", "Show")
    assert any("Baner" in one.message.text for one in stage.heard("brand"))
    with begin(runtime.database, SYSTEM) as work:
        deal = work.session.scalars(select(Deal).where(Deal.state == DealState.TO_SEND)).one()
        person = creators.person_behind(work, deal.creator_id)
    with begin(runtime.database, Actor.person(person)) as work:
        erasure.erase(work, person)
    stage.settle()
    assert not any("Baner" in one.message.text for one in stage.heard("brand"))
