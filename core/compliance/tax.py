"""What has to be withheld from a creator's earnings: dated rows, never code.

Each default says "confirm with an accountant": the operator stays responsible.
"""

from dataclasses import dataclass
from datetime import date

ADVICE = "Confirm with an accountant."


@dataclass(frozen=True, slots=True)
class Withholding:
    """Basis points of the gross to withhold above a yearly threshold in major units."""

    country: str
    name: str
    bps: int
    above_major: int
    valid_from: date
    source: str


ROWS: tuple[Withholding, ...] = (
    Withholding(
        country="IN",
        name="TDS on e-commerce participants, individuals with PAN",
        bps=10,
        above_major=500_000,
        valid_from=date(2024, 10, 1),
        source="Income-tax Act, s. 194-O, 0.1 % above ₹5 lakh a year",
    ),
)


def withholding_bps(country: str, gross_this_year_minor: int, minor_per_major: int, on: date) -> int:
    """Return what to withhold from the next release, in basis points of the gross."""
    return sum(
        row.bps
        for row in ROWS
        if row.country == country
        and row.valid_from <= on
        and gross_this_year_minor > row.above_major * minor_per_major
    )
