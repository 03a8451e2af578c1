"""Ways proof of post says no."""

from core.kit.errors import InvalidInput


class NetworkNotConnected(InvalidInput):
    """This network cannot be checked here yet."""
