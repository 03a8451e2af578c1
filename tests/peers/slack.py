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
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from websockets.sync.server import ServerConnection, serve

from core.messaging.messages import Attachment, Button, OutgoingMessage
from market.embedded import free_port
from market.stage import Heard
from tests.peers.bot_api import FOLDER
from tests.peers.telegram import served
from tests.peers.whatsapp import node

EMULATE = Path(__file__).parent / "node_modules" / ".bin" / "emulate"
CLIENT_ID, CLIENT_SECRET, SIGNING_SECRET = "12345.67890", "s3cr3t", "signing-secret"
START_SECONDS = 60.0
PICK = "modal|"
PANE = "assistant.threads."


@dataclass
class WebApi:
    """What was called, and what is to go wrong next."""

    emulate: str = ""
    url: str = ""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    shown: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    views: list[dict[str, Any]] = field(default_factory=list)
    modals: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    orders: deque[tuple[str, int, str, int]] = field(default_factory=deque)
    authorization: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    socket_url: str = ""

    def order(self, method: str, status: int, error: str, retry_after: int = 0) -> None:
        """Let the next call of a method fail."""
        self.orders.append((method, status, error, retry_after))

    def forget(self) -> None:
        """Forget what was called and shown."""
        for kept in (self.calls, self.shown, self.views, self.modals, self.faults):
            kept.clear()

    def trigger(self, user: str) -> str:
        """Return a trigger as an interaction of a user carries it: good once, for a while."""
        address, headers = (
            f"{self.emulate}/api/views.generateTriggerId",
            {"Authorization": self.authorization},
        )
        made = httpx.post(address, data={"user_id": user}, headers=headers, timeout=30).json()
        return str(made.get("trigger_id") or f"{_now()}.none")

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
        if method == "apps.connections.open" and self.socket_url:
            return JSONResponse({"ok": True, "url": self.socket_url})
        self.calls.append((method, sent))
        self.authorization = request.headers.get("authorization", self.authorization)
        self.faults += faults(method, sent)
        if method.startswith(PANE):  # emulate knows nothing of it
            return JSONResponse({"ok": True})
        answer = await run_in_threadpool(self._forward, request, raw)
        body = answer.json()
        if method in {"chat.postMessage", "chat.update"} and body.get("ok"):
            self.shown[f"{body['channel']}:{body['ts']}"] = (len(self.calls), sent)
        if method == "files.completeUploadExternal" and body.get("ok"):
            self.shown[f"file:{len(self.calls)}"] = (len(self.calls), {"uploaded": sent})
        if method == "views.open" and body.get("ok"):
            self.modals.append(sent["view"])
        if method == "views.publish":
            self.views.append(sent["view"])
        return JSONResponse(body, answer.status_code)

    async def _pass(self, request: Request) -> Response:
        if request.url.path in self.files:
            allowed = request.headers.get("authorization", "") == self.authorization != ""
            return Response(self.files[request.url.path] if allowed else b"", 200 if allowed else 302)
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
        k: json.loads(v) if k in {"blocks", "view", "files", "prompts"} and isinstance(v, str) else v
        for k, v in form.items()
    }


@cache
def _schema() -> Any:
    file = FOLDER / "slack-blockkit.schema.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def faults(method: str, sent: dict[str, Any]) -> list[str]:
    """Return which of Block Kit's limits what was sent breaks."""
    if method.startswith(PANE):
        prompts = sent.get("prompts", [])
        missing = [name for name in ("channel_id", "thread_ts") if not sent.get(name)]
        full = all(prompt["title"] and prompt["message"] for prompt in prompts)
        return [] if not missing and full and len(prompts) <= 4 else [f"{method}: {sent}"]
    blocks = sent.get("blocks") or sent.get("view", {}).get("blocks") or []
    found = [] if len(blocks) <= (100 if "view" in sent else 50) else [f"{method}: {len(blocks)} blocks"]
    if method == "chat.postMessage" and (not str(sent.get("text", "")).strip() or not blocks):
        found.append(f"{method}: nothing to show")
    names = [e["action_id"] for b in blocks if b["type"] == "actions" for e in b["elements"]]
    found += [f"{method}: action ids repeat"] if len(set(names)) != len(names) else []
    for block in blocks:
        found += _block_faults(block)
    if _schema() is None:
        return found
    if method == "views.open":
        return found + [
            f"{method}: {e.message[:200]}" for e in _validator("ModalView").iter_errors(sent["view"])
        ]
    for block in blocks:
        found += [f"{method}: {e.message[:200]}" for e in _validator("KnownBlock").iter_errors(block)]
    return found


