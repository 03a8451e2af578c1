"""Money, times, counts and lists as people write them, in the language spoken now."""

from collections.abc import Iterable
from datetime import date, datetime

from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_currency, format_decimal

from bots.phrases.languages import ENGLISH, local, locale, spoken, translated
from bots.phrases.sentences import filled, say
from core.kit.money import Currency, Money

TERRITORIES: dict[str, dict[Currency, str]] = {
    ENGLISH: {
        Currency.INR: "IN",
        Currency.GBP: "GB",
        Currency.EUR: "IE",
        Currency.AUD: "AU",
        Currency.CAD: "CA",
        Currency.SGD: "SG",
    },
    "hi": {Currency.INR: "IN"},
    "es": {Currency.MXN: "MX", Currency.EUR: "ES"},
    "pt": {Currency.BRL: "BR", Currency.EUR: "PT"},
}
"""Where a language's people who pay in a currency live; they write amounts in their own way."""
ELSEWHERE = {ENGLISH: "US"}
PIECES: dict[str, str] = {
    "reel": "{n:reel|reels}",
    "story": "{n:story|stories}",
    "post": "{n:post|posts}",
    "video": "{n:video|videos}",
    "short": "{n:short|shorts}",
    "tweet": "{n:tweet|tweets}",
    "live": "{n:live|lives}",
}
HOUR, DAY = 3_600, 86_400
BPS_PER_PERCENT = 100


def money(amount: Money) -> str:
    """Return an amount in its currency's own notation; whole amounts carry no zeros: ₹1,50,000."""
    per_major = amount.currency.minor_per_major
    territory = TERRITORIES.get(spoken(), {}).get(amount.currency, ELSEWHERE.get(spoken(), ""))
    written = locale(territory)
    if amount.minor % per_major:
        return str(format_currency(amount.major, amount.currency, locale=written))
    pattern = written.currency_formats["standard"].pattern
    for zeros in (".00", ",00"):
        pattern = pattern.replace(zeros, "")
    whole = format_currency(
        amount.minor // per_major, amount.currency, format=pattern, locale=written, currency_digits=False
    )
    return str(whole)


def compact(number: int) -> str:
    """Return a count as people say it: 12.3K."""
    return str(
        format_compact_decimal(number, locale=locale("US" if spoken() == ENGLISH else ""), fraction_digits=1)
    )


def percent(bps: int) -> str:
    """Return basis points as per cent: 12 %, 1.8 %."""
    return f"{format_decimal(bps / BPS_PER_PERCENT, locale=locale())} %"


def moment(at: datetime | None) -> str:
    """Return a moment by the listener's clock: Thu 5 Nov, 14:30 IST; "soon" where none is known."""
    if at is None:
        return say("time.soon")
    here = local(at)
    zone = here.tzname() or ""
    shown = zone if zone.isalpha() else format_datetime(here, "ZZZZ", here.tzinfo, locale())
    return f"{format_datetime(here, 'EEE d MMM, HH:mm', here.tzinfo, locale())} {shown}"


def day(on: date) -> str:
    """Return a day with its weekday: Sat 12 Dec 2026."""
    return str(format_date(on, "EEE d MMM yyyy", locale=locale()))


def until(at: datetime | None, now: datetime) -> str:
    """Return how long there is left, and the moment itself, as a clause: also when a late card finds it past."""
    if at is None:
        return say("time.no_limit")
    seconds = (at - now).total_seconds()
    if seconds <= 0:
        return say("time.ended", at=moment(at))
    if seconds < 2 * HOUR:
        return say("time.minutes_left", n=max(int(seconds // 60), 1), at=moment(at))
    if seconds < 2 * DAY:
        return say("time.hours_left", n=round(seconds / HOUR), at=moment(at))
    return say("time.days_left", n=round(seconds / DAY), at=moment(at))


def listed(items: Iterable[object], nothing: str = "") -> str:
    """Return items with commas and a last "and"."""
    words = [str(item) for item in items]
    return str(format_list(words, locale=locale())) if words else nothing or translated("any")


def pieces(counts: Iterable[tuple[str, int]]) -> str:
    """Return deliverables in words: 1 reel and 2 stories."""
    return listed(filled(PIECES[kind], n=count) for kind, count in counts)
