"""Proof of post: is it there, is it the right one, does it stay?

A worker reads the network outside a transaction and comes here with what it saw. An answer that did not
come is never a deletion: three readings without the post, over six hours or more, are.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from core.campaigns import service as campaigns
from core.compliance import disclosure
from core.creators import service as creators
from core.deals import pieces
from core.deals import views as deals
from core.deals.errors import StepNotPossible
from core.deals.schemas import DealView, DeliverableView
from core.deals.states import DeliverableState
from core.kit.actors import SYSTEM
from core.kit.remarks import Remark
from core.kit.work import Work
from core.messaging import outbox
from core.messaging.states import PromiseKind
from core.networks import links
from core.networks.port import Metrics, PostReading
from core.posts.errors import NetworkNotConnected
from core.posts.models import MetricSnapshot, WatchedPost

FAILURES_FOR_MISSING = 3
FAILING_AT_LEAST = timedelta(hours=6)
CHECK_AGAIN_AFTER_FAILURE = timedelta(hours=3, minutes=10)
CHECK_BAND_HOURS = (16, 28)
CLOCK_SKEW = timedelta(minutes=5)
CHECKS_MAX = 200
CONNECTED = frozenset({links.SANDBOX})


def submit(work: Work, deliverable_id: UUID, link: str) -> DeliverableView:
    """Take a link as proof and promise to check it at once.

    Raises:
        LinkNotOfThisNetwork: for anything that is no link to a post.
        NetworkNotConnected: for a network without a door in this installation.
    """
    network = links.network_of(link)
    if network not in CONNECTED:
        raise NetworkNotConnected(network=network)
    piece = pieces.submit_post(work, deliverable_id, link.strip())
    work.session.merge(
        WatchedPost(
            deliverable_id=deliverable_id,
            url=link.strip(),
            network=network,
            watching=True,
            next_check_at=work.now,
            checks=0,
            failures=0,
            first_failure_at=None,
        )
    )
    _promise_check(work, deliverable_id, link.strip())
    return piece


def publish_in_sandbox(work: Work, deliverable_id: UUID) -> None:
    """Promise to publish an approved draft on the sandbox network for its creator.

    The caption gets what the brief asks for: the label first, the hashtags, the counted link. Raises
    StepNotPossible unless the piece is approved.
    """
    deal, piece = deals.get_by_piece(work, deliverable_id)
    if piece.state is not DeliverableState.APPROVED:
        raise StepNotPossible(state=piece.state, step="publish")
    campaign = campaigns.get(work, deal.campaign_id)
    creator = creators.get(work, deal.creator_id)
    account = next((a for a in creator.accounts if a.platform is piece.platform), None)
    account = account or next(iter(creator.accounts), None)
    payload = {
        "deliverable_id": str(deliverable_id),
        "person_id": str(creator.person_id),
        "platform": piece.platform,
        "kind": piece.kind,
        "owner": account.handle if account else creator.name,
        "followers": creator.followers,
        "caption": _finished(piece.draft_caption, creator.country, campaign.brief.hashtags),
    }
    outbox.promise(work, PromiseKind.PUBLISH_POST, f"post:{deliverable_id}", payload)


def _finished(caption: str, country: str, hashtags: tuple[str, ...]) -> str:
    label = "" if disclosure.disclosed(caption, country) else f"{disclosure.label_for(country)} "
    missing = [t.lstrip("#") for t in hashtags if f"#{t.lstrip('#').lower()}" not in caption.lower()]
    return f"{label}{caption} {' '.join(f'#{tag}' for tag in missing)}".strip()


def promise_due_checks(work: Work) -> int:
    """Promise to look at every post whose time has come; returns how many."""
    query = (
        select(WatchedPost)
        .where(WatchedPost.watching, WatchedPost.next_check_at <= work.now, WatchedPost.checks > 0)
        .order_by(WatchedPost.next_check_at)
        .limit(CHECKS_MAX)
        .with_for_update(skip_locked=True)
    )
    due = work.session.scalars(query).all()
    for post in due:
        post.next_check_at = work.now + timedelta(hours=CHECK_BAND_HOURS[1])
        _promise_check(work, post.deliverable_id, post.url)
    return len(due)


def due_checks(work: Work) -> int:
    """Count the posts whose time to be looked at has come."""
    query = (
        select(func.count())
        .select_from(WatchedPost)
        .where(WatchedPost.watching, WatchedPost.next_check_at <= work.now, WatchedPost.checks > 0)
    )
    return int(work.session.scalar(query) or 0)


def seen(work: Work, deliverable_id: UUID, reading: PostReading | None) -> None:
    """Note what the network showed: the post, or that there is none."""
    work = work.acting_as(SYSTEM)
    deal, piece = deals.get_by_piece(work, deliverable_id)
    post = work.session.get(WatchedPost, deliverable_id, with_for_update=True)
    if post is None or not post.watching:
        return
    post.checks += 1
    if reading is not None:
        _snapshot(work, deliverable_id, reading.metrics)
    if piece.state is DeliverableState.POSTED:
        _verify(work, deal, piece, post, reading)
    elif piece.state is DeliverableState.LIVE:
        _watch_live(work, piece, post, reading)
    elif piece.state is DeliverableState.MISSING and reading is not None:
        pieces.restore(work, deliverable_id)
        _found(work, post)
    elif piece.state is DeliverableState.MISSING:
        post.next_check_at = work.now + CHECK_AGAIN_AFTER_FAILURE
    else:
        post.watching = False


def latest_metrics(work: Work, deliverable_ids: Sequence[UUID]) -> dict[UUID, Metrics]:
    """Return the newest counts of several deliverables in one query."""
    query = (
        select(MetricSnapshot)
        .where(MetricSnapshot.deliverable_id.in_(deliverable_ids))
        .ext(distinct_on(MetricSnapshot.deliverable_id))
        .order_by(MetricSnapshot.deliverable_id, MetricSnapshot.at.desc())
    )
    return {row.deliverable_id: _metrics(row) for row in work.session.scalars(query)}


def series(work: Work, deliverable_ids: Sequence[UUID]) -> list[tuple[UUID, datetime, Metrics]]:
    """Return every reading of several deliverables, oldest first."""
    query = (
        select(MetricSnapshot)
        .where(MetricSnapshot.deliverable_id.in_(deliverable_ids))
        .order_by(MetricSnapshot.at)
    )
    return [(row.deliverable_id, row.at, _metrics(row)) for row in work.session.scalars(query)]


def problems(work: Work, deal: DealView, piece: DeliverableView, reading: PostReading | None) -> list[Remark]:
    """Return what is wrong with a published post, for its creator; empty when it counts.

    Checked: it is there, the owner, the time, the kind, the hashtags, the advertising label.
    """
    if reading is None:
        return [Remark("post_not_found")]
    campaign = campaigns.get(work, deal.campaign_id)
    creator = creators.get(work, deal.creator_id)
    wrong: list[Remark] = []
    handles = {account.handle.lower().lstrip("@") for account in creator.accounts}
    if reading.owner not in handles:
        wrong.append(Remark("post_owner", {"owner": reading.owner}))
    if reading.platform is not piece.platform:
        wrong.append(Remark("post_platform", {"found": reading.platform, "agreed": piece.platform}))
    if reading.kind is not piece.kind:
        wrong.append(Remark("post_kind", {"found": reading.kind, "agreed": piece.kind}))
    approved_at = _approved_at(work, deal, piece)
    if approved_at is not None and reading.published_at < approved_at - CLOCK_SKEW:
        wrong.append(Remark("post_early"))
    caption = reading.caption.lower()
    missing = [tag for tag in campaign.brief.hashtags if f"#{tag.lower().lstrip('#')}" not in caption]
    if missing:
        tags = " ".join(f"#{tag.lstrip('#')}" for tag in missing)
        wrong.append(Remark("post_tags", {"tags": tags}))
    if not disclosure.disclosed(reading.caption, creator.country):
        wrong.append(Remark("post_label", {"tag": disclosure.label_for(creator.country)}))
    return wrong


def _verify(
    work: Work,
    deal: DealView,
    piece: DeliverableView,
    post: WatchedPost,
    reading: PostReading | None,
) -> None:
    wrong = problems(work, deal, piece, reading)
    if wrong:
        post.watching = False
        pieces.reject_post(work, piece.id, wrong)
        return
    pieces.verify_post(work, piece.id)
    _found(work, post)


def _watch_live(work: Work, piece: DeliverableView, post: WatchedPost, reading: PostReading | None) -> None:
    if reading is not None:
        _found(work, post)
        return
    post.failures += 1
    post.first_failure_at = post.first_failure_at or work.now
    post.next_check_at = work.now + CHECK_AGAIN_AFTER_FAILURE
    failing_for = work.now - post.first_failure_at
    if post.failures >= FAILURES_FOR_MISSING and failing_for >= FAILING_AT_LEAST:
        pieces.post_missing(work, piece.id)


def _found(work: Work, post: WatchedPost) -> None:
    post.failures, post.first_failure_at = 0, None
    band = random.Random(f"{post.deliverable_id}:{post.checks}")  # noqa: S311  (spreads load, no secret)
    post.next_check_at = work.now + timedelta(hours=band.uniform(*CHECK_BAND_HOURS))


def _approved_at(work: Work, deal: DealView, piece: DeliverableView) -> datetime | None:
    times = [
        event.at
        for event in deals.history(work, deal.id)
        if event.deliverable_id == piece.id and event.step in {"approve_draft", "approve_by_silence"}
    ]
    return max(times, default=None)


def _promise_check(work: Work, deliverable_id: UUID, link: str) -> None:
    payload = {"deliverable_id": str(deliverable_id), "url": link}
    outbox.promise(work, PromiseKind.CHECK_POST, f"post:{deliverable_id}", payload)


def _snapshot(work: Work, deliverable_id: UUID, metrics: Metrics) -> None:
    work.session.add(
        MetricSnapshot(
            deliverable_id=deliverable_id,
            at=work.now,
            views=metrics.views,
            likes=metrics.likes,
            comments=metrics.comments,
            saves=metrics.saves,
            shares=metrics.shares,
            reach=metrics.reach,
        )
    )


def _metrics(row: MetricSnapshot) -> Metrics:
    return Metrics(row.views, row.likes, row.comments, row.saves, row.shares, row.reach)
