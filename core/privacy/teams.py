"""Teams that somebody leaves behind: none is left without an owner while anything hangs on it."""

from uuid import UUID

from core.accounts import members, workspaces
from core.accounts.schemas import WorkspaceView
from core.accounts.states import Role
from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.campaigns.states import CAMPAIGN, CampaignState
from core.kit.work import Work
from core.payments import books, funding
from core.privacy.errors import LastOwner


def require_owned(work: Work, person_id: UUID) -> None:
    """Insist that every team of a person has another owner, or nothing that needs one. Raises LastOwner."""
    for found in members.memberships_of(work, person_id):
        if found.role is Role.OWNER and _is_stranded(work, found.workspace, person_id):
            raise LastOwner(workspace=found.workspace.name)


def _is_stranded(work: Work, workspace: WorkspaceView, person_id: UUID) -> bool:
    """Tell whether a team would be left without an owner while something hangs on it."""
    team = members.members_of(work, workspace.id)
    if any(each.role is Role.OWNER and each.person.id != person_id for each in team):
        return False
    if workspace.parent_id is not None:
        return False  # its agency answers for it, and the agency's owner is asked about themselves
    if workspace.frozen_at is not None:
        return True
    brands = [workspace, *workspaces.clients_of(work, workspace.id)]
    return len(team) > 1 or any(_has_money_or_campaigns(work, each) for each in brands)


def _has_money_or_campaigns(work: Work, workspace: WorkspaceView) -> bool:
    found = campaigns.of_workspaces(work, [workspace.id])
    if any(books.credit_of(work, workspace.id, each.currency).minor for each in found):
        return True
    return any(_is_alive(work, each) for each in found)


def _is_alive(work: Work, campaign: CampaignView) -> bool:
    """Tell whether a campaign runs, holds money, or may get some from a checkout that is open."""
    if campaign.state in {CampaignState.DRAFT, CampaignState.AWAITING_FUNDS}:
        return bool(funding.open_checkouts(work, campaign.id))
    return campaign.state not in CAMPAIGN.terminal or books.escrow_of(work, campaign).minor > 0
