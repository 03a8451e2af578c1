"""A process is what its table says: names are bound to functions once, and versions are known or refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from core.deals import deal_rules, engine, piece_rules
from core.deals.deal_table import BRIEF_UNANSWERED, DEAL
from core.deals.piece_table import DELIVERABLE, REMINDERS, REVIEWS_OVER
from core.kit.process import (
    BACK,
    STAYS,
    MisboundProcess,
    Party,
    Process,
    Rules,
    Runner,
    Transition,
    UnknownVersion,
    Wrong,
    mermaid,
    table,
)

BRAND = frozenset({Party.BRAND})
NOTHING: tuple[tuple[str, None], ...] = (("begin", None), ("end", None))


@dataclass
class Walk:
    """A step of a small process, with what was done in it."""

    row: Transition
    party: Party = Party.BRAND
    state: str = "open"
    done: list[str] = field(default_factory=list)

    def enter(self, target: str) -> None:
        self.done.append(f"enter {target}")


def process(version: int = 1) -> Process:
    rows = (
        Transition("begin", BRAND, (), "open"),
        Transition("end", BRAND, ("open",), "over", guards=("allowed", "wanted"), posting="paid"),
    )
    return table("walk", version, rows, ("over",))


def doing(name: str) -> Callable[[Walk], None]:
    return lambda step: step.done.append(name)


def rules(**changed: Any) -> Rules[Walk]:  # noqa: ANN401  (what a careless hand may bind)
    bound: dict[str, Any] = {
        "guards": (("allowed", doing("allowed")), ("wanted", doing("wanted"))),
        "postings": (("paid", doing("paid")),),
        "changes": (("begin", None), ("end", doing("changed"))),
    }
    return Rules[Walk](**{**bound, **changed})


def refuse(step: Walk, wrong: Wrong) -> Exception:
    return ValueError(f"{step.row.name} {wrong}")


def follow(taken: Sequence[tuple[Walk, str]]) -> None:
    for step, before in taken:
        step.done.append(f"from {before}")


def runner(*versions: tuple[Process, Rules[Walk]]) -> Runner[Walk]:
    return Runner[Walk](versions, refuse, doing("admitted"), follow)


def test_what_the_table_says_is_what_happens_in_this_order() -> None:
    step = Walk(process().find("end"))
    runner((process(), rules())).take(step, 1)
    assert step.done == ["admitted", "allowed", "wanted", "changed", "paid", "enter over", "from open"]


@pytest.mark.parametrize(
    ("party", "state", "said"),
    [(Party.CLOCK, "open", "end party"), (Party.BRAND, "over", "end state"), (Party.BRAND, "", "end state")],
)
def test_nobody_else_and_from_nowhere_else(party: Party, state: str, said: str) -> None:
    step = Walk(process().find("end"), party, state)
    with pytest.raises(ValueError, match=said):
        runner((process(), rules())).take(step, 1)
    assert step.done == []


def test_a_thing_that_exists_is_not_made_again() -> None:
    with pytest.raises(ValueError, match="begin state"):
        runner((process(), rules())).take(Walk(process().find("begin")), 1)


ODD = [
    ({"guards": (("allowed", doing("a")),)}, "wanted"),
    ({"guards": (("allowed", doing("a")), ("wanted", doing("b")), ("wantd", doing("c")))}, "wantd"),
    ({"guards": (("allowed", doing("a")), ("wanted", None))}, "wanted"),
    ({"postings": ()}, "paid"),
    ({"postings": (("paid", None),)}, "paid"),
    ({"postings": (("paid", doing("a")), ("paid", doing("b")))}, "paid"),
    ({"changes": (("end", None),)}, "begin"),
    ({"changes": (*NOTHING, ("ends", None))}, "ends"),
    ({"changes": (*NOTHING, ("end", None))}, "end"),
]


@pytest.mark.parametrize(("changed", "name"), ODD)
def test_a_misspelt_missing_or_doubled_name_is_refused_at_the_start(
    changed: dict[str, Any], name: str
) -> None:
    with pytest.raises(MisboundProcess, match=rf"\b{name}\b"):
        runner((process(), rules(**changed)))


def test_a_step_runs_by_the_version_that_its_thing_began_with() -> None:
    newer = table("walk", 2, (Transition("begin", BRAND, (), "open"),), ("open",))
    both = runner((process(), rules()), (newer, Rules[Walk]((), (), (("begin", None),))))
    assert "end" in both.process(1).transitions
    assert "end" not in both.process(2).transitions
    with pytest.raises(UnknownVersion, match=r"3 of \[1, 2\]"):
        both.take(Walk(process().find("end")), 3)
    with pytest.raises(MisboundProcess, match="twice"):
        runner((process(), rules()), (process(), rules()))


def test_many_steps_are_moved_and_followed_together() -> None:
    steps = [Walk(process().find("end")) for _ in range(3)]
    moved: list[int] = []
    runner((process(), rules())).take_all(steps, 1, lambda all_: moved.append(len(all_)))
    assert moved == [3]
    assert all(step.done[-1] == "from open" and "paid" in step.done for step in steps)


def test_a_row_may_stay_or_go_back() -> None:
    rows = (
        Transition("begin", BRAND, (), "open"),
        Transition("look", BRAND, ("open",), STAYS),
        Transition("stop", BRAND, ("open",), "still"),
        Transition("go", BRAND, ("still",), BACK),
    )
    found = table("walk", 1, rows, ())
    assert found.states == {"open", "still"}
    assert "open --> open: look" in mermaid(found)
    assert "still --> open: go" in mermaid(found)


def test_deals_run_by_the_tables_that_are_drawn() -> None:
    assert engine.DEALS.process(1) is DEAL
    assert engine.PIECES.process(1) is DELIVERABLE
    bound = {name for name, _ in (*deal_rules.RULES.postings, *piece_rules.RULES.postings)}
    assert {row.posting for p in (DEAL, DELIVERABLE) for row in p.transitions.values()} - {""} == bound


def test_where_a_clock_may_run_is_read_from_the_table() -> None:
    parcels = {"awaiting_address", "to_send", "on_its_way"}
    assert DEAL.clocked == parcels | {"offered", "applied", "cancelling", "disputed"}
    worked = {"drafting", "in_review", "changes_requested", "approved", "overdue"}
    assert DELIVERABLE.clocked == worked | {"posted", "claimed", "live", "missing"}


@pytest.mark.parametrize("process", [DEAL, DELIVERABLE])
def test_a_step_that_a_clock_takes_stops_that_clock(process: Process) -> None:
    steps = {timer.step for row in process.transitions.values() for timer in row.timers}
    for row in map(process.find, steps - {*REMINDERS, REVIEWS_OVER, BRIEF_UNANSWERED}):
        assert row.target is not STAYS
        assert row.name not in row.keeps
        assert not row.keeps or row.sources == (row.target,), "only a reminder lets the clock that acts go on"
        assert set(row.sources) & process.clocked
