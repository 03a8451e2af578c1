"""Money is exact, whatever way it is sliced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kit.money import CurrenciesMixed, Currency, Money, next_share_bps, share_bps, split

amounts = st.integers(0, 10**12)
rates = st.integers(0, 10_000)


@given(amounts, st.lists(st.integers(0, 1_000), min_size=1, max_size=20).filter(any))
def test_a_split_is_exact_and_fair_within_one_unit(minor: int, weights: list[int]) -> None:
    parts = split(minor, weights)
    assert sum(parts) == minor
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - minor * weight / sum(weights)) < 1.001


@given(st.lists(st.integers(0, 10**9), max_size=12), rates)
def test_commission_is_the_same_for_any_slicing(slices: list[int], bps: int) -> None:
    released = taken = 0
    for gross in slices:
        released += gross
        taken += next_share_bps(released, taken, bps)
    assert taken == share_bps(sum(slices), bps)


@given(amounts, rates)
def test_a_share_rounds_half_up(minor: int, bps: int) -> None:
    assert share_bps(minor, bps) == (minor * bps + 5_000) // 10_000


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrenciesMixed):
        Money(1, Currency.INR) + Money(1, Currency.USD)


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [("12.50", Currency.USD, 1250), ("0.1", Currency.INR, 10), ("500", Currency.JPY, 500)],
)
def test_what_people_type_becomes_minor_units(typed: str, currency: Currency, minor: int) -> None:
    assert Money.of(typed, currency).minor == minor
