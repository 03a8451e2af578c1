"""What callers get back about linking."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.kit.consent import mark
from core.kit.money import Money
from core.linking.states import Kind, State


@dataclass(frozen=True, slots=True)
class Owned:
    """What hangs on a person besides their chats. `money` is what is on its way to them."""

    creator_id: UUID | None
    running_deals: int
    money: tuple[Money, ...]
    workspaces: tuple[UUID, ...]

    @property
    def anything(self) -> bool:
        """Tell whether there is anything at all."""
        return self.creator_id is not None or bool(self.workspaces)


@dataclass(frozen=True, slots=True)
class LinkView:
    """One request: the chats of `from_name` go to `to_name`. `owned` is what goes with them in a merge.

    `due_at` is when it happens, once both sides have agreed and while their other chats may still stop it.
    """

    id: UUID
    kind: Kind
    state: State
    from_person: UUID
    from_name: str
    to_person: UUID
    to_name: str
    channel: str
    expires_at: datetime
    undo_until: datetime | None
    owned: Owned
    due_at: datetime | None = None

    @property
    def mark_of_sides(self) -> str:
        """Return the mark of whose chats go to whom, with which profile and teams: what must not change."""
        return mark(
            self.kind, self.from_person, self.to_person, self.owned.creator_id, *self.owned.workspaces
        )

    @property
    def mark(self) -> str:
        """Return the mark of what is agreed to."""
        people = (self.from_person, self.from_name, self.to_person, self.to_name)
        return mark(self.id, self.kind, self.state, *people, self.owned)
