"""The web process as the container starts it: patient with work, hasty with half-sent requests, discreet."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from api.serving import Hurried
from market.embedded import free_port

ROOT = Path(__file__).parents[2]
START_SECONDS = 60


class VeryHurried(Hurried):
    head_seconds = 0.2


async def answers_late(scope: Scope, receive: Receive, send: Send) -> None:
    """Take a body's parts as they come, and answer when the last is there."""
    while (await receive()).get("more_body"):
        pass
    await PlainTextResponse("here")(scope, receive, send)


@contextmanager
def served() -> Iterator[int]:
    port = free_port()
    config = uvicorn.Config(
        answers_late, port=port, http=VeryHurried, ws="none", lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        threading.Event().wait(0.02)
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join(10)


def until_closed(connection: socket.socket) -> bytes:
    found = b""
    while part := connection.recv(65_536):
        found += part
    return found


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHo",  # half of a second request
    ],
)
def test_a_half_sent_request_is_not_waited_for(sent: bytes) -> None:
    with served() as port, socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(sent)
        assert until_closed(connection).count(b"here") == sent.count(b"\r\n\r\n")


def test_a_request_that_runs_has_all_its_time() -> None:
    with served() as port, socket.create_connection(("127.0.0.1", port), timeout=10) as slow:
        slow.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\na")
        with socket.create_connection(("127.0.0.1", port), timeout=10) as idle:
            assert until_closed(idle) == b""  # the time of a head has passed now, also for the first
        slow.sendall(b"b")
        slow.settimeout(10)
        assert b"200 OK" in slow.recv(65_536)


def command() -> list[str]:
    """Return what the image runs, with this machine's Python."""
    found = re.search(r"^CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert found
    first, *rest = json.loads(found[1])
    assert first == "python"
    return [sys.executable, *rest]


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        threading.Event().wait(0.1)
    raise AssertionError("it ended before it listened")


LINKS = [
    "/slack/oauth_redirect?code=hunter2&state=hunter2",
    "/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=hunter2&hub.challenge=1",
    "/reports/hunter2",
    "/reports/hunter2.csv",
    "/chat/hunter2/letters",
    "/l/hunter2",
    "/nothing/hunter2",
]


CONNECTED = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "secret",
    "SLACK_SIGNING_SECRET": "secret",
    "WHATSAPP_TOKEN": "token",
    "WHATSAPP_APP_SECRET": "secret",
    "WHATSAPP_PHONE_NUMBER_ID": "1",
}


@pytest.mark.slow(seconds=12)
def test_the_container_s_log_names_routes_and_no_secret_of_a_link(database_url: str, tmp_path: Path) -> None:
    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": database_url,
        "STATE_DIR": str(tmp_path),
        "PORT": str(port),
        "LOG_FORMAT": "json",
        "CACHE_URL": "embedded",
        **CONNECTED,
    }
    with (tmp_path / "log").open("w+") as log:
        process = subprocess.Popen(command(), cwd=tmp_path, env=environment, stdout=log, stderr=log)  # noqa: S603
        try:
            wait_for(port, process)
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=START_SECONDS) as client:
                for link in LINKS:
                    assert client.get(link).status_code in {400, 401, 403, 404}
        finally:
            process.terminate()
            process.wait(START_SECONDS)
        log.seek(0)
        written = log.read()
    assert "hunter2" not in written
    requests = [json.loads(line) for line in written.splitlines() if '"request"' in line]
    assert [one["route"] for one in requests][:3] == [
        "/slack/oauth_redirect",
        "/webhooks/whatsapp",
        "/reports/{token}",
    ]
    assert len(requests) == len(LINKS)
