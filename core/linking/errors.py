"""Ways linking says no."""

from core.kit.errors import Conflict, NotFound


class LinkNotFound(NotFound):
    """There is no such question any more: it was answered, or it is too old."""


class ThingsOfItsOwn(Conflict):
    """This chat has a profile, a team or money of its own."""


class CannotMerge(Conflict):
    """These two accounts cannot become one."""


class AccountLeaves(Conflict):
    """One of the two accounts is about to be deleted, as its person asked."""


class NothingToUndo(NotFound):
    """No chat was linked in the last three days."""
