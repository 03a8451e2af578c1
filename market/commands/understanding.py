"""`python -m market understand`: briefs and introductions into slots, a file at once."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bots.understanding import brief, intro
from market.commands import shell


def understand(
    source: Annotated[Path, typer.Argument(help='JSON Lines of {"id", "text"}.', exists=True)],
    target: Annotated[Path, typer.Argument(help='JSON Lines of {"id", "slots"}.')],
    kind: Annotated[str, typer.Option(help="brief or intro.")] = "brief",
    today: Annotated[str, typer.Option(help="The day that “tomorrow” is seen from.")] = "",
) -> None:
    """Read briefs or introductions into slots, by rules alone.

    Example: python -m market understand --kind brief in.jsonl out.jsonl --today 2026-11-22
    """
    if kind not in {"brief", "intro"}:
        shell.fail("The kind is brief or intro.")
    try:
        day = date.fromisoformat(today) if today else date.today()  # noqa: DTZ011  (a person's day)
    except ValueError:
        shell.fail(f"{today!r} is not a date; write it like 2026-11-22.")
    refused = 0
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
            found = brief.slots(words, day) if kind == "brief" else intro.slots(words)
            out.write(json.dumps({"id": identity, "slots": found}, ensure_ascii=False) + "\n")
    if refused:
        raise SystemExit(shell.SOME_REFUSED)
