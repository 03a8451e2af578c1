"""What a lost chargeback takes beyond the money of its campaign: its brand owes it to the platform.

The money went to creators, who keep it. A task stands open until operators have settled what is owed, from
the brand's credit or with money that came to the platform's own account, or two of them wrote it off.
"""

from uuid import UUID, uuid4

from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.kit.consent import binding, mark, require
from core.kit.money import Money
from core.kit.work import Work
from core.ledger import service as ledger
from core.ledger.schemas import Account, Line
from core.ledger.states import AccountKind as K
from core.ledger.states import PostingKind
from core.operators import tasks
from core.operators.states import Subject
from core.payments import books
from core.payments.errors import NothingOwed, SettledOutOfRange
from core.payments.states import SettledFrom

LOSS_OPEN = "loss_open"
"""The task about what a brand owes after a lost chargeback."""


def receivable(campaign: CampaignView) -> Account:
    """Return the account of what a campaign's brand owes."""
    return Account(K.BRAND_RECEIVABLE, campaign.currency, campaign.id)


def note(work: Work, campaign: CampaignView, loss: Money) -> None:
    """Put a loss that was just posted before the operators."""
    books.record(work, "loss.opened", campaign, loss)
    owed_now = ledger.balance(work, receivable(campaign))  # tells two losses of one amount apart
    facts = {"amount_minor": loss.minor, "owed_minor": owed_now.minor, "currency": loss.currency}
    tasks.open_task(work, LOSS_OPEN, Subject.CAMPAIGN, campaign.id, facts)


def owed(work: Work, campaign_id: UUID) -> tuple[Money, Money, str]:
    """Return what a campaign's brand owes, the credit it has, and their mark. Raises CampaignNotFound."""
    campaign = campaigns.get(work, campaign_id)
    return _seen(work, campaign)


@binding
def settle(
    work: Work, campaign_id: UUID, amount: Money, source: SettledFrom, reason: str, *, shown: str
) -> Money:
    """As an operator, cover what is owed, or part of it; returns what is still owed.

    Raises:
        CampaignNotFound, NothingOwed.
        ShownChanged: when something else is owed, or another credit is there, than was shown.
        SettledOutOfRange: for nothing, more than is owed, more than there is, or another currency.
    """
    campaign = campaigns.lock(work, campaign_id)
    credit = ledger.lock_balance(work, books.credit(campaign))
    due, _, present = _seen(work, campaign)
    require(shown, present, campaign_id=campaign_id)
    most = min(due.minor, credit.minor) if source is SettledFrom.CREDIT else due.minor
    if amount.currency is not campaign.currency or not 0 < amount.minor <= most:
        raise SettledOutOfRange(most=Money(most, campaign.currency))
    clearing = books.platform(K.RAIL_CLEARING, campaign.currency)
    payer = books.credit(campaign) if source is SettledFrom.CREDIT else clearing
    lines = ledger.transfer_lines(payer, receivable(campaign), amount)
    books.post(work, PostingKind.LOSS_SETTLED, f"{campaign.id}:{uuid4()}", lines, campaign)
    books.record(work, "loss.settled", campaign, amount, source=source)
    return _close_if_even(work, campaign, reason)


@binding
def write_off(work: Work, campaign_id: UUID, reason: str, *, shown: str) -> Money:
    """As an operator, let the platform bear all that is owed; returns how much. Two of them have to agree.

    Raises:
        CampaignNotFound, NothingOwed.
        ShownChanged: when something else is owed than was shown.
    """
    campaign = campaigns.lock(work, campaign_id)
    due, _, present = _seen(work, campaign)
    require(shown, present, campaign_id=campaign_id)
    lines = (
        Line(Account(K.CHARGEBACK_LOSS, campaign.currency, campaign.id), due.minor),
        Line(receivable(campaign), -due.minor),
    )
    books.post(work, PostingKind.WRITE_OFF, f"{campaign.id}:{uuid4()}", lines, campaign)
    books.record(work, "loss.written_off", campaign, due)
    _close_if_even(work, campaign, reason)
    return due


def _seen(work: Work, campaign: CampaignView) -> tuple[Money, Money, str]:
    due, credit = ledger.balance_each(work, [receivable(campaign), books.credit(campaign)])
    if not due:
        raise NothingOwed(campaign_id=campaign.id)
    return due, credit, mark("loss", campaign.id, due.minor, credit.minor, due.currency)


def _close_if_even(work: Work, campaign: CampaignView, reason: str) -> Money:
    """Close the tasks about a campaign's losses once nothing is owed any more; returns what is."""
    due = ledger.balance(work, receivable(campaign))
    if not due:
        tasks.close_all(work, LOSS_OPEN, Subject.CAMPAIGN, campaign.id, reason)
    return due
