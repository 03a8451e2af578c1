"""Numbers in a text, with their currencies and bounds: amounts, ranges, followers."""

from dataclasses import dataclass
from functools import cache
from itertools import islice

import regex as re

from bots.understanding import lexicon as words
from bots.understanding import wording

NUMBER = r"\d+(?:[.,]\d+)*"
RUPIAH = re.compile(r"\b(?:juta|jt|ribu|rb)\b|\d(?:jt|rb)\b")
QUANTITIES_MAX = 32


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
    multipliers = wording.joined(tuple(words.MULTIPLIERS))
    currencies = wording.joined(tuple(words.CURRENCIES))
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


def bound(text: str, quantity: Quantity) -> str:
    """Return max, min or nothing: what the words around a number make of it."""
    ahead, behind = wording.before(text, quantity.span[0], 22), wording.after(text, quantity.span[1], 34)
    behind = re.sub(rf"^\s*(?:{wording.joined(words.FOLLOWER_WORDS)})\s*", "", behind)
    bare = re.sub(r"(?:of|is|of about|around|about|ca\.?|a|the|de|la|budget|:)\s*$", "", ahead).rstrip()
    if any(wording.ends_with(a, words.MAX_BEFORE) for a in (ahead, bare)) or wording.begins_with(
        behind, words.MAX_AFTER
    ):
        return "max"
    least = any(wording.ends_with(a, words.MIN_BEFORE) for a in (ahead, bare))
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
    found = quantities(wording.normalise(text))
    if found:
        return int(found[0].high)
    for word in wording.WORD.findall(text.lower()):
        if word in words.NUMBER_WORDS and word not in {"a", "an", "do"}:
            return words.NUMBER_WORDS[word]
    return None


def amount(text: str) -> Amount | None:
    """Return the amount of an answer that is expected to be one; "2 lakh 50 thousand" adds up."""
    normal = wording.normalise(text)
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
    normal = wording.normalise(text)
    found = quantities(normal)
    return {k: int(v) for k, v in limits(normal, found[0], "min").items()} if found else {}
