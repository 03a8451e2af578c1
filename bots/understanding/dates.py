"""The days a text means, seen from today."""

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice

import regex as re

from bots.understanding import calendar_words as named
from bots.understanding import currencies, wording
from bots.understanding import lexicon as words

MONTHS_IN_A_YEAR = 12
MONTH_FIRST = frozenset({"US"})
"""Where 03/04 is the fourth of March."""
MENTIONS_MAX = 12
FRIDAY, SUNDAY = 4, 6


@dataclass(frozen=True, slots=True)
class Mention:
    """A day in a text. A `loose` one counts only where the words around it ask for a day; so does no `exact` one."""

    start: int
    end: int
    day: date
    exact: bool
    loose: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    today: date
    month_first: bool


Reader = Callable[["re.Match[str]", _Seen], date | None]


def day(text: str, today: date, country: str = "") -> date | None:
    """Return the day an answer means, seen from `today`; a day without a year is the next one."""
    found = mentions(wording.normalise(text), today, country)
    if not found:
        alone = re.fullmatch(r"\s*(\d{1,2})\.?\s*", text)
        return _next_number(int(alone[1]), today) if alone else None
    return min(found, key=lambda m: (not m.exact, m.start)).day


def mentions(text: str, today: date, country: str = "") -> list[Mention]:
    """Return the days that a normalised text names, in order of their places, none inside another."""
    lowered, seen = text.lower(), _Seen(today, country in MONTH_FIRST)
    found: list[Mention] = []
    dated = _month().search(lowered) is not None
    for pattern, reader, exact, loose in _readers():
        if "month" in pattern.groupindex and not dated:
            continue
        for match in islice(pattern.finditer(lowered), MENTIONS_MAX):
            taken = any(m.start < match.end() and match.start() < m.end for m in found)
            if not taken and (day_ := reader(match, seen)):
                found.append(Mention(match.start(), match.end(), day_, exact, loose))
    return sorted(found, key=lambda m: m.start)


def undated(text: str) -> str:
    """Return what a text says of a day that nobody can read a date from, as it stands there: "Onam", "asap"."""
    normal = wording.normalise(text)
    found = wording.one_of(r"(?<![\w#@])(?:{})(?!\w)", (*named.UNDATED, *named.SOON)).search(normal.lower())
    return normal[found.start() : found.end()] if found else ""


@cache
def _month() -> re.Pattern[str]:
    return re.compile(rf"(?:{wording.joined(tuple(named.MONTHS))})(?!\w)")


