"""`python -m market creators`: taken in from a file, listed, shown."""

import json
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from bots.understanding.lists import VOCABULARY
from core.creators import imports
from core.creators import service as creators
from core.creators.errors import ListUnreadable
from core.creators.lists.columns import Plan
from core.creators.lists.table import Table
from core.creators.schemas import CreatorView, ImportReport
from core.kit.actors import SYSTEM
from core.kit.work import begin
from market import servers
from market.commands import shell
from runtime import parts

IMPORT_BATCH = 500
REFUSALS_SHOWN = 20
app = typer.Typer(no_args_is_help=True, help="Creators: import, list, show.")


@app.command("import")
def import_creators(  # noqa: PLR0913, PLR0917  (the options of a command)
    file: Annotated[Path, typer.Argument(help="CSV, TSV, XLSX, JSON or JSON Lines; told by its content.")],
    mapping: Annotated[list[str] | None, typer.Option("--map", help="Name a column: theirs=ours.")] = None,
    fixed: Annotated[
        list[str] | None, typer.Option("--set", help="Set a column for every row: name=value.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="The list's name, that its ids belong to; else the file's.")
    ] = None,
    encoding: Annotated[str, typer.Option(help="How a text is written, where that is not recognised.")] = "",
    sheet: Annotated[str, typer.Option(help="The sheet of a workbook.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Take guessed columns without a question.")] = False,  # noqa: FBT002
    as_json: shell.ReadJson = False,  # noqa: FBT002
) -> None:
    """Take creators in from a list; a row is taken whole or refused with its line and reason.

    What is guessed of its columns is shown first and asked about. A second import of the same file changes
    nothing, and what a row leaves blank stays as it is known. Columns: docs/import.md.

    Example: python -m market creators import creators.csv --map text=bio --set platform=youtube
    """
    if not file.is_file():
        shell.fail(f"There is no file {file}.")
    try:
        table = imports.read(file.read_bytes(), encoding=encoding, sheet=sheet)
        made = imports.plan(table, file.name, mapping=_pairs(mapping), fixed=_pairs(fixed), source=source)
    except ListUnreadable as wrong:
        shell.fail(f"{file.name} cannot be taken in: {wrong.facts['why']}.")
    _show_plan(table, made, ask=bool(made.guesses) and not yes)
    report = ImportReport()
    settings = shell.settings()
    with servers.opened(settings) as database:
        runtime = parts.build(settings, database)
        found = imports.rows(table, made, report, VOCABULARY)
        with Progress(console=shell.console, transient=True) as progress:
            task = progress.add_task("Importing", total=len(table.rows))
            while batch := list(islice(found, IMPORT_BATCH)):
                with begin(runtime.database, SYSTEM) as work:
                    creators.take_in(work, batch, report)
                progress.advance(task, len(batch))
        _index_missing(runtime)
    _show_import(report, made, as_json=as_json)
    if not report.created + report.updated + report.unchanged:
        shell.fail(f"Nothing was taken in from {file.name}: every row was refused.")
    if report.refused:
        raise SystemExit(shell.SOME_REFUSED)


@app.command("list")
def list_creators(
    after: Annotated[str, typer.Option(help="Begin after this name.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    as_json: shell.ReadJson = False,  # noqa: FBT002
) -> None:
    """List creators by name.

    Example: python -m market creators list --limit 10
    """
    with servers.opened(shell.settings()) as database, begin(database, SYSTEM) as work:
        found = creators.page(work, after=after, limit=limit)
    if as_json:
        typer.echo(json.dumps([_plain(creator) for creator in found], ensure_ascii=False))
        return
    for creator in found:
        typer.echo(
            f"{creator.name:32.32}  {creator.followers:>9,}  {creator.country:2}  {creator.city:16.16}"
            f"  {', '.join(creator.niches)}"
        )


@app.command("show")
def show_creator(
    name: Annotated[str, typer.Argument(help="A full name, or an import's id.")],
) -> None:
    """Show one creator as JSON.

    Example: python -m market creators show "Asha Kulkarni"
    """
    with servers.opened(shell.settings()) as database, begin(database, SYSTEM) as work:
        found = creators.find(work, name)
    if found is None:
        shell.fail(f"There is no creator {name!r}.")
    typer.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))


def _show_plan(table: Table, made: Plan, *, ask: bool) -> None:
    """Show how a list is read, on the side of the messages; ask where something is guessed."""
    say = partial(shell.console.print, highlight=False, markup=False)
    say(f"{len(table.rows):,} rows of {table.form}. The list is called {made.source!r} (--source).")
    for line in made.shown:
        say(f"  {line}")
    for guess in made.guesses:
        say(f"  guessed: {guess}")
    if not ask:
        return
    try:
        agreed = typer.confirm("Take them in like this?", err=True)
    except typer.Abort:
        agreed = False
    if not agreed:
        shell.fail(
            "Nothing was taken in. Say --map theirs=ours for a column, --yes where the guesses are right."
        )


def _index_missing(runtime: parts.Runtime) -> None:
    """Embed what no worker has embedded yet, so that the import can be searched at once."""
    with begin(runtime.database, SYSTEM) as work:
        missing = creators.count_unindexed(work)
    with Progress(console=shell.console, transient=True) as progress:
        task = progress.add_task("Embedding", total=missing)
        while True:
            with begin(runtime.database, SYSTEM) as work:
                views = creators.unindexed(work, IMPORT_BATCH)
            if not views:
                return
            store = runtime.matcher.embed(views, {})
            with begin(runtime.database, SYSTEM) as work:
                store(work)
            progress.advance(task, len(views))


def _show_import(report: ImportReport, made: Plan, *, as_json: bool) -> None:
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "source": made.source,
                    "columns": made.shown,
                    "guesses": made.guesses,
                    "created": report.created,
                    "updated": report.updated,
                    "unchanged": report.unchanged,
                    "unknown_columns": report.unknown_columns,
                    "refused": [{"line": r.line, "reason": r.reason} for r in report.refused],
                    "remarks": report.remarks,
                },
                ensure_ascii=False,
            )
        )
        return
    for remark in report.remarks:
        typer.echo(remark)
    if report.unknown_columns:
        typer.echo(f"Columns nobody asked for, left out: {', '.join(report.unknown_columns)}")
    for refusal in report.refused[:REFUSALS_SHOWN]:
        typer.echo(f"Line {refusal.line} refused: {refusal.reason}")
    if len(report.refused) > REFUSALS_SHOWN:
        typer.echo(f"… and {len(report.refused) - REFUSALS_SHOWN:,} more lines; --json names all.")
    typer.echo(
        f"{report.created} new, {report.updated} changed, {report.unchanged} as they were,"
        f" {len(report.refused)} refused."
    )


def _pairs(options: list[str] | None) -> dict[str, str]:
    pairs = {}
    for option in options or []:
        name, sign, value = option.partition("=")
        if not sign or not name:
            shell.fail(f"{option!r} is not of the form name=value.")
        pairs[name.strip()] = value.strip()
    return pairs


def _plain(creator: CreatorView) -> dict[str, object]:
    return {
        "id": creator.external_id or str(creator.id),
        "name": creator.name,
        "bio": creator.bio,
        "niches": creator.niches,
        "languages": creator.languages,
        "city": creator.city,
        "country": creator.country,
        "available": creator.available,
        "accounts": [
            {
                "platform": a.platform,
                "handle": a.handle,
                "followers": a.followers,
                "engagement_bps": a.engagement_bps,
                "average_views": a.average_views,
            }
            for a in creator.accounts
        ],
        "rates": {k: {"minor": m.minor, "currency": m.currency} for k, m in creator.rates.items()},
    }
