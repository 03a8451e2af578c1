"""Draws docs/architecture/processes.md and the tables of docs/privacy.md from the code's: `make docs`."""

import re
from pathlib import Path

from core.campaigns.states import CAMPAIGN
from core.deals.deal_table import DEAL
from core.deals.piece_table import DELIVERABLE
from core.kit.process import Process, mermaid
from core.ledger.states import CHART
from core.privacy.map import MAP
from core.privacy.retention import TERMS

DOCS = Path(__file__).parents[1] / "docs"
TARGET, PRIVACY = DOCS / "architecture" / "processes.md", DOCS / "privacy.md"
A_TABLE = re.compile(r"^\|.*\n(?:\|.*\n)+", re.MULTILINE)


def document() -> str:
    """Return the page: each process as a diagram and a table, then the chart of accounts."""
    opening = (
        "# The processes\n\nDrawn by `make docs` from `core/campaigns/states.py`, `core/deals/deal_table.py`,"
        " `core/deals/piece_table.py` and `core/ledger/states.py`. Do not edit: a test compares.\n"
    )
    parts = [opening]
    parts += [_section(process) for process in (CAMPAIGN, DEAL, DELIVERABLE)]
    rows = [
        f"| {kind} | {nature.account_class} | {nature.normal_side} | {'yes' if nature.hot else ''} |"
        for kind, nature in CHART.items()
    ]
    head = "## Chart of accounts\n\n| account | class | normal side | insert-only |\n|---|---|---|---|\n"
    parts.append(head + "\n".join(rows) + "\n")
    return "\n".join(parts)


def privacy(page: str) -> str:
    """Return docs/privacy.md with its first two tables as the code has them: the map, and the terms."""
    fates = ["| table | what is personal in it | when its person is forgotten | why |", "|---|---|---|---|"]
    for entry in MAP:
        personal = ", ".join(entry.personal.split())
        fates.append(f"| `{entry.table}` | {personal} | {entry.fate} | {entry.why} |")
    terms = ["| what | table | days | why |", "|---|---|---|---|"]
    terms += [f"| {name} | `{term.table}` | {term.days} | {term.why} |" for name, term in TERMS.items()]
    drawn = iter(["\n".join(rows) + "\n" for rows in (fates, terms)])
    return A_TABLE.sub(lambda _: next(drawn), page, count=2)


def _section(process: Process) -> str:
    rows = []
    for row in process.transitions.values():
        timers = ", ".join(timer.step for timer in row.timers)
        notices = ", ".join(f"{notice.to}: {notice.name}" for notice in row.notices) or f"({row.quiet})"
        cells = (
            row.name,
            ", ".join(sorted(row.actors)),
            ", ".join(row.sources) or "–",
            row.target or "as it is",
            ", ".join(guard.replace("_", " ") for guard in row.guards),
            row.posting.replace("_", " "),
            timers,
            notices,
        )
        rows.append("| " + " | ".join(cells) + " |")
    head = "| step | who | from | to | if | money | clocks | told |\n|---|---|---|---|---|---|---|---|\n"
    title = f"## {process.name.capitalize()} (version {process.version})"
    return f"{title}\n\n```mermaid\n{mermaid(process)}\n```\n\n{head}" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(document(), encoding="utf-8")
    PRIVACY.write_text(privacy(PRIVACY.read_text(encoding="utf-8")), encoding="utf-8")
