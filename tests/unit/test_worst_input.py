"""The nastiest message of 3,000 characters costs little more than a plain one of the same length."""

import random
import time
from collections.abc import Callable
from datetime import date

import pytest

from benchmarks.understanding import NASTY, PLAIN, READERS, filled

TODAY = date(2026, 11, 2)
TIMES_PLAIN = 4
"""How much more of the processor it may take; before there were bounds it was more than a hundred times."""


def cost(reader: Callable[[str], object], text: str, tries: int = 2) -> float:
    """Return the processor's seconds, the least of a few tries: other processes do not count."""
    found = []
    for _ in range(tries):
        began = time.process_time()
        reader(text)
        found.append(time.process_time() - began)
    return min(found)


@pytest.mark.parametrize("name", READERS)
def test_no_message_costs_much_more_than_a_plain_one(name: str) -> None:
    reader = READERS[name]
    reader("5k reel in mumbai")  # the word lists are loaded once
    plain = cost(reader, filled(PLAIN))
    worst = {unit: cost(reader, filled(unit), tries=1) for unit in NASTY}
    for unit, took in sorted(worst.items(), key=lambda one: -one[1])[:5]:
        if took > TIMES_PLAIN * plain:
            assert cost(reader, filled(unit)) <= TIMES_PLAIN * plain, repr(unit)


def test_nor_does_any_mixture_of_them() -> None:
    chance = random.Random(8)
    for name, reader in READERS.items():
        plain = cost(reader, filled(PLAIN))
        for _ in range(3):
            mixed = "".join(chance.choices(NASTY, k=chance.randint(2, 6)))
            assert cost(reader, filled(mixed), tries=2) <= TIMES_PLAIN * plain, (name, mixed)


def test_what_is_stated_among_much_else_is_still_read() -> None:
    brief = READERS["brief"]("3 creators in Mumbai, budget 20,000 INR, 1 reel. " + "and so on, " * 260)
    assert isinstance(brief, dict)
    assert {"creators_count", "cities", "budget", "deliverables"} <= set(brief)
