"""Ways conversations say no."""

from core.kit.errors import NotFound


class SupportRequestNotFound(NotFound):
    """That request does not exist, or is answered already."""
