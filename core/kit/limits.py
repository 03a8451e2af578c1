"""How often somebody may do a thing: one table, counted on Valkey for all processes together.

A limit is a number of times (or bytes) within a stretch of time, for each person, chat or address that it
is asked about: who spends it up waits, and is told how long. The windows slide, so that nobody gets twice as
much around a full minute. Where Valkey does not answer each process counts for itself.
"""

import ipaddress
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import redis
import structlog
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from core.kit.errors import TooOften

TIMEOUT_SECONDS = 0.5
WITHOUT_VALKEY_SECONDS = 5.0
SANDBOX_FACTOR = 50  # a play world's stories are told in seconds, by one machine
V6_CUSTOMER_BITS = 64
log = structlog.get_logger(__name__)


class Limit(Enum):
    """What is limited, and how much of it there is for each that it is asked about."""

    TURNS = "90 per minute"  # a chat: words and presses
    UPLOADED_BYTES = "200000000 per hour"  # somebody in a chat
    UPLOADED_BYTES_FROM = "600000000 per hour"  # an address
    SEATS = "40 per 10 minute"  # an address: new places in the browser chat
    FAILED_PROOFS = "30 per minute"  # an address: wrong keys, seats, signatures
    REPORTS = "60 per minute"  # an address: each draws a chart
    OWN_DATA = "3 per day"  # a person: links to all that is kept of them
    OWN_DATA_OPENED = "20 per hour"  # an address, and a person: each puts an archive together
    LINKS_FOLLOWED = "600 per minute"  # an address; many people may share one
    REQUESTS = "1200 per minute"  # an address: everything but what chat apps send

    @property
    def item(self) -> RateLimitItem:
        """Return it as the library counts it."""
        return _ITEMS[self]


_ITEMS = {limit: parse(limit.value) for limit in Limit}


@dataclass(frozen=True, slots=True)
class _Counter:
    """One place where things are counted, by the library's sliding windows."""

    strategy: SlidingWindowCounterRateLimiter

    def spend(self, limit: Limit, amount: int, who: str, cost: int) -> float:
        """Spend `cost` and return 0, or return the seconds until something is left again."""
        item = limit.item if amount == limit.item.amount else _scaled(limit, amount)
        cost = min(cost, item.amount)
        if self.strategy.hit(item, limit.name, who, cost=cost):
            return 0.0
        return self._wait(item, limit, who)

    def wait(self, limit: Limit, amount: int, who: str) -> float:
        """Return the seconds until something is left, 0 where something is."""
        item = limit.item if amount == limit.item.amount else _scaled(limit, amount)
        return 0.0 if self.strategy.test(item, limit.name, who) else self._wait(item, limit, who)

    def _wait(self, item: RateLimitItem, limit: Limit, who: str) -> float:
        until = self.strategy.get_window_stats(item, limit.name, who).reset_time
        return max(1.0, min(until - time.time(), item.get_expiry()))


class Limits:
    """The limits of this installation."""

    def __init__(self, url: str = "", factor: int = 1, mark: Callable[[str], str] = str) -> None:
        """Count on the server at `url`, or in this process alone; allow `factor` times the table.

        What stands for somebody there is their `mark`, since a chat may be a telephone number.
        """
        self._mark = mark
        self._factor = factor
        self._own = _Counter(SlidingWindowCounterRateLimiter(MemoryStorage()))
        self._shared = _Counter(SlidingWindowCounterRateLimiter(_storage(url))) if url else None
        self._away_until = 0.0

    def spend(self, limit: Limit, who: str, cost: int = 1) -> None:
        """Count that `who` does something that costs so much. Raises TooOften with the seconds to wait."""
        _refuse(self._ask(limit, who, cost))

    def require(self, limit: Limit, who: str) -> None:
        """Look whether `who` has something left, without spending it. Raises TooOften."""
        _refuse(self._ask(limit, who, 0))

    def _ask(self, limit: Limit, who: str, cost: int) -> float:
        amount, who = limit.item.amount * self._factor, self._mark(who)
        if self._shared is not None and time.monotonic() >= self._away_until:
            try:
                return _asked(self._shared, limit, amount, who, cost)
            except redis.RedisError as error:
                self._away_until = time.monotonic() + WITHOUT_VALKEY_SECONDS
                log.warning("limits are counted by this process alone", error=type(error).__name__)
        return _asked(self._own, limit, amount, who, cost)


def customer(address: str) -> str:
    """Return what stands for one customer of an address: of IPv6 the /64, which one customer has whole."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.IPv6Network((found, V6_CUSTOMER_BITS), strict=False))
    return str(found)


def _asked(counter: _Counter, limit: Limit, amount: int, who: str, cost: int) -> float:
    return counter.spend(limit, amount, who, cost) if cost else counter.wait(limit, amount, who)


def _refuse(wait: float) -> None:
    if wait:
        raise TooOften(seconds=math.ceil(wait))


def _scaled(limit: Limit, amount: int) -> RateLimitItem:
    return type(limit.item)(amount, limit.item.multiples)


def _storage(url: str) -> RedisStorage:
    return RedisStorage(
        url, key_prefix="limits", socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
    )
