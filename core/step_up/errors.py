"""Ways a change that waits says no."""

from core.kit.errors import Conflict, NotFound


class ChangeNotFound(NotFound):
    """There is no such change that this chat may say something about."""


class ChangeIsOver(Conflict):
    """That change does not wait any more: it has happened, or it was stopped."""


class NotYet(Conflict):
    """What a change needs is not there yet."""
