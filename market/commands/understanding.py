"""`python -m market understand`: briefs and introductions into slots, messages into intents."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bots.understanding import brief, intro
from bots.understanding.intents import Reader
from market.commands import shell
from retrieval.embeddings.encoder import OfflineEncoder

Body = dict[str, Any]
BESIDE = ("topics",)
"""What is read besides the slots."""


def _intents(day: date) -> Callable[[str], Body]:
    reader = Reader(OfflineEncoder().encode)
    reader.learn()

    def read(text: str) -> Body:
        found = reader.read(text, today=day)
        return {"intent": found.name, "args": dict(found.args)}

    return read


def _slots(found: Body) -> Body:
    """Return slots, with what is read besides them beside them."""
    beside = {name: found.pop(name) for name in BESIDE if name in found}
    return {"slots": found, **beside}


KINDS: dict[str, Callable[[date], Callable[[str], Body]]] = {
    "brief": lambda day: lambda text: _slots(brief.slots(text, day)),
    "intro": lambda _: lambda text: _slots(intro.slots(text)),
    "intent": _intents,
}


def understand(
    source: Annotated[Path, typer.Argument(help='JSON Lines of {"id", "text"}.', exists=True)],
    target: Annotated[
        Path, typer.Argument(help='JSON Lines of {"id", "slots"}, or of {"id", "intent", "args"}.')
    ],
    kind: Annotated[str, typer.Option(help="brief, intro or intent.")] = "brief",
    today: Annotated[str, typer.Option(help="The day that “tomorrow” is seen from.")] = "",
) -> None:
    """Read briefs or introductions into slots, by rules alone; or any message into what it wants.

    Example: python -m market understand --kind brief in.jsonl out.jsonl --today 2026-11-22
    """
    if kind not in KINDS:
        shell.fail("The kind is brief, intro or intent.")
    try:
        day = date.fromisoformat(today) if today else date.today()  # noqa: DTZ011  (a person's day)
    except ValueError:
        shell.fail(f"{today!r} is not a date; write it like 2026-11-22.")
    read, refused = KINDS[kind](day), 0
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                body = json.loads(line)
                words, identity = str(body["text"]), body["id"]
            except (ValueError, KeyError, TypeError):
                refused += 1
                shell.console.print(f"Line {number}: not an object with id and text.")
                continue
            out.write(json.dumps({"id": identity, **read(words)}, ensure_ascii=False) + "\n")
    if refused:
        raise SystemExit(shell.SOME_REFUSED)
