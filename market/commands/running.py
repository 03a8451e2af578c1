"""Everything at once, the story, a talk in the terminal, and listening for apps that cannot reach us."""

import os
import shutil
import signal
import socket
import threading
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import Annotated

import typer

from bots.doors import registry
from bots.doors.channel import ChannelRefused, ChannelUnavailable
from bots.doors.hearing import Hearer
from core.kit.database import connect
from core.kit.logs import configure
from core.settings import Settings
from market import seed, servers, supervise
from market.commands import shell
from market.terminal import Terminal, typed_lines
from runtime import parts

DISK_BYTES_MIN = 400_000_000


def start(
    port: Annotated[int | None, typer.Option(help="The port of the web pages.")] = None,
) -> None:
    """Start everything: servers, web and worker. Ctrl-C ends it all.

    Example: python -m market start --port 8080
    """
    settings = shell.settings()
    if port is not None:
        settings = settings.model_copy(update={"port": port, "public_url": f"http://{settings.host}:{port}"})
    parts.check(settings)
    _require_free(settings)
    shell.console.print("Starting the servers …")
    settings, owned = servers.bring_up(settings)
    os.environ["PORT"], os.environ["PUBLIC_URL"] = str(settings.port), settings.public_url
    database = connect(settings.database_url.get_secret_value(), keys=settings.keys)
    servers.prepare(database)
    if settings.sandbox:
        planted = seed.plant(database)
        seed.staff(database, settings.state_dir)
        shell.console.print(f"A sandbox world with {planted} made-up creators is ready.")
    database.engine.dispose()
    shell.console.print("Starting web and worker …")
    links = (
        f"\n  Open [bold]{settings.public_url}/[/bold]\n"
        f"  Operators: {settings.public_url}/admin ({_how_operators_enter(settings)})\n"
        f"  In another terminal: python -m market chat --as brand\n\n  Ctrl-C ends everything.\n"
    )
    supervise.run(settings, owned, lambda: shell.console.print(links, highlight=False))


def _how_operators_enter(settings: Settings) -> str:
    if settings.sandbox:
        return f"personal keys in {seed.staff_key_file(settings.state_dir).parent}"
    return "personal keys: python -m market staff"


def _require_free(settings: Settings) -> None:
    settings.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    free = shutil.disk_usage(settings.state_dir).free
    if free < DISK_BYTES_MIN:
        shell.fail(
            f"Only {free // 1_000_000} MB are free in {settings.state_dir}; "
            f"{DISK_BYTES_MIN // 1_000_000} MB are needed."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            shell.fail(
                f"Port {settings.port} on {settings.host} is taken. Stop what uses it, or choose another:"
                f" python -m market start --port {settings.port + 1}"
            )


def demo(
    keep: Annotated[bool, typer.Option(help="Keep the demo's data folder.")] = False,  # noqa: FBT002
    kill: Annotated[bool, typer.Option(help="Kill each server on the way.")] = False,  # noqa: FBT002
) -> None:
    """Play the whole story in the terminal, from a sentence to a paid creator.

    Example: python -m market demo
    """
    from market import demo as story  # noqa: PLC0415  (the story's parts are needed only here)

    raise SystemExit(story.play(keep=keep, kill=kill))


def chat(
    who: Annotated[str, typer.Option("--as", help="brand, creator, or somebody's name.")] = "brand",
) -> None:
    """Talk in the terminal; from a pipe, each line is one turn.

    Example: echo "menu" | python -m market chat --as creator
    """
    settings = shell.settings()
    if settings.log_level == "INFO":
        configure("WARNING", settings.log_format)  # a conversation is no place for a log
    with servers.opened(settings) as database:
        runtime = parts.build(settings, database)
        if settings.sandbox:
            seed.plant(runtime.database)
        terminal = Terminal(runtime, who, typer.echo)
        terminal.hold(typed_lines(f"{who}> "))


def listen() -> None:
    """Listen to Telegram by polling and to Slack by Socket Mode: for a machine the internet cannot reach.

    Example: TELEGRAM_TOKEN=… python -m market listen
    """
    settings = shell.settings()
    waiting = registry.listening(settings)
    if not waiting:
        shell.fail("There is neither TELEGRAM_TOKEN nor SLACK_APP_TOKEN: docs/channels/ says how to get one.")
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
            shell.fail(f"{said} `python -m market channels doctor` says more.")
        line.result()
