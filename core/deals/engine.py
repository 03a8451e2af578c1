"""Takes steps of deals and of their pieces: finds who acts and as whom, runs the table's row, tells of it.

Everything is in the caller's transaction. Steps of one campaign are serialised by the lock on its row,
taken before the deal's: the person and the clock call the same function, and one of them comes second.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement

from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns.errors import CampaignFrozen
from core.campaigns.schemas import CampaignView
from core.campaigns.states import CampaignState
from core.creators import service as creators
from core.deals import deal_rules, history, marks, piece_rules, sides, standing
from core.deals.deal_table import BRIEF_UNANSWERED, DEAL
from core.deals.errors import DealNotFound, DealStandsStill, NotYourStep, StepNotPossible
from core.deals.models import Deal, DealEvent, DealTimer, Deliverable
from core.deals.piece_table import DELIVERABLE, FOLLOWS_DEAL
from core.deals.repository import Clock, DealRepository
from core.deals.states import STOPPED, DealState, DeliverableState
from core.deals.step import Step, ask_operator
from core.events import service as events
from core.kit.actors import SYSTEM
from core.kit.calendar import add_business_days
from core.kit.process import STAYS, Party, Process, Runner, Timer, Transition, Wrong
from core.kit.work import Work
from core.messaging import cards, outbox

PERMISSION: dict[str, Permission] = {
    "approve_draft": Permission.APPROVE,
    "request_changes": Permission.APPROVE,
    "confirm_post": Permission.APPROVE,
    "refuse_post": Permission.APPROVE,
}

log = structlog.get_logger(__name__)


def open_deal(work: Work, deal_id: UUID) -> tuple[CampaignView, Deal]:
    """Return a deal and its campaign, both locked, the campaign first. Raises DealNotFound."""
    deal = work.once(("deal", deal_id), lambda: _lock(work, Deal.id == deal_id, deal_id=deal_id)[0])
    return campaigns.lock(work, deal.campaign_id), deal


def open_piece(work: Work, deliverable_id: UUID) -> tuple[CampaignView, Deal, Deliverable]:
    """Return the same of a piece, and the piece. Raises DealNotFound."""
    deal = work.once(
        ("deal of", deliverable_id),
        lambda: _lock(work, DealRepository.has_piece(deliverable_id), deliverable_id=deliverable_id)[0],
    )
    piece = next(piece for piece in deal.deliverables if piece.id == deliverable_id)
    return campaigns.lock(work, deal.campaign_id), deal, piece


def open_clock(work: Work, deal_id: UUID, timer_id: UUID) -> tuple[Deal, DealTimer | None]:
    """Return a locked deal and one of its clocks, None where it runs no more. Raises DealNotFound."""
    return _lock(work, Deal.id == deal_id, timer_id, deal_id=deal_id)


def _lock(
    work: Work, which: ColumnElement[bool], timer_id: UUID | None = None, **facts: UUID
) -> tuple[Deal, DealTimer | None]:
    deals = DealRepository(work.session)
    locked = campaigns.lock_by(work, deals.campaign_of(which)) is not None
    found = deals.lock(which, creators.along(Deal.creator_id), timer_id) if locked else None
    if found is None:
        raise DealNotFound(**facts)
    deal, person_id, country, wrapped, timer = found
    creators.met(work, deal.creator_id, person_id, country, wrapped)
    work.once(("deal", deal.id), lambda: deal)
    for piece in deal.deliverables:
        work.once(("deal of", piece.id), lambda: deal)
    return deal, timer


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
    row = DEALS.process(deal.process_version).find(name)
    step = _step(work, campaign, deal, None, row, facts)
    marks.require_seen(work, name, shown, marks.of_deal(deal), deal_id=deal_id)
    with work.session.no_autoflush:  # a step is written in one flush
        DEALS.take(step, deal.process_version)
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
    campaign, deal, piece = open_piece(work, deliverable_id)
    row = PIECES.process(deal.process_version).find(name)
    step = _step(work, campaign, deal, piece, row, facts)
    marks.require_seen(work, name, shown, marks.of_piece(piece), deliverable_id=deliverable_id)
    _require_live_deal(step)
    with work.session.no_autoflush:
        PIECES.take(step, deal.process_version)
    return piece


def begin(work: Work, campaign: CampaignView, deal: Deal, name: str, party: Party) -> None:
    """Take the step that makes a deal: it is written down when nothing speaks against it."""
    row = DEALS.process(deal.process_version).find(name)
    with work.session.no_autoflush:
        DEALS.take(Step(work, campaign, deal, None, row, party, fresh=True), deal.process_version)


def follow_deal(work: Work, campaign: CampaignView, deals: Sequence[Deal], name: str) -> None:
    """Take a step that follows from the deals' own with every piece of them that has not ended."""
    own = work.acting_as(SYSTEM)
    for version, alike in _by_version(deals).items():
        row = PIECES.process(version).find(name)
        steps = [
            Step(own, campaign, deal, piece, row, Party.SYSTEM)
            for deal in alike
            for piece in deal.deliverables
            if piece.state in row.sources
        ]
        PIECES.take_all(steps, version, _enter_pieces)


