"""Ways a social network says no."""

from core.kit.errors import InvalidInput, Unavailable


class LinkNotOfThisNetwork(InvalidInput):
    """That link is not of a post we can check."""


class NetworkUnavailable(Unavailable):
    """The social network did not answer."""


class NetworkNotConnected(InvalidInput):
    """Posts on that network cannot be checked here yet."""


class ProfileNotAPost(LinkNotOfThisNetwork):
    """That leads to a profile, not to a post."""


class LinkHidesItsPost(LinkNotOfThisNetwork):
    """That link does not say which post it is of, as share links do not."""
