"""What is put before an operator, by any slice, in the transaction of its cause.

This slice imports none that opens tasks: a task names its subject by kind and id, and carries the facts.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from core.kit.work import Work
from core.operators.errors import TaskEndsByAnAct, TaskNotFound
from core.operators.models import OperatorTask
from core.operators.schemas import TaskView
from core.operators.states import ENDED_BY_ACTS, Subject

TASKS_MAX = 200


def open_task(
    work: Work, kind: str, subject_kind: Subject, subject_id: UUID, facts: Mapping[str, Any] | None = None
) -> UUID:
    """Put something before the operators; what is open already, with the same facts, is asked once.

    `facts` are kept as JSON: ids, codes and amounts in minor units, never a name or a person's words.
    """
    kept = dict(facts or {})
    same = select(OperatorTask.id).where(
        OperatorTask.kind == kind,
        OperatorTask.subject_kind == subject_kind,
        OperatorTask.subject_id == subject_id,
        OperatorTask.facts == kept,
        OperatorTask.closed_at.is_(None),
    )
    known = work.session.scalars(same.limit(1)).first()
    if known is not None:
        return known
    row = OperatorTask(
        kind=kind, subject_kind=subject_kind, subject_id=subject_id, facts=kept, opened_at=work.now
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def close(work: Work, task_id: UUID, outcome: str) -> TaskView:
    """Close one task, saying what came of it.

    Raises:
        TaskNotFound: for one that is not open.
        TaskEndsByAnAct: for one that an act ends (`ENDED_BY_ACTS`).
    """
    row = work.session.get(OperatorTask, task_id, with_for_update=True)
    if row is None or row.closed_at is not None:
        raise TaskNotFound(task_id=task_id)
    if row.kind in ENDED_BY_ACTS:
        raise TaskEndsByAnAct(acts=sorted(ENDED_BY_ACTS[row.kind]))
    row.closed_at, row.closed_by, row.outcome = work.now, str(work.actor), outcome
    return _view(row)


def close_all(work: Work, kind: str, subject_kind: Subject, subject_id: UUID, outcome: str) -> None:
    """Close every open task of a kind about a subject, saying what came of them."""
    statement = update(OperatorTask).where(
        OperatorTask.kind == kind,
        OperatorTask.subject_kind == subject_kind,
        OperatorTask.subject_id == subject_id,
        OperatorTask.closed_at.is_(None),
    )
    work.session.execute(
        statement.values(closed_at=work.now, closed_by=str(work.actor), outcome=outcome[:2_000])
    )


def settle(
    work: Work, subject_kind: Subject, *subject_ids: UUID, only: Iterable[str] = (), but: Iterable[str] = ()
) -> None:
    """Close what is open about some subjects, because what was asked has been settled.

    `only` and `but` are kinds of tasks: nothing else is closed, or all but these.
    """
    statement = update(OperatorTask).where(
        OperatorTask.subject_kind == subject_kind,
        OperatorTask.subject_id.in_(subject_ids),
        OperatorTask.closed_at.is_(None),
    )
    if kinds := list(only):
        statement = statement.where(OperatorTask.kind.in_(kinds))
    if kept := list(but):
        statement = statement.where(OperatorTask.kind.not_in(kept))
    work.session.execute(
        statement.values(closed_at=work.now, closed_by=str(work.actor), outcome="settled by a step")
    )


def open_tasks(work: Work, limit: int = TASKS_MAX) -> list[TaskView]:
    """Return what operators must look at, the oldest first."""
    query = select(OperatorTask).where(OperatorTask.closed_at.is_(None))
    return [_view(row) for row in work.session.scalars(query.order_by(OperatorTask.opened_at).limit(limit))]


def about(work: Work, subject_kind: Subject, subject_id: UUID) -> list[TaskView]:
    """Return every task about a subject, open and closed, the oldest first."""
    query = select(OperatorTask).where(
        OperatorTask.subject_kind == subject_kind, OperatorTask.subject_id == subject_id
    )
    return [_view(row) for row in work.session.scalars(query.order_by(OperatorTask.opened_at))]


def _view(row: OperatorTask) -> TaskView:
    return TaskView(
        id=row.id,
        kind=row.kind,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        facts=row.facts,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        outcome=row.outcome,
    )
