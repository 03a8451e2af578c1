"""One command, one process tree: web and worker with its timetable, started again when they die.

All of the code is imported once, here, and each child is a fork: the pages of memory are shared, and a child
that died stands again within a moment. The children die with us, however we die; the servers too. Their ports
stay, so that clients reconnect. Where processes cannot fork safely (macOS) each child imports for itself.
"""

import gc
import importlib
import json
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType

import structlog

from bots.doors import registry
from core.settings import Settings
from market.embedded import ServerNotStarted, child_setup
from market.servers import Server

LOOK_SECONDS = 0.2
LOOK_LATER_SECONDS = 0.5
GRACE_SECONDS = 8.0
WAIT_MOST_SECONDS = 5.0
STEADY_SECONDS = 20.0
FORKS = sys.platform == "linux"
CONTEXT = multiprocessing.get_context("fork") if FORKS else multiprocessing.get_context("spawn")
SHARED = ("api.app", "api.serving", "workers.serving")
"""What the children run, imported before they are forked."""
log = structlog.get_logger(__name__)


class Stopped(Exception):
    """Somebody asked us to end."""


@dataclass
class Child:
    """One process of ours and how often it had to be started again."""

    name: str
    program: Callable[[], None]
    process: BaseProcess | None = None
    started_at: float = 0.0
    wait_seconds: float = 0.0
    due_at: float = field(default=0.0)


def web() -> None:
    """Serve pages, the API and the apps' webhooks."""
    from api import serving

    serving.run()


def worker() -> None:
    """Keep promises, and let the clocks act."""
    from workers import serving

    serving.run(timetable=True)


def listener() -> None:
    """Listen to the apps that do not call us."""
    from market.cli import app

    app(["listen"])


def programs(settings: Settings) -> dict[str, Callable[[], None]]:
    """Return what to run for each part."""
    listens = {"listener": listener} if registry.listening(settings) else {}
    return {**listens, "web": web, "worker": worker}


def share() -> None:
    """Import what the children run. The environment must name the servers before that."""
    if FORKS:
        for name in SHARED:
            importlib.import_module(name)
        gc.collect()
        gc.freeze()  # what is never looked at again is never copied


def run(settings: Settings, owned: list[Server], announce: Callable[[], None]) -> None:
    """Keep everything running until Ctrl-C or a termination signal; `announce` once the pages answer."""
    announced = False
    children = [Child(name, program) for name, program in programs(settings).items()]
    share()
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
            time.sleep(LOOK_LATER_SECONDS if announced else LOOK_SECONDS)
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
    if child.process is not None and child.process.is_alive():
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
    child.process = CONTEXT.Process(target=_live, args=(child.program, os.getpid()), name=child.name)
    child.process.start()


def _live(program: Callable[[], None], supervisor: int) -> None:
    """Be a child: of a session of its own, with signals as a process begins, and for as long as we live."""
    os.setsid()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    child_setup(as_nobody=False, dies_with=supervisor)()
    program()


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
        process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in running:
        process.join(max(deadline - time.monotonic(), 0.1))
        if process.is_alive():
            process.kill()
            process.join()
    for server in reversed(owned):
        server.stop()
