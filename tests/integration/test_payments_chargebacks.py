"""What a bank takes back, and what stands still until it has decided."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.app import create
from core.accounts import people, workspaces
from core.accounts.schemas import OpenWorkspace
from core.accounts.states import WorkspaceKind
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, DeliverableSpec, DraftCampaign
from core.deals import endings
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind
from core.kit.work import begin
from core.ledger import service as ledger
from core.ledger.schemas import Account, Posting
from core.ledger.states import AccountKind, PostingKind
from core.operators import tasks
from core.operators.states import Subject
from core.payments import funding, refunds
from core.payments.models import Funding, Refund
from core.payments.rails.sandbox import SandboxRail
from core.payments.repository import PaymentRepository
from core.payments.schemas import FundCampaign
from core.payments.states import Rest
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain, signed_in
from workers import keeping, rounds

INR = Currency.INR
RAIL = SandboxRail.facts
HALF = Money(5_000_00, INR)


FEE_OF_HALF = 100_00
"""The sandbox's two per cent."""


class Paid:
    """A campaign of 10,000, paid with two cards of 5,000 each."""

    def __init__(self, runtime: Runtime, clock: SetClock) -> None:
        self.runtime, self.clock = runtime, clock
        with begin(runtime.database, SYSTEM) as work:
            self.brand = people.register(work, "Brand").id
            own = work.acting_as(Actor.person(self.brand))
            opened = OpenWorkspace("Brand", WorkspaceKind.BRAND, INR, "IN")
            self.workspace = workspaces.open_workspace(own, opened).id
            brief = Brief(text="tea", deliverables=(DeliverableSpec(DeliverableKind.REEL),))
            draft = DraftCampaign(self.workspace, "Tea", HALF + HALF, brief, uuid4().hex)
            self.campaign: UUID = campaigns.draft(own, draft).id
        self.pay(HALF)
        self.pay(HALF)
        with begin(runtime.database, SYSTEM) as work:
            self.first, self.second = funding.charges(work, self.campaign)

    def pay(self, amount: Money) -> None:
        with begin(self.runtime.database, Actor.person(self.brand)) as work:
            command = FundCampaign(self.campaign, amount, uuid4().hex)
            funding.fund(work, command, RAIL, shown=seen.funding(work, self.campaign))
        drain(self.runtime)
        with begin(self.runtime.database, SYSTEM) as work:
            checkouts = funding.open_checkouts(work, self.campaign)
        for ref in checkouts:
            self.runtime.rail.pay(ref)
        self.clock.advance(timedelta(minutes=1))
        drain(self.runtime)

    def dispute(self, *charges: str) -> list[str]:
        refs = [self.runtime.rail.dispute(charge) for charge in charges]
        drain(self.runtime)
        return refs

    def decide(self, ref: str, *, won: bool) -> None:
        self.runtime.rail.decide(ref, won=won)
        drain(self.runtime)

    def state(self) -> str:
        with begin(self.runtime.database, SYSTEM) as work:
            assert ledger.violations(work) == []
            return str(campaigns.get(work, self.campaign).state)

    def total(self, kind: AccountKind) -> int:
        with begin(self.runtime.database, SYSTEM) as work:
            return ledger.total(work, kind, INR).minor


@pytest.fixture
def paid(runtime: Runtime, clock: SetClock) -> Paid:
    return Paid(runtime, clock)


# first, second decided -> state, escrow, credit
BOTH_DECIDED = [
    ("won", "won", "funded", 10_000_00, 0),
    ("won", "lost", "closed", 0, 5_000_00),
    ("lost", "won", "closed", 0, 5_000_00),
    ("lost", "lost", "closed", 0, 0),
]


@pytest.mark.parametrize(("first", "second", "state", "escrow", "credit"), BOTH_DECIDED)
def test_two_chargebacks_are_let_go_together_and_cost_us_nothing(
    paid: Paid, first: str, second: str, state: str, escrow: int, credit: int
) -> None:
    one, other = paid.dispute(paid.first, paid.second)
    paid.decide(one, won=first == "won")
    assert paid.state() == "frozen"
    assert paid.total(AccountKind.CAMPAIGN_ESCROW) == 0
    assert paid.total(AccountKind.WORKSPACE_CREDIT) == 0
    paid.decide(other, won=second == "won")
    assert paid.state() == state
    assert paid.total(AccountKind.CAMPAIGN_ESCROW) == escrow
    assert paid.total(AccountKind.WORKSPACE_CREDIT) == credit
    assert paid.total(AccountKind.CHARGEBACK_LOSS) == 0


