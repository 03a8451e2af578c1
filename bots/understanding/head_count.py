"""How many creators a brief wants, and with how many followers."""

from collections.abc import Iterable
from functools import cache
from itertools import islice

import regex as re

from bots.understanding import budget, numbers, pieces, wording
from bots.understanding import lexicon as words
from bots.understanding.calendar_words import UNITS
from bots.understanding.numbers import Quantity

COUNT_MAX = 500
OTHER = 7
NEAR = 80  # characters that are looked back for a label
PEOPLE = wording.joined(tuple(words.PEOPLE_WORDS))
KINDS = wording.joined(tuple(pieces.KIND_OF))
PEOPLE_NAMED = re.compile(rf"(?<!\w)(?:{PEOPLE})(?!\w)")
LABELLED_COUNT = re.compile(
    rf"(?<!\w)(?:{PEOPLE}|jumlah|anzahl|cantidad|quantidade|संख्या)\s*[:=]\s*([^\W\d_]+)"
)
PEOPLE_IN_BRACKETS = re.compile(rf"(?:{PEOPLE})\s*\(\s*$")
ON_PLATFORM = re.compile(
    rf"\s*(?:on|en|no|na|di|auf|bei|pe|par|पर)\s+(?:{wording.joined(tuple(name for many in words.PLATFORMS.values() for name in many))})(?!\w)"
)
WHO_HAS = re.compile(r"(?<!\w)(?:with|having|have|has|con|com|mit|dengan|avec|above|over)\s*$")
DIGIT, COMMA_OR_DIGIT, PART_OR_DIGIT = re.compile(r"\d"), re.compile(r"[,\d]"), re.compile(r"[,;]|\d")
MADE_BY = re.compile(r"\b(?:by|per|from)\b")
A_WORD = r"[^\W\d_][\w\u0900-\u094d'/-]*"
ON_PLATFORM_BEHIND = re.compile(rf"(\s*{A_WORD}(?:\s+{A_WORD}){{0,2}}?){ON_PLATFORM.pattern}")
WORDS_OF_PEOPLE = 3
PEOPLE_FIRST = re.compile(
    rf"(?<!\w)(?:{PEOPLE})\s+([^\W_]+)\s+(?:chahiye|chahie|chaiye|chahiyen|चाहिए|needed|required|wanted|gesucht|nos)(?!\w)"
)
"""As Hindi puts it: "creator do chahiye"."""
COUNT_BEFORE = 120  # characters
COUNT_LABEL = re.compile(
    rf"(?<!\w)(?:{PEOPLE}|jumlah|anzahl|cantidad|quantidade|number of [^\W\d_]+|no\.? of [^\W\d_]+|संख्या|menge|total creators)\s*[:=]\s*(?:entre|between|zwischen|antara|around|about|circa|max\.?|min\.?|up to)?\s*$",
    re.IGNORECASE,
)


def whole(limits: dict[str, float]) -> dict[str, int]:
    """Return limits as whole numbers."""
    return {name: int(value) for name, value in limits.items()}


def tops(text: str, q: Quantity, least: tuple[int, int]) -> bool:
    """Tell whether a number ends a range that another began: "at least 8k followers, at most 40k"."""
    near = 0 <= q.span[0] - least[1] <= 40  # noqa: PLR2004  (characters)
    free = not q.currency and not budget.near_budget(text, q) and budget.per(text, q) == "total"
    return near and free and q.scaled and numbers.bound(text, q) == "max"


