"""Reads single facts out of free text: numbers, money, dates, places, handles. Rules only, no model.

Every reader is pure. Spans are positions in the normalised text, which has the same words as the original
but ASCII digits and plain spaces.
"""

import calendar
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import Any

import regex as re
from rapidfuzz import fuzz, process

from bots.understanding import gazetteer
from bots.understanding import lexicon as words

NUMBER = r"\d+(?:[.,]\d+)*"
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'|]+[^\s<>\"'|.,;:!?)\]]", re.IGNORECASE)
BARE_LINK = re.compile(
    r"(?<![@\w.])(?:[a-z0-9-]+\.)+(?:com|in|co|io|shop|store|net|org|de|mx|br|id|es|me|app)(?:/[^\s,;]*)?(?![\w@])",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w@./])@([a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?)(?!\w)", re.IGNORECASE)
HASHTAG = re.compile(r"#([^\W_]\w{1,59})")
SENTENCE_END = re.compile(r"[;!?\n।]|\.\s")
HALVES = {"dedh": "1.5", "डेढ़": "1.5", "dhai": "2.5", "dhaai": "2.5", "adhai": "2.5", "ढाई": "2.5"}
HINDI_WORDS = re.compile(
    r"\b(?:chahiye|chaiye|hai|hain|hoon|hu|karna|karo|karwana|mujhe|mera|meri|hume|hamein|humara|hamare|wale|wali|aur|ke|ki|ka|se|"
    r"mein|pe|liye|denge|dunga|leta|leti|bhai|yaar|banata|banati|tak|nahi|kam)\b"
)
SPOKEN_IN_HINDI = frozenset({"do", "das", "teen", "char", "saat", "bees"})
"""Hindi numbers in Latin letters that are words of other languages too."""
RUPIAH = re.compile(r"\b(?:juta|jt|ribu|rb)\b|\d(?:jt|rb)\b")
COMPOUND = re.compile(
    r"(?<![@#\w./])(reise|mode|food|fitness|beauty|eltern|technik|mama|familien|bücher|auto|tier|hunde|koch|back|sport|musik|kunst|diy)"
    r"(blogger|influencer|creator|youtuber|tiktoker)",
    re.IGNORECASE,
)
CONTEXT = 42
READ_CHARACTERS_MAX = 3_000
WORD_CHARACTERS_MAX = 200
QUANTITIES_MAX, WORDS_MAX, CITIES_MAX, HANDLES_MAX, CUES_MAX = 32, 600, 24, 24, 12


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in major units and its currency, empty where the text names none."""

    major: float
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text, or a range of two, with what stands on it."""

    low: float
    high: float
    span: tuple[int, int]
    currency: str
    scaled: bool
    indian: bool
    open_top: bool

    @property
    def is_range(self) -> bool:
        """Tell whether two numbers make it."""
        return self.low != self.high


def normalise(text: str) -> str:
    """Return text in NFKC with ASCII digits, plain dashes and single spaces (lines stay, empty ones once).

    Reads the first READ_CHARACTERS_MAX characters; a "word" above WORD_CHARACTERS_MAX is no word.
    """
    text = re.sub(rf"\S{{{WORD_CHARACTERS_MAX},}}", " ", text[:READ_CHARACTERS_MAX])
    text = unicodedata.normalize("NFKC", text)[:READ_CHARACTERS_MAX]  # "½" and others become longer
    text = text.replace("\u200b", "").replace("’", "'")
    text = re.sub(r"[–—−]", "-", text)
    text = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    text = re.sub(r"(?<=\d)'(?=\d{3}(?!\d))", "", text)  # 2'400, as the Swiss write
    text = COMPOUND.sub(r"\1 \2", text)
    halves = re.compile(
        rf"(?<!\w)({'|'.join(HALVES)})(?=\s+(?:lakh|lac|hazaa?r|crore|karod|लाख|हज़ार|हजार|करोड़))",
        re.IGNORECASE,
    )
    text = halves.sub(lambda match: HALVES[match[1].lower()], text)
    return re.sub(r"\n(?: ?\n)+", "\n\n", re.sub(r"[^\S\n]+", " ", text))


def currency_of_writing(text: str) -> str:
    """Return the currency of the only country that writes like this: rupees for Hindi and Hinglish."""
    hindi = re.search(r"[\u0900-\u097f]{2}", text) or len(set(HINDI_WORDS.findall(text.lower()))) > 1
    return "INR" if hindi else ""


def counted(word: str, text: str) -> int:
    """Return the number a word means in a text, 0 for none: "do" is two only where Hindi is written."""
    word = word.lower()
    if word in SPOKEN_IN_HINDI and not currency_of_writing(text):
        return 0
    return int(word) if word.isdigit() else words.NUMBER_WORDS.get(word, 0)


def value_of(digits: str) -> float | None:
    """Return the number behind its digits, in western, Indian or continental notation."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits) or re.fullmatch(r"\d{1,2}(?:,\d{2})+,\d{3}", digits):
        return float(re.sub(r"[.,]", "", digits))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d{1,2}", digits):
        return float(digits.replace(".", "").replace(",", "."))
    cleaned = digits.replace(",", "") if re.search(r",\d{3}(?!\d)", digits) else digits.replace(",", ".")
    try:
        return float(cleaned)
    except ValueError:
        return None


@cache
def _quantity_pattern() -> re.Pattern[str]:
    multipliers = "|".join(sorted(map(re.escape, words.MULTIPLIERS), key=len, reverse=True))
    currencies = "|".join(sorted(map(re.escape, words.CURRENCIES), key=len, reverse=True))
    one = rf"(?P<n{{i}}>{NUMBER})(?:\s*(?P<m{{i}}>{multipliers})(?![^\W\d_]))?"
    cur = rf"(?P<{{name}}>{currencies})(?![^\W\d_])"
    return re.compile(
        rf"(?<![\w#@.])(?:{cur.format(name='c1')}\s*)?{one.format(i=1)}\s*(?:(?:de\s+)?{cur.format(name='c2')}\s*)?"
        rf"(?:\s*(?:-|to|y|a|and|or|o|ou|oder|atau|ya|या|bis|até|hasta|sampai|hingga|se|e|und|dan|से|s\.d\.)\s*(?:{cur.format(name='c3')}\s*)?{one.format(i=2)}"
        rf"(?:\s*{cur.format(name='c4')})?)?(?P<plus>\s?\+)?(?:/-)?",
        re.IGNORECASE,
    )


def quantities(text: str) -> list[Quantity]:
    """Return the first numbers of a normalised text, ranges joined, left to right.

    Nobody states more than QUANTITIES_MAX of them; what asks each for its neighbours would take seconds.
    """
    lowered = text.lower()
    matches = islice(_quantity_pattern().finditer(lowered), QUANTITIES_MAX)
    return [q for match in matches if (q := _quantity(match))]


def _quantity(match: re.Match[str]) -> Quantity | None:
    low = value_of(match["n1"])
    if low is None:
        return None
    m1, m2 = match["m1"], match["m2"]
    signs = [match[c] for c in ("c1", "c2", "c3", "c4") if match[c]]
    signs.sort(key=lambda sign: sign == "$")  # "$40,000 MXN" are pesos
    currency = words.CURRENCIES[signs[0]] if signs else ""
    indian = any(m in words.INDIAN_MULTIPLIERS for m in (m1, m2) if m)
    low_scaled = low * words.MULTIPLIERS.get(m1 or "", 1)
    if match["n2"] is None:
        return Quantity(low_scaled, low_scaled, match.span(), currency, bool(m1), indian, bool(match["plus"]))
    high = value_of(match["n2"]) or 0.0
    high *= words.MULTIPLIERS.get(m2 or "", 1)
    if not m1 and m2 and low < 1_000:  # noqa: PLR2004  ("5-10k" means five thousand)
        low_scaled = low * words.MULTIPLIERS[m2]
    if high < low_scaled:
        end = match.end("m1") if m1 else match.end("n1")
        return Quantity(
            low_scaled, low_scaled, (match.start(), end), currency, bool(m1), indian, open_top=False
        )
    return Quantity(low_scaled, high, match.span(), currency, bool(m1 or m2), indian, bool(match["plus"]))


def before(text: str, start: int, width: int = CONTEXT) -> str:
    """Return the lower-case words before a place, of the same sentence."""
    return re.split(r"[.;!?\n]\s|।", text[max(0, start - width) : start])[-1].lower().rstrip()


def after(text: str, end: int, width: int = CONTEXT) -> str:
    """Return the lower-case words after a place, of the same sentence."""
    return SENTENCE_END.split(text[end : end + width])[0].lower()


def ends_with(text: str, endings: Iterable[str]) -> bool:
    """Tell whether text ends with one of these words."""
    return _one_of(r"(?<!\w)(?:{})\s*[:=]?$", tuple(endings)).search(text) is not None


def begins_with(text: str, beginnings: Iterable[str]) -> bool:
    """Tell whether text begins with one of these words."""
    return _one_of(r"\s*(?:{})(?!\w)", tuple(beginnings)).match(text) is not None


def bound(text: str, quantity: Quantity) -> str:
    """Return max, min or nothing: what the words around a number make of it."""
    ahead, behind = before(text, quantity.span[0], 22), after(text, quantity.span[1], 34)
    behind = re.sub(rf"^\s*(?:{_joined(words.FOLLOWER_WORDS)})\s*", "", behind)
    bare = re.sub(r"(?:of|is|of about|around|about|ca\.?|a|the|de|la|budget|:)\s*$", "", ahead).rstrip()
    if any(ends_with(a, words.MAX_BEFORE) for a in (ahead, bare)) or begins_with(behind, words.MAX_AFTER):
        return "max"
    least = any(ends_with(a, words.MIN_BEFORE) for a in (ahead, bare))
    return "min" if quantity.open_top or least or begins_with(behind, words.MIN_AFTER) else ""


def limits(text: str, quantity: Quantity, plain: str) -> dict[str, float]:
    """Return {min, max} of a number; `plain` says what a number without a bound is: min, max or both."""
    if quantity.is_range:
        return {"min": quantity.low, "max": quantity.high}
    which = bound(text, quantity) or plain
    if which == "both":
        return {"min": quantity.low, "max": quantity.low}
    return {which: quantity.low}


@cache
def _one_of(shape: str, vocabulary: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of any of these words in a shape: one search, not one for each word."""
    return re.compile(shape.format("|".join(map(re.escape, vocabulary))))


@cache
def _joined(vocabulary: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, vocabulary), key=len, reverse=True))