@cache
def _readers() -> tuple[tuple[re.Pattern[str], Reader, bool, bool], ...]:
    """Return (pattern, reader, exact, loose), the most certain first: what one has read the next does not read."""
    month = rf"(?P<month>{wording.joined(tuple(named.MONTHS))})(?!\w)\.?"
    year = r"(?:,?[\s/-]*(?:de\s+|del\s+)?(?P<year>20\d\d|(?<=[-/])\d\d)(?!\d))?"
    units = wording.joined(tuple(named.UNITS))
    weeks = "|".join(rf"(?P<w{n}>{many})" for n, many in named.WEEK_OF.items())
    people = wording.joined(
        (*words.PEOPLE_WORDS, *(kind for many in words.DELIVERABLES.values() for kind in many))
    )
    scaled = wording.joined((*words.MULTIPLIERS, *words.FOLLOWER_WORDS, *currencies.NAMES))
    parts = "|".join(rf"(?P<{part}>{many})" for part, many in named.PARTS.items())
    after = "|".join(rf"(?P<{part}>{many})" for part, many in named.PARTS_AFTER.items())
    feasts = wording.joined((*named.FEASTS, *named.MOVING_FEASTS))
    weekdays = wording.joined(tuple(word for word in named.WEEKDAYS if word not in NOT_DAYS))
    plain: list[tuple[str, Reader, bool, bool]] = [
        (rf"(?<!\w)(?:{named.END_OF_NEXT_MONTH})(?!\w)", lambda _, seen: _end_of(_later(seen.today.replace(day=1), 1, 30)), False, False),
        (rf"(?<!\w)(?:{named.END_OF_MONTH})(?!\w)", lambda _, seen: _end_of(seen.today), False, False),
        (r"(?<!\d)(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)", _ordered, True, False),
        (r"(?<![\d.,/-])(?P<d>\d{1,2})([./-])(?P<m>\d{1,2})\2(?P<y>20\d\d|\d\d)(?![\d/-])", _ordered, True, False),
        (rf"(?<!\w)(?:the )?(?:{weeks})[\s-]+(?:week|semana|woche|hafte|हफ्ते|minggu|pekan)\s+(?:of|de|in|im|mein|ke|के)?\s*(?P<month>{wording.joined(tuple(named.MONTHS))})(?!\w)", _week_of_month, True, False),
        (rf"(?<!\w){month}\s+(?:ke|के)\s+(?:{weeks})\s+(?:week|hafte|हफ्ते|हफ़्ते)", _week_of_month, True, False),
        (rf"(?<!\w)(?:{parts})[\s-]+(?:the\s+)?(?:of\s+)?{month}{year}", _part_of_month, True, False),
        (rf"(?<!\w){month}\s+(?:{after})(?!\w)", _part_of_month, True, False),
        (rf"(?<![\w.,])(?P<d>\d{{1,2}})(?:st|nd|rd|th|º|ª|\.)?[\s-]*(?:of\s+|de\s+)?{month}{year}", _named_day, True, False),
        (rf"(?<!\w){month}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d.,]*\d|k|\w)(?!\s+(?:[^\W\d_]+[\s-]){{0,2}}(?:{people})){year}", _named_day, True, False),
        (rf"(?<!\w)(?:{named.DAY_AFTER_TOMORROW})(?!\w)", lambda _, seen: seen.today + timedelta(days=2), False, False),
        (rf"(?<!\w)(?:{named.NEXT_MONTH})\s+(?:ki|के|की|ke)\s+(?P<d>\d{{1,2}})(?:\s*(?:tarikh|तारीख))?(?!\d)|(?<![\w.,])(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of|del|do|des)\s+(?:the )?(?:{named.NEXT_MONTH})(?!\w)", lambda m, seen: _make_of(_later(seen.today.replace(day=1), 1, 30), int(m["d"])), True, False),
        (rf"(?<!\w)(?:{named.NEXT_MONTH})(?!\w)", lambda _, seen: _later(seen.today, 1, 30), False, False),
        (rf"(?<!\w)(?:{named.NEXT_WEEK})(?!\w)", lambda _, seen: _later(seen.today, 1, 7), False, False),
        (rf"(?<!\w)(?:{named.WEEKEND})(?!\w)", lambda _, seen: _weekday(seen.today - timedelta(days=1), SUNDAY), False, False),
        (rf"(?<!\w)(?:{named.END_OF_WEEK})(?!\w)", lambda _, seen: _weekday(seen.today, FRIDAY), False, False),
        (rf"(?<!\w)(?:{named.TODAY})\s+in\s+(?P<n>\d{{1,3}}|[^\W\d_]+)\s+(?P<unit>{units})(?!\w)", _after_units, True, False),
        (rf"(?<!\w)(?P<weekday>{weekdays})\s+(?:week|in a week|in einer woche|after next)(?!\w)|(?<!\w)a week (?:on|from|this|next) (?P<weekday>{weekdays})(?!\w)", lambda m, seen: _weekday(seen.today, named.WEEKDAYS[m["weekday"]]) + timedelta(days=7), True, False),
        (r"(?<!\w)(?:kw|kalenderwoche|calendar week|cw)\s*(?P<w>\d{1,2})(?:\s*/\s*(?P<y>20\d\d))?(?![\d.,]*\d)", _calendar_week, True, False),
        (r"(?<!\w)(?:week|wk|woche|semana|semaine|minggu ke-?)\s?(?P<w>[1-5]\d)(?P<y>)(?![\d.,]*\d)", _calendar_week, False, True),
        (rf"(?<!\w)(?P<n>\d{{1,3}}|[^\W\d_]+)\s+(?P<unit>{units})(?!\w)", _after_units, False, True),
        (rf"(?<!\w)(?P<weekday>{weekdays})(?!\w)", lambda m, seen: _weekday(seen.today, named.WEEKDAYS[m["weekday"]]), False, True),
        (rf"(?<!\w)(?P<feast>{feasts})(?!\w)", _feast, False, True),
        (rf"(?<![\d.,/])(?P<d>\d{{1,2}})[/.](?P<m>\d{{1,2}})(?![\d/%]|\.\d|\s*(?:{scaled})(?!\w))", _ordered, False, True),
        (r"(?<![\w.,])(?P<d>\d{1,2})(?:st|nd|rd|th)(?!\w)|(?<!\w)(?:dia|día|tanggal|tgl)\s+(?P<d>\d{1,2})(?!\d)|(?<![\w.,])(?P<d>\d{1,2})\s*(?:tarikh|तारीख)", lambda m, seen: _next_number(int(m["d"]), seen.today), False, True),
        (rf"(?<!\w)(?<!guten )(?:{named.TOMORROW})(?!\w)", lambda _, seen: seen.today + timedelta(days=1), False, False),
        (rf"(?<!\w)(?:{named.TODAY})(?!\w)", lambda _, seen: seen.today, False, True),
    ]  # fmt: skip
    return tuple((re.compile(pattern), reader, exact, loose) for pattern, reader, exact, loose in plain)


