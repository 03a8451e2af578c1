"""Money back: to the cards it came from, or kept as the workspace's credit."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.campaigns.states import CampaignState
from core.kit.actors import SYSTEM, ActorKind
from core.kit.consent import binding, mark, require
from core.kit.money import Money
from core.kit.work import Work
from core.ledger import service as ledger
from core.ledger.schemas import Account
from core.ledger.states import AccountKind as K
from core.ledger.states import PostingKind
from core.messaging import outbox
from core.messaging.states import PromiseKind
from core.operators import tasks
from core.operators.states import Subject
from core.payments import books, funding
from core.payments.errors import NothingToReturn, RefundNotFound, RestStillNeeded
from core.payments.models import (
    Funding,
    Refund,
)
from core.payments.rails.port import SentRefund
from core.payments.repository import PaymentRepository
from core.payments.states import (
    MoveState,
    Rest,
)

GIVES_BACK = (CampaignState.SETTLING, CampaignState.CLOSED, CampaignState.CANCELLED)
"""Where a campaign keeps no money: what comes in goes back."""
REFUND_WAITS = "refund_waits"
"""The task about a refund that was refused because of a dispute, whose money waits for the bank."""


def return_rest(work: Work, campaign_id: UUID, rest: Rest) -> Money:
    """Give a campaign's escrow back: to the cards it came from, oldest first, or as workspace credit.

    What no card paid (it came from credit) becomes credit again. Returns what is given back.

    Raises:
        NothingToReturn: for an empty escrow.
    """
    campaign = campaigns.lock(work, campaign_id)
    left = ledger.balance(work, books.escrow(campaign))
    if not left:
        raise NothingToReturn
    remaining = left.minor
    if rest is Rest.REFUND:
        for funding in PaymentRepository(work.session).fundings(campaign_id):
            part = min(remaining, funding.unreturned_minor)
            if part > 0:
                _ask_refund(work, campaign, funding, Money(part, campaign.currency))
                remaining -= part
    if remaining:
        paid_in = PaymentRepository(work.session).fundings(campaign_id)
        _keep_as_credit(work, campaign, Money(remaining, campaign.currency), f"rest:{uuid4()}", paid_in)
    if work.actor.kind is not ActorKind.OPERATOR:
        settle_waiting(work, campaign_id)
    return left


def settle_waiting(work: Work, campaign_id: UUID) -> None:
    """Let the tasks about refused refunds be over: the money is where it belongs, or the bank took it."""
    tasks.settle(work, Subject.CAMPAIGN, campaign_id, only=[REFUND_WAITS])


def return_late(work: Work, campaign_id: UUID, paid: Funding) -> None:
    """Send what came after a campaign's end back to the card it came from, and to no other."""
    campaign = campaigns.lock(work, campaign_id)
    part = Money(paid.unreturned_minor, campaign.currency)
    if part:
        _ask_refund(work, campaign, paid, part)


def rest_mark(work: Work, campaign: CampaignView) -> str:
    """Return the mark of what an operator would send back: how the campaign stands, what is left in it."""
    left = ledger.balance(work, books.escrow(campaign))
    return mark("rest", campaign.id, campaign.state, left.minor, left.currency)


def waiting_rest(work: Work, campaign_id: UUID) -> tuple[Money, str]:
    """Return what is left in a campaign's escrow, and its mark. Raises CampaignNotFound."""
    campaign = campaigns.get(work, campaign_id)
    return ledger.balance(work, books.escrow(campaign)), rest_mark(work, campaign)


@binding
def settle_rest(work: Work, campaign_id: UUID, rest: Rest, reason: str, *, shown: str) -> Money:
    """As an operator, end what waits in a campaign that has ended: to the cards it came from, or as credit.

    The tasks about it are closed with the reason. Asked twice, the second finds that nothing is as shown.

    Raises:
        CampaignNotFound, NothingToReturn.
        RestStillNeeded: while the campaign runs, or its bank has still to decide.
        ShownChanged: when something else is left than was shown.
    """
    campaign = campaigns.lock(work, campaign_id)
    if campaign.state not in GIVES_BACK:
        raise RestStillNeeded(state=campaign.state)
    require(shown, rest_mark(work, campaign), campaign_id=campaign_id)
    settled = return_rest(work, campaign_id, rest)
    tasks.close_all(work, REFUND_WAITS, Subject.CAMPAIGN, campaign_id, reason)
    close_if_empty(work, campaign_id)
    return settled


def refund_sent(work: Work, refund_id: UUID, ref: str) -> None:
    """Note that the provider has sent a refund; the campaign may close."""
    campaign, refund = _lock(work, refund_id)
    if refund.state is not MoveState.ASKED:
        return
    refund.state, refund.ref = MoveState.SENT, ref
    amount = Money(refund.amount_minor, refund.currency)
    lines = ledger.transfer_lines(
        Account(K.REFUND_IN_TRANSIT, refund.currency, campaign.id),
        books.platform(K.RAIL_CLEARING, refund.currency),
        amount,
    )
    books.post(work, PostingKind.REFUND_SENT, str(refund.id), lines, campaign)
    _record(work, "refund.sent", campaign, refund)
    books.tell_brand(work, campaign, "refund_sent", amount)
    close_if_empty(work, campaign.id)


