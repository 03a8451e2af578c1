"""What a link says by its shape alone: its network, whose profile it is, which post. No call is made.

A network is a row of data (`PLACES`): its hosts, what a name looks like there, which paths lead where. A link
is taken apart strictly: a network's own host, no port, no user name, a path of one known shape. What is kept
of a post is not what somebody pasted but the address written anew from its parts, so that nothing else of it,
a foreign host above all, ever reaches a person or a door.
"""

from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import regex as re

from core.kit.vocabulary import Platform
from core.networks.errors import LinkHidesItsPost, LinkNotOfThisNetwork, ProfileNotAPost

SANDBOX = "sandbox"
LINK_CHARACTERS_MAX = 2_000
PLAIN = re.compile(r"https?://[a-z0-9.:-]+(?:[/?#][!-~]*)?", re.IGNORECASE | re.ASCII)
"""An address of a host in ASCII: no user name, no brackets, no space or other script anywhere."""
SANDBOX_POST = re.compile(r"/sandbox/network/p/([a-z0-9]{10})/?", re.IGNORECASE)
TELLING = ("v", "screen_name")
"""What of a query says which post or profile is meant; all else is how the link was passed on."""


class Place:
    """A network's row. In its patterns `name` is whose it is and `id` the post's own number.

    A path is matched whole, without its last slash; one of an `other` host begins with two slashes and that
    host. A post is written anew from the parts of its pattern. `nobody` stands where names do.
    """

    def __init__(
        self,
        platform: Platform,
        *,
        hosts: tuple[str, ...],
        other: tuple[str, ...],
        name: str,
        profiles: tuple[str, ...],
        posts: tuple[tuple[str, str], ...],
        nobody: str,
    ) -> None:
        """Keep the row with its patterns ready."""
        self.platform, self.hosts, self.other = platform, hosts, other
        self.name = re.compile(name)
        self.nobody = frozenset(nobody.split())
        named = f"(?P<name>{name})"
        self.profiles = tuple(re.compile(one.replace("NAME", named), re.IGNORECASE) for one in profiles)
        self.posts = tuple((re.compile(one.replace("NAME", named)), written) for one, written in posts)


