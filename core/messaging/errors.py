"""Ways messaging says no."""

from core.kit.errors import Conflict, NotFound


class LeaseLost(Conflict):
    """Somebody else has taken over this promise."""


class PromiseNotFound(NotFound):
    """There is no such promise."""
