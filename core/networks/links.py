"""Which network a link belongs to, by its shape alone. No call is made."""

import re

from core.networks.errors import LinkNotOfThisNetwork

SANDBOX = "sandbox"
SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (SANDBOX, re.compile(r"https?://[^/\s]+/sandbox/network/p/[a-z0-9]{10}/?(?:[?#]\S*)?$", re.I)),
    ("instagram", re.compile(r"https?://(?:www\.)?instagram\.com/(?:[\w.]+/)?(?:p|reel|reels|stories|tv)/", re.I)),
    ("youtube", re.compile(r"https?://(?:(?:www|m)\.)?(?:youtube\.com/(?:watch|shorts/|live/)|youtu\.be/)", re.I)),
    ("tiktok", re.compile(r"https?://(?:\w+\.)?tiktok\.com/\S+", re.I)),
    ("x", re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/\w+/status/\d+", re.I)),
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
