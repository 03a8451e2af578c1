"""Posts are watched: what a network does not answer is never held against a creator."""

from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from core.deals import endings, offers, pieces
from core.deals import views as deals
from core.deals.errors import DealNotFound, NotYourStep
from core.deals.schemas import SubmitDraft
from core.deals.states import DeliverableState
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock, wall_now
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import begin
from core.messaging import outbox
from core.messaging.states import PromiseKind
from core.networks.sandbox import NewPost
from core.posts import service as posts
from core.posts.errors import PostTaken
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_races import World, at_once
from workers import keeping

OUTAGE_TRIES = 40


def approved(world: World, runtime: Runtime) -> UUID:
    """Bring a piece to where its post may go out."""
    deal_id = world.offer()
    with begin(runtime.database, Actor.person(world.person)) as work:
        piece = offers.accept(work, deal_id, shown=seen.deal(work, deal_id)).deliverables[0].id
        pieces.submit_draft(work, SubmitDraft(piece, "#ad look"), shown=seen.piece(work, piece))
    with begin(runtime.database, Actor.person(world.brand)) as work:
        pieces.approve_draft(work, piece, shown=seen.piece(work, piece))
    return piece


def published(runtime: Runtime, caption: str = "#ad look") -> str:
    post = NewPost(Platform.INSTAGRAM, "c", DeliverableKind.REEL, caption, 9_000)
    return runtime.network.publish(post, uuid4().hex)


def hand_in(world: World, runtime: Runtime, piece: UUID, link: str) -> None:
    with begin(runtime.database, Actor.person(world.person)) as work:
        posts.submit(work, piece, link, runtime.networks, shown=seen.piece(work, piece))


def posted(world: World, runtime: Runtime) -> UUID:
    """Hand in the link of a post that was agreed, drafted, approved and published."""
    piece = approved(world, runtime)
    hand_in(world, runtime, piece, published(runtime))
    return piece


def state_of(runtime: Runtime, piece: UUID) -> DeliverableState:
    with begin(runtime.database, SYSTEM) as work:
        return deals.get_by_piece(work, piece)[1].state


def keep_checks(runtime: Runtime, days: int) -> list[str]:
    """Keep the checks that are promised, as if so many days of waiting were over."""
    with begin(runtime.database, SYSTEM) as work:
        claimed = outbox.claim(work, limit=50, now=wall_now() + timedelta(days=days))
    return [keeping.keep(runtime, p) for p in claimed if p.kind == PromiseKind.CHECK_POST]


@pytest.mark.parametrize("live", [False, True])
def test_a_network_that_is_down_for_days_costs_no_creator_anything(
    runtime: Runtime, clock: SetClock, *, live: bool
) -> None:
    piece = posted(World(runtime), runtime)
    if live:
        drain(runtime)
        assert state_of(runtime, piece) is DeliverableState.LIVE
        clock.advance(timedelta(hours=29))
        with begin(runtime.database, SYSTEM) as work:
            assert posts.promise_due_checks(work) == 1
    runtime.network.fail_next(OUTAGE_TRIES)
    before = state_of(runtime, piece)
    for day in range(OUTAGE_TRIES):
        assert keep_checks(runtime, day + 1) == ["retried"]
    assert state_of(runtime, piece) is before
    assert keep_checks(runtime, OUTAGE_TRIES + 1) == ["done"]
    assert state_of(runtime, piece) is DeliverableState.LIVE
    with begin(runtime.database, SYSTEM) as work:
        assert outbox.parked(work) == []


def test_one_post_is_the_proof_of_one_piece_alone(runtime: Runtime, clock: SetClock) -> None:
    first, second = World(runtime), World(runtime)
    piece, other = approved(first, runtime), approved(second, runtime)
    link = published(runtime)
    hand_in(first, runtime, piece, link)
    for hours in (0, 1, 168):
        for written in (link, f"{link}/?x=1"):
            with pytest.raises(PostTaken):
                hand_in(second, runtime, other, written)
        assert state_of(runtime, other) is DeliverableState.APPROVED
        clock.advance(timedelta(hours=hours))
        drain(runtime)
    assert state_of(runtime, piece) is DeliverableState.COMPLETED
    with pytest.raises(PostTaken):
        hand_in(second, runtime, other, link)


def test_a_post_that_was_sent_back_may_be_handed_in_again(runtime: Runtime) -> None:
    first, second = World(runtime), World(runtime)
    piece, other = approved(first, runtime), approved(second, runtime)
    link = published(runtime, "no label")
    for world, asked in ((first, piece), (first, piece), (second, other)):
        hand_in(world, runtime, asked, link)
        drain(runtime)
        assert state_of(runtime, asked) is DeliverableState.APPROVED


@pytest.mark.parametrize("later", [False, True])
def test_a_post_of_a_deal_that_was_cancelled_unpaid_may_prove_other_work(
    runtime: Runtime, clock: SetClock, *, later: bool
) -> None:
    first, second = World(runtime), World(runtime)
    piece, other = approved(first, runtime), approved(second, runtime)
    link = published(runtime)
    hand_in(first, runtime, piece, link)
    with begin(runtime.database, Actor.operator("mira")) as work:
        deal_id = deals.deal_of(work, piece)
        endings.cancel_by_operator(work, deal_id, "no such shop", shown=seen.deal(work, deal_id))
    assert state_of(runtime, piece) is DeliverableState.CANCELLED
    if later:
        clock.advance(timedelta(hours=28))
        drain(runtime)
    hand_in(second, runtime, other, link)
    assert state_of(runtime, other) is DeliverableState.POSTED


def test_a_post_that_was_paid_proves_no_other_work_though_its_deal_was_cancelled(
    runtime: Runtime, clock: SetClock
) -> None:
    first, second = World(runtime), World(runtime)
    piece, other = approved(first, runtime), approved(second, runtime)
    link = published(runtime)
    hand_in(first, runtime, piece, link)
    drain(runtime)
    with begin(runtime.database, SYSTEM) as work:
        endings.end_without_money(work, deals.deal_of(work, piece), "its money was taken back")
    assert state_of(runtime, piece) is DeliverableState.CANCELLED
    clock.advance(timedelta(hours=28))
    drain(runtime)
    with pytest.raises(PostTaken):
        hand_in(second, runtime, other, link)


def test_nobody_but_its_creator_publishes_on_the_network_of_play(runtime: Runtime) -> None:
    world, other = World(runtime), World(runtime)
    piece = approved(world, runtime)
    for who, error in ((world.brand, NotYourStep), (other.brand, DealNotFound), (other.person, DealNotFound)):
        with begin(runtime.database, Actor.person(who)) as work, pytest.raises(error):
            posts.publish_in_sandbox(work, piece)
    with begin(runtime.database, Actor.person(world.person)) as work:
        posts.publish_in_sandbox(work, piece)


def test_two_who_hand_in_one_post_at_once_are_told_apart(runtime: Runtime) -> None:
    worlds = [World(runtime), World(runtime)]
    both = [(world, approved(world, runtime)) for world in worlds]
    link = published(runtime)
    outcomes = at_once(*(partial(hand_in, world, runtime, piece, link) for world, piece in both))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "PostTaken"]
