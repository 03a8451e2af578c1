"""“Was that you?”, talked through in two chats of one person: pressed, typed, too late."""

import re
from datetime import timedelta

import pytest

from market.stage import NothingToPress, Stage

DAY = timedelta(days=1)


@pytest.fixture
def two_chats(stage: Stage) -> Stage:
    """Ravi with a second chat of his own."""
    stage.say("ravi", "link")
    code = re.findall(r"\*\*link (\w+)\*\*", stage.last("ravi", "To bring another"))[0]
    stage.say("ravi-at-work", f"link {code}")
    stage.press("ravi-at-work", "Yes, that's me")
    stage.press("ravi", "Yes, that's me")
    assert stage.last("ravi-at-work", "is linked now")
    return stage


def newest(stage: Stage, who: str) -> str:
    return stage.heard(who)[-1].message.text


def pay_to(stage: Stage, who: str, label: str) -> None:
    stage.say(who, "payout")
    stage.say(who, label)
    stage.press(who, "Save")


@pytest.mark.parametrize("how", ["pressed", "stop it", "stop", "detenlo"])
def test_the_other_chat_stops_a_thief(two_chats: Stage, how: str) -> None:
    stage = two_chats
    pay_to(stage, "ravi-at-work", "thief@upi")
    assert "I'll send your money to **thief@upi**" in stage.last("ravi-at-work", "Noted")
    assert "send your money to **thief@upi**" in stage.last("ravi", "Was that you?")
    if how == "pressed":
        stage.press("ravi", "Stop it")
    else:
        stage.say("ravi", how)
    assert stage.last("ravi", "**Stopped.**")
    assert stage.last("ravi-at-work", "**Stopped.**")
    stage.advance(4 * DAY)
    stage.say("ravi", "money")
    assert "thief@upi" not in newest(stage, "ravi")
    assert not stage.last("ravi", "no more notices here"), "“stop” answered the question, and only that"
    if how == "stop":
        stage.say("ravi", "stop")
        assert stage.last("ravi", "no more notices here")


def test_a_yes_in_the_other_chat_makes_it_a_day(two_chats: Stage) -> None:
    stage = two_chats
    pay_to(stage, "ravi-at-work", "ravi@upi")
    stage.say("ravi", "yes, that was me")
    assert stage.last("ravi", "You can still stop it")
    stage.say("ravi", "money")
    assert "it goes to: ravi@upi" in newest(stage, "ravi")
    stage.advance(DAY)
    for who in ("ravi", "ravi-at-work"):
        assert stage.last(who, "From now on your money goes to **ravi@upi**")
    stage.press("ravi", "Stop it")
    assert "doesn't wait any more" in newest(stage, "ravi")


def test_leaving_is_asked_about_in_the_other_chat_and_taken_back_there(two_chats: Stage) -> None:
    stage = two_chats
    for _ in range(2):
        stage.say("ravi-at-work", "delete my data")
    assert "delete everything about you" in stage.last("ravi", "Was that you?")
    stage.advance(2 * DAY)
    stage.say("ravi", "stop it")
    stage.advance(4 * DAY)
    stage.say("ravi", "profile")
    assert stage.last("ravi", "Ravi Deshmukh")


def test_a_chat_of_somebody_else_is_asked_nothing(two_chats: Stage) -> None:
    stage = two_chats
    pay_to(stage, "ravi-at-work", "ravi@upi")
    with pytest.raises(NothingToPress):
        stage.press("asha", "Stop it")
    stage.say("asha", "stop it")
    assert "Nothing of yours waits" in newest(stage, "asha")