def has_word(text: str, vocabulary: Iterable[str]) -> bool:
    """Tell whether one of these words is in a text, as a whole word."""
    return _one_of(r"(?<!\w)(?:{})(?!\w)", tuple(vocabulary)).search(text) is not None


def number(text: str) -> int | None:
    """Return the first whole number of an answer, in digits or words."""
    found = quantities(normalise(text))
    if found:
        return int(found[0].high)
    for word in WORD.findall(text.lower()):
        if word in words.NUMBER_WORDS and word not in {"a", "an", "do"}:
            return words.NUMBER_WORDS[word]
    return None


def amount(text: str) -> Amount | None:
    """Return the amount of an answer that is expected to be one; "2 lakh 50 thousand" adds up."""
    normal = normalise(text)
    found = quantities(normal)
    if not found:
        return None
    total, last = found[0].high, found[0]
    for q in found[1:]:
        if q.scaled and last.scaled and q.high < last.high and q.span[0] - last.span[1] <= 1:
            total, last = total + q.high, q
    currency = next((q.currency for q in found if q.currency), "")
    return Amount(total, currency or ("INR" if any(q.indian for q in found) else ""))


def follower_range(text: str) -> dict[str, int]:
    """Return {min, max} of an answer about followers."""
    normal = normalise(text)
    found = quantities(normal)
    return {k: int(v) for k, v in limits(normal, found[0], "min").items()} if found else {}


