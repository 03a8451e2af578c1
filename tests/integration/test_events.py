"""The stream of business events: declared, append-only, and readable in an order that loses nothing."""

import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.accounts import chats, members, people, workspaces
from core.accounts.schemas import Identity, OpenWorkspace
from core.accounts.states import Role, WorkspaceKind
from core.campaigns.states import CAMPAIGN
from core.deals import offers
from core.deals.deal_table import DEAL
from core.deals.piece_table import DELIVERABLE
from core.events import service as events
from core.events.errors import EventNotDeclared
from core.events.kinds import KINDS, STEPS
from core.kit.actors import CLOCK, SYSTEM, Actor
from core.kit.database import Database
from core.kit.errors import DomainError
from core.kit.money import Currency
from core.kit.work import Work, begin
from runtime.parts import Runtime
from tests import seen
from tests.conftest import MORNING
from tests.integration.test_races import World

SUBJECTS = {"workspace_id": uuid4(), "campaign_id": uuid4()}
OTHERS_SECONDS_MAX = 60.0
MONEY: dict[str, events.Value] = {"amount_minor": 1_000, "currency": "INR"}
SETTLED = (
    "SELECT seq FROM business_event WHERE (written_in, seq) > (:written_in, :seq)"
    " AND written_in < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint ORDER BY written_in, seq"
)


def happen(work: Work) -> None:
    events.record(work, "credit.used", SUBJECTS, MONEY)
    work.session.flush()


def rows(database: Database) -> list[dict[str, Any]]:
    with database.sessions.begin() as session:
        return [
            dict(row) for row in session.execute(text("SELECT * FROM business_event ORDER BY seq")).mappings()
        ]


def test_an_event_says_what_when_who_and_about_whom(database: Database) -> None:
    person = uuid4()
    with begin(database, Actor.person(person)) as work:
        happen(work)
    [row] = rows(database)
    assert (row["kind"], row["version"], row["at"]) == ("credit.used", 1, work.now)
    assert (row["actor"], row["actor_id"]) == ("person", person)
    assert (row["campaign_id"], row["deal_id"]) == (SUBJECTS["campaign_id"], None)
    assert row["facts"] == MONEY


def test_an_event_falls_with_its_transaction(database: Database) -> None:
    with database.sessions() as session:
        happen(Work(session, MORNING, SYSTEM))
        session.rollback()
    assert rows(database) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE business_event SET kind = 'credit.kept'",
        "UPDATE business_event SET facts = '{}'",
        "DELETE FROM business_event",
        "TRUNCATE business_event",
    ],
)
def test_nobody_changes_or_takes_out_what_happened(database: Database, change: str) -> None:
    with begin(database, SYSTEM) as work:
        happen(work)
    with pytest.raises(DBAPIError, match="business_event is append-only"), begin(database, SYSTEM) as work:
        work.session.execute(text(change))
    assert len(rows(database)) == 1


@pytest.mark.parametrize(
    ("kind", "subjects", "facts"),
    [
        ("credit.stolen", SUBJECTS, MONEY),
        ("credit.used", {"campaign_id": uuid4()}, MONEY),
        ("credit.used", {**SUBJECTS, "person_id": uuid4()}, MONEY),
        ("credit.used", SUBJECTS, {"amount_minor": 1}),
        ("credit.used", SUBJECTS, {**MONEY, "reason": "late"}),
        ("credit.used", SUBJECTS, {**MONEY, "amount_minor": "1000"}),
        ("credit.used", SUBJECTS, {**MONEY, "amount_minor": True}),
        ("credit.used", SUBJECTS, {**MONEY, "currency": "Asha Rao"}),
        ("credit.used", SUBJECTS, {**MONEY, "currency": "asha@example.com"}),
        ("credit.used", SUBJECTS, {**MONEY, "currency": "x" * 41}),
        ("person.chats_linked", {"person_id": uuid4()}, {"from_person_id": "Asha"}),
    ],
)
def test_what_is_not_declared_is_not_recorded(
    database: Database, kind: str, subjects: dict[str, UUID], facts: dict[str, events.Value]
) -> None:
    with pytest.raises(EventNotDeclared), begin(database, SYSTEM) as work:
        events.record(work, kind, subjects, facts)
    assert rows(database) == []


def test_a_step_takes_its_numbers_and_leaves_what_people_wrote(database: Database) -> None:
    subjects = {**SUBJECTS, "deal_id": uuid4(), "creator_id": uuid4()}
    facts: dict[str, events.Value] = {
        "before": "agreed",
        "after": "disputed",
        "by": "brand",
        "round": 0,
        "price_minor": 500,
        "currency": "INR",
    }
    with begin(database, CLOCK) as work:
        events.record_step(
            work, DEAL, "dispute", subjects, facts, {"frozen_minor": 500, "reason": "Asha never posted"}
        )
    [row] = rows(database)
    assert row["kind"] == "deal.disputed"
    assert row["facts"] == {**facts, "frozen_minor": 500, "process_version": DEAL.version}


