"""Money in, money out: funding, release, payout, refund.

Nothing here calls a provider. A verb posts to the ledger and leaves a promise with frozen parameters;
a worker keeps it outside the transaction and comes back with what the provider said.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from uuid import UUID, uuid4

from core.accounts import service as accounts
from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.campaigns.states import CampaignState
from core.compliance import tax
from core.creators import service as creators
from core.kit.actors import SYSTEM
from core.kit.money import Currency, Money, next_share_bps, share_bps
from core.kit.text import clean
from core.kit.work import Work
from core.ledger import service as ledger
from core.ledger.schemas import Account, Line, Posting
from core.ledger.states import AccountKind as K
from core.ledger.states import PostingKind
from core.messaging import outbox
from core.messaging.states import PromiseKind
from core.payments.errors import (
    AmountOutOfRange,
    FundingNotFound,
    NothingToReturn,
    PayoutDetailsMissing,
)
from core.payments.models import (
    ChargebackRow,
    Funding,
    Payable,
    PayeeAccount,
    Payout,
    RailCursor,
    Refund,
)
from core.payments.rail import Chargeback, Checkout, Payee
from core.payments.repository import PaymentRepository
from core.payments.schemas import (
    CampaignMoney,
    ChargebackView,
    FundCampaign,
    FundingView,
    PayeeView,
    Release,
    Released,
    Wallet,
)
from core.payments.states import (
    ChargebackState,
    FundingState,
    MoveState,
    PayeeState,
    Rest,
)

FUNDING_MAJOR_MAX = 50_000_000
SWEEP_ROWS_MAX = 500
ACCEPTS_MONEY = (
    CampaignState.AWAITING_FUNDS,
    CampaignState.FUNDED,
    CampaignState.RECRUITING,
    CampaignState.RUNNING,
)


# --- money in


def fund(work: Work, command: FundCampaign) -> FundingView:
    """Pay into a campaign: from the workspace's credit first, the rest by a checkout that is promised.

    Raises:
        CampaignNotFound, RoleMissing: when it is not the acting person's to fund.
        AmountOutOfRange: for nothing, too much, or a campaign that takes no money any more.
    """
    campaign = campaigns.own(work, command.campaign_id, Permission.FUND)
    payments = PaymentRepository(work.session)
    known = payments.funding_by_key(command.key)
    if known is not None:
        return _funding_view(known, Money(0, known.currency))
    limit = FUNDING_MAJOR_MAX * command.amount.currency.minor_per_major
    if not 0 < command.amount.minor <= limit or campaign.state not in ACCEPTS_MONEY:
        raise AmountOutOfRange(state=campaign.state)
    credit = ledger.balance(work, _credit(campaign))
    from_credit = Money(min(credit.minor, command.amount.minor), command.amount.currency)
    if from_credit:
        lines = ledger.transfer_lines(_credit(campaign), _escrow(campaign), from_credit)
        _post(work, PostingKind.CREDIT_USED, command.key, lines, campaign)
        _money_arrived(work, campaign.id, from_credit)
    by_card = command.amount - from_credit
    if not by_card:
        return FundingView(None, campaign.id, from_credit, by_card, FundingState.PAID)
    funding = Funding(
        campaign_id=campaign.id,
        asked_by=work.actor.person_id,
        request_key=command.key,
        amount_minor=by_card.minor,
        currency=by_card.currency,
        state=FundingState.ASKED,
        created_at=work.now,
    )
    payments.add(funding)
    payload = {
        "funding_id": str(funding.id),
        "amount_minor": by_card.minor,
        "currency": by_card.currency,
        "description": f"Campaign funds: {campaign.title}",
    }
    outbox.promise(work, PromiseKind.COLLECT, f"funding:{funding.id}", payload)
    return _funding_view(funding, from_credit)


def checkout_opened(work: Work, funding_id: UUID, checkout: Checkout) -> None:
    """Note the page a brand can pay on and tell the one who asked."""
    funding = _lock_funding(work, funding_id)
    if funding.state is not FundingState.ASKED:
        return
    funding.state = FundingState.READY
    funding.checkout_ref, funding.checkout_url = checkout.ref, checkout.url
    facts = {"funding_id": str(funding.id), "campaign_id": str(funding.campaign_id)}
    outbox.tell(work, funding.asked_by, "checkout_ready", facts)


def checkout_refused(work: Work, funding_id: UUID, reason: str) -> None:
    """Note that the provider will not take this payment, and say so."""
    funding = _lock_funding(work, funding_id)
    _funding_failed(work, funding, reason)


def pay_checkout(work: Work, funding_id: UUID) -> None:
    """Promise to press the sandbox checkout's button. Only play money can be paid like that."""
    funding = PaymentRepository(work.session).lock(Funding, funding_id)
    if funding is None or funding.checkout_ref is None:
        raise FundingNotFound(funding_id=funding_id)
    campaigns.own(work, funding.campaign_id, Permission.FUND)
    payload = {"checkout_ref": funding.checkout_ref}
    outbox.promise(work, PromiseKind.PAY_CHECKOUT, f"funding:{funding.id}", payload)