def test_a_provider_s_fee_is_ours_to_bear(paid: Paid) -> None:
    assert paid.total(AccountKind.RAIL_CLEARING) == 2 * (HALF.minor - FEE_OF_HALF)
    assert paid.total(AccountKind.CAMPAIGN_ESCROW) == 2 * HALF.minor


def test_a_second_dispute_after_the_first_was_won_thaws_only_what_it_froze(paid: Paid) -> None:
    for charge in (paid.first, paid.second):
        (ref,) = paid.dispute(charge)
        assert paid.state() == "frozen"
        paid.decide(ref, won=True)
        assert paid.state() == "funded"
        assert paid.total(AccountKind.CAMPAIGN_ESCROW) == 10_000_00


@pytest.mark.parametrize(("won", "lost"), [(None, False), (True, False), (False, True)])
def test_a_card_has_lost_only_a_dispute_that_was_decided_so(
    paid: Paid, *, won: bool | None, lost: bool
) -> None:
    (ref,) = paid.dispute(paid.first)
    if won is not None:
        paid.decide(ref, won=won)
    with begin(paid.runtime.database, SYSTEM) as work:
        cards = {row.charge_ref: row.id for row in work.session.scalars(select(Funding))}
        found = PaymentRepository(work.session)
        assert [found.has_lost(cards[charge]) for charge in (paid.first, paid.second)] == [lost, False]


def test_a_top_up_paid_while_frozen_does_not_stop_the_campaign_from_closing(paid: Paid) -> None:
    with begin(paid.runtime.database, Actor.person(paid.brand)) as work:
        command = FundCampaign(paid.campaign, HALF, uuid4().hex)
        funding.fund(work, command, RAIL, shown=seen.funding(work, paid.campaign))
    drain(paid.runtime)
    one, other = paid.dispute(paid.first, paid.second)
    with begin(paid.runtime.database, SYSTEM) as work:
        (late,) = funding.open_checkouts(work, paid.campaign)
    paid.runtime.rail.pay(late)
    drain(paid.runtime)
    paid.decide(one, won=False)
    paid.decide(other, won=False)
    assert paid.state() == "closed"
    assert paid.total(AccountKind.WORKSPACE_CREDIT) == HALF.minor


def test_what_is_left_goes_back_to_the_oldest_card_first(paid: Paid) -> None:
    with begin(paid.runtime.database, SYSTEM) as work:
        spent = Account(AccountKind.DELIVERABLE_HOLD, INR, uuid4())
        escrow = Account(AccountKind.CAMPAIGN_ESCROW, INR, paid.campaign)
        lines = ledger.transfer_lines(escrow, spent, Money(3_000_00, INR))
        ledger.post(work, Posting(PostingKind.OFFER_HOLD, "spent", lines, "deal", "d"))
        refunds.return_rest(work, paid.campaign, Rest.REFUND)
        asked = work.session.execute(
            select(Funding.charge_ref, Refund.amount_minor).join(Funding, Funding.id == Refund.funding_id)
        )
        assert {row.charge_ref: row.amount_minor for row in asked} == {
            paid.first: 5_000_00,
            paid.second: 2_000_00,
        }


@pytest.mark.parametrize("seen_first", [False, True])
@pytest.mark.parametrize(("won", "credit"), [(True, 0), (False, 0)])
def test_a_refund_refused_because_of_a_dispute_is_nobody_s_to_spend(
    paid: Paid, *, seen_first: bool, won: bool, credit: int
) -> None:
    with begin(paid.runtime.database, Actor.person(paid.brand)) as work:
        endings.close_campaign(work, paid.campaign, Rest.REFUND, shown=seen.closing(work, paid.campaign))
    ref = paid.runtime.rail.dispute(paid.first)
    if seen_first:
        rounds.sweep_rail(paid.runtime)
    keep_promises(paid.runtime)
    assert paid.total(AccountKind.WORKSPACE_CREDIT) == 0
    assert paid.state() in {"frozen", "settling"}
    drain(paid.runtime)
    assert paid.state() == "frozen"
    paid.decide(ref, won=won)
    assert paid.state() == "closed"
    assert paid.total(AccountKind.WORKSPACE_CREDIT) == credit
    assert paid.total(AccountKind.CHARGEBACK_LOSS) == 0
    assert paid.total(AccountKind.CAMPAIGN_ESCROW) == 0
    assert paid.total(AccountKind.REFUND_IN_TRANSIT) == 0


