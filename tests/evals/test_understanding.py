"""The rules neither fall back on messages they were mended on nor below the mark on those they never saw."""

import pytest

from tests.evals import slots

FLOOR = 0.95
HELD_FLOOR = {"briefs": 0.93, "intros": 0.95}


@pytest.mark.parametrize("kind", list(slots.READERS))
def test_the_rules_do_not_fall_back(kind: str) -> None:
    counts, faults = slots.table(kind, held=False)
    print("\n".join(faults))
    weak = {group: round(slots.f1(some), 3) for group, some in counts.items() if slots.f1(some) < FLOOR}
    assert not weak


@pytest.mark.parametrize("kind", list(slots.READERS))
def test_a_message_nobody_looked_at_is_understood(kind: str) -> None:
    counts, _ = slots.table(kind, held=True)
    assert slots.f1(counts["all"]) >= HELD_FLOOR[kind]


@pytest.mark.parametrize("kind", list(slots.READERS))
def test_the_report_shows_both_halves(kind: str) -> None:
    assert "the rules never saw" in next(slots.lines(kind))
