"""Slack's peer: emulate, a Web API with OAuth written by others. It presses no buttons, so we sign those.

A recorder of ours stands before it: it remembers what was posted, holds it against Block Kit's description
where that is at hand, and fails on order.
"""

import json
import re
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import jsonschema_rs
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.messaging.messages import Attachment, Button, OutgoingMessage
from market.embedded import free_port
from market.stage import Heard
from tests.peers.bot_api import FOLDER
from tests.peers.telegram import served
from tests.peers.whatsapp import node

EMULATE = Path(__file__).parent / "node_modules" / ".bin" / "emulate"
CLIENT_ID, CLIENT_SECRET, SIGNING_SECRET = "12345.67890", "s3cr3t", "signing-secret"
START_SECONDS = 60.0


@dataclass
class WebApi:
    """What was called, and what is to go wrong next."""

    emulate: str = ""
    url: str = ""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    shown: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    views: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    orders: deque[tuple[str, int, str, int]] = field(default_factory=deque)

    def order(self, method: str, status: int, error: str, retry_after: int = 0) -> None:
        """Let the next call of a method fail."""
        self.orders.append((method, status, error, retry_after))

    @property
    def app(self) -> Starlette:
        """Return the server."""
        routes = [
            Route("/api/{method}", self._call, methods=["GET", "POST"]),
            Route("/{path:path}", self._pass, methods=["GET", "POST"]),
        ]
        return Starlette(routes=routes)

    async def _call(self, request: Request) -> Response:
        method, raw = request.path_params["method"], await request.body()
        sent = await _fields(request)
        if self.orders and self.orders[0][0] == method:
            _, status, error, wait = self.orders.popleft()
            headers = {"Retry-After": str(wait)} if wait else {}
            return JSONResponse({"ok": False, "error": error}, status, headers=headers)
        self.calls.append((method, sent))
        self.faults += faults(method, sent)
        answer = await run_in_threadpool(self._forward, request, raw)
        body = answer.json()
        if method in {"chat.postMessage", "chat.update"} and body.get("ok"):
            self.shown[f"{body['channel']}:{body['ts']}"] = (len(self.calls), sent)
        if method == "files.completeUploadExternal" and body.get("ok"):
            self.shown[f"file:{len(self.calls)}"] = (len(self.calls), {"uploaded": sent})
        if method == "views.publish":
            self.views.append(sent["view"])
        return JSONResponse(body, answer.status_code)

    async def _pass(self, request: Request) -> Response:
        answer = await run_in_threadpool(self._forward, request, await request.body())
        headers = {k: v for k, v in answer.headers.items() if k in {"location", "content-type"}}
        return Response(answer.content, answer.status_code, headers)

    def _forward(self, request: Request, raw: bytes) -> httpx.Response:
        kept = {k: v for k, v in request.headers.items() if k in {"authorization", "content-type"}}
        url = f"{self.emulate}{request.url.path}"
        params = dict(request.query_params)
        return httpx.request(request.method, url, params=params, content=raw, headers=kept, timeout=30)


async def _fields(request: Request) -> dict[str, Any]:
    if not await request.body():
        return dict(request.query_params)
    if "json" in request.headers.get("content-type", ""):
        found: dict[str, Any] = await request.json()
        return found
    form = {**request.query_params, **{k: v for k, v in (await request.form()).items() if isinstance(v, str)}}
    return {
        k: json.loads(v) if k in {"blocks", "view", "files"} and isinstance(v, str) else v
        for k, v in form.items()
    }


