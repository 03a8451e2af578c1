"""What callers hand in and get back about creators."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from core.kit.consent import mark
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind, Platform

FOLLOWERS_MAX = 1_000_000_000
TOPICS_MAX, TOPIC_CHARACTERS_MAX = 12, 60
NANO_FOLLOWERS = (1_000, 50_000)
"""Whom this marketplace is made for; others are taken too."""
RATE_MINOR_MAX = 1_000_000_000


@dataclass(frozen=True, slots=True)
class SocialAccountView:
    """One account on a social network. `engagement_bps` is engagements ÷ followers in basis points.

    The figures are what somebody said, unless the network itself has shown them: then they are `verified`.
    """

    platform: Platform
    handle: str
    followers: int | None
    engagement_bps: int | None
    average_views: int | None
    verified: bool = False

    @classmethod
    def of(cls, row: Any) -> "SocialAccountView":  # noqa: ANN401  (a mapped row, or its columns alone)
        """Return the picture of an account's row."""
        figures = (row.followers, row.engagement_bps, row.average_views)
        return cls(row.platform, row.handle, *figures, row.verified_at is not None)

    def over(self, old: "SocialAccountView") -> "SocialAccountView":
        """Return this account with what the old one knows where this one says nothing."""
        return SocialAccountView(
            self.platform,
            self.handle or old.handle,
            old.followers if self.followers is None else self.followers,
            old.engagement_bps if self.engagement_bps is None else self.engagement_bps,
            old.average_views if self.average_views is None else self.average_views,
        )


@dataclass(frozen=True, slots=True)
class Behind:
    """Whose a profile is, and the country that it names (ISO 3166, empty where it names none)."""

    person_id: UUID
    country: str


class ShareOf(StrEnum):
    """What a share of an audience is counted by."""

    COUNTRY = "country"
    AGE = "age"
    GENDER = "gender"


@dataclass(frozen=True, slots=True)
class AudienceShare:
    """How much of her audience a creator says to be of one country, age or gender, in whole percent."""

    of: ShareOf
    name: str
    percent: int

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> Self:
        """Read what is written down."""
        return cls(ShareOf(body["of"]), str(body["name"]), int(body["percent"]))


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
    picture_id: UUID | None = None
    sample_posts: tuple[str, ...] = ()
    audience: tuple[AudienceShare, ...] = ()
    topics: tuple[str, ...] = ()

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
    topics: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    city: str | None = None
    country: str | None = None
    currency: Currency | None = None
    available: bool | None = None
    accounts: tuple[SocialAccountView, ...] | None = None
    rates: dict[DeliverableKind, Money] | None = None

    def filled_from(self, known: CreatorView) -> "SaveProfile":
        """Return this with accounts that keep what is known of them where this says nothing."""
        old = {account.platform: account for account in known.accounts}
        accounts = [each.over(old.get(each.platform, each)) for each in self.accounts or ()]
        return replace(self, accounts=tuple(accounts))


@dataclass(frozen=True, slots=True)
class ShowOfWork:
    """Command: show a picture of oneself and links to posts of one's own; None leaves a part as it was."""

    picture_id: UUID | None = None
    sample_posts: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One checked line of a list. Its key is its list's name with its id there, so that two lists never mix.

    `called` is what brands see where the line has no name; `empty` lines say nothing of anybody.
    """

    line: int
    external_id: str
    profile: SaveProfile
    bare_id: str = ""
    called: str = ""
    empty: bool = False

    @property
    def shown_name(self) -> str:
        """Return what a new profile is called."""
        return self.profile.name or self.called or self.external_id

    def refused_as_empty(self, report: "ImportReport") -> bool:
        """Refuse a row of which nothing is known but that somebody is in a list."""
        if not self.empty:
            return False
        report.refused.append(Refusal(self.line, "there is nothing in it but an id"))
        return True


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
