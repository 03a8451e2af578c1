"""Campaigns: a brief, a budget, and a state that only declared steps change."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect

from core.accounts import permissions
from core.accounts.states import Permission
from core.campaigns import steps
from core.campaigns.errors import (
    BudgetTooLarge,
    BudgetTooSmall,
    CampaignNotFound,
    DeadlineInThePast,
    LandingNotALink,
    NoDeliverables,
    NothingGiven,
    NumberOutOfRange,
)
from core.campaigns.models import Campaign
from core.campaigns.repository import CampaignRepository
from core.campaigns.schemas import (
    Brief,
    BriefFile,
    CampaignView,
    DeliverableSpec,
    DraftCampaign,
    Ended,
)
from core.campaigns.states import CAMPAIGN, OPEN_FOR_OFFERS, CampaignState
from core.kit import names
from core.kit.addresses import is_web_address
from core.kit.consent import binding, require
from core.kit.money import Currency, Money
from core.kit.text import clean
from core.kit.vocabulary import DeliverableKind, Goal, Handing, Platform
from core.kit.work import Work

BUDGET_MAJOR_MIN = 10
BUDGET_MAJOR_MAX = 50_000_000
CREATORS_MAX = 500
PIECES_MAX = 20


def draft(work: Work, command: DraftCampaign) -> CampaignView:
    """Write a campaign down and let it wait for its money; one without a budget is open at once.

    The same key gives the same campaign.

    Raises:
        NothingGiven, BudgetTooSmall, BudgetTooLarge, NoDeliverables, DeadlineInThePast, NumberOutOfRange.
    """
    permissions.require(work, command.workspace_id, Permission.RUN_CAMPAIGNS)
    campaigns = CampaignRepository(work.session)
    known = campaigns.by_key(command.key)
    if known is not None:
        return view(known)
    check(work, command.budget, command.brief)
    campaign = Campaign(
        process_version=CAMPAIGN.version,
        workspace_id=command.workspace_id,
        created_by=work.actor.person_id,
        request_key=command.key,
        title=names.tamed_title(command.title, 120) or "Campaign",
        budget_minor=command.budget.minor,
        currency=command.budget.currency,
        brief=to_json(command.brief),
        state=CampaignState.DRAFT,
        created_at=work.now,
    )
    campaigns.add(campaign)
    steps.take(work, campaign, "draft", fresh=True)
    steps.take(work, campaign, "submit" if command.budget else "open")
    return view(campaign)


@binding
def drop(work: Work, campaign_id: UUID, *, shown: str) -> CampaignView:
    """Give up a campaign that nothing was paid into.

    Raises:
        CampaignNotFound, RoleMissing, CampaignStepNotPossible.
        ShownChanged: when it is not the campaign that was shown.
    """
    campaign = own(work, campaign_id, Permission.RUN_CAMPAIGNS)
    require(shown, campaign.mark, campaign_id=campaign_id)
    return step(work, campaign_id, "cancel")


def step(work: Work, campaign_id: UUID, name: str) -> CampaignView:
    """Take one step of a campaign. Whether a person may act for its brand is the caller's to check.

    Raises:
        CampaignNotFound, CampaignStepNotYours, CampaignFrozen, CampaignStepNotPossible.
    """
    campaign = locked(work, campaign_id)
    steps.take(work, campaign, name)
    return view(campaign)


def advance(work: Work, campaign_id: UUID, name: str) -> bool:
    """Take a step if the campaign stands where it begins; False if it does not."""
    campaign = locked(work, campaign_id)
    if campaign.state not in steps.row_of(campaign, name).sources:
        return False
    steps.take(work, campaign, name)
    return True


def get(work: Work, campaign_id: UUID) -> CampaignView:
    """Return one campaign, whoever asks. Raises CampaignNotFound."""
    campaign = CampaignRepository(work.session).get(campaign_id)
    if campaign is None:
        raise CampaignNotFound(campaign_id=campaign_id)
    return view(campaign)


def many(work: Work, campaign_ids: Iterable[UUID]) -> dict[UUID, CampaignView]:
    """Return several campaigns, by id; one query."""
    rows = CampaignRepository(work.session).many(list(campaign_ids))
    return {row.id: view(row) for row in rows}


def own(work: Work, campaign_id: UUID, permission: Permission = Permission.SEE) -> CampaignView:
    """Return a campaign of the acting person's workspace. Raises CampaignNotFound, RoleMissing."""
    campaign = get(work, campaign_id)
    if not permissions.may(work, campaign.workspace_id, Permission.SEE):
        raise CampaignNotFound(campaign_id=campaign_id)
    permissions.require(work, campaign.workspace_id, permission)
    return campaign


