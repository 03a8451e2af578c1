"""What has to be withheld from a creator's earnings: dated rows, never code.

Each default says "confirm with an accountant": the operator stays responsible.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.kit.money import Currency, Money

ADVICE = "Confirm with an accountant."
FOR_EVER = date.max
INDIA = ZoneInfo("Asia/Kolkata")


@dataclass(frozen=True, slots=True)
class Withholding:
    """Basis points of the gross to withhold once a tax year's gross is above a threshold.

    The threshold is in major units of `currency`, and only what is earned in that currency counts: no rate of
    exchange is ours to choose. The tax year begins on the day and month of `year_begins`, by the clock of
    `zone`. A row counts from `valid_from` to `valid_to`, both days in.
    """

    country: str
    currency: Currency
    name: str
    bps: int
    above_major: int
    year_begins: tuple[int, int]
    zone: ZoneInfo
    valid_from: date
    source: str
    valid_to: date = FOR_EVER

    def since(self, at: datetime) -> datetime:
        """Return when the tax year began that a moment is in."""
        here = at.astimezone(self.zone)
        month, day = self.year_begins
        year = here.year if (here.month, here.day) >= (month, day) else here.year - 1
        return datetime(year, month, day, tzinfo=self.zone)

    def bps_of(self, gross_this_year: Money) -> int:
        """Return what to withhold from a release, `gross_this_year` with the release itself."""
        above = gross_this_year.minor > self.above_major * self.currency.minor_per_major
        return self.bps if above else 0


ACT_OF_1961 = Withholding(
    country="IN",
    currency=Currency.INR,
    name="TDS on e-commerce participants, individuals with PAN",
    bps=10,
    above_major=500_000,
    year_begins=(4, 1),
    zone=INDIA,
    valid_from=date(2024, 10, 1),
    valid_to=date(2026, 3, 31),
    source="Income-tax Act, 1961, s. 194-O: 0.1 % where the year's gross is above ₹5 lakh",
)
ROWS: tuple[Withholding, ...] = (
    ACT_OF_1961,
    replace(
        ACT_OF_1961,
        valid_from=date(2026, 4, 1),
        valid_to=FOR_EVER,
        source="Income-tax Act, 2025, s. 393, in force since 1 April 2026: rate and threshold as before",
    ),
)


def row_of(country: str, currency: Currency, at: datetime) -> Withholding | None:
    """Return the rule for what is released to somebody of a country at a moment, None where there is none."""
    for row in ROWS:
        if (row.country, row.currency) == (country, currency):
            on = at.astimezone(row.zone).date()
            if row.valid_from <= on <= row.valid_to:
                return row
    return None
