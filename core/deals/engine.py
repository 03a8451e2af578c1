"""Runs one row of the process tables: who, whence, guard, money, state, clocks, event, notices.

Everything is in the caller's transaction. Steps of one campaign are serialised by the lock on its row,
taken before the deal's: the person and the clock call the same function, and one of them comes second.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog

from core.accounts import permissions
from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns.errors import CampaignFrozen
from core.campaigns.schemas import CampaignView
from core.campaigns.states import CampaignState
from core.creators import service as creators
from core.deals import marks, standing
from core.deals.errors import BothSides, DealNotFound, DealStandsStill, NotYourStep, StepNotPossible
from core.deals.models import Deal, DealEvent, DealTimer, Deliverable
from core.deals.repository import DealRepository
from core.deals.states import DEAL, DELIVERABLE, ENDS_WITH_DEAL, DealState, DeliverableState, Standing
from core.events import service as events
from core.kit.actors import ActorKind
from core.kit.calendar import add_business_days
from core.kit.process import STAYS, Party, Process, Timer, Transition
from core.kit.work import Work
from core.messaging import outbox
from core.operators import tasks
from core.operators.states import Subject
from core.terms.schemas import Terms

PERMISSION: dict[str, Permission] = {
    "approve_draft": Permission.APPROVE,
    "request_changes": Permission.APPROVE,
}
TWO_SIDED = frozenset({"counter", "accept", "accept_application", "approve_draft"})
"""Steps that move money towards a creator; leaving and arguing stay possible for everybody."""
PARTY_OF: dict[ActorKind, Party] = {
    ActorKind.OPERATOR: Party.OPERATOR,
    ActorKind.CLOCK: Party.CLOCK,
    ActorKind.SYSTEM: Party.SYSTEM,
}


@dataclass(slots=True)
class Step:
    """One step being taken. Rules may change the rows and add facts; the engine does the rest."""

    work: Work
    campaign: CampaignView
    deal: Deal
    deliverable: Deliverable | None
    row: Transition
    party: Party
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return what makes this step's postings unique: the thing and the version it leaves."""
        thing = self.deliverable or self.deal
        return f"{self.row.name}:{thing.id}:{thing.version}"

    @property
    def terms(self) -> Terms:
        """Return the deal's own terms."""
        return Terms.from_json(self.deal.terms)

    @property
    def piece(self) -> Deliverable:
        """Return the deliverable this step is about."""
        if self.deliverable is None:
            raise StepNotPossible(step=self.row.name)
        return self.deliverable


log = structlog.get_logger(__name__)

Rule = Callable[[Step], None]
RULES: dict[tuple[str, str], Rule] = {}
"""What a step does beyond its table row, by process and step; `core.deals.rules` fills it."""


def rule(process: str, *steps: str) -> Callable[[Rule], Rule]:
    """Bind a function to steps of a process; it guards, posts and notes facts before the state moves."""

    def bind(function: Rule) -> Rule:
        for step in steps:
            RULES[process, step] = function
        return function

    return bind


def open_deal(work: Work, deal_id: UUID) -> tuple[CampaignView, Deal]:
    """Return a deal and its campaign, both locked, the campaign first. Raises DealNotFound."""
    deals = DealRepository(work.session)
    known = deals.get(deal_id)
    if known is None:
        raise DealNotFound(deal_id=deal_id)
    campaign = campaigns.lock(work, known.campaign_id)
    deal = deals.lock(deal_id)
    if deal is None:
        raise DealNotFound(deal_id=deal_id)
    return campaign, deal


def take(
    work: Work,
    name: str,
    deal_id: UUID,
    facts: dict[str, Any] | None = None,
    *,
    shown: str | None = None,
) -> Deal:
    """Take a step of a deal; a person takes it for what was `shown` to them, or not at all.

    Raises:
        DealNotFound: for somebody who is no party to it.
        ShownChanged: when the deal is not as it was shown.
        NotYourStep, StepNotPossible, CampaignFrozen, and whatever the step's rule raises.
    """
    campaign, deal = open_deal(work, deal_id)
    step = _step(work, campaign, deal, None, DEAL.find(name), facts)
    marks.require_seen(work, name, shown, marks.of_deal(deal), deal_id=deal_id)
    run(step, DEAL)
    return deal


