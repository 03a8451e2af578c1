"""Which network a link belongs to, by its shape alone. No call is made."""

import re

from core.networks.errors import LinkNotOfThisNetwork

SANDBOX = "sandbox"


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (SANDBOX, _shape(r"https?://[^/\s]+/sandbox/network/p/[a-z0-9]{10}/?(?:[?#]\S*)?$")),
    ("instagram", _shape(r"https?://(?:www\.)?instagram\.com/(?:[\w.]+/)?(?:p|reel|reels|stories|tv)/")),
    ("youtube", _shape(r"https?://(?:(?:www|m)\.)?(?:youtube\.com/(?:watch|shorts/|live/)|youtu\.be/)")),
    ("tiktok", _shape(r"https?://(?:\w+\.)?tiktok\.com/\S+")),
    ("x", _shape(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/\w+/status/\d+")),
)  # fmt: skip


def network_of(link: str) -> str:
    """Return the network's name.

    Raises:
        LinkNotOfThisNetwork: for anything that is no link to a post.
    """
    for name, shape in SHAPES:
        if shape.match(link.strip()):
            return name
    raise LinkNotOfThisNetwork(link=link[:200])
