"""Money, times and lists as people write them."""

from collections.abc import Iterable
from datetime import datetime

from babel.dates import format_datetime
from babel.numbers import format_compact_decimal, format_currency

from core.kit.money import Currency, Money

LOCALES: dict[Currency, str] = {
    Currency.INR: "en_IN",
    Currency.GBP: "en_GB",
    Currency.EUR: "en_IE",
    Currency.AUD: "en_AU",
    Currency.CAD: "en_CA",
    Currency.SGD: "en_SG",
}
HOUR, DAY = 3_600, 86_400
BPS_PER_PERCENT = 100


def money(amount: Money) -> str:
    """Return an amount in its currency's own notation; whole amounts carry no zeros: ₹1,50,000."""
    per_major = amount.currency.minor_per_major
    whole = amount.minor % per_major == 0
    text = format_currency(
        amount.minor / per_major,
        amount.currency,
        locale=LOCALES.get(amount.currency, "en_US"),
        currency_digits=not whole,
        format=None,
    )
    return text.removesuffix(".00") if whole else text


def compact(number: int) -> str:
    """Return a count as people say it: 12.3K."""
    return str(format_compact_decimal(number, locale="en_US", fraction_digits=1))


def percent(bps: int) -> str:
    """Return basis points as per cent: 12 %, 1.8 %."""
    return f"{bps / BPS_PER_PERCENT:g} %"


def moment(at: datetime) -> str:
    """Return a moment: Thu 5 Nov, 09:00 UTC."""
    return str(format_datetime(at, "EEE d MMM, HH:mm 'UTC'", locale="en_GB"))


def until(at: datetime | None, now: datetime) -> str:
    """Return how long there is left, and the moment itself, as a clause: also when a late card finds it past."""
    if at is None:
        return "no time limit"
    seconds = (at - now).total_seconds()
    if seconds <= 0:
        return f"the time ended {moment(at)}"
    if seconds < 2 * HOUR:
        left = f"{max(int(seconds // 60), 1)} minutes"
    elif seconds < 2 * DAY:
        left = f"{round(seconds / HOUR)} hours"
    else:
        left = f"{round(seconds / DAY)} days"
    return f"{left} left (until {moment(at)})"


def listed(items: Iterable[object], nothing: str = "any") -> str:
    """Return items with commas and a last "and"."""
    words = [str(item) for item in items]
    if not words:
        return nothing
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def pieces(counts: Iterable[tuple[str, int]]) -> str:
    """Return deliverables in words: 1 reel and 2 stories."""
    plural = {"story": "stories"}
    return listed(f"{count} {kind if count == 1 else plural.get(kind, f'{kind}s')}" for kind, count in counts)