def take_all(
    work: Work, campaign: CampaignView, deals: Sequence[Deal], name: str, facts: Mapping[str, Any]
) -> None:
    """Take a step of the system's with many deals of one locked campaign, in a few statements.

    For rows that move no money; raises as `take` does.
    """
    own = work.acting_as(SYSTEM)
    creators.meet(work, [deal.creator_id for deal in deals])
    for version, alike in _by_version(deals).items():
        row = DEALS.process(version).find(name)
        steps = [Step(own, campaign, deal, None, row, Party.SYSTEM, dict(facts)) for deal in alike]
        DEALS.take_all(steps, version, _enter_deals)


def _by_version(deals: Iterable[Deal]) -> dict[int, list[Deal]]:
    found: dict[int, list[Deal]] = defaultdict(list)
    for deal in deals:
        found[deal.process_version].append(deal)
    return found


def _enter_deals(steps: Sequence[Step]) -> None:
    first = steps[0]
    if first.row.target is STAYS:
        return
    target, over = DealState(first.row.target), first.row.target in DEAL.terminal
    DealRepository(first.work.session).move([step.deal for step in steps], target, over=over)


def _enter_pieces(steps: Sequence[Step]) -> None:
    first = steps[0]
    pieces = [step.piece for step in steps]
    DealRepository(first.work.session).move_pieces(pieces, DeliverableState(first.row.target))


def _step(
    work: Work,
    campaign: CampaignView,
    deal: Deal,
    piece: Deliverable | None,
    row: Transition,
    facts: dict[str, Any] | None,
) -> Step:
    party = sides.party_of(work, deal, row)
    if party is Party.BRAND and party in row.actors:
        permission = PERMISSION.get(row.name, Permission.RUN_CAMPAIGNS)
        sides.brand_of(work, deal).require(work.actor.person_id, permission)
    if work.session.is_modified(piece or deal):
        work.session.flush()  # each step leaves a version of its own behind
    return Step(work, campaign, deal, piece, row, party, dict(facts or {}))


def _refuse(step: Step, wrong: Wrong) -> Exception:
    if wrong is Wrong.PARTY:
        return NotYourStep(step=step.row.name)
    return StepNotPossible(state=step.state, step=step.row.name)


def _require_live_deal(step: Step) -> None:
    """Pieces of an agreed deal move, and no others."""
    if step.deal.state is not DealState.AGREED:
        raise StepNotPossible(state=step.deal.state, step=step.row.name)


