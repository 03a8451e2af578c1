"""Rules no linter ships with."""

import ast
import importlib
import inspect
import pkgutil
import re
import string
import subprocess
import tomllib
from pathlib import Path

import pytest

import core
from api.errors import STATUS
from bots.dialogues.book import book
from bots.dialogues.everybody import HELP_GROUPS
from bots.doors.registry import Settings
from bots.notices.book import RENDERERS
from bots.phrases.errors import KINDS, SENTENCES
from bots.phrases.sentences import CATALOGUE
from bots.understanding import glossary, ways
from core import migrate
from core.campaigns.states import CAMPAIGN
from core.deals.deal_table import CLOCK_STEPS, DEAL
from core.deals.piece_table import DELIVERABLE, REMINDERS, REVIEWS_OVER
from core.kit.database import Database
from core.kit.errors import DomainError
from core.kit.process import Notice, Party, Process, Transition
from market import diagrams

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "bots", "core", "market", "retrieval", "runtime", "workers")
FUNCTION_LINES_MAX = 60
FILE_LINES_MAX = 400
LONGER: dict[str, str] = {}
"""Files that may be longer than that, each with its reason."""
TELLING = {"outbox.tell", "chats.tell_everywhere", "tell_brand", "payments.tell_brand"}
PROCESSES = (CAMPAIGN, DEAL, DELIVERABLE)


def sources(*rooms: str) -> list[Path]:
    return [p for room in rooms or ROOMS for p in (ROOT / room).rglob("*.py") if "migrations" not in p.parts]


def test_nobody_commits_but_work() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "rollback"}
    ]
    assert found == []


def test_slices_meet_through_services() -> None:
    found = []
    for path in sources("core"):
        if path.parent == ROOT / "core":
            continue
        home = f"core.{path.relative_to(ROOT / 'core').parts[0]}."
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("core."):
                foreign = not f"{node.module}.".startswith(home)
                names = {str(node.module).rpartition(".")[2], *(alias.name for alias in node.names)}
                if foreign and names & {"models", "repository"}:
                    found.append(f"{path.relative_to(ROOT)} -> {node.module}")
    assert found == []


def test_no_function_is_longer_than_sixty_lines() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.name} {node.end_lineno - node.lineno + 1}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= FUNCTION_LINES_MAX
    ]
    assert found == []


def test_no_file_is_longer_than_four_hundred_lines_without_a_reason() -> None:
    lines = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources()}
    longer = {name for name, count in lines.items() if count > FILE_LINES_MAX}
    assert longer - LONGER.keys() == set()
    assert LONGER.keys() - longer == set(), "a reason that nothing needs any more"


def errors() -> list[type[DomainError]]:
    for module in pkgutil.walk_packages(core.__path__, "core."):
        if module.name.endswith(".errors"):
            importlib.import_module(module.name)
    waiting, found = [DomainError], set()
    while waiting:
        for child in waiting.pop().__subclasses__():
            if child not in found:
                found.add(child)
                waiting.append(child)
    return sorted((e for e in found if e.__module__.startswith("core.")), key=lambda e: e.__name__)


def test_every_error_has_a_sentence_a_status_and_its_own_words() -> None:
    for error in errors():
        assert error.__doc__, error
        if error.__name__ == "RailRefused":
            continue  # never reaches a person: the promise that met it is settled or parked
        assert issubclass(error, tuple(STATUS)), error
        assert error.__name__ in SENTENCES or issubclass(error, tuple(KINDS)), error


def test_no_sentence_is_left_over() -> None:
    names = {error.__name__ for error in errors()}
    assert set(SENTENCES) - names == set()


