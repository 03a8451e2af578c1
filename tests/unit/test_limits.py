"""How often is too often: windows that slide, for each one apart, with the time to wait."""

import pytest

from core.kit.errors import TooOften
from core.kit.limits import Limit, Limits, customer


def spent(limits: Limits, limit: Limit, who: str, times: int, cost: int = 1) -> int:
    """Return how many of so many tries were let through."""
    through = 0
    for _ in range(times):
        try:
            limits.spend(limit, who, cost)
        except TooOften:
            continue
        through += 1
    return through


@pytest.mark.parametrize("limit", Limit)
def test_what_is_limited_is_limited(limit: Limit) -> None:
    limits, piece = Limits(), max(limit.item.amount // 10, 1)
    assert spent(limits, limit, "asha", 15, piece) == limit.item.amount // piece
    with pytest.raises(TooOften) as refused:
        limits.require(limit, "asha")
    assert 1 <= refused.value.seconds <= limit.item.get_expiry()


def test_one_s_excess_is_nobody_else_s() -> None:
    limits = Limits()
    assert spent(limits, Limit.SEATS, "1.2.3.4", 50) == 40
    assert spent(limits, Limit.SEATS, "1.2.3.5", 50) == 40
    assert spent(limits, Limit.REPORTS, "1.2.3.4", 50) == 50


def test_looking_spends_nothing() -> None:
    limits = Limits()
    for _ in range(500):
        limits.require(Limit.SEATS, "1.2.3.4")
    assert spent(limits, Limit.SEATS, "1.2.3.4", 41) == 40


def test_a_play_world_has_more() -> None:
    assert spent(Limits(factor=3), Limit.SEATS, "1.2.3.4", 200) == 120


def test_one_thing_larger_than_the_limit_is_taken_once() -> None:
    limits = Limits()
    assert spent(limits, Limit.UPLOADED_BYTES, "asha", 2, Limit.UPLOADED_BYTES.item.amount * 2) == 1


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb:cccc:dddd:eeee", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("testclient", "testclient"),
        ("", ""),
        ("x" * 1_000, "x" * 64),
    ],
)
def test_a_customer_of_ipv6_is_a_whole_network(address: str, same: str) -> None:
    assert customer(address) == same


@pytest.mark.parametrize(("seconds", "minutes"), [(1, 1), (59, 1), (60, 1), (61, 2), (3_600, 60)])
def test_a_wait_is_told_in_whole_minutes_that_are_enough(seconds: int, minutes: int) -> None:
    error = TooOften(seconds=seconds)
    assert (error.seconds, error.facts["minutes"]) == (seconds, minutes)
