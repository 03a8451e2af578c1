"""Neighbours of faults that were known: what strangers found who tried other orders and other hands."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from core.accounts import chats, members, people, permissions, team, workspaces
from core.accounts.schemas import Identity, OpenWorkspace
from core.accounts.states import Permission, Role, WorkspaceKind
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, DeliverableSpec, DraftCampaign
from core.deals import endings, freezes, offers, pieces
from core.deals import views as deals
from core.deals.schemas import Apply, MakeOffer, SubmitDraft
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.errors import DomainError, ShownChanged
from core.kit.money import Money
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import begin
from core.ledger import service as ledger
from core.ledger.states import AccountKind as K
from core.linking import service as linking
from core.linking.states import Kind
from core.messaging import mailbox
from core.messaging.messages import Address
from core.networks.sandbox import NewPost
from core.operators import tasks
from core.payments import funding, payee_accounts, refunds
from core.payments.errors import RailUnavailable, RestStillNeeded
from core.payments.models import Funding, SandboxObject
from core.payments.rails.choose import Rails
from core.payments.rails.port import EventPage
from core.payments.rails.sandbox import Fault, Operation
from core.payments.schemas import FundCampaign
from core.payments.states import Rest
from core.posts import service as posts
from core.privacy import erasure
from core.terms import service as conditions
from core.terms.schemas import ChangeTerms
from runtime import parts
from runtime.parts import Runtime
from tests import seen
from tests.conftest import confirmed, drain
from tests.integration.test_linking import link, meet
from tests.integration.test_locks import campaigns_locked
from tests.integration.test_payments_chargebacks import Paid, keep_promises, paid  # noqa: F401
from tests.integration.test_races import INR, RAIL, World
from tests.integration.test_rails import Real
from workers import rounds

T = TypeVar("T")
MIRA = Actor.operator("mira")
REEL = DeliverableKind.REEL


def by(runtime: Runtime, person: UUID, verb: Callable[..., T], *arguments: object) -> T:
    with begin(runtime.database, Actor.person(person)) as work:
        return verb(work, *arguments, shown=seen.about(work, verb, arguments[0]))


def operate(runtime: Runtime, verb: Callable[..., object], subject: UUID) -> None:
    with begin(runtime.database, MIRA) as work:
        verb(work, subject, "x", shown=seen.about(work, verb, subject))


def campaign_of(world: World, minor: int, reels: int = 1) -> UUID:
    brief = Brief(text="x", deliverables=(DeliverableSpec(REEL, reels),))
    command = DraftCampaign(world.workspace, "T", Money(minor, INR), brief, uuid4().hex)
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        return campaigns.draft(work, command).id


def checkout(world: World, campaign: UUID, minor: int) -> str:
    """Open a checkout; returns its reference."""
    by(world.runtime, world.brand, funding.fund, FundCampaign(campaign, Money(minor, INR), uuid4().hex), RAIL)
    drain(world.runtime)
    with begin(world.runtime.database, SYSTEM) as work:
        found = select(Funding.checkout_ref).where(
            Funding.campaign_id == campaign, Funding.amount_minor == minor
        )
        return str(work.session.scalars(found).one())


def total(runtime: Runtime, kind: K) -> int:
    with begin(runtime.database, SYSTEM) as work:
        return ledger.total(work, kind, INR).minor


@pytest.mark.parametrize(("live", "disputed"), [(1, False), (0, True), (1, True)])
def test_what_is_left_of_a_deal_goes_to_the_work_that_is_out(
    runtime: Runtime, *, live: int, disputed: bool
) -> None:
    """Two reels of 2,000; one is out (1,000 paid, 1,000 held), the other is drafted (2,000 held).

    The bank takes 2,500: 500 are left, and all of it is owed for the reel that is out.
    """
    world = World(runtime)
    campaign = campaign_of(world, 4_000_00, reels=2)
    runtime.rail.pay(checkout(world, campaign, 4_000_00))
    drain(runtime)
    deal = by(runtime, world.brand, offers.offer, MakeOffer(campaign, world.creator, Money(4_000_00, INR)))
    by(runtime, world.person, offers.accept, deal.id)
    piece = deal.deliverables[live].id
    by(runtime, world.person, pieces.submit_draft, SubmitDraft(piece, "#ad x"))
    by(runtime, world.brand, pieces.approve_draft, piece)
    url = runtime.network.publish(NewPost(Platform.INSTAGRAM, "c", REEL, "#ad look", 9_000), uuid4().hex)
    by(runtime, world.person, posts.submit, piece, url, runtime.networks)
    drain(runtime)
    if disputed:
        by(runtime, world.brand, endings.dispute, deal.id, "x")
    with begin(runtime.database, SYSTEM) as work:
        (charge,) = funding.charges(work, campaign)
    ref = runtime.rail.dispute(charge, Money(2_500_00, INR))
    drain(runtime)
    runtime.rail.decide(ref, won=False)
    drain(runtime)
    with begin(runtime.database, SYSTEM) as work:
        got = sum(each.released.minor for each in deals.get(work, deal.id).deliverables)
    assert (got, total(runtime, K.WORKSPACE_CREDIT)) == (1_500_00, 0)


def dropped(runtime: Runtime) -> tuple[World, UUID, str, str]:
    """A campaign given up with two open checkouts; the first is paid late, and disputed before its refund."""
    world = World(runtime)
    campaign = campaign_of(world, 10_000_00)
    one, two = checkout(world, campaign, 5_000_00), checkout(world, campaign, 3_000_00)
    with begin(runtime.database, Actor.person(world.brand)) as work:
        campaigns.drop(work, campaign, shown=seen.campaign(work, campaign))
    runtime.rail.pay(one)
    rounds.sweep_rail(runtime)
    ref = runtime.rail.dispute(f"charge_{one}")
    rounds.sweep_rail(runtime)  # the chargeback is known and open
    keep_promises(runtime)  # the refund is refused: the charge is disputed
    return world, campaign, two, ref


def test_disputed_money_of_a_dropped_campaign_is_nobody_s_to_spend(runtime: Runtime) -> None:
    _, _, two, ref = dropped(runtime)
    runtime.rail.pay(two)
    drain(runtime)
    assert total(runtime, K.WORKSPACE_CREDIT) == 0
    runtime.rail.decide(ref, won=False)
    drain(runtime)
    assert total(runtime, K.BRAND_RECEIVABLE) == 0


@pytest.mark.parametrize("rest", list(Rest))
def test_an_operator_does_not_end_it_before_its_bank(runtime: Runtime, rest: Rest) -> None:
    _, campaign, _, _ = dropped(runtime)
    with begin(runtime.database, MIRA) as work, pytest.raises(RestStillNeeded):
        refunds.settle_rest(work, campaign, rest, "x", shown=refunds.waiting_rest(work, campaign)[1])


def test_no_task_is_left_that_nothing_can_close(paid: Paid) -> None:  # noqa: F811
    by(paid.runtime, paid.brand, endings.close_campaign, paid.campaign, Rest.REFUND)
    ref = paid.runtime.rail.dispute(paid.first)
    keep_promises(paid.runtime)
    drain(paid.runtime)
    paid.decide(ref, won=False)
    assert paid.state() == "closed"
    with begin(paid.runtime.database, MIRA) as work:
        for task in tasks.open_tasks(work):
            mark = refunds.waiting_rest(work, paid.campaign)[1]
            refunds.settle_rest(work, paid.campaign, Rest.CREDIT, "x", shown=mark)  # NothingToReturn
            tasks.close(work, task.id, "x")  # TaskEndsByAnAct


@pytest.mark.parametrize("how", ["credit", "refused"])
def test_late_money_goes_back_to_the_card_it_came_from(runtime: Runtime, clock: SetClock, how: str) -> None:
    world = World(runtime)
    clock.advance(timedelta(minutes=1))
    late = checkout(world, world.campaign, 1_000_00)
    if how == "refused":
        runtime.rail.order_fault(Operation.REFUND, Fault.REFUSED, 1)
    rest = Rest.CREDIT if how == "credit" else Rest.REFUND
    by(runtime, world.brand, endings.close_campaign, world.campaign, rest)
    drain(runtime)
    runtime.rail.pay(late)
    drain(runtime)
    with begin(runtime.database, SYSTEM) as work:
        sent = select(SandboxObject.parent_ref).where(
            SandboxObject.kind == "refund", SandboxObject.state == "sent"
        )
        assert work.session.scalars(sent).all() == [f"charge_{late}"]


def test_late_money_that_came_while_a_bank_decided_goes_back_to_its_own_card(
    runtime: Runtime, clock: SetClock
) -> None:
    world = World(runtime)
    clock.advance(timedelta(minutes=1))
    late = checkout(world, world.campaign, 1_000_00)
    with begin(runtime.database, SYSTEM) as work:
        (first,) = funding.charges(work, world.campaign)
    by(runtime, world.brand, endings.close_campaign, world.campaign, Rest.CREDIT)
    drain(runtime)
    ref = runtime.rail.dispute(first)
    drain(runtime)
    runtime.rail.pay(late)
    drain(runtime)
    runtime.rail.decide(ref, won=True)
    drain(runtime)
    with begin(runtime.database, SYSTEM) as work:
        refund = SandboxObject.kind == "refund", SandboxObject.state == "sent"
        sent = select(SandboxObject.parent_ref).where(*refund)
        assert work.session.scalars(sent).all() == [f"charge_{late}"]
        assert ledger.violations(work) == []


@pytest.mark.parametrize("when", ["it waits", "it is done"])
def test_a_merge_taken_back_takes_the_account_for_her_money_back(
    runtime: Runtime, clock: SetClock, when: str
) -> None:
    world = World(runtime)
    with begin(runtime.database, SYSTEM) as work:
        chats.attach(work, world.person, Identity("web", "asha", "asha"))

    def pay_to(person: UUID, label: str) -> None:
        with begin(runtime.database, Actor.person(person)) as work:
            payee_accounts.set_up_payee(
                work, label, RAIL, shown=payee_accounts.payee_mark(work, world.creator)
            )
        drain(runtime)

    pay_to(world.person, "asha@upi")
    confirmed(runtime)
    thief = meet(runtime.database, "thief")
    link(runtime.database, thief, world.person, Kind.MERGE)
    pay_to(thief, "thief@upi")
    if when == "it is done":
        confirmed(runtime)  # all her chats said yes: a day; a merge is taken back for three
    with begin(runtime.database, Actor.person(thief)) as work:
        linking.undo(work)
    clock.advance(timedelta(days=4))
    drain(runtime)
    with begin(runtime.database, SYSTEM) as work:
        payee = payee_accounts.payee_of(work, world.creator)
        assert payee is not None
        assert payee.label == "asha@upi"


@pytest.mark.parametrize("before", [False, True])
def test_a_merge_taken_back_leaves_no_team_without_an_owner(runtime: Runtime, *, before: bool) -> None:
    owner, viewer, other = (meet(runtime.database, name) for name in ("owner", "viewer", "other"))
    with begin(runtime.database, Actor.person(owner)) as work:
        space = workspaces.open_workspace(work, OpenWorkspace("W", WorkspaceKind.BRAND, INR)).id
        for person in (viewer, other)[: 1 + before]:
            members.join(work.acting_as(Actor.person(person)), members.invite(work, space, Role.VIEWER))
    link(runtime.database, other, viewer, Kind.MERGE)
    with begin(runtime.database, Actor.person(owner)) as work:
        team.hand_over(work, space, other, shown=team.mark_of(work, space))
        team.leave(work, space)
    with begin(runtime.database, Actor.person(other)) as work:
        linking.undo(work)
    with begin(runtime.database, SYSTEM) as work:
        assert Role.OWNER in {each.role for each in members.members_of(work, space)}


def test_two_owners_at_once_leave_no_team_without_one(runtime: Runtime) -> None:
    with begin(runtime.database, SYSTEM) as work:
        one, other = (people.register(work, name).id for name in ("one", "other"))
        own = work.acting_as(Actor.person(one))
        space = workspaces.open_workspace(own, OpenWorkspace("W", WorkspaceKind.BRAND, INR)).id
        members.join(work.acting_as(Actor.person(other)), members.invite(own, space, Role.OWNER))
    with begin(runtime.database, SYSTEM) as work:
        shown = team.mark_of(work, space)

    def remove() -> str:
        try:
            with begin(runtime.database, Actor.person(other)) as work:
                team.remove(work, space, one, shown=shown)
        except DomainError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(1) as pool:
        with begin(runtime.database, Actor.person(one)) as work:
            team.change_role(work, space, other, Role.VIEWER, shown=shown)
            work.session.flush()
            second = pool.submit(remove)
            until_somebody_waits(runtime)  # its own membership read already
        outcome = second.result()
    with begin(runtime.database, SYSTEM) as work:
        roles = {each.role for each in members.members_of(work, space)}
    assert (outcome, Role.OWNER in roles) == ("ShownChanged", True)


def until_somebody_waits(runtime: Runtime) -> None:
    """Return when another connection waits for a lock."""
    waits = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with runtime.database.engine.connect() as connection:
        for _ in range(1_000):
            if connection.scalar(waits):
                return
            connection.rollback()
            Event().wait(0.01)
    raise AssertionError("nobody waits")


def agency_of(runtime: Runtime) -> tuple[UUID, UUID]:
    with begin(runtime.database, SYSTEM) as work:
        own = work.acting_as(Actor.person(people.register(work, "Head").id))
        agency = workspaces.open_workspace(own, OpenWorkspace("Agency", WorkspaceKind.AGENCY, INR)).id
        command = OpenWorkspace("Client", WorkspaceKind.CLIENT, INR, parent_id=agency)
        return agency, workspaces.open_workspace(own, command).id


def test_a_client_stopped_for_itself_does_not_go_on_with_its_agency(runtime: Runtime) -> None:
    agency, client = agency_of(runtime)
    operate(runtime, freezes.freeze_workspace, client)
    operate(runtime, freezes.freeze_workspace, agency)
    operate(runtime, freezes.unfreeze_workspace, agency)
    with begin(runtime.database, SYSTEM) as work:
        assert workspaces.workspace_of(work, client).frozen_at is not None
        assert [task.subject_id for task in tasks.open_tasks(work)] == [client]


def test_a_client_does_not_go_on_while_its_agency_is_stopped(runtime: Runtime) -> None:
    agency, client = agency_of(runtime)
    operate(runtime, freezes.freeze_workspace, agency)
    with pytest.raises(DomainError):
        operate(runtime, freezes.unfreeze_workspace, client)


def test_who_applies_agrees_to_the_commission_that_was_shown(runtime: Runtime) -> None:
    world = World(runtime)
    with begin(runtime.database, Actor.person(world.person)) as work:
        shown = seen.application(work, world.campaign)  # the card says: 12 % off, you get 2,640
    with begin(runtime.database, MIRA) as work:
        conditions.change(work, ChangeTerms(world.workspace, 0, {"commission_bps": 1_500}, "x"))
    with begin(runtime.database, Actor.person(world.person)) as work, pytest.raises(ShownChanged):
        offers.apply(work, Apply(world.campaign, Money(3_000_00, INR)), shown=shown)


def test_of_a_client_whose_only_member_left_somebody_is_told(runtime: Runtime) -> None:
    head, second = meet(runtime.database, "head"), meet(runtime.database, "second")
    with begin(runtime.database, Actor.person(head)) as work:
        agency = workspaces.open_workspace(work, OpenWorkspace("A", WorkspaceKind.AGENCY, INR)).id
        command = OpenWorkspace("Client", WorkspaceKind.CLIENT, INR, parent_id=agency)
        client = workspaces.open_workspace(work, command).id
        members.join(work.acting_as(Actor.person(second)), members.invite(work, agency, Role.OWNER))
    with begin(runtime.database, Actor.person(head)) as work:
        team.leave(work, agency)
    with begin(runtime.database, Actor.person(second)) as work:
        assert permissions.may(work, client, Permission.APPROVE)
        assert permissions.people_who_may(work, client, Permission.APPROVE) == [second]


@pytest.mark.parametrize("what", ["opened", "declined"])
def test_a_removed_member_hears_no_more_of_a_payment_and_the_team_does(runtime: Runtime, what: str) -> None:
    world = World(runtime)
    with begin(runtime.database, SYSTEM) as work:
        gone = people.register(work, "Gone").id
        chats.attach(work, gone, Identity("web", "gone", "gone"))
        chats.attach(work, world.brand, Identity("web", "owner", "owner"))
        own = work.acting_as(Actor.person(world.brand))
        members.join(work.acting_as(Actor.person(gone)), members.invite(own, world.workspace, Role.FINANCE))
    pay = FundCampaign(world.campaign, Money(500_00, INR), uuid4().hex)
    by(runtime, gone, funding.fund, pay, RAIL)
    if what == "declined":
        drain(runtime)
    with begin(runtime.database, Actor.person(world.brand)) as work:
        team.remove(work, world.workspace, gone, shown=team.mark_of(work, world.workspace))
    if what == "declined":
        with begin(runtime.database, SYSTEM) as work:
            (ref,) = funding.open_checkouts(work, world.campaign)
        runtime.rail.pay(ref, decline=True)
    drain(runtime)
    words = "payment page is ready" if what == "opened" else "did not go through"
    with begin(runtime.database, SYSTEM) as work:
        heard = [
            any(words in str(letter.body) for letter in mailbox.read(work, Address("web", chat)))
            for chat in ("gone", "owner")
        ]
    assert heard == [False, True]


class Down(Real):
    def events(self, after: str, limit: int) -> EventPage:
        raise RailUnavailable


def test_a_provider_that_is_down_stops_no_other(runtime: Runtime) -> None:
    world = World(runtime)
    runtime.rail.pay(checkout(world, world.campaign, 500_00))
    down = Down(runtime.database, "http://down")
    rounds.sweep_rail(parts.build(runtime.settings, runtime.database, Rails(down, runtime.rail)))
    assert world.escrow() == 10_500_00


def test_who_leaves_locks_campaigns_in_the_one_order(runtime: Runtime, clock: SetClock) -> None:
    world = World(runtime)
    made = [world.campaign]
    for _ in range(4):
        clock.advance(timedelta(minutes=1))
        made.append(campaign_of(world, 5_000_00))
        runtime.rail.pay(checkout(world, made[-1], 5_000_00))
        drain(runtime)
    for campaign in sorted(made, reverse=True):
        clock.advance(timedelta(minutes=1))
        by(runtime, world.brand, offers.offer, MakeOffer(campaign, world.creator, Money(3_000_00, INR)))
    with campaigns_locked(runtime.database) as locked, begin(runtime.database, SYSTEM) as work:
        erasure.erase(work, world.person)
    assert [campaign for campaign in dict.fromkeys(locked) if campaign in made] == sorted(made)
