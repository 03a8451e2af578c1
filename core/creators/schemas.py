"""What callers hand in and get back about creators."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.kit.consent import mark
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind, Platform

FOLLOWERS_MAX = 1_000_000_000
RATE_MINOR_MAX = 1_000_000_000


@dataclass(frozen=True, slots=True)
class SocialAccountView:
    """One account on a social network. `engagement_bps` is engagements ÷ followers in basis points."""

    platform: Platform
    handle: str
    followers: int | None
    engagement_bps: int | None
    average_views: int | None


@dataclass(frozen=True, slots=True)
class Behind:
    """Whose a profile is, and the country that it names (ISO 3166, empty where it names none)."""

    person_id: UUID
    country: str


@dataclass(frozen=True, slots=True)
class CreatorView:
    """A creator's profile."""

    id: UUID
    person_id: UUID
    name: str
    bio: str
    niches: tuple[str, ...]
    languages: tuple[str, ...]
    city: str
    country: str
    currency: Currency
    available: bool
    accounts: tuple[SocialAccountView, ...]
    rates: dict[DeliverableKind, Money]
    external_id: str = ""
    frozen_at: datetime | None = None

    @property
    def mark(self) -> str:
        """Return the mark of a profile as it is shown before it is frozen, or let go."""
        return mark("creator", self.id, self.name, self.frozen_at)

    @property
    def followers(self) -> int:
        """Return the followers of the largest account, zero where none is known."""
        return max((a.followers or 0 for a in self.accounts), default=0)


@dataclass(frozen=True, slots=True)
class SaveProfile:
    """Command: write a creator's own profile. None leaves a part as it was."""

    name: str | None = None
    bio: str | None = None
    niches: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    city: str | None = None
    country: str | None = None
    currency: Currency | None = None
    available: bool | None = None
    accounts: tuple[SocialAccountView, ...] | None = None
    rates: dict[DeliverableKind, Money] | None = None


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One checked line of an import file."""

    line: int
    external_id: str
    profile: SaveProfile


@dataclass(frozen=True, slots=True)
class Refusal:
    """One line that was not imported, and why. Line 1 is the header."""

    line: int
    reason: str


@dataclass(slots=True)
class ImportReport:
    """What an import did."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    unknown_columns: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NewVector:
    """A creator's embedding (float32 bytes), and marks of the text and of the profile it was made from."""

    creator_id: UUID
    embedding: bytes
    text_mark: str
    profile_mark: str


@dataclass(frozen=True, slots=True)
class VectorView:
    """A creator's stored embedding: float32 bytes, and the profile columns that filters read."""

    creator: CreatorView
    revision: int
    embedding: bytes
