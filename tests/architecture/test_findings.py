"""What docs/findings says of tests and of numbered findings is true."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "findings"
TEST = re.compile(r"`((?:tests/[\w/.]+\.py|…)?)::(\w+)`")
ENTRY = re.compile(r"^\| ([A-Z]\d{1,2}) \| (.+) \|$", re.MULTILINE)
ONE = re.compile(r"\b[A-Z]\d{1,2}\b")
RANGE = re.compile(r"\b([A-Z])(\d{1,2}) to [A-Z]?(\d{1,2})\b")


def rows(name: str) -> list[str]:
    """Return what was found, row by row."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("|")[1] for line in lines if line.startswith("|")]


def numbers(text: str) -> set[str]:
    found = set(ONE.findall(text))
    for letter, first, last in RANGE.findall(text):
        found |= {f"{letter}{n:0{len(first)}d}" for n in range(int(first), int(last) + 1)}
    return found


def defined(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, kinds)}


def test_every_test_that_is_named_exists() -> None:
    named = [
        (page.name, path, name)
        for page in sorted(FOLDER.glob("*.md"))
        for path, name in TEST.findall(page.read_text(encoding="utf-8"))
    ]
    missing = [
        (page, path, name)
        for page, path, name in named
        if not path.startswith("tests/") or not (ROOT / path).exists() or name not in defined(path)
    ]
    assert len(named) > 300
    assert missing == []


def test_every_numbered_finding_stands_where_the_index_says() -> None:
    entries = ENTRY.findall((FOLDER / "README.md").read_text(encoding="utf-8"))
    assert len(entries) > 100
    for number, cell in entries:
        pages = re.findall(r"\]\((\w+\.md)\)", cell)
        assert pages or "left:" in cell, number
        for page in pages:
            assert any(number in numbers(row) for row in rows(page)), (number, page)
