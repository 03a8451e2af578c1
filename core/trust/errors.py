"""Ways trust says no."""

from core.kit.errors import Conflict, InvalidInput


class ReviewWindowClosed(Conflict):
    """The time to review this deal is over."""


class AlreadyReviewed(Conflict):
    """You have already reviewed this deal."""


class StarsOutOfRange(InvalidInput):
    """A review has one to five stars."""
