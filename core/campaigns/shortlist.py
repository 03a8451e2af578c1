"""Whom a campaign takes: who was found, whom its brand chose, took out, and has written to.

What is paid for and what is offered rest on the mark of the chosen set: it is who was shown, at those prices.
A campaign's card offers to pay for the set: it is redrawn when that changes.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns.errors import CampaignStepNotPossible
from core.campaigns.models import Suggested
from core.campaigns.repository import CampaignRepository
from core.campaigns.schemas import CampaignView, Suggestion
from core.campaigns.states import EDITABLE, Listed
from core.kit.consent import mark
from core.kit.estimates import Estimate
from core.kit.money import Currency, Money
from core.kit.remarks import Remark
from core.kit.work import Work
from core.messaging import cards, outbox


def keep(work: Work, campaign_id: UUID, found: Sequence[Suggestion]) -> None:
    """Keep who was found and is chosen, best first, in place of who was before.

    Whom the brand took out or has written to stays noted, unless they are among these.

    Raises:
        CampaignNotFound, RoleMissing, CampaignStepNotPossible.
    """
    _may_choose(campaigns.lock_own(work, campaign_id, Permission.RUN_CAMPAIGNS))
    rows = [_row(campaign_id, suggestion, place) for place, suggestion in enumerate(found)]
    CampaignRepository(work.session).replace_found(campaign_id, rows)
    outbox.redraw(work, cards.campaign(campaign_id))


def note(work: Work, campaign_id: UUID, shown: Sequence[Suggestion]) -> None:
    """Note who else was shown for a campaign; raises as `keep` does."""
    _may_choose(campaigns.lock_own(work, campaign_id, Permission.RUN_CAMPAIGNS))
    campaigns_ = CampaignRepository(work.session)
    known = {row.creator_id for row in campaigns_.listed([campaign_id])}
    new = [suggestion for suggestion in shown if suggestion.creator_id not in known]
    for place, suggestion in enumerate(new, len(known)):
        campaigns_.put(_row(campaign_id, suggestion, place))


def choose(work: Work, campaign_id: UUID, suggestion: Suggestion) -> None:
    """Put one creator into the set, whatever was thought of them before; raises as `keep` does."""
    _may_choose(campaigns.lock_own(work, campaign_id, Permission.RUN_CAMPAIGNS))
    campaigns_ = CampaignRepository(work.session)
    known = campaigns_.listed([campaign_id])
    place = next((row.place for row in known if row.creator_id == suggestion.creator_id), len(known))
    campaigns_.put(_row(campaign_id, replace(suggestion, listed=Listed.CHOSEN), place))
    outbox.redraw(work, cards.campaign(campaign_id))


def remove(work: Work, campaign_id: UUID, creator_id: UUID) -> None:
    """Take one creator out of the set; nobody takes the place. Raises as `keep` does."""
    _may_choose(campaigns.lock_own(work, campaign_id, Permission.RUN_CAMPAIGNS))
    CampaignRepository(work.session).list_as(campaign_id, [creator_id], Listed.REMOVED)
    outbox.redraw(work, cards.campaign(campaign_id))


def offered(work: Work, campaign_id: UUID, creator_ids: Sequence[UUID]) -> None:
    """Note to whom an offer went out: they wait for none any more."""
    CampaignRepository(work.session).list_as(campaign_id, list(creator_ids), Listed.OFFERED)


def of_campaign(work: Work, campaign: CampaignView) -> list[Suggestion]:
    """Return everybody who was found for a campaign, best first."""
    rows = CampaignRepository(work.session).listed([campaign.id])
    return [_view(row, campaign.currency) for row in rows]


def chosen(work: Work, campaign: CampaignView) -> list[Suggestion]:
    """Return the chosen set: whoever shall get an offer and has none yet."""
    return [found for found in of_campaign(work, campaign) if found.listed is Listed.CHOSEN]


def cost(campaign: CampaignView, found: Sequence[Suggestion]) -> Money:
    """Return what some of them cost together."""
    return Money(sum(suggestion.price.minor for suggestion in found), campaign.currency)


def mark_of(work: Work, campaign: CampaignView) -> str:
    """Return the mark of a campaign with the set that was chosen for it, at its prices."""
    return marks_of(work, [campaign])[campaign.id]


def marks_of(work: Work, found: Sequence[CampaignView]) -> dict[UUID, str]:
    """Return the same of several campaigns, by campaign; one query."""
    listed: dict[UUID, list[tuple[str, int]]] = {campaign.id: [] for campaign in found}
    for row in CampaignRepository(work.session).listed(list(listed)):
        if row.listed is Listed.CHOSEN:
            listed[row.campaign_id].append((row.creator_id.hex, row.price_minor))
    return {c.id: mark("shortlist", c.mark, *sorted(listed[c.id])) for c in found}


def _may_choose(campaign: CampaignView) -> None:
    if campaign.state not in EDITABLE:
        raise CampaignStepNotPossible(state=campaign.state, step="choose")


def _row(campaign_id: UUID, suggestion: Suggestion, place: int) -> Suggested:
    return Suggested(
        campaign_id=campaign_id,
        creator_id=suggestion.creator_id,
        price_minor=suggestion.price.minor,
        price_between=suggestion.price_between.to_json(),
        score=suggestion.score,
        reasons=[reason.to_json() for reason in suggestion.reasons],
        listed=suggestion.listed,
        place=place,
    )


def _view(row: Suggested, currency: Currency) -> Suggestion:
    return Suggestion(
        row.creator_id,
        currency,
        Estimate.from_json(row.price_minor, row.price_between),
        row.score,
        tuple(Remark.from_json(reason) for reason in row.reasons),
        row.listed,
    )
