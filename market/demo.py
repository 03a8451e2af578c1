"""The demo: starts everything in a folder of its own, plays the story as a readable transcript, checks it.

Exits 0 only if every check held, the ledger has no violation, and an independent book-keeper agrees.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx
from rich.console import Console
from rich.table import Table

from bots.phrases.amounts import money
from core.kit.actors import SYSTEM
from core.kit.clock import SandboxClock
from core.kit.database import connect
from core.kit.money import Currency, Money
from core.kit.work import begin
from core.ledger import export as books
from core.ledger import service as ledger
from core.messaging.messages import OutgoingMessage
from market import seed
from market.embedded import free_port
from market.stage import Stage
from market.story import BUDGET_MINOR, Checks, Story

START_SECONDS = 90.0
QUIET_SECONDS = 120.0
LOOK_SECONDS = 0.05
REQUEST_SECONDS = 20.0
QUIET_LOOKS = 2
VICTIMS = {
    "One sentence becomes three offers, with their money": "web",
    "A draft, a change, a second draft": "worker",
    "Three posts go live, the first money is released": "valkey",
    "A dispute, and an operator who decides it": "postgres",
}
"""Whom `--kill` kills, right before the scene after this one."""
SHOWN_LINES = 14


def play(*, keep: bool, kill: bool) -> int:
    """Play the whole story; returns the exit code."""
    console = Console(soft_wrap=True, highlight=False)
    state = Path(tempfile.mkdtemp(prefix="market-demo-"))
    port = free_port()
    supervisor = _launch(state, port)
    try:
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=REQUEST_SECONDS)
        _wait_ready(client, supervisor, state)
        checks = Checks(lambda line: console.print(line, markup=False))
        stage = Stage(
            client.request,
            seed.staff_key_file(state).read_text(),
            lambda: _settle(client),
            _watcher(console),
        )
        story = Story(stage, checks, lambda line: console.print(f"\n[bold]{line}[/bold]"))
        if kill:
            story.pause = lambda title: _kill(state, VICTIMS.get(title, ""), console)
        story.play()
        _close_books(console, checks, state, story)
        console.print(f"\n{checks.passed} checks held, {len(checks.failed)} did not.")
        for failed in checks.failed:
            console.print(f"  ✗ {failed}", markup=False)
        return 1 if checks.failed else 0
    finally:
        supervisor.send_signal(signal.SIGTERM)
        supervisor.wait(60)
        if keep:
            console.print(f"The data is in {state}")
        else:
            shutil.rmtree(state, ignore_errors=True)


def _launch(state: Path, port: int) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "STATE_DIR": str(state),
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
        "ENVIRONMENT": "sandbox",
    }
    log = (state / "start.log").open("wb")
    return subprocess.Popen(  # noqa: S603  (our own program)
        [sys.executable, "-m", "market", "start", "--port", str(port)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _wait_ready(client: httpx.Client, supervisor: subprocess.Popen[bytes], state: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and supervisor.poll() is None:
        try:
            if client.get("/readyz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(LOOK_SECONDS * 4)
    tail = (state / "start.log").read_text().strip().splitlines()[-3:]
    raise TimeoutError("the marketplace did not start: " + " / ".join(tail))


def _settle(client: httpx.Client) -> None:
    """Wait until the workers have nothing left to do, seen twice in a row."""
    deadline, quiet = time.monotonic() + QUIET_SECONDS, 0
    found: dict[str, object] = {}
    while time.monotonic() < deadline:
        try:
            answer = client.get("/sandbox/work")
            found = answer.json() if answer.status_code == httpx.codes.OK else {}
        except httpx.TransportError:
            found = {}
        quiet = quiet + 1 if found.get("quiet") else 0
        if quiet == QUIET_LOOKS:
            return
        time.sleep(LOOK_SECONDS)
    raise TimeoutError(f"the workers did not finish: {found}")


def _kill(state: Path, victim: str, console: Console) -> None:
    if not victim:
        return
    pid = json.loads((state / "processes.json").read_text())[victim]
    console.print(f"\n[bold red]kill -9 {victim} (pid {pid})[/bold red]")
    os.kill(pid, signal.SIGKILL)


def _watcher(console: Console) -> Callable[[str, str, OutgoingMessage | None], None]:
    def watch(who: str, words: str, message: OutgoingMessage | None) -> None:
        if message is None:
            console.print(f"\n{who} › {words}", markup=False, style="cyan")
            return
        lines = message.text.replace("**", "").split("\n")
        if len(lines) > SHOWN_LINES:
            lines = [*lines[:SHOWN_LINES], "…"]
        console.print("\n".join(f"    {who} ‹ {line}" for line in lines), markup=False)
        for row in message.buttons:
            console.print("        " + "  ".join(f"[ {b.label} ]" for b in row), markup=False, style="dim")

    return watch


def _close_books(console: Console, checks: Checks, state: Path, story: Story) -> None:
    """Show the last table, and let another program do the sums."""
    url = json.loads((state / "postgres.json").read_text())["url"]
    database = connect(url, SandboxClock())
    with begin(database, SYSTEM) as work:
        checks.that("the ledger check finds nothing", ledger.violations(work) == [])
        exports = {
            "hledger": "\n".join(books.hledger(work)) + "\n",
            "beancount": "\n".join(books.beancount(work)) + "\n",
        }
    database.engine.dispose()
    _independent(checks, state, exports)
    found = story.stage.operator("GET", f"/campaigns/{story.campaign['id']}/money")
    table = Table(title="Where every rupee of the budget went (play money)")
    table.add_column("")
    table.add_column("amount", justify="right")
    for name, minor in found["parts"].items():
        if minor:
            table.add_row(name.replace("_", " "), money(Money(minor, Currency.INR)))
    table.add_row("paid in", money(Money(BUDGET_MINOR, Currency.INR)), style="bold")
    console.print(table)


def _independent(checks: Checks, state: Path, exports: dict[str, str]) -> None:
    """Check the export's balance assertions with whichever of the two programs is installed."""
    programs = {
        "hledger": [shutil.which("hledger") or "", "check", "-f"],
        "beancount": [str(Path(sys.executable).with_name("bean-check"))],
    }
    agreed = []
    for name, command in programs.items():
        if not command[0] or not Path(command[0]).exists():
            continue
        file = state / f"books.{name}"
        file.write_text(exports[name])
        ran = subprocess.run(  # noqa: S603  (an installed program on our own file)
            [*command, str(file)], capture_output=True, text=True, check=False
        )
        checks.that(f"{name} arrives at the same balance on every account", ran.returncode == 0)
        agreed.append(name)
    checks.that("an independent book-keeper was there to agree", agreed)
