"""Looking at deals; nothing here changes one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from core.campaigns import briefs
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, CampaignView
from core.deals import history as written
from core.deals import marks, prices, sides
from core.deals.deal_table import DEAL
from core.deals.errors import (
    DealNotFound,
)
from core.deals.models import Deal, DealEvent, Deliverable
from core.deals.repository import DealRepository
from core.deals.schemas import (
    Amendment,
    DealView,
    DeliverableView,
    Earlier,
    EventView,
    Published,
)
from core.deals.states import DealState, DeliverableState, Standing
from core.kit.estimates import Estimate
from core.kit.money import Currency, Money
from core.kit.process import Party
from core.kit.vocabulary import DeliverableKind
from core.kit.work import Work
from core.ledger import service as ledger
from core.ledger.schemas import Account
from core.payments import books
from core.payments.schemas import CampaignMoney
from core.terms.schemas import Terms
from core.trust import service as trust

REASON_CHARACTERS_MAX = 2_000
BAND_DEALS_MIN = 3
BOTH = frozenset({Party.BRAND, Party.CREATOR})


def get(work: Work, deal_id: UUID) -> DealView:
    """Return a deal to one of its parties. Raises DealNotFound."""
    deal = DealRepository(work.session).get(deal_id)
    if deal is None:
        raise DealNotFound(deal_id=deal_id)
    sides.party_of(work, deal)
    return view(work, deal)


def get_by_piece(work: Work, deliverable_id: UUID) -> tuple[DealView, DeliverableView]:
    """Return a deliverable and its deal to one of its parties. Raises DealNotFound."""
    deal = get(work, deal_of(work, deliverable_id))
    return deal, next(d for d in deal.deliverables if d.id == deliverable_id)


def side_of(work: Work, deal: DealView) -> Party:
    """Return as whom the acting person stands to a deal."""
    row = DealRepository(work.session).get(deal.id)
    if row is None:
        raise DealNotFound(deal_id=deal.id)
    return sides.party_of(work, row)


def of_campaign(work: Work, campaign_id: UUID) -> list[DealView]:
    """Return a campaign's deals, the oldest first."""
    return views_of(work, DealRepository(work.session).of_campaign(campaign_id))


def of_campaigns(work: Work, campaign_ids: list[UUID]) -> dict[UUID, list[DealView]]:
    """Return the deals of several campaigns, by campaign, the oldest first."""
    by_campaign: dict[UUID, list[DealView]] = {campaign_id: [] for campaign_id in campaign_ids}
    for deal in views_of(work, DealRepository(work.session).of_campaigns(campaign_ids)):
        by_campaign[deal.campaign_id].append(deal)
    return by_campaign


def counts(work: Work, campaign_ids: list[UUID]) -> dict[UUID, dict[DealState, int]]:
    """Return how many deals of several campaigns are in which state; one query."""
    found = DealRepository(work.session).counts(campaign_ids)
    return {campaign_id: found.get(campaign_id, {}) for campaign_id in campaign_ids}


def of_creator(work: Work, creator_id: UUID) -> list[DealView]:
    """Return a creator's deals, the oldest first."""
    return views_of(work, DealRepository(work.session).of_creator(creator_id))


def of_workspaces(work: Work, workspace_ids: list[UUID]) -> list[DealView]:
    """Return the deals of several workspaces, the oldest first."""
    return views_of(work, DealRepository(work.session).of_workspaces(workspace_ids))


def disputed(work: Work) -> list[DealView]:
    """Return the deals an operator must decide."""
    return views_of(work, DealRepository(work.session).in_state(DealState.DISPUTED))


def history(work: Work, deal_id: UUID) -> list[EventView]:
    """Return what happened to a deal, in order, without what people wrote with it."""
    return [_event(row, {}) for row in DealRepository(work.session).events(deal_id)]


def last_step(work: Work, deal_id: UUID, piece_id: UUID | None = None, draft: int = 0) -> EventView | None:
    """Return what happened last to a deal itself, or to one draft of a piece of it; None for nothing."""
    for row in reversed(DealRepository(work.session).events(deal_id)):
        number = (row.stood.get("piece") or {}).get("draft_number")
        if row.deliverable_id == piece_id and (piece_id is None or number == draft):
            return _event(row, {})
    return None


def evidence(work: Work, deal_id: UUID) -> list[EventView]:
    """Return the same with what people wrote, but the words of who was forgotten."""
    rows = DealRepository(work.session).events(deal_id)
    return [_event(row, words) for row, words in zip(rows, written.opened(work, rows), strict=True)]


