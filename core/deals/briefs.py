"""Changing a campaign that was saved: what touches nobody changes at once, what was agreed is asked about.

An open offer follows the campaign, and its mark with it; an agreed deal keeps the version of the brief that
it rests on, its pieces and its price until its creator takes the new ones. What the new pieces cost is shown
to the brand before it asks, and must be free in the campaign; it is held when the creator says yes. No other
money is asked for: a larger budget waits for a checkout.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from core.accounts.states import Permission
from core.campaigns import briefs
from core.campaigns import service as campaigns
from core.campaigns.errors import BudgetBelowPaid
from core.campaigns.schemas import Brief, CampaignView, ChangeCampaign
from core.creators import service as creators
from core.deals import amendments, engine, pieces, views
from core.deals.amendments import AgreedWork, agreed_work, amend, differs
from core.deals.deal_table import WORK_AGREED
from core.deals.errors import AmendmentUnpaid
from core.deals.models import Deal
from core.deals.repository import DealRepository
from core.deals.schemas import Amendment, DealView
from core.deals.states import DealState
from core.kit.actors import SYSTEM
from core.kit.consent import binding, mark, require
from core.kit.money import Money
from core.kit.work import Work
from core.payments import books

FOLLOW: dict[DealState, str] = {
    DealState.OFFERED: "follow_brief",
    DealState.APPLIED: "follow_brief",
    **dict.fromkeys(WORK_AGREED, "ask_brief"),
}
"""What a new brief means for a deal, by where it stands; any other keeps what it has."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A campaign as it is now, how many open offers follow it, how many creators are asked.

    `kept` are those of them whose pieces stay as agreed, for what they handed in.
    """

    campaign: CampaignView
    following: int
    asked: int
    kept: int


@binding
def change(work: Work, command: ChangeCampaign, *, shown: str) -> Changed:
    """Change a campaign's brief and budget, for what was shown of it and of the work that was agreed.

    Raises:
        CampaignNotFound, RoleMissing, ShownChanged, CampaignStepNotPossible.
        BudgetBelowPaid, and what `core.campaigns.service.check` raises.
        AmendmentUnpaid: when less is free than creators who agreed would get more.
    """
    before = campaigns.lock_own(work, command.campaign_id, Permission.RUN_CAMPAIGNS)
    works = agreed_works(work, before.id)
    require(shown, mark("change", before.mark, amendments.mark_of(works)), campaign_id=before.id)
    money = books.campaign_money(work, before, [])
    if command.budget < money.paid_in and command.budget != before.budget:
        raise BudgetBelowPaid(paid=money.paid_in)
    campaign = briefs.change(work, command)
    if campaign.brief_number == before.brief_number:
        return Changed(campaign, 0, 0, 0)
    amended = amendments_of(works, campaign.brief)
    if amended:
        _require_paid(work, campaign, works, amended)
    taken = _tell_deals(work, campaign, amended)
    kept = sum(each.deal_id not in amended and differs(each, campaign.brief) for each in works)
    return Changed(campaign, taken.count("follow_brief"), taken.count("ask_brief"), kept)


def mark_of(work: Work, campaign: CampaignView) -> str:
    """Return the mark of a campaign that may be changed, with the agreed work whose price that may touch."""
    return mark("change", campaign.mark, amendments.mark_of(agreed_works(work, campaign.id)))


def agreed_works(work: Work, campaign_id: UUID) -> list[AgreedWork]:
    """Return the agreed work of a campaign that a change of its pieces would touch."""
    deals = [deal for deal in DealRepository(work.session).of_campaign(campaign_id) if _is_asked(deal)]
    known = creators.many(work, [deal.creator_id for deal in deals])
    return [agreed_work(deal, known[deal.creator_id].rates) for deal in deals]


def amendments_of(works: Sequence[AgreedWork], brief: Brief) -> dict[UUID, Amendment]:
    """Return what creators who agreed would be asked for, by deal; those whose pieces stay are not there."""
    found = {each.deal_id: amend(each, brief) for each in works}
    return {deal_id: amendment for deal_id, amendment in found.items() if amendment is not None}


def costs_more(works: Sequence[AgreedWork], amended: Mapping[UUID, Amendment]) -> int:
    """Return what the amendments cost together above what was agreed, in minor units."""
    return sum(amended[w.deal_id].price.minor - w.price.minor for w in works if w.deal_id in amended)


def _require_paid(
    work: Work, campaign: CampaignView, works: Sequence[AgreedWork], amended: Mapping[UUID, Amendment]
) -> None:
    free = books.escrow_of(work, campaign)
    more = Money(costs_more(works, amended), campaign.currency)
    if more > free:
        raise AmendmentUnpaid(missing=more - free)


def _is_asked(deal: Deal) -> bool:
    return FOLLOW.get(deal.state) == "ask_brief"


def _tell_deals(work: Work, campaign: CampaignView, amended: Mapping[UUID, Amendment]) -> list[str]:
    own, taken = work.acting_as(SYSTEM), []
    for deal in DealRepository(work.session).of_campaign(campaign.id):
        step = FOLLOW.get(deal.state)
        if step is not None:
            amendment = amended.get(deal.id)
            engine.take(own, step, deal.id, {"amendment": amendment.to_json()} if amendment else None)
            taken.append(step)
    return taken


@binding
def answer(work: Work, deal_id: UUID, *, agree: bool, shown: str) -> DealView:
    """Take the campaign's new brief for one's own deal, or stay with the one that was agreed to.

    Where it asks for other pieces, those that come begin, and those that go end; their money is moved.

    Raises:
        DealNotFound, ShownChanged, NotYourStep, StepNotPossible where nothing is asked.
        WorkHandedIn: when what would be left out was handed in since.
        AmendmentNotCovered: when the money for it is not free any more.
    """
    if not agree:
        return views.view(work, engine.take(work, "refuse_brief", deal_id, shown=shown))
    campaign, deal = engine.open_deal(work, deal_id)
    asked = Amendment.from_json(deal.amendment, deal.currency)
    engine.take(work, "agree_brief", deal_id, shown=shown)
    if asked is not None:
        for piece_id in asked.left_out:
            engine.take_piece(work.acting_as(SYSTEM), "leave_out", piece_id)
        if deal.state is DealState.AGREED:  # else its work begins when the gift is there
            engine.follow_deal(work, campaign, [deal], "start")
        pieces.complete_if_done(work, deal_id)
    return views.view(work, deal)