def _admit(step: Step) -> None:
    """Move nothing of a frozen campaign, no piece of a deal that stands, nothing that an operator stopped.

    The deal's own steps are guarded by its state: a dispute can be answered, a cancellation agreed to.
    """
    if step.campaign.state is CampaignState.FROZEN and step.party is not Party.SYSTEM:
        raise CampaignFrozen(campaign_id=step.campaign.id)
    reasons = step.deal.stands_for
    stopped = STOPPED.intersection(reasons) and step.party in {Party.BRAND, Party.CREATOR}
    moves = step.deliverable is not None and step.row.name not in FOLLOWS_DEAL
    if stopped or (reasons and moves):
        raise DealStandsStill(deal_id=step.deal.id)


def _follow(taken: Sequence[tuple[Step, str]]) -> None:
    for step, before in taken:
        _note(step, before)
    _set_clocks(taken)
    outbox.redraw(taken[0][0].work, *(cards.deal(step.deal.id) for step, _ in taken))
    for step, _ in taken:
        _tell(step)


def _note(step: Step, before: str) -> None:
    log.info(
        "deal step",
        deal=str(step.deal.id),
        piece=str(step.deliverable.id) if step.deliverable else None,
        step=step.row.name,
        actor=str(step.work.actor),
    )
    facts, words = history.split(step.facts)
    author = history.author(step.work, sides.creator_of(step.work, step.deal)) if words else None
    step.work.session.add(
        DealEvent(
            deal_id=step.deal.id,
            deliverable_id=step.deliverable.id if step.deliverable else None,
            step=step.row.name,
            actor=str(step.work.actor),
            from_state=before,
            to_state=(step.deliverable or step.deal).state,
            facts=facts,
            words=history.sealed(step.work, author, words),
            words_of=author,
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
    else:
        facts |= {"price_minor": piece.price_minor}
        subjects["deliverable_id"] = piece.id
    events.record_step(step.work, _process_of(step), step.row.name, subjects, facts, step.facts)


def _process_of(step: Step) -> Process:
    return (PIECES if step.deliverable else DEALS).process(step.deal.process_version)


def _set_clocks(taken: Sequence[tuple[Step, str]]) -> None:
    """Stop the clocks of the state that is left, but those that the row keeps, and start the row's own.

    A state that starts no clock has none to stop. A question about the brief outlives the state it came in.
    """
    steps = [step for step, _ in taken]
    first, starting = steps[0], [clock for step in steps for clock in _clocks(step)]
    process = _process_of(first)
    may_run = (before in process.clocked or step.deal.brief_asked is not None for step, before in taken)
    stops = first.row.target is not STAYS and any(may_run)
    deals = DealRepository(first.work.session)
    if stops and first.deliverable is not None:
        deals.set_timers_of_pieces([step.piece.id for step in steps], starting, keep=first.row.keeps)
    elif stops:
        asked = () if first.row.target in process.terminal else (BRIEF_UNANSWERED,)
        deals.set_timers([step.deal.id for step in steps], starting, keep=(*first.row.keeps, *asked))
    else:
        deals.start_timers(starting)


def _clocks(step: Step) -> list[Clock]:
    """Return the clocks that start with a step; a reminder of what is past is none."""
    piece_id = step.deliverable.id if step.deliverable else None
    found = []
    for timer in step.row.timers:
        due_at = due(step, timer)
        if due_at > step.work.now or not timer.step.startswith("remind"):
            paused_at = None if standing.runs(step.deal, timer.step) else step.work.now
            found.append(Clock(step.deal.id, piece_id, timer.step, due_at, paused_at))
    return found


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
        for person_id in sides.people(step.work, step.deal, notice.to):
            if person_id != step.work.actor.person_id:
                outbox.tell(step.work, person_id, notice.name, {**facts, "to": notice.to})


DEALS = Runner[Step]([(DEAL, deal_rules.RULES)], _refuse, _admit, _follow)
PIECES = Runner[Step]([(DELIVERABLE, piece_rules.RULES)], _refuse, _admit, _follow)
