"""A card's holder disputes a payment: everything of that campaign stands still until the bank decides."""

from collections import defaultdict
from collections.abc import Mapping

from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.deals import covering, endings, standing
from core.deals.models import Deal
from core.deals.repository import DealRepository
from core.deals.states import OPEN_DEALS, Standing
from core.kit.actors import SYSTEM, Actor
from core.kit.money import Money
from core.kit.work import Work
from core.ledger import service as ledger
from core.ledger.schemas import Account, Line, Posting
from core.ledger.states import AccountKind as K
from core.ledger.states import PostingKind
from core.messaging import cards, outbox
from core.payments import books, losses, refunds
from core.payments import chargebacks as payment_chargebacks
from core.payments.rails.port import Chargeback
from core.payments.states import ChargebackState, Rest

BANK = Actor.operator("bank")
TAKEN_BACK = "The brand's card payment was taken back by its bank."


def seen(work: Work, chargeback: Chargeback) -> None:
    """Converge on what the provider says of a chargeback; saying it twice changes nothing."""
    known = payment_chargebacks.note_chargeback(work, chargeback)
    if known is None:
        return
    campaign = campaigns.get(work, known.campaign_id)
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
    going = [deal for deal in _open_deals(work, campaign) if Standing.CHARGEBACK not in deal.stands_for]
    standing.stand_still(work, going, Standing.CHARGEBACK)
    outbox.redraw(work, *(cards.deal(deal.id) for deal in going))
    books.tell_brand(work, campaign, "chargeback_opened", chargeback.amount)


def _won(work: Work, campaign: CampaignView, chargeback: Chargeback) -> None:
    amount = chargeback.amount
    lines = ledger.transfer_lines(_clearing(campaign), _receivable(campaign), amount)
    _post(work, PostingKind.CHARGEBACK_WON, chargeback, lines, campaign)
    books.tell_brand(work, campaign, "chargeback_won", amount)
    _let_go(work, campaign, chargeback)


def _lost(work: Work, campaign: CampaignView, chargeback: Chargeback) -> None:
    """Cover what the bank took: from what came in since, from what stands frozen; the brand owes the rest."""
    amount = chargeback.amount.minor
    escrow = books.escrow_account(campaign.id, campaign.currency)
    late = min(ledger.balance(work, escrow).minor, amount)
    frozen = min(ledger.balance(work, _frozen(campaign)).minor, amount - late)
    owed = Money(amount - frozen - late, campaign.currency)
    lines = (
        Line(_frozen(campaign), frozen),
        Line(escrow, late),
        Line(losses.receivable(campaign), owed.minor),
        Line(_receivable(campaign), -amount),
    )
    _post(work, PostingKind.CHARGEBACK_LOST, chargeback, lines, campaign)
    if owed:
        losses.note(work, campaign, owed)
    books.tell_brand(work, campaign, "chargeback_lost", chargeback.amount)
    _let_go(work, campaign, chargeback)


def _let_go(work: Work, campaign: CampaignView, chargeback: Chargeback) -> None:
    """Let a campaign go on, or end, once the last of its open chargebacks is decided.

    Until then its money is the cover of the others: nothing of it moves, whoever won the first.
    """
    known = payment_chargebacks.freezing(work, campaign.id)
    if ChargebackState.OPEN in known.values():
        return
    lost = ChargebackState.LOST in known.values()
    open_deals = _open_deals(work, campaign)
    claims = covering.claims(open_deals, _frozen_lines(work, list(known)))
    left = ledger.balance(work, _frozen(campaign)).minor
    covered, ends = covering.share_out(claims, left)
    _post(work, PostingKind.CHARGEBACK_THAW, chargeback, _thawing(campaign, left, covered), campaign)
    payment_chargebacks.let_go(work, campaign.id)
    campaigns.advance(work.acting_as(SYSTEM), campaign.id, "unfreeze")
    paid = {account.code for account in covered}
    empty = [deal for deal in ends if not paid & {account.code for account in _accounts_of(deal)}]
    for deal in ends:
        if deal not in empty:
            endings.end_without_money(work, deal.id, TAKEN_BACK)
    endings.end_unfunded(work, campaigns.get(work, campaign.id), empty, TAKEN_BACK)
    going = [deal for deal in open_deals if deal not in ends]
    standing.go_on(work, going, Standing.CHARGEBACK)
    outbox.redraw(work, *(cards.deal(deal.id) for deal in going))
    if lost and len(ends) == len(open_deals):
        campaigns.advance(work.acting_as(BANK), campaign.id, "settle")
    _return_what_is_left(work, campaign, Rest.CREDIT if lost else Rest.REFUND)


def _frozen_lines(work: Work, refs: list[str]) -> dict[str, int]:
    """Return what was taken from each account when the campaign was frozen, by its code."""
    taken: dict[str, int] = defaultdict(int)
    for ref in refs:
        for line in ledger.lines_of(work, f"{PostingKind.CHARGEBACK_FREEZE}:{ref}"):
            taken[line.account.code] += line.minor
    return taken


def _thawing(campaign: CampaignView, left: int, covered: Mapping[Account, int]) -> tuple[Line, ...]:
    """Return what is left to the deals that it covers, and the rest to the campaign's escrow."""
    back = [Line(account, -minor) for account, minor in covered.items()]
    rest = left - sum(covered.values())
    escrow = books.escrow_account(campaign.id, campaign.currency)
    return (Line(_frozen(campaign), left), *back, Line(escrow, -rest))


def _open_deals(work: Work, campaign: CampaignView) -> list[Deal]:
    found = DealRepository(work.session).of_campaign(campaign.id)
    return [deal for deal in found if deal.state in OPEN_DEALS]


def _return_what_is_left(work: Work, campaign: CampaignView, rest: Rest) -> None:
    """Return what a campaign holds that is ending or has ended, late money too, so that it can close."""
    if campaigns.get(work, campaign.id).state not in refunds.GIVES_BACK:
        return
    if ledger.balance(work, books.escrow_account(campaign.id, campaign.currency)):
        refunds.return_rest(work, campaign.id, rest)
    refunds.settle_waiting(work, campaign.id)
    refunds.close_if_empty(work, campaign.id)


def _freezing_lines(work: Work, campaign: CampaignView) -> tuple[Line, ...]:
    accounts = [books.escrow_account(campaign.id, campaign.currency)]
    for deal in DealRepository(work.session).of_campaign(campaign.id):
        accounts += _accounts_of(deal)
    balances = ledger.balance_each(work, accounts)
    taken = tuple(Line(account, held.minor) for account, held in zip(accounts, balances, strict=True) if held)
    return (*taken, Line(_frozen(campaign), -sum(line.minor for line in taken)))


def _accounts_of(deal: Deal) -> list[Account]:
    holds = [books.hold_account(piece.id, deal.currency) for piece in deal.deliverables]
    return [*holds, books.frozen_account(deal.id, deal.currency)]


def _post(
    work: Work,
    kind: PostingKind,
    chargeback: Chargeback,
    lines: tuple[Line, ...],
    campaign: CampaignView,
) -> None:
    ledger.move(work, Posting(kind, f"{kind}:{chargeback.ref}", lines, "campaign", str(campaign.id)))


def _frozen(campaign: CampaignView) -> Account:
    return books.frozen_account(campaign.id, campaign.currency)


def _receivable(campaign: CampaignView) -> Account:
    return Account(K.DISPUTE_RECEIVABLE, campaign.currency, campaign.id)


def _clearing(campaign: CampaignView) -> Account:
    return Account(K.RAIL_CLEARING, campaign.currency)
