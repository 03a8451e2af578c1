"""What a form knows is typed and fresh; what a button carries is read once, into a type."""

import ast
import dataclasses
import inspect
import re
import textwrap
from pathlib import Path
from typing import get_type_hints

import pytest

from bots.conversation import session
from bots.conversation.dialogue import AnyCommand
from bots.conversation.forms import KNOWN, Known
from bots.conversation.session import Frame
from bots.dialogues.book import book
from bots.phrases.languages import LANGUAGES, speaking

ROOT = Path(__file__).parents[2]
BOOK = book()
LOADING = {name: d.load for name, d in BOOK.dialogues.items() if d.load is not None}
STEM = 5
"""So many characters of a word are the same in all its forms."""
PARSES = {"UUID", "int", "key", "maybe_key", "partition", "rpartition", "split", "fromisoformat"}


def sources() -> list[Path]:
    return [
        path
        for room in ("conversation", "dialogues", "understanding")
        for path in (ROOT / "bots" / room).rglob("*.py")
    ]


def test_no_fact_is_kept_among_the_answers() -> None:
    hidden, found = re.compile(r"_[a-z][a-z_]*"), []
    for path in sources():
        tree = ast.parse(path.read_text())
        endings = {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
        }
        found += [
            f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != KNOWN
            if hidden.fullmatch(node.value) and id(node) not in endings
        ]
    assert found == []


@pytest.mark.parametrize("name", sorted(BOOK.forms))
def test_a_form_keeps_nothing_but_answers_to_its_questions(name: str) -> None:
    form, frame = BOOK.forms[name], Frame(name, 1, {"_currency": "INR", "workspace_of_old": "x"})
    kept = session.revalidated(dataclasses.replace(form, fields=()), frame)
    assert dict(kept.slots) == {}


@pytest.mark.parametrize("name", sorted(LOADING))
def test_the_facts_of_a_form_are_of_a_type_that_nobody_changes(name: str) -> None:
    kind = get_type_hints(LOADING[name])["return"]
    assert dataclasses.is_dataclass(kind), f"{name} knows {kind}"
    assert vars(kind)["__dataclass_params__"].frozen, f"{name} knows {kind}, which may be changed"


def test_what_forms_ask_for_is_what_is_loaded_for_them() -> None:
    loaded = {get_type_hints(load)["return"].__name__ for load in LOADING.values()}
    asked = {
        ast.unparse(node.args[0])
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "facts" and len(node.args) > 1
    }
    assert asked == loaded


def test_known_facts_are_not_stored() -> None:
    names = {field.name for field in dataclasses.fields(Known)}
    assert {"facts", "today"} <= names
    assert not {"facts", "today"} & {field.name for field in dataclasses.fields(Frame)}


def taken(command: AnyCommand) -> object:
    """Return the type that a command's `takes` reads a button's words into."""
    if isinstance(command.takes, type):
        return command.takes
    return get_type_hints(command.takes, vars(inspect.getmodule(command.takes)))["return"]


@pytest.mark.parametrize("name", sorted(n for n, c in BOOK.commands.items() if not c.binds))
def test_what_a_command_runs_on_is_what_was_read_of_its_button(name: str) -> None:
    command = BOOK.commands[name]
    argument = list(inspect.signature(command.run).parameters)[1]
    assert get_type_hints(command.run)[argument] == taken(command)


@pytest.mark.parametrize(
    "name", sorted(n for n, c in BOOK.commands.items() if c.takes is str and not c.binds)
)
def test_no_command_takes_its_button_apart_while_it_runs(name: str) -> None:
    run = BOOK.commands[name].run
    tree = ast.parse(textwrap.dedent(inspect.getsource(run)))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert {getattr(func, "attr", getattr(func, "id", "")) for func in calls} & PARSES == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(name for name, form in BOOK.forms.items() if form.confirm))
def test_nobody_takes_the_way_out_of_a_form_for_its_end(name: str, language: str) -> None:
    form = BOOK.forms[name]
    with speaking(language):
        labels = (form.confirm_label.casefold().split(), form.way_out.casefold().split())
    said, left = ({word[:STEM] for word in label if len(word) >= STEM - 1} - {"करें"} for label in labels)
    assert not said & left, f"two buttons of {name} are named alike"
