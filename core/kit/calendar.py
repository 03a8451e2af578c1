"""Days on which offices work. A brand's own calendar of holidays can be given."""

from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta

SATURDAY = 5


def add_business_days(start: datetime, days: int, holidays: AbstractSet[date] = frozenset()) -> datetime:
    """Return the same hour `days` working days later (Monday to Friday, without `holidays`)."""
    moment = start
    while days > 0:
        moment += timedelta(days=1)
        if moment.weekday() < SATURDAY and moment.date() not in holidays:
            days -= 1
    return moment
