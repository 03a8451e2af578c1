"""A cell that says where somebody is on a network: a handle, one with @, the address of a profile."""

import regex as re

from core.creators.lists.headings import PLATFORMS
from core.kit.vocabulary import Platform

ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]+\.)?(instagram|instagr|tiktok|youtube|youtu|twitter|x)\.(?:com|am|be)(?:/([^\s?#]*))?\S*",
    re.IGNORECASE,
)
HANDLE = re.compile(r"[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_.\-]{0,98}[\p{L}\p{M}\p{N}_])?")
LOWER_WORD = re.compile(r"[a-z0-9._]*[a-z][a-z0-9._]*")
"""What a column of handles looks like that is called a column of names."""
NOBODY = frozenset(
    {
        *(
            "p",
            "reel",
            "reels",
            "tv",
            "stories",
            "explore",
            "share",
            "watch",
            "shorts",
            "live",
            "channel",
            "playlist",
        ),
        *(
            "i",
            "home",
            "search",
            "hashtag",
            "intent",
            "t",
            "v",
            "embed",
            "tag",
            "discover",
            "music",
            "results",
            "s",
        ),
    }
)
BEFORE = frozenset({"c", "user", "_u", "_n", "stories"})
HOSTS = {"instagr": Platform.INSTAGRAM, "youtu": Platform.YOUTUBE}


def is_address(cell: str) -> bool:
    """Tell whether a cell is an address at one of the networks."""
    return ADDRESS.fullmatch(cell.strip()) is not None


def is_handle(cell: str) -> bool:
    """Tell whether a cell is surely somebody: an address, or a name with @."""
    return is_address(cell) or (cell.strip().startswith("@") and bool(of_word(cell)))


def of_address(cell: str) -> tuple[Platform, str] | None:
    """Return the network and the handle of an address; the handle is empty where it names nobody."""
    found = ADDRESS.fullmatch(cell.strip())
    if found is None:
        return None
    host = found[1].casefold()
    parts = [part for part in (found[2] or "").split("/") if part]
    if len(parts) > 1 and parts[0].casefold() in BEFORE:
        parts = parts[1:]
    name = parts[0] if parts else ""
    known = name.removeprefix("@")
    return HOSTS.get(host) or PLATFORMS[host], "" if name.casefold() in NOBODY else of_word(known)


def of_word(cell: str) -> str:
    """Return a typed handle as it is kept, empty for what is none: words, an e-mail, a number of a row."""
    bare = cell.strip().lstrip("@＠").strip().strip(".").casefold()
    return bare if HANDLE.fullmatch(bare) else ""
