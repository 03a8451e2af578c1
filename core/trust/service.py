"""Scores anybody can recompute, and reviews that nobody writes in answer to another.

Influence Score, version 3 (open formula): 100 × reach × Σ weight × part ÷ Σ weight. Parts: engagement against
the tier's benchmark (0.40), audience in the nano range (0.15), consistency of profile (0.15), reliability
(0.30). What is self-declared counts half of what it would count verified, and an engagement that nobody named
half of the tier's own: silence and big words never beat what a network has shown. Reach: followers ÷ 1,000
below a thousand, else one: who reaches nobody has no influence, however complete the profile. Reliability:
shrunk share of good observations, (good + 0.8 × 5) ÷ (n + 5). Where parts are not sure, the score says
between what it lies.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from core.creators.schemas import NANO_FOLLOWERS, CreatorView, SocialAccountView
from core.kit.estimates import Estimate
from core.kit.remarks import Remark
from core.kit.text import clean
from core.kit.vocabulary import Platform
from core.kit.work import Work
from core.trust.errors import AlreadyReviewed, ReviewWindowClosed, StarsOutOfRange
from core.trust.models import ObservationRow, Review
from core.trust.schemas import (
    PRIOR_COUNT,
    PRIOR_SHARE,
    InfluenceScore,
    Punctuality,
    Rating,
    Reliability,
    ReviewView,
    ScorePart,
)
from core.trust.states import Observation, Side

SCORE_VERSION = "3"
DECLARED = 0.5
"""How much of a figure counts that nobody but its owner has said."""
WEIGHTS = {"engagement": 0.40, "audience": 0.15, "profile": 0.15, "reliability": 0.30}
STARS_MAX = 5
TIERS_OWN, OUTSIDE = 0.5, 0.4
"""What the tier's own engagement counts, and an audience outside of the nano range."""
CREATOR_KINDS = (
    Observation.DRAFT_ON_TIME,
    Observation.POST_ON_TIME,
    Observation.POST_STAYED,
    Observation.APPROVED_FIRST_ROUND,
    Observation.DEAL_KEPT,
)
TIER_ENGAGEMENT_BPS: dict[Platform, int] = {
    Platform.INSTAGRAM: 178,  # nano 1.78 %, HypeAuditor 2026
    Platform.TIKTOK: 1_000,  # nano 10 to 12.6 %
    Platform.YOUTUBE: 320,  # nano 3.2 % (weak source)
    Platform.X: 178,  # no published figure; Instagram's stands in
}
SCORED_PLATFORMS = frozenset({Platform.INSTAGRAM, Platform.TIKTOK, Platform.X})
"""YouTube's data stays out of scores: its terms allow derived scores to audited licensees only."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Command: note one observation. The same source and kind are noted once."""

    subject_id: UUID
    kind: Observation
    good: bool
    source_id: str
    hours: float | None = None


def observe(work: Work, seen: Seen) -> None:
    """Note something the deal process saw."""
    work.session.execute(
        insert(ObservationRow)
        .values(
            subject_id=seen.subject_id,
            kind=seen.kind,
            good=seen.good,
            hours=seen.hours,
            source_id=seen.source_id,
            at=work.now,
        )
        .on_conflict_do_nothing()
    )


def reliability(work: Work, creator_ids: Sequence[UUID]) -> dict[UUID, Reliability]:
    """Return the reliability of several creators in one query; unknown ones get the prior."""
    query = (
        select(
            ObservationRow.subject_id,
            func.count(),
            func.count().filter(ObservationRow.good),
        )
        .where(ObservationRow.subject_id.in_(creator_ids), ObservationRow.kind.in_(CREATOR_KINDS))
        .group_by(ObservationRow.subject_id)
    )
    seen = {row[0]: (int(row[1]), int(row[2])) for row in work.session.execute(query)}
    return {creator_id: _reliability(*seen.get(creator_id, (0, 0))) for creator_id in creator_ids}


