"""An operator stops a workspace or a creator: nothing new begins, nothing moves, all time is given back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from api.app import create
from core.accounts import chats, people, workspaces
from core.accounts.errors import WorkspaceFrozen
from core.accounts.schemas import Identity, OpenWorkspace
from core.accounts.states import WorkspaceKind
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, DeliverableSpec, DraftCampaign
from core.creators import service as creators
from core.creators.errors import CreatorFrozen
from core.deals import endings, freezes, offers
from core.deals import views as deals
from core.deals.errors import DealStandsStill, ReasonMissing
from core.deals.schemas import Apply, MakeOffer
from core.deals.states import CREATOR_FROZEN, WORKSPACE_FROZEN, DealState, Standing
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.errors import DomainError, ShownChanged
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind
from core.kit.work import Work, begin
from core.ledger import service as ledger
from core.ledger.schemas import Account, Posting
from core.ledger.states import AccountKind as K
from core.ledger.states import PostingKind
from core.messaging import mailbox
from core.messaging.messages import Address
from core.operators import tasks
from core.operators.errors import TaskEndsByAnAct
from core.operators.states import StaffRole
from core.payments import funding, payee_accounts, payouts
from core.payments.models import Payout
from core.payments.schemas import FundCampaign
from core.payments.states import Rest
from runtime.parts import Runtime
from tests import seen
from tests.conftest import confirmed, drain, promised, staff_key
from tests.integration.test_locks import campaigns_locked
from tests.integration.test_races import INR, RAIL, World
from tests.scenarios.waiting_money import waits_for_ever

MIRA = Actor.operator("mira")
DAY = timedelta(days=1)
Verb = Callable[..., object]


class Held(World):
    """A world that an operator can stop."""

    def operate(self, verb: Verb, subject: UUID, reason: str = "for this test") -> None:
        with begin(self.runtime.database, MIRA) as work:
            verb(work, subject, reason, shown=seen.about(work, verb, subject))
        drain(self.runtime)

    def by(self, person: UUID, verb: Verb, *arguments: object) -> None:
        with begin(self.runtime.database, Actor.person(person)) as work:
            verb(work, *arguments, shown=seen.about(work, verb, arguments[0]))

    def told(self, notice: str) -> int:
        with begin(self.runtime.database, SYSTEM) as work:
            return sum(each.get("notice") == notice for each in promised(work))

    def stands(self, deal_id: UUID) -> set[str]:
        with begin(self.runtime.database, SYSTEM) as work:
            return set(deals.get(work, deal_id).stands_for)

    def earn(self) -> None:
        with begin(self.runtime.database, SYSTEM) as work:
            key, money = uuid4().hex, Money(2_640_00, INR)
            lines = ledger.transfer_lines(
                Account(K.SUSPENSE, INR), Account(K.CREATOR_PAYABLE, INR, self.creator), money
            )
            ledger.post(work, Posting(PostingKind.RELEASE, key, lines, "test", "test"))
            payouts.payable(work, self.creator, money, key, 0)

    def open_tasks(self, kind: str) -> int:
        with begin(self.runtime.database, SYSTEM) as work:
            return sum(task.kind == kind for task in tasks.open_tasks(work))


@pytest.fixture
def held(runtime: Runtime) -> Held:
    return Held(runtime)


def test_a_frozen_workspace_begins_nothing_and_goes_on_when_it_is_let(held: Held) -> None:
    offer = MakeOffer(held.campaign, held.creator, Money(3_000_00, INR))
    ask = Apply(held.campaign, Money(3_000_00, INR))
    pay = FundCampaign(held.campaign, Money(1_000_00, INR), uuid4().hex)
    refused: list[tuple[UUID, Verb, tuple[object, ...]]] = [
        (held.brand, offers.offer, (offer,)),
        (held.person, offers.apply, (ask,)),
        (held.brand, funding.fund, (pay, RAIL)),
        (held.brand, endings.close_campaign, (held.campaign, Rest.CREDIT)),
    ]
    held.operate(freezes.freeze_workspace, held.workspace)
    for person, verb, arguments in refused:
        with pytest.raises(WorkspaceFrozen):
            held.by(person, verb, *arguments)
    held.operate(freezes.unfreeze_workspace, held.workspace)
    held.by(held.brand, offers.offer, offer)


def test_a_frozen_creator_gets_and_asks_for_nothing(held: Held) -> None:
    held.operate(freezes.freeze_creator, held.creator)
    with pytest.raises(CreatorFrozen):
        held.offer()
    with pytest.raises(CreatorFrozen):
        held.by(held.person, offers.apply, Apply(held.campaign, Money(3_000_00, INR)))
    with begin(held.runtime.database, SYSTEM) as work:
        assert creators.get(work, held.creator).available is False
    held.operate(freezes.unfreeze_creator, held.creator)
    assert held.offer()


SIDES = [
    (freezes.freeze_workspace, freezes.unfreeze_workspace, "workspace", WORKSPACE_FROZEN),
    (freezes.freeze_creator, freezes.unfreeze_creator, "creator", CREATOR_FROZEN),
]


@pytest.mark.parametrize(("freeze", "go_on", "side", "task"), SIDES, ids=["workspace", "creator"])
def test_deals_stand_still_and_get_their_time_back(
    held: Held, clock: SetClock, freeze: Verb, go_on: Verb, side: str, task: str
) -> None:
    deal, subject = held.offer(), getattr(held, side)
    with begin(held.runtime.database, SYSTEM) as work:
        before = deals.get(work, deal).answer_by
    held.operate(freeze, subject)
    assert held.stands(deal) == {Standing(side)}
    clock.advance(30 * DAY)
    drain(held.runtime)
    with begin(held.runtime.database, Actor.person(held.person)) as work:
        assert deals.get(work, deal).state is DealState.OFFERED, "no clock has answered for anybody"
        with pytest.raises(DealStandsStill):
            offers.accept(work, deal, shown=seen.deal(work, deal))
    with begin(held.runtime.database, Actor.person(held.brand)) as work, pytest.raises(DealStandsStill):
        offers.withdraw(work, deal, shown=seen.deal(work, deal))
    assert held.open_tasks(task) == 1
    with begin(held.runtime.database, SYSTEM) as work:
        assert waits_for_ever(work) == []
    held.operate(go_on, subject)
    assert (held.stands(deal), held.open_tasks(task)) == (set(), 0)
    with begin(held.runtime.database, SYSTEM) as work:
        after = deals.get(work, deal).answer_by
        assert before is not None
        assert after == before + 30 * DAY
        assert waits_for_ever(work) == []
    held.by(held.person, offers.accept, deal)
    assert held.told("deal_frozen") == held.told("deal_unfrozen") == 1, "the other side hears of it once"


def test_reasons_are_nested_and_each_ends_for_itself(held: Held) -> None:
    deal = held.offer()
    held.operate(freezes.freeze_workspace, held.workspace)
    held.operate(freezes.freeze_creator, held.creator)
    with begin(held.runtime.database, MIRA) as work:
        freezes.freeze_deal(work, deal, "and this")
    assert held.stands(deal) == {Standing.WORKSPACE, Standing.CREATOR, Standing.OPERATOR}
    held.operate(freezes.unfreeze_workspace, held.workspace)
    with begin(held.runtime.database, MIRA) as work:
        freezes.unfreeze_deal(work, deal, "and this")
    assert held.stands(deal) == {Standing.CREATOR}
    held.operate(freezes.unfreeze_creator, held.creator)
    assert held.stands(deal) == set()


def test_what_a_frozen_creator_has_earned_waits_and_is_paid_afterwards(held: Held) -> None:
    with begin(held.runtime.database, Actor.person(held.person)) as work:
        payee_accounts.set_up_payee(work, "asha@upi", RAIL, shown=seen.payee(work, held.creator))
    confirmed(held.runtime)
    held.operate(freezes.freeze_creator, held.creator)
    held.earn()
    drain(held.runtime)
    with begin(held.runtime.database, SYSTEM) as work:
        assert work.session.query(Payout).count() == 0
        assert payouts.due_payouts(work, held.runtime.rails.facts()) == 0
        assert waits_for_ever(work) == []
    held.operate(freezes.unfreeze_creator, held.creator)
    with begin(held.runtime.database, SYSTEM) as work:
        assert work.session.query(Payout).one().state == "sent"


@pytest.mark.parametrize(("freeze", "go_on", "side", "task"), SIDES, ids=["workspace", "creator"])
def test_an_act_binds_to_what_was_shown_and_needs_a_reason(
    held: Held, freeze: Verb, go_on: Verb, side: str, task: str
) -> None:
    subject = getattr(held, side)
    with begin(held.runtime.database, MIRA) as work:
        shown = seen.about(work, freeze, subject)
        with pytest.raises(ReasonMissing):
            freeze(work, subject, "  ", shown=shown)
        for other in ("", "0123456789"):
            with pytest.raises(ShownChanged):
                freeze(work, subject, "x", shown=other)
    held.operate(freeze, subject)
    with begin(held.runtime.database, MIRA) as work:
        with pytest.raises(ShownChanged):
            freeze(work, subject, "x", shown=shown)
        with pytest.raises((WorkspaceFrozen, CreatorFrozen)):
            freeze(work, subject, "x", shown=seen.about(work, freeze, subject))
        (found,) = [found for found in tasks.open_tasks(work) if found.kind == task]
        with pytest.raises(TaskEndsByAnAct):
            tasks.close(work, found.id, "I have seen it")
    held.operate(go_on, subject)
    with begin(held.runtime.database, MIRA) as work, pytest.raises((WorkspaceFrozen, CreatorFrozen)):
        go_on(work, subject, "x", shown=seen.about(work, freeze, subject))


def test_an_agency_is_stopped_with_its_clients(runtime: Runtime) -> None:
    with begin(runtime.database, SYSTEM) as work:
        head = people.register(work, "Head").id
        own = work.acting_as(Actor.person(head))
        agency = workspaces.open_workspace(
            own, OpenWorkspace("Agency", WorkspaceKind.AGENCY, Currency.INR)
        ).id
        command = OpenWorkspace("Client", WorkspaceKind.CLIENT, Currency.INR, parent_id=agency)
        client = workspaces.open_workspace(own, command).id
    with begin(runtime.database, MIRA) as work:
        freezes.freeze_workspace(work, agency, "x", shown=workspaces.workspace_of(work, agency).mark)
    with begin(runtime.database, Actor.person(head)) as work:
        assert workspaces.workspace_of(work, client).frozen_at is not None
        command = OpenWorkspace("Second", WorkspaceKind.CLIENT, Currency.INR, parent_id=agency)
        with pytest.raises(WorkspaceFrozen):
            workspaces.open_workspace(work, command)
    with begin(runtime.database, MIRA) as work:
        freezes.unfreeze_workspace(work, agency, "x", shown=workspaces.workspace_of(work, agency).mark)
        assert workspaces.workspace_of(work, client).frozen_at is None


def test_campaigns_are_locked_in_one_order_whoever_is_stopped(runtime: Runtime, clock: SetClock) -> None:
    with begin(runtime.database, SYSTEM) as work:
        head = people.register(work, "Head").id
        own = work.acting_as(Actor.person(head))
        agency = workspaces.open_workspace(
            own, OpenWorkspace("Agency", WorkspaceKind.AGENCY, Currency.INR)
        ).id
        owners = [agency]
        for name in ("One", "Two"):
            command = OpenWorkspace(name, WorkspaceKind.CLIENT, Currency.INR, parent_id=agency)
            owners.append(workspaces.open_workspace(own, command).id)
        brief = Brief(text="x", deliverables=(DeliverableSpec(DeliverableKind.REEL),))
    made = set()
    for owner in owners * 4:
        clock.advance(timedelta(minutes=1))  # a list shows the newest first: not the order of the ids
        drafted = DraftCampaign(owner, "T", Money(100_00, INR), brief, uuid4().hex)
        with begin(runtime.database, Actor.person(head)) as work:
            made.add(campaigns.draft(work, drafted).id)
    with campaigns_locked(runtime.database) as locked, begin(runtime.database, MIRA) as work:
        freezes.freeze_workspace(work, agency, "x", shown=workspaces.workspace_of(work, agency).mark)
    assert set(locked) == made
    assert locked == sorted(locked)


def test_both_sides_are_told_in_plain_words(held: Held) -> None:
    for person, chat in ((held.brand, "brand"), (held.person, "creator")):
        with begin(held.runtime.database, SYSTEM) as work:
            chats.attach(work, person, Identity("web", chat, chat))
    held.offer()
    held.operate(freezes.freeze_workspace, held.workspace, "We are looking into a payment.")
    held.operate(freezes.freeze_creator, held.creator, "We are looking into an account.")

    def heard(chat: str) -> str:
        with begin(held.runtime.database, SYSTEM) as work:
            return "\n".join(str(letter.body) for letter in mailbox.read(work, Address("web", chat)))

    assert "has stopped **B** for a while" in heard("brand")
    assert "looking into a payment" in heard("brand")
    assert "has stopped your account for a while" in heard("creator")
    assert "stopped the deal for **T**" in heard("creator")
    assert "looking into a payment" not in heard("creator"), "what is said of a brand is said to the brand"
    assert "looking into an account" not in heard("brand")


@pytest.mark.parametrize("side", ["workspace", "creator"])
@pytest.mark.parametrize("_", range(3))
def test_no_deal_slips_through_while_its_side_is_being_stopped(held: Held, side: str, _: int) -> None:
    verb = freezes.freeze_workspace if side == "workspace" else freezes.freeze_creator

    def freeze(work: Work) -> None:
        subject = getattr(held, side)
        verb(work, subject, "x", shown=seen.about(work, verb, subject))

    def hand(act: Callable[[], object]) -> str:
        try:
            act()
        except DomainError as error:
            return error.code
        return "done"

    def operator() -> None:
        with begin(held.runtime.database, MIRA) as work:
            freeze(work)

    with ThreadPoolExecutor(2) as pool:
        outcome = list(pool.map(hand, [operator, held.offer]))
    assert outcome[0] == "done"
    with begin(held.runtime.database, SYSTEM) as work:
        made = deals.of_campaign(work, held.campaign)
    if outcome[1] == "done":
        assert [set(deal.stands_for) for deal in made] == [{Standing(side)}]
    else:
        assert (outcome[1], made) == (f"{side.title()}Frozen", [])


def test_the_routes_carry_what_was_shown_and_leave_a_row(held: Held) -> None:
    key = {"Authorization": f"Bearer {staff_key(held.runtime.database, 'asha', StaffRole.SUPPORT)}"}
    with TestClient(create(held.runtime)) as client:
        for room, subject in (("workspaces", held.workspace), ("creators", held.creator)):
            path = f"/admin/{room}/{subject}"
            mark = client.get(path, headers=key).json()["mark"]
            body = {"reason": "looking into it", "shown": mark}
            assert client.post(f"{path}/freeze", json=body, headers=key).json()["frozen_at"]
            again = client.post(f"{path}/freeze", json=body, headers=key)
            assert (again.status_code, again.json()["code"]) == (409, "ShownChanged")
            body["shown"] = again.json()["now"]["mark"]
            assert client.post(f"{path}/unfreeze", json=body, headers=key).json()["frozen_at"] is None
            assert client.post(f"{path}/freeze", json={"reason": "no mark"}, headers=key).status_code == 422
            assert client.get(f"/admin/{room}/{uuid4()}", headers=key).status_code == 404
        rows = client.get("/admin/audit", headers=key).json()
    acts = [(row["act"], row["by"], row["reason"]) for row in rows]
    assert acts == [
        (f"{verb}_{side}", "asha", "looking into it")
        for side in ("creator", "workspace")
        for verb in ("unfreeze", "freeze")
    ]


def test_money_that_arrives_for_a_frozen_brand_is_safe_there(held: Held) -> None:
    pay = FundCampaign(held.campaign, Money(1_000_00, INR), uuid4().hex)
    held.by(held.brand, funding.fund, pay, RAIL)
    drain(held.runtime)
    held.operate(freezes.freeze_workspace, held.workspace)
    with begin(held.runtime.database, SYSTEM) as work:
        refs = funding.open_checkouts(work, held.campaign)
    for ref in refs:
        held.runtime.rail.pay(ref)
    drain(held.runtime)
    assert held.escrow() == 11_000_00
    with begin(held.runtime.database, SYSTEM) as work:
        assert waits_for_ever(work) == []
        assert campaigns.get(work, held.campaign).workspace_id == held.workspace
