"""What waits for an operator."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table, named
from core.operators.states import Subject


class OperatorTask(Table):
    """Something an operator must look at: what happened, to what, and the facts that help to decide."""

    __tablename__ = "operator_task"
    __table_args__ = (
        Index("ix_operator_task_open", "opened_at", postgresql_where=text("closed_at IS NULL")),
        Index("ix_operator_task_subject", "subject_kind", "subject_id"),
        CheckConstraint("(closed_at IS NULL) = (closed_by = '')", name="closed_by_somebody"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[Subject] = mapped_column(named(Subject))
    subject_id: Mapped[UUID]
    facts: Mapped[dict[str, Any]]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(String(120), default="")
    outcome: Mapped[str] = mapped_column(String(2_000), default="")