def is_followers(text: str, q: Quantity) -> bool:
    """Tell whether a number counts followers that are wished for."""
    if q.currency or q.high < 100:  # noqa: PLR2004
        return False
    behind, *more = DIGIT.split(wording.after(text, q.span[1], 34))
    if more:  # "3 juta total, followers 5rb": the word belongs to the number after it
        behind = behind.partition(",")[0]
    if wording.has_word(" ".join(behind.split()[:5]), words.FOLLOWER_WORDS):
        return True
    ahead = COMMA_OR_DIGIT.split(wording.before(text, q.span[0], 34))[-1]
    if q.open_top and q.scaled and WHO_HAS.search(ahead):
        return True  # "anyone with 10k+"
    if q.is_range and q.scaled and ON_PLATFORM.match(behind):
        return True  # "10-40k on insta"
    if q.is_range and q.scaled and PEOPLE_IN_BRACKETS.search(ahead):
        return True  # "40 creators (3k - 15k)"
    return wording.has_word(" ".join(ahead.split()[-5:]), words.FOLLOWER_WORDS) and not q.currency


def is_count(text: str, q: Quantity) -> bool:
    """Tell whether a number counts the creators."""
    if q.currency or q.scaled or q.high > COUNT_MAX or q.high != int(q.high) or q.low < 1:
        return False
    if COUNT_LABEL.search(text[max(0, q.span[0] - NEAR) : q.span[0]]):
        return True
    behind = PART_OR_DIGIT.split(wording.after(text, q.span[1], 60))[0]
    near = behind.split()[:6]
    for i, word in enumerate(near):
        clean = word.strip("().,:!?").rpartition("-")[2]
        if clean in pieces.KIND_OF and not set(near[i + 1 : i + 2]) & set(words.PEOPLE_WORDS):
            return False
        if clean in words.PEOPLE_WORDS:
            return not MADE_BY.search(" ".join(near[:i]))
    return False


WANTED = re.compile(
    r"(?<!\w)(?:need|needs|want|require|seeking|hire|find(?: me| us)?|get me|looking for|brauchen?|suchen?|busc(?:o|a|amos)|necesit(?:o|a|amos)|quier(?:o|e)|queremos|quer(?:o|emos)|procur(?:o|a|amos)|precis(?:o|amos)|butuh|cari|mencari|perlu|cherch(?:e|ons)|voulons|besoin de)"
    r"(?: (?:about|around|some|only|just|exactly|like|maybe|another|unos|unas|cerca de|uns|umas|sekitar|rund|etwa|environ))*\s*$"
)
WANTED_BEHIND = re.compile(
    rf"\s*{A_WORD}(?:\s+{A_WORD}){{0,3}}?\s+(?:chahiye|chahie|chaiye|chahiyen|चाहिए|needed|required|wanted|gesucht|dibutuhkan|on board)(?!\w)"
)
WANTED_MAX = 50
NOT_PEOPLE = re.compile(
    r"(?:stars?|sterne?n?|estrellas?|estrelas?|bintang|hotels?|hours?|times?|weeks?|days?|months?|years?|views?|likes?|clicks?|sales|orders?|downloads?|installs?|leads?|visits?|visitors?|customers?|kunden|clientes|pedidos|ventas|vendas|ideas?|options?|outlets?|shops?|stores?|branches|products?|samples?|pcs|pieces|units?|stück|piezas|peças|cities|languages?|rooms?|tables?|seats?|shades?|flavou?rs?|percent|%|din|hafte|mahine|hari|minggu|bulan|tage?n?|wochen?|monate?n?|días?|dias?|semanas?|mes(?:es)?)"
)


def wanted(text: str, quantities: Iterable[Quantity]) -> dict[str, int]:
    """Return how many are wanted of whom no list knows: "need 7 potters", "8 Hundebesitzer auf TikTok".

    What is counted must be named by a word that is no piece of work, no time and nothing of a shop's.
    """
    for q in quantities:
        if q.currency or q.scaled or not 1 <= q.low <= q.high <= WANTED_MAX or q.high != int(q.high):
            continue
        behind = re.split(r"[,.;:!?\n।|]", text[q.span[1] : q.span[1] + NEAR].lower())[0]
        network = ON_PLATFORM_BEHIND.match(behind)
        near = (network[1] if network else behind).split()[:WORDS_OF_PEOPLE]
        if any(word in pieces.KIND_OF or NOT_PEOPLE.fullmatch(word) for word in near):
            continue
        asked = WANTED.search(text[max(0, q.span[0] - NEAR) : q.span[0]].lower())
        if asked or network or WANTED_BEHIND.match(behind):
            return whole(numbers.limits(text, q, "both"))
    return {}


