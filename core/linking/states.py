"""How far the bringing together of two people's accounts has come: data only."""

from enum import StrEnum


class Kind(StrEnum):
    """A link brings chats alone; a merge brings everything that hangs on them."""

    LINK = "link"
    MERGE = "merge"


class State(StrEnum):
    """Where a request stands. Both sides agree, each in a chat of their own, before anything moves.

    What both have agreed to waits for the other chats of both: see `core.step_up`.
    """

    ENTERED = "entered"
    WAITING = "waiting"
    AGREED = "agreed"
    DONE = "done"
    REFUSED = "refused"
    UNDONE = "undone"


OPEN = frozenset({State.ENTERED, State.WAITING})


class Obstacle(StrEnum):
    """What stands in the way of a merge."""

    TWO_PROFILES = "two_profiles"
    BOTH_SIDES = "both_sides"
