"""Where a campaign's money is: accounts' names, balances, and who is told."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from core.accounts import permissions
from core.accounts.states import Permission
from core.campaigns.schemas import CampaignView
from core.events import service as events
from core.kit.money import Currency, Money
from core.kit.work import Work
from core.ledger import service as ledger
from core.ledger.schemas import Account, Line, Posting
from core.ledger.states import AccountKind as K
from core.ledger.states import PostingKind
from core.messaging import cards, outbox
from core.payments.schemas import (
    CampaignMoney,
)

PAYS_IN = (PostingKind.CHARGE, PostingKind.CREDIT_USED)
"""How money comes into a campaign."""


def credit_of(work: Work, workspace_id: UUID, currency: Currency) -> Money:
    """Return a workspace's credit."""
    return ledger.balance(work, Account(K.WORKSPACE_CREDIT, currency, workspace_id))


def escrow_of(work: Work, campaign: CampaignView) -> Money:
    """Return what a campaign has free for offers."""
    return ledger.balance(work, escrow(campaign))


def escrows_of(work: Work, found: Iterable[CampaignView]) -> dict[UUID, Money]:
    """Return what several campaigns have free for offers, by campaign; one query."""
    all_of_them = list(found)
    balances = ledger.balance_each(work, [escrow(campaign) for campaign in all_of_them])
    return {campaign.id: free for campaign, free in zip(all_of_them, balances, strict=True)}


def paid_into(work: Work, found: Iterable[CampaignView]) -> dict[UUID, Money]:
    """Return what was paid into several campaigns by card and from credit, by campaign; one query."""
    accounts = {campaign.id: escrow(campaign) for campaign in found}
    moved = ledger.moved(work, accounts.values(), PAYS_IN)
    return {campaign_id: moved[account] for campaign_id, account in accounts.items()}


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

    return CampaignMoney(
        paid_in=total(K.CAMPAIGN_ESCROW, *PAYS_IN),
        in_escrow=total(K.CAMPAIGN_ESCROW),
        held=total(K.DELIVERABLE_HOLD),
        frozen=total(K.DISPUTE_HOLD),
        to_creators=total(K.CREATOR_PAYABLE),
        commission=total(K.COMMISSION),
        withheld=total(K.TAX_WITHHELD),
        refund_on_its_way=total(K.REFUND_IN_TRANSIT),
        refunded=total(K.RAIL_CLEARING, PostingKind.REFUND_SENT, PostingKind.REFUND_FAILED),
        kept_as_credit=total(K.WORKSPACE_CREDIT, PostingKind.CREDIT_KEPT),
        lost_to_chargebacks=total(K.DISPUTE_RECEIVABLE, PostingKind.CHARGEBACK_LOST)
        + total(K.BRAND_RECEIVABLE, PostingKind.CHARGEBACK_LOST)
        + total(K.CHARGEBACK_LOSS, PostingKind.CHARGEBACK_LOST),  # as losses were posted before
    )


def hold_account(deliverable_id: UUID, currency: Currency) -> Account:
    """Return the account that holds a deliverable's money."""
    return Account(K.DELIVERABLE_HOLD, currency, deliverable_id)


def frozen_account(owner_id: UUID, currency: Currency) -> Account:
    """Return the account of what stands still: a disputed deal's, or a campaign's whose card is disputed."""
    return Account(K.DISPUTE_HOLD, currency, owner_id)


def escrow_account(campaign_id: UUID, currency: Currency) -> Account:
    """Return the account of a campaign's free money."""
    return Account(K.CAMPAIGN_ESCROW, currency, campaign_id)


def post(work: Work, kind: PostingKind, key: str, lines: tuple[Line, ...], campaign: CampaignView) -> None:
    """Post to the ledger about a campaign, once a key; the cards that show its money are redrawn."""
    ledger.post(work, Posting(kind, f"{kind}:{key}", lines, "campaign", str(campaign.id)))
    of_all = any(line.account.kind is K.WORKSPACE_CREDIT for line in lines)
    outbox.redraw(work, cards.workspace(campaign.workspace_id) if of_all else cards.campaign(campaign.id))


def record(work: Work, kind: str, campaign: CampaignView, amount: Money, **facts: events.Value) -> None:
    """Write down what happened to a campaign's money, as an event."""
    subjects = {"workspace_id": campaign.workspace_id, "campaign_id": campaign.id}
    money: dict[str, events.Value] = {"amount_minor": amount.minor, "currency": amount.currency}
    events.record(work, kind, subjects, {**money, **facts})


def tell_brand(work: Work, campaign: CampaignView, notice: str, amount: Money, reason: str = "") -> None:
    """Tell everybody on the brand's side who may see its money."""
    facts = {
        "campaign_id": str(campaign.id),
        "amount_minor": amount.minor,
        "currency": amount.currency,
        "reason": reason,
    }
    for person_id in permissions.people_who_may(work, campaign.workspace_id, Permission.SEE_MONEY):
        outbox.tell(work, person_id, notice, facts)


def escrow(campaign: CampaignView) -> Account:
    """Return the account of a campaign's free money."""
    return escrow_account(campaign.id, campaign.currency)


def credit(campaign: CampaignView) -> Account:
    """Return the account of a workspace's credit."""
    return Account(K.WORKSPACE_CREDIT, campaign.currency, campaign.workspace_id)


def platform(kind: K, currency: Currency) -> Account:
    """Return an account of the platform's own."""
    return Account(kind, currency)
