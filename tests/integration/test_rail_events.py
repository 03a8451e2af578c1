"""What a provider tells is kept, and each event is followed for itself.

Late, twice, lost or bad: no money waits for it.
"""

from datetime import timedelta
from queue import SimpleQueue
from threading import Thread
from uuid import uuid4

import pytest
from sqlalchemy import text

from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.money import Money
from core.kit.work import begin
from core.ledger import service as ledger
from core.operators import tasks
from core.payments import books, funding, inbox
from core.payments.errors import EventNotFound, RailUnavailable
from core.payments.models import Funding, KeptEvent, SandboxEvent
from core.payments.rails import sandbox
from core.payments.rails.choose import Rails
from core.payments.rails.port import Checkout, EventPage, RailEvent, Thing
from core.payments.rails.sandbox import SandboxRail
from core.payments.schemas import FundCampaign
from core.payments.states import FundingState
from runtime import parts
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_races import INR, World
from workers import rounds

BUDGET = 10_000_00  # what its World is funded with


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


def checkout(world: World, minor: int) -> str:
    """Ask for a checkout; returns its reference."""
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        command = FundCampaign(world.campaign, Money(minor, INR), uuid4().hex)
        shown = seen.funding(work, world.campaign)
        asked = funding.fund(work, command, world.runtime.rails.present.facts, shown=shown)
    drain(world.runtime)
    with begin(world.runtime.database, SYSTEM) as work:
        row = work.session.get(Funding, asked.id)
        assert row is not None
        assert row.checkout_ref
        return row.checkout_ref


def paid(world: World) -> int:
    """Return what was paid into the campaign beyond what it begins with, in minor units."""
    with begin(world.runtime.database, SYSTEM) as work:
        assert ledger.violations(work) == []
        kind = books.escrow_account(world.campaign, INR)
        return ledger.balance(work, kind).minor - BUDGET


def test_an_event_that_is_written_late_is_not_skipped(world: World) -> None:
    first, second = checkout(world, 3_000_00), checkout(world, 4_000_00)
    database, rail = world.runtime.database, world.runtime.rail
    rail.pay(first)
    with begin(database, SYSTEM) as work:
        work.session.query(SandboxEvent).delete()  # only the late one tells of it
    written: SimpleQueue[str] = SimpleQueue()
    goes_on: SimpleQueue[str] = SimpleQueue()

    def slowly() -> None:
        with begin(database, SYSTEM) as work:  # its number is the lower one, its transaction ends later
            sandbox.tell(work, Thing.CHECKOUT, first)
            written.put("written")
            goes_on.get(timeout=60)

    slow, quick = Thread(target=slowly), Thread(target=lambda: rail.pay(second))
    slow.start()
    written.get(timeout=60)
    quick.start()
    while quick.is_alive() and not waits_for_a_lock(world):
        pass
    rounds.sweep_rail(world.runtime)
    goes_on.put("go on")
    slow.join(60)
    quick.join(60)
    rounds.sweep_rail(world.runtime)
    assert paid(world) == 7_000_00


def waits_for_a_lock(world: World) -> bool:
    """Tell whether somebody in this database waits for who tells before them."""
    waiting = text(
        "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
    )
    with begin(world.runtime.database, SYSTEM) as work:
        return work.session.scalar(waiting) is True


class Odd(SandboxRail):
    """A provider that tells of what it does not know, and of kinds that nobody has heard of."""

    told: tuple[RailEvent, ...] = ()

    def events(self, after: str, limit: int) -> EventPage:
        page = super().events(after, limit)
        return EventPage((*self.told, *page.events), page.cursor)


def odd(world: World, *told: RailEvent) -> Runtime:
    rail = Odd(world.runtime.database, world.runtime.settings.public_url)
    rail.told = told
    return parts.build(world.runtime.settings, world.runtime.database, Rails(rail))


BAD = RailEvent("evt_bad", Thing.CHECKOUT, "cs_of_nobody")


def test_an_event_that_cannot_be_followed_holds_up_no_payment(world: World) -> None:
    ref = checkout(world, 3_000_00)
    runtime = odd(world, BAD, RailEvent("evt_new", "tax_form", "x"))
    world.runtime.rail.pay(ref)
    rounds.sweep_rail(runtime)
    assert paid(world) == 3_000_00
    with begin(runtime.database, SYSTEM) as work:
        found = {row.event_id: row.done_at for row in work.session.query(KeptEvent)}
        assert found["evt_bad"] is None
        assert found["evt_new"] is not None


