"""What is put before an operator: about anything, once, until somebody says what came of it."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import text

from core import migrate
from core.deals import clocks, endings, offers
from core.deals.models import DealTimer
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.database import Database, connect
from core.kit.work import begin
from core.operators import tasks
from core.operators.errors import TaskNotFound
from core.operators.states import Subject
from runtime.parts import Runtime
from tests import seen
from tests.integration.test_races import World, at_once


def test_a_task_may_be_about_anything_and_is_asked_once(database: Database) -> None:
    payout = uuid4()
    with begin(database, SYSTEM) as work:
        first = tasks.open_task(work, "payout_refused", Subject.PAYOUT, payout, {"minor": 5})
        assert tasks.open_task(work, "payout_refused", Subject.PAYOUT, payout, {"minor": 5}) == first
        other = tasks.open_task(work, "payout_refused", Subject.PAYOUT, payout, {"minor": 6})
        assert [task.id for task in tasks.open_tasks(work)] == [first, other]


def test_a_closed_task_says_who_closed_it_and_cannot_be_closed_again(
    database: Database, clock: SetClock
) -> None:
    subject = uuid4()
    with begin(database, SYSTEM) as work:
        task = tasks.open_task(work, "refund_refused", Subject.REFUND, subject)
    clock.advance(timedelta(hours=1))

    def close() -> object:
        with begin(database, Actor.operator("mira")) as work:
            return tasks.close(work, task, "sent by bank instead")

    outcomes = at_once(close, close)
    assert sum(isinstance(outcome, TaskNotFound) for outcome in outcomes) == 1
    with begin(database, SYSTEM) as work:
        assert tasks.open_tasks(work) == []
        (kept,) = tasks.about(work, Subject.REFUND, subject)
        assert (kept.closed_by, kept.outcome) == ("operator:mira", "sent by bank instead")
        assert tasks.open_task(work, "refund_refused", Subject.REFUND, subject) != task


def test_what_a_step_settles_is_closed_and_nothing_else(database: Database) -> None:
    deal, other = uuid4(), uuid4()
    with begin(database, SYSTEM) as work:
        for kind in ("a", "b"):
            tasks.open_task(work, kind, Subject.DEAL, deal)
        tasks.open_task(work, "a", Subject.DEAL, other)
        tasks.open_task(work, "a", Subject.WORKSPACE, deal)
        tasks.settle(work, Subject.DEAL, deal, but=["b"])
        left = {(task.kind, task.subject_kind, task.subject_id) for task in tasks.open_tasks(work)}
        assert left == {
            ("b", Subject.DEAL, deal),
            ("a", Subject.DEAL, other),
            ("a", Subject.WORKSPACE, deal),
        }
        tasks.settle(work, Subject.DEAL, deal, only=["b"])
        assert {task.kind for task in tasks.about(work, Subject.DEAL, deal) if task.closed_at} == {"a", "b"}


def test_a_decided_dispute_does_not_hide_a_clock_that_still_stands(runtime: Runtime) -> None:
    """Resuming a deal used to close every task about it, and its parked clock stood for ever, unseen."""
    world = World(runtime)
    deal_id = world.offer()
    with begin(runtime.database, Actor.person(world.person)) as work:
        offers.accept(work, deal_id, shown=seen.deal(work, deal_id))
    with begin(runtime.database, SYSTEM) as work:
        timer = work.session.query(DealTimer).filter_by(deal_id=deal_id).first()
        assert timer is not None
        timer.failures = clocks.FAILURES_BEFORE_PARKING - 1
        clocks.failed(work, timer.id)
    with begin(runtime.database, Actor.person(world.brand)) as work:
        endings.dispute(work, deal_id, "where is it?", shown=seen.deal(work, deal_id))
    with begin(runtime.database, Actor.operator("mira")) as work:
        assert {task.kind for task in tasks.open_tasks(work)} == {"clock_parked", "dispute_opened"}
        endings.resolve(work, deal_id, "a misunderstanding", None, shown=seen.deal(work, deal_id))
        assert [task.kind for task in tasks.open_tasks(work)] == ["clock_parked"]


def test_tasks_of_before_are_kept_as_tasks_about_deals(url_of_an_old_database: str) -> None:
    database = connect(url_of_an_old_database)
    deal, piece = uuid4(), uuid4()
    migrate.downgrade(database.engine, "0013_parked_clocks")
    with database.engine.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(
            text(
                "INSERT INTO operator_task (id, kind, deal_id, deliverable_id, opened_at, closed_at) VALUES"
                " (gen_random_uuid(), 'dispute_opened', :deal, NULL, now(), NULL),"
                " (gen_random_uuid(), 'post_rejected_three_times', :deal, :piece, now(), now())"
            ),
            {"deal": deal, "piece": piece},
        )
    migrate.upgrade(database.engine)
    with begin(database, SYSTEM) as work:
        found = {task.kind: task for task in tasks.about(work, Subject.DEAL, deal)}
        assert [task.kind for task in tasks.open_tasks(work)] == ["dispute_opened"]
    assert UUID(found["post_rejected_three_times"].facts["deliverable_id"]) == piece
    database.engine.dispose()