def checkout_seen(work: Work, checkout: Checkout) -> None:
    """Converge on what the provider says of a checkout; saying it twice changes nothing."""
    funding = PaymentRepository(work.session).funding_by("checkout_ref", checkout.ref)
    if funding is None or funding.state in {FundingState.PAID, FundingState.FAILED}:
        return
    if checkout.state == "failed":
        _funding_failed(work, funding, checkout.reason)
    if checkout.state != "paid":
        return
    funding.state, funding.charge_ref = FundingState.PAID, checkout.charge_ref
    campaign = campaigns.get(work, funding.campaign_id)
    fee = checkout.fee.minor if checkout.fee else 0
    gross = checkout.amount.minor
    lines = (
        Line(_platform(K.RAIL_CLEARING, campaign.currency), gross - fee),
        Line(_platform(K.RAIL_FEE, campaign.currency), fee),
        Line(_escrow(campaign), -gross),
    )
    _post(work, PostingKind.CHARGE, checkout.charge_ref, lines, campaign)
    _money_arrived(work, campaign.id, checkout.amount)


def funding_of(work: Work, funding_id: UUID) -> tuple[FundingView, str]:
    """Return a funding and the address of its checkout page."""
    funding = _lock_funding(work, funding_id)
    return _funding_view(funding, Money(0, funding.currency)), funding.checkout_url


# --- money to creators


def release(work: Work, command: Release) -> Released:
    """Let a creator have part of a hold: commission and tax off, the rest payable after the delay."""
    total = command.released_minor + command.gross.minor
    commission = next_share_bps(total, command.commission_minor, command.terms.commission_bps)
    currency = command.gross.currency
    year = datetime(work.now.year, 1, 1, tzinfo=UTC)
    earned = PaymentRepository(work.session).gross_since(command.creator_id, year)
    bps = tax.withholding_bps(command.country, earned, currency.minor_per_major, work.now.date())
    withheld = share_bps(command.gross.minor, bps)
    net = Money(command.gross.minor - commission - withheld, currency)
    lines = (
        Line(hold_account(command.deliverable_id, currency), command.gross.minor),
        Line(_platform(K.COMMISSION, currency), -commission),
        Line(_platform(K.TAX_WITHHELD, currency), -withheld),
        Line(Account(K.CREATOR_PAYABLE, currency, command.creator_id), -net.minor),
    )
    posting = Posting(PostingKind.RELEASE, command.key, lines, "deliverable", str(command.deliverable_id))
    if ledger.post(work, posting).created and net:
        payable(work, command.creator_id, net, command.key, command.terms.security_delay_days)
    return Released(command.gross, Money(commission, currency), Money(withheld, currency), net)


def payable(work: Work, creator_id: UUID, net: Money, source: str, delay_days: int) -> None:
    """Note that `net` becomes payable to a creator when the security delay is over."""
    PaymentRepository(work.session).add(
        Payable(
            creator_id=creator_id,
            source_id=source,
            amount_minor=net.minor,
            currency=net.currency,
            available_at=work.now + timedelta(days=delay_days),
        )
    )


def set_up_payee(work: Work, label: str) -> None:
    """Promise to make the acting creator's account at the provider.

    Raises:
        PayoutDetailsMissing: without a name for the account, or without a creator's profile.
    """
    creator = creators.of_person(work, work.actor.person_id) if work.actor.person_id else None
    label = clean(label, 80)
    if creator is None or not label:
        raise PayoutDetailsMissing
    row = PaymentRepository(work.session).lock(PayeeAccount, creator.id)
    if row is None:
        row = PayeeAccount(creator_id=creator.id)
        work.session.add(row)
    row.state, row.label, row.reason = PayeeState.ASKED, label, ""
    payload = {"creator_id": str(creator.id), "label": label}
    outbox.promise(work, PromiseKind.ONBOARD_PAYEE, f"payee:{creator.id}", payload)