def test_one_that_fails_again_and_again_comes_before_an_operator_and_can_be_replayed(world: World) -> None:
    ref = checkout(world, 3_000_00)
    runtime = odd(world, BAD)
    rounds.sweep_rail(runtime)
    with begin(runtime.database, SYSTEM) as work:
        event_id = work.session.query(KeptEvent.id).filter_by(event_id="evt_bad").scalar()
        for _ in range(inbox.POLICY.attempts - 1):
            inbox.failed(work, event_id, "FundingNotFound")
        (task,) = tasks.open_tasks(work)
        assert (task.kind, task.facts["event"]) == (inbox.EVENT_PARKED, "evt_bad")
        assert inbox.due(work, 10) == []
    with begin(runtime.database, SYSTEM) as work:
        work.session.query(KeptEvent).filter_by(event_id="evt_bad").update({"ref": ref})
        inbox.replay(work, "sandbox", "evt_bad")
        assert tasks.open_tasks(work) == []
        with pytest.raises(EventNotFound):
            inbox.replay(work, "sandbox", "evt_of_nobody")
    assert rounds.sweep_rail(runtime) == 1


def test_an_event_that_is_told_twice_is_followed_once(world: World) -> None:
    ref = checkout(world, 3_000_00)
    world.runtime.rail.pay(ref)
    again = RailEvent("evt_1", Thing.CHECKOUT, ref)
    runtime = odd(world, again, again)
    assert rounds.sweep_rail(runtime) == 2 * 2  # it and the sandbox's own: kept, and followed
    assert rounds.sweep_rail(runtime) == 0
    with begin(runtime.database, SYSTEM) as work:
        event = work.session.query(KeptEvent).filter_by(event_id="evt_1").one()
        inbox.done(work, event.id)
        inbox.failed(work, event.id, "late")  # another worker failed at it meanwhile: it is done
        assert event.failures == 0
    assert paid(world) == 3_000_00


def test_a_payment_whose_word_is_lost_is_found(world: World, clock: SetClock) -> None:
    ref = checkout(world, 3_000_00)
    world.runtime.rail.pay(ref)
    with begin(world.runtime.database, SYSTEM) as work:
        work.session.query(SandboxEvent).delete()
    rounds.sweep_rail(world.runtime)
    assert rounds.look_at_checkouts(world.runtime) == 0
    clock.advance(funding.LONG_OPEN)
    assert rounds.look_at_checkouts(world.runtime) == 1
    assert paid(world) == 3_000_00
    assert rounds.look_at_checkouts(world.runtime) == 0


class Fails(SandboxRail):
    """A provider that does not answer about one checkout."""

    silent_about = ""

    def read_checkout(self, ref: str) -> Checkout:
        if ref == self.silent_about:
            raise RailUnavailable(operation="read")
        return super().read_checkout(ref)


def test_open_checkouts_are_looked_at_once_an_hour_each_for_itself(world: World, clock: SetClock) -> None:
    first, second = checkout(world, 3_000_00), checkout(world, 4_000_00)
    rail = Fails(world.runtime.database, world.runtime.settings.public_url)
    rail.silent_about = first
    runtime = parts.build(world.runtime.settings, world.runtime.database, Rails(rail))
    clock.advance(funding.LONG_OPEN)
    assert rounds.look_at_checkouts(runtime) == 2
    clock.advance(timedelta(minutes=59))
    assert rounds.look_at_checkouts(runtime) == 0
    with begin(runtime.database, SYSTEM) as work:
        states = {row.checkout_ref: row.state for row in work.session.query(Funding)}
    assert states[first] is states[second] is FundingState.READY
    clock.advance(timedelta(minutes=1))
    assert rounds.look_at_checkouts(runtime) == 2


def test_a_checkout_of_a_rail_that_is_gone_waits(world: World, clock: SetClock) -> None:
    ref = checkout(world, 3_000_00)
    with begin(world.runtime.database, SYSTEM) as work:
        work.session.query(Funding).filter_by(checkout_ref=ref).update({"rail": "gone"})
    clock.advance(funding.LONG_OPEN)
    assert rounds.look_at_checkouts(world.runtime) == 1
    with begin(world.runtime.database, SYSTEM) as work:
        assert work.session.query(Funding).filter_by(checkout_ref=ref).one().state is FundingState.READY
