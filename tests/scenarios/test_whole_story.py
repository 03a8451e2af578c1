"""The whole job in one process: the same story, the same routes, the same checks as `make demo`."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from api import app as web
from core.events.kinds import STEPS
from core.kit.actors import SYSTEM
from core.kit.clock import SandboxClock
from core.kit.work import Work, begin
from core.ledger import service as ledger
from market.stage import Stage
from market.story import Checks, Story
from runtime import parts
from runtime.parts import Runtime
from tests.conftest import drain, staff_key


@pytest.fixture
def sandbox(runtime: Runtime) -> Runtime:
    """The runtime with the clock that people can move."""
    movable = replace(runtime.database, clock=SandboxClock())
    return parts.build(runtime.settings, movable)


@pytest.fixture
def stage(sandbox: Runtime) -> Iterator[Stage]:
    with TestClient(web.create(sandbox)) as client:
        yield Stage(client.request, staff_key(sandbox.database), lambda: drain(sandbox))


def untold(work: Work) -> set[tuple[str, UUID, int]]:
    """Return what the journals and tables of money know and the stream of events does not, or the reverse."""
    known = Counter[tuple[str, UUID]]()
    steps = (
        ("campaign", "SELECT step, campaign_id AS id FROM campaign_event"),
        ("deal", "SELECT step, deal_id AS id FROM deal_event WHERE deliverable_id IS NULL"),
        ("deliverable", "SELECT step, deliverable_id AS id FROM deal_event WHERE deliverable_id IS NOT NULL"),
    )
    for process, query in steps:
        for row in work.session.execute(text(query)):
            known[STEPS[process, row.step], row.id] += 1
    money = (
        ("funding.paid", "SELECT id FROM funding WHERE state = 'paid'"),
        ("payout.sent", "SELECT id FROM payout WHERE state = 'sent'"),
        ("refund.sent", "SELECT id FROM refund WHERE state = 'sent'"),
        ("person.registered", "SELECT id FROM person"),
        ("workspace.opened", "SELECT id FROM workspace"),
    )
    for kind, query in money:
        known.update((kind, each) for each in work.session.scalars(text(query)))
    compared = {kind for kind, _ in known} | set(STEPS.values()) | {kind for kind, _ in money}
    told = Counter[tuple[str, UUID]]()
    for row in work.session.execute(text("SELECT * FROM business_event ORDER BY seq")):
        thing = row.facts.get("funding_id") if row.kind == "funding.paid" else None
        thing = thing or row.facts.get("payout_id") or row.facts.get("refund_id")
        subject = row.deliverable_id or row.deal_id or row.campaign_id or row.workspace_id or row.person_id
        if row.kind in compared:
            told[row.kind, UUID(thing) if thing else subject] += 1
    return {(kind, each, count) for (kind, each), count in ((known - told) + (told - known)).items()}


@pytest.mark.slow(seconds=14)
def test_from_one_sentence_to_paid_creators(stage: Stage, sandbox: Runtime) -> None:
    checks = Checks(lambda _: None)
    Story(stage, checks, lambda _: None).play()
    assert checks.failed == []
    assert checks.passed > 45
    with begin(sandbox.database, SYSTEM) as work:
        assert ledger.violations(work) == []
        assert untold(work) == set()