def payee_answered(work: Work, creator_id: UUID, payee: Payee) -> None:
    """Note what the provider said about a creator's account, and say so."""
    row = PaymentRepository(work.session).lock(PayeeAccount, creator_id)
    if row is None:
        return
    row.state = PayeeState(payee.state)
    row.ref, row.reason = payee.ref or None, payee.reason
    facts = {"label": row.label, "active": row.state is PayeeState.ACTIVE, "reason": payee.reason}
    outbox.tell(work, creators.person_behind(work, creator_id), "payee_answered", facts)


def payee_of(work: Work, creator_id: UUID) -> PayeeView | None:
    """Return where a creator's money goes, or None."""
    row = work.session.get(PayeeAccount, creator_id)
    return PayeeView(row.state, row.label, row.reason) if row else None


def pay_out_due(work: Work) -> int:
    """Ask for a payout for each creator and currency whose delay is over; returns how many."""
    due = PaymentRepository(work.session).due_payables(work.now, SWEEP_ROWS_MAX)
    groups = groupby(due, key=lambda row: (row.creator_id, row.currency))
    return sum(1 for (creator_id, currency), rows in groups if _ask_payout(work, creator_id, currency, rows))


def due_payouts(work: Work) -> int:
    """Count the payables a sweep would take up now."""
    return len(PaymentRepository(work.session).due_payables(work.now, SWEEP_ROWS_MAX))


def payout_sent(work: Work, payout_id: UUID, ref: str) -> None:
    """Note that the provider has sent a payout, and say so."""
    payout = PaymentRepository(work.session).lock(Payout, payout_id)
    if payout is None or payout.state is not MoveState.ASKED:
        return
    payout.state, payout.ref = MoveState.SENT, ref
    transit = Account(K.PAYOUT_IN_TRANSIT, payout.currency, payout.creator_id)
    amount = Money(payout.amount_minor, payout.currency)
    lines = ledger.transfer_lines(transit, _platform(K.RAIL_CLEARING, payout.currency), amount)
    _post_payout(work, PostingKind.PAYOUT_SENT, payout, lines)
    _tell_payout(work, payout, "payout_sent")


def payout_refused(work: Work, payout_id: UUID, reason: str) -> None:
    """Take a refused payout back: the money is payable again once the creator mends the account."""
    payments = PaymentRepository(work.session)
    payout = payments.lock(Payout, payout_id)
    if payout is None or payout.state is not MoveState.ASKED:
        return
    payout.state, payout.reason = MoveState.REFUSED, reason[:200]
    amount = Money(payout.amount_minor, payout.currency)
    lines = ledger.transfer_lines(
        Account(K.PAYOUT_IN_TRANSIT, payout.currency, payout.creator_id),
        Account(K.CREATOR_PAYABLE, payout.currency, payout.creator_id),
        amount,
    )
    _post_payout(work, PostingKind.PAYOUT_REFUSED, payout, lines)
    for row in payments.payables_of(payout.id):
        row.payout_id = None
    payee = payments.lock(PayeeAccount, payout.creator_id)
    if payee is not None:
        payee.state, payee.reason = PayeeState.REFUSED, reason[:200]
    _tell_payout(work, payout, "payout_refused")


def wallets(work: Work, creator_id: UUID) -> list[Wallet]:
    """Return a creator's money, one wallet a currency."""
    payments = PaymentRepository(work.session)
    open_rows = payments.payables(creator_id)
    payouts = payments.payouts(creator_id)
    currencies = sorted({row.currency for row in open_rows} | {row.currency for row in payouts})
    return [_wallet(work, currency, open_rows, payouts) for currency in currencies]


# --- money back


def return_rest(work: Work, campaign_id: UUID, rest: Rest) -> Money:
    """Give a campaign's escrow back: to the cards it came from, oldest first, or as workspace credit.

    What no card paid (it came from credit) becomes credit again. Returns what is given back.

    Raises:
        NothingToReturn: for an empty escrow.
    """
    campaign = campaigns.lock(work, campaign_id)
    left = ledger.balance(work, _escrow(campaign))
    if not left:
        raise NothingToReturn
    remaining = left.minor
    if rest is Rest.REFUND:
        for funding in PaymentRepository(work.session).fundings(campaign_id):
            part = min(remaining, funding.amount_minor - funding.refunded_minor)
            if part > 0:
                _ask_refund(work, campaign, funding, Money(part, campaign.currency))
                remaining -= part
    if remaining:
        _keep_as_credit(work, campaign, Money(remaining, campaign.currency), f"rest:{uuid4()}")
    return left