@cache
def _schema() -> Any:
    file = FOLDER / "slack-blockkit.schema.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def faults(method: str, sent: dict[str, Any]) -> list[str]:
    """Return which of Block Kit's limits what was sent breaks."""
    blocks = sent.get("blocks") or sent.get("view", {}).get("blocks") or []
    found = [] if len(blocks) <= (100 if "view" in sent else 50) else [f"{method}: {len(blocks)} blocks"]
    if method == "chat.postMessage" and (not str(sent.get("text", "")).strip() or not blocks):
        found.append(f"{method}: nothing to show")
    names = [e["action_id"] for b in blocks for e in b.get("elements", [])]
    found += [f"{method}: action ids repeat"] if len(set(names)) != len(names) else []
    for block in blocks:
        found += _block_faults(block)
    schema = _schema()
    if schema is not None and blocks:
        validator = _validator()
        found += [f"{method}: {error.message[:200]}" for error in validator.iter_errors(blocks)]
    return found


def _block_faults(block: dict[str, Any]) -> list[str]:
    found = []
    text = block.get("text", {}).get("text", "x")
    if not text.strip() or len(text) > 3_000:
        found.append(f"section of {len(text)} characters")
    elements = block.get("elements", [])
    if len(elements) > 25:
        found.append(f"{len(elements)} elements")
    found += [
        f"button {element}"
        for element in elements
        if not 1 <= len(element["text"]["text"]) <= 75 or len(element.get("value", "")) > 2_000
    ]
    return found


@cache
def _validator() -> Any:
    schema = _schema()
    wanted = {"type": "array", "items": {"$ref": "#/definitions/KnownBlock"}}
    return jsonschema_rs.validator_for({**schema, **wanted})


@contextmanager
def running(redirect: str) -> Iterator[WebApi]:
    """Start emulate and the recorder before it; `redirect` is where the installation comes back to."""
    found, port = node(), free_port()
    if found is None or not EMULATE.exists():
        raise RuntimeError("run `make tests/peers/node_modules/.installed`")
    seed = {
        "slack": {
            "team": {"name": "Monsoon Kitchen", "domain": "monsoon"},
            "users": [{"name": "meera", "real_name": "Meera", "email": "m@example.com"}],
            "channels": [{"name": "general"}],
            "bots": [{"name": "nano"}],
            "oauth_apps": [
                {
                    "client_id": CLIENT_ID,
                    "client_secret": CLIENT_SECRET,
                    "app_id": "A000000001",
                    "name": "Nano",
                    "redirect_uris": [redirect],
                    "scopes": ["chat:write", "im:write", "files:write"],
                }
            ],
        }
    }
    file = Path(__file__).parent / "node_modules" / f".seed-{port}.json"
    file.write_text(json.dumps(seed))
    command = [found, str(EMULATE), "start", "-s", "slack", "-p", str(port), "--seed", str(file)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  (pinned)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", process)
        api = WebApi(f"http://127.0.0.1:{port}")
        with served(api.app, free_port()) as url:
            api.url = url
            yield api
    finally:
        process.terminate()
        process.wait(10)
        file.unlink()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(url, timeout=5)
        except httpx.TransportError:
            threading.Event().wait(0.1)
        else:
            return
    raise RuntimeError("emulate does not answer")


def install(ours: httpx.Client, api: WebApi) -> tuple[str, str]:
    """Install the app as a person would, through Slack's own page; returns (team, user)."""
    page = ours.get("/slack/install")
    address = re.findall(r'href="([^"]+authorize[^"]+)"', page.text)[0].replace("&amp;", "&")
    form = httpx.get(address, timeout=30).text
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.split("</form>")[1]))
    agreed = httpx.post(f"{api.url}/oauth/v2/authorize/callback", data=fields, timeout=30)
    back = agreed.headers["location"]
    cookie = page.headers["set-cookie"].partition(";")[
        0
    ]  # marked Secure: over plain HTTP it is ours to carry
    done = ours.get(back[back.index("/slack/oauth_redirect") :], headers={"Cookie": cookie})
    assert done.status_code == 200, done.text
    return "T000000001", fields["user_id"]


