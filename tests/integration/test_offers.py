"""Offers and counter-offers: what is held, who may agree, and what nobody learns."""

from uuid import UUID

import pytest
from sqlalchemy import update

from core.accounts import members, people, workspaces
from core.accounts.models import Workspace
from core.accounts.schemas import OpenWorkspace
from core.accounts.states import Role, WorkspaceKind
from core.creators import service as creators
from core.creators.schemas import SaveProfile
from core.deals import offers
from core.deals import views as deals
from core.deals.errors import BothSides, NoRoundsLeft, PriceOutOfRange
from core.deals.schemas import Apply, DealView, MakeOffer
from core.deals.states import DealState
from core.kit.actors import SYSTEM, Actor
from core.kit.money import Money
from core.kit.process import Party
from core.kit.work import begin
from core.ledger import service as ledger
from core.ledger.errors import NotEnoughMoney
from runtime.parts import Runtime
from tests import seen
from tests.conftest import promised
from tests.integration.test_races import INR, World

OFFERED = 3_000_00  # of a campaign of 10,000


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


def counter(world: World, person: UUID, deal_id: UUID, minor: int) -> DealView:
    with begin(world.runtime.database, Actor.person(person)) as work:
        return offers.counter(work, deal_id, Money(minor, INR), shown=seen.deal(work, deal_id))


def accept(world: World, person: UUID, deal_id: UUID) -> DealView:
    with begin(world.runtime.database, Actor.person(person)) as work:
        return offers.accept(work, deal_id, shown=seen.deal(work, deal_id))


def held(world: World, deal_id: UUID) -> int:
    with begin(world.runtime.database, SYSTEM) as work:
        assert ledger.violations(work) == []
        return deals.held_for(work, deals.get(work, deal_id)).minor


# who proposes what -> what is held of the campaign's 10,000
HOLDS = [
    (("creator", 4_000_00), OFFERED),
    (("creator", 15_000_00), OFFERED),
    (("creator", 1_000_00), OFFERED),
    (("brand", 2_000_00), 2_000_00),
    (("brand", 9_000_00), 9_000_00),
]


@pytest.mark.parametrize(("proposal", "expected"), HOLDS)
def test_only_a_brand_s_own_price_is_held(world: World, proposal: tuple[str, int], expected: int) -> None:
    deal_id = world.offer()
    by, minor = proposal
    if by == "brand":
        counter(world, world.person, deal_id, 3_100_00)
        counter(world, world.brand, deal_id, minor)
    else:
        counter(world, world.person, deal_id, minor)
    assert held(world, deal_id) == expected
    assert world.escrow() == 10_000_00 - expected


def test_a_price_above_what_is_free_is_the_brand_s_to_know(world: World) -> None:
    deal_id = world.offer()
    asked = counter(world, world.person, deal_id, 12_000_00)
    assert (asked.price.minor, asked.turn) == (12_000_00, Party.BRAND)
    with begin(world.runtime.database, SYSTEM) as work:
        assert deals.needed_for(work, deals.get(work, deal_id)).minor == 2_000_00
    with pytest.raises(NotEnoughMoney):
        accept(world, world.brand, deal_id)
    with begin(world.runtime.database, SYSTEM) as work:
        assert deals.get(work, deal_id).state is DealState.OFFERED
    assert held(world, deal_id) == OFFERED


def test_what_is_agreed_is_held_to_the_last_unit(world: World) -> None:
    deal_id = world.offer()
    counter(world, world.person, deal_id, 4_321_00)
    accept(world, world.brand, deal_id)
    assert held(world, deal_id) == 4_321_00


@pytest.mark.parametrize(
    ("minor", "taken"), [(0, False), (-1, False), (1, True), (5 * OFFERED, True), (5 * OFFERED + 1, False)]
)
def test_a_price_has_bounds(world: World, minor: int, *, taken: bool) -> None:
    deal_id = world.offer()
    if taken:
        assert counter(world, world.person, deal_id, minor).price.minor == minor
        return
    with pytest.raises(PriceOutOfRange):
        counter(world, world.person, deal_id, minor)
    assert held(world, deal_id) == OFFERED