def punctualities(work: Work, workspace_ids: Iterable[UUID]) -> dict[UUID, Punctuality]:
    """Return how several brands decide on drafts; one query."""
    ids = set(workspace_ids)
    query = select(
        ObservationRow.subject_id,
        func.percentile_cont(0.5).within_group(ObservationRow.hours),
        func.count().filter(ObservationRow.good),
        func.count(),
    ).where(ObservationRow.subject_id.in_(ids), ObservationRow.kind == Observation.DECIDED_BY_PERSON)
    rows = work.session.execute(query.group_by(ObservationRow.subject_id))
    seen = {
        subject: Punctuality(
            median_hours=round(hours, 1) if hours is not None else None,
            decided_share=good / number,
            decisions=number,
        )
        for subject, hours, good, number in rows
    }
    return {brand: seen.get(brand, Punctuality(None, None, 0)) for brand in ids}


def punctuality(work: Work, workspace_id: UUID) -> Punctuality:
    """Return how a brand decides on drafts."""
    return punctualities(work, [workspace_id])[workspace_id]


def influence(creator: CreatorView, reliable: Reliability) -> InfluenceScore:
    """Return a creator's Influence Score with its parts. Reads nothing; costs nothing."""
    parts = [part for part in (_engagement(creator), _audience(creator)) if part is not None]
    said = any(part.low < part.high for part in parts)
    filled = [
        ("bio", bool(creator.bio)),
        ("niches", bool(creator.niches)),
        ("languages", bool(creator.languages)),
        ("place", bool(creator.city or creator.country)),
        ("rates", bool(creator.rates)),
    ]
    missing = [name for name, there in filled if not there]
    because = Remark("profile_lacks", {"parts": missing}) if missing else Remark("profile_complete")
    share = 1 - len(missing) / len(filled)
    parts.append(ScorePart("profile", share, WEIGHTS["profile"], because, share, share))
    steps = Remark("past_steps", {"n": reliable.observations})
    kept, unsure = reliable.score / 100, reliable.give_or_take / 100
    bounds = (max(kept - unsure, 0.0), min(kept + unsure, 1.0))
    parts.append(ScorePart("reliability", kept, WEIGHTS["reliability"], steps, *bounds))
    scale = 100 * _reach(creator) / sum(part.weight for part in parts)
    low, score, high = (
        round(scale * sum(getattr(part, bound) * part.weight for part in parts))
        for bound in ("low", "value", "high")
    )
    basis = Remark("self_declared") if said else steps
    return InfluenceScore(Estimate(score, low, high, basis), SCORE_VERSION, tuple(parts))


@dataclass(frozen=True, slots=True)
class WriteReview:
    """Command: say how the other side was."""

    deal_id: UUID
    by: Side
    about_id: UUID
    stars: int
    text: str
    window_ends_at: datetime


def review(work: Work, command: WriteReview) -> bool:
    """Keep a review, hidden until the other side has spoken too; True when both now can be read.

    Raises:
        StarsOutOfRange, ReviewWindowClosed, AlreadyReviewed.
    """
    if not 1 <= command.stars <= STARS_MAX:
        raise StarsOutOfRange(stars=command.stars)
    if work.now >= command.window_ends_at:
        raise ReviewWindowClosed
    reviews = _of_deal(work, command.deal_id)
    if command.by in reviews:
        raise AlreadyReviewed
    both = bool(reviews)
    visible_at = work.now if both else command.window_ends_at
    for other in reviews.values():
        other.visible_at = work.now
    work.session.add(
        Review(
            deal_id=command.deal_id,
            by=command.by,
            about_id=command.about_id,
            stars=command.stars,
            text=clean(command.text, 2_000),
            written_at=work.now,
            visible_at=visible_at,
        )
    )
    work.session.flush()
    return both


def reviews_of(work: Work, deal_id: UUID) -> list[ReviewView]:
    """Return the reviews of a deal that may be read by now."""
    return [
        ReviewView(row.deal_id, row.by, row.stars, row.text)
        for row in _of_deal(work, deal_id).values()
        if row.visible_at <= work.now
    ]


def reviewed_by(work: Work, deal_ids: Iterable[UUID]) -> dict[UUID, set[Side]]:
    """Return which sides have reviewed each of some deals, whether it may be read yet or not; one query."""
    found: dict[UUID, set[Side]] = {}
    query = select(Review.deal_id, Review.by).where(Review.deal_id.in_(set(deal_ids)))
    for deal_id, side in work.session.execute(query):
        found.setdefault(deal_id, set()).add(side)
    return found


