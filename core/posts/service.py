"""Proof of post: is it there, is it the right one, does it stay?

A worker reads the network outside a transaction and comes here with what it saw. An answer that did not
come is never a deletion: three readings without the post, over six hours or more, are (of a story, which
lives for a day, over an hour and a half). Where nobody can look, its creator's picture and its brand's word
stand for that, and nothing is measured.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from core.compliance import disclosure
from core.creators import figures
from core.creators import service as creators
from core.deals import pieces, retention
from core.deals import views as deals
from core.deals.errors import NotYourStep, StepNotPossible
from core.deals.schemas import ClaimPost, DealView, DeliverableView
from core.deals.states import DeliverableState
from core.kit.actors import SYSTEM
from core.kit.consent import binding
from core.kit.process import Party
from core.kit.remarks import Remark
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import Work
from core.messaging import outbox
from core.messaging.states import PromiseKind
from core.networks.choose import Networks
from core.networks.links import PostLink
from core.networks.places import BY_PLATFORM
from core.networks.port import Metrics, PostReading
from core.posts import names, taken
from core.posts.errors import PostElsewhere
from core.posts.models import MetricSnapshot, WatchedPost

FAILURES_FOR_MISSING = 3
FAILING_AT_LEAST = timedelta(hours=6)
CHECK_AGAIN_AFTER_FAILURE = timedelta(hours=3, minutes=10)
AGAIN_AFTER_FAILURE_OF_A_STORY = timedelta(minutes=50)
STORY_FAILING_AT_LEAST = timedelta(minutes=90)  # a story lives for a day only
CHECK_BAND_HOURS = (16, 28)
WATCHED = (DeliverableState.POSTED, DeliverableState.LIVE, DeliverableState.MISSING)
CLOCK_SKEW = timedelta(minutes=5)
CHECKS_MAX = 200


@dataclass(frozen=True, slots=True)
class Picture:
    """What shows a post that nobody can look at: screenshots of it, and the words that stand there."""

    media_ids: tuple[UUID, ...] = ()
    words: str = ""


@binding
def submit(
    work: Work,
    deliverable_id: UUID,
    link: str,
    networks: Networks,
    picture: Picture | None = None,
    *,
    shown: str,
) -> DeliverableView:
    """Take a link as proof, as it is written properly, and promise to check it at once.

    Where nobody can look, a picture belongs to it, and the brand says whether that is the post.

    Raises:
        LinkNotOfThisNetwork: for anything that is no link to a post.
        NetworkNotConnected: for a network without a door in this installation.
        PostElsewhere: for a post on another network than agreed, where nobody can look at it.
        PictureMissing: without a picture of such a post.
        PostOfAnother: for a link that names another account than its creator's there.
        PictureTaken: for a screenshot that is another piece's proof.
        PostTaken: for a post that is another piece's proof, handed in by whomever. It leaves the transaction
            failed: a caller that means to go on holds its own savepoint, as a turn does around each command.
    """
    post = networks.recognise(link)
    if post.by_picture:
        return _claim(work, deliverable_id, post, picture or Picture(), shown)
    piece = pieces.submit_post(work, deliverable_id, post.url, shown=shown)
    taken.take_post(work, deliverable_id, post)
    retention.look(work, deliverable_id, post.url)
    return piece


@binding
def refuse(work: Work, deliverable_id: UUID, reason: str, *, shown: str) -> DeliverableView:
    """Send a post back that link and screenshot do not show: it is nobody's proof any more.

    Raises:
        ReasonMissing, StepNotPossible.
    """
    piece = pieces.refuse_post(work, deliverable_id, reason, shown=shown)
    taken.free(work, deliverable_id)
    return piece


def _claim(work: Work, deliverable_id: UUID, post: PostLink, picture: Picture, shown: str) -> DeliverableView:
    deal, agreed = deals.get_by_piece(work, deliverable_id)
    if post.network != agreed.platform:
        found, wanted = (BY_PLATFORM[Platform(each)].title for each in (post.network, agreed.platform))
        raise PostElsewhere(found=found, agreed=wanted)
    names.require_own(work, deal.creator_id, post)
    command = ClaimPost(deliverable_id, post.url, picture.media_ids, picture.words)
    piece = pieces.claim_post(work, command, shown=shown)
    taken.take_post(work, deliverable_id, post)
    taken.take_pictures(work, deliverable_id, picture.media_ids)
    return piece


def publish_in_sandbox(work: Work, deliverable_id: UUID) -> None:
    """Promise to publish an approved draft on the sandbox network for its creator.

    The caption gets what the brief asks for: the label first, the hashtags, the counted link.

    Raises:
        NotYourStep: for anybody but its creator.
        StepNotPossible: unless the piece is approved.
    """
    deal, piece = deals.get_by_piece(work, deliverable_id)
    if deals.side_of(work, deal) is not Party.CREATOR:
        raise NotYourStep(step="publish")
    if piece.state is not DeliverableState.APPROVED:
        raise StepNotPossible(state=piece.state, step="publish")
    brief = deals.brief_of(work, deal.campaign_id, deal.brief_number)
    creator = creators.get(work, deal.creator_id)
    account = next((a for a in creator.accounts if a.platform is piece.platform), None)
    account = account or next(iter(creator.accounts), None)
    payload = {
        "deal_id": str(deal.id),
        "deliverable_id": str(deliverable_id),
        "person_id": str(creator.person_id),
        "platform": piece.platform,
        "kind": piece.kind,
        "owner": account.handle if account else creator.name,
        "followers": creator.followers,
        "caption": _finished(piece.draft_caption, creator.country, brief.hashtags),
    }
    aggregate = f"post:{deliverable_id}"
    outbox.promise(work, PromiseKind.PUBLISH_POST, aggregate, payload, owner_id=creator.person_id)


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
        retention.look(work, post.deliverable_id, post.url)
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
    """Note what the network showed: the post, or that there is none.

    While the deal stands still nothing follows from it but what is noted; the rest follows from the look
    that is taken as soon as the deal goes on.
    """
    work = work.acting_as(SYSTEM)
    deal, piece = pieces.lock(work, deliverable_id)
    read = _read(work, deliverable_id, deal.creator_id)
    if read is None or not read[0].watching:
        return
    post, handles = read
    if piece.state not in WATCHED:
        post.watching = False
        post.counts = taken.counts(piece)
        return
    post.checks += 1
    if reading is not None:
        post.published_at = reading.published_at
        _snapshot(work, deliverable_id, reading.metrics)
    _note(work, piece, post, found=reading is not None)
    if not deal.stands_for:
        posted = piece.state is DeliverableState.POSTED
        wrong = _problems(work, deal, piece, handles, reading) if posted else []
        _follow(work, piece, post, reading, wrong)


def account_seen(work: Work, deliverable_id: UUID, reading: PostReading | None) -> None:
    """Note what the network shows of the account that posted, where it is the creator's."""
    if reading is None or reading.followers is None:
        return
    deal, _ = deals.get_by_piece(work, deliverable_id)
    figures.shown(work, deal.creator_id, reading.platform, reading.owner, reading.followers)


