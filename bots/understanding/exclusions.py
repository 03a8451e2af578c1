"""What a brief does not want."""

import regex as re

from bots.understanding import lexicon as words
from bots.understanding import wording

EXCLUSION = re.compile(
    rf"(?<![\w-])(?:{wording.joined(tuple(words.EXCLUDE_BEFORE))})\s+"
    r"(?:(?:yang|who|that|which|que|die|jo|promosi|promoting|promote|promueva\w*|promova\w*)\s+)*"
    r"((?:[^\W\d_][\w'-]*)(?:\s+(?!(?:and|or|y|und|e|dan|o|ou|oder|atau|ni|nor|nem|please|by|in|under|but|with)\b)[^\W\d_][\w'-]*){0,2})"
    rf"((?:\s*(?:,|/|\b(?:or|o|ou|oder|atau|nor|ni|nem|and|y|e|und|dan)\b)\s+(?!\d|(?:{wording.joined(tuple(words.EXCLUDE_BEFORE))})\s)[^\W\d_][\w'-]*){{0,3}})",
    re.IGNORECASE,
)  # fmt: skip
CONJUNCTION = r"\b(?:or|o|ou|oder|atau|nor|ni|nem|and|y|e|und|dan)\b"
PORTUGUESE = re.compile(
    r"\b(?:não|precisamos|procuro|orçamento|criador\w*|influenciador\w*|até|campanha|com|seguidores no|reais)\b"
)
EXCLUSION_AFTER = re.compile(
    rf"([^\W\d_][\w'-]*(?:\s+[^\W\d_][\w'-]*)?)\s+(?:(?:और|aur|ya|या)\s+([^\W\d_][\w'-]*)\s+)?(?:{wording.joined(tuple(words.EXCLUDE_AFTER))})(?!\w)",
    re.IGNORECASE,
)  # fmt: skip


def exclusions(text: str) -> tuple[list[str], str]:
    """Return what must not be, and the text without those words, so that nobody wishes for them."""
    found: list[str] = []
    spans: list[tuple[int, int]] = []
    portuguese = PORTUGUESE.search(text.lower()) is not None
    for match in EXCLUSION.finditer(text):
        if portuguese and match[0][:3].lower() == "no ":
            continue  # "no" is "in the" there
        first = _trim(match[1])
        if not first or first.split()[0] in words.EXCLUDE_STOPS:
            continue
        listed_on = re.search(CONJUNCTION, match[2]) if "," in match[2] else True
        more = [] if not listed_on else [_trim(part) for part in re.split(rf",|/|{CONJUNCTION}", match[2])]
        found += [first, *filter(None, more)]
        spans.append(match.span() if more else match.span(1))
    for match in EXCLUSION_AFTER.finditer(text):
        thing = _trim(match[1])
        if set(thing.split()[-1:]) & words.EXCLUDE_STOPS:
            continue
        if thing and not any(s <= match.start() < e for s, e in spans):
            found.append(thing.split()[-1] if len(thing.split()) > 1 else thing)
            found += [_trim(match[2])] if match[2] and _trim(match[2]) else []
            spans.append(match.span())
    return list(dict.fromkeys(found)), wording.blank(text, spans)


def _trim(phrase: str) -> str:
    parts = phrase.lower().strip(" .,").split()
    while parts and parts[-1] in words.EXCLUDE_TAIL:
        parts.pop()
    while parts and parts[0] in {
        "any",
        "conteúdo",
        "contenido",
        "conteúdos",
        "contenidos",
        "konten",
        "content",
        "inhalte",
        "jegliche",
        "ningún",
        "ninguna",
        "the",
        "a",
        "of",
        "about",
        "de",
        "el",
        "la",
        "other",
        "have",
        "want",
        "use",
        "do",
        "to",
        "on",
    }:
        parts.pop(0)
    return " ".join(parts)