def _block_faults(block: dict[str, Any]) -> list[str]:
    """Return which limits a block breaks, also those that the library's own models know."""
    found = []
    text = (block.get("text") or {}).get("text", "x")
    if not text.strip() or len(text) > 3_000:
        found.append(f"section of {len(text)} characters")
    if any(not f["text"].strip() or len(f["text"]) > 2_000 for f in block.get("fields", [])):
        found.append("a field that is empty or too long")
    if block["type"] == "table" and sum(len(c["text"]) for row in block["rows"] for c in row) > 10_000:
        found.append("a table of too many characters")
    elements = block.get("elements", [])
    if len(elements) > 25:
        found.append(f"{len(elements)} elements")
    found += [
        f"button {element}"
        for element in elements
        if block["type"] == "actions"
        and (not 1 <= len(element["text"]["text"]) <= 75 or len(element.get("value", "")) > 2_000)
    ]
    try:
        (Block.parse(block) or Block()).to_dict()
    except SlackObjectFormationError as error:
        found.append(f"{block['type']}: {error}")
    return found


@cache
def _validator(name: str) -> Any:
    return jsonschema_rs.validator_for({**_schema(), "$ref": f"#/definitions/{name}"})


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


@contextmanager
def socket(events: list[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """Serve Slack's end of a socket that sends these; yields its address and what was acknowledged."""
    acknowledged: list[str] = []

    def talk(line: ServerConnection) -> None:
        line.send(json.dumps({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}}))
        for number, payload in enumerate(events):
            line.send(json.dumps({"envelope_id": f"e{number}", "type": "events_api", "payload": payload}))
        for heard in line:
            found = json.loads(heard) if str(heard).startswith("{") else {}
            acknowledged.extend([found["envelope_id"]] if "envelope_id" in found else [])

    with serve(talk, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}/link", acknowledged
        server.shutdown()
        thread.join(10)


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
        self._picked: dict[str, list[str]] = {}

    def say(self, words: str) -> None:
        """Write a message, or into the first empty field of the modal that is open."""
        if self._api.modals:
            fields = [b for b in self._api.modals[-1]["blocks"] if b["type"] == "input"]
            empty = [b for b in fields if b["element"]["type"] in {"plain_text_input", "number_input"}]
            self.submit({empty[0]["block_id"]: words}, self._picked)
            return
        self.event(
            {"type": "message", "channel_type": "im", "channel": "D1", "user": self.user, "text": words}
        )

    def send_file(self, words: str, name: str, content: bytes) -> None:
        """Refuse: the story's brand sends no files."""
        raise AssertionError(f"the brand sends no files: {name}")

    def press(self, button: Button) -> None:
        """Press a button of the newest message that has it, or pick an option of the modal that is open."""
        if button.action.startswith(PICK):
            _, block, value = button.action.split("|")
            self._picked = {**self._picked, block: [value]}
            return
        having = [(n, ref) for ref, (n, sent) in self._api.shown.items() if button.action in json.dumps(sent)]
        channel, _, ts = max(having)[1].partition(":")
        action = {"type": "button", "action_id": "b0", "value": button.action, "action_ts": _now()}
        body = {
            "type": "block_actions",
            "user": {"id": self.user, "team_id": self.team, "username": "meera"},
            "team": {"id": self.team},
            "trigger_id": self._api.trigger(self.user),
            "channel": {"id": channel},
            "message": {"ts": ts},
            "actions": [action],
        }
        self.interact(body)

    def submit(self, words: dict[str, str], picked: dict[str, list[str]] | None = None) -> Any:
        """Send the open modal with these words and choices; what is refused leaves it open."""
        view, values = self._api.modals.pop(), {}
        self._picked = {}
        for block in view["blocks"]:
            if block["type"] != "input":
                continue
            name, element = block["block_id"], block["element"]
            chosen = [{"value": value} for value in (picked or {}).get(name, [])]
            chosen = chosen or element.get("initial_options") or []
            if element["type"] == "static_select":
                first = chosen[0] if chosen else element.get("initial_option")
                state: dict[str, Any] = {"selected_option": first}
            elif element["type"].startswith("multi_"):
                state = {"selected_options": chosen}
            elif element["type"] == "datepicker":
                state = {"selected_date": words.get(name, element.get("initial_date"))}
            else:
                state = {"value": words.get(name, element.get("initial_value")) or None}
            values[name] = {element["action_id"]: {"type": element["type"], **state}}
        answer = self.interact(
            {
                "type": "view_submission",
                "user": {"id": self.user, "team_id": self.team, "username": "meera"},
                "team": {"id": self.team},
                "view": {**view, "id": uuid4().hex, "hash": _now(), "state": {"values": values}},
            }
        )
        if "errors" in answer.text:
            self._api.modals.append(view)
        return answer

    def command(self, name: str, text: str, channel: str = "C000000001") -> Any:
        """Type a slash command in a channel."""
        body = {
            "command": name,
            "text": text,
            "team_id": self.team,
            "user_id": self.user,
            "user_name": "meera",
            "channel_name": "general",
            "channel_id": channel,
            "trigger_id": self._api.trigger(self.user),
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
        chat = [
            Heard(number, OutgoingMessage(_text(sent), _buttons(sent), _files(sent)))
            for number, sent in lines
        ]
        return [*chat, *(Heard(len(self._api.calls), _modal(view)) for view in self._api.modals[-1:])]

    def _form(self, body: dict[str, str]) -> Any:
        raw = urlencode(body)
        headers = {**signed(raw), "Content-Type": "application/x-www-form-urlencoded"}
        return self._post("/slack/events", content=raw, headers=headers)


def _now() -> str:
    return f"{time.time():.6f}"


def _modal(view: dict[str, Any]) -> OutgoingMessage:
    """Return an open modal as a message, its options as buttons."""
    rows = tuple(
        tuple(
            Button(option["text"]["text"], f"{PICK}{block['block_id']}|{option['value']}")
            for option in block["element"].get("options", [])
        )
        for block in view["blocks"]
        if block["type"] == "input"
    )
    asked = [
        f"{block['label']['text']}: {block['hint']['text']}"
        if block["type"] == "input"
        else _text({"blocks": [block]})
        for block in view["blocks"]
    ]
    return OutgoingMessage("\n".join([f"(a modal) **{view['title']['text']}**", *asked]), rows)


def _text(sent: dict[str, Any]) -> str:
    text = "\n".join(_words(block) for block in sent.get("blocks", [])).strip("\n")
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(mark, sign)
    return text


def _words(block: dict[str, Any]) -> str:
    """Return a block as it reads."""
    match block["type"]:
        case "header":
            return f"**{block['text']['text']}**"
        case "context":
            return " · ".join(part["text"] for part in block["elements"]).replace("*", "**")
        case "table":
            return "\n".join(" | ".join(cell["text"] for cell in row) for row in block["rows"])
        case "image":
            return f"[{block['alt_text']}]"
        case "section":
            parts = [block["text"]] if "text" in block else block["fields"]
            return "\n".join(_plainly(part) for part in parts)
    return ""


def _plainly(part: dict[str, Any]) -> str:
    text = str(part["text"])
    return re.sub(r"<(https?://[^>]+)>", r"\1", text).replace("*", "**") if part["type"] == "mrkdwn" else text


def _buttons(sent: dict[str, Any]) -> tuple[tuple[Button, ...], ...]:
    rows = [block["elements"] for block in sent.get("blocks", []) if block["type"] == "actions"]
    return tuple(
        tuple(Button(e["text"]["text"], e.get("value", ""), e.get("url", "")) for e in row) for row in rows
    )


def _files(sent: dict[str, Any]) -> tuple[Attachment, ...]:
    files = sent.get("uploaded", {}).get("files", [])
    return tuple(Attachment("slack", "photo", str(file.get("title") or "")) for file in files)
