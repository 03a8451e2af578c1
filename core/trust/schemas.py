"""What callers get back about trust: each number with what it rests on."""

from dataclasses import dataclass
from math import sqrt
from uuid import UUID

from core.kit.estimates import Estimate
from core.kit.remarks import Remark
from core.trust.states import Side

PRIOR_SHARE, PRIOR_COUNT = 0.8, 5
"""Whom nobody has seen work yet counts as good in so many of so many cases."""
NINE_OF_TEN = 1.64


@dataclass(frozen=True, slots=True)
class Reliability:
    """A creator's reliability, 0 to 100, and how many observations it rests on."""

    score: int
    observations: int

    @property
    def give_or_take(self) -> float:
        """Return how far from the score the truth lies in nine of ten cases: much, after few observations."""
        share = self.score / 100
        return 100 * NINE_OF_TEN * sqrt(share * (1 - share) / (self.observations + PRIOR_COUNT + 1))


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How a brand decides: median hours, the share decided before silence did, over how many drafts."""

    median_hours: float | None
    decided_share: float | None
    decisions: int


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a score: 0 to 1, between what it lies, its weight, and what it rests on."""

    name: str
    value: float
    weight: float
    because: Remark
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class InfluenceScore:
    """0 to 100 by the open formula, as an estimate, with its parts and its version."""

    between: Estimate
    version: str
    parts: tuple[ScorePart, ...]

    @property
    def score(self) -> int:
        """Return the score alone."""
        return self.between.value


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review that both sides may read."""

    deal_id: UUID
    by: Side
    stars: int
    text: str


@dataclass(frozen=True, slots=True)
class Rating:
    """The mean of the visible reviews about somebody."""

    stars: float | None
    reviews: int