def refund_refused(work: Work, refund_id: UUID, reason: str, *, disputed: bool = False) -> None:
    """Keep a refused refund as workspace credit and say why.

    Money whose bank has it in dispute is nobody's to spend: it stands still with the campaign's other money,
    or waits in the escrow for the chargeback that is on its way. A card that has lost a dispute takes
    nothing back for ever, and nothing is on its way any more: what is left of it is the brand's.
    """
    campaign, refund = _lock(work, refund_id)
    if refund.state is not MoveState.ASKED:
        return
    refund.state = MoveState.REFUSED
    transit = Account(K.REFUND_IN_TRANSIT, refund.currency, campaign.id)
    _came_back(work, campaign, refund, (transit, PostingKind.REFUND_REFUSED), reason, disputed=disputed)


def refund_seen(work: Work, seen: SentRefund) -> None:
    """Converge on what the provider says of a refund that was sent: one that failed is the brand's money."""
    found = PaymentRepository(work.session).refund_by(seen.rail, seen.ref)
    if found is None or seen.state != "failed":
        return
    campaign, refund = _lock(work, found[0])
    if refund.state is not MoveState.SENT:
        return
    refund.state = MoveState.RETURNED
    clearing = books.platform(K.RAIL_CLEARING, refund.currency)
    _came_back(work, campaign, refund, (clearing, PostingKind.REFUND_FAILED), seen.reason)


def _came_back(
    work: Work,
    campaign: CampaignView,
    refund: Refund,
    source: tuple[Account, PostingKind],
    reason: str,
    *,
    disputed: bool = False,
) -> None:
    """Take a refund back that reached no card, from the account it lies on, and say so."""
    paid = funding.lock_funding(work, refund.funding_id)
    paid.refunded_minor -= refund.amount_minor
    amount = Money(refund.amount_minor, refund.currency)
    frozen = campaign.state is CampaignState.FROZEN
    on_its_way = disputed and not PaymentRepository(work.session).has_lost(refund.funding_id)
    home = books.frozen_account(campaign.id, campaign.currency) if frozen else books.escrow(campaign)
    account, kind = source
    books.post(work, kind, str(refund.id), ledger.transfer_lines(account, home, amount), campaign)
    _record(work, f"refund.{refund.state}", campaign, refund)
    if frozen or on_its_way:
        books.tell_brand(work, campaign, "refund_waits", amount)
        facts = {"refund_id": str(refund.id), "amount_minor": amount.minor, "currency": amount.currency}
        tasks.open_task(work, REFUND_WAITS, Subject.CAMPAIGN, campaign.id, facts)
        return
    _keep_as_credit(work, campaign, amount, f"refused:{refund.id}", [paid])
    books.tell_brand(work, campaign, "refund_refused", amount, reason=reason)
    close_if_empty(work, campaign.id)


def _lock(work: Work, refund_id: UUID) -> tuple[CampaignView, Refund]:
    """Return a refund and its campaign, both locked, the campaign first. Raises RefundNotFound."""
    payments = PaymentRepository(work.session)
    campaign_id = payments.campaign_of(Refund, refund_id)
    if campaign_id is None:
        raise RefundNotFound(refund_id=refund_id)
    campaign = campaigns.lock(work, campaign_id)
    refund = payments.lock(Refund, refund_id)
    if refund is None:
        raise RefundNotFound(refund_id=refund_id)
    return campaign, refund


def close_if_empty(work: Work, campaign_id: UUID) -> bool:
    """Close a settling campaign once nothing of its money is anywhere; tell the brand."""
    campaign = campaigns.lock(work, campaign_id)
    in_transit = PaymentRepository(work.session).open_refunds(campaign_id)
    left = ledger.balance(work, books.escrow(campaign))
    if campaign.state is not CampaignState.SETTLING or in_transit or left:
        return False
    campaigns.advance(work.acting_as(SYSTEM), campaign_id, "close")
    books.tell_brand(work, campaign, "campaign_closed", campaign.budget)
    return True


def _ask_refund(work: Work, campaign: CampaignView, funding: Funding, amount: Money) -> None:
    refund = Refund(
        campaign_id=campaign.id,
        funding_id=funding.id,
        rail=funding.rail,
        amount_minor=amount.minor,
        currency=amount.currency,
        state=MoveState.ASKED,
        created_at=work.now,
    )
    PaymentRepository(work.session).add(refund)
    funding.refunded_minor += amount.minor
    lines = ledger.transfer_lines(
        books.escrow(campaign), Account(K.REFUND_IN_TRANSIT, amount.currency, campaign.id), amount
    )
    books.post(work, PostingKind.REFUND_ASKED, str(refund.id), lines, campaign)
    _record(work, "refund.asked", campaign, refund)
    payload = {
        "refund_id": str(refund.id),
        "rail": refund.rail,
        "charge_ref": funding.charge_ref,
        "amount_minor": amount.minor,
        "currency": amount.currency,
    }
    outbox.promise(work, PromiseKind.REFUND, f"campaign:{campaign.id}", payload)


def _keep_as_credit(
    work: Work, campaign: CampaignView, amount: Money, key: str, paid_in: Sequence[Funding]
) -> None:
    """Keep money as its workspace's credit, and note of which payments it is, the oldest first."""
    left = amount.minor
    for paid in paid_in:
        part = min(left, paid.unreturned_minor)
        paid.credited_minor += part
        left -= part
    lines = ledger.transfer_lines(books.escrow(campaign), books.credit(campaign), amount)
    books.post(work, PostingKind.CREDIT_KEPT, key, lines, campaign)
    books.record(work, "credit.kept", campaign, amount)
    books.tell_brand(work, campaign, "credit_kept", amount)


def _record(work: Work, kind: str, campaign: CampaignView, refund: Refund) -> None:
    amount = Money(refund.amount_minor, refund.currency)
    books.record(work, kind, campaign, amount, refund_id=refund.id, funding_id=refund.funding_id)