def move(work: Work, campaign_id: UUID, place: str) -> CampaignView:
    """Send a campaign's news to a team's channel, or with an empty `place` to everybody's private chat.

    Raises:
        CampaignNotFound, RoleMissing.
    """
    own(work, campaign_id, Permission.RUN_CAMPAIGNS)
    locked(work, campaign_id).place = place
    return get(work, campaign_id)


def leave(work: Work, campaign_id: UUID) -> None:
    """Send a campaign's news to private chats: its channel takes none any more."""
    locked(work, campaign_id).place = ""


def lock(work: Work, campaign_id: UUID) -> CampaignView:
    """Return a campaign, locked until the work ends. Raises CampaignNotFound."""
    return view(locked(work, campaign_id))


def lock_all(work: Work, campaign_ids: Iterable[UUID]) -> None:
    """Lock several campaigns until the work ends, in the one order in which whoever locks several does."""
    for campaign_id in sorted(campaign_ids):
        locked(work, campaign_id)


def lock_by(work: Work, which: ScalarSelect[UUID]) -> CampaignView | None:
    """Return the campaign that a query names, locked until the work ends; None where it names none."""
    campaign = CampaignRepository(work.session).lock(which)
    if campaign is None:
        return None
    work.once(("campaign", campaign.id), lambda: campaign)
    return view(campaign)


def lock_own(work: Work, campaign_id: UUID, permission: Permission) -> CampaignView:
    """Return a campaign of the acting person's workspace, locked until the work ends.

    Raises:
        CampaignNotFound, RoleMissing.
    """
    campaign = lock(work, campaign_id)
    team = permissions.team(work, campaign.workspace_id)
    if not team.may(work.actor.person_id, Permission.SEE):
        raise CampaignNotFound(campaign_id=campaign_id)
    team.require(work.actor.person_id, permission)
    return campaign


def of_workspaces(work: Work, workspace_ids: Iterable[UUID]) -> list[CampaignView]:
    """Return campaigns of several workspaces, the newest first."""
    return [view(c) for c in CampaignRepository(work.session).of_workspaces(list(workspace_ids))]


def ended(work: Work, found: Iterable[CampaignView]) -> dict[UUID, Ended]:
    """Return when and by whom campaigns ended, by campaign, of those that are over; one query for any."""
    over = [campaign.id for campaign in found if campaign.state in CAMPAIGN.terminal]
    ends = dict[UUID, Ended]()
    for step in CampaignRepository(work.session).ending_steps(over) if over else []:
        before = ends.get(step.campaign_id)
        ends[step.campaign_id] = Ended(step.at, before.actor if before else step.actor)
    return ends


def open_for_applications(work: Work, limit: int = 20) -> list[CampaignView]:
    """Return funded campaigns that creators may apply to, the newest first."""
    return [view(c) for c in CampaignRepository(work.session).in_states(OPEN_FOR_OFFERS, limit)]


def newest(work: Work, limit: int = 50) -> list[CampaignView]:
    """Return the newest campaigns of all workspaces, for operators."""
    found = CampaignRepository(work.session).in_states(tuple(CampaignState), limit)
    return [view(campaign) for campaign in found]


