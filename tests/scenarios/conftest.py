"""A stage on one process, with a seeded marketplace and four people seated."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api import app as web
from core.kit.clock import SandboxClock
from market import seed
from market.stage import Stage
from runtime import parts
from runtime.parts import Runtime
from tests.conftest import drain, staff_key


@pytest.fixture
def stage(runtime: Runtime) -> Iterator[Stage]:
    movable = replace(runtime.database, clock=SandboxClock())
    sandbox = parts.build(runtime.settings, movable)
    seed.plant(sandbox.database)
    with TestClient(web.create(sandbox)) as client:
        stage = Stage(client.request, staff_key(sandbox.database), lambda: drain(sandbox))
        for who in ("brand", "asha", "ravi", "meera"):
            stage.sit(who)
        yield stage