def take_piece(
    work: Work,
    name: str,
    deliverable_id: UUID,
    facts: dict[str, Any] | None = None,
    *,
    shown: str | None = None,
) -> Deliverable:
    """Take a step of a deliverable; raises as `take` does. The deal completes with its last piece."""
    deal_id = DealRepository(work.session).deal_of(deliverable_id)
    if deal_id is None:
        raise DealNotFound(deliverable_id=deliverable_id)
    campaign, deal = open_deal(work, deal_id)
    piece = next(d for d in deal.deliverables if d.id == deliverable_id)
    row = DELIVERABLE.find(name)
    step = _step(work, campaign, deal, piece, row, facts)
    marks.require_seen(work, name, shown, marks.of_piece(piece), deliverable_id=deliverable_id)
    _require_live_deal(step)
    run(step, DELIVERABLE)
    return piece


def run(step: Step, process: Process) -> None:
    """Carry out a step whose party has been settled."""
    thing = step.deliverable or step.deal
    before = thing.state
    if step.row.sources and before not in step.row.sources:
        raise StepNotPossible(state=before, step=step.row.name)
    if step.campaign.state is CampaignState.FROZEN and step.party is not Party.SYSTEM:
        raise CampaignFrozen(campaign_id=step.campaign.id)
    _require_going(step)
    bound = RULES.get((process.name, step.row.name))
    if bound is not None:
        bound(step)
    if step.row.target is not STAYS:
        kinds = DeliverableState if step.deliverable is not None else DealState
        thing.state = kinds(step.row.target)
    if step.deal.state in DEAL.terminal:
        standing.end(step.deal)
    step.work.session.flush()
    _note(step, before)
    _set_clocks(step)
    _tell(step)


def record_new(step: Step) -> None:
    """Run the creating step of a fresh deal: the rule, the event, the clocks, the notices."""
    bound = RULES.get((DEAL.name, step.row.name))
    if bound is not None:
        bound(step)
    step.work.session.flush()
    _note(step, "")
    _set_clocks(step)
    _tell(step)


def party_of(work: Work, deal: Deal, row: Transition | None = None) -> Party:
    """Return as whom the actor stands to a deal.

    Raises:
        DealNotFound: for somebody who is no party to it.
    """
    if work.actor.kind is not ActorKind.PERSON:
        return PARTY_OF[work.actor.kind]
    parties = set()
    if creators.person_behind(work, deal.creator_id) == work.actor.person_id:
        parties.add(Party.CREATOR)
    if permissions.may(work, deal.workspace_id, Permission.SEE):
        parties.add(Party.BRAND)
    if not parties:
        raise DealNotFound(deal_id=deal.id)
    fitting = (parties & row.actors if row else parties) or parties
    return Party.CREATOR if Party.CREATOR in fitting else Party.BRAND  # who is both speaks for themselves


def _step(
    work: Work,
    campaign: CampaignView,
    deal: Deal,
    piece: Deliverable | None,
    row: Transition,
    facts: dict[str, Any] | None,
) -> Step:
    party = party_of(work, deal, row)
    if party not in row.actors:
        raise NotYourStep(step=row.name)
    if row.name in TWO_SIDED:
        require_two_sides(work, deal.workspace_id, deal.creator_id)
    if party is Party.BRAND:
        permission = PERMISSION.get(row.name, Permission.RUN_CAMPAIGNS)
        permissions.require(work, deal.workspace_id, permission)
    return Step(work, campaign, deal, piece, row, party, dict(facts or {}))


def require_two_sides(work: Work, workspace_id: UUID, creator_id: UUID) -> None:
    """Insist that the creator is nobody of the brand's own, nor of its agency. Raises BothSides."""
    if permissions.belongs(work, workspace_id, creators.person_behind(work, creator_id)):
        raise BothSides


def _require_live_deal(step: Step) -> None:
    """Pieces of an agreed deal move, and no others."""
    if step.deal.state is not DealState.AGREED:
        raise StepNotPossible(state=step.deal.state, step=step.row.name)


