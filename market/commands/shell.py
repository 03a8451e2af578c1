"""What every command shares: settings, one sentence where it fails, findings, JSON for scripts."""

import json
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from bots.doors import registry
from core.kit.checks import Finding
from core.kit.logs import configure
from core.settings import Settings

SOME_REFUSED = 3
"""How a command ends that took a file in but for some of its rows."""
ReadJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
console = Console(stderr=True, soft_wrap=True)


def fail(sentence: str) -> NoReturn:
    """Say what went wrong and end with 1."""
    console.print(f"[red]✗[/red] {sentence}", highlight=False)
    raise SystemExit(1)


def settings() -> Settings:
    """Read the settings and begin the log. Raises ValidationError, PlayInProduction."""
    found = registry.load()
    configure(found.log_level, found.log_format)
    return found


def report(findings: list[Finding], *, as_json: bool) -> None:
    """Print findings; exits 1 when one is bad."""
    if as_json:
        typer.echo(json.dumps([vars(f) for f in findings], indent=2))
    else:
        for finding in findings:
            mark = "[green]✓[/green]" if finding.good else "[red]✗[/red]"
            mend = f"\n    → {finding.mend}" if finding.mend else ""
            console.print(f"{mark} {finding.what}: {finding.found}{mend}", highlight=False)
    if not all(finding.good for finding in findings):
        raise SystemExit(1)