def refund_sent(work: Work, refund_id: UUID, ref: str) -> None:
    """Note that the provider has sent a refund; the campaign may close."""
    refund = PaymentRepository(work.session).lock(Refund, refund_id)
    if refund is None or refund.state is not MoveState.ASKED:
        return
    refund.state, refund.ref = MoveState.SENT, ref
    campaign = campaigns.get(work, refund.campaign_id)
    amount = Money(refund.amount_minor, refund.currency)
    lines = ledger.transfer_lines(
        Account(K.REFUND_IN_TRANSIT, refund.currency, campaign.id),
        _platform(K.RAIL_CLEARING, refund.currency),
        amount,
    )
    _post(work, PostingKind.REFUND_SENT, str(refund.id), lines, campaign)
    tell_brand(work, campaign, "refund_sent", amount)
    close_if_empty(work, campaign.id)


def refund_refused(work: Work, refund_id: UUID, reason: str) -> None:
    """Keep a refused refund as workspace credit and say why."""
    refund = PaymentRepository(work.session).lock(Refund, refund_id)
    if refund is None or refund.state is not MoveState.ASKED:
        return
    refund.state = MoveState.REFUSED
    funding = _lock_funding(work, refund.funding_id)
    funding.refunded_minor -= refund.amount_minor
    campaign = campaigns.get(work, refund.campaign_id)
    amount = Money(refund.amount_minor, refund.currency)
    back = ledger.transfer_lines(
        Account(K.REFUND_IN_TRANSIT, refund.currency, campaign.id), _escrow(campaign), amount
    )
    _post(work, PostingKind.REFUND_REFUSED, str(refund.id), back, campaign)
    if campaign.state is CampaignState.SETTLING:
        _keep_as_credit(work, campaign, amount, f"refused:{refund.id}")
    tell_brand(work, campaign, "refund_refused", amount, reason=reason)
    close_if_empty(work, campaign.id)


def close_if_empty(work: Work, campaign_id: UUID) -> bool:
    """Close a settling campaign once nothing of its money is anywhere; tell the brand."""
    campaign = campaigns.lock(work, campaign_id)
    in_transit = PaymentRepository(work.session).open_refunds(campaign_id)
    if campaign.state is not CampaignState.SETTLING or in_transit or ledger.balance(work, _escrow(campaign)):
        return False
    campaigns.advance(work.acting_as(SYSTEM), campaign_id, "close")
    tell_brand(work, campaign, "campaign_closed", campaign.budget)
    return True


def credit_of(work: Work, workspace_id: UUID, currency: Currency) -> Money:
    """Return a workspace's credit."""
    return ledger.balance(work, Account(K.WORKSPACE_CREDIT, currency, workspace_id))


def escrow_of(work: Work, campaign: CampaignView) -> Money:
    """Return what a campaign has free for offers."""
    return ledger.balance(work, _escrow(campaign))


def campaign_money(work: Work, campaign: CampaignView, part_ids: Sequence[UUID]) -> CampaignMoney:
    """Return where a campaign's money is. `part_ids` are its deals and deliverables. One query."""
    moved = ledger.movements(work, [campaign.id, *part_ids])

    def total(kind: K, *postings: PostingKind) -> Money:
        minor = sum(
            amount
            for (posting, account), amount in moved.items()
            if account is kind and (not postings or posting in postings)
        )
        return Money(-minor, campaign.currency)

    escrow_in = (PostingKind.CHARGE, PostingKind.CREDIT_USED)
    return CampaignMoney(
        paid_in=total(K.CAMPAIGN_ESCROW, *escrow_in),
        in_escrow=total(K.CAMPAIGN_ESCROW),
        held=total(K.DELIVERABLE_HOLD),
        frozen=total(K.DISPUTE_HOLD),
        to_creators=total(K.CREATOR_PAYABLE),
        commission=total(K.COMMISSION),
        withheld=total(K.TAX_WITHHELD),
        refund_on_its_way=total(K.REFUND_IN_TRANSIT),
        refunded=total(K.RAIL_CLEARING, PostingKind.REFUND_SENT),
        kept_as_credit=total(K.WORKSPACE_CREDIT, PostingKind.CREDIT_KEPT),
        lost_to_chargebacks=total(K.DISPUTE_RECEIVABLE, PostingKind.CHARGEBACK_LOST)
        + total(K.CHARGEBACK_LOSS),
    )