def view(campaign: Campaign) -> CampaignView:
    """Return the frozen picture of a row."""
    return CampaignView(
        id=campaign.id,
        workspace_id=campaign.workspace_id,
        created_by=campaign.created_by,
        title=campaign.title,
        budget=Money(campaign.budget_minor, campaign.currency),
        brief=from_json(campaign.brief),
        state=campaign.state,
        created_at=campaign.created_at,
        place=campaign.place,
        brief_number=campaign.brief_number,
    )


def check(work: Work, budget: Money, brief: Brief, before: Brief | None = None) -> None:
    """Insist that a campaign may be like this; a deadline that it had `before` may have passed.

    Raises:
        NothingGiven, BudgetTooSmall, BudgetTooLarge.
        NoDeliverables, DeadlineInThePast, NumberOutOfRange, LandingNotALink.
    """
    least = Money(BUDGET_MAJOR_MIN * budget.currency.minor_per_major, budget.currency)
    if not budget and not brief.goods:
        raise NothingGiven
    if budget and budget < least:
        raise BudgetTooSmall(minimum=least)
    if budget > (most := budget_most(budget.currency)):
        raise BudgetTooLarge(maximum=most)
    if not brief.deliverables:
        raise NoDeliverables
    if not all(1 <= spec.count <= PIECES_MAX for spec in brief.deliverables):
        raise NumberOutOfRange(least=1, most=PIECES_MAX)
    if brief.creators_max is not None and not 1 <= brief.creators_max <= CREATORS_MAX:
        raise NumberOutOfRange(least=1, most=CREATORS_MAX)
    if brief.landing_url and not is_web_address(brief.landing_url):
        raise LandingNotALink(address=brief.landing_url[:200])
    kept = before is not None and before.deadline == brief.deadline
    if brief.deadline is not None and brief.deadline < work.now.date() and not kept:
        raise DeadlineInThePast(deadline=brief.deadline)


def budget_most(currency: Currency) -> Money:
    """Return the largest budget that one campaign may have."""
    return Money(BUDGET_MAJOR_MAX * currency.minor_per_major, currency)


def locked(work: Work, campaign_id: UUID) -> Campaign:
    """Return a campaign's row, locked until the work ends. Raises CampaignNotFound."""
    campaign = work.once(
        ("campaign", campaign_id), lambda: CampaignRepository(work.session).lock(campaign_id)
    )
    if campaign is None:
        raise CampaignNotFound(campaign_id=campaign_id)
    return campaign


def to_json(brief: Brief) -> dict[str, Any]:
    """Return a brief as it is written down."""
    words = {name: clean(getattr(brief, name)) for name in ("text", "product", "rights", "address", "goods")}
    lists = {name: [clean(line) for line in getattr(brief, name)] for name in ("dos", "donts")}
    deadline = brief.deadline.isoformat() if brief.deadline else None
    return {**asdict(brief), **words, **lists, "deadline": deadline}


def from_json(body: dict[str, Any]) -> Brief:
    """Read a brief back; one of before some wish could be told has none."""
    tuples = (
        *("niches", "topics", "cities", "countries", "languages"),
        *("hashtags", "exclusions", "dos", "donts"),
    )
    worth = body.get("worth")
    return Brief(
        **{
            **body,
            **{key: tuple(body.get(key, ())) for key in tuples},
            "goal": Goal(body["goal"]) if body["goal"] else None,
            "platforms": tuple(Platform(p) for p in body["platforms"]),
            "deliverables": tuple(
                DeliverableSpec(
                    DeliverableKind(d["kind"]),
                    d["count"],
                    Platform(d["platform"]) if d.get("platform") else None,
                )
                for d in body["deliverables"]
            ),
            "deadline": date.fromisoformat(body["deadline"]) if body["deadline"] else None,
            "worth": Money(worth["minor"], Currency(worth["currency"])) if worth else None,
            "handing": Handing(body["handing"]) if body.get("handing") else None,
            "files": tuple(BriefFile(**file) for file in body.get("files", ())),
        }
    )
