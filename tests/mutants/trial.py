"""One trial: a forked process imports everything anew, one module of it changed, and runs the tests it names.

The parent has imported the libraries and stands a database server, so that a trial costs seconds.
"""

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING

from tests.mutants.sample import Mutant

if TYPE_CHECKING:
    from market.embedded import EmbeddedPostgres

OURS = ("api", "bots", "core", "market", "retrieval", "runtime", "workers")
START_SECONDS = 40.0
KNOWN = ("-W", "ignore::pytest.PytestAssertRewriteWarning")  # the libraries are imported, on purpose


class End(StrEnum):
    """How a trial ended."""

    KILLED = "killed"
    SURVIVED = "survived"
    TIMED_OUT = "timed out"
    UNREACHED = "no test reaches it"


@dataclass(frozen=True, slots=True)
class Trial:
    """A process at work on a mutant, and when it must have ended."""

    mutant: Mutant | None
    pid: int
    deadline: float


class _Changed(importlib.machinery.SourceFileLoader):
    """Loads a module from changed source."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:
        """Compile what is tried."""
        return compile(self._source, self.get_filename(fullname), "exec", dont_inherit=True)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds one module, changed."""

    def __init__(self, mutant: Mutant, root: Path) -> None:
        self._name, self._path, self._source = mutant.module, str(root / mutant.path), mutant.code()

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return the changed module's spec, None for all others."""
        del path, target
        if name != self._name:
            return None
        loader = _Changed(name, self._path, self._source)
        return importlib.util.spec_from_file_location(name, self._path, loader=loader)


def server(folder: Path) -> "EmbeddedPostgres":
    """Stand a database server with a migrated template for all trials."""
    from market.embedded import EmbeddedPostgres
    from tests.conftest import NOT_DURABLE, make_template

    stands = EmbeddedPostgres(folder, settings=NOT_DURABLE)
    url = stands.start()
    make_template(url)
    os.environ |= {"TEST_DATABASE_URL": url, "TEST_TEMPLATE": "ready"}
    return stands


def preload(root: Path) -> None:
    """Import all libraries that ours need, and leave none of ours in memory."""
    sys.path.insert(0, str(root))
    for name in ("api.app", "market.cli", "tests.conftest", "workers.app"):
        importlib.import_module(name)
    for name in list(sys.modules):
        if name.partition(".")[0] in OURS or (
            name.startswith("tests.") and not name.startswith("tests.mutants")
        ):
            del sys.modules[name]


def begin(mutant: Mutant | None, tests: Sequence[str], seconds: float, root: Path, output: Path) -> Trial:
    """Start a trial of these tests; None tries no change at all."""
    pid = os.fork()
    if not pid:
        os.setpgid(0, 0)
        os._exit(_run(mutant, tests, root, output))
    return Trial(mutant, pid, time.monotonic() + seconds)


def _run(mutant: Mutant | None, tests: Sequence[str], root: Path, output: Path) -> int:
    out = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)
    import pytest

    if mutant is not None:
        sys.meta_path.insert(0, _Finder(mutant, root))
    quiet = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:cov", "--no-header", "--tb=short", *KNOWN]
    try:
        return int(pytest.main([*quiet, *tests]))
    except BaseException:  # noqa: BLE001  (a mutant that cannot even be imported)
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def ended(trial: Trial) -> End | None:
    """Return how a trial ended, None while it goes on; one that takes too long is ended."""
    pid, status = os.waitpid(trial.pid, os.WNOHANG)
    if pid:
        return End.KILLED if os.waitstatus_to_exitcode(status) else End.SURVIVED
    if time.monotonic() < trial.deadline:
        return None
    os.killpg(trial.pid, signal.SIGKILL)
    os.waitpid(trial.pid, 0)
    return End.TIMED_OUT
