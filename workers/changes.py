"""Makes the changes that waited to be confirmed, each once, in a transaction of its own."""

from collections.abc import Callable, Mapping
from uuid import UUID

import structlog

from core.kit.actors import CLOCK
from core.kit.errors import DomainError
from core.kit.work import Work, begin
from core.linking import service as linking
from core.payments import payee_accounts
from core.privacy import erasure
from core.step_up import service as step_up
from core.step_up.errors import NotYet
from core.step_up.schemas import StepUpView
from core.step_up.states import Change
from runtime.parts import Runtime

log = structlog.get_logger(__name__)


def _erase(work: Work, change: StepUpView) -> None:
    erasure.erase(work, change.subject_id)


EFFECTS: Mapping[Change, Callable[[Work, StepUpView], object]] = {
    Change.PAYEE: payee_accounts.change_payee,
    Change.LINK: linking.take_effect,
    Change.ERASURE: _erase,
}
"""What a change does."""


def make_due(runtime: Runtime) -> int:
    """Make every change whose time has come; returns how many were made, or cannot be. One stops no other."""
    with begin(runtime.database, CLOCK) as work:
        due = step_up.due(work)
    return sum(_make(runtime, step_up_id) for step_up_id in due)


def _make(runtime: Runtime, step_up_id: UUID) -> int:
    try:
        with begin(runtime.database, CLOCK) as work:
            return int(_settle(work, step_up_id))
    except Exception:
        log.exception("a change could not be made", change=str(step_up_id))
        with begin(runtime.database, CLOCK) as work:
            step_up.failed(work, step_up_id)
        return 0


def _settle(work: Work, step_up_id: UUID) -> bool:
    """Make one change, or say why it cannot be; False where it was settled meanwhile, or still waits."""
    change = step_up.claim(work, step_up_id)
    if change is None:
        return False
    try:
        with work.session.begin_nested():
            EFFECTS[change.change](work, change)
    except NotYet:
        step_up.put_off(work, step_up_id)
        return False
    except DomainError as error:
        step_up.fail(work, step_up_id, error.code)
        return True
    step_up.done(work, step_up_id)
    return True
