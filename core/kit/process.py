"""A process as data, and the one runner of it: what a table says is what happens.

A row says who may take a step, from where to where, under which guards, which money moves, which clocks start
and who is told. Guards, postings and what a step changes are functions, bound to the names in the table: a
name without a function, a function without a name and a name bound twice are refused when the program starts.
Diagrams and tests read the same tables.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Generic, Protocol, TypeVar


class Party(StrEnum):
    """Who may take a step."""

    BRAND = "brand"
    CREATOR = "creator"
    OPERATOR = "operator"
    CLOCK = "clock"
    SYSTEM = "system"


BRAND = frozenset({Party.BRAND})
CREATOR = frozenset({Party.CREATOR})
EITHER = frozenset({Party.BRAND, Party.CREATOR})
CLOCK = frozenset({Party.CLOCK})
SYSTEM = frozenset({Party.SYSTEM})
OPERATOR = frozenset({Party.OPERATOR})
BOTH = (Party.BRAND, Party.CREATOR)
"""Who is told, where both sides are."""

STAYS = ""
"""The target of a step that leaves a thing in the state it has, with all its clocks."""
BACK = "back"
"""The target of a step that brings a thing back to where it was before the step it undoes."""


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


def tell(name: str, *parties: Party) -> tuple[Notice, ...]:
    """Return the notice of a name for each of these."""
    return tuple(Notice(party, name) for party in parties)


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a process table. Without `sources` the step creates the thing."""

    name: str
    actors: frozenset[Party]
    sources: tuple[str, ...]
    target: str
    guards: tuple[str, ...] = ()
    posting: str = ""
    timers: tuple[Timer, ...] = ()
    keeps: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    quiet: str = field(default="")  # why a step tells nobody, where it tells nobody


@dataclass(frozen=True, slots=True)
class Process:
    """A named, versioned table of transitions.

    `clocked` are the states in which a clock may run that ends with them: a terminal one is never left.
    """

    name: str
    version: int
    transitions: Mapping[str, Transition]
    terminal: frozenset[str]
    clocked: frozenset[str]

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
        entered = {row.target for row in rows if row.target not in {STAYS, BACK}}
        return entered | {state for row in rows for state in row.sources}


def table(name: str, version: int, rows: Iterable[Transition], terminal: Iterable[str]) -> Process:
    """Build a process. Raises ValueError for two rows of one name."""
    transitions: dict[str, Transition] = {}
    for row in rows:
        if row.name in transitions:
            raise ValueError(row.name)
        transitions[row.name] = row
    process = Process(name, version, transitions, frozenset(terminal), frozenset())
    clocked = {
        target
        for row in transitions.values()
        if (row.timers or row.keeps) and row.target is not STAYS
        for source in row.sources or ("",)
        for target in _targets(process, row, source)
        if target not in process.terminal
    }
    return replace(process, clocked=frozenset(clocked))


def mermaid(process: Process) -> str:
    """Draw the process as a Mermaid state diagram, one arrow a row, source and target."""
    lines = ["stateDiagram-v2"]
    for row in process.transitions.values():
        who = ", ".join(sorted(row.actors))
        lines += [
            f"    {source or '[*]'} --> {target}: {row.name} ({who})"
            for source in row.sources or ("",)
            for target in _targets(process, row, source)
        ]
    lines += [f"    {state} --> [*]" for state in sorted(process.terminal)]
    return "\n".join(lines)


def _targets(process: Process, row: Transition, source: str) -> list[str]:
    if row.target is STAYS:
        return [source]
    if row.target is not BACK:
        return [row.target]
    return [
        came for other in process.transitions.values() if other.target == source for came in other.sources
    ]


class Step(Protocol):
    """One step being taken, as a slice knows it."""

    row: Transition
    party: Party

    @property
    def state(self) -> str:
        """Return where the thing stands, empty before its first step."""
        ...

    def enter(self, target: str) -> None:
        """Let the thing stand where the row says, STAYS and BACK too, and write it down."""
        ...


S = TypeVar("S", bound=Step)
Rule = Callable[[S], None]
Bindings = tuple[tuple[str, Rule[S] | None], ...]


