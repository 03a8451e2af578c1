"""An operator lets one deal stand still, or all of a workspace's or a creator's: with a reason, told to all.

A frozen workspace gets no offers out and no money in, and closes nothing; a frozen creator gets no offers and
no payouts. Their deals stand still as one, whatever else they stand for, and everybody gets the time back.
Who is frozen is before the operators until they go on, so that nobody's money waits for nothing.
"""

from collections import defaultdict
from uuid import UUID

from core.accounts import members, workspaces
from core.accounts.schemas import WorkspaceView
from core.campaigns import service as campaigns
from core.creators import freezes as creator_freezes
from core.creators import service as creators
from core.creators.schemas import CreatorView
from core.deals import engine, standing, views
from core.deals.errors import ReasonMissing
from core.deals.models import Deal
from core.deals.repository import DealRepository
from core.deals.schemas import DealView
from core.deals.states import CREATOR_FROZEN, WORKSPACE_FROZEN, Standing
from core.events import service as events
from core.kit.consent import binding, require
from core.kit.text import clean
from core.kit.work import Work
from core.messaging import outbox
from core.operators import tasks
from core.operators.states import Subject


def freeze_deal(work: Work, deal_id: UUID, reason: str) -> DealView:
    """Let a deal stand still: nobody moves it but an operator, its clocks wait, its posts are watched.

    Raises:
        AlreadyStanding, ReasonMissing, StepNotPossible after its end, CampaignFrozen, NotYourStep.
    """
    return _take(work, "freeze", deal_id, reason)


def unfreeze_deal(work: Work, deal_id: UUID, reason: str) -> DealView:
    """Let a deal go on that an operator stopped; everybody gets the time back.

    Raises:
        NotStanding, ReasonMissing, StepNotPossible after its end, CampaignFrozen, NotYourStep.
    """
    return _take(work, "unfreeze", deal_id, reason)


def _take(work: Work, name: str, deal_id: UUID, reason: str) -> DealView:
    facts = {"reason": clean(reason, views.REASON_CHARACTERS_MAX)}
    return views.view(work, engine.take(work, name, deal_id, facts))


@binding
def freeze_workspace(work: Work, workspace_id: UUID, reason: str, *, shown: str) -> WorkspaceView:
    """Stop a workspace, an agency with its clients: no offers, no funding, no closing; its deals stand still.

    Raises:
        WorkspaceNotFound, ReasonMissing, ShownChanged.
        WorkspaceFrozen: where it is stopped already.
    """
    return _workspace(work, workspace_id, reason, shown, frozen=True)


@binding
def unfreeze_workspace(work: Work, workspace_id: UUID, reason: str, *, shown: str) -> WorkspaceView:
    """Let a workspace go on that an operator stopped. Raises as `freeze_workspace`, where it is not."""
    return _workspace(work, workspace_id, reason, shown, frozen=False)


@binding
def freeze_creator(work: Work, creator_id: UUID, reason: str, *, shown: str) -> CreatorView:
    """Stop a creator: no new offers or applications, payouts are held, their deals stand still.

    Raises:
        CreatorNotFound, ReasonMissing, ShownChanged.
        CreatorFrozen: where they are stopped already.
    """
    return _creator(work, creator_id, reason, shown, frozen=True)


@binding
def unfreeze_creator(work: Work, creator_id: UUID, reason: str, *, shown: str) -> CreatorView:
    """Let a creator go on whom an operator stopped. Raises as `freeze_creator`, where they are not."""
    return _creator(work, creator_id, reason, shown, frozen=False)


