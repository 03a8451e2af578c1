"""The command line. Each command says what it does and shows an example; `--json` is for scripts."""

import json
import os
import shutil
import signal
import socket
import sys
import threading
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress
from sqlalchemy.exc import SQLAlchemyError

from bots.doors import registry
from bots.doors.channel import ChannelRefused, ChannelUnavailable
from bots.doors.hearing import Hearer
from bots.doors.whatsapp import checks as whatsapp
from bots.doors.whatsapp.settings import WhatsAppSettings
from bots.understanding import brief, intro
from core import migrate as migrations
from core.creators import imports
from core.creators import service as creators
from core.creators.schemas import CreatorView, ImportReport, ImportRow
from core.kit.actors import SYSTEM
from core.kit.checks import Finding
from core.kit.crypto import NotOurs
from core.kit.database import connect
from core.kit.logs import configure
from core.kit.work import begin
from core.ledger import export as books
from core.ledger import service as ledger
from core.settings import PlayInProduction, Settings, part
from market import doctor as examination
from market import keys, seed, servers, supervise
from market.embedded import ServerNotStarted
from market.staff import app as staff_app
from market.terminal import Terminal, typed_lines
from runtime import parts

DISK_BYTES_MIN = 400_000_000
IMPORT_BATCH = 500
SOME_REFUSED = 3
ReadJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]

app = typer.Typer(no_args_is_help=True, add_completion=False, help="NanoInfluencer MarketPlace.")
creators_app = typer.Typer(no_args_is_help=True, help="Creators: import, list, show.")
ledger_app = typer.Typer(no_args_is_help=True, help="The books: check, balance, export.")
channels_app = typer.Typer(no_args_is_help=True, help="Chat apps: doctor.")
app.add_typer(creators_app, name="creators")
app.add_typer(channels_app, name="channels")
app.add_typer(ledger_app, name="ledger")
app.add_typer(staff_app, name="staff")
console = Console(stderr=True, soft_wrap=True)


def main() -> None:
    """Run the command line; what goes wrong is one sentence."""
    try:
        app()
    except ServerNotStarted as error:
        _fail(str(error))
    except PlayInProduction as error:
        _fail(str(error))
    except ValidationError as error:
        wrong = error.errors()[0]
        name = ".".join(map(str, wrong["loc"])).upper()
        reason = wrong["msg"].removeprefix("Value error, ")
        _fail(f"The setting {name} cannot be used: {reason}." if name else f"Settings: {reason}.")
    except SQLAlchemyError as error:
        _fail(f"The database does not answer: {str(error.__cause__ or error).splitlines()[0]}")
    except NotOurs as error:
        _fail(f"Something sealed does not open with SECRET_KEYS ({error}): was a key taken out too early?")
    except OSError as error:
        _fail(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}.")


def _fail(sentence: str) -> NoReturn:
    console.print(f"[red]✗[/red] {sentence}", highlight=False)
    raise SystemExit(1)


def _settings() -> Settings:
    settings = registry.load()
    configure(settings.log_level, settings.log_format)
    return settings


@app.command()
def start(
    port: Annotated[int | None, typer.Option(help="The port of the web pages.")] = None,
) -> None:
    """Start everything: servers, web, worker and timetable. Ctrl-C ends it all.

    Example: python -m market start --port 8080
    """
    settings = _settings()
    if port is not None:
        settings = settings.model_copy(update={"port": port, "public_url": f"http://{settings.host}:{port}"})
    parts.check(settings)
    _require_free(settings)
    console.print("Starting the servers …")
    settings, owned = servers.bring_up(settings)
    os.environ["PORT"], os.environ["PUBLIC_URL"] = str(settings.port), settings.public_url
    database = connect(settings.database_url.get_secret_value())
    migrations.upgrade(database.engine)
    if settings.sandbox:
        planted = seed.plant(database)
        seed.staff(database, settings.state_dir)
        console.print(f"A sandbox world with {planted} made-up creators is ready.")
    database.engine.dispose()
    console.print("Starting web, worker and timetable …")
    links = (
        f"\n  Open [bold]{settings.public_url}/[/bold]\n"
        f"  Operators: {settings.public_url}/admin ({_how_operators_enter(settings)})\n"
        f"  In another terminal: python -m market chat --as brand\n\n  Ctrl-C ends everything.\n"
    )
    supervise.run(settings, owned, lambda: console.print(links, highlight=False))