PLACES = (
    Place(
        Platform.INSTAGRAM,
        hosts=("instagram.com", "www.instagram.com", "m.instagram.com", "instagr.am", "www.instagr.am"),
        other=("ig.me", "l.instagram.com"),
        name=r"[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])?",
        profiles=("/(?:_[un]/)?@?NAME", "/stories/NAME(?:/.*)?", "/@?NAME/.+", "//ig.me/m/NAME"),
        posts=(
            (
                r"/(?:(?!share/)[\w.]{1,30}/)?(?P<kind>p|tv)/(?P<id>[\w-]{5,40})",
                "https://www.instagram.com/{kind}/{id}/",
            ),
            (
                r"/(?:(?!share/)[\w.]{1,30}/)?reels?/(?P<id>[\w-]{5,40})",
                "https://www.instagram.com/reel/{id}/",
            ),
            (r"/stories/NAME/(?P<id>\d{5,25})", "https://www.instagram.com/stories/{name}/{id}/"),
        ),
        nobody=(
            "p reel reels tv stories highlights share s explore accounts direct about developer "
            "legal web ar challenge emails session oauth graphql api static press privacy terms "
            "directory locations hashtag invites download lite nametag topics create _u _n"
        ),
    ),
    Place(
        Platform.YOUTUBE,
        hosts=("youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com"),
        other=("youtu.be", "www.youtu.be"),
        name=r"[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_.\-\u00b7]{0,98}[\p{L}\p{M}\p{N}_])?",
        profiles=("/@NAME(?:/.*)?", "/(?:c|user)/@?NAME(?:/.*)?", "/NAME(?:/[a-z]+)?"),
        posts=(
            (r"/(?P<kind>shorts|live)/(?P<id>[\w-]{11})", "https://www.youtube.com/{kind}/{id}"),
            (r"/(?:watch\?v=|(?:embed|v|e|watch)/)(?P<id>[\w-]{11})", "https://www.youtube.com/watch?v={id}"),
            (r"//(?:www\.)?youtu\.be/(?P<id>[\w-]{11})", "https://www.youtube.com/watch?v={id}"),
            (r"/post/(?P<id>Ug[\w-]{10,60})", "https://www.youtube.com/post/{id}"),
        ),
        nobody=(
            "watch shorts live channel c user playlist playlists results feed embed v e hashtag "
            "post gaming premium about t account trending clip redirect attribution_link source "
            "creators ads oops kids tv upload explore signin logout howyoutubeworks index"
        ),
    ),
    Place(
        Platform.TIKTOK,
        hosts=("tiktok.com", "www.tiktok.com", "m.tiktok.com"),
        other=("vm.tiktok.com", "vt.tiktok.com"),
        name=r"[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,22}[A-Za-z0-9_])",
        profiles=("/(?:[a-z]{2}(?:-[a-z]{2})?/)?@NAME(?:/.*)?", "/NAME"),
        posts=(
            (r"/@NAME/(?P<kind>video|photo)/(?P<id>\d{8,25})", "https://www.tiktok.com/@{name}/{kind}/{id}"),
            (
                r"/(?:v|embed(?:/v2)?|player/v1)/(?P<id>\d{8,25})(?:\.html)?",
                "https://www.tiktok.com/embed/{id}",
            ),
            (r"/t/(?P<id>\w{5,16})", "https://www.tiktok.com/t/{id}/"),
            (r"//(?P<kind>v[mt])\.tiktok\.com/(?P<id>\w{5,16})", "https://{kind}.tiktok.com/{id}/"),
        ),
        nobody=(
            "t v embed player tag discover music foryou following explore live login signup "
            "upload about legal share search trending place shop friends messages business "
            "creators coin link channel topics feedback"
        ),
    ),
    Place(
        Platform.X,
        hosts=(
            *("x.com", "www.x.com", "mobile.x.com", "m.x.com"),
            *("twitter.com", "www.twitter.com", "mobile.twitter.com", "m.twitter.com"),
        ),
        other=("t.co",),
        name=r"[A-Za-z0-9_]{1,15}",
        profiles=("/@?NAME(?:/.*)?", r"/intent/(?:user|follow)\?screen_name=@?NAME"),
        posts=(
            (
                r"/NAME/status(?:es)?/(?P<id>\d{1,20})(?:/(?:photo|video)/\d|/[a-z]{5,12})?",
                "https://x.com/{name}/status/{id}",
            ),
            (r"/i/web/status/(?P<id>\d{1,20})", "https://x.com/i/status/{id}"),
        ),
        nobody=(
            "i home search hashtag explore settings messages notifications compose login signup "
            "intent share tos privacy about jobs download account logout who_to_follow oauth "
            "bookmarks"
        ),
    ),
)
BY_PLATFORM = {place.platform: place for place in PLACES}
HOSTS: dict[str, Place] = {host: place for place in PLACES for host in (*place.hosts, *place.other)}
"""Every host of a network. A port or a user name makes another host of it."""


@dataclass(frozen=True, slots=True)
class PostLink:
    """A post's address as we write it, and the network it is of."""

    network: str
    url: str

    @property
    def key(self) -> str:
        """Return what is the same for every address of one post: its network and its own number there."""
        return f"{self.network}:{re.split('[/=]', self.url.rstrip('/'))[-1]}"


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
        url = _post(place, _way(place, parts)) if place else ""
        if place and url:
            return PostLink(place.platform, url)
    whose = profile(link)
    if whose is None:
        raise LinkNotOfThisNetwork(link=link[:200])
    raise (ProfileNotAPost if whose.handle else LinkHidesItsPost)(link=link[:200])


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
    told = "&".join(f"{name}={one}" for name in TELLING for one in given.get(name, []))
    return (f"//{host}" if host in place.other else "") + path + (f"?{told}" if told else "")


def _post(place: Place, way: str) -> str:
    """Return the post's address as we write it, empty where a path leads to none."""
    for shape, written in place.posts:
        if found := shape.fullmatch(way):
            return written.format_map(found.groupdict())
    return ""