def ratings(work: Work, about_ids: Iterable[UUID]) -> dict[UUID, Rating]:
    """Return the mean of the reviews about several that may be read by now; one query."""
    ids = set(about_ids)
    query = select(Review.about_id, func.avg(Review.stars), func.count()).where(
        Review.about_id.in_(ids), Review.visible_at <= work.now
    )
    rows = work.session.execute(query.group_by(Review.about_id))
    seen = {about: Rating(round(float(mean), 1), int(number)) for about, mean, number in rows}
    return {about: seen.get(about, Rating(None, 0)) for about in ids}


def rating(work: Work, about_id: UUID) -> Rating:
    """Return the mean of the reviews about somebody that may be read by now."""
    return ratings(work, [about_id])[about_id]


def shrunk_engagement_bps(own_bps: float, posts: int, tier_bps: float) -> float:
    """Return (n·ER + 5·tier) ÷ (n + 5): few posts say little (rules.md)."""
    return (posts * own_bps + PRIOR_COUNT * tier_bps) / (posts + PRIOR_COUNT)


def review_window(work: Work, days: int) -> datetime:
    """Return when a window that opens now closes."""
    return work.now + timedelta(days=days)


def _of_deal(work: Work, deal_id: UUID) -> dict[Side, Review]:
    query = select(Review).where(Review.deal_id == deal_id).with_for_update()
    return {row.by: row for row in work.session.scalars(query)}


def _reliability(observations: int, good: int) -> Reliability:
    share = (good + PRIOR_SHARE * PRIOR_COUNT) / (observations + PRIOR_COUNT)
    return Reliability(round(100 * share), observations)


def _engagement(creator: CreatorView) -> ScorePart:
    known = [
        (_counted(min(a.engagement_bps / TIER_ENGAGEMENT_BPS[a.platform] / 2, 1.0), a), a)
        for a in creator.accounts
        if a.engagement_bps is not None and a.platform in SCORED_PLATFORMS
    ]
    if not known:
        weight, because = WEIGHTS["engagement"], Remark("engagement_unknown")
        return ScorePart("engagement", DECLARED * TIERS_OWN, weight, because, 0.0, 1.0)
    bounds, account = max(known, key=lambda pair: pair[0])
    rate = round((account.engagement_bps or 0) / 100, 1)
    tier = round(TIER_ENGAGEMENT_BPS[account.platform] / 100, 1)
    because = Remark("engagement_tier", {"rate": rate, "platform": account.platform, "tier": tier})
    return _part("engagement", bounds, because)


def _audience(creator: CreatorView) -> ScorePart | None:
    scored = [(a.followers, a) for a in creator.accounts if a.followers and a.platform in SCORED_PLATFORMS]
    if not scored:
        return None
    followers, account = max(scored, key=lambda pair: pair[0])
    inside = NANO_FOLLOWERS[0] <= followers <= NANO_FOLLOWERS[1]
    bounds = _counted(1.0 if inside else OUTSIDE, account)
    code = "followers_verified" if account.verified else "followers_said"
    return _part("audience", bounds, Remark(code, {"n": followers}))


def _counted(value: float, account: SocialAccountView) -> tuple[float, float, float]:
    """Return what a figure of an account counts, and between what: half, unless its network has shown it."""
    return (value, value, value) if account.verified else (DECLARED * value, 0.0, value)


def _part(name: str, bounds: tuple[float, float, float], because: Remark) -> ScorePart:
    value, low, high = bounds
    return ScorePart(name, value, WEIGHTS[name], because, low, high)


def _reach(creator: CreatorView) -> float:
    """Return 0 to 1: how much there is to influence. Followers that no score may use count as enough."""
    if not creator.accounts:
        return 0.0
    scored = [
        a.followers for a in creator.accounts if a.followers is not None and a.platform in SCORED_PLATFORMS
    ]
    return min(max(scored) / NANO_FOLLOWERS[0], 1.0) if scored else 1.0
