"""The chosen set of a campaign: what there is room for, paying for it, and offers to exactly it."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns import shortlist
from core.campaigns.matching import Room
from core.campaigns.schemas import CampaignView
from core.campaigns.states import Listed
from core.deals import offers, views
from core.deals.schemas import DealView, MakeOffer
from core.deals.states import DealState
from core.kit.actors import Actor
from core.kit.consent import binding, require
from core.kit.errors import DomainError
from core.kit.money import Money
from core.kit.work import Work
from core.payments import funding
from core.payments.rails.port import Checkout, RailFacts
from core.payments.schemas import FundCampaign, FundingView
from core.payments.states import FundingState

SAID_NO = (DealState.DECLINED, DealState.WITHDRAWN, DealState.EXPIRED, DealState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a set's offers: each for itself."""

    made: tuple[DealView, ...]
    refused: tuple[tuple[UUID, DomainError], ...]


def room(work: Work, campaign: CampaignView, besides: Iterable[UUID] = ()) -> Room:
    """Return what a campaign can still take, without those it has or had, took out, or names `besides`.

    What is agreed or offered is taken off the budget and the number that is wanted.
    """
    made = views.of_campaign(work, campaign.id)
    taken = [deal for deal in made if deal.state not in SAID_NO]
    spent = sum(deal.price.minor for deal in taken)
    removed = [s.creator_id for s in shortlist.of_campaign(work, campaign) if s.listed is Listed.REMOVED]
    return Room(
        Money(max(campaign.budget.minor - spent, 0), campaign.currency),
        max(campaign.brief.wanted - len(taken), 0),
        frozenset([*(deal.creator_id for deal in made), *removed, *besides]),
    )


@binding
def pay(work: Work, command: FundCampaign, rail: RailFacts, *, shown: str) -> FundingView:
    """Pay into a campaign as `funding.fund` does; the offers go out where that was wished and all is paid."""
    paid = funding.fund(work, command, rail, shown=shown)
    if paid.state is FundingState.PAID and command.then_offer and paid.from_credit:
        _send_paid(work, command.campaign_id)
    return paid


def checkout_seen(work: Work, checkout: Checkout) -> None:
    """Take in how a checkout stands; where it is paid, its set gets the offers that were wished with it.

    They go out for whoever asked for the payment, if the set is still the one that was shown to them.
    """
    paid = funding.checkout_seen(work, checkout)
    if paid is None or not paid.then_offer or paid.asked_by is None:
        return
    campaign = campaigns.lock(work, paid.campaign_id)
    if shortlist.mark_of(work, campaign) == paid.then_offer:
        _send_paid(work.acting_as(Actor.person(paid.asked_by)), campaign.id)


@binding
def send(work: Work, campaign_id: UUID, note: str = "", *, shown: str) -> Sent:
    """Offer the work to everybody in the chosen set at the price shown; who is refused stays in it.

    Raises:
        ShownChanged: when the campaign, the set or a price is not what was shown.
        CampaignNotFound, RoleMissing.
    """
    campaign = campaigns.lock_own(work, campaign_id, Permission.RUN_CAMPAIGNS)
    require(shown, shortlist.mark_of(work, campaign), campaign_id=campaign_id)
    made: list[DealView] = []
    refused: list[tuple[UUID, DomainError]] = []
    for chosen in shortlist.chosen(work, campaign):
        command = MakeOffer(campaign_id, chosen.creator_id, chosen.price, note)
        try:
            with work.session.begin_nested():
                made.append(offers.offer(work, command, shown=campaign.mark))
        except DomainError as error:
            refused.append((chosen.creator_id, error))
    shortlist.offered(work, campaign_id, [deal.creator_id for deal in made])
    return Sent(tuple(made), tuple(refused))


def _send_paid(work: Work, campaign_id: UUID) -> None:
    """Send the offers that a payment was for; where they cannot go out, the money is there all the same."""
    with suppress(DomainError), work.session.begin_nested():
        send(work, campaign_id, shown=shortlist.mark_of(work, campaigns.get(work, campaign_id)))
