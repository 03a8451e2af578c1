"""How much of a message the rules understand, measured on labelled messages in eight ways of writing.

Each line of `understanding/*.jsonl` is a message as a brand or a creator might type it, with the slots a
person reads out of it. Every stated value is one atom (a list's element, a bound of a range, a field of the
budget); micro F1 counts atoms found, missed and made up. All messages were labelled before the rules saw
them. The rules were mended on most of them since; those marked `held` nobody looked at: their figure is the
one to believe.
"""

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bots.understanding import brief, intro

FOLDER = Path(__file__).parent / "understanding"
TODAY = date(2026, 11, 22)
READERS: dict[str, Callable[[str], dict[str, Any]]] = {
    "briefs": lambda text: brief.slots(text, TODAY),
    "intros": intro.slots,
}
BESIDE = {"topics"}
"""Slots that are read besides the labelled ones."""

Atom = tuple[str, ...]


def fold(value: object) -> str:
    """Return a value for comparing: no case, no accents, no sign of a tag or handle."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKD", str(value).casefold())
    return "".join(c for c in text if not unicodedata.combining(c)).strip("@#/ ")


def atoms(slots: dict[str, Any]) -> set[Atom]:
    """Return every stated value of these slots as one comparable piece."""
    found: set[Atom] = set()
    for name, value in slots.items():
        if name in BESIDE:
            continue
        if isinstance(value, dict):
            found |= {(name, key, fold(item)) for key, item in value.items()}
        elif isinstance(value, list):
            for item in value:
                parts = sorted(item.items()) if isinstance(item, dict) else [("", item)]
                found.add((name, *(f"{key}={fold(part)}" for key, part in parts)))
        else:
            found.add((name, fold(value)))
    return found


def f1(counts: Counter[str]) -> float:
    """Return micro F1 of counts of hits, misses and inventions."""
    return 2 * counts["hit"] / (2 * counts["hit"] + counts["missed"] + counts["made_up"])


def rows(kind: str) -> Iterator[dict[str, Any]]:
    """Yield the labelled messages of a kind."""
    for line in (FOLDER / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def table(kind: str, *, held: bool) -> tuple[dict[str, Counter[str]], list[str]]:
    """Return counts by slot and way of writing, and what was missed or made up, of one half of a kind."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    faults: list[str] = []
    for row in rows(kind):
        if row.get("held", False) is not held:
            continue
        wanted, found = atoms(row["slots"]), atoms(READERS[kind](row["text"]))
        sides = {"hit": wanted & found, "missed": wanted - found, "made_up": found - wanted}
        for verdict, some in sides.items():
            for atom in some:
                for group in ("all", f"slot {atom[0]}", f"in {row['lang']}"):
                    counts[group][verdict] += 1
        if wanted != found:
            faults.append(f"{row['id']} missed {sorted(sides['missed'])} made up {sorted(sides['made_up'])}")
    return counts, faults


def lines(kind: str) -> Iterator[str]:
    """Yield the report of a kind: by way of writing, for the half nobody looked at and for the other."""
    halves = {
        "on messages the rules never saw": table(kind, held=True)[0],
        "on those they were mended on": table(kind, held=False)[0],
    }
    yield f"{kind}: " + ", ".join(f"{f1(counts['all']):.3f} {name}" for name, counts in halves.items())
    for group in sorted({group for counts in halves.values() for group in counts} - {"all"}):
        figures = (f"{f1(c[group]):.3f}" if c[group] else "  -  " for c in halves.values())
        yield f"  {group:22} " + "  ".join(figures)
