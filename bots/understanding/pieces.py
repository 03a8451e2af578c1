"""The pieces of work that a text asks for."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import regex as re

from bots.understanding import lexicon as words
from bots.understanding import wording
from core.kit.vocabulary import DeliverableKind, Platform
from core.networks.places import BY_PLATFORM


@cache
def _deliverable_pattern() -> re.Pattern[str]:
    names = wording.joined(tuple(KIND_OF))
    counts = wording.joined(tuple(words.NUMBER_WORDS))
    return re.compile(
        rf"(?:(?<![\w.,])(?:\d-(?=\d\s))?(?P<n>\d{{1,2}}|{counts})\s*(?:x|×)?\s+(?:(?!(?:on|in|auf|en|em|di|no|na|pe|for|von|per|pro|por)\s)[^\W\d_]+[\s-]+){{0,2}}?)?(?<![\w@#])(?P<name>{names})(?:\s*[x×:=-]\s*(?P<n2>\d{{1,2}})(?![\d.,]|\s*k\b)|\s+\d-(?P<n4>\d)(?!\d)|\s+(?P<n3>\d{{1,2}})(?=\s*(?:[,;+.।|/\n]|$|each|cada|je\b|per|har|masing))(?!\s*(?:x|×|k\b)))?(?!\w)",
        re.IGNORECASE,
    )


KIND_OF = {s: kind for kind, many in words.DELIVERABLES.items() for s in many}
LED_IN = re.compile(
    r"^\s*(?:(?:here(?:'s|’s| is| are)|this is|aquí (?:está|va)|aqui (?:está|vai)|ye raha|yeh raha|ये रहा|ये रही)\s+)?"
    r"(?:(?:my|the|mi|el|la|meu|minha|o|a|mera|meri)\s+)?"
    rf"({wording.joined(tuple(KIND_OF))})(?:\s+(?:draft|borrador|rascunho|ड्राफ़्ट))?\s*[:–—-]\s+",
    re.IGNORECASE,
)
"""What says before a caption which piece it is: "Reel: …", "here's my story: …"."""
NOT_WORK_BEFORE = re.compile(
    r"(?:per|por|pro|je|प्रति|हर|har|each|every|cada|tiap|har|/|our|my|the|who|which|they|to|that|ki|brand|will|must|should|go|goes|be|und wir|success|love|a week we)\s*$"
)
ABOUT = re.compile(
    r"\s*(?:about|on\s+(?!insta|ig|tik|you|yt|x\b|their|feed)|regularly|daily|often|sobre|über|tentang|by|before|from|until|till|and kicking|music|sketch)"
)
PIECES = re.compile(
    r"(?<![\w.,])(\d{1,2})\s*(?:stück|pieces|pcs|units|unidades|piezas|peças|buah|assets)(?!\w)"
)
SHY = frozenset(
    {
        "live",
        "post",
        "posts",
        "short",
        "videos",
        "vídeos",
        "वीडियो",
        "story",
        "foto",
        "fotos",
        "photo",
        "photos",
        "thread",
        "threads",
        "cerita",
        "historia",
        "reals",
        "tiktok",
        "tiktoks",
    }
)

LENGTH = re.compile(
    r"(?<![\w.,])(?:of |von |de |upto |up to )?\d{1,3}\s*(?:-|to|a|bis)?\s*(?:\d{1,3})?\s*-?\s*(?:secs?|seconds?|sekunden?|sek|segundos?|seg|s|minutes?|mins?(?!\s*\d)|minutos?|minuten|minütig\w*|sekündig\w*|detik|menit|सेकंड|सेकेंड|मिनट)(?![\w.])\.?(?:\s+(?:ka|ki|ke|का|की|के|wala|wali|long|lang|lange|durasi))?",
    re.IGNORECASE,
)
"""How long a piece is: "one 30 sec reel" is one."""

PLACED = re.compile(
    rf"\s+(?:on|for|en|para|no|na|pe|par|auf|für|di|पर)\s+(?:the\s+)?({wording.joined(tuple(word for many in words.PLATFORMS.values() for word in many))})(?!\w)"
)
"""The place right behind a piece: "2 posts on LinkedIn"."""

TRAILING = re.compile(
    rf"(?<![\w@#])(?<!\d\s)(?<!\d)({wording.joined(tuple(KIND_OF))})\s+(\d{{1,2}})(?=[\s,&+]+(?:aur |and |y |e |dan |und )?(?:{wording.joined(tuple(KIND_OF))})\s+\d{{1,2}}(?![\d.,]*\d|\s*(?:k|rs)\b))",
    re.IGNORECASE,
)
"""The counts behind their kinds, as "reel 1 story 2" has them."""


def without_lengths(text: str) -> str:
    """Return the text with the lengths of pieces blanked, so that they count nothing."""
    return LENGTH.sub(lambda match: " " * len(match[0]), text)


def deliverables(text: str) -> list[dict[str, Any]]:
    """Return [{kind, count}] of the work a text asks for; a piece named without a number counts once."""
    if not wording.hits(text.lower(), words.DELIVERABLES):
        return []  # what looks for counts before the pieces tries every number
    text = TRAILING.sub(r"\2 \1", text)
    found: dict[str, int] = {}
    for match in _deliverable_pattern().finditer(text.lower()):
        name, stated = match["name"], match["n"] or match["n2"] or match["n3"] or match["n4"] or ""
        if stated in {"a", "an"} and text[: match.start()].endswith("  "):
            continue  # "80 bucks a post": the price was read and blanked
        count = wording.counted(stated, text)
        ahead, behind = text.lower()[: match.start("name")], text.lower()[match.end() :]
        if not count and (NOT_WORK_BEFORE.search(ahead[-14:]) or ABOUT.match(behind)):
            continue
        if not count and name in SHY:
            continue
        kind = KIND_OF[name]
        if kind not in found or count:
            found[kind] = count or 1
    pieces = PIECES.search(text.lower())
    if pieces and len(found) < 2:  # noqa: PLR2004  ("UGC videos, 8 pieces")
        named = [KIND_OF[match["name"]] for match in _deliverable_pattern().finditer(text.lower())]
        found = dict.fromkeys(named[:1], int(pieces[1])) or found
    return [{"kind": kind, "count": count} for kind, count in found.items() if count]


def placed(text: str, found: list[dict[str, Any]], besides: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Return pieces of work with the platform that is said beside them, where they go to several.

    `besides` are platforms that are known already: what is said of one alone is the campaign's own.
    """
    lowered = text.lower()
    at: dict[tuple[str, str], int] = {}
    for match in _deliverable_pattern().finditer(lowered):
        kind, stated = KIND_OF[match["name"]], match["n"] or match["n2"] or match["n3"] or match["n4"] or ""
        place = _place(lowered[match.start() : match.end("name")], lowered[match.end() :])
        if place and DeliverableKind(kind) not in BY_PLATFORM[Platform(place)].takes:
            continue
        if place and (stated or match["name"] not in SHY):
            at[kind, place] = wording.counted(stated, text) or 1
    if len({place for _, place in at} | set(besides)) < 2:  # noqa: PLR2004  (one network is the campaign's)
        return found
    alone = [piece for piece in found if piece["kind"] not in {kind for kind, _ in at}]
    own = [{"kind": kind, "count": count, "platform": place} for (kind, place), count in at.items()]
    return [*own, *alone]


def _place(named: str, behind: str) -> str:
    """Return the platform that is named before a kind ("LinkedIn posts") or right behind it ("posts on X")."""
    before = sorted(wording.hits(named, words.PLATFORMS))
    if before:
        return str(before[-1][2])
    follows = PLACED.match(behind)
    return next((name for name, many in words.PLATFORMS.items() if follows and follows[1] in many), "")


def kinds(text: str) -> list[str]:
    """Return the kinds of work a lower-case text names, in order of their places."""
    return [kind for _, _, kind in sorted(wording.hits(text, words.DELIVERABLES))]


def led_in(text: str) -> tuple[str, str]:
    """Return the piece that is named before a caption, empty where none is, and the caption."""
    match = LED_IN.match(text)
    return (KIND_OF[match[1].lower()], text[match.end() :].strip()) if match else ("", text.strip())