def _read(work: Work, deliverable_id: UUID, creator_id: UUID) -> tuple[WatchedPost, list[str]] | None:
    """Return a watched post, locked until the work ends, and its creator's account names; one query."""
    query = (
        select(WatchedPost, creators.handles_along(creator_id))
        .where(WatchedPost.deliverable_id == deliverable_id)
        .with_for_update(of=WatchedPost)
        .execution_options(populate_existing=True)
    )
    row = work.session.execute(query).one_or_none()
    return (row[0], row[1] or []) if row else None


def _follow(
    work: Work,
    piece: DeliverableView,
    post: WatchedPost,
    reading: PostReading | None,
    wrong: list[Remark],
) -> None:
    """Take the step that follows from what a look showed."""
    if piece.state is DeliverableState.POSTED and wrong:
        post.watching = post.counts = False
        pieces.reject_post(work, piece.id, wrong)
    elif piece.state is DeliverableState.POSTED and reading is not None:
        live = pieces.verify_post(work, piece.id, reading.published_at)
        post.next_check_at = _next_look(work, live, post)
    elif piece.state is DeliverableState.MISSING and reading is not None:
        restored = pieces.restore(work, piece.id)
        post.next_check_at = _next_look(work, restored, post)
    elif piece.state is DeliverableState.LIVE and reading is None and _gone(work, piece, post):
        pieces.post_missing(work, piece.id)


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