def day(text: str, today: date) -> date | None:
    """Return the day a text means, seen from `today`; a day without a year is the next one."""
    normal = normalise(text).lower()
    for reader in (_iso_day, _named_day, _slashed_day, _relative_day, _feast_day):
        found = reader(normal, today)
        if found is not None:
            return found
    return None


def _make(year: int, month: int, number_: int) -> date | None:
    try:
        return date(year, month, number_)
    except ValueError:
        return None


def _next(month: int, number_: int, today: date) -> date | None:
    this = _make(today.year, month, number_)
    return this if this is None or this >= today else _make(today.year + 1, month, number_)


def _iso_day(text: str, today: date) -> date | None:
    del today
    match = re.search(r"\b(20\d\d)-(\d{1,2})-(\d{1,2})\b", text)
    return _make(int(match[1]), int(match[2]), int(match[3])) if match else None


def _named_day(text: str, today: date) -> date | None:
    months = "|".join(sorted(map(re.escape, words.MONTHS), key=len, reverse=True))
    year = r"(?:,?\s*(?:de\s+|del\s+)?(20\d\d))?"
    first = re.search(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th|º|ª|\.)?\s*(?:of\s+|de\s+)?({months})(?!\w)\.?{year}", text
    )
    if first:
        number_, month, stated = int(first[1]), words.MONTHS[first[2]], first[3]
    else:
        second = re.search(rf"(?<!\w)({months})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|k|\w){year}", text)
        if not second:
            return None
        number_, month, stated = int(second[2]), words.MONTHS[second[1]], second[3]
    return _make(int(stated), month, number_) if stated else _next(month, number_, today)


