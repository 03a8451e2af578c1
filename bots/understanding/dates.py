"""The day a text means, seen from today."""

import calendar
from datetime import date, timedelta

import regex as re

from bots.understanding import lexicon as words
from bots.understanding import wording


def day(text: str, today: date) -> date | None:
    """Return the day a text means, seen from `today`; a day without a year is the next one."""
    normal = wording.normalise(text).lower()
    for reader in (_iso_day, _named_day, _slashed_day, _relative_day, _feast_day):
        found = reader(normal, today)
        if found is not None:
            return found
    return None


def _make(year: int, month: int, number_: int) -> date | None:
    try:
        return date(year, month, number_)
    except ValueError:
        return None


def _next(month: int, number_: int, today: date) -> date | None:
    this = _make(today.year, month, number_)
    return this if this is None or this >= today else _make(today.year + 1, month, number_)


def _iso_day(text: str, today: date) -> date | None:
    del today
    match = re.search(r"\b(20\d\d)-(\d{1,2})-(\d{1,2})\b", text)
    return _make(int(match[1]), int(match[2]), int(match[3])) if match else None


def _named_day(text: str, today: date) -> date | None:
    months = wording.joined(tuple(words.MONTHS))
    year = r"(?:,?\s*(?:de\s+|del\s+)?(20\d\d))?"
    first = re.search(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th|º|ª|\.)?\s*(?:of\s+|de\s+)?({months})(?!\w)\.?{year}", text
    )
    if first:
        number_, month, stated = int(first[1]), words.MONTHS[first[2]], first[3]
    else:
        second = re.search(rf"(?<!\w)({months})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|k|\w){year}", text)
        if not second:
            return None
        number_, month, stated = int(second[2]), words.MONTHS[second[1]], second[3]
    return _make(int(stated), month, number_) if stated else _next(month, number_, today)


def _slashed_day(text: str, today: date) -> date | None:
    match = re.search(r"(?<![\d.,])(\d{1,2})[/.](\d{1,2})(?:[/.](20\d\d|\d\d))?(?![\d/])", text)
    if not match:
        return None
    number_, month = int(match[1]), int(match[2])
    if month > 12 >= number_:  # noqa: PLR2004  (month first, as in the United States)
        number_, month = month, number_
    if match[3]:
        return _make(int(match[3]) + (2000 if len(match[3]) == 2 else 0), month, number_)  # noqa: PLR2004
    return _next(month, number_, today) if 1 <= month <= 12 else None  # noqa: PLR2004


def _relative_day(text: str, today: date) -> date | None:  # noqa: PLR0911  (one reader after the other)
    if re.search(words.END_OF_MONTH, text):
        return today.replace(day=calendar.monthrange(today.year, today.month)[1])
    if re.search(words.NEXT_MONTH, text):
        first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return first.replace(day=min(today.day, calendar.monthrange(first.year, first.month)[1]))
    units = wording.joined(tuple(words.UNITS))
    match = re.search(rf"(\d{{1,3}}|[^\W\d_]+)\s+({units})(?!\w)", text)
    if match:
        count = int(match[1]) if match[1].isdigit() else words.NUMBER_WORDS.get(match[1], 0)
        if count:
            return _later(today, count, words.UNITS[match[2]])
    if re.search(words.NEXT_WEEK, text):
        return today + timedelta(days=7)
    if re.search(words.THIS_WEEKEND, text):
        return today + timedelta(days=(6 - today.weekday()) % 7)
    for word in wording.WORD.findall(text):
        if word in words.WEEKDAYS and word not in {"minggu", "sexta"}:
            ahead = (words.WEEKDAYS[word] - today.weekday() - 1) % 7 + 1
            return today + timedelta(days=ahead)
    if re.search(words.TOMORROW, text):
        return today + timedelta(days=1)
    return today if re.search(r"\b(?:today|aaj|आज|hoy|hoje|hari ini|heute)\b", text) else None


def _feast_day(text: str, today: date) -> date | None:
    match = re.search(rf"(?<!\w)(?:{wording.joined(tuple(words.FEASTS))})(?!\w)", text)
    return _next(*words.FEASTS[match[0]], today) if match else None


def _later(today: date, count: int, unit_days: int) -> date:
    if unit_days < 30:  # noqa: PLR2004  (days and weeks)
        return today + timedelta(days=count * unit_days)
    month = today.month - 1 + count
    year, month = today.year + month // 12, month % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
