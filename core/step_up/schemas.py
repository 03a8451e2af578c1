"""What callers get back about changes that wait."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.kit.consent import mark
from core.step_up.states import Change, State


@dataclass(frozen=True, slots=True)
class StepUpView:
    """One change. `asked` counts the other chats that were asked, `silent` those that have not said yes."""

    id: UUID
    change: Change
    person_id: UUID
    subject_id: UUID
    what: str
    state: State
    asked_at: datetime
    due_at: datetime
    asked: int
    silent: int

    @property
    def waits(self) -> bool:
        """Tell whether it can still be stopped."""
        return self.state is State.WAITING

    @property
    def mark(self) -> str:
        """Return the mark of what is confirmed."""
        return mark(self.id, self.change, self.subject_id, self.what, self.state)
