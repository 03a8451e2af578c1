"""A business's page at a network is a soft sign: kept, looked at by a person, and never a verification."""

from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from api import app as web
from core.accounts import workspaces
from core.accounts.errors import WorkspaceNotFound
from core.compliance import service as compliance
from core.compliance import website
from core.compliance.errors import WebsiteNotAccepted
from core.kit.actors import SYSTEM, Actor
from core.kit.work import begin
from core.operators import tasks
from runtime.parts import Runtime
from tests.conftest import signed_in
from tests.integration.test_races import World

PAGE = "https://www.linkedin.com/company/kala-chai/"


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


def keep(world: World, person: UUID, page: str = PAGE) -> None:
    with begin(world.runtime.database, Actor.person(person)) as work:
        compliance.keep_company_page(work, world.workspace, page)


def test_it_is_kept_and_an_operator_is_asked_once(world: World) -> None:
    for page in ("https://www.linkedin.com/company/kala/", PAGE):
        keep(world, world.brand, page)
    with begin(world.runtime.database, SYSTEM) as work:
        (task,) = tasks.open_tasks(work)
        found = workspaces.workspace_of(work, world.workspace)
    assert (task.kind, task.subject_id, task.facts) == ("company_page_given", world.workspace, {})
    assert (found.company_page, found.verified_at, found.website) == (PAGE, None, "")


def test_who_looks_sees_it_and_says_what_came_of_it(world: World) -> None:
    keep(world, world.brand)
    client = TestClient(web.create(world.runtime), headers=signed_in(world.runtime))
    assert client.get(f"/admin/workspaces/{world.workspace}").json()["company_page"] == PAGE
    with begin(world.runtime.database, SYSTEM) as work:
        (task,) = tasks.open_tasks(work)
    with begin(world.runtime.database, Actor.operator("mira")) as work:
        tasks.close(work, task.id, "same name, 40 people, since 2019")
    with begin(world.runtime.database, SYSTEM) as work:
        assert workspaces.workspace_of(work, world.workspace).verified_at is None


def test_nobody_keeps_one_for_somebody_else_s_business(world: World) -> None:
    with pytest.raises(WorkspaceNotFound):
        keep(world, world.person)


@pytest.mark.parametrize(
    "typed", ["linkedin.com/in/asha", "https://www.instagram.com/kala.chai", "facebook.com/kala", "youtu.be"]
)
def test_a_network_is_nobody_s_website(typed: str) -> None:
    with pytest.raises(WebsiteNotAccepted):
        website.domain_of(typed)
