"""What callers get back about operators' work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core.operators.states import Subject


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
