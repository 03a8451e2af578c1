"""The formulae of the trade, each with its denominator. Counts in, exact ratios out.

Money is in minor units. A ratio without a denominator is None, never zero. Sources: rules.md of the
design, with one test vector for all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from core.kit.vocabulary import Platform

What = TypeVar("What", bound=str)

VIEW_VALUE_USD: dict[Platform, Fraction] = {
    Platform.INSTAGRAM: Fraction(10, 1_000),
    Platform.TIKTOK: Fraction(10, 1_000),
    Platform.YOUTUBE: Fraction(45, 2_000),
}
"""What a view would cost as an advertisement: the middle of the published CPM bands, $5-15 on Instagram
and TikTok, $15-30 on YouTube. No figure is published for X, so its views count nothing."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What one post, or a whole campaign, came to."""

    cost_minor: int = 0
    views: int = 0
    reach: int = 0
    followers: int = 0
    likes: int = 0
    comments: int = 0
    saves: int = 0
    shares: int = 0
    clicks: int = 0
    sales: int = 0
    revenue_minor: int = 0

    @property
    def engagements(self) -> int:
        """Return likes + comments + saves + shares."""
        return self.likes + self.comments + self.saves + self.shares

    def __add__(self, other: "Counts") -> "Counts":
        """Add two posts' counts."""
        names = self.__dataclass_fields__
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in names})


def ratio(numerator: int, denominator: int) -> Fraction | None:
    """Return numerator ÷ denominator, None for a denominator of zero."""
    return Fraction(numerator, denominator) if denominator else None


def engagement_rate(engagements: int, base: int) -> Fraction | None:
    """Return engagements ÷ followers, reach or views: say which when showing it."""
    return ratio(engagements, base)


def _cost_per(counts: Counts, denominator: int, factor: int = 1) -> Fraction | None:
    """Return cost ÷ denominator; where no cash was paid there is no such price, and not one of zero."""
    return ratio(counts.cost_minor * factor, denominator) if counts.cost_minor else None


def cost_per_engagement(counts: Counts) -> Fraction | None:
    """Return cost ÷ engagements (all four kinds), in minor units."""
    return _cost_per(counts, counts.engagements)


def cost_per_mille(counts: Counts) -> Fraction | None:
    """Return cost ÷ views × 1000, in minor units; views stand for impressions since April 2025."""
    return _cost_per(counts, counts.views, 1_000)


def click_through_rate(counts: Counts) -> Fraction | None:
    """Return clicks ÷ views."""
    return ratio(counts.clicks, counts.views)


def cost_per_click(counts: Counts) -> Fraction | None:
    """Return cost ÷ clicks, in minor units."""
    return _cost_per(counts, counts.clicks)


def return_on_ad_spend(counts: Counts) -> Fraction | None:
    """Return revenue ÷ cost."""
    return ratio(counts.revenue_minor, counts.cost_minor)


def return_on_investment(counts: Counts, buyer_fee_bps: int = 0) -> Fraction | None:
    """Return (revenue − cost) ÷ cost, the cost with the buyer's fee on top."""
    cost = Fraction(counts.cost_minor * (10_000 + buyer_fee_bps), 10_000)
    return (counts.revenue_minor - cost) / cost if cost else None


def earned_media_value(counts: Mapping[What, int], unit_values: Mapping[What, Fraction]) -> Fraction:
    """Return Σ count × unit value; show the unit values beside it, they are a matter of taste."""
    return sum((counts[name] * value for name, value in unit_values.items()), Fraction(0))
