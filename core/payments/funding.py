"""Money in: a brand pays into a campaign, from credit and by a checkout that is promised."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from core.accounts import permissions, workspaces
from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns import shortlist
from core.campaigns.schemas import CampaignView, Suggestion
from core.campaigns.states import CampaignState
from core.kit.actors import SYSTEM
from core.kit.consent import binding, mark, require
from core.kit.errors import TooOften
from core.kit.money import Money
from core.kit.work import Work
from core.ledger import service as ledger
from core.ledger.schemas import Line
from core.ledger.states import AccountKind as K
from core.ledger.states import PostingKind
from core.messaging import cards, outbox
from core.messaging.states import PromiseKind
from core.payments import books, refunds
from core.payments.errors import (
    AmountOutOfRange,
    CurrencyNotTaken,
    FundingNotFound,
)
from core.payments.models import (
    Funding,
)
from core.payments.rails.port import Checkout, RailFacts
from core.payments.repository import PaymentRepository
from core.payments.schemas import (
    FundCampaign,
    FundingView,
)
from core.payments.states import (
    FundingState,
)

FUNDING_MAJOR_MAX = 50_000_000
HOUR = timedelta(hours=1)
LONG_OPEN = timedelta(minutes=10)
OPEN_CHECKOUTS_AN_HOUR = 30
ACCEPTS_MONEY = (
    CampaignState.AWAITING_FUNDS,
    CampaignState.OPEN,
    CampaignState.FUNDED,
    CampaignState.RECRUITING,
    CampaignState.RUNNING,
)


def mark_of(work: Work, campaign: CampaignView) -> str:
    """Return the mark of what paying in rests on.

    It is the campaign with its chosen set, what is paid already and free, and the credit there is.
    """
    return marks_of(work, [campaign])[campaign.id]


def marks_of(work: Work, found: Sequence[CampaignView]) -> dict[UUID, str]:
    """Return the same of several campaigns, by campaign; three queries."""
    paid, chosen = books.paid_into(work, found), shortlist.marks_of(work, found)
    accounts = [account for c in found for account in (books.credit(c), books.escrow(c))]
    balances = ledger.balance_each(work, accounts)
    return {
        campaign.id: mark(
            "fund",
            chosen[campaign.id],
            campaign.state in ACCEPTS_MONEY,
            paid[campaign.id].minor,
            *(balance.minor for balance in balances[2 * place : 2 * place + 2]),
        )
        for place, campaign in enumerate(found)
    }


def missing(work: Work, campaign: CampaignView, chosen: Sequence[Suggestion]) -> Money:
    """Return what a campaign lacks of what the chosen set costs, nothing where that much is free."""
    needed = shortlist.cost(campaign, chosen) - books.escrow_of(work, campaign)
    return Money(max(needed.minor, 0), campaign.currency)


@binding
def fund(work: Work, command: FundCampaign, rail: RailFacts, *, shown: str) -> FundingView:
    """Pay into a campaign: from the workspace's credit first, the rest by a checkout promised on `rail`.

    A checkout of the same amount that waits for its payment is the same checkout.

    Raises:
        ShownChanged: when what is paid, or the credit, is not what was shown.
        CampaignNotFound, RoleMissing: when it is not the acting person's to fund.
        CurrencyNotTaken: when the rail is needed and takes no such money.
        AmountOutOfRange: for nothing, too much, or a campaign that takes no money any more.
        WorkspaceFrozen: while an operator has stopped the brand.
        TooOften: while so many checkouts that they asked for in the last hour wait for a payment.
    """
    campaigns.own(work, command.campaign_id, Permission.FUND)
    campaign = campaigns.lock(work, command.campaign_id)
    payments = PaymentRepository(work.session)
    known = payments.funding_by_key(command.key)
    used = _credit_used(work, campaign, command.key)
    if known is not None:
        return _funding_view(known, used)
    if used:
        return _used_before(work, command, used)
    workspaces.require_free(work, campaign.workspace_id)
    credit = ledger.lock_balance(work, books.credit(campaign))
    require(shown, mark_of(work, campaign), campaign_id=campaign.id)
    limit = FUNDING_MAJOR_MAX * command.amount.currency.minor_per_major
    if not 0 < command.amount.minor <= limit or campaign.state not in ACCEPTS_MONEY:
        raise AmountOutOfRange(state=campaign.state)
    from_credit = Money(min(credit.minor, command.amount.minor), command.amount.currency)
    if from_credit:
        lines = ledger.transfer_lines(books.credit(campaign), books.escrow(campaign), from_credit)
        books.post(work, PostingKind.CREDIT_USED, command.key, lines, campaign)
        books.record(work, "credit.used", campaign, from_credit)
        _money_arrived(work, campaign.id, from_credit)
    by_card = command.amount - from_credit
    if not by_card:
        return FundingView(None, campaign.id, from_credit, by_card, FundingState.PAID)
    then_offer = shortlist.mark_of(work, campaign) if command.then_offer else ""
    if (open_already := payments.open_funding(campaign.id, by_card.minor)) is not None:
        if open_already.asked_by == work.actor.person_id:
            open_already.then_offer = then_offer
        if open_already.state is FundingState.READY:
            _tell_checkout(work, open_already, work.actor.person_id or open_already.asked_by)
        return _funding_view(open_already, from_credit)
    asked = _ask_rail(work, campaign, by_card, command.key, rail)
    asked.then_offer = then_offer
    return _funding_view(asked, from_credit)


def _ask_rail(work: Work, campaign: CampaignView, by_card: Money, key: str, rail: RailFacts) -> Funding:
    """Promise a checkout on a rail. Raises CurrencyNotTaken, TooOften."""
    asked = PaymentRepository(work.session).checkouts_since(work.actor.person_id, work.now - HOUR)
    if len(asked) >= OPEN_CHECKOUTS_AN_HOUR:
        raise TooOften(seconds=int((asked[0] + HOUR - work.now).total_seconds()) + 1)
    if by_card.currency not in rail.currencies:
        raise CurrencyNotTaken(currency=by_card.currency)
    funding = Funding(
        campaign_id=campaign.id,
        rail=rail.name,
        asked_by=work.actor.person_id,
        request_key=key,
        amount_minor=by_card.minor,
        currency=by_card.currency,
        state=FundingState.ASKED,
        created_at=work.now,
    )
    PaymentRepository(work.session).add(funding)
    books.record(work, "funding.asked", campaign, by_card, funding_id=funding.id)
    payload = {
        "funding_id": str(funding.id),
        "rail": funding.rail,
        "amount_minor": by_card.minor,
        "currency": by_card.currency,
        "description": f"Campaign funds: {campaign.title}",
    }
    outbox.promise(work, PromiseKind.COLLECT, f"funding:{funding.id}", payload)
    return funding


def checkout_opened(work: Work, funding_id: UUID, checkout: Checkout) -> None:
    """Note the page a brand can pay on and tell the one who asked."""
    funding = lock_funding(work, funding_id)
    if funding.state is not FundingState.ASKED:
        return
    funding.state = FundingState.READY
    funding.checkout_ref, funding.checkout_url = checkout.ref, checkout.url
    for person_id in _who_pays(work, funding):
        _tell_checkout(work, funding, person_id)


def checkout_refused(work: Work, funding_id: UUID, reason: str) -> None:
    """Note that the provider will not take this payment, and say so."""
    funding = lock_funding(work, funding_id)
    _funding_failed(work, funding, reason)


@binding
def pay_checkout(work: Work, funding_id: UUID, *, shown: str) -> None:
    """Promise to press a checkout's button. Only play money can be paid like that.

    Raises:
        FundingNotFound, CampaignNotFound, RoleMissing.
        ShownChanged: when the checkout is paid or failed meanwhile.
    """
    funding = PaymentRepository(work.session).lock(Funding, funding_id)
    if funding is None or funding.checkout_ref is None:
        raise FundingNotFound(funding_id=funding_id)
    campaigns.own(work, funding.campaign_id, Permission.FUND)
    require(shown, _funding_view(funding, Money(0, funding.currency)).mark, funding_id=funding_id)
    payload = {"checkout_ref": funding.checkout_ref, "rail": funding.rail}
    outbox.promise(work, PromiseKind.PAY_CHECKOUT, f"funding:{funding.id}", payload)


def checkout_seen(work: Work, checkout: Checkout) -> FundingView | None:
    """Converge on what the provider says of a checkout; saying it twice changes nothing.

    Returns the payment where this is how it was paid, and its campaign still takes it.
    """
    payments = PaymentRepository(work.session)
    campaign_id = payments.campaign_by(checkout.rail, "checkout_ref", checkout.ref)
    campaign = campaigns.lock(work, campaign_id) if campaign_id else None
    funding = payments.funding_by(checkout.rail, "checkout_ref", checkout.ref)
    if campaign is None or funding is None or funding.state in {FundingState.PAID, FundingState.FAILED}:
        return None
    if checkout.state == "failed":
        _funding_failed(work, funding, checkout.reason)
    if checkout.state != "paid":
        return None
    funding.state, funding.charge_ref = FundingState.PAID, checkout.charge_ref
    funding.over_at = work.now
    fee = checkout.fee.minor if checkout.fee else 0
    gross = checkout.amount.minor
    lines = (
        Line(books.platform(K.RAIL_CLEARING, campaign.currency), gross - fee),
        Line(books.platform(K.RAIL_FEE, campaign.currency), fee),
        Line(books.escrow(campaign), -gross),
    )
    books.post(work, PostingKind.CHARGE, checkout.charge_ref, lines, campaign)
    books.record(work, "funding.paid", campaign, checkout.amount, funding_id=funding.id, fee_minor=fee)
    outbox.redraw(work, cards.checkout(funding.id))
    _money_arrived(work, campaign.id, checkout.amount)
    if campaigns.get(work, campaign.id).state in refunds.GIVES_BACK:
        refunds.return_late(work, campaign.id, funding)
        return None
    return _funding_view(funding, Money(0, funding.currency))


def take_waiting(work: Work, limit: int) -> list[tuple[str, str]]:
    """Return the rail and reference of checkouts that have long been open, each once an hour.

    A provider's word of a payment may be lost: so nobody's money waits for it.
    """
    rows = PaymentRepository(work.session).waiting_fundings(work.now - LONG_OPEN, work.now - HOUR, limit)
    for row in rows:
        row.looked_at = work.now
    return [(row.rail, row.checkout_ref) for row in rows if row.checkout_ref]


def funding_of(work: Work, funding_id: UUID) -> tuple[FundingView, str]:
    """Return a funding and the address of its checkout page."""
    funding = lock_funding(work, funding_id)
    return _funding_view(funding, Money(0, funding.currency)), funding.checkout_url


def open_checkouts(work: Work, campaign_id: UUID) -> list[str]:
    """Return the references of a campaign's checkouts that wait for payment."""
    rows = PaymentRepository(work.session).open_fundings(campaign_id)
    return [row.checkout_ref for row in rows if row.checkout_ref]