class Wrong(StrEnum):
    """Why a table does not let a step be taken."""

    PARTY = "party"
    STATE = "state"


class MisboundProcess(TypeError):
    """A table and its functions do not fit together. This is a bug, found when the program starts."""


class UnknownVersion(LookupError):
    """A thing runs by a version of its process that this program does not know."""


@dataclass(frozen=True)
class Rules(Generic[S]):
    """The functions of a table, by name. `changes` has every step: None where it moves the state only."""

    guards: Bindings[S]
    postings: Bindings[S]
    changes: Bindings[S]


class Runner(Generic[S]):
    """Takes steps by the tables of one process: who, whence, guards, changes, money, state, what follows.

    Args:
        processes: every version that a thing may run by, each with its rules.
        refuse: returns the slice's own error for the wrong party or the wrong state.
        admit: refuses whatever no step of the thing may be taken in now, such as while it stands still.
        follow: notes steps, starts and stops clocks, tells people; gets each step with the state before.
    """

    def __init__(
        self,
        processes: Iterable[tuple[Process, Rules[S]]],
        refuse: Callable[[S, Wrong], Exception],
        admit: Callable[[S], None],
        follow: Callable[[Sequence[tuple[S, str]]], None],
    ) -> None:
        """Bind names to functions. Raises MisboundProcess where they do not fit."""
        self._processes: dict[int, Process] = {}
        self._bound: dict[int, tuple[Mapping[str, Rule[S] | None], ...]] = {}
        self._refuse, self._admit, self._follow = refuse, admit, follow
        for process, rules in processes:
            if process.version in self._processes:
                raise MisboundProcess(f"{process.name} has version {process.version} twice")
            rows = process.transitions.values()
            self._processes[process.version] = process
            self._bound[process.version] = (
                _bind(process, "guard", rules.guards, {name for row in rows for name in row.guards}),
                _bind(process, "posting", rules.postings, {row.posting for row in rows if row.posting}),
                _bind(process, "step", rules.changes, set(process.transitions)),
            )

    def process(self, version: int) -> Process:
        """Return the table of a version. Raises UnknownVersion."""
        try:
            return self._processes[version]
        except KeyError as unknown:
            raise UnknownVersion(f"version {version} of {sorted(self._processes)}") from unknown

    def take(self, step: S, version: int) -> None:
        """Take a step by the table of a version.

        Raises:
            UnknownVersion, and what the slice refuses with: the wrong party or state, a guard, the money.
        """
        before = self._prepare(step, version)
        step.enter(step.row.target)
        self._follow([(step, before)])

    def take_all(self, steps: Sequence[S], version: int, enter: Callable[[Sequence[S]], None]) -> None:
        """Take a step of many things at once: `enter` moves them all, and what follows is written together.

        Raises as `take` does, for the first that is refused.
        """
        before = [(step, self._prepare(step, version)) for step in steps]
        if steps:
            enter(steps)
            self._follow(before)

    def _prepare(self, step: S, version: int) -> str:
        """Do all of a step but the move itself; returns the state that it leaves."""
        self.process(version)
        guards, postings, changes = self._bound[version]
        row, before = step.row, step.state
        if step.party not in row.actors:
            raise self._refuse(step, Wrong.PARTY)
        if before not in (row.sources or ("",)):
            raise self._refuse(step, Wrong.STATE)
        self._admit(step)
        for bound in [*(guards[name] for name in row.guards), changes[row.name]]:
            if bound is not None:
                bound(step)
        if row.posting and (post := postings[row.posting]) is not None:
            post(step)
        return before


def _bind(
    process: Process, what: str, bindings: Bindings[S], wanted: set[str]
) -> Mapping[str, Rule[S] | None]:
    names = [name for name, _ in bindings]
    doubled = {name for name in names if names.count(name) > 1}
    wrong = doubled | (set(names) ^ wanted)
    if what != "step":
        wrong |= {name for name, rule in bindings if rule is None}
    if wrong:
        raise MisboundProcess(f"{process.name}, {what}: {', '.join(sorted(wrong))}")
    return dict(bindings)
