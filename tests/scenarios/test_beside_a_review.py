"""Words at a review that are no yes: what they ask is answered, what they want instead is done."""

import pytest

from core.deals.states import DealState, DeliverableState
from core.messaging.messages import Role
from market.stage import PNG, Stage
from runtime.parts import Runtime
from tests.scenarios.test_chosen_set import begun
from tests.scenarios.test_consent import deal_of, newest
from tests.scenarios.test_side_roads import agree, offered

BRIEF = "3 food creators in Pune, 1 reel each, under 20k"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("when must I pay?", "right before the offers go out"),
        ("can I pay later?", "right before the offers go out"),
        ("can I see the creators before paying?", "you pay only after that"),
        ("who are you?", "I'm Nano, a program"),
    ],
)
def test_a_question_at_the_review_of_a_brief_is_answered(stage: Stage, words: str, answer: str) -> None:
    stage.say("brand", BRIEF)
    stage.say("brand", words)
    assert answer in newest(stage, "brand", 2)
    assert "Save and find" in newest(stage, "brand")


def test_to_see_the_creators_is_a_yes_to_the_brief(stage: Stage) -> None:
    stage.say("brand", BRIEF)
    stage.say("brand", "ok show me the creators")
    assert "fitting creators for" in newest(stage, "brand")


@pytest.mark.parametrize(
    "words", ["no wait, ask her to add #ad", "the first one is ok but please mention the opening hours"]
)
def test_what_should_change_is_no_yes_to_a_draft(stage: Stage, runtime: Runtime, words: str) -> None:
    agree(stage)
    stage.send_file("asha", "Reel: Chai at Kala #ad", "reel.png", PNG)
    stage.press("asha", "Send draft")
    stage.say("brand", "love it!")
    assert "Approve Asha" in newest(stage, "brand")
    stage.say("brand", words)
    assert words.rsplit(",", maxsplit=1)[-1].strip() in newest(stage, "brand")
    stage.press("brand", "Ask for it")
    assert deal_of(runtime).deliverables[0].state is DeliverableState.CHANGES_REQUESTED


@pytest.mark.parametrize(
    ("no", "yes"), [("nahi chahiye", "haan"), ("no gracias", "sí"), ("não, obrigada", "sim")]
)
def test_a_yes_to_a_no_is_the_no(stage: Stage, runtime: Runtime, no: str, yes: str) -> None:
    offered(stage)
    stage.say("asha", no)
    assert "Decline ChaiTime" in newest(stage, "asha")
    assert deal_of(runtime).state is DealState.OFFERED
    stage.say("asha", yes)
    assert deal_of(runtime).state is DealState.DECLINED


def test_a_no_in_words_may_say_why(stage: Stage) -> None:
    offered(stage)
    stage.say("asha", "nahi chahiye")
    stage.press("asha", "Change something")
    stage.say("asha", "I eat no dairy.")
    assert "You say why: “I eat no dairy.”" in newest(stage, "asha")
    stage.press("asha", "Decline")
    assert stage.last("brand", "I eat no dairy.")


@pytest.mark.parametrize("words", ["accept karti hu", "acepto", "eu aceito", "मैं स्वीकार करती हूँ", "I accept"])
def test_to_accept_is_a_yes_to_the_review_of_an_offer(stage: Stage, runtime: Runtime, words: str) -> None:
    offered(stage)
    stage.press("asha", "Accept")
    assert deal_of(runtime).state is DealState.OFFERED
    stage.say("asha", words)
    assert deal_of(runtime).state is DealState.AGREED


@pytest.mark.parametrize(
    "words", ["I accept if they pay 4000", "accept karungi agar 2 din mile", "acepto pero por más"]
)
def test_a_yes_with_a_condition_is_none(stage: Stage, runtime: Runtime, words: str) -> None:
    offered(stage)
    stage.press("asha", "Accept")
    stage.say("asha", words)
    assert deal_of(runtime).state is DealState.OFFERED


@pytest.mark.parametrize(
    ("who", "words", "left"),
    [("brand", "yes", "Accept"), ("asha", "haan", "Accept"), ("brand", "approve the reel", "Approve")],
)
def test_where_nothing_waits_nothing_is_to_be_pressed(stage: Stage, who: str, words: str, left: str) -> None:
    stage.say(who, words)
    assert "Nothing waits for an answer" in newest(stage, who)
    assert f"**{left}**" not in newest(stage, who, 2)


def test_a_yes_to_a_payment_page_shows_it_again(stage: Stage) -> None:
    begun(stage)
    stage.press("brand", "Pay ₹10,100")
    stage.say("brand", "yes")
    assert "Pay with play money" in newest(stage, "brand")


def test_a_brief_at_the_review_of_the_workspace_is_kept(stage: Stage) -> None:
    stage.say("stranger", "we are an agency, Pixel Cult, from Mumbai with two clients")
    stage.say("stranger", "3 fitness creators in Mumbai, 1 reel each, under 15k")
    assert "your first campaign" in newest(stage, "stranger", 2)
    assert "**Pixel Cult** (agency)" in newest(stage, "stranger")
    stage.press("stranger", "Open workspace")
    said = newest(stage, "stranger", 3)
    assert "Creators: **3**" in said
    assert "in one sentence what you want" not in said


def test_who_wants_to_be_paid_before_the_profile_is_done_hears_when(stage: Stage) -> None:
    stage.say("newcomer", "I'm Nia, food blogger from Pune, insta @nia.eats 9k followers")
    stage.press("newcomer", "I agree")
    stage.say("newcomer", "payout")
    assert "as soon as this here is done" in newest(stage, "newcomer", 2)


@pytest.mark.parametrize(
    "words", ["apaga meus dados", "borra mis datos", "mera data hata do", "please erase all my data"]
)
def test_who_wants_the_data_gone_is_not_given_a_copy(stage: Stage, words: str) -> None:
    stage.say("asha", words)
    assert "deletes your profile" in newest(stage, "asha")


def test_a_yes_to_may_i_say_why_is_no_reason(stage: Stage) -> None:
    agree(stage)
    stage.say("asha", "I need two more days")
    assert "Skip" in newest(stage, "asha")
    stage.say("asha", "yes")
    assert "Skip" in newest(stage, "asha")
    assert not stage.last("brand", "asks for 2 more days")
    stage.say("asha", "my camera broke")
    assert "my camera broke" in stage.last("brand", "asks for 2 more days")


def test_to_switch_to_a_client_is_not_to_become_a_creator(stage: Stage) -> None:
    stage.say("brand", "switch to Zen Tea")
    assert "I agree" not in newest(stage, "brand", 2)
    stage.say("brand", "I also want to be a creator")
    assert "I agree" in newest(stage, "brand")


def test_a_comparison_leads_back_to_the_set(stage: Stage) -> None:
    begun(stage)
    stage.say("brand", "compare 1 and 2")
    stage.press("brand", "The whole set")
    assert "Pay ₹10,100" in newest(stage, "brand")


def test_nothing_in_a_menu_looks_as_if_it_were_due(stage: Stage) -> None:
    for who in ("asha", "brand"):
        stage.say(who, "menu")
        menu = stage.heard(who)[-1].message
        assert all(button.role is not Role.PRIMARY for row in menu.buttons for button in row)