ANSWERS = [
    ("credit", 200, 5_000_00, "closed"),
    ("refund", 200, 0, "settling"),
    ("nowhere", 422, 0, "settling"),
]


@pytest.mark.parametrize(("to", "status", "credit", "state"), ANSWERS)
def test_a_refund_that_waits_for_a_bank_that_says_nothing_is_ended_by_an_operator(
    paid: Paid, to: str, status: int, credit: int, state: str
) -> None:
    """The provider refused because of a dispute, and no chargeback ever came."""
    with begin(paid.runtime.database, Actor.person(paid.brand)) as work:
        endings.close_campaign(work, paid.campaign, Rest.REFUND, shown=seen.closing(work, paid.campaign))
        refund = work.session.query(Refund).order_by(Refund.id).first()
        assert refund is not None
        refund_id = refund.id
    with begin(paid.runtime.database, SYSTEM) as work:
        refunds.refund_refused(work, refund_id, "the charge is disputed", disputed=True)
        (task,) = tasks.open_tasks(work)
        assert (task.kind, task.facts["amount_minor"]) == ("refund_waits", 5_000_00)
    drain(paid.runtime)
    assert paid.state() == "settling"
    with TestClient(create(paid.runtime), headers=signed_in(paid.runtime)) as client:
        path = f"/admin/campaigns/{paid.campaign}/rest"
        found = client.get(path).json()
        assert found["left"]["minor"] == 5_000_00
        body = {"to": to, "reason": "the bank says there is no dispute", "shown": found["shown"]}
        assert client.post(path, json={**body, "to": "credit", "shown": "old"}).status_code == 409
        assert client.post(path, json=body).status_code == status
        assert client.post(path, json=body).status_code == (409 if status == 200 else 422)
    with begin(paid.runtime.database, SYSTEM) as work:
        ends = [task.outcome for task in tasks.about(work, Subject.CAMPAIGN, paid.campaign)]
        assert ends == ["the bank says there is no dispute" if status == 200 else ""]
    assert (paid.total(AccountKind.WORKSPACE_CREDIT), paid.state()) == (credit, state)
    drain(paid.runtime)
    assert paid.state() == ("settling" if status == 422 else "closed")
    assert paid.total(AccountKind.REFUND_IN_TRANSIT) == 0


@pytest.mark.parametrize("state", ["funded", "frozen"])
def test_an_operator_ends_no_money_that_is_still_needed(paid: Paid, state: str) -> None:
    if state == "frozen":
        paid.dispute(paid.first)
    with TestClient(create(paid.runtime), headers=signed_in(paid.runtime)) as client:
        path = f"/admin/campaigns/{paid.campaign}/rest"
        body = {"to": "refund", "reason": "they asked for it", "shown": client.get(path).json()["shown"]}
        assert client.post(path, json=body).json()["code"] == "RestStillNeeded"
        assert client.get(f"/admin/campaigns/{uuid4()}/rest").status_code == 404
    assert paid.state() == state


@pytest.mark.parametrize("closed", [False, True])
def test_money_that_arrives_at_a_campaign_that_ends_goes_back(paid: Paid, *, closed: bool) -> None:
    with begin(paid.runtime.database, Actor.person(paid.brand)) as work:
        command = FundCampaign(paid.campaign, HALF, uuid4().hex)
        funding.fund(work, command, RAIL, shown=seen.funding(work, paid.campaign))
    drain(paid.runtime)
    with begin(paid.runtime.database, Actor.person(paid.brand)) as work:
        (late,) = funding.open_checkouts(work, paid.campaign)
        endings.close_campaign(work, paid.campaign, Rest.REFUND, shown=seen.closing(work, paid.campaign))
    if closed:
        drain(paid.runtime)
        assert paid.state() == "closed"
    paid.runtime.rail.pay(late)
    drain(paid.runtime)
    assert paid.state() == "closed"
    assert paid.total(AccountKind.CAMPAIGN_ESCROW) == 0
    assert paid.total(AccountKind.RAIL_CLEARING) == paid.runtime.rail.balance(INR).minor


def keep_promises(runtime: Runtime) -> None:
    """Keep what is promised now, and look at nothing else."""
    for promise in rounds.claim(runtime):
        keeping.keep(runtime, promise)
