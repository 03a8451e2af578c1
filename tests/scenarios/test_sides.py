"""A newcomer who says in a word who they are is taken at that word."""

import pytest

from market.stage import Stage
from tests.scenarios.test_consent import newest

CREATORS = ("Creator", "I am a creator", "influencer here", "sou influenciadora", "main creator hoon")
BRANDS = ("brand", "I am a brand", "we are a shop", "soy una marca", "a café", "small business owner")


@pytest.mark.parametrize("said", CREATORS)
def test_a_creator_is_introduced(stage: Stage, said: str) -> None:
    stage.say("somebody", said)
    assert "keeps my profile" in newest(stage, "somebody")


@pytest.mark.parametrize("said", BRANDS)
def test_a_brand_is_asked_its_name(stage: Stage, said: str) -> None:
    stage.say("somebody", said)
    assert "What is your brand or agency called?" in newest(stage, "somebody")


@pytest.mark.parametrize(
    "said", ["influencers", "what does a shop pay?", "do you pay the creator?", "pottery"]
)
def test_a_question_and_what_says_neither_begin_nothing(stage: Stage, said: str) -> None:
    stage.say("somebody", said)
    assert "keeps my profile" not in newest(stage, "somebody")
    assert "agency called" not in newest(stage, "somebody")
