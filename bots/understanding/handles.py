"""Handles, and the platforms they and other facts stand beside."""

from collections.abc import Iterator
from itertools import islice

import regex as re

from bots.understanding import lexicon as words
from bots.understanding import pieces, wording
from bots.understanding.names import NOT_NAMES
from core.networks import links
from core.networks.places import PLACES

CHANNEL_NAME = r"[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_.\-\u00b7]{0,98}[\p{L}\p{M}\p{N}_])?"
"""What YouTube allows: letters of any script, hyphens and middle dots too."""
WIDE_HANDLE = re.compile(rf"(?<![\w@./])@({CHANNEL_NAME})")
NETWORKS = wording.joined(tuple(word for place in PLACES for word in place.called))
WIDE = {place.platform.value: place.called for place in PLACES if place.name.fullmatch("with-hyphen")}
"""The networks whose names may have hyphens and letters of any script."""
NAMED_CHANNEL = re.compile(
    rf"(?<!\w)({wording.joined(tuple(word for many in WIDE.values() for word in many))})(?:\s+(?:handle|channel|is|name|चैनल))*"
    rf"(?:\s*[:=]\s*@?({CHANNEL_NAME})|\s*\(?\s*([a-z0-9_.]+-[a-z0-9_.-]*[a-z0-9_])(?=\s*[,(]?\s*\d))",
    re.IGNORECASE,
)
PHONE_DIGITS = 7
SENTENCE_WORDS = 8
CALLED_HANDLE = re.compile(
    r"(?<!\w)(?:handle|username|user name|usuario|usuário|nutzername|nama akun)\s*(?:is|es|é|ist|hai|adalah|:|=)?\s*((?=[\w.]*(?:\w[._]\w|\p{L}\d))[a-z0-9_][a-z0-9_.]{1,28}[a-z0-9_])(?!\w)",
    re.IGNORECASE,
)
"""A name that is said to be one, its network named behind it: "handle is nord.jon on Instagram"."""
NAMED_HANDLE = re.compile(
    rf"(?<!\w)({NETWORKS}|(?-i:X))(?:\s+(?:handle|id|account|channel|profile|handle is|id is|is|par|pe|name))*"
    r"(?:(?:\s*[:=]|\s+-\s)\s*@?([a-z0-9_](?:[a-z0-9_.]{1,28}[a-z0-9_]))|\s*\(?\s*((?=[\w.]*(?:\w[._]\w|[A-Za-z]\d|(?-i:[a-z][A-Z])))[a-z0-9_](?:[a-z0-9_.]{1,28}[a-z0-9_])))",
    re.IGNORECASE,
)
BESIDE_NUMBER = re.compile(
    rf"(?<!\w)({NETWORKS})\s*(?:\(\s*|\s)([a-z0-9_.]{{4,30}})\s*[,(]?\s*(?=\d+(?:[.,]\d+)?\s*(?:k|mil|rb|ribu|हज़ार|tsd)?(?!\w))",
    re.IGNORECASE,
)
PARTED = re.compile(r"[;\n]|\. |@")
ON_X = re.compile(r"\b(?:on|par|pe|en|di|auf|no)\s+x(?![\w'-])")
ENDING_ON_X = re.compile(r"(?:on|par|pe|en|di|auf|no)\s+x\b")
A_COUNT = re.compile(r"\d+(?:[.,]\d+)?(?:k|m|mil|rb|tsd)?")
NOT_HANDLES = (*words.FOLLOWER_WORDS, "video", "videos", "reel", "reels", "story", "shorts", "with", "about", "around", "have", "having", "channel", "page", "account", "over", "almost", "nearly", "tengo", "tenho", "cerca", "como", "knapp", "rund", "etwa", "dengan", "sekitar", "punya", "kanal", "canal")  # fmt: skip

NO_ANSWERS = frozenset({"idk", "dunno", "same", "nope", "yep", "yeah", "yes", "no", "ok", "okay", "skip", "none", "nothing", "na", "later", "back", "haan", "nahi", "si", "sí", "não", "nao", "sim", "nein", "ja", "tidak", "ya"})  # fmt: skip


def handles(text: str, bare: str) -> list[dict[str, str]]:
    """Return [{platform, handle}] of a text; `bare` is the text without its links. A platform that is not told is left out."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for written, platform in _stated(text, bare):
        handle = written.strip(".").lower()
        if platform and not links.handle_of(handle, platform):
            continue
        known = (platform, handle) in found if platform else any(handle == one for _, one in found)
        if handle and not known and not A_COUNT.fullmatch(handle):
            found.pop(("", handle), None)
            entry = {"platform": platform, "handle": handle} if platform else {"handle": handle}
            found[platform, handle] = entry
    return list(found.values())


def _stated(text: str, bare: str) -> Iterator[tuple[str, str]]:
    """Yield what is written as a handle with its platform, empty where none is told, the surest first."""
    for url in wording.links(text):
        if whose := links.profile(url):
            yield whose.handle, whose.platform.value
    yield from ((one, platform) for one, platform in _named(bare) if not _is_no_name(one))
    mentioned = wording.topics(bare, words.PLATFORMS)
    if not mentioned and any(kind in {"reel", "story"} for kind in pieces.kinds(bare.lower())):
        mentioned = ["instagram"]
    for match in islice(WIDE_HANDLE.finditer(bare), wording.HANDLES_MAX):
        if _is_cut(bare, match.end()):
            continue
        near = _near_platform(bare, match.start(), match.end())
        platform = near or (mentioned[0] if len(mentioned) == 1 else "")
        yield _as_far_as_it_goes(match[1], platform), platform


def _named(bare: str) -> Iterator[tuple[str, str]]:
    """Yield what stands behind a network's name as a handle does."""
    for match in NAMED_CHANNEL.finditer(bare):
        if not _is_cut(bare, match.end()):
            yield match[2] or match[3], _network(match[1])
    bare = NAMED_CHANNEL.sub(" ", bare)
    for match in NAMED_HANDLE.finditer(bare):
        if not _is_cut(bare, match.end()):
            yield match[2] or match[3], "x" if match[1] == "X" else _network(match[1])
    for match in CALLED_HANDLE.finditer(bare):
        yield match[1], _near_platform(bare, match.start(), match.end())
    for match in BESIDE_NUMBER.finditer(bare):
        if match[2].lower() not in NOT_NAMES:
            yield match[2], _network(match[1])