def of_campaigns(work: Work, campaign_ids: Iterable[UUID]) -> list[UUID]:
    """Return the ids of the payments into campaigns."""
    return PaymentRepository(work.session).fundings_into(list(campaign_ids))


def charges(work: Work, campaign_id: UUID) -> list[str]:
    """Return the references of the charges that paid a campaign."""
    rows = PaymentRepository(work.session).fundings(campaign_id)
    return [row.charge_ref for row in rows if row.charge_ref]


def _tell_checkout(work: Work, funding: Funding, person_id: UUID) -> None:
    facts = {"funding_id": str(funding.id), "campaign_id": str(funding.campaign_id)}
    outbox.tell(work, person_id, "checkout_ready", facts)


def _credit_used(work: Work, campaign: CampaignView, key: str) -> Money:
    """Return what an earlier request with this key has taken from the workspace's credit."""
    lines = ledger.lines_of(work, f"{PostingKind.CREDIT_USED}:{key}")
    return Money(sum(line.minor for line in lines if line.minor > 0), campaign.currency)


def _used_before(work: Work, command: FundCampaign, used: Money) -> FundingView:
    """Return what an earlier request with this key came to: credit, and a checkout that waits already."""
    by_card = command.amount - used
    payments = PaymentRepository(work.session)
    waiting = payments.open_funding(command.campaign_id, by_card.minor) if by_card else None
    if waiting is not None:
        return _funding_view(waiting, used)
    return FundingView(None, command.campaign_id, used, Money(0, used.currency), FundingState.PAID)