def _slashed_day(text: str, today: date) -> date | None:
    match = re.search(r"(?<![\d.,])(\d{1,2})[/.](\d{1,2})(?:[/.](20\d\d|\d\d))?(?![\d/])", text)
    if not match:
        return None
    number_, month = int(match[1]), int(match[2])
    if month > 12 >= number_:  # noqa: PLR2004  (month first, as in the United States)
        number_, month = month, number_
    if match[3]:
        return _make(int(match[3]) + (2000 if len(match[3]) == 2 else 0), month, number_)  # noqa: PLR2004
    return _next(month, number_, today) if 1 <= month <= 12 else None  # noqa: PLR2004


def _relative_day(text: str, today: date) -> date | None:  # noqa: PLR0911  (one reader after the other)
    if re.search(words.END_OF_MONTH, text):
        return today.replace(day=calendar.monthrange(today.year, today.month)[1])
    if re.search(words.NEXT_MONTH, text):
        first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return first.replace(day=min(today.day, calendar.monthrange(first.year, first.month)[1]))
    units = "|".join(sorted(map(re.escape, words.UNITS), key=len, reverse=True))
    match = re.search(rf"(\d{{1,3}}|[^\W\d_]+)\s+({units})(?!\w)", text)
    if match:
        count = int(match[1]) if match[1].isdigit() else words.NUMBER_WORDS.get(match[1], 0)
        if count:
            return _later(today, count, words.UNITS[match[2]])
    if re.search(words.NEXT_WEEK, text):
        return today + timedelta(days=7)
    if re.search(words.THIS_WEEKEND, text):
        return today + timedelta(days=(6 - today.weekday()) % 7)
    for word in WORD.findall(text):
        if word in words.WEEKDAYS and word not in {"minggu", "sexta"}:
            ahead = (words.WEEKDAYS[word] - today.weekday() - 1) % 7 + 1
            return today + timedelta(days=ahead)
    if re.search(words.TOMORROW, text):
        return today + timedelta(days=1)
    return today if re.search(r"\b(?:today|aaj|आज|hoy|hoje|hari ini|heute)\b", text) else None


def _feast_day(text: str, today: date) -> date | None:
    match = re.search(rf"(?<!\w)(?:{_joined(tuple(words.FEASTS))})(?!\w)", text)
    return _next(*words.FEASTS[match[0]], today) if match else None


def _later(today: date, count: int, unit_days: int) -> date:
    if unit_days < 30:  # noqa: PLR2004  (days and weeks)
        return today + timedelta(days=count * unit_days)
    month = today.month - 1 + count
    year, month = today.year + month // 12, month % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def links(text: str) -> list[str]:
    """Return the web addresses in a text; a bare domain gets its https://."""
    found = [match[0] for match in LINK.finditer(text)]
    rest = LINK.sub(" ", text)
    found += [match[0] for match in BARE_LINK.finditer(rest)]
    return list(dict.fromkeys(link if "//" in link else f"https://{link}" for link in found))


