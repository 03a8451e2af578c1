"""Which mutants are tried: so many a slice, of every kind alike, drawn by a seed.

Cosmic Ray makes them. Left out is what no test can notice: annotations, mapped columns (the migrations make
the tables), what only a log says, `==` that becomes `is`.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import parso
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).parents[2]
SLICES = (
    "kit", "ledger", "payments", "deals", "terms", "accounts", "compliance", "trust", "tracking", "messaging"
)  # fmt: skip
NOT_MUTATED = {"__init__.py", "models.py"}
KINDS = {
    "LeaveOut": "a statement left out",
    "ReplaceComparison": "a comparison",
    "AddNot": "a condition",
    "ReplaceAndWithOr": "a condition",
    "ReplaceOrWithAnd": "a condition",
    "ReplaceTrueWithFalse": "a constant",
    "ReplaceFalseWithTrue": "a constant",
    "NumberReplacer": "a number",
    "ReplaceBinary": "arithmetic",
    "ReplaceUnary": "arithmetic",
    "ExceptionReplacer": "a way out",
    "ReplaceBreakWithContinue": "a way out",
    "ReplaceContinueWithBreak": "a way out",
    "ZeroIterationForLoop": "a loop",
}
"""The kind of mutant by the beginning of its operator's name; others are not made."""


class LeaveOut(Operator):  # type: ignore[misc]
    """Leave out a call that stands alone, or a refusal: the rule that it keeps."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """Yield where such a statement stands."""
        if node.type == "simple_stmt" and _is_rule(node.children[0]):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Put nothing in its place."""
        del index
        nothing = parso.parse("pass\n").children[0]  # type: ignore[no-untyped-call]
        nothing.get_first_leaf().prefix = node.get_first_leaf().prefix
        return nothing

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Return what it does."""
        return (Example("require(x)\n", "pass\n"), Example("raise Refused\n", "pass\n"))


def _is_rule(statement: Any) -> bool:
    if statement.type in {"raise_stmt", "keyword"}:
        return str(statement.get_code()).strip().startswith("raise")
    call = statement.type in {"atom_expr", "power"}
    return call and not str(statement.get_code()).strip().startswith("log.")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file: `path` from the root, its first line, the line before and after."""

    slice: str
    path: str
    operator: str
    occurrence: int
    line: int
    kind: str

    @property
    def module(self) -> str:
        """Return the name of the module."""
        return self.path.removesuffix(".py").replace("/", ".")

    def code(self) -> str:
        """Return the whole file with the change."""
        made = mutate_code((ROOT / self.path).read_text(), _operator(self.operator), self.occurrence)
        assert made is not None
        return str(made)

    def is_code(self) -> bool:
        """Tell whether it can be made and read: not every way out can be."""
        try:
            ast.parse(self.code())
        except (AttributeError, SyntaxError):
            return False
        return True

    def shown(self) -> str:
        """Return the first line that differs, before and after."""
        before, after = (ROOT / self.path).read_text().splitlines(), self.code().splitlines()
        for old, new in zip(before, after, strict=False):
            if old != new:
                return f"`{old.strip()}` → `{new.strip()}`"
        return "at the end"


def drawn(each: int, seed: int, slices: tuple[str, ...] = SLICES) -> list[Mutant]:
    """Return so many mutants a slice, or all there are, the kinds by turns."""
    found = []
    for name in slices:
        random = Random(f"{seed}:{name}")
        by_kind: dict[str, list[Mutant]] = defaultdict(list)
        for mutant in _all(name):
            by_kind[mutant.kind].append(mutant)
        for mutants in by_kind.values():
            random.shuffle(mutants)
        chosen: list[Mutant] = []
        while len(chosen) < each and any(by_kind.values()):
            for kind in sorted(by_kind):
                if by_kind[kind] and len(chosen) < each and (mutant := by_kind[kind].pop()).is_code():
                    chosen.append(mutant)
        found += chosen
    return found


def _all(name: str) -> Iterator[Mutant]:
    for path in sorted((ROOT / "core" / name).rglob("*.py")):
        if path.name in NOT_MUTATED:
            continue
        source = path.read_text()
        passed_over = _annotated(source)
        tree = get_ast(source)
        for operator in _operators():
            places = (
                place for node in ast_nodes(tree) for place in _operator(operator).mutation_positions(node)
            )
            for occurrence, (start, end) in enumerate(places):
                if not any(begin <= start and end <= stop for begin, stop in passed_over):
                    where = str(path.relative_to(ROOT))
                    yield Mutant(name, where, operator, occurrence, start[0], _kind(operator))


def _annotated(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the spans of annotations, of type aliases, and of what is logged."""
    found: list[ast.expr] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            found.append(node.annotation)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found += [node.returns] if node.returns is not None else []
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found += node.decorator_list
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log."):
            found.append(node)
    return [((n.lineno, n.col_offset), (n.end_lineno or 0, n.end_col_offset or 0)) for n in found]


@cache
def _operators() -> tuple[str, ...]:
    names = [
        name
        for name in operator_names()
        if _kind(name.partition("/")[2]) and not name.endswith(("_Is", "_IsNot"))
    ]
    return ("LeaveOut", *names)


@cache
def _operator(name: str) -> Operator:
    return LeaveOut() if name == "LeaveOut" else get_operator(name)()


def _kind(operator: str) -> str:
    name = operator.rpartition("/")[2]
    return next((kind for prefix, kind in KINDS.items() if name.startswith(prefix)), "")
