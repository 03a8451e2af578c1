"""The whole job in one process: the same story, the same routes, the same checks as `make demo`."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api import app as web
from core.kit.actors import SYSTEM
from core.kit.clock import SandboxClock
from core.kit.database import Database
from core.kit.work import begin
from core.ledger import service as ledger
from market.stage import Stage
from market.story import Checks, Story
from runtime import parts
from runtime.parts import Runtime
from tests.conftest import drain


@pytest.fixture
def sandbox(runtime: Runtime) -> Runtime:
    """The runtime with the clock that people can move."""
    movable = Database(runtime.database.engine, runtime.database.sessions, SandboxClock())
    return parts.build(runtime.settings, movable)


@pytest.fixture
def stage(sandbox: Runtime) -> Iterator[Stage]:
    with TestClient(web.create(sandbox)) as client:
        yield Stage(client.request, "test-admin-key", lambda: drain(sandbox))


@pytest.mark.slow(seconds=14)
def test_from_one_sentence_to_paid_creators(stage: Stage, sandbox: Runtime) -> None:
    checks = Checks(lambda _: None)
    Story(stage, checks, lambda _: None).play()
    assert checks.failed == []
    assert checks.passed > 45
    with begin(sandbox.database, SYSTEM) as work:
        assert ledger.violations(work) == []
