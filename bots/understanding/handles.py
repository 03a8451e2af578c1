"""Handles, and the platforms they and other facts stand beside."""

from itertools import islice

import regex as re

from bots.understanding import lexicon as words
from bots.understanding import pieces, wording
from bots.understanding.names import NOT_NAMES

URL_HANDLE = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(instagram|tiktok|youtube|twitter|x)\.com/@?([\w.]+)",
    re.IGNORECASE,
)
NAMED_HANDLE = re.compile(
    r"(?<!\w)(insta(?:gram)?|ig|tik ?tok|youtube|yt|twitter|(?-i:X)|इंस्टाग्राम|इंस्टा|यूट्यूब|tt)(?:\s+(?:handle|id|account|channel|profile|handle is|id is|is|par|pe|name))*"
    r"(?:(?:\s*[:=]|\s+-\s)\s*@?([a-z0-9_](?:[a-z0-9_.]{1,28}[a-z0-9_]))|\s*\(?\s*((?=[\w.]*(?:\w[._]\w|[A-Za-z]\d|(?-i:[a-z][A-Z])))[a-z0-9_](?:[a-z0-9_.]{1,28}[a-z0-9_])))",
    re.IGNORECASE,
)
BESIDE_NUMBER = re.compile(
    r"(?<!\w)(insta(?:gram)?|ig|tik ?tok|youtube|yt|twitter|इंस्टाग्राम|इंस्टा|यूट्यूब)\s*(?:\(\s*|\s)([a-z0-9_.]{4,30})\s*[,(]?\s*(?=\d+(?:[.,]\d+)?\s*(?:k|mil|rb|ribu|हज़ार|tsd)?(?!\w))",
    re.IGNORECASE,
)
A_COUNT = re.compile(r"\d+(?:[.,]\d+)?(?:k|m|mil|rb|tsd)?")
NOT_HANDLES = (*words.FOLLOWER_WORDS, "video", "videos", "reel", "reels", "story", "shorts", "with", "about", "around", "have", "having", "channel", "page", "account", "over", "almost", "nearly", "tengo", "tenho", "cerca", "como", "knapp", "rund", "etwa", "dengan", "sekitar", "punya", "kanal", "canal")  # fmt: skip


def handles(text: str, bare: str) -> list[dict[str, str]]:
    """Return [{platform, handle}] of a text; `bare` is the text without its links. A platform that is not told is left out."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    seen: set[str] = set()

    def add(handle: str, platform: str) -> None:
        handle = handle.strip(".").lower()
        if A_COUNT.fullmatch(handle):
            return
        known = (platform, handle) in found if platform else handle in seen
        if handle and not known and handle not in {"p", "reel", "watch", "channel", "shorts", "c"}:
            seen.add(handle)
            found.pop(("", handle), None)
            entry = {"platform": platform, "handle": handle} if platform else {"handle": handle}
            found[platform, handle] = entry

    for match in URL_HANDLE.finditer(text):
        add(match[2], {"twitter": "x"}.get(match[1].lower(), match[1].lower()))
    for match in NAMED_HANDLE.finditer(bare):
        names = wording.topics(match[1].lower(), words.PLATFORMS)
        add(match[2] or match[3], "x" if match[1] == "X" else names[0] if names else "")
    for match in BESIDE_NUMBER.finditer(bare):
        if not (wording.has_word(match[2].lower(), NOT_HANDLES) or match[2].lower() in NOT_NAMES):
            names = wording.topics(match[1].lower(), words.PLATFORMS)
            add(match[2], names[0] if names else "")
    mentioned = wording.topics(bare, words.PLATFORMS)
    if not mentioned and any(kind in {"reel", "story"} for kind in pieces.kinds(bare.lower())):
        mentioned = ["instagram"]
    for match in islice(wording.HANDLE.finditer(bare), wording.HANDLES_MAX):
        near = _near_platform(bare, match.start(), match.end())
        add(match[1], near or (mentioned[0] if len(mentioned) == 1 else ""))
    return list(found.values())


def _near_platform(text: str, start: int, end: int) -> str:
    """Return the platform named nearest to a place: just before it, or just after."""
    ahead = re.split(r"[;\n]|\. |@", text[max(0, start - 40) : start])[-1]
    behind = re.split(r"[;\n]|\. |@", text[end : end + 34])[0]
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
    if match := re.search(r"\b(?:on|par|pe|en|di|auf|no)\s+x(?![\w'-])", text.lower()):
        hits.append((match.start(), "x"))
    return min(hits, default=None)


def last_platform(text: str) -> tuple[int, str] | None:
    """Return the last platform that a text names, and where its name ends."""
    hits = [
        (m.end(), name)
        for name, synonyms in words.PLATFORMS.items()
        for m in wording.any_of(synonyms).finditer(text.lower())
    ]
    if match := re.search(r"(?:on|par|pe|en|di|auf|no)\s+x\b", text.lower()):
        hits.append((match.end(), "x"))
    return max(hits, default=None)
