"""Who acts: a person, the clock, the system itself, or an operator of the marketplace."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """In whose name a step is taken."""

    PERSON = "person"
    OPERATOR = "operator"
    CLOCK = "clock"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor. `name` is set for operators, who have no person in the marketplace."""

    kind: ActorKind
    person_id: UUID | None = None
    name: str = ""

    @classmethod
    def person(cls, person_id: UUID) -> "Actor":
        """Act as somebody who talks to us."""
        return cls(ActorKind.PERSON, person_id)

    @classmethod
    def operator(cls, name: str) -> "Actor":
        """Act as support staff; `name` is kept with every step."""
        return cls(ActorKind.OPERATOR, name=name)

    def __str__(self) -> str:
        """Return how events and logs name this actor."""
        return f"{self.kind}:{self.person_id or self.name}".rstrip(":")


CLOCK = Actor(ActorKind.CLOCK)
SYSTEM = Actor(ActorKind.SYSTEM)
