"""Signing in with a personal key. Failures are written down and logged; how many are borne, the API knows."""

from datetime import timedelta

import structlog
from sqlalchemy import delete

from core.kit.work import Work
from core.operators import staff
from core.operators.models import FailedSignIn
from core.operators.schemas import StaffView

KEPT_FOR = timedelta(days=90)
log = structlog.get_logger(__name__)


def sign_in(work: Work, key: str, address: str) -> StaffView | None:
    """Return whose key this is, None for one that opens nothing, which is written down and logged."""
    found = staff.bearer_of(work, key)
    if found is None:
        named = staff.KEY.fullmatch(key) is not None
        work.session.execute(delete(FailedSignIn).where(FailedSignIn.at < work.now - KEPT_FOR))
        work.session.add(FailedSignIn(address=address[:64], at=work.now, named_a_key=named))
        log.warning("an operator's sign-in failed", address=address, named_a_key=named)
    return found
