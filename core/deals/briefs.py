"""Changing a campaign that was saved: what touches nobody changes at once, what was agreed is asked about.

An open offer follows the campaign, and its mark with it; an agreed deal keeps the version of the brief that
it rests on until its creator takes the new one. No money is asked for: a larger budget waits for a checkout.
"""

from dataclasses import dataclass
from uuid import UUID

from core.accounts.states import Permission
from core.campaigns import briefs
from core.campaigns import service as campaigns
from core.campaigns.errors import BudgetBelowPaid
from core.campaigns.schemas import CampaignView, ChangeCampaign
from core.deals import engine, views
from core.deals.repository import DealRepository
from core.deals.schemas import DealView
from core.deals.states import DealState
from core.kit.actors import SYSTEM
from core.kit.consent import binding, require
from core.kit.work import Work
from core.payments import books

FOLLOW: dict[DealState, str] = {
    DealState.OFFERED: "follow_brief",
    DealState.APPLIED: "follow_brief",
    DealState.AGREED: "ask_brief",
}
"""What a new brief means for a deal, by where it stands; any other keeps what it has."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A campaign as it is now, how many open offers follow it, and how many creators are asked."""

    campaign: CampaignView
    following: int
    asked: int


@binding
def change(work: Work, command: ChangeCampaign, *, shown: str) -> Changed:
    """Change a campaign's brief and budget, for what was shown of it.

    Raises:
        CampaignNotFound, RoleMissing, ShownChanged, CampaignStepNotPossible.
        BudgetBelowPaid, and what `core.campaigns.service.check` raises.
    """
    before = campaigns.lock_own(work, command.campaign_id, Permission.RUN_CAMPAIGNS)
    require(shown, before.mark, campaign_id=before.id)
    paid = books.campaign_money(work, before, []).paid_in
    if command.budget < paid and command.budget != before.budget:
        raise BudgetBelowPaid(paid=paid)
    campaign = briefs.change(work, command)
    taken = _tell_deals(work, campaign) if campaign.brief_number != before.brief_number else []
    return Changed(campaign, taken.count("follow_brief"), taken.count("ask_brief"))


def _tell_deals(work: Work, campaign: CampaignView) -> list[str]:
    own, taken = work.acting_as(SYSTEM), []
    for deal in DealRepository(work.session).of_campaign(campaign.id):
        step = FOLLOW.get(deal.state)
        if step is not None:
            engine.take(own, step, deal.id)
            taken.append(step)
    return taken


@binding
def answer(work: Work, deal_id: UUID, *, agree: bool, shown: str) -> DealView:
    """Take the campaign's new brief for one's own deal, or stay with the one that was agreed to.

    Raises:
        DealNotFound, ShownChanged, NotYourStep, StepNotPossible where nothing is asked.
    """
    name = "agree_brief" if agree else "refuse_brief"
    return views.view(work, engine.take(work, name, deal_id, shown=shown))