def cursor(work: Work, rail: str) -> int:
    """Return up to which event a rail's changes were taken in."""
    row = work.session.get(RailCursor, rail)
    return row.seq if row else 0


def move_cursor(work: Work, rail: str, seq: int) -> None:
    """Note up to which event a rail's changes were taken in."""
    work.session.merge(RailCursor(rail=rail, seq=seq))


def open_checkouts(work: Work, campaign_id: UUID) -> list[str]:
    """Return the references of a campaign's checkouts that wait for payment."""
    rows = PaymentRepository(work.session).open_fundings(campaign_id)
    return [row.checkout_ref for row in rows if row.checkout_ref]


def charges(work: Work, campaign_id: UUID) -> list[str]:
    """Return the references of the charges that paid a campaign."""
    rows = PaymentRepository(work.session).fundings(campaign_id)
    return [row.charge_ref for row in rows if row.charge_ref]


def note_chargeback(work: Work, reading: Chargeback) -> ChargebackView | None:
    """Write down what a provider says of a chargeback; None where the charge is not ours.

    The deals' side does the rest: it knows what has to stand still.
    """
    payments = PaymentRepository(work.session)
    row = payments.lock(ChargebackRow, reading.ref)
    before = row.state if row else None
    if row is None:
        funding = payments.funding_by("charge_ref", reading.charge_ref)
        if funding is None:
            return None
        row = ChargebackRow(
            ref=reading.ref,
            funding_id=funding.id,
            campaign_id=funding.campaign_id,
            amount_minor=reading.amount.minor,
            fee_minor=reading.fee.minor,
        )
        funding.refunded_minor += reading.amount.minor
    if before in {None, ChargebackState.OPEN}:
        row.state = ChargebackState(reading.state)
        if row.state is ChargebackState.WON:
            _lock_funding(work, row.funding_id).refunded_minor -= row.amount_minor
    payments.add(row)
    return ChargebackView(row.campaign_id, before, row.state)


# --- accounts' names


def hold_account(deliverable_id: UUID, currency: Currency) -> Account:
    """Return the account that holds a deliverable's money."""
    return Account(K.DELIVERABLE_HOLD, currency, deliverable_id)


def escrow_account(campaign_id: UUID, currency: Currency) -> Account:
    """Return the account of a campaign's free money."""
    return Account(K.CAMPAIGN_ESCROW, currency, campaign_id)


# --- the rest is nobody else's business


def _money_arrived(work: Work, campaign_id: UUID, amount: Money) -> None:
    campaigns.advance(work.acting_as(SYSTEM), campaign_id, "fund")
    campaign = campaigns.get(work, campaign_id)
    tell_brand(work, campaign, "campaign_funded", amount)
    if campaign.state in {CampaignState.CANCELLED, CampaignState.CLOSED}:
        return_rest(work, campaign_id, Rest.REFUND)


def _funding_failed(work: Work, funding: Funding, reason: str) -> None:
    funding.state = FundingState.FAILED
    facts = {"campaign_id": str(funding.campaign_id), "reason": reason}
    outbox.tell(work, funding.asked_by, "funding_failed", facts)


def _ask_payout(work: Work, creator_id: UUID, currency: Currency, rows: Iterable[Payable]) -> bool:
    parts = list(rows)
    payee = work.session.get(PayeeAccount, creator_id)
    if payee is None or payee.ref is None:
        return False
    amount = Money(sum(row.amount_minor for row in parts), currency)
    payout = Payout(
        creator_id=creator_id,
        amount_minor=amount.minor,
        currency=currency,
        state=MoveState.ASKED,
        created_at=work.now,
    )
    PaymentRepository(work.session).add(payout)
    for row in parts:
        row.payout_id = payout.id
    lines = ledger.transfer_lines(
        Account(K.CREATOR_PAYABLE, currency, creator_id),
        Account(K.PAYOUT_IN_TRANSIT, currency, creator_id),
        amount,
    )
    _post_payout(work, PostingKind.PAYOUT_ASKED, payout, lines)
    payload = {
        "payout_id": str(payout.id),
        "payee_ref": payee.ref,
        "amount_minor": amount.minor,
        "currency": currency,
    }
    outbox.promise(work, PromiseKind.PAY_OUT, f"creator:{creator_id}:{currency}", payload)
    return True