def _event(row: DealEvent, words: dict[str, object]) -> EventView:
    facts = {**row.facts, **words}
    return EventView(row.at, row.step, row.actor, row.from_state, row.to_state, row.deliverable_id, facts)


def as_shown(work: Work, deal_id: UUID, shown: str) -> Earlier | None:
    """Return how a deal, or a piece of it, stood when it had this mark; None where no step left it so."""
    deals = DealRepository(work.session)
    deal = deals.get(deal_id)
    if deal is None:
        raise DealNotFound(deal_id=deal_id)
    sides.party_of(work, deal)
    for event in reversed(deals.events(deal_id)):
        piece = event.stood.get("piece") or {}
        if shown not in {event.stood.get("mark"), piece.get("mark")}:
            continue
        of_piece = piece.get("mark") == shown
        return Earlier(
            DealState(event.stood["state"]),
            event.stood["round"],
            Money(event.stood["price_minor"], deal.currency),
            brief_of(work, deal.campaign_id, event.stood.get("brief", 1)),
            DeliverableState(piece["state"]) if of_piece else None,
            piece["draft_number"] if of_piece else None,
        )
    return None


def brief_of(work: Work, campaign_id: UUID, number: int) -> Brief:
    """Return a version of a campaign's brief."""
    campaign = campaigns.get(work, campaign_id)
    return briefs.of_versions(work, [campaign], [(campaign_id, number)])[campaign_id, number]


def steps_taken(work: Work) -> dict[str, int]:
    """Count the steps taken in all deals, as "deal.<step>" and "deliverable.<step>"."""
    return DealRepository(work.session).steps_taken()


def money_of(work: Work, campaign_id: UUID) -> CampaignMoney:
    """Return where every unit paid into a campaign is."""
    return money_in(work, campaigns.get(work, campaign_id), of_campaign(work, campaign_id))


def money_in(work: Work, campaign: CampaignView, all_deals: Iterable[DealView]) -> CampaignMoney:
    """Return the same where the campaign and all of its deals have been read; one query."""
    parts: list[UUID] = []
    for deal in all_deals:
        parts += [deal.id, *(piece.id for piece in deal.deliverables)]
    return books.campaign_money(work, campaign, parts)


def to_review(work: Work, found: Iterable[DealView]) -> dict[UUID, frozenset[Party]]:
    """Return who may still review each of some deals; one query where any can be reviewed."""
    shown = list(found)
    open_ = [deal.id for deal in shown if deal.review_until is not None and deal.review_until > work.now]
    spoken = trust.reviewed_by(work, open_) if open_ else {}
    sides = {deal_id: BOTH - {Party(side) for side in spoken.get(deal_id, ())} for deal_id in open_}
    return {deal.id: sides.get(deal.id, frozenset()) for deal in shown}


def held_of(work: Work, found: Iterable[DealView]) -> dict[UUID, Money]:
    """Return what is held or frozen for several deals, by deal; one query."""
    accounts = [(deal, account) for deal in found for account in _accounts_of(deal)]
    balances = ledger.balance_each(work, [account for _, account in accounts])
    held: dict[UUID, Money] = {}
    for (deal, _), balance in zip(accounts, balances, strict=True):
        held[deal.id] = held.get(deal.id, Money(0, balance.currency)) + balance
    return held


def held_for(work: Work, deal: DealView) -> Money:
    """Return what is held or frozen for a deal."""
    return held_of(work, [deal])[deal.id]


def needed_for(work: Work, deal: DealView) -> Money:
    """Return what a campaign lacks to hold a deal's price, nothing where it has enough."""
    free = books.escrow_of(work, campaigns.get(work, deal.campaign_id))
    missing = deal.price - held_for(work, deal) - free
    return Money(max(missing.minor, 0), deal.price.currency)


def price_bands(work: Work, found: Iterable[DealView]) -> dict[UUID, Estimate]:
    """Return what the same work in the same currency cost in other deals, by deal; one query.

    Few deals would tell on single people: a band needs BAND_DEALS_MIN.
    """
    works = {
        deal.id: (prices.work_of(p.kind for p in deal.deliverables), deal.price.currency) for deal in found
    }
    bands = DealRepository(work.session).price_bands(set(works.values()), BAND_DEALS_MIN)
    return {deal_id: bands[key] for deal_id, key in works.items() if key in bands}


