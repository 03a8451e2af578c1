"""What callers get back about trust: each number with what it rests on."""

from dataclasses import dataclass
from uuid import UUID

from core.kit.remarks import Remark
from core.trust.states import Side


@dataclass(frozen=True, slots=True)
class Reliability:
    """A creator's reliability, 0 to 100, and how many observations it rests on."""

    score: int
    observations: int


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How a brand decides: median hours, the share decided before silence did, over how many drafts."""

    median_hours: float | None
    decided_share: float | None
    decisions: int


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a score: 0 to 1, its weight, and what it rests on."""

    name: str
    value: float
    weight: float
    because: Remark


@dataclass(frozen=True, slots=True)
class InfluenceScore:
    """0 to 100 by the open formula, with its parts and its version."""

    score: int
    version: str
    parts: tuple[ScorePart, ...]


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
