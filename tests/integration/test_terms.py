"""The terms of future deals: their limits, their versions, and who may change them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from api.app import create
from core.accounts import people, workspaces
from core.accounts.errors import WorkspaceNotFound
from core.accounts.schemas import OpenWorkspace
from core.accounts.states import WorkspaceKind
from core.kit.actors import SYSTEM, Actor
from core.kit.money import Currency
from core.kit.work import begin
from core.terms import service as conditions
from core.terms.errors import TermOutOfRange, TermsChanged, TermUnknown
from core.terms.schemas import ChangeTerms, Terms
from runtime.parts import Runtime
from tests.conftest import signed_in

EDGES = [
    (name, value, value == bound)
    for name, (least, most) in conditions.LIMITS.items()
    for bound, value in ((least, least), (least, least - 1), (most, most), (most, most + 1))
]


@pytest.fixture
def workspace(runtime: Runtime) -> UUID:
    with begin(runtime.database, SYSTEM) as work:
        own = work.acting_as(Actor.person(people.register(work, "Brand").id))
        opened = OpenWorkspace("Brand", WorkspaceKind.BRAND, Currency.INR, "IN")
        return workspaces.open_workspace(own, opened).id


@pytest.fixture
def client(runtime: Runtime) -> Iterator[TestClient]:
    with TestClient(create(runtime), headers=signed_in(runtime)) as opened:
        yield opened


def test_every_term_has_limits_and_every_default_is_within_them() -> None:
    defaults = Terms().to_json()
    assert set(conditions.LIMITS) == set(defaults)
    conditions.check(defaults)


@pytest.mark.parametrize(("name", "value", "taken"), EDGES)
def test_a_term_is_taken_up_to_its_limits_and_not_beyond(name: str, value: int, taken: bool) -> None:  # noqa: FBT001
    if taken:
        conditions.check({name: value})
    else:
        with pytest.raises(TermOutOfRange):
            conditions.check({name: value})


REFUSED = [
    ({"security_delay_days": -365}, 422),
    ({"security_delay_days": 0}, 422),
    ({"commission": 1_200}, 422),
    ({"commission_bps": 1_501}, 422),
    ({"commission_bps": "1200"}, 422),
    ({"commission_bps": 1_200.0}, 422),
    ({"revisions": True}, 422),
    ({"revisions": None}, 422),
    ({}, 422),
]


@pytest.mark.parametrize(("changes", "status"), REFUSED)
def test_the_api_says_what_it_does_not_take_and_changes_nothing(
    client: TestClient, runtime: Runtime, workspace: UUID, changes: dict[str, object], status: int
) -> None:
    body = {"version": 0, "changes": changes, "reason": "a test"}
    assert client.put(f"/admin/workspaces/{workspace}/terms", json=body).status_code == status
    with begin(runtime.database, SYSTEM) as work:
        assert conditions.read(work, workspace).version == 0


def test_an_unknown_workspace_has_no_terms(client: TestClient) -> None:
    path = f"/admin/workspaces/{uuid4()}/terms"
    body = {"version": 0, "changes": {"revisions": 1}, "reason": "a test"}
    assert client.put(path, json=body).status_code == 404
    assert client.get(path).status_code == 404


def test_each_change_is_a_version_and_keeps_all_other_terms(client: TestClient, workspace: UUID) -> None:
    path = f"/admin/workspaces/{workspace}/terms"
    first = {"version": 0, "changes": {"revisions": 1}, "reason": "asked for by the brand"}
    second = {"version": 1, "changes": {"commission_bps": 1_000}, "reason": "a large agency"}
    assert client.put(path, json=first).status_code == 200
    assert client.put(path, json=second).status_code == 200
    found = client.get(path).json()
    assert found["version"] == 2
    assert (found["terms"]["revisions"], found["terms"]["commission_bps"]) == (1, 1_000)
    assert found["limits"]["commission_bps"] == [1_000, 1_500]
    assert client.put(path, json=first).status_code == 409


def test_the_rules_hold_for_whoever_calls(runtime: Runtime, workspace: UUID) -> None:
    refusals: list[tuple[ChangeTerms, type[Exception]]] = [
        (ChangeTerms(workspace, 0, {"nothing": 1}, "a test"), TermUnknown),
        (ChangeTerms(workspace, 0, {"revisions": 11}, "a test"), TermOutOfRange),
        (ChangeTerms(workspace, 3, {"revisions": 1}, "a test"), TermsChanged),
        (ChangeTerms(uuid4(), 0, {"revisions": 1}, "a test"), WorkspaceNotFound),
    ]
    for command, refusal in refusals:
        with begin(runtime.database, SYSTEM) as work, pytest.raises(refusal):
            conditions.change(work, command)


def test_of_two_who_change_at_once_one_is_told_to_look_again(runtime: Runtime, workspace: UUID) -> None:
    command = ChangeTerms(workspace, 0, {"revisions": 1}, "a test")
    both_have_read = Barrier(2)

    def change() -> str:
        with begin(runtime.database, SYSTEM) as work:
            conditions.read(work, workspace)
            both_have_read.wait(10)
            conditions.change(work, command)
        return "changed"

    with ThreadPoolExecutor(2) as pool:
        ends = [pool.submit(change) for _ in range(2)]
        found = [type(end.exception()) if end.exception() else end.result() for end in ends]
    assert sorted(found, key=str) == [TermsChanged, "changed"]


def test_each_workspace_has_its_own_terms(runtime: Runtime, client: TestClient, workspace: UUID) -> None:
    with begin(runtime.database, SYSTEM) as work:
        own = work.acting_as(Actor.person(people.register(work, "Other").id))
        opened = OpenWorkspace("Other Brand", WorkspaceKind.BRAND, Currency.INR, "IN")
        other = workspaces.open_workspace(own, opened).id
    for place, bps in ((workspace, 1_100), (other, 1_200)):
        body = {"version": 0, "changes": {"commission_bps": bps}, "reason": "a test"}
        assert client.put(f"/admin/workspaces/{place}/terms", json=body).status_code == 200
    with begin(runtime.database, SYSTEM) as work:
        assert conditions.terms_of(work, workspace).commission_bps == 1_100
        assert conditions.terms_of(work, other).commission_bps == 1_200
