"""The staff itself, the audit, and acts that one proposes and another confirms."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, status

from api.dependencies import WithRuntime
from api.operators.access import Because, Order, Reason, Seeing, SignedIn, acting, record
from api.operators.books import write_off
from api.operators.deals import cancel_large, settle_large
from core.kit.work import Work
from core.operators import acts, proposals
from core.operators import staff as members
from core.operators.schemas import ProposalView
from core.operators.states import SECOND, Act, StaffRole, Subject
from core.privacy import erasure
from runtime.parts import Runtime

router = APIRouter(prefix="/admin", tags=["operators"])


class NewStaff(Order):
    """Who is to join the staff."""

    name: str
    role: StaffRole
    reason: Reason


class NewRole(Order):
    """What a member of staff is to be."""

    role: StaffRole
    reason: Reason


@router.get("/staff")
def everybody(work: Seeing) -> list[dict[str, Any]]:
    """Return who is and was on the staff; of keys the names and when they were last used."""
    return [asdict(found) for found in members.everybody(work)]


@router.get("/audit")
def audit(work: Seeing, by: str = "", subject_id: UUID | None = None) -> list[dict[str, Any]]:
    """Return what operators did, the newest first."""
    return [asdict(row) for row in acts.history(work, by=by, subject_id=subject_id)]


@router.post("/staff", status_code=status.HTTP_202_ACCEPTED)
def add(wanted: NewStaff, work: Annotated[Work, acting(Act.ADD_STAFF)]) -> dict[str, Any]:
    """Propose a new member of staff."""
    arguments = {"name": members.free_name(work, wanted.name), "role": wanted.role}
    found = proposals.propose(work, Act.ADD_STAFF, Subject.STAFF, uuid4(), wanted.reason, arguments)
    return asdict(found)


@router.post("/staff/{staff_id}/role", status_code=status.HTTP_202_ACCEPTED)
def change_role(
    staff_id: UUID, wanted: NewRole, work: Annotated[Work, acting(Act.CHANGE_STAFF_ROLE)]
) -> dict[str, Any]:
    """Propose another role."""
    members.get(work, staff_id)
    arguments = {"role": wanted.role}
    return asdict(
        proposals.propose(work, Act.CHANGE_STAFF_ROLE, Subject.STAFF, staff_id, wanted.reason, arguments)
    )


@router.post("/staff/{staff_id}/key", status_code=status.HTTP_202_ACCEPTED)
def renew_key(
    staff_id: UUID, because: Because, work: Annotated[Work, acting(Act.RENEW_STAFF_KEY)]
) -> dict[str, Any]:
    """Propose a new key for somebody who lost theirs."""
    members.get(work, staff_id)
    return asdict(proposals.propose(work, Act.RENEW_STAFF_KEY, Subject.STAFF, staff_id, because.reason))


@router.post("/staff/{staff_id}/revoke")
def revoke(
    staff_id: UUID, because: Because, work: Annotated[Work, acting(Act.REVOKE_STAFF)]
) -> dict[str, Any]:
    """End somebody's time on the staff at once; an admin's is proposed, so that none can be left alone."""
    if members.get(work, staff_id).role is StaffRole.ADMIN:
        proposal = proposals.propose(work, Act.REVOKE_ADMIN, Subject.STAFF, staff_id, because.reason)
        return asdict(proposal)
    record(work, Act.REVOKE_STAFF, Subject.STAFF, staff_id, because.reason)
    return asdict(members.revoke(work, staff_id))


@router.post("/key")
def renew_own_key(
    because: Because, staff: SignedIn, work: Annotated[Work, acting(Act.RENEW_OWN_KEY)]
) -> dict[str, str]:
    """Give the caller a new key, shown this once, and end the one that was used."""
    record(work, Act.RENEW_OWN_KEY, Subject.STAFF, staff.id, because.reason)
    return {"key": members.renew_key(work, staff.id)}


@router.post("/people/{person_id}/erase", status_code=status.HTTP_202_ACCEPTED)
def erase(
    person_id: UUID, because: Because, work: Annotated[Work, acting(Act.ERASE_PERSON)]
) -> dict[str, Any]:
    """Propose to erase somebody who asked for it elsewhere."""
    return asdict(proposals.propose(work, Act.ERASE_PERSON, Subject.PERSON, person_id, because.reason))


@router.post("/proposals/{proposal_id}/confirm")
def confirm(
    proposal_id: UUID,
    because: Because,
    runtime: WithRuntime,
    work: Annotated[Work, acting(*SECOND)],
) -> dict[str, Any]:
    """Confirm what a colleague proposed, and carry it out."""
    found = proposals.confirm(work, proposal_id, because.reason)
    return {"proposal": asdict(found), "outcome": CARRY_OUT[found.act](runtime, work, found)}


@router.post("/proposals/{proposal_id}/refuse")
def refuse(proposal_id: UUID, because: Because, work: Annotated[Work, acting(*SECOND)]) -> dict[str, Any]:
    """Let a proposal go."""
    return asdict(proposals.refuse(work, proposal_id, because.reason))


def _add(_: Runtime, work: Work, found: ProposalView) -> dict[str, Any]:
    name, role = found.arguments["name"], StaffRole(found.arguments["role"])
    added, key = members.add(work, name, role, found.subject_id, seen_by=found.decided_by or "")
    return {"name": added.name, "key": key}


def _change_role(_: Runtime, work: Work, found: ProposalView) -> dict[str, Any]:
    changed = members.change_role(work, found.subject_id, StaffRole(found.arguments["role"]))
    return {"name": changed.name, "role": changed.role}


def _renew_key(_: Runtime, work: Work, found: ProposalView) -> dict[str, Any]:
    return {"key": members.renew_key(work, found.subject_id, seen_by=found.decided_by or "")}


def _revoke(_: Runtime, work: Work, found: ProposalView) -> dict[str, Any]:
    return {"name": members.revoke(work, found.subject_id).name}


def _erase(_: Runtime, work: Work, found: ProposalView) -> dict[str, Any]:
    return {"receipt": erasure.erase(work, found.subject_id)}


def _settle(_: Runtime, work: Work, found: ProposalView) -> dict[str, Any]:
    return settle_large(work, found)


def _cancel(_: Runtime, work: Work, found: ProposalView) -> dict[str, Any]:
    return cancel_large(work, found)


def _write_off(_: Runtime, work: Work, found: ProposalView) -> dict[str, Any]:
    return write_off(work, found)


CARRY_OUT: Mapping[Act, Callable[[Runtime, Work, ProposalView], dict[str, Any]]] = {
    Act.ADD_STAFF: _add,
    Act.CHANGE_STAFF_ROLE: _change_role,
    Act.RENEW_STAFF_KEY: _renew_key,
    Act.REVOKE_ADMIN: _revoke,
    Act.ERASE_PERSON: _erase,
    Act.SETTLE_LARGE: _settle,
    Act.CANCEL_LARGE: _cancel,
    Act.WRITE_OFF: _write_off,
}
if CARRY_OUT.keys() != SECOND:
    raise TypeError("an act that needs a second person is carried out in no way, or in two")
