"""What a link says by its shape alone: its network, whose profile it is, which post. No call is made.

A network is a row of data (`places.PLACES`). A link is taken apart strictly: a network's own host, no port,
no user name, a path of one known shape. What is kept of a post is not what somebody pasted but the address
written anew from its parts, so that nothing else of it, a foreign host above all, ever reaches a person or
a door.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import regex as re

from core.kit.vocabulary import Platform
from core.networks.errors import LinkHidesItsPost, LinkNotOfThisNetwork, ProfileNotAPost
from core.networks.places import BY_PLATFORM, HOSTS, PLACES, Place

SANDBOX = "sandbox"
LINK_CHARACTERS_MAX = 2_000
NOT_WRITTEN = ("", "")
PLAIN = re.compile(r"https?://[a-z0-9.:-]+(?:[/?#][!-~]*)?", re.IGNORECASE | re.ASCII)
"""An address of a host in ASCII: no user name, no brackets, no space or other script anywhere."""
SANDBOX_POST = re.compile(r"/sandbox/network/p/([a-z0-9]{10})/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PostLink:
    """A post's address as we write it, the network it is of, and the name that the link gave; empty for none.

    Anybody can write another name into most links: it tells, and proves nothing.
    """

    network: str
    url: str
    owner: str = ""

    @property
    def key(self) -> str:
        """Return what is the same for every address of one post: its network and its own number there."""
        return f"{self.network}:{re.split('[/=:]', self.url.rstrip('/'))[-1]}"

    @property
    def by_picture(self) -> bool:
        """Tell whether nobody can look at the post, so that a screenshot has to show it."""
        return any(place.by_picture for place in PLACES if place.platform == self.network)


@dataclass(frozen=True, slots=True)
class Profile:
    """Whose an address at a network is; without a handle it names nobody, as a share link does not."""

    platform: Platform
    handle: str


def recognise(link: str, own_address: str = "") -> PostLink:
    """Return a link as what it is. `own_address` is where our own network of play is.

    Raises:
        ProfileNotAPost: for a profile's address.
        LinkHidesItsPost: for an address at a network that names no post, such as a share link.
        LinkNotOfThisNetwork: for anything else that is no link to a post.
    """
    parts = _taken_apart(link)
    if parts is not None:
        code = _sandbox_code(parts, own_address)
        if code:
            return PostLink(SANDBOX, f"{own_address.rstrip('/')}/sandbox/network/p/{code}")
        place = HOSTS.get(parts.netloc)
        url, owner = _written(place.posts, _way(place, parts)) if place else NOT_WRITTEN
        if place and url:
            return PostLink(place.platform, url, owner if place.name.fullmatch(owner) else "")
    whose = profile(link)
    if whose is None:
        raise LinkNotOfThisNetwork(link=link[:200])
    raise (ProfileNotAPost if whose.handle else LinkHidesItsPost)(link=link[:200])


def by_picture(link: str, platform: Platform) -> bool:
    """Tell whether a link is of a post on this platform that only a picture can show."""
    try:
        post = recognise(link)
    except LinkNotOfThisNetwork:
        return False
    return post.by_picture and post.network == platform


def same_name(one: str, other: str, platform: Platform) -> bool:
    """Tell whether two names are one at a network."""
    idle = BY_PLATFORM[platform].idle
    bare = [re.sub(f"[{re.escape(idle)}]", "", name) if idle else name for name in (one, other)]
    return bare[0].lstrip("@").casefold() == bare[1].lstrip("@").casefold()


def profile(link: str) -> Profile | None:
    """Return whose an address is; None where it is of no network."""
    try:
        parts = urlsplit(unquote(link.strip()[:LINK_CHARACTERS_MAX]))
    except ValueError:
        return None
    place = HOSTS.get(parts.netloc.lower())
    if place is None or parts.scheme.lower() not in {"http", "https"}:
        return None
    way = _way(place, parts)
    for shape in place.profiles:
        found = shape.fullmatch(way)
        if found and found["name"].lower() not in place.nobody:
            return Profile(place.platform, normalize("NFC", found["name"]).lower())
    return Profile(place.platform, "")


def company_page(link: str) -> str:
    """Return the address of a company's page at a network as we write it, empty for any other link."""
    parts = _taken_apart(link)
    place = HOSTS.get(parts.netloc) if parts is not None else None
    return _written(place.companies, _way(place, parts))[0].lower() if place and parts else ""


def handle_of(typed: str, platform: str) -> str:
    """Return a handle that somebody typed as it is kept, empty where that network has none like it."""
    place = BY_PLATFORM.get(Platform(platform)) if platform else None
    bare = normalize("NFC", typed.strip().lstrip("@\uff20").strip(" .")).lower()
    names = [place.name] if place else [one.name for one in PLACES]
    return bare if any(name.fullmatch(bare) for name in names) else ""


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


def _way(place: Place, parts: SplitResult) -> str:
    """Return a link's path as patterns read it, with what its query tells and a host other than the main."""
    host = parts.netloc.lower()
    path = parts.fragment[1:] if parts.fragment.startswith("!/") else parts.path
    path = path.removesuffix("/") if len(path) > 1 else path
    given = parse_qs(parts.query)
    told = "&".join(f"{name}={one}" for name in place.telling for one in given.get(name, []))
    return (f"//{host}" if host in place.other else "") + path + (f"?{told}" if told else "")


def _written(shapes: Sequence[tuple[re.Pattern[str], str]], way: str) -> tuple[str, str]:
    """Return an address as we write it, and the name in it; neither where a path leads to nothing."""
    for shape, written in shapes:
        if found := shape.fullmatch(way):
            parts = found.groupdict()
            return written.format_map(parts), normalize("NFC", unquote(parts.get("name") or "")).lower()
    return NOT_WRITTEN
