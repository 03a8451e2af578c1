"""The edges of campaigns, one rule a test."""

import pytest
from sqlalchemy import update

from core.campaigns import service as campaigns
from core.campaigns.models import Campaign
from core.kit.actors import SYSTEM, Actor
from core.kit.process import UnknownVersion
from core.kit.work import begin
from runtime.parts import Runtime
from tests.integration.test_races import World


def test_a_campaign_of_a_version_that_nobody_knows_says_so(runtime: Runtime) -> None:
    world = World(runtime)
    with begin(runtime.database, SYSTEM) as work:
        work.session.execute(update(Campaign).values(process_version=9))
    for take in (campaigns.step, campaigns.advance):
        with (
            begin(runtime.database, Actor.person(world.brand)) as work,
            pytest.raises(UnknownVersion, match=r"version 9 of \[1\]"),
        ):
            take(work, world.campaign, "settle")
