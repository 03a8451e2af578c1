"""Ways tracking says no."""

from core.kit.errors import InvalidInput, NotFound


class CountedLinkNotFound(NotFound):
    """That link leads nowhere."""


class TargetNotALink(InvalidInput):
    """A tracking link needs a full web address, such as https://example.com/page."""
