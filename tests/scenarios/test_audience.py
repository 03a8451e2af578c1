"""A creator says whom she reaches, and brands read it as her own words."""

from uuid import UUID

import pytest

from core.creators import audience
from core.creators import service as creators
from core.creators.errors import SharesOutOfRange
from core.creators.schemas import AudienceShare, ShareOf
from core.kit.actors import SYSTEM
from core.kit.work import begin
from market.stage import Stage
from runtime.parts import Runtime
from tests.integration.test_races import World
from tests.scenarios.test_consent import newest
from tests.scenarios.test_side_roads import BRIEF


def test_what_she_says_is_shown_as_said_by_herself(stage: Stage) -> None:
    stage.say("asha", "my audience")
    stage.say("asha", "India 70%, dog lovers 10%")
    assert "I didn't understand “dog lovers 10%”" in newest(stage, "asha", 2)
    stage.press("asha", "Change something")
    stage.say("asha", "India 70%, women 80%")
    stage.press("asha", "Show it")
    assert "as said by yourself" in newest(stage, "asha")
    said = "Audience, said by the creator, not confirmed by a network: India 70% and women 80%"
    stage.say("asha", "my profile")
    assert said in newest(stage, "asha")
    stage.say("brand", BRIEF)
    stage.press("brand", "Save and find")
    stage.press("brand", "Look at each")
    assert said in newest(stage, "brand")


@pytest.mark.parametrize(
    "said",
    [
        [("country", "IN", 70), ("country", "US", 31)],
        [("gender", "women", 0)],
        [("country", "IN", 20), ("country", "IN", 20)],
    ],
)
def test_more_than_all_of_them_and_twice_the_same_is_refused(
    runtime: Runtime, said: list[tuple[str, str, int]]
) -> None:
    world = World(runtime)
    shares = [AudienceShare(ShareOf(of), name, percent) for of, name, percent in said]
    with begin(runtime.database, SYSTEM) as work, pytest.raises(SharesOutOfRange):
        audience.state(work, world.person, shares)
    assert stated(runtime, world.creator) == ()


def stated(runtime: Runtime, creator_id: UUID) -> tuple[AudienceShare, ...]:
    with begin(runtime.database, SYSTEM) as work:
        return creators.get(work, creator_id).audience
