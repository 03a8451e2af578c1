"""A campaign's brief in versions: it may change, and a deal goes by the version that it rests on.

A version ends when something changes that creators are told. Whom the brand looks for, and for how much, is
told to nobody: that changes without one.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns.errors import CampaignStepNotPossible
from core.campaigns.models import FormerBrief
from core.campaigns.repository import CampaignRepository
from core.campaigns.schemas import Brief, CampaignView, ChangeCampaign
from core.campaigns.states import EDITABLE
from core.kit.consent import binding, require
from core.kit.work import Work
from core.messaging import cards, outbox

WISHES: dict[str, dict[str, Any]] = {
    "platforms": {"platforms": ()},
    "cities": {"cities": ()},
    "countries": {"countries": ()},
    "languages": {"languages": ()},
    "followers": {"followers_min": None, "followers_max": None},
    "exclusions": {"exclusions": ()},
}
"""The wishes about whom to take, each as the brief is without it."""

Version = tuple[UUID, int]
"""A campaign and the number of its brief."""


def change(work: Work, command: ChangeCampaign) -> CampaignView:
    """Let a locked campaign have another brief and budget; who may, and what follows, is the caller's.

    Raises:
        CampaignStepNotPossible, and what `service.check` raises.
    """
    campaign = campaigns.locked(work, command.campaign_id)
    if campaign.state not in EDITABLE:
        raise CampaignStepNotPossible(state=campaign.state, step="change")
    before = campaigns.from_json(campaign.brief)
    campaigns.check(work, command.budget, command.brief, before)
    if command.brief.told != before.told:
        former = FormerBrief(
            campaign_id=campaign.id,
            number=campaign.brief_number,
            brief=campaign.brief,
            replaced_at=work.now,
        )
        work.session.add(former)
        campaign.brief_number += 1
    campaign.brief, campaign.budget_minor = campaigns.to_json(command.brief), command.budget.minor
    work.session.flush()
    outbox.redraw(work, cards.campaign(campaign.id))
    if not command.budget:
        campaigns.advance(work, campaign.id, "open")
    return campaigns.view(campaign)


@binding
def relax(work: Work, campaign_id: UUID, wish: str, *, shown: str) -> CampaignView:
    """Give up one wish about whom to take; every other, and what is asked for, stays as it was.

    Raises:
        CampaignNotFound, RoleMissing, CampaignStepNotPossible.
        ShownChanged: when it is not the campaign that was shown.
    """
    campaigns.own(work, campaign_id, Permission.RUN_CAMPAIGNS)
    campaign = campaigns.lock(work, campaign_id)
    require(shown, campaign.mark, campaign_id=campaign_id)
    brief = replace(campaign.brief, **WISHES[wish])
    if wish == "platforms":
        anywhere = tuple(replace(spec, platform=None) for spec in brief.deliverables)
        brief = replace(brief, deliverables=anywhere)
    return change(work, ChangeCampaign(campaign_id, campaign.budget, brief))


def asked(work: Work, campaign: CampaignView, number: int) -> Brief:
    """Return one version of a campaign's brief."""
    return of_versions(work, [campaign], [(campaign.id, number)])[campaign.id, number]


def of_versions(
    work: Work, found: Collection[CampaignView], wanted: Collection[Version]
) -> dict[Version, Brief]:
    """Return briefs by campaign and number: of campaigns that are read already, one query for former ones."""
    known = {(campaign.id, campaign.brief_number): campaign.brief for campaign in found}
    missing = [campaign_id for campaign_id, number in wanted if (campaign_id, number) not in known]
    rows = CampaignRepository(work.session).former_briefs(missing) if missing else []
    return known | {(row.campaign_id, row.number): campaigns.from_json(row.brief) for row in rows}
