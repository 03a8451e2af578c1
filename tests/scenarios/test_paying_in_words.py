"""Whoever pays changes her mind in the middle: no number becomes an amount, no old amount is paid."""

import re

import pytest

from core.campaigns import service as campaigns
from core.campaigns import shortlist
from core.creators import service as creators
from core.kit.actors import SYSTEM, Actor
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
    stage.press("brand", "Pay with play money")
    assert paid_in(runtime) == 7_500_00


@pytest.mark.parametrize(
    "words",
    [
        "yes, but only for Asha and Meera",
        "only Asha and Meera please",
        "sí, pero solo para Asha y Meera",
        "sim, mas só Asha e Meera",
        "haan lekin sirf Asha aur Meera ko",
    ],
)
@pytest.mark.parametrize("before", [(), (PAY,)])
def test_only_who_is_named_stays_and_the_amount_follows(
    stage: Stage, runtime: Runtime, words: str, before: tuple[str, ...]
) -> None:
    begun(stage)
    for said in (*before, words):
        stage.say("brand", said)
    assert chosen(runtime) == ["Asha Kulkarni", "Meera Joshi"]
    shown = newest(stage, "brand", 4)
    assert ("7,500" in shown or "7.500" in shown, "Ravi Deshmukh" in shown) == (True, True)  # in her language
    assert paid_in(runtime) == 0


@pytest.mark.parametrize(
    "words",
    ["swap Ravi for Meera", "cambia a Ravi por Meera", "troca Ravi por Meera", "Ravi ki jagah Meera rakho"],
)
def test_one_for_another_who_is_named(stage: Stage, runtime: Runtime, words: str) -> None:
    begun(stage, "2 food creators in Pune, 1 reel each, 20k INR")
    stage.say("brand", "only Asha and Ravi")
    stage.say("brand", PAY)
    assert "Amount: ₹5,600" in newest(stage, "brand")
    stage.say("brand", words)
    assert chosen(runtime) == ["Asha Kulkarni", "Meera Joshi"]
    assert "Amount: ₹7,500" in newest(stage, "brand")
    assert paid_in(runtime) == 0


def test_whoever_is_in_already_takes_nobodys_place(stage: Stage, runtime: Runtime) -> None:
    begun(stage)
    stage.say("brand", "swap Ravi for Meera")
    assert "is in the set already" in newest(stage, "brand", 2)
    assert len(chosen(runtime)) == 3


@pytest.mark.parametrize("words", ["only 2", "only Pune", "only Asha?", "is only Asha worth it?"])
def test_what_names_nobody_alone_changes_no_set(stage: Stage, runtime: Runtime, words: str) -> None:
    begun(stage)
    stage.say("brand", words)
    assert len(chosen(runtime)) == 3


@pytest.mark.parametrize(
    "words", ["what do I pay in total?", "¿cuánto pago en total?", "total kitna dena hai"]
)
def test_what_it_costs_in_total_is_answered(stage: Stage, words: str) -> None:
    begun(stage)
    stage.say("brand", words)
    assert "You pay ₹10,100" in newest(stage, "brand")
    stage.say("brand", PAY)
    stage.say("brand", words)
    assert "You pay ₹10,100" in newest(stage, "brand", 2)
    assert "Please press" not in newest(stage, "brand", 3)


def test_the_payment_follows_a_campaign_that_was_changed_beside_it(stage: Stage, runtime: Runtime) -> None:
    begun(stage)
    stage.say("brand", PAY)
    stage.say("brand", "make it 2 reels each")
    stage.say("brand", "yes")
    shown = re.findall(r"Amount: ₹([\d,]+)", newest(stage, "brand"))
    stage.say("brand", "yes")
    stage.press("brand", "Pay with play money")
    assert paid_in(runtime) == int(shown[0].replace(",", "")) * 100


def test_what_others_changed_is_said_with_the_review_that_is_shown_again(
    stage: Stage, runtime: Runtime
) -> None:
    begun(stage)
    stage.say("brand", PAY)
    removed(runtime, "Ravi Deshmukh")
    stage.say("brand", "who answered?")
    assert "This has changed while you wrote" in newest(stage, "brand", 2)
    assert "Amount: ₹7,500" in newest(stage, "brand")


def removed(runtime: Runtime, name: str) -> None:
    """Let a colleague take somebody out of the set."""
    with begin(runtime.database, SYSTEM) as work:
        (campaign,) = campaigns.newest(work, 1)
        found = creators.many(work, [s.creator_id for s in shortlist.chosen(work, campaign)])
        own = work.acting_as(Actor.person(campaign.created_by))
        shortlist.remove(own, campaign.id, next(c.id for c in found.values() if c.name == name))


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