def _ask_refund(work: Work, campaign: CampaignView, funding: Funding, amount: Money) -> None:
    refund = Refund(
        campaign_id=campaign.id,
        funding_id=funding.id,
        amount_minor=amount.minor,
        currency=amount.currency,
        state=MoveState.ASKED,
        created_at=work.now,
    )
    PaymentRepository(work.session).add(refund)
    funding.refunded_minor += amount.minor
    lines = ledger.transfer_lines(
        _escrow(campaign), Account(K.REFUND_IN_TRANSIT, amount.currency, campaign.id), amount
    )
    _post(work, PostingKind.REFUND_ASKED, str(refund.id), lines, campaign)
    payload = {
        "refund_id": str(refund.id),
        "charge_ref": funding.charge_ref,
        "amount_minor": amount.minor,
        "currency": amount.currency,
    }
    outbox.promise(work, PromiseKind.REFUND, f"campaign:{campaign.id}", payload)


def _keep_as_credit(work: Work, campaign: CampaignView, amount: Money, key: str) -> None:
    lines = ledger.transfer_lines(_escrow(campaign), _credit(campaign), amount)
    _post(work, PostingKind.CREDIT_KEPT, key, lines, campaign)
    tell_brand(work, campaign, "credit_kept", amount)


def _post(work: Work, kind: PostingKind, key: str, lines: tuple[Line, ...], campaign: CampaignView) -> None:
    ledger.post(work, Posting(kind, f"{kind}:{key}", lines, "campaign", str(campaign.id)))


def _post_payout(work: Work, kind: PostingKind, payout: Payout, lines: tuple[Line, ...]) -> None:
    ledger.post(work, Posting(kind, f"{kind}:{payout.id}", lines, "payout", str(payout.id)))


def _tell_payout(work: Work, payout: Payout, notice: str) -> None:
    person_id = creators.person_behind(work, payout.creator_id)
    facts = {
        "amount_minor": payout.amount_minor,
        "currency": payout.currency,
        "reason": payout.reason,
    }
    outbox.tell(work, person_id, notice, facts)


def tell_brand(work: Work, campaign: CampaignView, notice: str, amount: Money, reason: str = "") -> None:
    """Tell everybody on the brand's side who may see its money."""
    facts = {
        "campaign_id": str(campaign.id),
        "amount_minor": amount.minor,
        "currency": amount.currency,
        "reason": reason,
    }
    for person_id in accounts.people_who_may(work, campaign.workspace_id, Permission.SEE_MONEY):
        outbox.tell(work, person_id, notice, facts)


def _wallet(work: Work, currency: Currency, open_rows: list[Payable], payouts: list[Payout]) -> Wallet:
    mine = [row for row in open_rows if row.currency is currency]
    waiting = [row for row in mine if row.available_at > work.now]

    def total(rows: Iterable[Payable | Payout]) -> Money:
        return Money(sum(row.amount_minor for row in rows), currency)

    paid = [row for row in payouts if row.currency is currency]
    return Wallet(
        waiting=total(waiting),
        next_available_at=waiting[0].available_at if waiting else None,
        available=total(row for row in mine if row.available_at <= work.now),
        on_its_way=total(row for row in paid if row.state is MoveState.ASKED),
        paid_out=total(row for row in paid if row.state is MoveState.SENT),
    )


def _lock_funding(work: Work, funding_id: UUID) -> Funding:
    funding = PaymentRepository(work.session).lock(Funding, funding_id)
    if funding is None:
        raise FundingNotFound(funding_id=funding_id)
    return funding


def _funding_view(row: Funding, from_credit: Money) -> FundingView:
    by_card = Money(row.amount_minor, row.currency)
    return FundingView(row.id, row.campaign_id, from_credit, by_card, row.state)


def _escrow(campaign: CampaignView) -> Account:
    return escrow_account(campaign.id, campaign.currency)


def _credit(campaign: CampaignView) -> Account:
    return Account(K.WORKSPACE_CREDIT, campaign.currency, campaign.workspace_id)


def _platform(kind: K, currency: Currency) -> Account:
    return Account(kind, currency)