def test_a_step_without_a_kind_is_a_bug(database: Database) -> None:
    with pytest.raises(EventNotDeclared), begin(database, CLOCK) as work:
        events.record_step(work, DEAL, "vanish", SUBJECTS, {})


def test_the_same_of_many_is_one_statement_and_checked_like_one(database: Database) -> None:
    ids = [uuid4() for _ in range(50)]
    with begin(database, SYSTEM) as work:
        events.record_each(work, "person.registered", [{"person_id": each} for each in ids])
        events.record_each(work, "person.registered", [])
    assert [row["person_id"] for row in rows(database)] == ids
    with pytest.raises(EventNotDeclared), begin(database, SYSTEM) as work:
        events.record_each(work, "person.registered", [{"creator_id": uuid4()}])


def test_every_step_of_every_process_has_a_kind_and_no_kind_is_left_over() -> None:
    steps = {
        (process.name, step) for process in (CAMPAIGN, DEAL, DELIVERABLE) for step in process.transitions
    }
    assert steps == set(STEPS)
    assert set(STEPS.values()) <= set(KINDS)
    assert len(set(STEPS.values())) == len(STEPS)


def test_a_reader_by_transaction_misses_nothing_that_commits_late(database: Database) -> None:
    """The one that wrote first commits last: a reader of the highest number would never see it."""
    seen: list[int] = []
    with database.sessions() as early, database.sessions() as late:
        write(early, "first")
        write(late, "second")
        late.commit()
        assert settled(database, seen) == []  # the second waits: the first may still commit
        early.commit()
    # other tests' databases lie on the same server, and so do the transactions that a reader waits for
    until = time.monotonic() + OTHERS_SECONDS_MAX
    found: list[int] = []
    while len(found) < 2 and time.monotonic() < until:
        found += settled(database, seen)
    assert len(found) == 2
    assert settled(database, seen) == []


def write(session: Session, _which: str) -> None:
    session.execute(
        text(
            "INSERT INTO business_event (kind, version, at, actor, facts)"
            " VALUES ('credit.used', 1, now(), 'system', '{}')"
        )
    )


def settled(database: Database, seen: list[int]) -> list[int]:
    with database.sessions.begin() as session:
        last = session.execute(
            text("SELECT written_in, seq FROM business_event WHERE seq = :seq"),
            {"seq": seen[-1] if seen else 0},
        ).one_or_none()
        at = {"written_in": last.written_in, "seq": last.seq} if last else {"written_in": 0, "seq": 0}
        found = list(session.execute(text(SETTLED), at).scalars())
    seen += found
    return found


def test_money_and_steps_are_told_in_the_order_in_which_they_happened(runtime: Runtime) -> None:
    world = World(runtime)
    world.offer()
    told = [row for row in rows(runtime.database) if row["campaign_id"] == world.campaign]
    assert [row["kind"] for row in told] == [
        "campaign.drafted",
        "campaign.submitted",
        "funding.asked",
        "funding.paid",
        "campaign.funded",
        "campaign.recruiting_began",
        "deal.offered",
    ]
    paid, offered = told[3], told[-1]
    assert (paid["actor"], paid["facts"]["amount_minor"]) == ("system", 10_000_00)
    assert (offered["actor_id"], offered["creator_id"]) == (world.brand, world.creator)
    assert offered["facts"]["price_minor"] == 3_000_00


def test_a_step_that_is_refused_tells_nothing(runtime: Runtime) -> None:
    world = World(runtime)
    deal_id = world.offer()
    before = rows(runtime.database)
    with pytest.raises(DomainError), begin(runtime.database, Actor.person(world.brand)) as work:
        offers.accept(work, deal_id, shown=seen.deal(work, deal_id))
    assert rows(runtime.database) == before


def test_people_and_teams_are_told_by_id_alone(database: Database) -> None:
    with begin(database, SYSTEM) as work:
        owner, other = (people.register(work, name).id for name in ("Asha Rao", "Bela Sen"))
        own = work.acting_as(Actor.person(owner))
        opened = workspaces.open_workspace(own, OpenWorkspace("Rao Teas", WorkspaceKind.BRAND, Currency.INR))
        chats.attach(work, owner, Identity("telegram", "chat-77", "chat-77"))
        code = members.invite(own, opened.id, Role.VIEWER)
        members.join(work.acting_as(Actor.person(other)), code)
        people.erase(work, other)
        people.register_many(work, [("Chitra Das", "UTC")] * 3)
    told = rows(database)
    assert [row["kind"] for row in told][2:6] == [
        "workspace.opened",
        "person.chat_attached",
        "member.joined",
        "person.erased",
    ]
    assert [row["kind"] for row in told].count("person.registered") == 5
    for word in ("Asha", "Bela", "Chitra", "Teas", "chat-77"):
        assert word not in str(told)
