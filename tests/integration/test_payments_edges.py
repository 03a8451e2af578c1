"""The rules of money, one by one: each of these tests fails when its rule is taken out."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from bots.conversation.dialogue import Seen, Talk
from bots.conversation.forms import KNOWN, Known
from bots.dialogues import applying
from core.accounts import members, people
from core.accounts.errors import RoleMissing
from core.accounts.states import Role
from core.campaigns import service as campaigns
from core.campaigns.errors import CampaignNotFound
from core.campaigns.models import Campaign
from core.campaigns.schemas import Brief, DeliverableSpec, DraftCampaign
from core.deals import endings, postings, prices
from core.deals.errors import StepNotPossible
from core.deals.models import Deal, Deliverable
from core.deals.states import DealState, DeliverableState
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.errors import ShownChanged
from core.kit.money import Currency, Money, split
from core.kit.process import Party
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import begin
from core.ledger import service as ledger
from core.ledger.schemas import Account, Line, Posting
from core.ledger.states import AccountKind as K
from core.ledger.states import PostingKind
from core.messaging import outbox
from core.messaging.messages import Address
from core.payments import books, funding, payee_accounts, payouts, refunds
from core.payments.errors import (
    AmountOutOfRange,
    FundingNotFound,
    NothingToReturn,
    PayoutDetailsMissing,
    RefundNotFound,
)
from core.payments.models import Funding, Payable, PayeeAccount, Payout, Refund
from core.payments.rails.port import Checkout, Payee
from core.payments.rails.sandbox import FEE_BPS, Fault, Operation
from core.payments.schemas import FundCampaign, FundingView, Release, Released
from core.payments.states import FundingState, MoveState, PayeeState, Rest
from core.terms import service as conditions
from core.terms.schemas import ChangeTerms, Terms
from runtime.parts import Runtime
from tests import seen
from tests.conftest import MORNING, confirmed, drain
from tests.integration.test_races import INR, RAIL, World, at_once

JPY = Currency.JPY
BUDGET = 10_000_00
YEARLY_THRESHOLD = 500_000_00


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


class Till:
    """Money moved by hand: what a creator has earned, a hold, a release of it."""

    def __init__(self, world: World) -> None:
        self.world, self.database, self.piece = world, world.runtime.database, uuid4()

    def earned(self, minor: int, currency: Currency = INR) -> None:
        """Let the creator have earned this much, gross."""
        with begin(self.database, SYSTEM) as work:
            gross = Money(minor, currency)
            payouts.payable(work, self.world.creator, gross, uuid4().hex, delay_days=30, gross=gross)

    def release(
        self,
        minor: int,
        *,
        country: str = "IN",
        before: tuple[int, int] = (0, 0),
        terms: Terms | None = None,
        campaign: UUID | None = None,
    ) -> Released:
        """Put this much on hold and let the creator have it."""
        gross = Money(minor, INR)
        with begin(self.database, SYSTEM) as work:
            hold = books.hold_account(self.piece, INR)
            lines = ledger.transfer_lines(Account(K.SUSPENSE, INR), hold, gross)
            ledger.post(work, Posting(PostingKind.OFFER_HOLD, uuid4().hex, lines, "test", "test"))
            return payouts.release(
                work,
                Release(
                    self.piece,
                    campaign or self.world.campaign,
                    self.world.creator,
                    country,
                    gross,
                    *before,
                    terms or Terms(),
                    uuid4().hex,
                ),
            )

    def total(self, kind: K, currency: Currency = INR) -> int:
        with begin(self.database, SYSTEM) as work:
            assert ledger.violations(work) == []
            return ledger.total(work, kind, currency).minor

    def fund(self, minor: int, key: str = "", campaign: UUID | None = None) -> FundingView:
        with begin(self.database, Actor.person(self.world.brand)) as work:
            campaign = campaign or self.world.campaign
            command = FundCampaign(campaign, Money(minor, INR), key or uuid4().hex)
            return funding.fund(work, command, RAIL, shown=seen.funding(work, campaign))

    def pay(self, minor: int, campaign: UUID | None = None) -> None:
        """Pay by card."""
        self.fund(minor, campaign=campaign)
        drain(self.world.runtime)
        with begin(self.database, SYSTEM) as work:
            refs = funding.open_checkouts(work, campaign or self.world.campaign)
        for ref in refs:
            self.world.runtime.rail.pay(ref)
        drain(self.world.runtime)

    def campaign(self) -> UUID:
        """Draft another campaign of the same brand."""
        with begin(self.database, Actor.person(self.world.brand)) as work:
            brief = Brief(text="x", deliverables=(DeliverableSpec(DeliverableKind.REEL),))
            workspace = campaigns.get(work, self.world.campaign).workspace_id
            draft = DraftCampaign(workspace, "T", Money(BUDGET, INR), brief, uuid4().hex)
            return campaigns.draft(work, draft).id

    def close(self, rest: Rest) -> None:
        with begin(self.database, Actor.person(self.world.brand)) as work:
            endings.close_campaign(
                work, self.world.campaign, rest, shown=seen.closing(work, self.world.campaign)
            )

    def payee(self) -> None:
        with begin(self.database, Actor.person(self.world.person)) as work:
            payee_accounts.set_up_payee(work, "upi", RAIL, shown=seen.payee(work, self.world.creator))
        confirmed(self.world.runtime)

    def payouts(self) -> list[tuple[MoveState, int]]:
        with begin(self.database, SYSTEM) as work:
            rows = work.session.query(Payout).order_by(Payout.created_at)
            return [(row.state, row.amount_minor) for row in rows]


@pytest.fixture
def till(world: World) -> Till:
    return Till(world)


# gross, country, earned this year, released and taken before -> commission, withheld
RELEASES = [
    (3_000_00, "IN", 0, (0, 0), 360_00, 0),
    (3_000_00, "IN", YEARLY_THRESHOLD - 3_000_00, (0, 0), 360_00, 0),
    (3_000_00, "IN", YEARLY_THRESHOLD - 3_000_00 + 1, (0, 0), 360_00, 3_00),
    (YEARLY_THRESHOLD, "IN", 0, (0, 0), 60_000_00, 0),
    (2 * YEARLY_THRESHOLD, "IN", 0, (0, 0), 120_000_00, 1_000_00),
    (3_000_00, "IN", YEARLY_THRESHOLD, (0, 0), 360_00, 3_00),
    (3_000_00, "IN", YEARLY_THRESHOLD + 1, (0, 0), 360_00, 3_00),
    (3_000_00, "US", YEARLY_THRESHOLD + 1, (0, 0), 360_00, 0),
    (3_000_00, "", YEARLY_THRESHOLD + 1, (0, 0), 360_00, 0),
    (4, "IN", 0, (0, 0), 0, 0),
    (5, "IN", 0, (0, 0), 1, 0),
    (4, "IN", 0, (4, 0), 1, 0),
    (1, "IN", YEARLY_THRESHOLD + 1, (4, 0), 1, 0),
    (500, "IN", YEARLY_THRESHOLD + 1, (0, 0), 60, 1),
    (499, "IN", YEARLY_THRESHOLD + 1, (0, 0), 60, 0),
]


@pytest.mark.parametrize(("gross", "country", "earned", "before", "commission", "withheld"), RELEASES)
def test_a_release_takes_commission_and_tax_and_no_more(
    till: Till,
    gross: int,
    country: str,
    earned: int,
    before: tuple[int, int],
    commission: int,
    withheld: int,
) -> None:
    if earned:
        till.earned(earned)
    released = till.release(gross, country=country, before=before)
    net = gross - commission - withheld
    assert (released.commission.minor, released.withheld.minor, released.net.minor) == (
        commission,
        withheld,
        net,
    )
    assert till.total(K.COMMISSION) == commission
    assert till.total(K.TAX_WITHHELD) == withheld
    assert till.total(K.CREATOR_PAYABLE) == net


def withheld_on(till: Till, minor: int) -> int:
    return till.release(minor).withheld.minor


def test_what_is_earned_in_another_currency_counts_for_no_threshold_of_this_one(till: Till) -> None:
    till.earned(350_000_00, Currency.IDR)
    till.earned(200_000_00)
    assert withheld_on(till, 300_000_00) == 0
    assert withheld_on(till, 1_000_00) == 1_00


def test_a_threshold_is_of_the_gross_and_not_of_what_is_left_of_it(till: Till) -> None:
    assert withheld_on(till, 300_000_00) == 0
    assert withheld_on(till, 200_000_00) == 0
    assert withheld_on(till, 1_000_00) == 1_00


def test_a_tax_year_is_the_country_s_and_a_release_counts_on_its_day(till: Till, clock: SetClock) -> None:
    clock.now = datetime(2026, 12, 28, tzinfo=UTC)  # payable in January
    assert withheld_on(till, 500_000_00) == 0
    clock.now = datetime(2027, 2, 1, tzinfo=UTC)
    assert withheld_on(till, 1_000_00) == 1_00
    clock.now = datetime(2027, 3, 31, 18, 30, tzinfo=UTC)  # the first of April in India
    assert withheld_on(till, 1_000_00) == 0


def test_what_came_back_of_a_payout_is_not_earned_again(till: Till) -> None:
    till.earned(499_000_00)
    with begin(till.database, SYSTEM) as work:
        payouts.payable(work, till.world.creator, Money(9_000_00, INR), "payout_returned:x", delay_days=0)
    assert withheld_on(till, 1_000_00) == 0


def test_a_release_that_is_asked_again_is_taxed_as_it_was(till: Till) -> None:
    gross = 300_000_00
    first = till.release(gross, before=(0, 0))
    with begin(till.database, SYSTEM) as work:
        key = work.session.query(Payable).one().source_id
        again = Release(
            till.piece, till.world.campaign, till.world.creator, "IN", Money(gross, INR), 0, 0, Terms(), key
        )
        assert payouts.release(work, again) == first


@pytest.mark.parametrize("days", [1, 5, 30])
def test_released_money_is_sent_when_the_security_delay_is_over_and_not_before(
    till: Till, clock: SetClock, days: int
) -> None:
    till.payee()
    till.release(3_000_00, terms=Terms(security_delay_days=days))
    clock.advance(timedelta(days=days) - timedelta(seconds=1))
    drain(till.world.runtime)
    assert till.payouts() == []
    clock.advance(timedelta(seconds=1))
    drain(till.world.runtime)
    assert till.payouts() == [(MoveState.SENT, 2_640_00)]


def test_a_release_with_one_key_is_paid_once(till: Till) -> None:
    till.release(3_000_00)
    with begin(till.database, SYSTEM) as work:
        payable = work.session.query(Payable).one()
        command = Release(
            till.piece,
            till.world.campaign,
            till.world.creator,
            "IN",
            Money(3_000_00, INR),
            0,
            0,
            Terms(),
            payable.source_id,
        )
        payouts.release(work, command)
        assert work.session.query(Payable).count() == 1
    assert till.total(K.CREATOR_PAYABLE) == 2_640_00


def test_nobody_is_paid_whose_account_the_provider_has_not_opened(till: Till, clock: SetClock) -> None:
    till.release(3_000_00)
    clock.advance(timedelta(days=6))
    drain(till.world.runtime)
    assert till.payouts() == []
    for state in (PayeeState.ASKED, PayeeState.REFUSED):
        with begin(till.database, SYSTEM) as work:
            row = PayeeAccount(
                creator_id=till.world.creator, rail="sandbox", label="upi", ref="x", state=state
            )
            work.session.merge(row)
        drain(till.world.runtime)
        assert till.payouts() == []


def test_a_refused_payout_is_payable_again_once_the_account_is_mended(till: Till, clock: SetClock) -> None:
    till.payee()
    till.release(3_000_00)
    till.world.runtime.rail.order_fault(Operation.TRANSFER, Fault.REFUSED, 1)
    clock.advance(timedelta(days=6))
    drain(till.world.runtime)
    assert till.payouts() == [(MoveState.REFUSED, 2_640_00)]
    assert till.total(K.CREATOR_PAYABLE) == 2_640_00
    clock.advance(timedelta(minutes=1))
    till.payee()
    assert till.payouts() == [(MoveState.REFUSED, 2_640_00), (MoveState.SENT, 2_640_00)]
    assert till.total(K.PAYOUT_IN_TRANSIT) == till.total(K.CREATOR_PAYABLE) == 0


def test_what_the_provider_says_twice_of_a_payout_counts_once(till: Till, clock: SetClock) -> None:
    till.payee()
    till.release(3_000_00)
    clock.advance(timedelta(days=6))
    drain(till.world.runtime)
    with begin(till.database, SYSTEM) as work:
        payout = work.session.query(Payout).one()
        payouts.payout_sent(work, payout.id, "again")
        payouts.payout_refused(work, payout.id, "too late")
        assert (payout.state, payout.reason) == (MoveState.SENT, "")
        assert payout.ref != "again"
        payouts.payout_sent(work, uuid4(), "never asked for")
        payouts.payout_refused(work, uuid4(), "never asked for")
        payee_accounts.payee_answered(work, uuid4(), Payee("x", "active"))
    assert till.total(K.PAYOUT_IN_TRANSIT) == 0


@pytest.mark.parametrize("label", ["", "  "])
def test_an_account_needs_a_name(till: Till, label: str) -> None:
    with begin(till.database, Actor.person(till.world.person)) as work, pytest.raises(PayoutDetailsMissing):
        payee_accounts.set_up_payee(work, label, RAIL, shown="x")


def test_only_a_creator_has_an_account_to_be_paid_on(till: Till) -> None:
    for actor in (Actor.person(till.world.brand), SYSTEM):
        with begin(till.database, actor) as work, pytest.raises(PayoutDetailsMissing):
            payee_accounts.set_up_payee(work, "upi", RAIL, shown="x")


MOST = funding.FUNDING_MAJOR_MAX * 100
AMOUNTS = [(1, "taken"), (MOST, "taken"), (0, "refused"), (-1, "refused"), (MOST + 1, "refused")]


@pytest.mark.parametrize(("minor", "outcome"), AMOUNTS)
def test_an_amount_is_taken_up_to_the_limit_and_not_below_one(till: Till, minor: int, outcome: str) -> None:
    if outcome == "taken":
        assert till.fund(minor).by_card == Money(minor, INR)
    else:
        with pytest.raises(AmountOutOfRange):
            till.fund(minor)


def test_a_campaign_that_has_ended_takes_no_money(till: Till) -> None:
    till.close(Rest.CREDIT)
    with pytest.raises(AmountOutOfRange):
        till.fund(100)


MAY_FUND = {Role.OWNER, Role.FINANCE}


@pytest.mark.parametrize("role", list(Role))
def test_only_owners_and_finance_pay_into_a_campaign_or_close_it(till: Till, role: Role) -> None:
    with begin(till.database, SYSTEM) as work:
        person = people.register(work, "Member").id
        workspace = campaigns.get(work, till.world.campaign).workspace_id
        code = members.invite(work.acting_as(Actor.person(till.world.brand)), workspace, role)
        members.join(work.acting_as(Actor.person(person)), code)
    with begin(till.database, Actor.person(person)) as work:
        command = FundCampaign(till.world.campaign, Money(100, INR), uuid4().hex)
        if role in MAY_FUND:
            asked = funding.fund(work, command, RAIL, shown=seen.funding(work, command.campaign_id))
            assert asked.state is FundingState.ASKED
            closing = seen.closing(work, command.campaign_id)
            endings.close_campaign(work, command.campaign_id, Rest.CREDIT, shown=closing)
        else:
            for forbidden in (
                lambda: funding.fund(work, command, RAIL, shown="x"),
                lambda: endings.close_campaign(work, command.campaign_id, Rest.CREDIT, shown="x"),
            ):
                with pytest.raises(RoleMissing):
                    forbidden()


def test_a_stranger_finds_no_campaign_to_pay_into(till: Till) -> None:
    with begin(till.database, SYSTEM) as work:
        stranger = people.register(work, "Stranger").id
    with begin(till.database, Actor.person(stranger)) as work, pytest.raises(CampaignNotFound):
        funding.fund(work, FundCampaign(till.world.campaign, Money(100, INR), uuid4().hex), RAIL, shown="x")


def test_a_stranger_presses_no_checkout(till: Till) -> None:
    asked = till.fund(100)
    drain(till.world.runtime)
    with begin(till.database, SYSTEM) as work:
        stranger = people.register(work, "Stranger").id
    assert asked.id is not None
    with begin(till.database, Actor.person(stranger)) as work, pytest.raises(CampaignNotFound):
        funding.pay_checkout(work, asked.id, shown=asked.mark)


def test_what_nobody_asked_for_is_not_found(till: Till) -> None:
    asked = till.fund(100)
    with begin(till.database, Actor.person(till.world.brand)) as work:
        for unknown in (uuid4(), asked.id):
            assert unknown is not None
            with pytest.raises(FundingNotFound):
                funding.pay_checkout(work, unknown, shown=asked.mark)
        with pytest.raises(FundingNotFound):
            funding.checkout_refused(work, uuid4(), "no")
        with pytest.raises(FundingNotFound):
            funding.funding_of(work, uuid4())
        for answer in (refunds.refund_sent, refunds.refund_refused):
            with pytest.raises(RefundNotFound):
                answer(work, uuid4(), "x")


# amount, the provider's fee, half a unit rounded up
FEES = [(100, 2), (125, 3), (124, 2), (24, 0), (25, 1), (1, 0)]


@pytest.mark.parametrize(("minor", "fee"), FEES)
def test_a_payment_s_fee_is_the_platform_s_and_the_campaign_gets_it_all(
    till: Till, minor: int, fee: int
) -> None:
    first = BUDGET * FEE_BPS // 10_000
    till.pay(minor)
    assert till.total(K.CAMPAIGN_ESCROW) == BUDGET + minor
    assert till.total(K.RAIL_FEE) == first + fee
    assert till.total(K.RAIL_CLEARING) == BUDGET - first + minor - fee


def test_a_checkout_seen_twice_pays_once_and_a_failed_one_never(till: Till) -> None:
    till.pay(500)
    with begin(till.database, SYSTEM) as work:
        row = work.session.query(Funding).filter(Funding.amount_minor == 500).one()
        paid = Checkout("sandbox", row.checkout_ref or "", "", "paid", Money(500, INR), row.charge_ref or "")
        funding.checkout_seen(work, paid)
        row.state = FundingState.FAILED
        funding.checkout_seen(work, paid)
        funding.checkout_seen(work, Checkout("sandbox", "unknown", "", "paid", Money(500, INR), "charge"))
    assert till.total(K.CAMPAIGN_ESCROW) == BUDGET + 500


def test_credit_alone_used_twice_with_one_key_opens_no_checkout(till: Till) -> None:
    till.close(Rest.CREDIT)
    other = till.campaign()
    first = till.fund(BUDGET, "once", other)
    again = till.fund(BUDGET, "once", other)
    assert first == again
    assert (again.id, again.from_credit.minor, again.by_card.minor) == (None, BUDGET, 0)
    drain(till.world.runtime)
    with begin(till.database, SYSTEM) as work:
        assert funding.open_checkouts(work, other) == []
    assert till.total(K.CAMPAIGN_ESCROW) == BUDGET


def test_credit_and_card_with_one_key_say_the_same_twice(till: Till) -> None:
    till.close(Rest.CREDIT)
    other = till.campaign()
    first = till.fund(BUDGET + 500, "once", other)
    assert till.fund(BUDGET + 500, "once", other) == first
    assert (first.from_credit.minor, first.by_card.minor) == (BUDGET, 500)


def test_credit_in_two_campaigns_at_once_goes_to_one_and_the_other_is_shown_what_is_left(till: Till) -> None:
    till.close(Rest.CREDIT)
    one, other = till.campaign(), till.campaign()
    outcomes = at_once(
        lambda: till.fund(BUDGET, campaign=one),
        lambda: till.fund(BUDGET, campaign=other),
    )
    (view,) = [view for view in outcomes if isinstance(view, FundingView) and view.from_credit]
    assert (view.from_credit.minor, view.by_card.minor) == (BUDGET, 0)
    (told,) = [outcome for outcome in outcomes if outcome is not view]
    if isinstance(told, FundingView):  # it looked only after the first had used the credit
        assert (told.from_credit.minor, told.by_card.minor) == (0, BUDGET)
    else:
        assert isinstance(told, ShownChanged)
    again = till.fund(BUDGET, campaign=other if view.campaign_id == one else one)
    assert (again.from_credit.minor, again.by_card.minor) == (0, BUDGET)
    assert till.total(K.WORKSPACE_CREDIT) == 0


def test_what_came_from_credit_becomes_credit_again_and_a_card_gets_its_own(till: Till) -> None:
    till.close(Rest.CREDIT)
    other = till.campaign()
    till.fund(BUDGET, campaign=other)
    till.pay(700, other)
    with begin(till.database, Actor.person(till.world.brand)) as work:
        endings.close_campaign(work, other, Rest.REFUND, shown=seen.closing(work, other))
    drain(till.world.runtime)
    with begin(till.database, SYSTEM) as work:
        assert [row.amount_minor for row in work.session.query(Refund)] == [700]
    assert till.total(K.WORKSPACE_CREDIT) == BUDGET
    assert till.total(K.CAMPAIGN_ESCROW) == till.total(K.REFUND_IN_TRANSIT) == 0


# what is gone already -> nothing, a part, all of the first card, more than it
PARTS = [0, 200, BUDGET, BUDGET + 200]


@pytest.mark.parametrize("spent", PARTS)
def test_no_card_gets_back_more_than_it_paid_and_none_more_than_is_left(
    till: Till, clock: SetClock, spent: int
) -> None:
    clock.advance(timedelta(minutes=1))
    till.pay(500)
    with begin(till.database, SYSTEM) as work:
        campaign = campaigns.get(work, till.world.campaign)
        lines = ledger.transfer_lines(books.escrow(campaign), Account(K.SUSPENSE, INR), Money(spent, INR))
        ledger.move(work, Posting(PostingKind.RELEASE, "spent", lines, "test", "test"))
        left = refunds.return_rest(work, campaign.id, Rest.REFUND)
        assert left.minor == BUDGET + 500 - spent
        asked = sorted(row.amount_minor for row in work.session.query(Refund))
        funded = {row.amount_minor: row.refunded_minor for row in work.session.query(Funding)}
    expected = min(BUDGET, left.minor), max(left.minor - BUDGET, 0)
    assert asked == sorted(part for part in expected if part)
    assert (funded[BUDGET], funded[500]) == expected


def test_an_empty_campaign_has_nothing_to_return(till: Till) -> None:
    with begin(till.database, SYSTEM) as work:
        refunds.return_rest(work, till.world.campaign, Rest.CREDIT)
        with pytest.raises(NothingToReturn):
            refunds.return_rest(work, till.world.campaign, Rest.REFUND)


def test_a_refund_that_is_refused_is_the_card_s_again_and_answered_once(till: Till) -> None:
    till.world.runtime.rail.order_fault(Operation.REFUND, Fault.REFUSED, 1)
    till.close(Rest.REFUND)
    drain(till.world.runtime)
    with begin(till.database, SYSTEM) as work:
        refund = work.session.query(Refund).one()
        assert refund.state is MoveState.REFUSED
        assert work.session.query(Funding).one().refunded_minor == 0
        refunds.refund_sent(work, refund.id, "too late")
        refunds.refund_refused(work, refund.id, "again")
        assert refund.state is MoveState.REFUSED
    assert till.total(K.WORKSPACE_CREDIT) == BUDGET
    assert till.total(K.REFUND_IN_TRANSIT) == 0


def test_lines_of_nothing_are_not_posted(till: Till) -> None:
    with begin(till.database, SYSTEM) as work:
        lines = (Line(Account(K.SUSPENSE, INR), 0), Line(Account(K.ROUNDING, INR), 0))
        assert ledger.move(work, Posting(PostingKind.RELEASE, "nothing", lines, "test", "test")) is None
        assert ledger.lines_of(work, "nothing") == []


@pytest.mark.parametrize(
    ("role", "heard"), [(Role.VIEWER, "no"), (Role.FINANCE, "no"), (Role.APPROVER, "yes")]
)
def test_only_who_decides_on_the_work_reviews_it_for_the_brand(till: Till, role: Role, heard: str) -> None:
    deal = till.world.offer()
    with begin(till.database, SYSTEM) as work:
        person = people.register(work, "Member").id
        workspace = campaigns.get(work, till.world.campaign).workspace_id
        code = members.invite(work.acting_as(Actor.person(till.world.brand)), workspace, role)
        members.join(work.acting_as(Actor.person(person)), code)
        row = work.session.get_one(Deal, deal)
        early = seen.deal(work, deal)
        with pytest.raises(StepNotPossible):
            endings.review(work.acting_as(Actor.person(till.world.brand)), deal, 5, "too early", shown=early)
        row.review_until = work.now + timedelta(days=14)
    with begin(till.database, SYSTEM) as work:
        shown = seen.deal(work, deal)
    with begin(till.database, Actor.person(person)) as work:
        if heard == "no":
            with pytest.raises(RoleMissing):
                endings.review(work, deal, 1, "I only look", shown=shown)
        else:
            assert endings.review(work, deal, 5, "well done", shown=shown) is False
    if heard == "no":
        with begin(till.database, Actor.person(till.world.brand)) as work:
            assert endings.review(work, deal, 5, "well done", shown=shown) is False


def test_one_sweep_sends_one_payout_for_all_that_is_due_in_one_currency(till: Till, clock: SetClock) -> None:
    till.payee()
    for gross in (1_000_00, 2_000_00):
        till.release(gross)
    clock.advance(timedelta(days=6))
    with begin(till.database, SYSTEM) as work:
        assert payouts.due_payouts(work, till.world.runtime.rails.facts()) == 1
        assert payouts.pay_out_due(work, till.world.runtime.rails.facts()) == 1
        assert payouts.pay_out_due(work, till.world.runtime.rails.facts()) == 0
    drain(till.world.runtime)
    assert till.payouts() == [(MoveState.SENT, 2_640_00)]
    with begin(till.database, SYSTEM) as work:
        (wallet,) = payouts.wallets(work, till.world.creator)
        assert (wallet.paid_out.minor, wallet.available.minor, wallet.waiting.minor) == (2_640_00, 0, 0)
        assert outbox.unkept(work) == 0


@pytest.mark.parametrize(("price", "number"), [(83, 20), (20, 20), (100, 3), (1_000, 1)])
def test_the_commission_that_was_quoted_on_a_price_is_what_its_pieces_take(
    till: Till, price: int, number: int
) -> None:
    """Yen have no smaller unit: 12 % of a piece of 4 yen is nothing, of twenty such pieces it is ten."""
    terms = Terms(first_tranche_bps=10_000)
    total = Money(price, JPY)
    with begin(till.database, SYSTEM) as work:
        work.session.get_one(Campaign, till.world.campaign).currency = JPY
        lines = ledger.transfer_lines(
            Account(K.SUSPENSE, JPY), books.escrow_account(till.world.campaign, JPY), total
        )
        ledger.post(work, Posting(PostingKind.CHARGE, "yen", lines, "test", "test"))
        deal = _deal_of(till.world, price, number, terms)
        work.session.add(deal)
        work.session.flush()
        postings.hold(work, deal, {piece: piece.price_minor for piece in deal.deliverables}, "hold")
        for piece in deal.deliverables:
            for half, part in enumerate(split(piece.price_minor, [1, 1])):
                postings.release(work, deal, piece, Money(part, JPY), f"{piece.ordinal}:{half}")
    quoted = conditions.quote(total, terms)
    assert till.total(K.COMMISSION, JPY) == quoted.commission.minor
    assert till.total(K.CREATOR_PAYABLE, JPY) == quoted.creator_gets.minor


def _deal_of(world: World, price: int, number: int, terms: Terms) -> Deal:
    kinds = [DeliverableKind.STORY] * number
    return Deal(
        process_version=1,
        campaign_id=world.campaign,
        workspace_id=world.workspace,
        creator_id=world.creator,
        state=DealState.AGREED,
        price_minor=price,
        currency=JPY,
        work=prices.work_of(kinds),
        turn=Party.BRAND,
        terms=terms.to_json(),
        created_at=MORNING,
        deliverables=[
            Deliverable(
                ordinal=ordinal,
                kind=DeliverableKind.STORY,
                platform=Platform.INSTAGRAM,
                price_minor=part,
                state=DeliverableState.LIVE,
                draft_media=[],
            )
            for ordinal, part in enumerate(prices.parts(price, kinds, {}), 1)
        ],
    )


def test_a_creator_who_applies_is_quoted_the_brand_s_own_terms(till: Till) -> None:
    with begin(till.database, SYSTEM) as work:
        conditions.change(work, ChangeTerms(till.world.workspace, 0, {"commission_bps": 1_000}, "an agency"))
        tools = till.world.runtime.tools
        talk = Talk(work, people.person_of(work, till.world.person), Address("web", "x"), tools)
        about = applying._load_campaign(talk, Seen(till.world.campaign, ""))  # noqa: SLF001
        assert about.terms.commission_bps == 1_000
        assert "₹900" in applying._apply_summary({KNOWN: Known(date(2026, 11, 2), about), "price": 1_000_00})  # noqa: SLF001
