"""Clocks never die: one that fails stops no other, and one that is refused is not forgotten."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from core.campaigns.errors import CampaignFrozen
from core.campaigns.models import Campaign
from core.deals import clocks, engine, freezes, offers, pieces, retention
from core.deals import views as deals
from core.deals.errors import DealNotFound, DealStandsStill, StepNotPossible, StillToBeSeen
from core.deals.models import DealTimer, Deliverable
from core.deals.schemas import SubmitDraft
from core.deals.states import DealState, DeliverableState
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.errors import DomainError
from core.kit.vocabulary import DeliverableKind
from core.kit.work import Work, begin
from core.ledger import service as ledger
from core.operators import tasks
from runtime.parts import Runtime
from tests import seen
from tests.conftest import MORNING, drain
from tests.integration.test_posts import posted, state_of
from tests.integration.test_races import World
from workers import rounds

GONE_AFTER = timedelta(hours=150)


def drafted(world: World) -> UUID:
    deal_id = world.offer()
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        piece = offers.accept(work, deal_id, shown=seen.deal(work, deal_id)).deliverables[0].id
        pieces.submit_draft(work, SubmitDraft(piece, "#ad look"), shown=seen.piece(work, piece))
    return piece


def test_a_broken_landing_page_stops_neither_the_clock_nor_the_brand(
    runtime: Runtime, clock: SetClock
) -> None:
    world = World(runtime)
    piece = drafted(world)
    with begin(runtime.database, SYSTEM) as work:
        brief = {**work.session.scalars(select(Campaign.brief)).one()}
        brief["landing_url"] = "https://[your-shop].com/tea"
        work.session.execute(update(Campaign).values(brief=brief))
    clock.advance(timedelta(hours=73))
    assert rounds.fire_timers(runtime) >= 1
    assert state_of(runtime, piece) is DeliverableState.APPROVED


def test_one_clock_that_fails_is_parked_and_the_others_go_on(
    runtime: Runtime, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(runtime)
    deal_id = world.offer()
    take = clocks._go_on  # noqa: SLF001

    def fail(*_: object) -> None:
        message = "a fault of ours"
        raise RuntimeError(message)

    monkeypatch.setattr(clocks, "_go_on", fail)
    clock.advance(timedelta(hours=73))
    for _ in range(clocks.FAILURES_BEFORE_PARKING):
        assert rounds.fire_timers(runtime) == 0
        clock.advance(timedelta(hours=2))
    assert rounds.fire_timers(runtime) == 0
    with begin(runtime.database, SYSTEM) as work:
        assert clocks.due_timers(work) == []
        assert [task.kind for task in tasks.open_tasks(work)] == ["clock_parked"]
    monkeypatch.setattr(clocks, "_go_on", take)
    with begin(runtime.database, Actor.operator("support")) as work:
        assert clocks.restart(work, deal_id) == 1
        assert tasks.open_tasks(work) == []
    assert rounds.fire_timers(runtime) == 1
    with begin(runtime.database, SYSTEM) as work:
        assert deals.get(work, deal_id).state is DealState.EXPIRED


def live_then_gone(world: World, clock: SetClock) -> UUID:
    piece = posted(world, world.runtime)
    drain(world.runtime)
    clock.advance(GONE_AFTER)
    with begin(world.runtime.database, SYSTEM) as work:
        pieces.post_missing(work, piece)
    return piece


def test_a_post_restored_after_its_retention_ended_is_paid_in_the_end(
    runtime: Runtime, clock: SetClock
) -> None:
    piece = live_then_gone(World(runtime), clock)
    clock.advance(timedelta(hours=20))
    rounds.fire_timers(runtime)
    with begin(runtime.database, SYSTEM) as work:
        pieces.restore(work, piece)
    clock.advance(timedelta(hours=17))
    rounds.fire_timers(runtime)
    assert state_of(runtime, piece) is DeliverableState.LIVE, "the time it was gone does not count"
    clock.advance(timedelta(hours=1, minutes=1))
    drain(runtime)
    assert state_of(runtime, piece) is DeliverableState.COMPLETED
    with begin(runtime.database, SYSTEM) as work:
        deal, _ = deals.get_by_piece(work, piece)
        assert deals.held_for(work, deal).minor == 0
        assert ledger.violations(work) == []


def test_a_deadline_that_passes_while_a_post_is_checked_is_not_forgotten(
    runtime: Runtime, clock: SetClock
) -> None:
    piece = posted(World(runtime), runtime)
    clock.advance(timedelta(days=10))
    rounds.fire_timers(runtime)
    assert state_of(runtime, piece) is DeliverableState.POSTED
    with begin(runtime.database, SYSTEM) as work:
        kept = {timer.step: timer for timer in work.session.scalars(select(DealTimer))}
        refused = kept["miss_deadline"]
        assert refused.due_at == work.now + clocks.REFUSED_AGAIN_AFTER
        assert (refused.failures, refused.parked_at) == (0, None), "to be refused is no fault"
        pieces.reject_post(work, piece, [])
    clock.advance(clocks.REFUSED_AGAIN_AFTER)
    rounds.fire_timers(runtime)
    assert state_of(runtime, piece) is DeliverableState.OVERDUE


def test_a_clock_begins_without_a_failure(runtime: Runtime) -> None:
    World(runtime).offer()
    with begin(runtime.database, SYSTEM) as work:
        assert {timer.failures for timer in work.session.scalars(select(DealTimer))} == {0}


REFUSALS = [StepNotPossible(), DealNotFound(), DealStandsStill(), CampaignFrozen(), StillToBeSeen()]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda error: type(error).__name__)
def test_a_clock_that_is_refused_comes_back_and_has_not_failed(
    runtime: Runtime, clock: SetClock, monkeypatch: pytest.MonkeyPatch, refusal: DomainError
) -> None:
    World(runtime).offer()
    clock.advance(timedelta(hours=73))

    def refuse(*_: object, **__: object) -> None:
        raise refusal

    monkeypatch.setattr(engine, "take", refuse)
    with begin(runtime.database, SYSTEM) as work:
        [(timer_id, deal_id)] = [due for due in clocks.due_timers(work) if step_of(work, due[0]) == "expire"]
        assert clocks.fire(work, timer_id, deal_id) is False
        timer = work.session.get_one(DealTimer, timer_id)
        assert (timer.due_at, timer.failures) == (work.now + clocks.REFUSED_AGAIN_AFTER, 0)


def step_of(work: Work, timer_id: UUID) -> str:
    return work.session.get_one(DealTimer, timer_id).step


@pytest.mark.parametrize("kind", list(DeliverableKind))
def test_until_when_each_kind_stays_up(kind: DeliverableKind) -> None:
    published, live = MORNING, MORNING + timedelta(hours=3)
    ends = {DeliverableKind.STORY: published + timedelta(hours=24), DeliverableKind.LIVE: live}
    found = retention.until(kind, published, live, 7)
    assert found == ends.get(kind, live + timedelta(days=7))
    assert retention.look_before_end(kind) == timedelta(hours=4 if kind is DeliverableKind.STORY else 1)


def test_dates_that_move_make_a_piece_another_once(runtime: Runtime, clock: SetClock) -> None:
    piece = posted(World(runtime), runtime)
    with begin(runtime.database, SYSTEM) as work:
        deal_id, before = deals.deal_of(work, piece), work.session.get_one(Deliverable, piece).version
    with begin(runtime.database, Actor.operator("mira")) as work:
        freezes.freeze_deal(work, deal_id, "a look")
    clock.advance(timedelta(hours=5))
    with begin(runtime.database, Actor.operator("mira")) as work:
        freezes.unfreeze_deal(work, deal_id, "seen")
        assert work.session.get_one(Deliverable, piece, populate_existing=True).version == before + 1
