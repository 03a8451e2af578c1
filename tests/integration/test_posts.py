"""Posts are watched: what a network does not answer is never held against a creator."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from core.deals import offers, pieces
from core.deals import views as deals
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
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_races import World
from workers import keeping

OUTAGE_TRIES = 40


def posted(world: World, runtime: Runtime) -> UUID:
    """Hand in the link of a post that was agreed, drafted, approved and published."""
    deal_id = world.offer()
    with begin(runtime.database, Actor.person(world.person)) as work:
        piece = offers.accept(work, deal_id, shown=seen.deal(work, deal_id)).deliverables[0].id
        pieces.submit_draft(work, SubmitDraft(piece, "#ad look"), shown=seen.piece(work, piece))
    with begin(runtime.database, Actor.person(world.brand)) as work:
        pieces.approve_draft(work, piece, shown=seen.piece(work, piece))
    post = NewPost(Platform.INSTAGRAM, "c", DeliverableKind.REEL, "#ad look", 9_000)
    link = runtime.network.publish(post, uuid4().hex)
    with begin(runtime.database, Actor.person(world.person)) as work:
        posts.submit(work, piece, link, runtime.networks, shown=seen.piece(work, piece))
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
