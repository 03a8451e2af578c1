"""Named staff: who may come in, what each role may do, what stays behind, and what takes two."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid4

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from typer.testing import CliRunner

from api.app import OPERATORS, create
from api.operators import deals as operators_deals
from api.operators.access import ActLeftNoTrace, acting
from bots.doors import registry
from core.accounts import people
from core.deals import views as deals
from core.deals.states import DealState
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.database import Database
from core.kit.limits import Limit, Limits
from core.kit.money import OFFERED, Currency
from core.kit.work import Work, begin
from core.messaging import outbox
from core.messaging.states import PromiseKind
from core.operators import acts, proposals, sign_ins, staff, tasks
from core.operators.errors import (
    LastAdmin,
    ProposalNotFound,
    ProposerGone,
    SameProposer,
    StaffNameNotValid,
    StaffRoleMissing,
)
from core.operators.states import NEEDS, RIGHTS, SECOND, Act, Right, StaffRole, Stage, Subject
from market import cli
from runtime.parts import Runtime
from tests import seen
from tests.conftest import TEST_KEY, staff_key
from tests.integration.test_limits import client_of, limited
from tests.integration.test_operators_disputes import HELD, SPLIT, disputed

__all__ = ["disputed"]
ID = str(UUID(int=7))
WHY = {"reason": "because of this test"}
LOWEST = {role: set(list(StaffRole)[n:]) for n, role in enumerate(StaffRole)}

# method, path, the lowest role that may; None: the page itself, which anybody may load
ROUTES: list[tuple[str, str, StaffRole | None]] = [
    ("GET", "/admin", None),
    ("GET", "/admin/overview", StaffRole.VIEWER),
    ("GET", "/admin/deals/{deal_id}", StaffRole.VIEWER),
    ("GET", "/admin/campaigns", StaffRole.VIEWER),
    ("GET", "/admin/campaigns/{campaign_id}/money", StaffRole.VIEWER),
    ("GET", "/admin/ledger", StaffRole.VIEWER),
    ("GET", "/admin/staff", StaffRole.VIEWER),
    ("GET", "/admin/audit", StaffRole.VIEWER),
    ("POST", "/admin/key", StaffRole.VIEWER),
    ("POST", "/admin/promises/{promise_id}/retry", StaffRole.SUPPORT),
    ("POST", "/admin/tasks/{task_id}/close", StaffRole.SUPPORT),
    ("POST", "/admin/support/{request_id}/answer", StaffRole.SUPPORT),
    ("POST", "/admin/deals/{deal_id}/clocks/restart", StaffRole.SUPPORT),
    ("POST", "/admin/deals/{deal_id}/freeze", StaffRole.SUPPORT),
    ("POST", "/admin/deals/{deal_id}/unfreeze", StaffRole.SUPPORT),
    ("GET", "/admin/workspaces/{workspace_id}", StaffRole.VIEWER),
    ("POST", "/admin/workspaces/{workspace_id}/freeze", StaffRole.SUPPORT),
    ("POST", "/admin/workspaces/{workspace_id}/unfreeze", StaffRole.SUPPORT),
    ("GET", "/admin/creators/{creator_id}", StaffRole.VIEWER),
    ("POST", "/admin/creators/{creator_id}/freeze", StaffRole.SUPPORT),
    ("POST", "/admin/creators/{creator_id}/unfreeze", StaffRole.SUPPORT),
    ("POST", "/admin/deliverables/{deliverable_id}/vouch", StaffRole.MONEY),
    ("POST", "/admin/deliverables/{deliverable_id}/extend", StaffRole.SUPPORT),
    ("POST", "/admin/deliverables/{deliverable_id}/sales", StaffRole.MONEY),
    ("POST", "/admin/deals/{deal_id}/resolve", StaffRole.MONEY),
    ("POST", "/admin/deals/{deal_id}/cancel", StaffRole.MONEY),
    ("GET", "/admin/workspaces/{workspace_id}/terms", StaffRole.VIEWER),
    ("PUT", "/admin/workspaces/{workspace_id}/terms", StaffRole.MONEY),
    ("GET", "/admin/campaigns/{campaign_id}/rest", StaffRole.VIEWER),
    ("POST", "/admin/campaigns/{campaign_id}/rest", StaffRole.MONEY),
    ("GET", "/admin/campaigns/{campaign_id}/loss", StaffRole.VIEWER),
    ("POST", "/admin/campaigns/{campaign_id}/loss/settle", StaffRole.MONEY),
    ("POST", "/admin/campaigns/{campaign_id}/loss/write_off", StaffRole.MONEY),
    ("POST", "/admin/proposals/{proposal_id}/confirm", StaffRole.MONEY),
    ("POST", "/admin/proposals/{proposal_id}/refuse", StaffRole.MONEY),
    ("POST", "/admin/sandbox/faults", StaffRole.MONEY),
    ("POST", "/admin/sandbox/network_faults", StaffRole.MONEY),
    ("POST", "/admin/staff", StaffRole.ADMIN),
    ("POST", "/admin/staff/{staff_id}/role", StaffRole.ADMIN),
    ("POST", "/admin/staff/{staff_id}/key", StaffRole.ADMIN),
    ("POST", "/admin/staff/{staff_id}/revoke", StaffRole.ADMIN),
    ("POST", "/admin/people/{person_id}/sign-out", StaffRole.SUPPORT),
    ("POST", "/admin/people/{person_id}/own-data", StaffRole.SUPPORT),
    ("POST", "/admin/people/{person_id}/erase", StaffRole.ADMIN),
]


@pytest.fixture
def client(runtime: Runtime) -> Iterator[TestClient]:
    with TestClient(create(runtime)) as found:
        yield found


def bearing(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def as_(name: str) -> Actor:
    return Actor.operator(name)


def split(runtime: Runtime, deal_id: UUID) -> dict[str, object]:
    with begin(runtime.database, SYSTEM) as work:
        return {**SPLIT, "shown": seen.deal(work, deal_id)}


def filled(path: str) -> str:
    return "/".join(ID if part.startswith("{") else part for part in path.split("/"))


def test_every_route_of_the_operators_stands_in_the_table() -> None:
    found = {
        (method, route.path)
        for room in OPERATORS
        for route in room.router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    assert found == {(method, path) for method, path, _ in ROUTES}


@pytest.mark.parametrize(("method", "path", "lowest"), ROUTES, ids=[f"{m} {p}" for m, p, _ in ROUTES])
def test_a_route_opens_for_its_roles_and_for_nobody_else(
    runtime: Runtime, client: TestClient, method: str, path: str, lowest: StaffRole | None
) -> None:
    assert (client.request(method, filled(path), json={}).status_code == 401) is (lowest is not None)
    for role in list(StaffRole) if lowest else []:
        key = bearing(staff_key(runtime.database, f"a-{role}", role))
        answer = client.request(method, filled(path), json={}, headers=key)
        allowed = role in LOWEST[lowest or role]
        assert (answer.status_code not in {401, 403, 500}) is allowed, (role, answer.status_code)


def test_every_act_needs_a_right_that_some_role_has() -> None:
    assert set(NEEDS) == set(Act)
    assert set(NEEDS.values()) <= set.union(*map(set, RIGHTS.values()))
    for lower, higher in zip(list(StaffRole), list(StaffRole)[1:], strict=False):
        assert RIGHTS[lower] < RIGHTS[higher]


def test_a_key_is_kept_as_a_fingerprint_and_ends_when_it_is_revoked(database: Database) -> None:
    key = staff_key(database, "asha")
    other = staff_key(database, "bela", StaffRole.VIEWER)
    with database.engine.begin() as connection:
        kept = str(connection.execute(text("SELECT * FROM staff_key")).all())
    assert key.rsplit("-", 1)[1] not in kept
    with begin(database, as_(staff.HOST)) as work:
        bela = staff.bearer_of(work, other)
        assert bela is not None
        assert staff.get(work, bela.id).keys[0].last_used_at == work.now
        fresh = staff.renew_key(work, bela.id)
        assert staff.bearer_of(work, other) is None
        assert staff.bearer_of(work, fresh) is not None
        staff.revoke(work, bela.id)
        assert staff.bearer_of(work, fresh) is None
        assert staff.find(work, "bela") is None
        with pytest.raises(StaffNameNotValid):  # the name stands in every step of the first one
            staff.add(work, "bela", StaffRole.ADMIN)


@pytest.mark.parametrize(
    "key", ["", "guess", f"nano-{'0' * 12}-{'0' * 48}", "Bearer", "nano-", "\x00", "ä" * 40]
)
def test_what_is_no_key_opens_nothing_and_is_written_down(database: Database, key: str) -> None:
    staff_key(database)
    with begin(database, SYSTEM) as work:
        assert sign_ins.sign_in(work, key, "192.0.2.1") is None
    with database.engine.begin() as connection:
        assert connection.execute(text("SELECT address FROM failed_sign_in")).scalars().all() == ["192.0.2.1"]


def test_the_right_name_with_another_secret_opens_nothing(database: Database) -> None:
    name = staff_key(database, "asha").rsplit("-", 1)[0].removeprefix("nano-")[:12]
    secret = staff_key(database, "bela").rsplit("-", 1)[1]
    with begin(database, SYSTEM) as work:
        assert staff.bearer_of(work, f"nano-{name}-{secret}") is None


def test_an_address_that_guesses_is_shut_out_for_a_while(runtime: Runtime) -> None:
    staff_key(runtime.database)
    most, client = Limit.FAILED_PROOFS.item.amount, client_of(limited(runtime, Limits()))
    answers: list[int] = []
    while 429 not in answers and len(answers) < 3 * most:  # on a slow machine a minute may turn meanwhile
        answers.append(client.get("/admin/overview", headers=bearing("guess")).status_code)
    assert answers[: most // 2] == [401] * (most // 2)
    assert answers[-1] == 429
    with runtime.database.engine.begin() as connection:  # what is shut out writes nothing
        assert connection.scalar(text("SELECT count(*) FROM failed_sign_in")) == len(answers) - 1


def test_every_act_stands_in_the_audit_with_its_person_and_reason(
    runtime: Runtime, client: TestClient, disputed: UUID
) -> None:
    key = bearing(staff_key(runtime.database, "asha"))
    assert (
        client.post(
            f"/admin/deals/{disputed}/resolve", json=split(runtime, disputed), headers=key
        ).status_code
        == 200
    )
    (row,) = client.get("/admin/audit", headers=key).json()
    assert (row["by"], row["act"], row["stage"], row["subject_id"], row["reason"]) == (
        "asha",
        "resolve_dispute",
        "done",
        str(disputed),
        SPLIT["reason"],
    )
    assert row["facts"] == {"creator_gets_minor": 1_000_00, "held_minor": HELD, "currency": "INR"}


def test_what_was_not_as_shown_leaves_no_act_and_is_no_bug(
    runtime: Runtime, client: TestClient, disputed: UUID
) -> None:
    key = bearing(staff_key(runtime.database))
    for verb in ("resolve", "cancel"):
        body = (
            {**SPLIT, "shown": "another"} if verb == "resolve" else {"reason": "a slip", "shown": "another"}
        )
        answer = client.post(f"/admin/deals/{disputed}/{verb}", json=body, headers=key)
        assert (answer.status_code, answer.json()["now"]["state"]) == (409, "disputed")
    assert client.get("/admin/audit", headers=key).json() == []


def test_what_was_refused_leaves_no_act(runtime: Runtime, client: TestClient, disputed: UUID) -> None:
    key = bearing(staff_key(runtime.database))
    wrong = {**split(runtime, disputed), "brand_gets_minor": 1}
    assert client.post(f"/admin/deals/{disputed}/resolve", json=wrong, headers=key).status_code == 400
    assert client.get("/admin/audit", headers=key).json() == []


def test_an_act_that_leaves_no_trace_is_undone(runtime: Runtime) -> None:
    key = staff_key(runtime.database)
    app = create(runtime)

    @app.post("/admin/silent")
    def silent(work: Annotated[Work, acting(Act.CLOSE_TASK)]) -> None:
        tasks.open_task(work, "left", Subject.LEDGER, uuid4())

    with TestClient(app) as client:
        assert client.post("/admin/silent", headers=bearing(key)).status_code == 500
    with begin(runtime.database, SYSTEM) as work:
        assert tasks.open_tasks(work) == []
    assert issubclass(ActLeftNoTrace, RuntimeError)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE operator_act SET reason = 'x'", "DELETE FROM operator_act", "TRUNCATE operator_act"],
)
def test_nobody_changes_the_audit(database: Database, statement: str) -> None:
    staff_key(database, "asha")
    with begin(database, as_("asha")) as work:
        acts.record(work, Act.CLOSE_TASK, Subject.TASK, uuid4(), "done by hand")
    with pytest.raises(IntegrityError, match="append-only"), database.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "actor", [SYSTEM, Actor.person(UUID(int=7)), Actor.operator("nobody"), Actor.operator("bank")], ids=str
)
def test_only_staff_acts(database: Database, actor: Actor) -> None:
    with begin(database, actor) as work, pytest.raises(StaffRoleMissing):
        acts.record(work, Act.CLOSE_TASK, Subject.TASK, uuid4(), "done by hand")


@pytest.mark.parametrize("act", Act)
def test_the_host_changes_staff_and_nothing_else(database: Database, act: Act) -> None:
    allowed = NEEDS[act] is Right.STAFF
    with begin(database, as_(staff.HOST)) as work:
        if allowed:
            assert acts.require(work, act) == staff.HOST
        else:
            with pytest.raises(StaffRoleMissing):
                acts.require(work, act)


@pytest.mark.parametrize(
    "name", ["", "a", "Asha", "asha rao", "bank", "host", "-a", "ash\u200ba", "а" * 4, "a" * 32]
)
def test_a_name_of_staff_is_plain(database: Database, name: str) -> None:
    with begin(database, as_(staff.HOST)) as work, pytest.raises(StaffNameNotValid):
        staff.add(work, name, StaffRole.VIEWER)


def test_the_last_admin_stays(database: Database) -> None:
    staff_key(database, "asha")
    with begin(database, as_(staff.HOST)) as work:
        asha = staff.find(work, "asha")
        assert asha is not None
        with pytest.raises(LastAdmin):
            staff.revoke(work, asha.id)
        with pytest.raises(LastAdmin):
            staff.change_role(work, asha.id, StaffRole.MONEY)


def propose(database: Database, by: str, act: Act = Act.ERASE_PERSON, **arguments: str) -> UUID:
    with begin(database, as_(by)) as work:
        found = proposals.propose(work, act, Subject.PERSON, uuid4(), "they asked by letter", arguments)
        return found.id


def test_whoever_proposes_cannot_confirm(database: Database) -> None:
    for name in ("asha", "bela"):
        staff_key(database, name)
    proposal = propose(database, "asha")
    with begin(database, as_("asha")) as work, pytest.raises(SameProposer):
        proposals.confirm(work, proposal, "looks right")
    with begin(database, as_("bela")) as work:
        assert proposals.confirm(work, proposal, "looks right").decided_by == "bela"
        assert [row.stage for row in acts.history(work)] == [Stage.CONFIRMED, Stage.PROPOSED]
    with begin(database, as_("bela")) as work, pytest.raises(ProposalNotFound):
        proposals.confirm(work, proposal, "once more")


def test_a_proposal_ends_after_three_days(database: Database, clock: SetClock) -> None:
    for name in ("asha", "bela"):
        staff_key(database, name)
    proposal = propose(database, "asha")
    clock.advance(proposals.LIVES_FOR)
    with begin(database, as_("bela")) as work:
        assert proposals.waiting(work) == []
        with pytest.raises(ProposalNotFound):
            proposals.confirm(work, proposal, "too late")


def test_a_lower_role_confirms_nothing_above_it(database: Database) -> None:
    staff_key(database, "asha")
    staff_key(database, "mona", StaffRole.MONEY)
    proposal = propose(database, "asha")
    with begin(database, as_("mona")) as work:
        for decide in (proposals.confirm, proposals.refuse):
            with pytest.raises(StaffRoleMissing):
                decide(work, proposal, "it is not hers")


def test_what_somebody_proposed_who_has_left_is_proposed_anew(database: Database) -> None:
    for name in ("asha", "bela", "cyra"):
        staff_key(database, name)
    proposal = propose(database, "asha")
    with begin(database, as_(staff.HOST)) as work:
        asha = staff.find(work, "asha")
        assert asha is not None
        staff.revoke(work, asha.id)
    with begin(database, as_("bela")) as work, pytest.raises(ProposerGone):
        proposals.confirm(work, proposal, "looks right")


def test_staff_is_added_by_two_and_the_key_is_shown_once(runtime: Runtime, client: TestClient) -> None:
    asha, bela = (bearing(staff_key(runtime.database, name)) for name in ("asha", "bela"))
    wanted = {"name": "cyra", "role": "support", "reason": "joins the desk"}
    proposal = client.post("/admin/staff", json=wanted, headers=asha).json()
    path = f"/admin/proposals/{proposal['id']}/confirm"
    assert client.post(path, json=WHY, headers=asha).status_code == 403
    key = client.post(path, json=WHY, headers=bela).json()["outcome"]["key"]
    assert client.get("/admin/overview", headers=bearing(key)).json()["me"]["name"] == "cyra"
    assert (
        key
        not in client.get("/admin/staff", headers=asha).text + client.get("/admin/audit", headers=asha).text
    )


def test_no_admin_is_left_alone_by_another(runtime: Runtime, client: TestClient) -> None:
    asha = bearing(staff_key(runtime.database, "asha"))
    staff_key(runtime.database, "bela")
    staff_key(runtime.database, "vito", StaffRole.VIEWER)
    known = {row["name"]: row["id"] for row in client.get("/admin/staff", headers=asha).json()}
    assert client.post(f"/admin/staff/{known['vito']}/revoke", json=WHY, headers=asha).json()["revoked_at"]
    assert (
        client.post(f"/admin/staff/{known['bela']}/revoke", json=WHY, headers=asha).json()["act"]
        == "revoke_admin"
    )
    with begin(runtime.database, SYSTEM) as work:
        assert staff.find(work, "bela") is not None
        assert staff.find(work, "vito") is None


def test_somebody_is_erased_by_two(runtime: Runtime, client: TestClient) -> None:
    asha, bela = (bearing(staff_key(runtime.database, name)) for name in ("asha", "bela"))
    with begin(runtime.database, SYSTEM) as work:
        person = people.register(work, "Somebody").id
    proposal = client.post(f"/admin/people/{person}/erase", json=WHY, headers=asha).json()
    with begin(runtime.database, SYSTEM) as work:
        assert not people.person_of(work, person).erased
    assert (
        client.post(f"/admin/proposals/{proposal['id']}/confirm", json=WHY, headers=bela).status_code == 200
    )
    with begin(runtime.database, SYSTEM) as work:
        assert people.person_of(work, person).erased


def test_a_large_dispute_is_decided_by_two(
    runtime: Runtime, client: TestClient, disputed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(operators_deals.LARGE_MAJOR, Currency.INR, HELD // 100)
    asha, bela = (bearing(staff_key(runtime.database, name, StaffRole.MONEY)) for name in ("asha", "bela"))
    proposal = client.post(
        f"/admin/deals/{disputed}/resolve", json=split(runtime, disputed), headers=asha
    ).json()
    with begin(runtime.database, SYSTEM) as work:
        assert deals.get(work, disputed).state is DealState.DISPUTED
    path = f"/admin/proposals/{proposal['id']}/confirm"
    assert client.post(path, json=WHY, headers=asha).status_code == 403
    assert client.post(path, json=WHY, headers=bela).status_code == 200
    with begin(runtime.database, SYSTEM) as work:
        assert deals.get(work, disputed).state is DealState.COMPLETED


def test_the_names_of_large_amounts_cover_every_currency() -> None:
    assert set(operators_deals.LARGE_MAJOR) == OFFERED
    assert set(Act) >= SECOND


def test_a_key_of_ones_own_is_renewed_at_once(runtime: Runtime, client: TestClient) -> None:
    old = bearing(staff_key(runtime.database, "vito", StaffRole.VIEWER))
    fresh = bearing(client.post("/admin/key", json=WHY, headers=old).json()["key"])
    assert client.get("/admin/overview", headers=old).status_code == 401
    assert client.get("/admin/overview", headers=fresh).status_code == 200


def test_the_command_line_makes_the_first_two_admins_and_proposes_the_third(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    secrets = {"database_url": SecretStr(url), "secret_keys": SecretStr(TEST_KEY)}
    settings = registry.Settings(_env_file=None, state_dir=tmp_path, **secrets)  # type: ignore[arg-type]
    monkeypatch.setattr("bots.doors.registry.load", lambda: settings)
    run = CliRunner()
    add = ["staff", "add", "--role", "admin"]
    keys = [run.invoke(cli.app, [*add, name]).stdout for name in ("asha", "bela")]
    third = run.invoke(cli.app, ["staff", "add", "cyra"])
    assert third.exit_code == 0
    with begin(database, SYSTEM) as work:
        holders = [staff.bearer_of(work, key.split()[-1]) for key in keys]
        assert [holder.name for holder in holders if holder] == ["asha", "bela"]
        assert staff.find(work, "cyra") is None
        assert [proposal.proposed_by for proposal in proposals.waiting(work)] == ["host"]
    assert "bela" in run.invoke(cli.app, ["staff", "list"]).stdout
    assert run.invoke(cli.app, ["staff", "revoke", "bela"]).exit_code == 0
    assert run.invoke(cli.app, ["staff", "revoke", "asha"]).exit_code != 0


def test_a_parked_promise_is_tried_again_with_a_reason(runtime: Runtime, client: TestClient) -> None:
    key = bearing(staff_key(runtime.database, "sana", StaffRole.SUPPORT))
    with begin(runtime.database, SYSTEM) as work:
        promise = outbox.promise(work, PromiseKind.SHOW_MENU, "menu:web:x", {})
        work.session.execute(text("UPDATE outbox SET state = 'parked'"))
    path = f"/admin/promises/{promise}/retry"
    assert client.post(path, headers=key).status_code == 422
    assert client.post(path, json=WHY, headers=key).status_code == 204