def handle(text: str) -> str | None:
    """Return the handle of an answer that is expected to be one, without the @."""
    profile = re.search(r"(?:instagram|tiktok|youtube|twitter|x)\.com/@?([\w.]+)", text, re.IGNORECASE)
    found = profile or HANDLE.search(text)
    if found:
        return found[1].strip(".").lower()
    typed = text.strip().lstrip("@").lower()
    return typed if re.fullmatch(r"[a-z0-9_.]{2,30}", typed) else None


def grams(text: str, most: int = 3) -> Iterator[tuple[str, int, int]]:
    """Yield every run of up to `most` words, longest first at each place, with its span."""
    found = list(islice(WORD.finditer(text), WORDS_MAX))
    for i in range(len(found)):
        for n in range(min(most, len(found) - i), 0, -1):
            start, end = found[i].start(), found[i + n - 1].end()
            gap = text[start:end]
            if n == 1 or not re.search(r"[,;:!?\n/|]|\. ", gap):
                yield gap, start, end


def city(text: str) -> gazetteer.City | None:
    """Return the one city of an answer that is expected to be a place."""
    found = city_spans(text, certain=True)
    return found[0][0] if found else None


def cities(text: str) -> list[str]:
    """Return the cities of an answer that is expected to be places."""
    return list(dict.fromkeys(c.name for c, _, _ in city_spans(text, certain=True)))


CITY_LIST = re.compile(r"\s*(?:,|and|&|y|e|und|dan|aur|or|o|oder|atau|ya|/|\+|और|या)\s*", re.IGNORECASE)


def city_spans(text: str, *, certain: bool = False) -> list[tuple[gazetteer.City, int, int]]:
    """Return the cities in a text with their spans.

    Without `certain`, a name counts when it is large, capitalised inside a sentence, or stands after a
    word like "in": many towns are called like common words.
    """
    known, taken = gazetteer.cities(), 0
    found: list[tuple[gazetteer.City, int, int]] = []
    for gram, start, end in grams(text):
        if start < taken:
            continue
        city_ = known.get(gazetteer.fold(gram)) or known.get(gazetteer.fold(gazetteer.plain(gram)))
        if city_ is None or text[max(0, start - 1) : start] in {"#", "@"}:
            continue
        listed = bool(found) and gram[0].isupper() and CITY_LIST.fullmatch(text[taken:start])
        if certain or listed or _stands_for_place(text, gram, start, end, city_):
            found.append((city_, start, end))
            taken = end
            if len(found) == CITIES_MAX:
                break
    if certain and not found:
        found = _misspelt_city(text)
    return found


def _stands_for_place(text: str, gram: str, start: int, end: int, city_: gazetteer.City) -> bool:
    if not gram.isascii() and "\u0900" <= gram[0] <= "\u097f":
        return True
    ahead, behind = before(text, start, 20), after(text, end, 12)
    if re.search(r"(?:antes|até|depois|before|by|at|o|do|no)\s*$", ahead) and gram.lower() == "natal":
        return False  # Christmas
    cued = ends_with(ahead, words.PLACE_BEFORE) or begins_with(behind, words.PLACE_AFTER)
    capital = gram[0].isupper()
    if gram.lower() in words.NUMBER_WORDS:  # "lima" counts to five
        return cued and capital
    if city_.population >= gazetteer.POPULATION_PLAIN and (capital or cued or len(gram) >= 5):  # noqa: PLR2004
        return True
    return cued and capital


def _misspelt_city(text: str) -> list[tuple[gazetteer.City, int, int]]:
    typed = gazetteer.fold(text)
    if not 5 <= len(typed) <= 30:  # noqa: PLR2004
        return []
    large = {name: c for name, c in gazetteer.cities().items() if c.population >= gazetteer.POPULATION_PLAIN}
    hit = process.extractOne(typed, list(large), scorer=fuzz.ratio, score_cutoff=88)
    return [(large[hit[0]], 0, len(text))] if hit else []


