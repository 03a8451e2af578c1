"""One command, one process tree: web, worker and timetable, started again when they die.

The children die with us, however we die; the servers too. Their ports stay, so that clients reconnect.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import structlog

from bots.doors import registry
from core.settings import Settings
from market.embedded import ServerNotStarted, child_setup
from market.servers import Server

LOOK_SECONDS = 0.2
GRACE_SECONDS = 8.0
WAIT_MOST_SECONDS = 5.0
STEADY_SECONDS = 20.0
log = structlog.get_logger(__name__)


class Stopped(Exception):
    """Somebody asked us to end."""


@dataclass
class Child:
    """One process of ours and how often it had to be started again."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    wait_seconds: float = 0.0
    due_at: float = field(default=0.0)


def commands(settings: Settings) -> dict[str, list[str]]:
    """Return what to run for each part."""
    # -W: root in a container is warned about at length; -q: no banners
    celery = [sys.executable, "-W", "ignore", "-m", "celery", "-q", "-A", "workers.app"]
    beat_file = str(settings.state_dir.resolve() / "timetable")
    listener = (
        {"listener": [sys.executable, "-m", "market", "listen"]} if registry.listening(settings) else {}
    )
    return {
        **listener,
        "web": [sys.executable, "-m", "api"],
        "worker": [
            *(
                *celery,
                "worker",
                "--pool",
                "threads",
                "--concurrency",
                "4",
                "--loglevel",
                "WARNING",
            ),
            *("--without-gossip", "--without-mingle", "--without-heartbeat", "-Q", "market"),
        ],
        "timetable": [
            *(*celery, "beat", "--loglevel", "WARNING", "--pidfile=", "--schedule", beat_file),
        ],
    }


def run(settings: Settings, owned: list[Server], announce: Callable[[], None]) -> None:
    """Keep everything running until Ctrl-C or a termination signal; `announce` once the pages answer."""
    announced = False
    children = [Child(name, command) for name, command in commands(settings).items()]
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGHUP, _stop)
    try:
        while True:
            _keep_servers(owned)
            for child in children:
                _keep(child)
            _write_state(settings.state_dir, children, owned)
            if not announced and _answers(settings):
                announce()
                announced = True
            time.sleep(LOOK_SECONDS)
    except Stopped:
        pass
    finally:
        _end(children, owned)


def _answers(settings: Settings) -> bool:
    """Tell whether the web server has opened its port: it does when all of it is loaded."""
    with socket.socket() as probe:
        probe.settimeout(LOOK_SECONDS)
        return probe.connect_ex((settings.host, settings.port)) == 0


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _keep(child: Child) -> None:
    now = time.monotonic()
    if child.process is not None and child.process.poll() is None:
        if now - child.started_at > STEADY_SECONDS:
            child.wait_seconds = 0.0
        return
    if child.process is not None and child.due_at == 0.0:
        log.warning("a process ended and is started again", process=child.name)
        child.due_at = now + child.wait_seconds
        child.wait_seconds = min(child.wait_seconds * 2 + 0.25, WAIT_MOST_SECONDS)
    if now < child.due_at:
        return
    child.due_at = 0.0
    child.started_at = now
    child.process = subprocess.Popen(  # noqa: S603  (our own programs)
        child.command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=child_setup(as_nobody=False, dies_with=os.getpid()),  # noqa: PLW1509  (no threads here)
    )


def _keep_servers(owned: list[Server]) -> None:
    for server in owned:
        if server.process is not None and server.process.poll() is not None:
            log.warning("a server ended and is started again", server=type(server).__name__)
            try:
                server.start()
            except ServerNotStarted as error:
                log.error("a server does not start", reason=str(error))  # noqa: TRY400
                time.sleep(WAIT_MOST_SECONDS)


def _write_state(folder: Path, children: list[Child], owned: list[Server]) -> None:
    """Keep our pids in a file, for whoever looks after the machine."""
    pids = {child.name: child.process.pid for child in children if child.process is not None}
    for server in owned:
        if server.process is not None:
            pids[type(server).__name__.removeprefix("Embedded").lower()] = server.process.pid
    text = json.dumps({"supervisor": os.getpid(), **pids})
    file = folder / "processes.json"
    if not file.exists() or file.read_text() != text:
        aside = file.with_suffix(".new")
        aside.write_text(text)
        aside.rename(file)


def _end(children: list[Child], owned: list[Server]) -> None:
    running = [child.process for child in children if child.process is not None]
    for process in running:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in running:
        try:
            process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for server in reversed(owned):
        server.stop()
