"""Nobody's money waits without a clock or an operator's task: what stands on each account will move some day.

A clock is a timer of the deal's, a look at a post, a payable's day, a promise that is being kept, a bank that
has a chargeback to decide. Free money in a running campaign is its brand's to use or to take back.
"""

from uuid import UUID

from sqlalchemy import func, select

from core.accounts.models import Workspace
from core.campaigns.models import Campaign
from core.campaigns.states import OPEN_FOR_OFFERS, CampaignState
from core.creators.models import Creator
from core.deals.models import Deal, DealTimer, Deliverable
from core.deals.piece_table import REVIEWS_OVER
from core.deals.states import OPEN_DEALS
from core.kit.work import Work
from core.ledger import service as ledger
from core.ledger.schemas import BalanceView
from core.ledger.states import AccountKind
from core.messaging.models import OutboxEntry
from core.messaging.states import PromiseKind, PromiseState
from core.operators.models import OperatorTask
from core.payments.models import ChargebackRow, Payable
from core.payments.states import ChargebackState
from core.posts.models import WatchedPost

PROMISED = {
    AccountKind.PAYOUT_IN_TRANSIT: PromiseKind.PAY_OUT,
    AccountKind.REFUND_IN_TRANSIT: PromiseKind.REFUND,
}


def waits_for_ever(work: Work) -> list[str]:
    """Return the accounts on which money waits for nothing; an empty list is the only good answer."""
    found = [view for view in ledger.balances(work) if view.balance]
    return [f"{view.account.code} {view.balance.minor}" for view in found if not _moves(work, view)]


def _moves(work: Work, view: BalanceView) -> bool:
    kind = view.account.kind
    if kind in PROMISED:
        return _any(work, OutboxEntry, OutboxEntry.kind == PROMISED[kind], _unkept())
    rule = RULES.get(kind)
    return rule is None or rule(work, UUID(str(view.account.owner)))


def _frozen_moves(work: Work, owner: UUID) -> bool:
    deal = work.session.get(Deal, owner)
    return _deal_moves(work, deal) if deal else _chargeback_open(work, owner)


def _payable_moves(work: Work, creator_id: UUID) -> bool:
    if work.session.get_one(Creator, creator_id).frozen_at and not _task(work, creator_id, "creator_frozen"):
        return False
    return _any(work, Payable, Payable.creator_id == creator_id, Payable.payout_id.is_(None))


def _hold_moves(work: Work, piece_id: UUID) -> bool:
    piece = work.session.get_one(Deliverable, piece_id)
    deal = work.session.get_one(Deal, piece.deal_id)
    if deal.stands_for:
        return _deal_moves(work, deal)
    looked_at = _any(work, WatchedPost, WatchedPost.deliverable_id == piece_id, WatchedPost.watching)
    return looked_at or _clock(work, deal.id, piece_id) or _clock(work, deal.id, None)


def _deal_moves(work: Work, deal: Deal) -> bool:
    """Tell whether what holds a deal still will come to an end: of nested reasons, the one that holds all."""
    if "chargeback" in deal.stands_for:
        return _chargeback_open(work, deal.campaign_id)
    if "operator" in deal.stands_for:
        return _task(work, deal.id, "deal_frozen")
    if "workspace" in deal.stands_for:
        return _task(work, deal.workspace_id, "workspace_frozen")
    if "creator" in deal.stands_for:
        return _task(work, deal.creator_id, "creator_frozen")
    if "dispute" in deal.stands_for:
        return _task(work, deal.id, "dispute_opened")
    return "cancelling" in deal.stands_for and _clock(work, deal.id, None)


def _escrow_moves(work: Work, campaign_id: UUID) -> bool:
    campaign = work.session.get_one(Campaign, campaign_id)
    if work.session.get_one(Workspace, campaign.workspace_id).frozen_at:
        return _task(work, campaign.workspace_id, "workspace_frozen")
    if campaign.state is CampaignState.FROZEN:
        return _chargeback_open(work, campaign_id)
    if campaign.state is CampaignState.SETTLING:
        return _task(work, campaign_id, "refund_waits")
    if campaign.state not in OPEN_FOR_OFFERS:
        return False
    deals = work.session.scalars(
        select(Deal).where(Deal.campaign_id == campaign_id, Deal.state.in_(OPEN_DEALS))
    )
    return all(_some_end(work, deal) for deal in deals)


def _some_end(work: Work, deal: Deal) -> bool:
    """Tell whether an open deal, which keeps its campaign from closing, comes to an end by itself."""
    if deal.stands_for:
        return _deal_moves(work, deal)
    pieces = [piece.id for piece in deal.deliverables]
    watched = _any(work, WatchedPost, WatchedPost.deliverable_id.in_(pieces), WatchedPost.watching)
    return watched or _any(work, DealTimer, DealTimer.deal_id == deal.id, *_running())


def _clock(work: Work, deal_id: UUID, piece_id: UUID | None) -> bool:
    on = DealTimer.deliverable_id.is_(None) if piece_id is None else DealTimer.deliverable_id == piece_id
    return _any(work, DealTimer, DealTimer.deal_id == deal_id, on, *_running())


def _running() -> tuple[object, ...]:
    moves = DealTimer.step != REVIEWS_OVER
    return moves, DealTimer.paused_at.is_(None), DealTimer.parked_at.is_(None)


def _task(work: Work, subject_id: UUID, kind: str) -> bool:
    about = OperatorTask.subject_id == subject_id, OperatorTask.kind == kind
    return _any(work, OperatorTask, *about, OperatorTask.closed_at.is_(None))


def _owed_moves(work: Work, campaign_id: UUID) -> bool:
    return _task(work, campaign_id, "loss_open")


def _chargeback_open(work: Work, campaign_id: UUID) -> bool:
    opened = ChargebackRow.state == ChargebackState.OPEN
    return _any(work, ChargebackRow, ChargebackRow.campaign_id == campaign_id, opened)


def _unkept() -> object:
    return OutboxEntry.state.in_([PromiseState.PENDING, PromiseState.SENDING, PromiseState.PARKED])


def _any(work: Work, table: type, *conditions: object) -> bool:
    return bool(work.session.scalar(select(func.count()).select_from(table).where(*conditions)))  # type: ignore[arg-type]


RULES = {
    AccountKind.DELIVERABLE_HOLD: _hold_moves,
    AccountKind.DISPUTE_HOLD: _frozen_moves,
    AccountKind.CAMPAIGN_ESCROW: _escrow_moves,
    AccountKind.CREATOR_PAYABLE: _payable_moves,
    AccountKind.BRAND_RECEIVABLE: _owed_moves,
}
