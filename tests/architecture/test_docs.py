"""What the documents name is there: files, folders, tests."""

import re
import subprocess
from fnmatch import translate
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
ENDINGS = ("py", "md", "toml", "yaml", "yml", "po", "html", "css", "js", "csv", "json", "lock", "mjs", "sh")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`(\s*\(comes\))?")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
PATH = re.compile(rf"[\w.*<>-]+(?:/[\w.*<>-]+)*(?:/|\.(?:{'|'.join(ENDINGS)}))")
TEST = re.compile(r"test_\w+")
OF_OTHERS = {
    "creators.csv": "a file of whoever imports",
    "everything.json": "in the archive of a person's own data",
    "in.jsonl": "a file of whoever tries it",
    "processes.json": "written by the supervisor",
}
"""Names of files that are not ours."""


@cache
def tracked() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("an unpacked archive, not a clone")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)  # noqa: S603
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


@cache
def names_of_tests() -> set[str]:
    """Return the names of all tests and of their files."""
    pages = [path for path in (ROOT / "tests").rglob("*.py") if "node_modules" not in path.parts]
    return {
        *(path.stem for path in pages),
        *(name for path in pages for name in re.findall(r"def (test_\w+)", path.read_text())),
    }


def named_in(text: str) -> set[str]:
    """Return what looks like a path of a repository in a page's code, but for what is said to come."""
    spans = [match for match in SPAN.finditer(FENCE.sub("", text)) if not match[2]]
    words = [word for match in spans for word in match[1].split()]
    words += [word for fence in FENCE.findall(text) for word in fence.split()]
    return {word.strip("(),;:") for word in words if PATH.fullmatch(word.strip("(),;:"))}


def is_there(name: str, files: list[str]) -> bool:
    """Tell whether a path, or its end, is one of ours; `<x>` and `*` stand for any name."""
    pattern = re.sub(r"<[^>]*>", "*", name.removeprefix("./"))
    pattern = f"{pattern}*" if pattern.endswith("/") else pattern
    ours = re.compile(translate(f"*/{pattern}"))
    return any(ours.match(f"/{file}") for file in files)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    files = tracked()
    assert (
        sorted(name for name in named_in(page.read_text()) - OF_OTHERS.keys() if not is_there(name, files))
        == []
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    spans = [match[1] for match in SPAN.finditer(page.read_text())]
    assert sorted({name for span in spans for name in TEST.findall(span)} - names_of_tests()) == []


def test_the_tree_of_the_readme_names_every_room() -> None:
    tree = next(fence for fence in FENCE.findall((ROOT / "README.md").read_text()) if "bots/" in fence)
    words = set(re.findall(r"[a-z_]+", tree))
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    rooms |= {path.parent.name for room in ("bots", "core") for path in (ROOT / room).glob("*/__init__.py")}
    assert rooms - words == set()


def test_a_path_that_is_not_there_is_found() -> None:
    files = ["core/deals/states.py", "bots/doors/slack/door.py"]
    assert is_there("states.py", files)
    assert is_there("bots/doors/<app>/door.py", files)
    assert is_there("core/deals/", files)
    assert not is_there("core/deals/rules.py", files)
    assert not is_there("core/deal/", files)
    assert named_in("`core/a.py` and `core/b/` (comes), `GET /deals` and\n```sh\npython core/c.py\n```") == {
        "core/a.py",
        "core/c.py",
    }
