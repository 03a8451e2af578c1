"""What waits for an operator, who the operators are, and what they did."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey, Identity, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table, named
from core.operators.states import Act, ProposalState, StaffRole, Stage, Subject


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


class Staff(Table):
    """A member of staff. The name stands in every step they took, so nobody gets it a second time."""

    __tablename__ = "staff"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(31), unique=True)
    role: Mapped[StaffRole] = mapped_column(named(StaffRole))
    added_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class StaffKey(Table):
    """A personal key: a name in the open to find it by, and a fingerprint of the secret.

    `seen_by` is the colleague who was shown it when it was made, or the one before it.
    """

    __tablename__ = "staff_key"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    seen_by: Mapped[str] = mapped_column(String(31), default="", server_default="")


class FailedSignIn(Table):
    """Somebody tried a key that opens nothing."""

    __tablename__ = "failed_sign_in"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)
    named_a_key: Mapped[bool] = mapped_column(Boolean)


class OperatorAct(Table):
    """One row of the audit: who did what to what, and why. A trigger refuses every change of it.

    Ids have no foreign keys: the audit outlives what it tells of. `facts` hold ids, codes and amounts. What
    concerns a person, `about`, has its reason sealed with that person's key.
    """

    __tablename__ = "operator_act"
    __table_args__ = (Index("ix_operator_act_subject", "subject_kind", "subject_id"),)

    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(31))
    act: Mapped[Act] = mapped_column(named(Act))
    stage: Mapped[Stage] = mapped_column(named(Stage))
    subject_kind: Mapped[Subject] = mapped_column(named(Subject))
    subject_id: Mapped[UUID | None]
    about: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, Any]]
    proposal_id: Mapped[UUID | None]


class Proposal(Table):
    """An act that waits for a second person."""

    __tablename__ = "operator_proposal"
    __table_args__ = (Index("ix_operator_proposal_open", "state", "expires_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    act: Mapped[Act] = mapped_column(named(Act))
    subject_kind: Mapped[Subject] = mapped_column(named(Subject))
    subject_id: Mapped[UUID]
    about: Mapped[UUID | None]
    arguments: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(String(2_000))
    proposed_by: Mapped[str] = mapped_column(String(31))
    proposed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[ProposalState] = mapped_column(named(ProposalState))
    decided_by: Mapped[str] = mapped_column(String(31), default="")
    decided_at: Mapped[datetime | None]
