"""Whoever pays changes her mind in the middle: no number becomes an amount, no old amount is paid."""

import pytest

from core.campaigns import service as campaigns
from core.kit.actors import SYSTEM
from core.kit.work import begin
from core.payments import books
from market.stage import Stage
from runtime.parts import Runtime
from tests.scenarios.test_chosen_set import begun, chosen, offers
from tests.scenarios.test_consent import newest

PAY = "I want to pay for them"


def paid_in(runtime: Runtime) -> int:
    with begin(runtime.database, SYSTEM) as work:
        (campaign,) = campaigns.newest(work, 1)
        return books.campaign_money(work, campaign, []).paid_in.minor


@pytest.mark.parametrize("words", ["make it 2 reels each", "go back to 1 reel", "6 creators", "no, 5 reels"])
def test_a_number_that_counts_something_is_no_amount(stage: Stage, words: str) -> None:
    begun(stage)
    stage.say("brand", PAY)
    stage.say("brand", words)
    shown = newest(stage, "brand", 3)
    assert "Noted: Amount" not in shown
    assert "Amount: ₹10,100" in shown or "Change ChaiTime" in shown


@pytest.mark.parametrize("words", ["make it 9000", "no, ₹9,000", "9k"])
def test_an_amount_is_still_changed_in_words(stage: Stage, words: str) -> None:
    begun(stage)
    stage.say("brand", PAY)
    stage.say("brand", words)
    assert "Amount: ₹9,000" in newest(stage, "brand")


def test_an_open_payment_of_the_set_follows_the_set(stage: Stage, runtime: Runtime) -> None:
    begun(stage)
    stage.say("brand", PAY)
    assert "Amount: ₹10,100" in newest(stage, "brand")
    stage.say("brand", "remove Ravi")
    assert "Amount: ₹7,500" in newest(stage, "brand")
    stage.press("brand", "Go to payment")
    stage.press("brand", "Go to payment")
    stage.press("brand", "Pay with play money")
    assert paid_in(runtime) == 7_500_00


def test_what_was_paid_on_the_sets_own_card_is_not_asked_again(stage: Stage, runtime: Runtime) -> None:
    begun(stage)
    stage.say("brand", PAY)
    stage.say("brand", "who is Asha?")
    stage.say("brand", "matches")
    stage.press("brand", "Pay ₹10,100 and send 3 offers")
    stage.press("brand", "Pay with play money")
    assert paid_in(runtime) == 10_100_00
    stage.say("brand", "who answered?")
    assert "Go to payment" not in newest(stage, "brand", 2)
    stage.say("brand", "yes")
    assert "payment page" not in newest(stage, "brand", 2)
    assert paid_in(runtime) == 10_100_00


def test_who_is_too_expensive_is_the_one_that_goes(stage: Stage, runtime: Runtime) -> None:
    begun(stage, "3 food creators in Pune, 1 reel each, 20k INR")
    stage.say("brand", "Ravi is too expensive, show someone else")
    assert "Ravi Deshmukh" not in chosen(runtime)
    assert "Meera Joshi" in chosen(runtime)


def test_who_has_an_offer_is_not_swapped_as_if_there_were_none(stage: Stage, runtime: Runtime) -> None:
    begun(stage)
    stage.press("brand", "Pay ₹10,100")
    stage.press("brand", "Pay with play money")
    for words in ("swap Ravi", "remove Ravi"):
        stage.say("brand", words)
        assert "has an offer already" in newest(stage, "brand", 2)
        assert "Take it back" in newest(stage, "brand")
    assert "Ravi Deshmukh" in offers(runtime)
    assert chosen(runtime) == []
