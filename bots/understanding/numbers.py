"""Numbers in a text, with their currencies and bounds: amounts, ranges, followers."""

from dataclasses import dataclass, replace
from functools import cache

import regex as re

from bots.understanding import currencies, places, wording
from bots.understanding import lexicon as words

NUMBER = r"\d+(?:[.,]\d+)*"
RUPIAH = re.compile(r"\b(?:juta|jt|ribu|rb)(?:an)?\b|\d(?:jt|rb)(?:an)?\b")
EVEN = r"(?:[.,:]--?(?!\s?\d))?"
"""Behind a price without small change, as it is written from Zurich to Stockholm: "300,- kr"."""
QUANTITIES_MAX = 32
COUNTED_MAX = 10**13  # nobody counts so far, and no sum of money is so large
JOINERS = r"-|to|y|a|and|or|o|ou|oder|atau|ya|या|bis|até|hasta|sampai|hingga|se|e|und|dan|से|s\.d\."


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in major units and its currency, empty where the text names none."""

    major: float
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text, or a range of two, with what stands on it.

    `currency` is a code, or a word that several countries share (`currencies.settled` decides).
    """

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


WHOLE = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")
CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}")
THOUSANDS = re.compile(r",\d{3}(?!\d)")


def value_of(digits: str) -> float | None:
    """Return the number behind its digits, in western, Indian or continental notation."""
    if digits.isdigit():
        return float(digits)
    if WHOLE.fullmatch(digits):
        return float(digits.replace(".", "").replace(",", ""))
    if CONTINENTAL.fullmatch(digits):
        return float(digits.replace(".", "").replace(",", "."))
    cleaned = digits.replace(",", "") if THOUSANDS.search(digits) else digits.replace(",", ".")
    try:
        return float(cleaned)
    except ValueError:
        return None


@cache
def _quantity_pattern() -> re.Pattern[str]:
    multipliers = wording.joined(tuple(words.MULTIPLIERS))
    written = wording.joined(tuple(currencies.WRITTEN))
    one = rf"(?P<n{{i}}>{NUMBER}){EVEN}(?:\s*(?P<m{{i}}>{multipliers})(?![^\W\d_]))?"
    cur = rf"(?P<{{name}}>{written})(?![^\W\d_])"
    return re.compile(
        rf"(?<![\w#@.])(?:(?<![^\W\d_]){cur.format(name='c1')}\s*)?{one.format(i=1)}\s*(?:(?:de\s+)?{cur.format(name='c2')}\s*)?"
        rf"(?:\s*(?:{JOINERS})\s*(?:{cur.format(name='c3')}\s*)?{one.format(i=2)}"
        rf"(?:\s*{cur.format(name='c4')})?)?(?P<plus>\s?\+)?(?P<rupees>/-)?",
        re.IGNORECASE,
    )


def quantities(text: str) -> list[Quantity]:
    """Return the first numbers of a normalised text, ranges and sums joined, left to right.

    Nobody states more than QUANTITIES_MAX of them; what asks each for its neighbours would take seconds.
    """
    if not any(c.isdecimal() for c in text):
        return []  # numbers in words are digits by now
    lowered, at = text.lower(), 0
    found: list[Quantity] = []
    while len(found) < QUANTITIES_MAX and (match := _next(lowered, at)):
        quantity = _quantity(match, text)
        at = quantity.span[1] if quantity else match.end()  # "18k - 1500": no range, two numbers
        if quantity and found and (whole := _sum(text, found[-1], quantity)):
            found[-1] = whole
        elif quantity:
            found.append(quantity)
    return found


def _next(lowered: str, at: int) -> re.Match[str] | None:
    """Return the next number from a place on: it begins at a digit, or at the currency right before one."""
    digit = DIGIT.search(lowered, at)
    if digit is None:
        return None
    ahead = len(lowered[at : digit.start()].rstrip())
    return _quantity_pattern().search(lowered, max(at, at + ahead - CURRENCY_CHARACTERS_MAX))


DIGIT = re.compile(r"\d")
CURRENCY_CHARACTERS_MAX = max(map(len, currencies.WRITTEN))


def _sum(text: str, first: Quantity, more: Quantity) -> Quantity | None:
    """Return one number where two make it: "2 lakh 50 thousand", "2 thousand 500"."""
    close = 0 <= more.span[0] - first.span[1] <= 1 and text[more.span[0]].isdigit()
    if not close or not first.scaled or first.is_range or more.is_range or first.currency or first.open_top:
        return None
    spelt = SPELT.search(text[first.span[0] : first.span[1]]) is not None
    rest = more.scaled or (spelt and more.high >= SPELT_REST_MIN)
    if not rest or more.high * 2 > first.high:
        return None
    total = first.high + more.high
    return replace(more, low=total, high=total, span=(first.span[0], more.span[1]), scaled=True, indian=first.indian or more.indian)  # fmt: skip