def counts(text: str) -> bool:
    """Tell whether every number of a text counts something other than money: "2 reels each", "6 creators"."""
    normal = wording.normalise(text)
    found = numbers.quantities(normal)
    return bool(found) and all(_counts(normal, q) for q in found)


def _counts(text: str, q: Quantity) -> bool:
    if q.currency or q.scaled:
        return False
    start, end = q.span
    other = f"{text[:start]}{OTHER if q.high != OTHER else OTHER + 1}{text[end:]}"
    behind = wording.after(text, end, 16)
    work = [piece for piece in pieces.deliverables(text) if piece["count"] == q.high]
    of_work = any(piece not in pieces.deliverables(other) for piece in work)
    return of_work or is_count(text, q) or wording.begins_with(behind, (*UNITS, "%"))


@cache
def _counted_people() -> re.Pattern[str]:
    counts = wording.joined(tuple(words.NUMBER_WORDS))
    return re.compile(
        rf"(?<![\w-])(?:a\s+(?=couple|dozen))?({counts})\s+(?:(?:(?:or|to|o|ou|oder|bis|atau|ya|या|से|se|a)\s+)?({counts})\s+|of\s+)?"
        rf"(?:(?!(?:{KINDS}|per|pro|por|je|each|by)\s)[^\W\d_][\w/-]*\s+){{0,4}}?(?:[^\W\d_]+-)?(?:{PEOPLE})(?!\w)"
    )


def in_words(text: str) -> dict[str, int]:
    """Return a count in words: looked for before the words for people alone, since it costs much elsewhere."""
    lowered = text.lower()
    labelled = LABELLED_COUNT.search(lowered) if ":" in text or "=" in text else None
    if labelled and (number := words.NUMBER_WORDS.get(labelled[1], 0)) > 1:
        return {"min": number, "max": number}
    named = [match.span() for match in islice(PEOPLE_NAMED.finditer(lowered), wording.CUES_MAX)]
    if (
        named
        and (first := PEOPLE_FIRST.search(lowered))
        and 0 < (number := wording.counted(first[1], text)) <= COUNT_MAX
    ):
        return {"min": number, "max": number}
    tries = (_counted_people().search(lowered, max(0, start - COUNT_BEFORE), end) for start, end in named)
    match = next(filter(None, tries), None)
    number = wording.counted(match[1], text) if match else 0
    if not match or not number:
        return {}
    if match[2]:
        return {"min": number, "max": wording.counted(match[2], text) or number}
    plural = match[0].rstrip().endswith("s")
    if match[1] in {"a", "an", "un", "una", "um", "uma", "ein", "eine", "do"} and plural:
        return {}
    return {"min": number, "max": number}


def bare(text: str, quantities: Iterable[Quantity]) -> dict[str, int]:
    """Return a small number of a text's that stands alone: "Instagram, at least 5, budget …"."""
    for q in quantities:
        ahead, behind = re.split(r"[,(\n]", text[max(0, q.span[0] - 200) : q.span[0]])[-1], text[q.span[1] :]
        cue = re.sub(
            r"^\s*(?:between|entre|zwischen|antara|around|about|etwa|ca\.?|unos|unas|cerca de|sekitar)\s*$",
            "",
            ahead.lower(),
        )
        plain = not q.currency and not q.scaled and q.low >= 1 and q.high <= COUNT_MAX  # fmt: skip
        stated = q.is_range or bool(numbers.bound(text, q))
        alone = not cue.strip() or wording.ends_with(cue, (*words.MIN_BEFORE, *words.MAX_BEFORE))
        if plain and stated and alone and re.match(r"\s*(?:[,;)\n।]|\.(?!\d)|$)", behind):
            return whole(numbers.limits(text, q, "both"))
    return {}
