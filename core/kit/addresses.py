"""Web addresses that people type or paste: which can be led to, whose they are, where they stand.

What one owner registers ends with a public suffix (publicsuffix.org): `myshop.co.uk` is a shop, `co.uk` is
none. The list comes with tldextract and is never asked for over the network.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import regex
import tldextract

ADDRESS_CHARACTERS_MAX = 2_000
CANDIDATES_MAX = 50
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")  # RFC 1035, with digits in front (RFC 1123)
WITH_SCHEME = regex.compile(
    r"(?:https?://(?=[^/])|(?<![\w@.])www\.(?=[^.]*\.))(?:(?!,https?://)[^\s<>\"|\\^`{}])+", regex.IGNORECASE
)
WITHOUT = regex.compile(
    r"(?<![@\w./-])(?:[\w-]{1,63}\.){1,6}\p{L}[\w-]{1,62}+(?::\d{1,5})?(?:[/?#][^\s<>\"|\\^`{},;]*)?(?![\w@])",
    regex.IGNORECASE,
)
CLOSING = {")": "(", "]": "[", "}": "{"}
AFTER_AN_ADDRESS = (
    ".,;:!?'*~|>\"\u2019\u201d\u201c\u00bb\u203a\u2026\u0964\u0965\u3002\u3001\uff01\uff1f\uff0c\uff09\u300d"
)
"""Signs that end a sentence or a quotation, in any of the scripts that people write to us in."""
UNSEEN_IN_ADDRESSES = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
FILE_SUFFIXES = frozenset({"zip", "mov", "py", "md"})
"""Public suffixes that a name in a chat ends with because it is a file's."""
SPOKEN_SUFFIXES = frozenset(
    [
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "so",
        "to",
        "at",
        "be",
        "by",
        "do",
        "am",
        "as",
        "us",
        "pm",
        "es",
        "de",
        "se",
        "la",
        "ni",
        "ne",
        "ki",
        "ke",
        "je",
        "im",
        "ma",
        "sa",
        "st",
        "pe",
        "mit",
        "ist",
        "pro",
        "now",
        "today",
        "live",
        "video",
        "food",
        "fashion",
        "fitness",
        "beauty",
        "travel",
        "music",
        "life",
        "one",
        "new",
        "fun",
        "love",
        "run",
        "plus",
        "top",
        "win",
        "work",
        "works",
        "you",
        "how",
        "here",
        "call",
        "watch",
        "show",
        "open",
        "buy",
        "deal",
        "deals",
        "free",
        "care",
        "help",
        "menu",
        "pay",
        "safe",
        "style",
        "team",
        "kids",
        "baby",
        "games",
        "photo",
        "photos",
        "pics",
        "day",
        "city",
        "place",
        "vip",
        "men",
        "best",
        "page",
        "like",
        "bio",
        "social",
        "media",
        "email",
        "shop",
        "store",
        "cafe",
        "diet",
        "yoga",
        "dog",
        "pet",
        "coffee",
        "pizza",
        "party",
        "gift",
        "gifts",
        "study",
        "school",
        "family",
        "health",
        "hair",
        "skin",
        "makeup",
        "movie",
        "film",
        "game",
        "book",
        "art",
        "design",
        "tech",
        "digital",
        "online",
        "click",
        "link",
        "site",
        "blog",
        "news",
        "review",
        "reviews",
        "report",
        "dance",
        "band",
        "car",
        "cars",
        "bike",
        "auto",
    ]
)
"""Public suffixes that are everyday words too: "5 reels.in Pune" wants a space, it leads nowhere."""

_suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@dataclass(frozen=True, slots=True)
class Spot:
    """An address in a text: from where to where it stands, and itself with its scheme."""

    start: int
    end: int
    url: str
    bare: bool
    """Without a scheme and without anything behind its host."""


def is_web_address(text: str) -> bool:
    """Tell whether this is a full http(s) address of a named host: no brackets, user names or spaces in it.

    A host in another script counts where it has a form in IDNA.
    """
    if len(text) > ADDRESS_CHARACTERS_MAX or any(c.isspace() or not c.isprintable() for c in text):
        return False
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode()
        parts.port  # noqa: B018  (raises for a port that is none)
    except ValueError:
        return False
    labels = host.lower().removesuffix(".").split(".")
    named = len(labels) > 1 and not labels[-1].isdecimal() and all(map(LABEL.fullmatch, labels))
    return parts.scheme in {"http", "https"} and named and "@" not in parts.netloc


def registrable(host: str) -> str:
    """Return the part of a host that one owner registers, in lower case; empty where there is none."""
    return _suffixes(host.lower()).top_domain_under_public_suffix


def in_text(text: str, is_word: Callable[[str], bool] = lambda _: False) -> Iterator[Spot]:
    """Yield the addresses in a text, in order.

    Without a scheme an address must end with a public suffix, so that "e.g." and brief.pdf are none. Where
    that suffix is an everyday word too, `is_word` tells whether the name before it is one as well.
    """
    taken = [
        Spot(found.start(), found.start() + len(whole), _with_scheme(whole), bare=False)
        for found in regex.finditer(WITH_SCHEME, text)
        if (whole := _ended(found[0]))[-2:] not in {"", "//"}
    ]
    for number, found in enumerate(WITHOUT.finditer(text)):
        if number == CANDIDATES_MAX:
            break
        if any(spot.start <= found.start() < spot.end for spot in taken):
            continue
        whole = _ended(found[0])
        host, rest = _host_and_rest(whole)
        bare = not rest.strip("/?#")
        prose = bare and whole != text.strip() and _is_prose(host, is_word)
        if _leads_somewhere(host) and not prose:
            taken.append(Spot(found.start(), found.start() + len(whole), f"https://{whole}", bare))
    yield from sorted(taken, key=lambda spot: spot.start)


def _with_scheme(whole: str) -> str:
    return whole if "//" in whole else f"https://{whole}"


def _ended(whole: str) -> str:
    """Return an address without the sentence's own signs behind it; a bracket that it opened is its own."""
    while whole:
        last = whole[-1]
        closes = last in CLOSING and whole.count(last) > whole.count(CLOSING[last])
        if not (last in AFTER_AN_ADDRESS or last in UNSEEN_IN_ADDRESSES or closes or last in "([{"):
            break
        whole = whole[:-1]
    return whole


def _host_and_rest(whole: str) -> tuple[str, str]:
    host = re.split(r"[/?#:]", whole, maxsplit=1)[0]
    return host, whole[len(host) :]


def _leads_somewhere(host: str) -> bool:
    found = _suffixes(host.lower())
    return (
        bool(found.top_domain_under_public_suffix)
        and found.suffix not in FILE_SUFFIXES
        and any(c.isalpha() for c in found.domain)
        and is_web_address(f"https://{host}")
    )


def _is_prose(host: str, is_word: Callable[[str], bool]) -> bool:
    """Tell whether a host is rather the end of one sentence and the beginning of the next."""
    name, _, suffix = host.rpartition(".")
    if suffix.lower() not in SPOKEN_SUFFIXES:
        return False
    word = name.rpartition(".")[2].lower()
    return (suffix.istitle() and not name.isupper()) or word in SPOKEN_SUFFIXES or is_word(word)
