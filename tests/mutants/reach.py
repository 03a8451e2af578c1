"""Which tests run which line, from one run of the suite under coverage; kept until the code changes."""

import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import coverage

from tests.mutants.sample import ROOT, SLICES

FOLDER = ROOT / ".state" / "mutants"
TIMES = ["--durations=0", "--durations-min=0"]
TESTS_MAX, SECONDS_MAX = 80, 60.0
NEAREST = 40


@dataclass(frozen=True)
class Reach:
    """For each file: the tests of each of its lines; and the seconds each test takes."""

    tests: dict[str, dict[int, set[str]]]
    seconds: dict[str, float]

    @cached_property
    def lines(self) -> dict[str, Counter[str]]:
        """How many lines of each file a test runs."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for path, lines in self.tests.items():
            for test in chain.from_iterable(lines.values()):
                found[test][path] += 1
        return found

    def of(self, path: str, line: int) -> list[str]:
        """Return the tests of a line: those that are most about its file first, then the quickest.

        Of its file where the line runs at import only.
        """
        lines = self.tests.get(path, {})
        found = lines.get(line) or set().union(*lines.values())
        near = sorted(found, key=lambda test: (-self.lines[test][path] / self.lines[test].total(), test))
        quick = sorted(near[NEAREST:], key=lambda test: (self.seconds.get(test, 1.0), test))
        chosen, total = list[str](), 0.0
        for test in (*near[:NEAREST], *quick):
            total += self.seconds.get(test, 1.0)
            if len(chosen) == TESTS_MAX or total > SECONDS_MAX:
                break
            chosen.append(test)
        return chosen


def measured(*, again: bool) -> Reach:
    """Return what a run of the suite reaches, without its slow tests; runs it where that is not known."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    data, times = FOLDER / "coverage", FOLDER / "seconds.json"
    if again or not (data.exists() and times.exists()):
        _run(data, times)
    return Reach(_tests_of_lines(data), json.loads(times.read_text()))


def _run(data: Path, times: Path) -> None:
    report = FOLDER / "report.json"
    run = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-m", "not slow", "-p", "tests.mutants.times"]
    command = [*run, "--cov", "--cov-context=test", "--cov-report=", "--cov-fail-under=0", "tests"]
    done = subprocess.run(  # noqa: S603  (our own command)
        command,
        cwd=ROOT,
        check=False,
        env={**os.environ, "COVERAGE_FILE": str(data), "TIMES": str(report)},
    )
    if done.returncode:
        raise SystemExit("the suite fails without any mutant")
    times.write_text(report.read_text())


def _tests_of_lines(data: Path) -> dict[str, dict[int, set[str]]]:
    read = coverage.CoverageData(str(data))
    read.read()
    found: dict[str, dict[int, set[str]]] = {}
    for file in read.measured_files():
        path = Path(file)
        if not path.is_relative_to(ROOT / "core") or path.relative_to(ROOT / "core").parts[0] not in SLICES:
            continue
        lines: dict[int, set[str]] = defaultdict(set)
        for line, contexts in read.contexts_by_lineno(file).items():
            lines[line] |= {context.rpartition("|")[0] for context in contexts if "|" in context}
        found[str(path.relative_to(ROOT))] = dict(lines)
    return found
