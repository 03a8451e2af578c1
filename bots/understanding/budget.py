"""Which amount of a brief is its budget, of which currency, and for whom it is."""

from collections.abc import Iterable
from typing import Any

import regex as re

from bots.understanding import lexicon as words
from bots.understanding import numbers, pieces, wording
from bots.understanding.calendar_words import UNITS
from bots.understanding.numbers import Quantity

SMALLEST_BUDGET = 100
FOR_ALL = re.compile(
    r"\s*(?:for (?:all|everyone|everybody|the (?:lot|whole|entire)|\d)|in all|all[ -]in|altogether|para (?:todos|todas)|für alle|untuk semua|sab(?:ke|ko)? milake|sab ke liye)\b"
)
OF_A_PIECE = re.compile(
    rf"(?<!\w)(?:{wording.joined(tuple(pieces.KIND_OF))})\s+(?:ka|ke|ki|का|के|की)(?:\s+(?:liye|लिए))?\s*$"
)
EQUALS = re.compile(r"=\s*$")
BOUNDED = r"(?:\s+(?:bekommt|erhält|gets|receives|recibe|recebe|dapat|milega|bis|zu|up|to|max\.?|hasta|até|de|maksimal|about|around|=|is)){0,2}\s*[:=-]?$"
UNITS_PAID = tuple(
    (re.compile(unit), re.compile(rf"{unit}(?: ko| को)?{BOUNDED}"), name)
    for unit, name in ((words.PER_CREATOR, "creator"), (words.PER_POST, "post"), (words.EACH, "creator"))
)
"""Whom or what an amount is for: behind it, before it, and what that is called."""
UP_TO_A_DIGIT = re.compile(r"\D*\d?")
TOTAL_BEFORE = re.compile(rf"(?<!\w){words.TOTAL}\W*(?:\w+\s+)?$")
TOTAL_BEHIND = re.compile(rf"\W*{words.TOTAL}(?!\w)")
COUNTED = re.compile(r"\s*(?:\d|ein|eine|un|una|um|uma|one|ek|satu)\b")
HAVE = re.compile(
    r"(?:have|got|have around|have about|tenemos|hay|temos|punya|ada|haben|hai|hain)(?: (?:a|only|about|around|unos|cerca de|sekitar|rund))?$"
)


def is_money(text: str, q: Quantity) -> bool:
    """Tell whether a number is an amount of money that is offered."""
    behind = wording.after(text, q.span[1], 20)
    if wording.begins_with(behind, UNITS) or wording.has_word(behind.split(" ")[0], words.FOLLOWER_WORDS):
        return False
    if q.currency:
        return True
    if q.high < SMALLEST_BUDGET:
        return False
    if 1_900 < q.high < 2_100 and not q.scaled:  # noqa: PLR2004  (a year, unless it is called a budget)
        return near_budget(text, q) or per(text, q) != "total"
    return (
        near_budget(text, q)
        or per(text, q) != "total"
        or (q.scaled and q.indian)
        or (q.scaled and numbers.bound(text, q) == "max")
        or bool(numbers.RUPIAH.search(text[q.span[0] : q.span[1]].lower()))
        or (q.scaled and not q.is_range and FOR_ALL.match(behind) is not None)
        or (q.scaled and not q.is_range and HAVE.search(wording.before(text, q.span[0], 24)) is not None)
    )


def alone(text: str, quantities: Iterable[Quantity]) -> list[Quantity]:
    """Return the round amounts that are a clause by themselves: "10 creators in Pune, 40k"."""
    return [
        q
        for q in quantities
        if q.scaled
        and not q.is_range
        and not q.open_top
        and CLAUSE_ENDS.search(text[max(0, q.span[0] - CLAUSE_CHARACTERS) : q.span[0]])
        and CLAUSE_ENDS_BEHIND.match(text, q.span[1])
    ]


CLAUSE_ENDS, CLAUSE_ENDS_BEHIND = re.compile(r"[,;\n]\s*$"), re.compile(r"\s*(?:[,;!?\n।]|\.(?!\d)|$)")
CLAUSE_CHARACTERS = 80


def near_budget(text: str, q: Quantity) -> bool:
    """Tell whether a word like "budget" stands beside a number."""
    ahead = wording.before(text, q.span[0], 40)
    behind = wording.after(text, q.span[1], 18)
    return wording.has_word(ahead, words.BUDGET_CUES) or wording.has_word(behind, words.BUDGET_CUES)


def best(text: str, money: list[Quantity]) -> Quantity:
    """Return which of several amounts is the budget: what an equation gives, what is called so, what has a sign.

    What is less than each of them gets is no total: "a course of 499 MXN … 1500 each" names a price of goods.
    """
    share = max((q.low for q in money if per(text, q) != "total"), default=0.0)
    return min(
        (q for q in money if q.high >= share or near_budget(text, q) or per(text, q) != "total"),
        key=lambda q: (
            not EQUALS.search(text[: q.span[0]]),
            not near_budget(text, q),
            not q.currency,
            q.span[0],
        ),
    )


def budget(text: str, money: list[Quantity], home: str = "", spoken: str = "") -> dict[str, Any]:
    """Return {min, max, currency, per}; an amount without a bound is both. `home` is what the reader pays in,
    `spoken` the currency of the only country that writes so.
    """
    chosen = best(text, money)
    stated: dict[str, Any] = {k: _neat(v) for k, v in numbers.limits(text, chosen, "both").items()}
    named = chosen.currency or next((q.currency for q in money if q.currency), "")
    currency = numbers.currency_of(text, named, home)
    if not currency and numbers.RUPIAH.search(text[chosen.span[0] : chosen.span[1]].lower()):
        currency = "IDR"
    currency = currency or ("INR" if chosen.indian else spoken)
    if currency:
        stated["currency"] = currency
    stated["per"] = per(text, chosen)
    return stated


def _neat(value: float) -> int | float:
    return int(value) if value == int(value) else value


def per(text: str, q: Quantity) -> str:
    """Return whom or what an amount is for: creator, post or total."""
    behind = UP_TO_A_DIGIT.match(wording.after(text, q.span[1], 34))
    ahead = wording.before(text, q.span[0], 26)
    near = " ".join(behind[0].split()[:5]) if behind else ""
    if TOTAL_BEFORE.search(ahead) or TOTAL_BEHIND.match(near):
        return "total"
    if OF_A_PIECE.search(ahead):
        return "post"
    for said_behind, said_before, name in UNITS_PAID:
        stated = said_behind.search(near)
        of_work = stated and (
            pieces.deliverables(near[: stated.start()] + " ") or COUNTED.match(near[stated.end() :])
        )
        if stated and not of_work:
            return name
        if said_before.search(ahead):
            return name
    return "total"