def countries(text: str) -> list[str]:
    """Return the ISO codes of the countries a text names."""
    known, found, taken = gazetteer.countries(), [], 0
    text = re.sub(r"\bbahasa\s+\w+(?:\s*(?:,|dan|atau|&)\s*indonesia\b)?", " ", text, flags=re.IGNORECASE)
    for gram, start, end in grams(text):
        code = known.get(gazetteer.fold(gram)) if start >= taken else None
        if code:
            found.append(code)
            taken = end
    if re.search(r"\bUS\b", text):
        found.append("US")
    return list(dict.fromkeys(found))


TAUGHT = r"\b(?:academia de|curso de|cursos de|clases de|aulas de|escola de|escuela de|learn|teach|teaching|kursus|belajar|lernen)"


def languages(text: str) -> list[str]:
    """Return the ISO codes of the languages a text names; Hinglish is Hindi."""
    known = gazetteer.languages()
    text = re.sub(rf"{TAUGHT}\s+[^\W\d_]+", " ", text, flags=re.IGNORECASE)
    spoken = "|".join(map(re.escape, known))
    text = re.sub(
        rf"\b(bahasa\s+(?:{spoken})\s+(?:dan|atau)\s+)(?=indonesia\b)",
        r"\1bahasa ",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(rf"\bbahasa\s+(?=(?!indonesia\b)(?:{spoken})\b)", " ", text, flags=re.IGNORECASE)
    found = [known[key] for gram, _, _ in grams(text, 2) if (key := gazetteer.fold(gram)) in known]
    return list(dict.fromkeys(found))


def lexicon(text: str, table: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the entries of a word list whose words a text contains, in order of their places."""
    lowered = text.lower()
    hits = [
        (match.start(), match.end(), name)
        for name, synonyms in table.items()
        for match in _alternatives(synonyms).finditer(lowered)
    ]
    hits.sort(key=lambda hit: (hit[0], -hit[1], hit[2]))
    whole: dict[str, None] = {}
    reach, since = 0, 0  # where the farthest of the hits so far ends, and where it began
    for start, end, name in hits:
        if end < reach or (end == reach and since < start):
            continue  # inside a longer one: "comida para perros" is about dogs, not about food
        if end > reach:
            reach, since = end, start
        whole.setdefault(name)
    return list(whole)


@cache
def _alternatives(synonyms: tuple[str, ...]) -> re.Pattern[str]:
    joined = "|".join(sorted(map(re.escape, synonyms), key=len, reverse=True))
    return re.compile(rf"(?<![\w@#.])(?:{joined})(?!\w)")


@cache
def _deliverable_pattern() -> re.Pattern[str]:
    names = "|".join(
        sorted(
            (re.escape(s) for many in words.DELIVERABLES.values() for s in many),
            key=len,
            reverse=True,
        )
    )
    counts = "|".join(sorted(map(re.escape, words.NUMBER_WORDS), key=len, reverse=True))
    return re.compile(
        rf"(?:(?<![\w.,])(?P<n>\d{{1,2}}|{counts})\s*(?:x|×)?\s+(?:(?!(?:on|in|auf|en|em|di|no|na|pe|for|von|per|pro|por)\s)[^\W\d_]+[\s-]+){{0,2}}?)?(?<![\w@#])(?P<name>{names})(?:\s*[x×]\s*(?P<n2>\d{{1,2}})|\s+(?P<n3>\d{{1,2}})(?=\s*(?:[,;+.।]|$)))?(?!\w)",
        re.IGNORECASE,
    )


KIND_OF = {s: kind for kind, many in words.DELIVERABLES.items() for s in many}
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
        "tiktok",
        "tiktoks",
    }
)


def deliverables(text: str) -> list[dict[str, Any]]:
    """Return [{kind, count}] of the work a text asks for; a piece named without a number counts once."""
    found: dict[str, int] = {}
    for match in _deliverable_pattern().finditer(text.lower()):
        name, stated = match["name"], match["n"] or match["n2"] or match["n3"] or ""
        if stated in {"a", "an"} and text[: match.start()].endswith("  "):
            continue  # "80 bucks a post": the price was read and blanked
        count = counted(stated, text)
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


def hashtags(text: str) -> list[str]:
    """Return the hashtags of a text with their sign, in order, each once."""
    return list(dict.fromkeys(f"#{tag}" for tag in HASHTAG.findall(text)))
