"""Nobody leaves while something would be stranded: each refusal names the way out."""

from uuid import UUID, uuid4

import pytest

from core.accounts import members, people, workspaces
from core.accounts.schemas import OpenWorkspace
from core.accounts.states import Role, WorkspaceKind
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, DeliverableSpec, DraftCampaign
from core.kit.actors import Actor
from core.kit.clock import SetClock
from core.kit.errors import DomainError
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind
from core.kit.work import begin
from core.payments import funding, payee_accounts, payouts
from core.payments.schemas import FundCampaign
from core.privacy import erasure
from core.privacy.errors import LastOwner, MoneyNotPaidOut, WorkNotPaidYet
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_races import RAIL, World
from tests.integration.test_standing import Stage

INR = Currency.INR


def erase(runtime: Runtime, person: UUID) -> str:
    with begin(runtime.database, Actor.person(person)) as work:
        return erasure.erase(work, person)


def is_erased(runtime: Runtime, person: UUID) -> bool:
    with begin(runtime.database, Actor.operator("x")) as work:
        return people.person_of(work, person).erased


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


def earn(world: World) -> None:
    with begin(world.runtime.database, Actor.operator("x")) as work:
        payouts.payable(work, world.creator, Money(2_640_00, INR), uuid4().hex, 5)


def pay(world: World) -> None:
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        payee_accounts.set_up_payee(
            work, "asha@upi", RAIL, shown=payee_accounts.payee_mark(work, world.creator)
        )
    drain(world.runtime)


def test_what_was_earned_is_not_lost_with_its_creator(world: World) -> None:
    earn(world)
    with pytest.raises(MoneyNotPaidOut):
        erase(world.runtime, world.person)
    pay(world)
    with pytest.raises(MoneyNotPaidOut):
        erase(world.runtime, world.person)
    assert not is_erased(world.runtime, world.person)


@pytest.mark.parametrize("stage", ["posted", "live"])
def test_a_post_that_is_paid_for_keeps_its_creator(runtime: Runtime, clock: SetClock, stage: str) -> None:
    found = Stage(runtime, clock).reach(stage)
    with pytest.raises(WorkNotPaidYet):
        erase(runtime, found.person)


def test_an_owner_with_money_in_escrow_hands_it_on_first(world: World) -> None:
    with pytest.raises(LastOwner):
        erase(world.runtime, world.brand)
    assert not is_erased(world.runtime, world.brand)


def opened(runtime: Runtime, name: str, kind: WorkspaceKind = WorkspaceKind.BRAND) -> tuple[UUID, UUID]:
    with begin(runtime.database, Actor.operator("x")) as work:
        person = people.register(work, name).id
        own = work.acting_as(Actor.person(person))
        return person, workspaces.open_workspace(own, OpenWorkspace(name, kind, INR)).id


def draft(runtime: Runtime, person: UUID, workspace: UUID) -> UUID:
    brief = Brief(text="x", deliverables=(DeliverableSpec(DeliverableKind.REEL),))
    with begin(runtime.database, Actor.person(person)) as work:
        command = DraftCampaign(workspace, "T", Money(10_000_00, INR), brief, uuid4().hex)
        return campaigns.draft(work, command).id


def check_out(runtime: Runtime, person: UUID, campaign: UUID) -> None:
    with begin(runtime.database, Actor.person(person)) as work:
        command = FundCampaign(campaign, Money(10_000_00, INR), uuid4().hex)
        funding.fund(work, command, RAIL, shown=seen.funding(work, campaign))
    drain(runtime)


@pytest.mark.parametrize(
    ("hangs_on_it", "free"),
    [
        ("nothing", True),
        ("a campaign that was never paid for", True),
        ("a campaign that waits for a payment", False),
        ("a colleague who owns nothing", False),
        ("a second owner", True),
        ("a client's campaign", False),
    ],
)
def test_a_team_is_not_left_alone(runtime: Runtime, hangs_on_it: str, free: bool) -> None:  # noqa: FBT001
    kind = WorkspaceKind.AGENCY if "client" in hangs_on_it else WorkspaceKind.BRAND
    person, workspace = opened(runtime, "Owner", kind)
    if "never" in hangs_on_it:
        draft(runtime, person, workspace)
    if "waits" in hangs_on_it:
        campaign = draft(runtime, person, workspace)
        check_out(runtime, person, campaign)
    if "client" in hangs_on_it:
        with begin(runtime.database, Actor.person(person)) as work:
            command = OpenWorkspace("C", WorkspaceKind.CLIENT, INR, parent_id=workspace)
            client = workspaces.open_workspace(work, command)
        campaign = draft(runtime, person, client.id)
        check_out(runtime, person, campaign)
    if "colleague" in hangs_on_it or "second" in hangs_on_it:
        role = Role.OWNER if "second" in hangs_on_it else Role.MANAGER
        with begin(runtime.database, Actor.person(person)) as work:
            code = members.invite(work, workspace, role)
            other = people.register(work, "Other").id
        with begin(runtime.database, Actor.person(other)) as work:
            members.join(work, code)
    if free:
        erase(runtime, person)
    else:
        with pytest.raises(LastOwner):
            erase(runtime, person)
    assert is_erased(runtime, person) is free


def test_an_operator_strands_nothing_either(world: World) -> None:
    earn(world)
    with begin(world.runtime.database, Actor.operator("mira")) as work, pytest.raises(DomainError):
        erasure.erase(work, world.person)


def test_whoever_is_paid_out_can_leave(runtime: Runtime, clock: SetClock) -> None:
    found = Stage(runtime, clock).reach("live")
    with begin(runtime.database, Actor.person(found.person)) as work:
        payee_accounts.set_up_payee(
            work, "asha@upi", RAIL, shown=payee_accounts.payee_mark(work, found.creator)
        )
    found.wait(hours=24 * 8)
    with pytest.raises(MoneyNotPaidOut):
        erase(runtime, found.person)
    found.wait(hours=24 * 6, every=12)
    erase(runtime, found.person)
    assert is_erased(runtime, found.person)