SPELT_REST_MIN = 50
SPELT = re.compile(r"[^\W\d_]{3,}\s?$")


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    low = value_of(match["n1"])
    if low is None:
        return None
    m1, m2 = match["m1"], match["m2"]
    signs = [
        match[c]
        for c in ("c1", "c2", "c3", "c4")
        if match[c] and currencies.is_written(match[c], text[match.start(c) : match.end(c)])
    ]
    signs.sort(key=lambda sign: sign == "$")  # "$40,000 MXN" are pesos
    currency = currencies.WRITTEN[signs[0]] if signs else ""
    indian = any(m in words.INDIAN_MULTIPLIERS for m in (m1, m2) if m) or bool(match["rupees"])
    low_scaled = low * words.MULTIPLIERS.get(m1 or "", 1)
    if low_scaled > COUNTED_MAX:
        return None
    if match["n2"] is None:
        return Quantity(low_scaled, low_scaled, match.span(), currency, bool(m1), indian, bool(match["plus"]))
    high = value_of(match["n2"]) or 0.0
    high *= words.MULTIPLIERS.get(m2 or "", 1)
    if not m1 and m2 and low < 1_000:  # noqa: PLR2004  ("5-10k" means five thousand)
        low_scaled = low * words.MULTIPLIERS[m2]
    if high < low_scaled or high > COUNTED_MAX:
        end = match.end("m1") if m1 else match.end("n1")
        return Quantity(
            low_scaled, low_scaled, (match.start(), end), currency, bool(m1), indian, open_top=False
        )
    return Quantity(low_scaled, high, match.span(), currency, bool(m1 or m2), indian, bool(match["plus"]))


@cache
def _follower_word() -> re.Pattern[str]:
    return re.compile(rf"^\s*(?:{wording.joined(words.FOLLOWER_WORDS)})\s*")


BARE_AHEAD = re.compile(r"(?:of|is|of about|around|about|ca\.?|a|the|de|la|budget|:)\s*$")


def bound(text: str, quantity: Quantity) -> str:
    """Return max, min or nothing: what the words around a number make of it."""
    ahead, behind = wording.before(text, quantity.span[0], 22), wording.after(text, quantity.span[1], 34)
    behind = _follower_word().sub("", behind)
    bare = BARE_AHEAD.sub("", ahead).rstrip()
    if any(wording.ends_with(a, words.MAX_BEFORE) for a in (ahead, bare)) or wording.begins_with(
        behind, words.MAX_AFTER
    ):
        return "max"
    least = any(wording.ends_with(a, words.MIN_BEFORE) for a in (ahead, bare))
    least = least and not (
        ahead.endswith("ab") and wording.currency_of_writing(text)
    )  # "ab" is "now" in Hindi
    return "min" if quantity.open_top or least or wording.begins_with(behind, words.MIN_AFTER) else ""


def limits(text: str, quantity: Quantity, plain: str) -> dict[str, float]:
    """Return {min, max} of a number; `plain` says what a number without a bound is: min, max or both."""
    if quantity.is_range:
        return {"min": quantity.low, "max": quantity.high}
    which = bound(text, quantity) or plain
    if which == "both":
        return {"min": quantity.low, "max": quantity.low}
    return {which: quantity.low}


def number(text: str) -> int | None:
    """Return the first whole number of an answer, in digits or words."""
    normal = wording.normalise(text)
    found = quantities(normal)
    if found:
        return int(found[0].high)
    for word in wording.WORD.findall(normal.lower()):
        if word in words.NUMBER_WORDS and word not in {"a", "an", "do"}:
            return words.NUMBER_WORDS[word]
    return None


def amount(text: str, home: str = "") -> Amount | None:
    """Return the amount of an answer that is expected to be one, seen from who pays in `home`.

    A lakh is rupees only where nobody's currency is known: "1.5 lakh" dollars are 150,000.
    """
    normal = wording.normalise(text)
    found = quantities(normal)
    if not found:
        return None
    named = next((q.currency for q in found if q.currency), "")
    currency = currency_of(normal, named, home)
    return Amount(found[0].high, currency or ("" if home else "INR" if any(q.indian for q in found) else ""))


def currency_of(text: str, named: str, home: str = "") -> str:
    """Return the code of the currency that a text names, by the places it names where several share the word."""
    if named not in currencies.SHARED:
        return named
    if named == "$":
        pesos = home in currencies.SHARED["peso"].values() or wording.SPANISH.search(text.lower())
        where = places.named_countries(text) if pesos else []
        local = [c for c in where if c in currencies.PESO_COUNTRIES]
        return currencies.settled("peso", local) if local else home if home in SIGNED_ALIKE else "USD"
    return currencies.settled(named, places.named_countries(text), home)


SIGNED_ALIKE = frozenset(
    {*currencies.SHARED["dollar"].values(), *currencies.SHARED["peso"].values()} - {"PHP"}
)
"""Whose sign is "$" at home."""


def follower_range(text: str) -> dict[str, int]:
    """Return {min, max} of an answer about followers."""
    normal = wording.normalise(text)
    found = quantities(normal)
    return {k: int(v) for k, v in limits(normal, found[0], "min").items()} if found else {}
