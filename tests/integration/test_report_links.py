"""A report's page and file are for who was given the link: not for searchers, not for ever."""

from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from api.app import create
from bots.conversation.dialogue import Talk
from bots.dialogues import reports
from core.accounts import people
from core.insights import links
from core.kit.actors import SYSTEM
from core.kit.errors import DomainError
from core.kit.work import Work, begin
from core.messaging.messages import Address
from runtime.parts import Runtime
from tests.integration.test_races import World


def talk_of(world: World, work: Work, person: UUID) -> Talk:
    return Talk(work, people.person_of(work, person), Address("web", "x"), world.runtime.tools)


@pytest.mark.parametrize("path", ["{token}", "{token}.csv"])
def test_a_report_is_not_indexed_and_gives_its_address_to_nobody(runtime: Runtime, path: str) -> None:
    world = World(runtime)
    with begin(runtime.database, SYSTEM) as work:
        token = links.token(work, runtime.settings.keys, world.campaign)
    client = TestClient(create(runtime))
    answer = client.get(f"/reports/{path.format(token=token)}")
    assert answer.status_code == 200
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    with begin(runtime.database, SYSTEM) as work:
        links.end(work, world.campaign)
    assert client.get(f"/reports/{path.format(token=token)}").status_code == 404


def test_a_brand_ends_its_links_and_gets_new_ones_and_a_stranger_ends_none(runtime: Runtime) -> None:
    world = World(runtime)
    world.offer()
    with begin(runtime.database, SYSTEM) as work:
        old = links.token(work, runtime.settings.keys, world.campaign)
        with pytest.raises(DomainError):
            reports.end_links(talk_of(world, work, world.person), world.campaign)
        assert links.campaign_of(work, runtime.settings.keys, old) == world.campaign
        said = reports.end_links(talk_of(world, work, world.brand), world.campaign)
        assert links.campaign_of(work, runtime.settings.keys, old) is None
    assert "open nothing any more" in str(said[0])
