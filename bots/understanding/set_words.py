"""What a sentence wants of a chosen set that names people: those alone, or one for another. Pure."""

import regex as re

from bots.understanding import change_words as words
from bots.understanding import changes, wording

ONLY = re.compile(
    rf"^(?P<ahead>.*?)(?<!\w)(?:{wording.joined((*words.ONLY, 'just', 'bas', 'nomás', 'nur'))})\s+(?P<names>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
BESIDE = frozenset(
    [
        *(
            "pay",
            "send",
            "offer",
            "offers",
            "keep",
            "take",
            "choose",
            "invite",
            "go",
            "keeping",
            "want",
            "payment",
        ),
        *(
            "paga",
            "pagar",
            "pago",
            "manda",
            "envía",
            "envia",
            "oferta",
            "ofertas",
            "quiero",
            "deja",
            "quédate",
            "toma",
        ),
        *(
            "pague",
            "quero",
            "mande",
            "envie",
            "fique",
            "deixa",
            "fica",
            "pra",
            "às",
            "ao",
            "al",
            "las",
            "nomás",
        ),
        *(
            "karo",
            "kar",
            "do",
            "rakho",
            "rakhna",
            "rakh",
            "chahiye",
            "liye",
            "bhejo",
            "bhej",
            "lo",
            "dono",
            "paise",
            "log",
        ),
        *("करो", "रखो", "चाहिए", "लिए", "भेजो", "दोनों", "कर", "दो"),
    ]
)
"""What is said beside the names and is none of them."""


def only(text: str) -> str:
    """Return the names of those who alone shall stay, as they were said; empty where a sentence names none."""
    match = ONLY.match(wording.normalise(text).strip(" .!"))
    if match is None or [word for word in changes.content(match["ahead"]) if word not in BESIDE]:
        return ""
    return _bare(match["names"])


def swapped(text: str) -> tuple[str, str] | None:
    """Return who shall go and who shall come, as they were said; None where no sentence says both."""
    normal = wording.normalise(text).strip(" .!")
    for pattern in (changes.SWAPPED, changes.IN_PLACE_OF, THEIR_PLACE):
        if match := pattern.search(normal):
            old, new = _bare(match["old"]), _bare(match["new"])
            return (old, new) if old and new else None
    return None


THEIR_PLACE = re.compile(
    r"(?P<old>[^,;.\n]+?)\s+(?:ki jagah|ke badle|ke bajay|की जगह|के बदले|के बजाय)\s+(?P<new>[^,;.\n]+)",
    re.IGNORECASE,
)


def _bare(said: str) -> str:
    """Return names without the words around them."""
    parts = said.strip(" .,:;!").split()
    while parts and _is_beside(parts[0]):
        parts.pop(0)
    while parts and _is_beside(parts[-1]):
        parts.pop()
    return " ".join(parts)


def _is_beside(word: str) -> bool:
    bare = word.casefold().strip(" .,:;!")
    return not changes.content(bare) or bare in BESIDE
