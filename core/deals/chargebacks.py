"""A card's holder disputes a payment: everything of that campaign stands still until the bank decides."""

from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.campaigns.states import CampaignState
from core.deals import endings
from core.deals import views as deals
from core.deals.models import Deal
from core.deals.postings import dispute_account
from core.deals.repository import DealRepository
from core.deals.states import DealState
from core.kit.actors import SYSTEM, Actor
from core.kit.money import Money
from core.kit.work import Work
from core.ledger import service as ledger
from core.ledger.schemas import Account, Line, Posting
from core.ledger.states import AccountKind as K
from core.ledger.states import PostingKind
from core.payments import books, refunds
from core.payments import chargebacks as payment_chargebacks
from core.payments.rails.port import Chargeback
from core.payments.states import ChargebackState, Rest

BANK = Actor.operator("bank")


def seen(work: Work, chargeback: Chargeback) -> None:
    """Converge on what the provider says of a chargeback; saying it twice changes nothing."""
    known = payment_chargebacks.note_chargeback(work, chargeback)
    if known is None:
        return
    campaign = campaigns.lock(work, known.campaign_id)
    if known.before is None:
        _open(work, campaign, chargeback)
    if known.state is ChargebackState.WON and known.before is not known.state:
        _won(work, campaign, chargeback)
    if known.state is ChargebackState.LOST and known.before is not known.state:
        _lost(work, campaign, chargeback)


def _open(work: Work, campaign: CampaignView, chargeback: Chargeback) -> None:
    amount, fee = chargeback.amount.minor, chargeback.fee.minor
    lines = (
        Line(_receivable(campaign), amount),
        Line(Account(K.DISPUTE_FEE, campaign.currency), fee),
        Line(_clearing(campaign), -amount - fee),
    )
    _post(work, PostingKind.CHARGEBACK_OPENED, chargeback, lines, campaign)
    campaigns.advance(work.acting_as(SYSTEM), campaign.id, "freeze")
    freezing = _freezing_lines(work, campaign)
    _post(work, PostingKind.CHARGEBACK_FREEZE, chargeback, freezing, campaign)
    for deal in DealRepository(work.session).of_campaign(campaign.id):
        DealRepository(work.session).pause_timers(deal.id, work.now)
    books.tell_brand(work, campaign, "chargeback_opened", chargeback.amount)


def _won(work: Work, campaign: CampaignView, chargeback: Chargeback) -> None:
    amount = chargeback.amount
    lines = ledger.transfer_lines(_clearing(campaign), _receivable(campaign), amount)
    _post(work, PostingKind.CHARGEBACK_WON, chargeback, lines, campaign)
    frozen = ledger.lines_of(work, f"{PostingKind.CHARGEBACK_FREEZE}:{chargeback.ref}")
    back = tuple(Line(line.account, -line.minor) for line in frozen)
    _post(work, PostingKind.CHARGEBACK_THAW, chargeback, back, campaign)
    campaigns.advance(work.acting_as(SYSTEM), campaign.id, "unfreeze")
    for deal in DealRepository(work.session).of_campaign(campaign.id):
        if deal.state is not DealState.DISPUTED:
            DealRepository(work.session).resume_timers(deal.id, work.now)
    books.tell_brand(work, campaign, "chargeback_won", amount)


def _lost(work: Work, campaign: CampaignView, chargeback: Chargeback) -> None:
    amount = chargeback.amount
    frozen = ledger.balance(work, _frozen(campaign)).minor
    covered = min(frozen, amount.minor)
    lines = (
        Line(_frozen(campaign), covered),
        Line(Account(K.CHARGEBACK_LOSS, campaign.currency, campaign.id), amount.minor - covered),
        Line(_receivable(campaign), -amount.minor),
    )
    _post(work, PostingKind.CHARGEBACK_LOST, chargeback, lines, campaign)
    rest = Money(frozen - covered, campaign.currency)
    escrow = books.escrow_account(campaign.id, campaign.currency)
    back = ledger.transfer_lines(_frozen(campaign), escrow, rest)
    _post(work, PostingKind.CHARGEBACK_THAW, chargeback, back, campaign)
    campaigns.advance(work.acting_as(SYSTEM), campaign.id, "unfreeze")
    books.tell_brand(work, campaign, "chargeback_lost", amount)
    _end(work, campaign, rest)


def _end(work: Work, campaign: CampaignView, rest: Money) -> None:
    """End every deal of a campaign whose money the bank took back."""
    reason = "The brand's card payment was taken back by its bank."
    for deal in DealRepository(work.session).of_campaign(campaign.id):
        if deal.state in deals.OPEN_DEALS:
            endings.end_without_money(work.acting_as(BANK), deal.id, reason)
    campaigns.advance(work.acting_as(BANK), campaign.id, "settle")
    state = campaigns.get(work, campaign.id).state
    if rest and state is CampaignState.SETTLING:
        refunds.return_rest(work, campaign.id, Rest.CREDIT)
    refunds.close_if_empty(work, campaign.id)


def _freezing_lines(work: Work, campaign: CampaignView) -> tuple[Line, ...]:
    accounts = [books.escrow_account(campaign.id, campaign.currency)]
    for deal in DealRepository(work.session).of_campaign(campaign.id):
        accounts += _accounts_of(deal)
    balances = [(account, ledger.balance(work, account).minor) for account in accounts]
    taken = tuple(Line(account, minor) for account, minor in balances if minor)
    return (*taken, Line(_frozen(campaign), -sum(line.minor for line in taken)))


def _accounts_of(deal: Deal) -> list[Account]:
    holds = [books.hold_account(piece.id, deal.currency) for piece in deal.deliverables]
    return [*holds, dispute_account(deal.id, deal.currency)]


def _post(
    work: Work,
    kind: PostingKind,
    chargeback: Chargeback,
    lines: tuple[Line, ...],
    campaign: CampaignView,
) -> None:
    ledger.move(work, Posting(kind, f"{kind}:{chargeback.ref}", lines, "campaign", str(campaign.id)))


def _frozen(campaign: CampaignView) -> Account:
    return dispute_account(campaign.id, campaign.currency)


def _receivable(campaign: CampaignView) -> Account:
    return Account(K.DISPUTE_RECEIVABLE, campaign.currency, campaign.id)


def _clearing(campaign: CampaignView) -> Account:
    return Account(K.RAIL_CLEARING, campaign.currency)
