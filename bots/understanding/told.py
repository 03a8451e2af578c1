"""What a brand's text tells creators: the product, do's and don'ts, rights, where to come to, what is sent.

Two ways of writing are read: a label at the beginning of a line with what belongs to it, as documents have
it, and a few plain sentences. What speaks of the budget is for nobody but the brand, and is left out.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

import regex as re

from bots.understanding import lexicon, numbers, places, wording

LINES_MAX, POINTS_MAX, CHARACTERS_MAX = 400, 12, 240
LABELS: dict[str, tuple[str, ...]] = {
    "product": (
        *("product", "products", "product name", "about the product", "the product", "dish"),
        *("producto", "el producto", "produto", "o produto", "उत्पाद", "प्रोडक्ट"),
    ),
    "donts": (
        *("don't", "don'ts", "donts", "dont", "do not", "don'ts & no-go's", "avoid", "must not", "no-gos"),
        *("no hacer", "qué no hacer", "evitar", "lo que no", "não fazer", "o que não fazer", "evite"),
        *("na karein", "mat karein", "न करें", "क्या न करें"),
    ),
    "dos": (
        *("do", "dos", "do's", "must have", "must haves", "must-haves", "mandatories", "key messages"),
        *(
            "note",
            "notes",
            "nota",
            "notas",
            "नोट",
            "talking points",
            "please do",
            "hacer",
            "qué hacer",
            "mensajes clave",
            "fazer",
            "o que fazer",
        ),
        *("mensagens principais", "karein", "करें", "क्या करें"),
    ),
    "rights": (
        *("usage rights", "rights", "usage", "content rights", "derechos", "derechos de uso", "direitos"),
        *("direitos de uso", "उपयोग अधिकार", "अधिकार"),
    ),
    "address": (
        *("address", "venue", "where to come", "where to visit", "dirección", "endereço", "पता"),
        *("local da visita", "lugar de la visita"),
    ),
    "goods": (
        *("we send", "we ship", "you get", "you receive", "goods", "gifting", "product sample", "samples"),
        *("te enviamos", "enviamos", "você recebe", "recebe", "हम भेजेंगे", "hum bhejenge"),
    ),
}
LISTS = frozenset({"dos", "donts"})
BULLET = re.compile(r"^\s*(?:[-•*–·▪✓✗✔✘]|\d{1,2}[.)])\s*")
VERBS = "mention|show|say|tag|use|include|film|feature|wear|talk about|compare|name|reveal|crop|add|post|call"
PEOPLE = wording.joined(tuple(lexicon.PEOPLE_WORDS))
HEADS = re.compile(rf"\d+\s+(?:\w+\s+){{0,2}}?(?:{PEOPLE})(?!\w)")
SECRETS_MAX = 6
SENTENCES: dict[str, re.Pattern[str]] = {
    "donts": re.compile(
        rf"(?<!\w)(?:please\s+)?(?:don't|do not|never|avoid)\s+((?:{VERBS})(?:ing)?\s[^.!;\n]{{2,160}})",
        re.IGNORECASE,
    ),
    "dos": re.compile(
        rf"(?<!\w)(?|(?:please|must|should|make sure to|always)\s+((?:{VERBS})\s[^.!;\n]{{2,160}})"
        r"|(?:notes?|notas?|नोट)\s*[:：]\s*([^;\n]{3,200}))",
        re.IGNORECASE,
    ),
    "goods": re.compile(
        r"(?<!\w)we(?:'ll| will)?\s+(?:send|ship|gift)\s+(?:(?:you|them|each(?:\s+creator)?|every creator|creators)\s+)?"
        r"([^.!;\n]{3,120}?)(?=,?\s+(?:worth|valued at)\b|[.!;\n]|$)",
        re.IGNORECASE,
    ),
    "address": re.compile(
        r"(?<!\w)(?|(?:visit|come to)\s+us\s+at\s+([^.!;\n]{5,160})"
        r"|(?:they|creators?|influencers?|bloggers?|you|who|everybody)\s+(?:(?:all|will|must|should|shall|can|have to|need to)\s+)*"
        r"(?:come|visit|drop by)\s+(?:(?:to|by|at|in)\s+)?([^,.!;\n]{3,120})"
        r"|(?:vienen|vengan|vendrán|venir|visitan|visiten)\s+(?:(?:al|a)\s+)?([^,.!;\n]{3,120})"
        r"|(?:vêm|venham|virão|vir|visitam|visitem)\s+(?:(?:ao|à|a|no|na)\s+)?([^,.!;\n]{3,120})"
        r"|([^,.;\n]{3,80}?(?<!\w)(?:pe|par|mein|me|पर|में)(?!\w)[^,.;\n]{0,40}?)\s+(?:aana|aayenge|aaye|aayein|आना|आएँगे|आएंगे)(?!\w))",
        re.IGNORECASE,
    ),
    "rights": re.compile(
        r"(?<!\w)(?:with\s+)?((?:usage|content)\s+rights\s+[^.!;,\n]{3,120})", re.IGNORECASE
    ),
    "product": re.compile(
        r"(?<!\w)(?|(?:for|launch(?:ing)?(?:\s+of)?|promot(?:e|ing)|about)\s+our\s+(?:new\s+)?([^,.;:\n]{3,60}?)"
        r"(?=\s+(?:in|with|by|at|under|within|for|before|on|who|from)\b|[,.;:\n]|$)"
        r"|(?:product|producto|produto|उत्पाद|प्रोडक्ट)\s*[:：]\s*([^,.;\n]{2,80})"
        r"|^\s*(?:for|para|pra)\s+([^,.;:\n\d]{2,40})[:：]"
        r"|^\s*([^,.;:\n\d]{2,40}?)\s+(?:ke liye|के लिए)\s*[:：])",
        re.IGNORECASE,
    ),
}


def slots(text: str) -> dict[str, Any]:
    """Return what a text tells creators, by slot of the campaign form: words, or lists of them."""
    found: dict[str, Any] = {}
    text = text.replace("’", "'")
    for name, points in _labelled(text):
        found.setdefault(name, []).extend(points)
    for name, pattern in SENTENCES.items():
        if name not in found:
            found[name] = [_tidy(match[1]) for match in islice(pattern.finditer(text), POINTS_MAX)]
    found["product"] = [", ".join(filter(_is_product, dict.fromkeys(found.get("product", []))))]
    kept = {
        name: [point for point in points if point and _may_be_told(point)] for name, points in found.items()
    }
    return {
        name: list(dict.fromkeys(points))[:POINTS_MAX] if name in LISTS else points[0]
        for name, points in kept.items()
        if points
    }


def secrets(text: str) -> list[str]:
    """Return what a text says of money and of how many people it looks for, in its own words."""
    normal = wording.normalise(text)
    spans = [q.span for q in numbers.quantities(normal) if q.currency or _near_budget(normal, q.span)]
    spans += [match.span() for match in islice(HEADS.finditer(normal.casefold()), SECRETS_MAX)]
    found = (" ".join(normal[start:end].split()) for start, end in sorted(spans))
    return list(dict.fromkeys(filter(None, found)))[:SECRETS_MAX]


def _near_budget(text: str, span: tuple[int, int]) -> bool:
    return wording.has_word(text[max(0, span[0] - 24) : span[0]].casefold(), lexicon.BUDGET_CUES)


def _labelled(text: str) -> Iterator[tuple[str, list[str]]]:
    """Give what stands behind each label: on its line, and in the points below it."""
    current, points = "", list[str]()
    for line in text.splitlines()[:LINES_MAX]:
        match = _label().match(BULLET.sub("", line))
        if match:
            if current:
                yield current, points
            current = _slot_of(match[1])
            points = [_tidy(match[2])] if match[2].strip() else []
        elif current and BULLET.match(line) and (current in LISTS or not points):
            points.append(_tidy(BULLET.sub("", line)))
        elif current and line.strip() and not points:
            points.append(_tidy(line))
        elif current and (line.strip() or points):
            yield current, points
            current = ""
    if current:
        yield current, points


@cache
def _label() -> re.Pattern[str]:
    every = wording.joined(tuple(label for labels in LABELS.values() for label in labels))
    return re.compile(rf"\s*\**({every})\**\s*(?:[:：]|\s[-–]\s)\**(.*)$", re.IGNORECASE)


def _slot_of(label: str) -> str:
    typed = " ".join(label.casefold().split())
    return next(name for name, labels in LABELS.items() if typed in labels)


def _is_product(words: str) -> bool:
    """Tell whether what a brief is for is no place and no network: "for Pune: 3 food creators"."""
    return not places.cities(words) and not wording.topics(words, lexicon.PLATFORMS)


def _tidy(words: str) -> str:
    return " ".join(words.split()).strip(" .,;:-–*")[:CHARACTERS_MAX]


def _may_be_told(point: str) -> bool:
    """Tell whether a point speaks neither of the budget nor of how many creators there are."""
    lowered = point.casefold()
    return not wording.has_word(lowered, lexicon.BUDGET_CUES) and not re.search(
        rf"\d+\s+(?:{PEOPLE})(?!\w)", lowered
    )