def _money_arrived(work: Work, campaign_id: UUID, amount: Money) -> None:
    campaigns.advance(work.acting_as(SYSTEM), campaign_id, "fund")
    campaign = campaigns.get(work, campaign_id)
    books.tell_brand(work, campaign, "campaign_funded", amount)


def _funding_failed(work: Work, funding: Funding, reason: str) -> None:
    funding.state, funding.over_at = FundingState.FAILED, work.now
    outbox.redraw(work, cards.checkout(funding.id))
    asked = Money(funding.amount_minor, funding.currency)
    campaign = campaigns.get(work, funding.campaign_id)
    books.record(work, "funding.failed", campaign, asked, funding_id=funding.id)
    facts = {"campaign_id": str(funding.campaign_id), "reason": reason, "amount_minor": asked.minor}
    for person_id in _who_pays(work, funding):
        outbox.tell(work, person_id, "funding_failed", facts)


def _who_pays(work: Work, funding: Funding) -> list[UUID]:
    """Return who is told of a payment: who asked for it, or whoever may, where they may not any more."""
    workspace_id = campaigns.get(work, funding.campaign_id).workspace_id
    team = permissions.team(work, workspace_id)
    return (
        [funding.asked_by] if team.may(funding.asked_by, Permission.FUND) else team.who_may(Permission.FUND)
    )


def lock_funding(work: Work, funding_id: UUID) -> Funding:
    """Return a payment, locked until the work ends. Raises FundingNotFound."""
    funding = PaymentRepository(work.session).lock(Funding, funding_id)
    if funding is None:
        raise FundingNotFound(funding_id=funding_id)
    return funding


def _funding_view(row: Funding, from_credit: Money) -> FundingView:
    by_card = Money(row.amount_minor, row.currency)
    return FundingView(
        row.id,
        row.campaign_id,
        from_credit,
        by_card,
        row.state,
        row.rail,
        row.asked_by,
        row.then_offer,
        row.over_at,
    )
