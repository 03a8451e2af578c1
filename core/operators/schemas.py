"""What callers get back about operators' work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core.operators.states import RIGHTS, Act, ProposalState, Right, StaffRole, Stage, Subject


@dataclass(frozen=True, slots=True)
class TaskView:
    """Something an operator must look at. `closed_by` and `outcome` are empty while it is open."""

    id: UUID
    kind: str
    subject_kind: Subject
    subject_id: UUID
    facts: Mapping[str, Any]
    opened_at: datetime
    closed_at: datetime | None
    closed_by: str
    outcome: str


@dataclass(frozen=True, slots=True)
class StaffView:
    """A member of staff and their keys, which are shown by name alone."""

    id: UUID
    name: str
    role: StaffRole
    added_at: datetime
    revoked_at: datetime | None
    keys: tuple["StaffKeyView", ...] = ()

    def may(self, right: Right) -> bool:
        """Tell whether this person's role has `right`."""
        return self.revoked_at is None and right in RIGHTS[self.role]


@dataclass(frozen=True, slots=True)
class StaffKeyView:
    """What may be shown of a personal key."""

    name: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class ActView:
    """One row of the audit."""

    seq: int
    at: datetime
    by: str
    act: Act
    stage: Stage
    subject_kind: Subject
    subject_id: UUID | None
    reason: str
    facts: Mapping[str, Any]
    proposal_id: UUID | None


@dataclass(frozen=True, slots=True)
class ProposalView:
    """An act that waits for a second person until `expires_at`, or waited."""

    id: UUID
    act: Act
    subject_kind: Subject
    subject_id: UUID
    arguments: Mapping[str, Any]
    reason: str
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime
    state: ProposalState
    decided_by: str
