"""The audit: every act of an operator, with the person and the reason, written with what it did.

Nothing is changed or taken out of it, by whomever. A reason is a member of staff's words about the act; the
facts are ids, codes and amounts. Where an act is about a person, its reason is sealed with that person's key:
who did what and when stands for ever, what was written about somebody ends when they are forgotten. The
reason of an erasure itself is kept, so it must not name them.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.kit.actors import ActorKind
from core.kit.work import Work
from core.operators import staff
from core.operators.errors import StaffRoleMissing
from core.operators.models import OperatorAct
from core.operators.schemas import ActView
from core.operators.states import NEEDS, Act, Right, Stage, Subject
from core.vault import service as vault

ACTS_MAX = 200
PLACE = "operator_act.reason"
FORGOTTEN = "(the person was forgotten)"
NOTED = "acts_noted"
HOST_MAY = frozenset({Right.STAFF})


def require(work: Work, act: Act) -> str:
    """Insist that the acting member of staff may do that; returns their name.

    Whoever runs commands on the machine itself (the host) may change staff, and nothing else.

    Raises:
        StaffRoleMissing: for a person of another role, or nobody of the staff.
    """
    name = work.actor.name
    if work.actor.kind is ActorKind.OPERATOR:
        if name == staff.HOST and NEEDS[act] in HOST_MAY:
            return name
        found = staff.find(work, name)
        if found is not None and found.may(NEEDS[act]):
            return name
    raise StaffRoleMissing(act=act)


def record(
    work: Work,
    act: Act,
    subject_kind: Subject,
    subject_id: UUID | None,
    reason: str,
    facts: Mapping[str, Any] | None = None,
    *,
    about: UUID | None = None,
) -> None:
    """Write down what the acting member of staff does; it stands or falls with what they did.

    `about` is the person whom it concerns, if one.

    Raises:
        StaffRoleMissing: where their role does not allow it.
    """
    note(work, act, Stage.DONE, subject_kind, subject_id, reason, facts=facts, about=about)


def note(  # noqa: PLR0913  (an audit row is all of these)
    work: Work,
    act: Act,
    stage: Stage,
    subject_kind: Subject,
    subject_id: UUID | None,
    reason: str,
    *,
    facts: Mapping[str, Any] | None = None,
    proposal_id: UUID | None = None,
    about: UUID | None = None,
) -> None:
    """Write one row of the audit. Raises StaffRoleMissing."""
    sealed_for = about if act is not Act.ERASE_PERSON and vault.has_key(work, about) else None
    work.session.add(
        OperatorAct(
            at=work.now,
            by=require(work, act),
            act=act,
            stage=stage,
            subject_kind=subject_kind,
            subject_id=subject_id,
            about=sealed_for,
            reason=vault.seal(work, sealed_for, reason, PLACE) if sealed_for else reason,
            facts=dict(facts or {}),
            proposal_id=proposal_id,
        )
    )
    work.session.info[NOTED] = True


def refused(work: Work) -> None:
    """Say that nothing was done after all, so that nothing is missing in the audit."""
    work.session.info[NOTED] = True


def noted(work: Work) -> bool:
    """Tell whether this transaction has written into the audit, or did nothing that it should have."""
    return bool(work.session.info.get(NOTED))


def history(
    work: Work, *, by: str = "", subject_kind: Subject | None = None, subject_id: UUID | None = None
) -> list[ActView]:
    """Return what operators did, the newest first: of one of them, or to one thing, where named."""
    query = select(OperatorAct)
    if by:
        query = query.where(OperatorAct.by == by)
    if subject_kind is not None:
        query = query.where(OperatorAct.subject_kind == subject_kind)
    if subject_id is not None:
        query = query.where(OperatorAct.subject_id == subject_id)
    rows = work.session.scalars(query.order_by(OperatorAct.seq.desc()).limit(ACTS_MAX)).all()
    reasons = vault.open_each(work, [(row.about, row.reason) for row in rows], PLACE)
    return [
        ActView(
            seq=row.seq,
            at=row.at,
            by=row.by,
            act=row.act,
            stage=row.stage,
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
            reason=FORGOTTEN if reason is None else reason,
            facts=row.facts,
            proposal_id=row.proposal_id,
        )
        for row, reason in zip(rows, reasons, strict=True)
    ]