NOT_DAYS = frozenset({"minggu", "mon"})
"""Weekdays that are other words too."""
DAYS_MAX = 400


def _make(year: int, month: int, number_: int) -> date | None:
    try:
        return date(year, month, number_)
    except ValueError:
        return None


def _make_of(month: date, number_: int) -> date | None:
    return _make(month.year, month.month, number_)


def _next(month: int, number_: int, today: date) -> date | None:
    this = _make(today.year, month, number_)
    return this if this is None or this >= today else _make(today.year + 1, month, number_)


def _next_number(number_: int, today: date) -> date | None:
    """Return the next day of this number in a month."""
    for ahead in range(3):
        month = today.month - 1 + ahead
        found = _make(today.year + month // MONTHS_IN_A_YEAR, month % MONTHS_IN_A_YEAR + 1, number_)
        if found and found >= today:
            return found
    return None


def _ordered(match: re.Match[str], seen: _Seen) -> date | None:
    groups = match.groupdict()
    number_, month, year = int(groups["d"]), int(groups["m"]), groups.get("y")
    if not (year and match.start("y") < match.start("d")) and (
        month > MONTHS_IN_A_YEAR or (seen.month_first and number_ <= MONTHS_IN_A_YEAR)
    ):
        number_, month = month, number_
    if year:
        return _make(int(year) + (2000 if len(year) == 2 else 0), month, number_)  # noqa: PLR2004
    return _next(month, number_, seen.today) if 1 <= month <= MONTHS_IN_A_YEAR else None


def _named_day(match: re.Match[str], seen: _Seen) -> date | None:
    number_, month, year = int(match["d"]), named.MONTHS[match["month"]], match["year"]
    if not year:
        return _next(month, number_, seen.today)
    return _make(int(year) + (2000 if len(year) == 2 else 0), month, number_)  # noqa: PLR2004


def _part_of_month(match: re.Match[str], seen: _Seen) -> date | None:
    month, year = named.MONTHS[match["month"]], match.groupdict().get("year")
    last = calendar.monthrange(int(year or seen.today.year), month)[1]
    number_ = 5 if match["start"] else 15 if match["middle"] else last
    return _make(int(year), month, number_) if year else _next(month, number_, seen.today)


def _week_of_month(match: re.Match[str], seen: _Seen) -> date | None:
    month, week = named.MONTHS[match["month"]], next(n for n in named.WEEK_OF if match[f"w{n}"])
    last = calendar.monthrange(seen.today.year, month)[1]
    return _next(month, 7 * week if week < max(named.WEEK_OF) else last, seen.today)


def _calendar_week(match: re.Match[str], seen: _Seen) -> date | None:
    """Return the Friday of a week by its number, as ISO 8601 counts them."""
    this = seen.today.isocalendar().year
    years = (int(match["y"]),) if match["y"] else (this, this + 1)
    try:
        days = [date.fromisocalendar(year, int(match["w"]), FRIDAY + 1) for year in years]
    except ValueError:
        return None  # there is no such week
    return next((day_ for day_ in days if day_ >= seen.today or match["y"]), None)


def _after_units(match: re.Match[str], seen: _Seen) -> date | None:
    stated = match["n"]
    count = int(stated) if stated.isdigit() else words.NUMBER_WORDS.get(stated, 0)
    return _later(seen.today, count, named.UNITS[match["unit"]]) if 0 < count <= DAYS_MAX else None


def _feast(match: re.Match[str], seen: _Seen) -> date | None:
    if match["feast"] in named.FEASTS:
        return _next(*named.FEASTS[match["feast"]], seen.today)
    days = _moving(named.MOVING_FEASTS[match["feast"]], seen.today.year)
    return next((day_ for day_ in days if day_ >= seen.today), None)


def _moving(feast: str, year: int) -> Iterator[date]:
    """Yield the days of a feast from this year on, as far as they are known."""
    if feast in named.MOON_FEASTS:
        yield from map(date.fromisoformat, named.MOON_FEASTS[feast])
        return
    for y in (year, year + 1):
        first = date(y, 11, 1)
        thanksgiving = first + timedelta(days=(3 - first.weekday()) % 7 + 21)
        yield {
            "easter": easter(y),
            "carnival": easter(y) - timedelta(days=47),
            "thanksgiving": thanksgiving,
            "black friday": thanksgiving + timedelta(days=1),
            "cyber monday": thanksgiving + timedelta(days=4),
        }[feast]


def easter(year: int) -> date:
    """Return Easter Sunday (the rule of Gauss as Butcher wrote it)."""
    golden, century, rest = year % 19, year // 100, year % 100
    full = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    ahead = (32 + 2 * (century % 4) + 2 * (rest // 4) - full - rest % 4) % 7
    late = (golden + 11 * full + 22 * ahead) // 451
    month, day_ = divmod(full + ahead - 7 * late + 114, 31)
    return date(year, month, day_ + 1)


def _weekday(today: date, weekday: int) -> date:
    """Return the next such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _end_of(today: date) -> date:
    return today.replace(day=calendar.monthrange(today.year, today.month)[1])


def _later(today: date, count: int, unit_days: int) -> date:
    if unit_days < 30:  # noqa: PLR2004  (days and weeks)
        return today + timedelta(days=count * unit_days)
    month = today.month - 1 + count
    year, month = today.year + month // MONTHS_IN_A_YEAR, month % MONTHS_IN_A_YEAR + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


ASKED_BEFORE = re.compile(
    r"(?<!\w)(?:by|before|till|until|untill|upto|latest|deadline|due|on|live|within|in|next|this|coming|for|at|the|para|para el|para la|para o|antes del?|antes do|hasta|hasta el|a más tardar|el|este|próximo|proximo|em|en|até|ate|até o|no|na|o|neste|next|dentro de|vor|vor dem|bis|bis zum|bis zu|am|im|zum|spätestens|ab|diesen|dieser|nächsten|nächster|kommenden|innerhalb|innerhalb von|innert|binnen|sebelum|paling lambat|sampai|pada|tanggal|tgl|hari|dalam|dalam waktu|dlm|hingga|sblm|agle|agli|aane wale|अगले|इस|frist|prazo|fecha límite|fecha|fecha limite|data|data limite|batas waktu|datum|termin|timeline|date|closing|closes|ends|starts?|starting|opening|entrega|noch)(?:\s+(?:the|el|o|a|dem|zum|about|around|un|una|um|uma))?\s*[:=-]?\s*$"
)
ASKED_AFTER = re.compile(
    r"\s*(?:ko|ke din|se pehle|se phle|tak|mein|me|ke andar|को|तक|से पहले|में|के अंदर|to go|time|from now|latest|sharp|max|deadline|ya\b|depan|yang akan datang|que viene|que vem|spätestens)(?!\w)"
)
LAST_DAY = re.compile(
    r"(?<!\w)(?:by|before|till|until|deadline|due|latest|live|antes|hasta|tardar|para el|até|ate|prazo|limite|límite|vor|bis|spätestens|frist|sebelum|lambat|sampai|batas waktu|closing|entrega)(?!\w)[^,.;\n]{0,12}$"
)
LAST_DAY_AFTER = re.compile(r"\s*(?:tak|se pehle|se phle|तक|से पहले|latest)(?!\w)")
PAYMENT = re.compile(
    r"(?<!\w)(?:pay|pays|paid|payment|payments|payout|invoices?|refund|net|credit|pagamos|pagar|pago|pagamento|bayar|pembayaran|dibayar|zahlen|bezahlen|zahlung|gezahlt|payment|paise|भुगतान|पैसे|since|seit|desde hace|há|founded|usage|rights|old|ago|every|each|por|pro|per)(?!\w)[^,.;\n]{0,24}$"
)


def deadline(text: str, named_days: list[Mention]) -> Mention | None:
    """Return of the days a text names the one until which a brief wants things done: a last day first, then one that is asked for."""
    lowered = text.lower()
    ranked: list[tuple[bool, bool, int, Mention]] = []
    for mention in named_days:
        ahead, behind = (
            lowered[max(0, mention.start - 40) : mention.start],
            lowered[mention.end : mention.end + 30],
        )
        asked = ASKED_BEFORE.search(ahead) is not None or ASKED_AFTER.match(behind) is not None
        if (mention.loose and not asked) or (not mention.exact and PAYMENT.search(ahead)):
            continue
        last = LAST_DAY.search(ahead) is not None or LAST_DAY_AFTER.match(behind) is not None
        ranked.append((not last, not mention.exact, mention.start, mention))
    return min(ranked, key=lambda one: one[:3])[3] if ranked else None
