"""What a provider says of disputed card payments, written down."""

from uuid import UUID

from core.campaigns import service as campaigns
from core.kit.money import Money
from core.kit.work import Work
from core.payments import books, funding
from core.payments.models import (
    ChargebackRow,
)
from core.payments.rails.port import Chargeback
from core.payments.repository import PaymentRepository
from core.payments.schemas import (
    ChargebackView,
)
from core.payments.states import (
    ChargebackState,
)

HAPPENED = {
    ChargebackState.OPEN: "chargeback.opened",
    ChargebackState.WON: "chargeback.won",
    ChargebackState.LOST: "chargeback.lost",
}


def note_chargeback(work: Work, reading: Chargeback) -> ChargebackView | None:
    """Write down what a provider says of a chargeback; None where the charge is not ours.

    The deals' side does the rest: it knows what has to stand still. The campaign is locked from here on.
    """
    payments = PaymentRepository(work.session)
    campaign_id = payments.campaign_by(reading.rail, "charge_ref", reading.charge_ref)
    if campaign_id is None:
        return None
    campaign = campaigns.lock(work, campaign_id)
    row = payments.lock(ChargebackRow, (reading.rail, reading.ref))
    before = row.state if row else None
    if row is None:
        paid = payments.funding_by(reading.rail, "charge_ref", reading.charge_ref)
        if paid is None:
            return None
        row = ChargebackRow(
            rail=reading.rail,
            ref=reading.ref,
            funding_id=paid.id,
            campaign_id=paid.campaign_id,
            amount_minor=reading.amount.minor,
            fee_minor=reading.fee.minor,
            freezes=True,
        )
        paid.refunded_minor += reading.amount.minor
    if before in {None, ChargebackState.OPEN}:
        row.state = ChargebackState(reading.state)
        if row.state is ChargebackState.WON:
            funding.lock_funding(work, row.funding_id).refunded_minor -= row.amount_minor
    payments.add(row)
    if row.state is not before:
        amount = Money(row.amount_minor, campaign.currency)
        books.record(work, HAPPENED[row.state], campaign, amount, funding_id=row.funding_id)
    return ChargebackView(row.campaign_id, before, row.state)


def freezing(work: Work, campaign_id: UUID) -> dict[str, ChargebackState]:
    """Return the chargebacks that hold a campaign still, by reference, with where each stands.

    The decided ones among them wait for the others; the caller holds the campaign's lock.
    """
    rows = PaymentRepository(work.session).freezing_chargebacks(campaign_id)
    return {row.ref: row.state for row in rows}


def let_go(work: Work, campaign_id: UUID) -> None:
    """Note that no chargeback of a campaign holds it still any more."""
    for row in PaymentRepository(work.session).freezing_chargebacks(campaign_id):
        row.freezes = False