def _network(word: str) -> str:
    return next(iter(wording.topics(word.lower(), words.PLATFORMS)), "")


GOES_ON = re.compile(
    rf"[ ]([a-z]{{2,}})[ ]*(?=[,(|\n]|$|\d|(?:on|en|em|no|pe|par|auf|di)[ ]+(?:{NETWORKS})(?!\w))",
    re.IGNORECASE,
)
PLAIN_WORD = re.compile(r"(?<![\w.])[^\W\d_]+$")
JOINS = frozenset({"on", "in", "is", "and", "with", "here", "has", "have", "at", "both", "also", "only", "same", "now", "my", "hai", "ka", "ki", "pe", "par", "me", "mein", "main", "aur", "en", "de", "com", "y", "e", "und", "mit", "auf", "dan", "dengan", "di", "for", "from", "con", "tengo", "tenho", "ich", "habe"})  # fmt: skip
"""Words behind a handle that are no part of it."""


def _is_cut(bare: str, end: int) -> bool:
    """Tell whether a name goes on behind a plain word that looks like a handle: whose "@asha eats" is, is asked."""
    more = GOES_ON.match(bare, end) if PLAIN_WORD.search(bare[:end]) else None
    return more is not None and not (
        more[1].lower() in JOINS
        or _is_no_name(more[1])
        or _network(more[1])
        or wording.topics(more[1].lower(), words.NICHES)
    )


def _is_no_name(word: str) -> bool:
    return wording.has_word(word.lower(), NOT_HANDLES)


def answer(said: str, platform: str) -> str:
    """Return the handle of an answer that is expected to be one, of a platform; empty where there is none."""
    text = wording.normalise(said)
    bare = wording.without_links(text)
    if (found := WIDE_HANDLE.search(bare)) and not _is_cut(bare, found.end()):
        return links.handle_of(found[1], platform)
    typed = said.strip(" \t\n\"'()<>*\u201c\u201d.,;!")
    if whole := links.handle_of(typed, platform):
        return "" if _is_no_handle(whole) else whole
    for stated in handles(text, bare):
        if stated.get("platform", platform) == platform:
            return links.handle_of(stated["handle"], platform)
    tokens = text.split()
    marked = [token.strip(",;!()\"'.") for token in tokens if re.search(r"\w[._]\w|\p{L}\d", token)]
    if len(marked) == 1 and len(tokens) <= SENTENCE_WORDS and not _is_no_handle(marked[0]):
        return links.handle_of(marked[0], platform)
    return ""


def profiles_in_words(text: str) -> str:
    """Return the text with the network's name for each address there, and an @ where it says whose."""
    for spot in reversed(wording.link_spots(text)):
        whose = links.profile(spot.url)
        if whose is not None:
            text = f"{text[: spot.start]} {whose.platform}{' @' if whose.handle else ''} {text[spot.end :]}"
    return text


def _as_far_as_it_goes(written: str, platform: str) -> str:
    """Return as much of what stands behind an @ as is a handle there: hyphens and scripts are of a few networks."""
    narrow = wording.HANDLE.match(f"@{written}")
    wide = platform in WIDE or (not platform and not A_COUNT.fullmatch(written.rpartition("-")[2].lower()))
    return written if wide or narrow is None else narrow[1]


def _is_no_handle(word: str) -> bool:
    """Tell whether a single word is a phone number, a count, a network's name or a plain yes or no."""
    lowered = word.lower()
    digits = re.sub(r"[.\-]", "", lowered)
    counted = len(digits) >= PHONE_DIGITS if digits.isdigit() else A_COUNT.fullmatch(lowered) is not None
    return counted or lowered in NO_ANSWERS or bool(wording.topics(lowered, words.PLATFORMS))


def _near_platform(text: str, start: int, end: int) -> str:
    """Return the platform named nearest to a place: just before it, or just after."""
    ahead = PARTED.split(text[max(0, start - 40) : start])[-1]
    behind = PARTED.split(text[end : end + 34])[0]
    left = last_platform(ahead)
    right = first_platform(behind)
    if left and right:
        return left[1] if len(ahead) - left[0] <= right[0] + 14 else right[1]
    return (left or right or (0, ""))[1]


def first_platform(text: str) -> tuple[int, str] | None:
    """Return the first platform that a text names, and where its name begins."""
    hits = [
        (m.start(), name)
        for name, synonyms in words.PLATFORMS.items()
        for m in wording.any_of(synonyms).finditer(text.lower())
    ]
    if match := ON_X.search(text.lower()):
        hits.append((match.start(), "x"))
    return min(hits, default=None)


def last_platform(text: str) -> tuple[int, str] | None:
    """Return the last platform that a text names, and where its name ends."""
    hits = [
        (m.end(), name)
        for name, synonyms in words.PLATFORMS.items()
        for m in wording.any_of(synonyms).finditer(text.lower())
    ]
    if match := ENDING_ON_X.search(text.lower()):
        hits.append((match.end(), "x"))
    return max(hits, default=None)