def calls_of_say() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in sources("bots", "api"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say" and node.args:
                key = node.args[0]
                if isinstance(key, ast.Constant):
                    spread = any(k.arg is None for k in node.keywords)
                    given = {k.arg for k in node.keywords if k.arg} | ({"*"} if spread else set())
                    found.setdefault(str(key.value), given)
    return found


def test_every_phrase_that_is_said_exists_and_gets_its_facts() -> None:
    for key, given in calls_of_say().items():
        assert key in CATALOGUE, key
        wanted = {name for _, name, _, _ in string.Formatter().parse(CATALOGUE[key]) if name}
        if "*" not in given:
            assert wanted <= given, (key, wanted - given)


def test_every_remark_of_the_core_has_words() -> None:
    codes = {
        "remark." + str(code.value)
        for path in sources("core", "retrieval")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Remark"
        for code in ast.walk(node.args[0])
        if isinstance(code, ast.Constant) and isinstance(code.value, str)
        if not isinstance(node.args[0], ast.JoinedStr)
    }
    assert len(codes) > 10
    assert codes - set(CATALOGUE) == set()


def test_every_phrase_is_said_somewhere() -> None:
    text = "\n".join(path.read_text() for path in sources("bots")).replace("'", '"')
    remarks = "\n".join(path.read_text() for path in sources("core", "retrieval"))
    pages = "\n".join(path.read_text() for path in ROOT.glob("api/pages/templates/*.html"))
    families = ("talk.", "notice.", "close.", "unheard.")
    named = {f"help.{group}" for group in HELP_GROUPS} | {f"word.{term}" for term in glossary.TERMS}
    named |= {f"faq.{way.topic or way.intent}" for way in ways.all_ways()}
    unused = [
        key
        for key in CATALOGUE
        if text.count(f'"{key}"') < 2
        and f'say("{key}"' not in pages
        and key not in named
        and not (key.startswith(families) and key.partition(".")[2] in text)
        and not key.startswith("remark.without_")
        and not (key.startswith("remark.") and f'"{key.partition(".")[2]}"' in remarks)
    ]
    assert unused == []


def test_the_contract_of_doors_names_every_door() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (named,) = [each["modules"] for each in contracts if each["name"].startswith("Doors know nothing")]
    folders = {path.parent.name for path in (ROOT / "bots/doors").glob("*/door.py")}
    assert set(named) == {f"bots.doors.{folder}" for folder in folders}


@pytest.mark.parametrize("process", PROCESSES, ids=lambda p: p.name)
def test_every_step_tells_somebody_or_says_why_not(process: Process) -> None:
    rows = process.transitions.values()
    silent = [row.name for row in rows if not row.quiet and not any(_is_told(row, n) for n in row.notices)]
    if process is CAMPAIGN:
        silent = [name for name in silent if name not in {"settle", "close", "freeze", "unfreeze"}]
        # payments tell of those: campaign_closed, chargeback_opened, chargeback_won
    assert silent == []


def _is_told(row: Transition, notice: Notice) -> bool:
    """Whoever takes a step is not told of it: a notice to the only ones who may is none."""
    return row.actors != {notice.to}


@pytest.mark.parametrize("process", PROCESSES, ids=lambda p: p.name)
def test_nothing_waits_for_ever(process: Process) -> None:
    movers = {Party.CLOCK, Party.SYSTEM, Party.OPERATOR, Party.BRAND, Party.CREATOR}
    for state in process.states - process.terminal:
        assert any(row.actors & movers for row in process.steps_from(state)), state


def test_every_timer_is_a_step_or_a_reminder_or_has_cards_redrawn() -> None:
    no_steps = {*REMINDERS, REVIEWS_OVER}
    for process in (DEAL, DELIVERABLE):
        for row in process.transitions.values():
            for timer in row.timers:
                step = CLOCK_STEPS.get(timer.step, timer.step)
                assert step in process.transitions or step in no_steps, timer


def test_every_notice_has_words() -> None:
    promised = {n.name for p in PROCESSES for row in p.transitions.values() for n in row.notices}
    promised |= set(REMINDERS.values())
    for path in sources("core", "workers"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in TELLING:
                notice = node.args[2]
                promised |= {str(notice.value)} if isinstance(notice, ast.Constant) else set()
    assert promised - set(RENDERERS) == set()


def test_the_book_of_talks_opens() -> None:
    found = book()
    assert {"campaign", "onboard", "draft", "post", "fund", "review", "dispute"} <= set(found.dialogues)
    for command in found.commands.values():
        assert inspect.isfunction(command.run)


def test_the_models_and_the_migrations_agree(database: Database) -> None:
    assert migrate.differs(database.engine) == ""


def test_every_setting_is_documented() -> None:
    documented = set(re.findall(r"^#? ?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert documented == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"])
def test_the_locks_name_no_host(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "--hash=sha256:" in text


def test_the_drawn_processes_are_the_ones_that_run() -> None:
    assert diagrams.TARGET.read_text(encoding="utf-8") == diagrams.document()
    page = diagrams.PRIVACY.read_text(encoding="utf-8")
    assert page == diagrams.privacy(page)


def test_the_repository_holds_text_alone() -> None:
    """A wheel or a picture that slips in stays in the history for ever."""
    if not (ROOT / ".git").exists():
        pytest.skip("an unpacked archive, not a clone")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)  # noqa: S607
    tracked = [ROOT / name for name in listed.stdout.split("\0") if name]
    assert [path.name for path in tracked if path.exists() and b"\0" in path.read_bytes()] == []
