"""Where a creator's money goes while somebody else comes to answer for them, and when that is taken back."""

from collections.abc import Mapping
from uuid import UUID

from core.events import service as events
from core.kit.work import Work
from core.payments.models import PayeeAccount
from core.payments.repository import PaymentRepository
from core.payments.states import PayeeState
from core.step_up import service as step_up


def kept(work: Work, creator_id: UUID) -> dict[str, str]:
    """Return where a creator's money goes as plain data, its label sealed as it is; empty where nowhere."""
    row = work.session.get(PayeeAccount, creator_id)
    if row is None:
        return {}
    owner = {"owner_id": str(row.owner_id)} if row.owner_id else {}
    return {"rail": row.rail, "ref": row.ref or "", "label": row.label, "state": row.state.value, **owner}


def give_back(work: Work, creator_id: UUID, asked_by: UUID, before: Mapping[str, str]) -> None:
    """Let a creator's money go where it went before somebody else answered for them.

    What that one asked for and is not confirmed yet does not happen any more.
    """
    payments = PaymentRepository(work.session)
    for change in payments.payee_changes(creator_id):
        waits = step_up.about(work, change.id)
        if waits is not None and waits.person_id == asked_by:
            step_up.drop(work, change.id)
    row = payments.lock(PayeeAccount, creator_id)
    if row is not None and not before:
        work.session.delete(row)
    elif row is not None:
        row.rail, row.ref, row.label = before["rail"], before["ref"] or None, before["label"]
        row.state, row.reason = PayeeState(before["state"]), ""
        row.owner_id = UUID(before["owner_id"]) if "owner_id" in before else None
    events.record(work, "payee.changed", {"creator_id": creator_id})


def stop_changes(work: Work, creator_id: UUID) -> None:
    """Let what waits to change where a creator's money goes be over: somebody else answers for them now."""
    for change in PaymentRepository(work.session).payee_changes(creator_id):
        waits = step_up.about(work, change.id)
        if waits is not None:
            step_up.fail(work, waits.id)