def _how_operators_enter(settings: Settings) -> str:
    if settings.sandbox:
        return f"personal keys in {seed.staff_key_file(settings.state_dir).parent}"
    return "personal keys: python -m market staff"


@app.command()
def demo(
    keep: Annotated[bool, typer.Option(help="Keep the demo's data folder.")] = False,  # noqa: FBT002
    kill: Annotated[bool, typer.Option(help="Kill each server on the way.")] = False,  # noqa: FBT002
) -> None:
    """Play the whole story in the terminal, from a sentence to a paid creator.

    Example: python -m market demo
    """
    from market import demo as story  # noqa: PLC0415  (the story's parts are needed only here)

    raise SystemExit(story.play(keep=keep, kill=kill))


@app.command()
def migrate(
    revision: Annotated[str, typer.Argument(help="head, base, or a revision.")] = "head",
) -> None:
    """Bring the database to the present schema, or to a revision.

    Example: python -m market migrate
    """
    settings = _settings()
    with servers.opened(settings) as database:
        if revision != "head":  # opening brought it to head
            migrations.downgrade(database.engine, revision)
    console.print(f"The database is at {revision}.")


@app.command("rotate-keys")
def rotate_keys() -> None:
    """Seal everything anew with the newest of SECRET_KEYS; a sandbox that keeps its own first makes one.

    Example: python -m market rotate-keys
    """
    made = registry.put_new_key_in_front()
    settings = _settings()
    with servers.opened(settings) as database:
        changed = keys.rotate(database, settings.keys)
    if made:
        console.print("A new key stands in front. Start every process again.")
    console.print(f"Sealed anew: {changed}. In 30 days the older keys may be taken out.", highlight=False)


@app.command()
def doctor(as_json: ReadJson = False) -> None:  # noqa: FBT002
    """Check every setting and service, and say how to mend each.

    Example: python -m market doctor
    """
    _report(examination.examine(_settings()), as_json=as_json)


@channels_app.command("doctor")
def check_channels(as_json: ReadJson = False) -> None:  # noqa: FBT002
    """Say for each chat app what is configured, what it answers, and the next step.

    Example: python -m market channels doctor
    """
    _report(examination.examine_channels(_settings()), as_json=as_json)


@channels_app.command("templates")
def whatsapp_templates(
    submit: Annotated[bool, typer.Option(help="Submit those that WhatsApp does not have yet.")] = False,  # noqa: FBT002
) -> None:
    """Show how WhatsApp's review of our templates stands, or submit them.

    Example: python -m market channels templates --submit
    """
    api = whatsapp.api_of(part(_settings(), WhatsAppSettings))
    try:
        if submit:
            sent = whatsapp.submit(api)
            console.print(f"Submitted: {', '.join(sent) or 'none, WhatsApp has them all'}.", highlight=False)
        for (name, language), state in sorted(whatsapp.states(api).items()):
            typer.echo(f"{name:32} {language:8} {state}")
    except (ChannelUnavailable, ChannelRefused) as error:
        _fail(f"{error}. `python -m market channels doctor` says more.")
    finally:
        api.close()


def _report(findings: list[Finding], *, as_json: bool) -> None:
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


