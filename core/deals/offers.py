"""Making and answering offers: each verb is a step of the deal's table, taken by somebody who may take it."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID, uuid4

from core.accounts import permissions
from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.creators import freezes as creator_freezes
from core.creators import service as creators
from core.creators.schemas import CreatorView
from core.deals import endings, engine, plans, prices, sides, spots, views
from core.deals.deal_table import DEAL
from core.deals.errors import (
    AlreadyEngaged,
    AskedOutOfRange,
    CreatorNotAvailable,
    DealNotFound,
    NoAccountThere,
    PriceOutOfRange,
)
from core.deals.models import Deal
from core.deals.repository import DealRepository
from core.deals.schemas import (
    Apply,
    DealView,
    MakeOffer,
)
from core.deals.states import OPEN_DEALS, VERSION, DealState
from core.kit.actors import SYSTEM
from core.kit.consent import binding, mark, require
from core.kit.money import Money
from core.kit.process import Party
from core.kit.text import clean
from core.kit.work import Work
from core.networks.places import BY_PLATFORM
from core.terms import service as conditions


@binding
def offer(work: Work, command: MakeOffer, *, shown: str) -> DealView:
    """Offer a creator the campaign's work; the price is held until it is answered.

    Raises:
        ShownChanged: when the campaign is not as it was shown.
        CampaignNotFunded, AlreadyEngaged, PriceOutOfRange, CreatorNotAvailable, NotEnoughMoney.
        WorkspaceFrozen, CreatorFrozen: while an operator has stopped the brand, or the creator.
    """
    campaign = campaigns.lock_own(work, command.campaign_id, Permission.RUN_CAMPAIGNS)
    require(shown, campaign.mark, campaign_id=campaign.id)
    return _create(work, campaign, command.creator_id, command.price, command.note, "offer")


@binding
def apply(work: Work, command: Apply, *, shown: str) -> DealView:
    """Ask to take part in a funded campaign; nothing is held until the brand accepts.

    Raises:
        ShownChanged: when the campaign, or what is taken of the price, is not as it was shown.
        CampaignNotFunded, AlreadyEngaged, PriceOutOfRange, DealNotFound without a profile.
    """
    creator = creators.of_person(work, work.actor.person_id) if work.actor.person_id else None
    if creator is None:
        raise DealNotFound
    campaign = campaigns.get(work, command.campaign_id)
    require(shown, application_mark(work, campaign), campaign_id=campaign.id)
    return _create(work, campaign, creator.id, command.price, command.note, "apply")


def application_mark(work: Work, campaign: CampaignView) -> str:
    """Return the mark of what an application agrees to: the campaign's work, and the terms of its deals."""
    return application_marks(work, [campaign])[campaign.id]


def application_marks(work: Work, found: Sequence[CampaignView]) -> dict[UUID, str]:
    """Return the same for several campaigns, by id; one query."""
    terms = conditions.terms_of_many(work, {campaign.workspace_id for campaign in found})
    return {
        campaign.id: mark("application", campaign.mark, asdict(terms[campaign.workspace_id]))
        for campaign in found
    }


@binding
def counter(work: Work, deal_id: UUID, price: Money, note: str = "", *, shown: str) -> DealView:
    """Name another price; the other side answers. Only a brand's own price is held before it is agreed.

    Raises:
        ShownChanged, NotYourTurn, NoRoundsLeft, PriceOutOfRange, BothSides; NotEnoughMoney for a brand alone.
    """
    facts = {"price_minor": price.minor, "note": clean(note, views.REASON_CHARACTERS_MAX)}
    _, deal = engine.open_deal(work, deal_id)
    if deal.currency is not price.currency:
        sides.party_of(work, deal)  # a stranger hears that there is no such deal
        raise plans.out_of_range(deal)
    return views.view(work, engine.take(work, "counter", deal_id, facts, shown=shown))


@binding
def accept(work: Work, deal_id: UUID, *, shown: str) -> DealView:
    """Agree: the terms are frozen with a hash and the work begins, or the gift is sent that it waits for.

    Raises ShownChanged, NotYourTurn.
    """
    _, known = engine.open_deal(work, deal_id)
    name = "accept_application" if known.state is DealState.APPLIED else "accept"
    deal = engine.take(work, name, deal_id, shown=shown)
    if views.brief_of(work, deal.campaign_id, deal.brief_number).ships:
        engine.take(work.acting_as(SYSTEM), "await_address", deal_id)
        return views.view(work, deal)
    for piece in deal.deliverables:
        engine.take_piece(work.acting_as(SYSTEM), "start", piece.id)
    return views.view(work, deal)


@binding
def decline(work: Work, deal_id: UUID, reason: str = "", *, shown: str) -> DealView:
    """Say no; what was held is free again."""
    return endings.answer(work, "decline", deal_id, reason, shown=shown)


@binding
def withdraw(work: Work, deal_id: UUID, reason: str = "", *, shown: str) -> DealView:
    """Take back one's own offer or application."""
    return endings.answer(work, "withdraw", deal_id, reason, shown=shown)


def _require_price(campaign: CampaignView, pieces: int, price: Money, name: str) -> None:
    """Insist on a price that a campaign can pay; where it pays no cash, a creator may still ask for some.

    Raises PriceOutOfRange, AskedOutOfRange.
    """
    free = campaign.cashless and not price
    most = campaigns.budget_most(campaign.currency) if campaign.cashless else campaign.budget
    in_range = pieces <= price.minor <= most.minor and not (campaign.cashless and name == "offer")
    if price.currency is campaign.currency and (free or in_range):
        return
    if name == "apply":
        raise AskedOutOfRange
    raise PriceOutOfRange(least=Money(pieces, campaign.currency), most=campaign.budget)


def _require_account(campaign: CampaignView, creator: CreatorView) -> None:
    """Insist that a creator is where pieces are asked for by name. Raises NoAccountThere."""
    own = {account.platform for account in creator.accounts}
    if missing := sorted(campaign.brief.own_places - own):
        raise NoAccountThere(name=creator.name, network=BY_PLATFORM[missing[0]].title)


def _create(
    work: Work, campaign: CampaignView, creator_id: UUID, price: Money, note: str, name: str
) -> DealView:
    campaign = campaigns.lock(work, campaign.id)
    permissions.team(work, campaign.workspace_id).require_free()
    creator = creator_freezes.get_free(work, creator_id)
    if name == "offer" and not creator.available:
        raise CreatorNotAvailable(name=creator.name)
    _require_account(campaign, creator)
    kinds = [kind for kind, _ in spots.asked(campaign.brief)]
    _require_price(campaign, len(kinds), price, name)
    deals = DealRepository(work.session)
    if deals.is_engaged(campaign.id, creator_id, OPEN_DEALS):
        raise AlreadyEngaged(name=creator.name)
    deal = Deal(
        id=uuid4(),
        process_version=VERSION,
        campaign_id=campaign.id,
        workspace_id=campaign.workspace_id,
        creator_id=creator_id,
        state=DealState(DEAL.find(name).target),
        price_minor=price.minor,
        currency=price.currency,
        work=prices.work_of(kinds),
        turn=Party.CREATOR if name == "offer" else Party.BRAND,
        note=clean(note, views.REASON_CHARACTERS_MAX),
        brief_number=campaign.brief_number,
        terms=conditions.terms_of(work, campaign.workspace_id).to_json(),
        stands_for=[],
        created_at=work.now,
        deliverables=plans.pieces(campaign.brief, price.minor, creator.rates),
    )
    party = Party.BRAND if name == "offer" else Party.CREATOR
    engine.begin(work, campaign, deal, name, party)
    return views.view(work, deal)
