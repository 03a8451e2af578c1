"""In the middle of a form people ask something else, or want out: they are answered, and asked again."""

import pytest

from market.stage import Stage
from tests.scenarios.test_consent import newest

INTRODUCED = "main dev hoon, mumbai, tech reviews, youtube devtech 15k subs, 2000 per short"
LANGUAGES = "Which languages do you speak in your posts?"
BRIEF = "3 food creators in Pune, 1 reel each, 20k INR"


def asked_for_languages(stage: Stage) -> None:
    stage.say("dev", INTRODUCED)
    stage.press("dev", "I agree")
    assert LANGUAGES in newest(stage, "dev")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("when will I get paid?", "is released when the post is live"),
        ("mera payment kab aayega", "is released when the post is live"),
        ("what is CPM?", "what a thousand views cost"),
        ("kitna commission lete ho?", "we keep a commission of 12 %"),
        ("is this safe?", "The brand's money is set aside"),
        ("thanks", "You're welcome"),
        ("👍", "You're welcome"),
    ],
)
def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(
    stage: Stage, said: str, answer: str
) -> None:
    asked_for_languages(stage)
    stage.say("dev", said)
    assert answer in newest(stage, "dev", 2)
    assert LANGUAGES in newest(stage, "dev")
    stage.say("dev", "hindi and english")
    assert LANGUAGES not in newest(stage, "dev")


def test_a_question_at_a_review_changes_nothing_of_it(stage: Stage) -> None:
    stage.say("brand", BRIEF)
    for said in ("what does it cost?", "can I get a refund later?", "is this safe?"):
        stage.say("brand", said)
        assert "₹20,000" in newest(stage, "brand")
        assert "Noted" not in newest(stage, "brand", 2)
    stage.say("brand", "yes")
    assert stage.last("brand", "fitting creators")


def test_whoever_wants_their_data_deleted_is_not_understood_as_taking_out_a_handle(stage: Stage) -> None:
    asked_for_languages(stage)
    stage.say("dev", "delete my account please")
    assert "This deletes your profile" in newest(stage, "dev")
    stage.say("dev", "no")
    assert "Cancelled" in newest(stage, "dev", 2)
    assert LANGUAGES in newest(stage, "dev"), "no to a form's only question leaves it"


def test_a_person_can_be_asked_for_in_the_middle(stage: Stage) -> None:
    asked_for_languages(stage)
    stage.say("dev", "can I talk to a real person")
    assert "What can a person help you with?" in newest(stage, "dev")
    stage.say("dev", "I never got a code.")
    assert "Passed on" in newest(stage, "dev", 2)
    assert LANGUAGES in newest(stage, "dev")


@pytest.mark.parametrize("said", ["Safety First", "Grace", "Fee", "Help Desk Studio", "Thank You Cakes"])
def test_an_answer_is_not_a_question(stage: Stage, said: str) -> None:
    stage.say("cafe", "hi")
    stage.press("cafe", "I'm a brand")
    name = newest(stage, "cafe")
    stage.say("cafe", said)
    assert newest(stage, "cafe") != name, "the next question"
    assert "commission" not in newest(stage, "cafe", 2)


def test_what_stands_in_a_message_to_somebody_is_no_question_to_us(stage: Stage) -> None:
    stage.say("brand", "human")
    stage.say("brand", "when do creators get paid?")
    assert "Passed on" in newest(stage, "brand")


def test_a_newcomer_who_is_not_understood_is_asked_and_not_greeted_again(stage: Stage) -> None:
    stage.say("zoe", "hi")
    stage.say("zoe", "my cousin told me about the thing with the thing")
    assert "I'm not sure what you mean" in newest(stage, "zoe")
    assert "Hi Zoe" not in newest(stage, "zoe")