@app.command()
def chat(
    who: Annotated[str, typer.Option("--as", help="brand, creator, or somebody's name.")] = "brand",
) -> None:
    """Talk in the terminal; from a pipe, each line is one turn.

    Example: echo "menu" | python -m market chat --as creator
    """
    settings = _settings()
    if settings.log_level == "INFO":
        configure("WARNING", settings.log_format)  # a conversation is no place for a log
    with servers.opened(settings) as database:
        runtime = parts.build(settings, database)
        if settings.sandbox:
            seed.plant(runtime.database)
        terminal = Terminal(runtime, who, typer.echo)
        terminal.hold(typed_lines(f"{who}> "))


@app.command()
def listen() -> None:
    """Listen to Telegram by polling and to Slack by Socket Mode: for a machine the internet cannot reach.

    Example: TELEGRAM_TOKEN=… python -m market listen
    """
    settings = _settings()
    waiting = registry.listening(settings)
    if not waiting:
        _fail("There is neither TELEGRAM_TOKEN nor SLACK_APP_TOKEN: docs/channels/ says how to get one.")
    runtime = parts.build(settings)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    hearer = Hearer(runtime)
    with ThreadPoolExecutor(len(waiting)) as pool:
        lines = {pool.submit(door.listen, runtime, hearer, stopping): door for door in waiting}
        ended, _ = wait(lines, return_when=FIRST_EXCEPTION)
        stopping.set()
    hearer.close()
    for channel in runtime.apps.values():
        channel.close()
    for line in ended:
        error = line.exception()
        if isinstance(error, (ChannelUnavailable, ChannelRefused)):
            said = f"{lines[line].title} does not take us: {error}."
            _fail(f"{said} `python -m market channels doctor` says more.")
        line.result()


@app.command()
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
        _fail("The kind is brief or intro.")
    try:
        day = date.fromisoformat(today) if today else date.today()  # noqa: DTZ011  (a person's day)
    except ValueError:
        _fail(f"{today!r} is not a date; write it like 2026-11-22.")
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
                console.print(f"Line {number}: not an object with id and text.")
                continue
            found = brief.slots(words, day) if kind == "brief" else intro.slots(words)
            out.write(json.dumps({"id": identity, "slots": found}, ensure_ascii=False) + "\n")
    if refused:
        raise SystemExit(SOME_REFUSED)


@creators_app.command("import")
def import_creators(
    source: Annotated[Path, typer.Argument(help="A CSV or JSON Lines file.")],
    mapping: Annotated[list[str] | None, typer.Option("--map", help="Rename a column: theirs=ours.")] = None,
    fixed: Annotated[
        list[str] | None, typer.Option("--set", help="Set a column for every row: name=value.")
    ] = None,
    as_json: ReadJson = False,  # noqa: FBT002
) -> None:
    """Take creators in from a file; a row is taken whole or refused with its line and reason.

    A second import of the same file changes nothing. Columns: docs/import.md.

    Example: python -m market creators import creators.csv --map text=bio --set platform=youtube
    """
    if not source.is_file():
        _fail(f"There is no file {source}.")
    report = ImportReport()
    settings = _settings()
    with servers.opened(settings) as database:
        runtime = parts.build(settings, database)
        found = imports.rows(source, report, mapping=_pairs(mapping), fixed=_pairs(fixed))
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("Importing", total=None)
            batch: list[ImportRow] = []
            for row in found:
                batch.append(row)
                if len(batch) == IMPORT_BATCH:
                    _take_in(runtime, batch, report)
                    progress.advance(task, len(batch))
                    batch = []
            _take_in(runtime, batch, report)
        _index_missing(runtime)
    _show_import(report, as_json=as_json)
    if report.refused:
        raise SystemExit(SOME_REFUSED)


