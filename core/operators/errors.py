"""Ways the operators' desk says no."""

from core.kit.errors import NotFound


class TaskNotFound(NotFound):
    """There is no such open task."""