def published(work: Work, creator_ids: Sequence[UUID], most: int) -> dict[UUID, list[Published]]:
    """Return the newest posts that several creators made here, by creator; one query."""
    found: dict[UUID, list[Published]] = {creator_id: [] for creator_id in creator_ids}
    for creator_id, piece in DealRepository(work.session).published(creator_ids):
        if len(found[creator_id]) < most:
            found[creator_id].append(Published(piece.id, piece.kind, piece.platform, piece.post_url))
    return found


def usual_price(work: Work, kinds: Iterable[DeliverableKind], currency: Currency) -> Estimate | None:
    """Return what some work cost in deals so far; None for too few."""
    key = (prices.work_of(kinds), currency)
    return DealRepository(work.session).price_bands({key}, BAND_DEALS_MIN).get(key)


def deal_of(work: Work, deliverable_id: UUID) -> UUID:
    """Return which deal a piece belongs to. Raises DealNotFound."""
    deal_id = DealRepository(work.session).deal_of(deliverable_id)
    if deal_id is None:
        raise DealNotFound(deliverable_id=deliverable_id)
    return deal_id


def view(work: Work, deal: Deal) -> DealView:
    """Return a deal as others may see it."""
    return views_of(work, [deal])[0]


def views_of(work: Work, found: Sequence[Deal]) -> list[DealView]:
    """Return deals as others may see them; one query, whatever their number, where a clock may run."""
    clocked = [deal.id for deal in found if deal.state in DEAL.clocked]
    answers = DealRepository(work.session).answers_by(clocked) if clocked else {}
    return [_view(deal, answers.get(deal.id)) for deal in found]


def _accounts_of(deal: DealView) -> list[Account]:
    currency = deal.price.currency
    holds = [books.hold_account(piece.id, currency) for piece in deal.deliverables]
    return [books.frozen_account(deal.id, currency), *holds]


def _view(deal: Deal, answer_by: datetime | None) -> DealView:
    return DealView(
        id=deal.id,
        campaign_id=deal.campaign_id,
        workspace_id=deal.workspace_id,
        creator_id=deal.creator_id,
        state=deal.state,
        price=Money(deal.price_minor, deal.currency),
        turn=deal.turn,
        round=deal.round,
        note=deal.note,
        brief_number=deal.brief_number,
        brief_asked=deal.brief_asked,
        amendment=Amendment.from_json(deal.amendment, deal.currency),
        terms=Terms.from_json(deal.terms),
        terms_hash=deal.terms_hash,
        answer_by=answer_by,
        cancel_by=deal.cancel_by,
        dispute_by=deal.dispute_by,
        dispute_reason=deal.dispute_reason,
        dispute_answer=deal.dispute_answer,
        review_until=deal.review_until,
        stands_for=tuple(Standing(reason) for reason in deal.stands_for),
        deliverables=tuple(_piece(deal, piece) for piece in deal.deliverables),
        mark=marks.of_deal(deal),
    )


def piece_view(work: Work, piece: Deliverable) -> DeliverableView:
    """Return a piece as others may see it."""
    deal = DealRepository(work.session).get(piece.deal_id)
    if deal is None:
        raise DealNotFound(deal_id=piece.deal_id)
    return _piece(deal, piece)


def _piece(deal: Deal, piece: Deliverable) -> DeliverableView:
    return DeliverableView(
        id=piece.id,
        deal_id=piece.deal_id,
        ordinal=piece.ordinal,
        kind=piece.kind,
        platform=piece.platform,
        price=Money(piece.price_minor, deal.currency),
        state=piece.state,
        overdue_from=piece.overdue_from,
        draft_caption=piece.draft_caption,
        draft_media=tuple(UUID(media_id) for media_id in piece.draft_media),
        draft_number=piece.draft_number,
        rounds=piece.rounds,
        change_request=piece.change_request,
        draft_due_at=piece.draft_due_at,
        post_due_at=piece.post_due_at,
        approved_at=piece.approved_at,
        submitted_at=piece.submitted_at,
        post_url=piece.post_url,
        post_media=tuple(UUID(media_id) for media_id in piece.post_media),
        post_words=piece.post_words,
        posted_at=piece.posted_at,
        live_at=piece.live_at,
        retained_until=piece.retained_until,
        doubted_at=piece.doubted_at,
        missing_since=piece.missing_since,
        post_failures=piece.post_failures,
        released=Money(piece.released_minor, deal.currency),
        mark=marks.of_piece(piece),
    )
