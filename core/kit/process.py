"""A process as data: who may move a thing from where to where, and what comes with the step.

The tables live in each slice's `states.py`; the engine that runs a step lives with the slice that owns
the rows. Diagrams and tests read the same tables.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Party(StrEnum):
    """Who may take a step."""

    BRAND = "brand"
    CREATOR = "creator"
    OPERATOR = "operator"
    CLOCK = "clock"
    SYSTEM = "system"


STAYS = ""
"""The target of a step that leaves a thing in the state it has, with all its clocks."""


@dataclass(frozen=True, slots=True)
class Timer:
    """A step the clock takes, or a reminder it sends, when nobody else moved first.

    `setting` names the term that holds the delay in hours; `before` counts back from a date instead.
    """

    step: str
    setting: str = ""
    hours: int = 0
    before: str = ""
    business_days: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that a step sends: to whom, and under which name the words are found."""

    to: Party
    name: str


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a process table. Without `sources` the step creates the thing."""

    name: str
    actors: frozenset[Party]
    sources: tuple[str, ...]
    target: str
    guard: str = ""
    posting: str = ""
    timers: tuple[Timer, ...] = ()
    keeps: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    quiet: str = field(default="")  # why a step tells nobody, where it tells nobody


@dataclass(frozen=True, slots=True)
class Process:
    """A named, versioned table of transitions."""

    name: str
    version: int
    transitions: Mapping[str, Transition]
    terminal: frozenset[str]

    def find(self, step: str) -> Transition:
        """Return the row of this name. Raises KeyError where there is none: that is a bug."""
        return self.transitions[step]

    def steps_from(self, state: str) -> list[Transition]:
        """Return the rows that leave `state`."""
        return [row for row in self.transitions.values() if state in row.sources]

    @property
    def states(self) -> set[str]:
        """Return every state a row enters or leaves."""
        rows = self.transitions.values()
        entered = {row.target for row in rows if row.target is not STAYS}
        return entered | {state for row in rows for state in row.sources}


def table(name: str, version: int, rows: Iterable[Transition], terminal: Iterable[str]) -> Process:
    """Build a process. Raises ValueError for two rows of one name."""
    transitions: dict[str, Transition] = {}
    for row in rows:
        if row.name in transitions:
            raise ValueError(row.name)
        transitions[row.name] = row
    return Process(name, version, transitions, frozenset(terminal))


def mermaid(process: Process) -> str:
    """Draw the process as a Mermaid state diagram, one arrow a row and source."""
    lines = ["stateDiagram-v2"]
    for row in process.transitions.values():
        who = ", ".join(sorted(row.actors))
        lines += [
            f"    {source or '[*]'} --> {row.target or source}: {row.name} ({who})"
            for source in row.sources or ("",)
        ]
    lines += [f"    {state} --> [*]" for state in sorted(process.terminal)]
    return "\n".join(lines)
