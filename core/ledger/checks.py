"""The check of the whole ledger: made by the timetable, read by everybody else.

It reads every entry, so it never runs while somebody waits for an answer.
"""

import time
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, text

from core.kit.work import Work
from core.ledger import service as ledger
from core.ledger.models import LedgerCheck
from core.ledger.schemas import CheckView, Violation
from core.operators import tasks
from core.operators.states import Subject

CHECK_EVERY = timedelta(minutes=15)
FINDINGS_MAX = 100
MS_PER_SECOND = 1_000
THE_LEDGER = UUID(int=0)
"""As what the one ledger is known to an operator's task."""
ALONE = text("SELECT pg_try_advisory_xact_lock(hashtext('ledger_check'))")


def check_if_due(work: Work) -> CheckView | None:
    """Check the ledger if the last check is older than CHECK_EVERY and nobody else is at it.

    What is found goes before an operator: once, while it stays the same.
    """
    last = latest(work)
    if last is not None and work.now - last.checked_at < CHECK_EVERY:
        return None
    if not work.session.scalar(ALONE):
        return None
    began = time.monotonic()
    found = [asdict(violation) for violation in ledger.violations(work)]
    took_ms = round((time.monotonic() - began) * MS_PER_SECOND)
    row = LedgerCheck(checked_at=work.now, took_ms=took_ms, findings=found[:FINDINGS_MAX])
    work.session.add(row)
    work.session.flush()
    if found:
        rules: dict[str, int] = {}
        for violation in found:
            rules[violation["rule"]] = rules.get(violation["rule"], 0) + 1
        tasks.open_task(work, "books_are_wrong", Subject.LEDGER, THE_LEDGER, {"rules": rules})
    return _view(row)


def latest(work: Work) -> CheckView | None:
    """Return what the last check found, None before the first."""
    row = work.session.scalars(select(LedgerCheck).order_by(LedgerCheck.id.desc()).limit(1)).first()
    return _view(row) if row else None


def _view(row: LedgerCheck) -> CheckView:
    return CheckView(row.checked_at, row.took_ms, tuple(Violation(**found) for found in row.findings))
