"""Try mutants, and say how many were noticed and which were not.

    python -m tests.mutants [--each 30] [--seed 1] [--minutes 60] [--slices ledger,payments] [--again]

Exits 1 below 85 %. Time-outs are counted apart; a mutant that no test reaches counts as one that lived.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict, deque
from pathlib import Path

from tests.mutants import reach, sample, trial
from tests.mutants.reach import Reach
from tests.mutants.sample import ROOT, SLICES, Mutant
from tests.mutants.trial import End, Trial

FLOOR, AT_ONCE = 0.85, 2
OUTPUT = reach.FOLDER / "output"


def main() -> int:
    """Try what was drawn; returns the exit code."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--each", type=int, default=30)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--minutes", type=float, default=60.0)
    options.add_argument("--slices", default=",".join(SLICES))
    options.add_argument("--again", action="store_true", help="run the suite again to see what it reaches")
    asked = options.parse_args()
    reached = reach.measured(again=asked.again)
    mutants = sample.drawn(asked.each, asked.seed, tuple(asked.slices.split(",")))
    OUTPUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="market-mutants-") as folder:
        server = trial.server(Path(folder))
        try:
            trial.preload(ROOT)
            _check_without(mutants, reached)
            ends = _try_all(mutants, reached, time.monotonic() + asked.minutes * 60)
        finally:
            server.stop()
    return _say(ends)


def _check_without(mutants: list[Mutant], reached: Reach) -> None:
    """Run the tests of one mutant of each slice without any change: what fails then says nothing."""
    of_slices = {mutant.slice: mutant for mutant in mutants if reached.of(mutant.path, mutant.line)}
    for name, mutant in of_slices.items():
        one = _begin(None, reached.of(mutant.path, mutant.line), f"{name}.log")
        while (end := trial.ended(one)) is None:
            time.sleep(0.05)
        if end is not End.SURVIVED:
            raise SystemExit(f"without a mutant the tests of {name} end as {end}: {OUTPUT / name}.log")


def _try_all(mutants: list[Mutant], reached: Reach, until: float) -> dict[Mutant, End]:
    """Try two at a time, in the order drawn, slices by turns; stops when the time is up."""
    waiting, going, ends = deque(_by_turns(mutants)), list[Trial](), dict[Mutant, End]()
    number = 0
    while going or waiting:
        while waiting and len(going) < AT_ONCE and time.monotonic() < until:
            mutant, number = waiting.popleft(), number + 1
            tests = reached.of(mutant.path, mutant.line)
            if tests:
                going.append(_begin(mutant, tests, f"{number}.log"))
            else:
                ends[mutant] = End.UNREACHED
        if time.monotonic() >= until:
            waiting.clear()
        for one in list(going):
            end = trial.ended(one)
            if end is not None and one.mutant is not None:
                going.remove(one)
                ends[one.mutant] = end
                print(
                    f"{len(ends):4} {end:18} {one.mutant.path}:{one.mutant.line} {one.mutant.shown()}",
                    flush=True,
                )
        time.sleep(0.02)
    return ends


def _begin(mutant: Mutant | None, tests: list[str], output: str) -> Trial:
    return trial.begin(mutant, tests, trial.START_SECONDS + 2 * reach.SECONDS_MAX, ROOT, OUTPUT / output)


def _by_turns(mutants: list[Mutant]) -> list[Mutant]:
    turn: Counter[str] = Counter()
    order = []
    for mutant in mutants:
        turn[mutant.slice] += 1
        order.append((turn[mutant.slice], mutant))
    return [mutant for _, mutant in sorted(order, key=lambda pair: pair[0])]


def _say(ends: dict[Mutant, End]) -> int:
    """Print a table by slice, and who lived; returns the exit code."""
    by_slice: dict[str, Counter[End]] = defaultdict(Counter)
    for mutant, end in ends.items():
        by_slice[mutant.slice][end] += 1
        by_slice["all"][end] += 1
    print("\n| slice | tried | killed | timed out | lived | killed of decided |\n|---|---|---|---|---|---|")
    for name, counts in by_slice.items():
        lived = counts[End.SURVIVED] + counts[End.UNREACHED]
        share = counts[End.KILLED] / max(counts[End.KILLED] + lived, 1)
        ended = f"{counts[End.KILLED]} | {counts[End.TIMED_OUT]} | {lived} | {share:.0%}"
        print(f"| {name} | {counts.total()} | {ended} |")
    print("\n| lived | change |\n|---|---|")
    for mutant, end in ends.items():
        if end in {End.SURVIVED, End.UNREACHED}:
            print(f"| {mutant.path}:{mutant.line} | {mutant.shown()} |")
    whole = by_slice["all"]
    lived = whole[End.SURVIVED] + whole[End.UNREACHED]
    return int(whole[End.KILLED] < FLOOR * (whole[End.KILLED] + lived))


if __name__ == "__main__":
    sys.exit(main())
