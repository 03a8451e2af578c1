"""A form that stays open: what it knows is what is so now, not what was so when it was opened."""

import re
from datetime import UTC, datetime, timedelta

from market.stage import Stage
from tests.scenarios.test_consent import newest

BRIEF = "3 food creators in Pune, 1 reel each, 20k INR #ChaiTime"


def test_tomorrow_is_seen_from_the_day_of_the_answer(stage: Stage) -> None:
    stage.say("brand", BRIEF)
    days = []
    for _ in range(2):
        stage.press("brand", "Change something")
        stage.press("brand", "Live by")
        stage.advance(timedelta(days=2))
        stage.say("brand", "tomorrow")
        written = re.findall(r"Live by: \*\*\w+ ([^*]+)", stage.last("brand", "Live by:"))[-1]
        days.append(datetime.strptime(written, "%d %b %Y").astimezone(UTC))
    assert days[1] - days[0] == timedelta(days=2)


def test_who_is_not_in_the_team_any_more_sends_nothing_for_it(stage: Stage) -> None:
    stage.say("brand", "team")
    stage.press("brand", "Invite")
    stage.press("brand", "Manager")
    code = re.findall(r"\*\*join (\w+)\*\*", stage.last("brand", "Give this code"))[0]
    stage.say("colleague", f"join {code}")
    stage.say("colleague", "verify")
    stage.press("colleague", "My website")
    stage.say("brand", "change team")
    stage.press("brand", "Colleague")
    stage.press("brand", "Take them out")
    stage.press("brand", "Yes, change it")
    assert stage.last("brand", "They are told")
    stage.say("colleague", "https://kala-chai.example")
    assert stage.last("colleague", "That is not yours")
    assert not stage.last("colleague", "kala-chai.example")


def test_a_command_at_a_question_that_may_be_left_out_is_no_answer(stage: Stage) -> None:
    stage.say("asha", "profile")
    for label in ("Change my profile", "Change something", "About me"):
        stage.press("asha", label)
    stage.say("asha", "perfil")
    assert "Influence Score" in newest(stage, "asha", 2)
    stage.press("asha", "Skip")
    assert "“perfil”" not in newest(stage, "asha", 2)
