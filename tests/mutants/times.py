"""A plugin of pytest's that writes down how long each test takes, set-up and all, to the file TIMES names."""

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

SECONDS: dict[str, float] = defaultdict(float)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add one phase of a test; the process that is no worker hears of all."""
    SECONDS[report.nodeid] += report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write all down."""
    if not hasattr(session.config, "workerinput"):
        Path(os.environ["TIMES"]).write_text(json.dumps(SECONDS))
