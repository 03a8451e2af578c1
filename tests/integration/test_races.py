"""Two hands on one thing: exactly one wins, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from core.accounts import people, workspaces
from core.accounts.schemas import OpenWorkspace
from core.accounts.states import WorkspaceKind
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, DeliverableSpec, DraftCampaign
from core.creators import service as creators
from core.creators.schemas import SaveProfile, SocialAccountView
from core.deals import clocks, offers
from core.deals import views as deals
from core.deals.schemas import MakeOffer
from core.deals.states import DealState
from core.kit.actors import CLOCK, SYSTEM, Actor
from core.kit.clock import SetClock, wall_now
from core.kit.errors import DomainError
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import begin
from core.ledger import service as ledger
from core.messaging import outbox
from core.messaging.messages import Promise
from core.messaging.states import PromiseKind
from core.payments import books, funding
from core.payments.rails.sandbox import Fault, Operation, SandboxRail
from core.payments.schemas import FundCampaign
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from workers import keeping, rounds

INR = Currency.INR
RAIL = SandboxRail.facts


class World:
    """A funded campaign, its brand and one creator."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        with begin(runtime.database, SYSTEM) as work:
            self.brand = people.register(work, "Brand").id
            self.person = people.register(work, "Creator").id
            own = work.acting_as(Actor.person(self.brand))
            self.workspace = workspaces.open_workspace(own, OpenWorkspace("B", WorkspaceKind.BRAND, INR)).id
            account = SocialAccountView(Platform.INSTAGRAM, "c", 9_000, 200, None)
            profile = SaveProfile(country="IN", accounts=(account,))
            self.creator = creators.join(work, self.person, profile).id
            brief = Brief(text="x", deliverables=(DeliverableSpec(DeliverableKind.REEL),))
            command = DraftCampaign(self.workspace, "T", Money(10_000_00, INR), brief, uuid4().hex)
            self.campaign = campaigns.draft(own, command).id
        self.pay()

    def pay(self) -> None:
        runtime = self.runtime
        with begin(runtime.database, Actor.person(self.brand)) as work:
            paying = FundCampaign(self.campaign, Money(10_000_00, INR), uuid4().hex)
            funding.fund(work, paying, RAIL, shown=seen.funding(work, self.campaign))
        drain(runtime)
        with begin(runtime.database, SYSTEM) as work:
            refs = funding.open_checkouts(work, self.campaign)
        for ref in refs:
            runtime.rail.pay(ref)
        drain(runtime)

    def offer(self) -> UUID:
        with begin(self.runtime.database, Actor.person(self.brand)) as work:
            command = MakeOffer(self.campaign, self.creator, Money(3_000_00, INR))
            return offers.offer(work, command, shown=seen.campaign(work, self.campaign)).id

    def escrow(self) -> int:
        with begin(self.runtime.database, SYSTEM) as work:
            return books.escrow_of(work, campaigns.get(work, self.campaign)).minor


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


def at_once(*hands: Callable[[], object]) -> list[object]:
    def hold(hand: Callable[[], object]) -> object:
        try:
            return hand()
        except DomainError as error:
            return error

    with ThreadPoolExecutor(len(hands)) as pool:
        return list(pool.map(hold, hands))


def test_accept_and_withdraw_race(world: World) -> None:
    deal_id = world.offer()

    def accept() -> object:
        with begin(world.runtime.database, Actor.person(world.person)) as work:
            return offers.accept(work, deal_id, shown=seen.deal(work, deal_id)).state

    def withdraw() -> object:
        with begin(world.runtime.database, Actor.person(world.brand)) as work:
            return offers.withdraw(work, deal_id, shown=seen.deal(work, deal_id)).state

    outcomes = at_once(accept, withdraw, accept)
    assert sum(isinstance(outcome, DealState) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 2


def test_the_creator_and_the_clock_race(world: World, clock: SetClock) -> None:
    deal_id = world.offer()
    clock.advance(timedelta(hours=73))
    with begin(world.runtime.database, CLOCK) as work:
        timer_id, _ = clocks.due_timers(work)[0]

    def accept() -> object:
        with begin(world.runtime.database, Actor.person(world.person)) as work:
            return offers.accept(work, deal_id, shown=seen.deal(work, deal_id)).state

    def expire() -> object:
        with begin(world.runtime.database, CLOCK) as work:
            return clocks.fire(work, timer_id, deal_id)

    accepted, expired = at_once(accept, expire)
    assert (accepted is DealState.AGREED) != (expired is True)
    with begin(world.runtime.database, SYSTEM) as work:
        assert deals.get(work, deal_id).state in {DealState.AGREED, DealState.EXPIRED}
        assert ledger.violations(work) == []


def test_the_same_offer_twice_is_one_offer(world: World) -> None:
    outcomes = at_once(world.offer, world.offer)
    assert sum(isinstance(outcome, UUID) for outcome in outcomes) == 1
    assert world.escrow() == 7_000_00


def test_an_offer_above_what_is_left_is_refused_and_holds_nothing(world: World) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work, pytest.raises(DomainError):
        offers.offer(
            work,
            MakeOffer(world.campaign, world.creator, Money(10_000_01, INR)),
            shown=seen.campaign(work, world.campaign),
        )
    assert world.escrow() == 10_000_00


@pytest.mark.parametrize("fault", [Fault.UNANSWERED, Fault.LOST_REPLY])
def test_a_payment_that_got_no_answer_is_made_once(world: World, fault: Fault) -> None:
    world.runtime.rail.order_fault(Operation.CHECKOUT, fault, 1)
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        command = FundCampaign(world.campaign, Money(500_00, INR), uuid4().hex)
        funding.fund(work, command, RAIL, shown=seen.funding(work, world.campaign))
    first = [p for p in rounds.claim(world.runtime) if p.kind == PromiseKind.COLLECT]
    assert [keeping.keep(world.runtime, p) for p in first] == ["retried"]
    again = [p for p in claim_later(world) if p.kind == PromiseKind.COLLECT]
    assert [p.idempotency_key for p in again] == [p.idempotency_key for p in first]
    assert [keeping.keep(world.runtime, p) for p in again] == ["done"]
    with begin(world.runtime.database, SYSTEM) as work:
        assert len(funding.open_checkouts(work, world.campaign)) == 1


def test_a_refusal_that_heals_is_tried_under_a_new_key(world: World) -> None:
    world.runtime.rail.order_fault(Operation.CHECKOUT, Fault.REFUSED_FOR_NOW, 1)
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        command = FundCampaign(world.campaign, Money(500_00, INR), uuid4().hex)
        funding.fund(work, command, RAIL, shown=seen.funding(work, world.campaign))
    first = [p for p in rounds.claim(world.runtime) if p.kind == PromiseKind.COLLECT]
    assert [keeping.keep(world.runtime, p) for p in first] == ["retried"]
    again = [p for p in claim_later(world) if p.kind == PromiseKind.COLLECT]
    assert [p.epoch for p in again] == [1]
    assert [keeping.keep(world.runtime, p) for p in again] == ["done"]


def claim_later(world: World) -> list[Promise]:
    with begin(world.runtime.database, SYSTEM) as work:
        return outbox.claim(work, limit=50, now=wall_now() + timedelta(minutes=1))
