"""How much of a message the rules understand, measured on labelled messages in eight ways of writing.

Each line of `understanding/*.jsonl` is a message as a brand or a creator might type it, with the slots a
person reads out of it. Every stated value is one atom (a list's element, a bound of a range, a field of the
budget); micro F1 counts atoms found, missed and made up. The messages were labelled before the rules saw
them; what the rules scored at first sight is in docs/understanding.md, and here they must not fall back.
"""

import json
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bots.understanding import brief, intro

FOLDER = Path(__file__).parent / "understanding"
TODAY = date(2026, 11, 22)
FLOOR = 0.95
READERS = {"briefs": lambda text: brief.slots(text, TODAY), "intros": intro.slots}

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


@pytest.mark.parametrize("kind", list(READERS))
def test_the_rules_do_not_fall_back(kind: str) -> None:
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for line in (FOLDER / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        wanted, found = atoms(row["slots"]), atoms(READERS[kind](row["text"]))
        for verdict, some in (
            ("hit", wanted & found),
            ("missed", wanted - found),
            ("made_up", found - wanted),
        ):
            for atom in some:
                for group in ("all", f"slot {atom[0]}", f"in {row['lang']}"):
                    table[group][verdict] += 1
        if wanted != found:
            print(row["id"], "missed", sorted(wanted - found), "made up", sorted(found - wanted))
    for group, counts in sorted(table.items()):
        print(f"{kind:7} {group:22} F1 {f1(counts):.3f}  {dict(counts)}")
    weak = {group: round(f1(counts), 3) for group, counts in table.items() if f1(counts) < FLOOR}
    assert not weak
