"""Ways proof of post says no."""

from core.kit.errors import InvalidInput


class NotAPostLink(InvalidInput):
    """That is not a link to a post."""


class NetworkNotConnected(InvalidInput):
    """This network cannot be checked here yet."""