def _problems(
    work: Work,
    deal: DealView,
    piece: DeliverableView,
    handles: list[str],
    reading: PostReading | None,
) -> list[Remark]:
    """Return what is wrong with a published post, for its creator; empty when it counts.

    Checked: it is there, the owner, the time, the kind, the hashtags, the advertising label.
    """
    if reading is None:
        return [Remark("post_not_found")]
    brief = deals.brief_of(work, deal.campaign_id, deal.brief_number)
    country = creators.behind(work, deal.creator_id).country
    wrong: list[Remark] = []
    if reading.owner not in {handle.lower().lstrip("@") for handle in handles}:
        wrong.append(Remark("post_owner", {"owner": reading.owner}))
    if reading.platform is not piece.platform:
        wrong.append(Remark("post_platform", {"found": reading.platform, "agreed": piece.platform}))
    if reading.kind is not piece.kind:
        wrong.append(Remark("post_kind", {"found": reading.kind, "agreed": piece.kind}))
    if piece.approved_at is not None and reading.published_at < piece.approved_at - CLOCK_SKEW:
        wrong.append(Remark("post_early"))
    caption = reading.caption.lower()
    missing = [tag for tag in brief.hashtags if f"#{tag.lower().lstrip('#')}" not in caption]
    if missing:
        tags = " ".join(f"#{tag.lstrip('#')}" for tag in missing)
        wrong.append(Remark("post_tags", {"tags": tags}))
    if not disclosure.disclosed(reading.caption, country):
        wrong.append(Remark("post_label", {"tag": disclosure.label_for(country)}))
    return wrong


def _note(work: Work, piece: DeliverableView, post: WatchedPost, *, found: bool) -> None:
    """Note a look at a post that is or was live, and when to look next."""
    if piece.state is DeliverableState.POSTED:
        post.next_check_at = _next_look(work, piece, post)
        return
    if not found and _over_by_itself(work, piece):
        post.next_check_at = _next_look(work, piece, post)
        return
    pieces.note_look(work, piece.id, found=found)
    if found:
        post.failures, post.first_failure_at = 0, None
        post.next_check_at = _next_look(work, piece, post)
    else:
        post.failures += 1
        post.first_failure_at = post.first_failure_at or work.now
        post.next_check_at = work.now + (
            AGAIN_AFTER_FAILURE_OF_A_STORY if _story(piece) else CHECK_AGAIN_AFTER_FAILURE
        )


def _gone(work: Work, piece: DeliverableView, post: WatchedPost) -> bool:
    """Tell whether a post was not found so often, and over so long a time, that it is taken for deleted."""
    failing_for = work.now - (post.first_failure_at or work.now)
    least = STORY_FAILING_AT_LEAST if _story(piece) else FAILING_AT_LEAST
    return post.failures >= FAILURES_FOR_MISSING and failing_for >= least


def _over_by_itself(work: Work, piece: DeliverableView) -> bool:
    """Tell whether a story has ended as stories do: what is not there any more says nothing then."""
    return _story(piece) and piece.retained_until is not None and work.now >= piece.retained_until


def _story(piece: DeliverableView) -> bool:
    return piece.kind is DeliverableKind.STORY


def _next_look(work: Work, piece: DeliverableView, post: WatchedPost) -> datetime:
    """Return when to look next: once a day at no fixed hour, and shortly before the piece's end."""
    band = random.Random(f"{post.deliverable_id}:{post.checks}")  # noqa: S311  (spreads load, no secret)
    daily = work.now + timedelta(hours=band.uniform(*CHECK_BAND_HOURS))
    if piece.retained_until is None:
        return daily
    before = retention.look_before_end(piece.kind)
    return min(daily, max(piece.retained_until - before, work.now + before))


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