def _require_going(step: Step) -> None:
    """Move no piece of a deal that stands still, and nothing at all for people where an operator stopped it.

    The deal's own steps are guarded by its state: a dispute can be answered, a cancellation agreed to.
    """
    reasons = step.deal.stands_for
    stopped = Standing.OPERATOR in reasons and step.party in {Party.BRAND, Party.CREATOR}
    moves = step.deliverable is not None and step.row.name not in ENDS_WITH_DEAL
    if stopped or (reasons and moves):
        raise DealStandsStill(deal_id=step.deal.id)


def _note(step: Step, before: str) -> None:
    log.info(
        "deal step",
        deal=str(step.deal.id),
        piece=str(step.deliverable.id) if step.deliverable else None,
        step=step.row.name,
        actor=str(step.work.actor),
    )
    step.work.session.add(
        DealEvent(
            deal_id=step.deal.id,
            deliverable_id=step.deliverable.id if step.deliverable else None,
            step=step.row.name,
            actor=str(step.work.actor),
            from_state=before,
            to_state=(step.deliverable or step.deal).state,
            facts=step.facts,
            stood=marks.stood(step.deal, step.deliverable),
            at=step.work.now,
        )
    )
    _record(step, before)


def _record(step: Step, before: str) -> None:
    deal, piece = step.deal, step.deliverable
    subjects = {
        "workspace_id": deal.workspace_id,
        "campaign_id": deal.campaign_id,
        "deal_id": deal.id,
        "creator_id": deal.creator_id,
    }
    facts: dict[str, events.Value] = {
        "before": before,
        "after": (piece or deal).state,
        "by": step.party,
        "currency": deal.currency,
    }
    if piece is None:
        facts |= {"round": deal.round, "price_minor": deal.price_minor}
        events.record_step(step.work, DEAL, step.row.name, subjects, facts, step.facts)
    else:
        facts |= {"price_minor": piece.price_minor}
        subjects["deliverable_id"] = piece.id
        events.record_step(step.work, DELIVERABLE, step.row.name, subjects, facts, step.facts)


def _set_clocks(step: Step) -> None:
    deals = DealRepository(step.work.session)
    piece_id = step.deliverable.id if step.deliverable else None
    if step.row.target is not STAYS:
        deals.stop_timers(step.deal.id, piece_id, keep=step.row.keeps)
    for timer in step.row.timers:
        due_at = due(step, timer)
        if due_at > step.work.now or not timer.step.startswith("remind"):
            paused_at = None if standing.runs(step.deal, timer.step) else step.work.now
            step.work.session.add(
                DealTimer(
                    deal_id=step.deal.id,
                    deliverable_id=piece_id,
                    step=timer.step,
                    due_at=due_at,
                    paused_at=paused_at,
                )
            )


def due(step: Step, timer: Timer) -> datetime:
    """Return when a clock that starts with this step runs out."""
    base = step.work.now
    if timer.before:
        base = getattr(step.deliverable, timer.before) or base
    if timer.business_days:
        return add_business_days(base, getattr(step.terms, timer.business_days))
    if timer.setting:
        unit = timedelta(days=1) if timer.setting.endswith("_days") else timedelta(hours=1)
        base += unit * int(getattr(step.terms, timer.setting))
    return base + timedelta(hours=timer.hours)


def _tell(step: Step) -> None:
    facts = {
        **step.facts,
        "deal_id": str(step.deal.id),
        "campaign_id": str(step.deal.campaign_id),
        "deliverable_id": str(step.deliverable.id) if step.deliverable else None,
        "step": step.row.name,
        "by": step.party,
    }
    for notice in step.row.notices:
        if notice.to is Party.OPERATOR:
            ask_operator(step, notice.name)
        for person_id in _people(step, notice.to):
            if person_id != step.work.actor.person_id:
                outbox.tell(step.work, person_id, notice.name, {**facts, "to": notice.to})


def ask_operator(step: Step, kind: str) -> None:
    """Put something before the operators."""
    facts = {"deliverable_id": str(step.deliverable.id)} if step.deliverable else {}
    tasks.open_task(step.work, kind, Subject.DEAL, step.deal.id, facts)


def _people(step: Step, party: Party) -> list[UUID]:
    if party is Party.CREATOR:
        return [creators.person_behind(step.work, step.deal.creator_id)]
    if party is Party.BRAND:
        return permissions.people_who_may(step.work, step.deal.workspace_id, Permission.APPROVE)
    return []
