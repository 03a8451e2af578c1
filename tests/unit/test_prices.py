"""A price is split by the creator's own rates, exactly, and no piece is free."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deals.prices import parts
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind as K

RATES = {K.REEL: Money(3_000, Currency.INR), K.STORY: Money(800, Currency.INR)}


@pytest.mark.parametrize(
    ("price", "kinds", "expected"),
    [
        (4_600, [K.REEL, K.STORY, K.STORY], [3_000, 800, 800]),
        (2_300, [K.REEL, K.STORY, K.STORY], [1_500, 400, 400]),
        (100, [K.REEL, K.LIVE], [50, 50]),  # what a live costs is not known
        (3, [K.REEL, K.STORY, K.STORY], [1, 1, 1]),
        (4, [K.REEL, K.STORY, K.STORY], [2, 1, 1]),
        (83, [K.STORY] * 20, [5, 5, 5, *[4] * 17]),
        (0, [K.REEL, K.STORY], [0, 0]),  # a gift
    ],
)
def test_by_rates(price: int, kinds: list[K], expected: list[int]) -> None:
    assert parts(price, kinds, RATES) == expected


def test_no_piece_is_free_where_some_are_paid() -> None:
    with pytest.raises(ValueError, match="2"):
        parts(2, [K.REEL] * 3, RATES)


@given(st.lists(st.sampled_from(list(K)), min_size=1, max_size=12), st.integers(0, 10**9), st.booleans())
def test_exact_and_never_free(kinds: list[K], above: int, known: bool) -> None:  # noqa: FBT001
    price = len(kinds) + above
    found = parts(price, kinds, RATES if known else {})
    assert sum(found) == price
    assert min(found) >= 1
