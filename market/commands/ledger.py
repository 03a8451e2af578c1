"""`python -m market ledger`: the books checked, summed, written out."""

import json
import sys
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

import typer

from core.kit.actors import SYSTEM
from core.kit.work import begin
from core.ledger import export as books
from core.ledger import service as ledger
from market import servers
from market.commands import shell

app = typer.Typer(no_args_is_help=True, help="The books: check, balance, export.")


@app.command("check")
def check_ledger(as_json: shell.ReadJson = False) -> None:  # noqa: FBT002
    """Check every rule of the books; exits 1 when one does not hold.

    Example: python -m market ledger check
    """
    with servers.opened(shell.settings()) as database, begin(database, SYSTEM) as work:
        found, count = ledger.violations(work), sum(ledger.counts(work).values())
    if as_json:
        rows = [{"rule": v.rule, "what": v.what, "found": v.found, "expected": v.expected} for v in found]
        typer.echo(json.dumps({"transfers": count, "violations": rows}))
    else:
        for v in found:
            typer.echo(f"{v.rule}: {v.what} has {v.found}, should have {v.expected}")
        if not found:
            typer.echo(f"Every rule holds over {count} transfers.")
    if found:
        raise SystemExit(1)


@app.command("balance")
def show_balances(as_json: shell.ReadJson = False) -> None:  # noqa: FBT002
    """Show every account's balance.

    Example: python -m market ledger balance --json
    """
    with servers.opened(shell.settings()) as database, begin(database, SYSTEM) as work:
        found = ledger.balances(work)
    if as_json:
        typer.echo(json.dumps([{"account": v.account.code, "minor": v.balance.minor} for v in found]))
        return
    for v in found:
        typer.echo(f"{v.account.code:70} {v.balance.minor / v.balance.currency.minor_per_major:>14,.2f}")


@app.command("export")
def export_ledger(
    form: Annotated[str, typer.Option("--format", help="hledger or beancount.")] = "hledger",
    zone: Annotated[str, typer.Option("--zone", help="Whose days: a time zone, e.g. Asia/Kolkata.")] = "UTC",
) -> None:
    """Write the journal for another book-keeping program, with a balance assertion an account.

    Example: python -m market ledger export --format beancount > books.beancount
    """
    writers = {"hledger": books.hledger, "beancount": books.beancount}
    if form not in writers:
        shell.fail("The format is hledger or beancount.")
    if zone not in available_timezones():
        shell.fail("The zone is a name of the time zone database, such as Asia/Kolkata.")
    with servers.opened(shell.settings()) as database, begin(database, SYSTEM) as work:
        for line in writers[form](work, ZoneInfo(zone)):
            sys.stdout.write(f"{line}\n")
