"""Which network a link is of and how it is written properly, by its shape alone. No call is made.

A link is taken apart strictly: a network's own host, no port, no user name, a path of one known shape. What
is kept is not what somebody pasted but the address written anew from its parts, so that nothing else of it,
a foreign host above all, ever reaches a person or a door.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

from core.networks.errors import LinkNotOfThisNetwork

SANDBOX = "sandbox"
LINK_CHARACTERS_MAX = 2_000
PLAIN = re.compile(r"https?://[a-z0-9.:-]+(?:[/?#][!-~]*)?", re.IGNORECASE | re.ASCII)
"""An address of a host in ASCII: no user name, no brackets, no space or other script anywhere."""

INSTAGRAM_POST = re.compile(r"/(?:[\w.]{1,30}/)?(p|reel|reels|tv)/([\w-]{5,40})/?")
INSTAGRAM_STORY = re.compile(r"/stories/([\w.]{1,30})/(\d{5,25})/?")
YOUTUBE_ID = re.compile(r"[\w-]{11}")
YOUTUBE_PATH = re.compile(r"/(shorts|live)/([\w-]{11})/?")
TIKTOK_POST = re.compile(r"/@([\w.]{2,24})/(video|photo)/(\d{8,25})/?")
TIKTOK_SHORT = re.compile(r"/(?:t/)?(\w{5,16})/?")
X_POST = re.compile(r"/(\w{1,15})/status/(\d{1,20})(?:/(?:photo|video)/\d)?/?")
SANDBOX_POST = re.compile(r"/sandbox/network/p/([a-z0-9]{10})/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PostLink:
    """A post's address as we write it, and the network it is of."""

    network: str
    url: str

    @property
    def key(self) -> str:
        """Return what is the same for every address of one post: its network and its own number there."""
        return f"{self.network}:{re.split('[/=]', self.url.rstrip('/'))[-1]}"


def recognise(link: str, own_address: str = "") -> PostLink:
    """Return a link as what it is. `own_address` is where our own network of play is.

    Raises:
        LinkNotOfThisNetwork: for anything that is no link to a post.
    """
    parts = _taken_apart(link)
    if parts is not None:
        code = _sandbox_code(parts, own_address)
        if code:
            return PostLink(SANDBOX, f"{own_address.rstrip('/')}/sandbox/network/p/{code}")
        network, write = HOSTS.get(parts.netloc, ("", None))
        url = write(parts) if write else ""
        if url:
            return PostLink(network, url)
    raise LinkNotOfThisNetwork(link=link[:200])


def sandbox_code(link: str, own_address: str) -> str:
    """Return the code of a post of our own network of play, empty for any other link."""
    parts = _taken_apart(link)
    return _sandbox_code(parts, own_address) if parts is not None else ""


def _taken_apart(link: str) -> SplitResult | None:
    """Return the parts of an http(s) address, its host in lower case; None for what is not plainly one."""
    text = link.strip()
    if len(text) > LINK_CHARACTERS_MAX or not PLAIN.fullmatch(text):
        return None
    parts = urlsplit(text)
    return parts._replace(netloc=parts.netloc.lower())


def _sandbox_code(parts: SplitResult, own_address: str) -> str:
    own = urlsplit(own_address)
    found = SANDBOX_POST.fullmatch(parts.path)
    ours = bool(own.netloc) and (parts.scheme, parts.netloc) == (own.scheme, own.netloc.lower())
    return found[1].lower() if found and ours else ""


def _instagram(parts: SplitResult) -> str:
    if post := INSTAGRAM_POST.fullmatch(parts.path):
        return f"https://www.instagram.com/{'reel' if post[1] == 'reels' else post[1]}/{post[2]}/"
    story = INSTAGRAM_STORY.fullmatch(parts.path)
    return f"https://www.instagram.com/stories/{story[1]}/{story[2]}/" if story else ""


def _youtube(parts: SplitResult) -> str:
    if parts.path.rstrip("/") == "/watch":
        given = parse_qs(parts.query).get("v", [])
        right = len(given) == 1 and YOUTUBE_ID.fullmatch(given[0]) is not None
        return f"https://www.youtube.com/watch?v={given[0]}" if right else ""
    found = YOUTUBE_PATH.fullmatch(parts.path)
    return f"https://www.youtube.com/{found[1]}/{found[2]}" if found else ""


def _youtube_short(parts: SplitResult) -> str:
    code = parts.path.strip("/")
    return f"https://www.youtube.com/watch?v={code}" if YOUTUBE_ID.fullmatch(code) else ""


def _tiktok(parts: SplitResult) -> str:
    if post := TIKTOK_POST.fullmatch(parts.path):
        return f"https://www.tiktok.com/@{post[1]}/{post[2]}/{post[3]}"
    short = TIKTOK_SHORT.fullmatch(parts.path) if parts.path.startswith("/t/") else None
    return f"https://www.tiktok.com/t/{short[1]}/" if short else ""


def _tiktok_short(parts: SplitResult) -> str:
    short = TIKTOK_SHORT.fullmatch(parts.path)
    return f"https://{parts.netloc}/{short[1]}/" if short and not parts.path.startswith("/t/") else ""


def _x(parts: SplitResult) -> str:
    found = X_POST.fullmatch(parts.path)
    return f"https://x.com/{found[1]}/status/{found[2]}" if found else ""


HOSTS: dict[str, tuple[str, Callable[[SplitResult], str]]] = {
    **dict.fromkeys(("instagram.com", "www.instagram.com", "m.instagram.com"), ("instagram", _instagram)),
    **dict.fromkeys(("youtube.com", "www.youtube.com", "m.youtube.com"), ("youtube", _youtube)),
    "youtu.be": ("youtube", _youtube_short),
    **dict.fromkeys(("tiktok.com", "www.tiktok.com", "m.tiktok.com"), ("tiktok", _tiktok)),
    **dict.fromkeys(("vm.tiktok.com", "vt.tiktok.com"), ("tiktok", _tiktok_short)),
    **dict.fromkeys(("x.com", "www.x.com", "mobile.x.com"), ("x", _x)),
    **dict.fromkeys(("twitter.com", "www.twitter.com", "mobile.twitter.com"), ("x", _x)),
}
"""Every host of a network, and who writes its links. A port or a user name makes another host of it."""