def test_negotiation_has_three_rounds(world: World) -> None:
    deal_id = world.offer()
    for number, person in enumerate((world.person, world.brand, world.person)):
        assert counter(world, person, deal_id, 3_000_00 + number).round == number + 1
    with pytest.raises(NoRoundsLeft):
        counter(world, world.brand, deal_id, 3_500_00)


def test_nobody_offers_to_or_applies_at_their_own_workspace(world: World) -> None:
    with begin(world.runtime.database, SYSTEM) as work:
        own = creators.join(work, world.brand, SaveProfile(country="IN")).id
    with begin(world.runtime.database, Actor.person(world.brand)) as work, pytest.raises(BothSides):
        offers.offer(
            work,
            MakeOffer(world.campaign, own, Money(OFFERED, INR)),
            shown=seen.campaign(work, world.campaign),
        )
    with begin(world.runtime.database, Actor.person(world.brand)) as work, pytest.raises(BothSides):
        offers.apply(
            work, Apply(world.campaign, Money(OFFERED, INR)), shown=seen.application(work, world.campaign)
        )


def test_an_agency_acts_for_its_client_and_is_no_creator_of_its_deals(world: World) -> None:
    with begin(world.runtime.database, SYSTEM) as work:
        agent = people.register(work, "Agent").id
        own = creators.join(work, agent, SaveProfile(country="IN")).id
        opened = OpenWorkspace("Agency", WorkspaceKind.AGENCY, INR)
        agency = workspaces.open_workspace(work.acting_as(Actor.person(agent)), opened).id
        work.session.execute(
            update(Workspace)
            .where(Workspace.id == world.workspace)
            .values(parent_id=agency, kind=WorkspaceKind.CLIENT)
        )
        shown = seen.campaign(work, world.campaign)
    for actor in (world.brand, agent):
        command = MakeOffer(world.campaign, own, Money(OFFERED, INR))
        with begin(world.runtime.database, Actor.person(actor)) as work, pytest.raises(BothSides):
            offers.offer(work, command, shown=shown)
    with begin(world.runtime.database, Actor.person(agent)) as work:
        command = MakeOffer(world.campaign, world.creator, Money(OFFERED, INR))
        deal = offers.offer(work, command, shown=shown)
    counter(world, world.person, deal.id, OFFERED + 100)
    assert accept(world, agent, deal.id).state is DealState.AGREED
    with begin(world.runtime.database, SYSTEM) as work:
        heard = {(one.get("person_id"), one.get("notice")) for one in promised(work)}
    assert (str(world.brand), "counter_received") in heard
    assert (str(agent), "counter_received") not in heard  # news go to the client's own members


@pytest.mark.parametrize("role", list(Role))
def test_a_creator_who_joined_the_brand_may_leave_a_deal_but_not_agree(world: World, role: Role) -> None:
    deal_id = world.offer()
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        workspace = deals.get(work, deal_id).workspace_id
        code = members.invite(work, workspace, role)
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        members.join(work, code)
    with pytest.raises(BothSides):
        accept(world, world.person, deal_id)
    with pytest.raises(BothSides):
        counter(world, world.person, deal_id, 4_000_00)
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        declined = offers.decline(work, deal_id, shown=seen.deal(work, deal_id))
        assert declined.state is DealState.DECLINED
    assert world.escrow() == 10_000_00


def test_an_offer_says_by_when_to_answer_and_one_that_is_over_does_not(world: World) -> None:
    deal_id = world.offer()
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        offered = deals.get(work, deal_id)
        assert offered.answer_by is not None
        assert offered.answer_by > work.now
        offers.decline(work, deal_id, shown=seen.deal(work, deal_id))
        assert deals.get(work, deal_id).answer_by is None
