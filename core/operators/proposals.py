"""Acts that need a second person: one member of staff proposes, another confirms within three days.

This slice carries out none of them: whoever confirms gets the proposal, and does it in the same transaction.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.kit.work import Work
from core.operators import acts, staff
from core.operators.errors import ProposalNotFound, ProposerGone, SameProposer
from core.operators.models import Proposal
from core.operators.schemas import ProposalView
from core.operators.states import NEEDS, Act, ProposalState, Stage, Subject

LIVES_FOR = timedelta(days=3)


def propose(
    work: Work,
    act: Act,
    subject_kind: Subject,
    subject_id: UUID,
    reason: str,
    arguments: Mapping[str, Any] | None = None,
    *,
    about: UUID | None = None,
) -> ProposalView:
    """Propose an act; nothing is done yet. Raises StaffRoleMissing.

    `arguments` are what the act will be carried out with: ids, codes and amounts. `about` is the person whom
    it concerns, if one.
    """
    row = Proposal(
        act=act,
        subject_kind=subject_kind,
        subject_id=subject_id,
        about=about,
        arguments=dict(arguments or {}),
        reason=reason,
        proposed_by=acts.require(work, act),
        proposed_at=work.now,
        expires_at=work.now + LIVES_FOR,
        state=ProposalState.OPEN,
    )
    work.session.add(row)
    work.session.flush()
    _note(work, row, Stage.PROPOSED, reason)
    return _view(row)


def confirm(work: Work, proposal_id: UUID, reason: str) -> ProposalView:
    """Confirm what somebody else proposed; the caller carries it out in this transaction.

    Raises:
        ProposalNotFound: for one that is decided, or too old.
        StaffRoleMissing: for somebody who might not do it themselves.
        SameProposer: for whoever proposed it, or was shown the key of who did, or the other way round.
        ProposerGone: where whoever proposed it might not do so today.
    """
    row = _open(work, proposal_id)
    by = acts.require(work, row.act)
    if staff.are_one(work, by, row.proposed_by):
        raise SameProposer
    proposer = staff.find(work, row.proposed_by)
    if row.proposed_by != staff.HOST and (proposer is None or not proposer.may(NEEDS[row.act])):
        raise ProposerGone
    return _decide(work, row, ProposalState.CONFIRMED, Stage.CONFIRMED, reason)


def refuse(work: Work, proposal_id: UUID, reason: str) -> ProposalView:
    """Let a proposal go: anybody who might confirm it, or whoever proposed it.

    Raises:
        ProposalNotFound: for one that is decided, or too old.
        StaffRoleMissing: for somebody who might not do it themselves.
    """
    return _decide(work, _open(work, proposal_id), ProposalState.REFUSED, Stage.REFUSED, reason)


def waiting(work: Work) -> list[ProposalView]:
    """Return the proposals that may still be decided, the oldest first."""
    query = select(Proposal).where(Proposal.state == ProposalState.OPEN, Proposal.expires_at > work.now)
    return [_view(row) for row in work.session.scalars(query.order_by(Proposal.proposed_at))]


def _open(work: Work, proposal_id: UUID) -> Proposal:
    row = work.session.get(Proposal, proposal_id, with_for_update=True)
    if row is None or row.state is not ProposalState.OPEN or row.expires_at <= work.now:
        raise ProposalNotFound(proposal_id=proposal_id)
    return row


def _decide(work: Work, row: Proposal, state: ProposalState, stage: Stage, reason: str) -> ProposalView:
    row.state, row.decided_at = state, work.now
    row.decided_by = acts.require(work, row.act)
    _note(work, row, stage, reason)
    return _view(row)


def _note(work: Work, row: Proposal, stage: Stage, reason: str) -> None:
    facts, subject = row.arguments, (row.subject_kind, row.subject_id)
    acts.note(work, row.act, stage, *subject, reason, facts=facts, proposal_id=row.id, about=row.about)


def _view(row: Proposal) -> ProposalView:
    return ProposalView(
        id=row.id,
        act=row.act,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        arguments=row.arguments,
        reason=row.reason,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        expires_at=row.expires_at,
        state=row.state,
        decided_by=row.decided_by,
    )