def signed(raw: str, *, age_seconds: int = 0) -> dict[str, str]:
    """Return the headers Slack sends with a body."""
    stamp = str(int(time.time()) - age_seconds)
    signature = SignatureVerifier(SIGNING_SECRET).generate_signature(timestamp=stamp, body=raw) or ""
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}


class SlackSeat:
    """One person's private chat with the app."""

    def __init__(self, api: WebApi, post: Callable[..., Any], team: str, user: str) -> None:
        """Sit down; `post` sends to our route."""
        self._api, self._post, self.team, self.user = api, post, team, user

    def say(self, words: str) -> None:
        """Write a message."""
        self.event(
            {"type": "message", "channel_type": "im", "channel": "D1", "user": self.user, "text": words}
        )

    def send_file(self, words: str, name: str, content: bytes) -> None:
        """Refuse: the story's brand sends no files."""
        raise AssertionError(f"the brand sends no files: {name}")

    def press(self, button: Button) -> None:
        """Press a button of the newest message that has it."""
        having = [(n, ref) for ref, (n, sent) in self._api.shown.items() if button.action in json.dumps(sent)]
        channel, _, ts = max(having)[1].partition(":")
        action = {"type": "button", "action_id": "b0", "value": button.action, "action_ts": _now()}
        body = {
            "type": "block_actions",
            "user": {"id": self.user, "team_id": self.team, "username": "meera"},
            "team": {"id": self.team},
            "trigger_id": uuid4().hex,
            "channel": {"id": channel},
            "message": {"ts": ts},
            "actions": [action],
        }
        self.interact(body)

    def command(self, name: str, text: str) -> Any:
        """Type a slash command in a channel."""
        body = {
            "command": name,
            "text": text,
            "team_id": self.team,
            "user_id": self.user,
            "user_name": "meera",
            "channel_name": "general",
            "trigger_id": f"{_now()}.x",
        }
        return self._form(body)

    def interact(self, body: dict[str, Any]) -> Any:
        """Send an interaction."""
        return self._form({"payload": json.dumps(body)})

    def event(self, event: dict[str, Any], event_id: str = "") -> Any:
        """Send an event."""
        event = {"ts": _now(), "event_ts": _now(), "team": self.team, **event}
        body = {
            "type": "event_callback",
            "team_id": self.team,
            "api_app_id": "A1",
            "event": event,
            "event_id": event_id or f"Ev{uuid4().hex}",
            "event_time": 1,
        }
        raw = json.dumps(body)
        return self._post(
            "/slack/events", content=raw, headers={**signed(raw), "Content-Type": "application/json"}
        )

    def heard(self) -> list[Heard]:
        """Return what the chat shows, in the order it was last changed."""
        lines = sorted(self._api.shown.values(), key=lambda line: line[0])
        return [
            Heard(number, OutgoingMessage(_text(sent), _buttons(sent), _files(sent)))
            for number, sent in lines
        ]

    def _form(self, body: dict[str, str]) -> Any:
        raw = urlencode(body)
        headers = {**signed(raw), "Content-Type": "application/x-www-form-urlencoded"}
        return self._post("/slack/events", content=raw, headers=headers)


def _now() -> str:
    return f"{time.time():.6f}"


def _text(sent: dict[str, Any]) -> str:
    parts = [block["text"]["text"] for block in sent.get("blocks", []) if block["type"] == "section"]
    text = "\n".join(parts).replace("*", "**")
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(mark, sign)
    return text


def _buttons(sent: dict[str, Any]) -> tuple[tuple[Button, ...], ...]:
    rows = [block["elements"] for block in sent.get("blocks", []) if block["type"] == "actions"]
    return tuple(
        tuple(Button(e["text"]["text"], e.get("value", ""), e.get("url", "")) for e in row) for row in rows
    )


def _files(sent: dict[str, Any]) -> tuple[Attachment, ...]:
    files = sent.get("uploaded", {}).get("files", [])
    return tuple(Attachment("slack", "photo", str(file.get("title") or "")) for file in files)