def _workspace(work: Work, workspace_id: UUID, reason: str, shown: str, *, frozen: bool) -> WorkspaceView:
    require(shown, workspaces.workspace_of(work, workspace_id).mark, workspace_id=workspace_id)
    told = _told(reason)
    found = workspaces.freeze(work, workspace_id, frozen=frozen)
    clients = workspaces.freeze_with_agency(work, workspace_id, frozen=frozen)
    all_of_them = [each for each in (found, *clients) if bool(each.frozen_at) is frozen]
    theirs = campaigns.of_workspaces(work, [each.id for each in all_of_them])
    # whoever makes an offer now sees that the workspace is frozen
    campaigns.lock_all(work, [campaign.id for campaign in theirs])
    _note(work, Subject.WORKSPACE, workspace_id, WORKSPACE_FROZEN, frozen=frozen)
    for client in clients:
        _record(work, Subject.WORKSPACE, client.id, frozen=frozen)
    for each in all_of_them:
        _stop_or_go(work, "workspace_id", each.id, Standing.WORKSPACE, frozen=frozen)
    notice = "workspace_frozen" if frozen else "workspace_unfrozen"
    for member in members.members_of(work, workspace_id):
        outbox.tell(work, member.person.id, notice, {"workspace_id": str(workspace_id), "reason": told})
    return found


def _creator(work: Work, creator_id: UUID, reason: str, shown: str, *, frozen: bool) -> CreatorView:
    require(shown, creators.get(work, creator_id).mark, creator_id=creator_id)
    told = _told(reason)
    _lock_all(work, creator_id)
    found = creator_freezes.freeze(work, creator_id, frozen=frozen)
    _note(work, Subject.CREATOR, creator_id, CREATOR_FROZEN, frozen=frozen)
    _stop_or_go(work, "creator_id", creator_id, Standing.CREATOR, frozen=frozen)
    outbox.tell(work, found.person_id, "creator_frozen" if frozen else "creator_unfrozen", {"reason": told})
    return found


class _OneMore(Exception):
    """A deal was made in a campaign that is not locked yet."""

    def __init__(self, campaigns_: set[UUID]) -> None:
        super().__init__()
        self.campaigns = campaigns_


def _lock_all(work: Work, creator_id: UUID) -> None:
    """Lock the campaigns of a creator's open deals, then the creator, so that no deal is made meanwhile.

    A deal is made under its campaign's lock first and the creator's second. Where one was made between the
    two locks here, both are given back and all of it begins again with one campaign more.
    """
    known: set[UUID] = set()
    while True:
        try:
            with work.session.begin_nested():
                _lock_known(work, creator_id, known)
        except _OneMore as more:
            known |= more.campaigns
        else:
            return


def _lock_known(work: Work, creator_id: UUID, known: set[UUID]) -> None:
    campaigns.lock_all(work, known)
    creator_freezes.lock(work, creator_id)
    found = {deal.campaign_id for deal in DealRepository(work.session).open_of("creator_id", creator_id)}
    if found - known:
        raise _OneMore(found - known)


def _note(work: Work, kind: Subject, subject_id: UUID, task: str, *, frozen: bool) -> None:
    _record(work, kind, subject_id, frozen=frozen)
    if frozen:
        tasks.open_task(work, task, kind, subject_id)
    else:
        tasks.settle(work, kind, subject_id, only=[task])


def _record(work: Work, kind: Subject, subject_id: UUID, *, frozen: bool) -> None:
    events.record(work, f"{kind}.{'frozen' if frozen else 'unfrozen'}", {f"{kind}_id": subject_id})


def _stop_or_go(work: Work, column: str, owner_id: UUID, why: Standing, *, frozen: bool) -> None:
    """Let all open deals of an owner stand still for this reason, or for it no more; campaigns are locked."""
    found = DealRepository(work.session).open_of(column, owner_id)
    deals_of: dict[UUID, list[Deal]] = defaultdict(list)
    for deal in found:
        if (why in deal.stands_for) is not frozen:
            deals_of[deal.campaign_id].append(deal)
    for campaign_id, deals in sorted(deals_of.items()):
        campaign = campaigns.lock(work, campaign_id)
        (standing.stand_still if frozen else standing.go_on)(work, deals, why)
        engine.take_all(work, campaign, deals, f"{'stop' if frozen else 'go_on'}_with_{why}", {})


def _told(reason: str) -> str:
    told = clean(reason, views.REASON_CHARACTERS_MAX)
    if not told:
        raise ReasonMissing
    return told