@creators_app.command("list")
def list_creators(
    after: Annotated[str, typer.Option(help="Begin after this name.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    as_json: ReadJson = False,  # noqa: FBT002
) -> None:
    """List creators by name.

    Example: python -m market creators list --limit 10
    """
    with servers.opened(_settings()) as database, begin(database, SYSTEM) as work:
        found = creators.page(work, after=after, limit=limit)
    if as_json:
        typer.echo(json.dumps([_plain(creator) for creator in found], ensure_ascii=False))
        return
    for creator in found:
        typer.echo(
            f"{creator.name:32.32}  {creator.followers:>9,}  {creator.country:2}  {creator.city:16.16}"
            f"  {', '.join(creator.niches)}"
        )


@creators_app.command("show")
def show_creator(
    name: Annotated[str, typer.Argument(help="A full name, or an import's id.")],
) -> None:
    """Show one creator as JSON.

    Example: python -m market creators show "Asha Kulkarni"
    """
    with servers.opened(_settings()) as database, begin(database, SYSTEM) as work:
        found = creators.find(work, name)
    if found is None:
        _fail(f"There is no creator {name!r}.")
    typer.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))


@ledger_app.command("check")
def check_ledger(as_json: ReadJson = False) -> None:  # noqa: FBT002
    """Check every rule of the books; exits 1 when one does not hold.

    Example: python -m market ledger check
    """
    with servers.opened(_settings()) as database, begin(database, SYSTEM) as work:
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


@ledger_app.command("balance")
def show_balances(as_json: ReadJson = False) -> None:  # noqa: FBT002
    """Show every account's balance.

    Example: python -m market ledger balance --json
    """
    with servers.opened(_settings()) as database, begin(database, SYSTEM) as work:
        found = ledger.balances(work)
    if as_json:
        typer.echo(json.dumps([{"account": v.account.code, "minor": v.balance.minor} for v in found]))
        return
    for v in found:
        typer.echo(f"{v.account.code:70} {v.balance.minor / v.balance.currency.minor_per_major:>14,.2f}")


@ledger_app.command("export")
def export_ledger(
    form: Annotated[str, typer.Option("--format", help="hledger or beancount.")] = "hledger",
) -> None:
    """Write the journal for another book-keeping program, with a balance assertion an account.

    Example: python -m market ledger export --format beancount > books.beancount
    """
    writers = {"hledger": books.hledger, "beancount": books.beancount}
    if form not in writers:
        _fail("The format is hledger or beancount.")
    with servers.opened(_settings()) as database, begin(database, SYSTEM) as work:
        for line in writers[form](work):
            sys.stdout.write(f"{line}\n")


def _require_free(settings: Settings) -> None:
    settings.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    free = shutil.disk_usage(settings.state_dir).free
    if free < DISK_BYTES_MIN:
        _fail(
            f"Only {free // 1_000_000} MB are free in {settings.state_dir}; "
            f"{DISK_BYTES_MIN // 1_000_000} MB are needed."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            _fail(
                f"Port {settings.port} on {settings.host} is taken. Stop what uses it, or choose another:"
                f" python -m market start --port {settings.port + 1}"
            )


def _take_in(runtime: parts.Runtime, batch: list[ImportRow], report: ImportReport) -> None:
    if batch:
        with begin(runtime.database, SYSTEM) as work:
            creators.take_in(work, batch, report)


def _index_missing(runtime: parts.Runtime) -> None:
    """Embed what no worker has embedded yet, so that the import can be searched at once."""
    with begin(runtime.database, SYSTEM) as work:
        missing = creators.count_unindexed(work)
    with Progress(console=console, transient=True) as progress:
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


def _show_import(report: ImportReport, *, as_json: bool) -> None:
    if as_json:
        typer.echo(
            json.dumps(
                {
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
    for refusal in report.refused:
        typer.echo(f"Line {refusal.line} refused: {refusal.reason}")
    typer.echo(
        f"{report.created} new, {report.updated} changed, {report.unchanged} as they were,"
        f" {len(report.refused)} refused."
    )


def _pairs(options: list[str] | None) -> dict[str, str]:
    pairs = {}
    for option in options or []:
        name, sign, value = option.partition("=")
        if not sign or not name:
            _fail(f"{option!r} is not of the form name=value.")
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
