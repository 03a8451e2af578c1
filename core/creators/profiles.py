"""A creator's row: how it begins, how a profile is written on it, and the frozen picture of it."""

from collections.abc import Iterable
from uuid import UUID

from core.creators.errors import FollowersOutOfRange, RateOutOfRange
from core.creators.models import Creator, Rate, SocialAccount
from core.creators.schemas import (
    FOLLOWERS_MAX,
    RATE_MINOR_MAX,
    TOPIC_CHARACTERS_MAX,
    TOPICS_MAX,
    AudienceShare,
    CreatorView,
    SaveProfile,
    SocialAccountView,
)
from core.kit import names
from core.kit.money import Currency, Money
from core.kit.text import clean
from core.kit.vocabulary import DeliverableKind
from core.kit.work import Work


def view(creator: Creator) -> CreatorView:
    """Return the frozen picture of a row."""
    accounts = tuple(SocialAccountView.of(a) for a in sorted(creator.accounts, key=lambda a: a.platform))
    rates = {r.kind: Money(r.amount_minor, r.currency) for r in sorted(creator.rates, key=lambda r: r.kind)}
    return picture(creator, accounts, rates)


def picture(
    row: Creator, accounts: tuple[SocialAccountView, ...], rates: dict[DeliverableKind, Money]
) -> CreatorView:
    """Return the frozen picture of a mapped row, or of one that has its columns alone."""
    return CreatorView(
        id=row.id,
        person_id=row.person_id,
        name=row.name,
        bio=row.bio,
        niches=tuple(row.niches),
        languages=tuple(row.languages),
        city=row.city,
        country=row.country,
        currency=row.currency,
        available=row.available and row.frozen_at is None,
        accounts=accounts,
        rates=rates,
        external_id=row.external_id or "",
        frozen_at=row.frozen_at,
        picture_id=row.picture_id,
        sample_posts=tuple(row.sample_posts),
        audience=tuple(map(AudienceShare.read, row.audience)),
        topics=tuple(row.topics),
    )


def blank(work: Work, person_id: UUID, name: str, external_id: str | None) -> Creator:
    """Return a new row with nothing said yet."""
    return Creator(
        person_id=person_id,
        external_id=external_id,
        name=name[:120],
        bio="",
        niches=[],
        topics=[],
        languages=[],
        city="",
        country="",
        currency=Currency.USD,
        available=True,
        picture_id=None,
        sample_posts=[],
        audience=[],
        created_at=work.now,
        updated_at=work.now,
        accounts=[],
        rates=[],
    )


def write(creator: Creator, profile: SaveProfile) -> None:
    """Put on a row what a profile says; what it leaves out stays.

    Raises:
        FollowersOutOfRange: for a count below nothing or above the bound.
        RateOutOfRange: for a rate of nothing, or above the bound.
    """
    plain = {
        "name": names.plain(profile.name, 120) or None if profile.name else None,
        "bio": None if profile.bio is None else clean(profile.bio, 4_000),
        "niches": None if profile.niches is None else list(profile.niches),
        "topics": None if profile.topics is None else _topics(profile.topics),
        "languages": None if profile.languages is None else list(profile.languages),
        "city": None if profile.city is None else clean(profile.city, 120),
        "country": None if profile.country is None else profile.country.upper()[:2],
        "currency": profile.currency,
        "available": profile.available,
    }
    for name, value in plain.items():
        if value is not None:
            setattr(creator, name, value)
    if profile.accounts is not None:
        _write_accounts(creator, profile.accounts)
    if profile.rates is not None:
        _write_rates(creator, profile.rates)


def _topics(said: Iterable[str]) -> list[str]:
    plain = (clean(each, TOPIC_CHARACTERS_MAX) for each in said)
    return list(dict.fromkeys(topic for topic in plain if topic))[:TOPICS_MAX]


def _write_accounts(creator: Creator, accounts_: Iterable[SocialAccountView]) -> None:
    known = {account.platform: account for account in creator.accounts}
    for account in accounts_:
        if account.followers is not None and not 0 <= account.followers <= FOLLOWERS_MAX:
            raise FollowersOutOfRange(followers=account.followers)
        row = known.get(account.platform)
        if row is None:
            row = SocialAccount(platform=account.platform)
            creator.accounts.append(row)
        if (row.handle, row.followers) != (clean(account.handle, 120), account.followers):
            row.verified_at = None
        row.handle = clean(account.handle, 120)
        row.followers = account.followers
        row.engagement_bps = account.engagement_bps
        row.average_views = account.average_views


def _write_rates(creator: Creator, rates: dict[DeliverableKind, Money]) -> None:
    known = {rate.kind: rate for rate in creator.rates}
    for kind, amount in rates.items():
        if not 0 < amount.minor <= RATE_MINOR_MAX:
            raise RateOutOfRange(kind=kind)
        row = known.get(kind)
        if row is None:
            row = Rate(kind=kind)
            creator.rates.append(row)
        row.amount_minor = amount.minor
        row.currency = amount.currency
