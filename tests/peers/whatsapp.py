"""WhatsApp's peer: Prism, which holds every body against the Cloud API's description, behind a recorder.

The recorder is ours: it remembers what was said, hands out message ids, and fails on order.

Where there is no description or no Node, the recorder's own limits are held all the same.
"""

import hashlib
import hmac
import json
import shutil
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bots.doors.whatsapp import flow
from core.messaging.messages import Button, OutgoingMessage
from market.embedded import free_port
from market.stage import Heard
from tests.peers.bot_api import FOLDER
from tests.peers.telegram import served

PRISM = Path(__file__).parent / "node_modules" / ".bin" / "prism"
DESCRIPTION = FOLDER / "whatsapp-pruned-fixed.json"
FLOW = "7700123456789"
PHONE, BUSINESS, SECRET, VERSION = "106540352242922", "102290129340398", "app-secret", "v23.0"
START_SECONDS = 60.0


@dataclass
class CloudApi:
    """What was posted, and what is to go wrong next."""

    prism: str = ""
    url: str = ""
    posted: list[dict[str, Any]] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    orders: deque[tuple[int, int]] = field(default_factory=deque)
    files: dict[str, bytes] = field(default_factory=dict)
    templates: list[dict[str, Any]] = field(default_factory=list)
    flow_state: str = "PUBLISHED"

    def order(self, status: int, code: int) -> None:
        """Let the next message be refused with this status and code."""
        self.orders.append((status, code))

    def said_to(self, chat: str) -> list[dict[str, Any]]:
        """Return what was posted to one person."""
        return [body for body in self.posted if body.get("to") == chat or body.get("recipient") == chat]

    @property
    def app(self) -> Starlette:
        """Return the server."""
        base = f"/{VERSION}"
        return Starlette(
            routes=[
                Route(f"{base}/{PHONE}/messages", self._messages, methods=["POST"]),
                Route(f"{base}/{PHONE}/media", self._upload, methods=["POST"]),
                Route(f"{base}/{BUSINESS}/message_templates", self._templates, methods=["GET", "POST"]),
                Route(f"{base}/{BUSINESS}/flows", self._flow, methods=["POST"]),
                Route(f"{base}/{FLOW}", self._flow),
                Route(f"{base}/{PHONE}", self._number),
                Route("/file/{name}", self._file),
                Route(f"{base}/{{name}}", self._media),
            ]
        )

    async def _messages(self, request: Request) -> Response:
        body = await request.json()
        if body.get("status") == "read":
            self.read.append(body["message_id"])
            return JSONResponse({"success": True})
        if self.orders:
            status, code = self.orders.popleft()
            return JSONResponse({"error": {"code": code, "message": "no", "type": "OAuthException"}}, status)
        faults = limits(body)
        if self.prism:
            faults += await run_in_threadpool(self._held_against, body)
        self.faults += faults
        if faults:
            return JSONResponse({"error": {"code": 131009, "message": faults[0]}}, 400)
        self.posted.append({**body, "id": f"wamid.{len(self.posted)}"})
        return JSONResponse(
            {"messaging_product": "whatsapp", "messages": [{"id": f"wamid.{len(self.posted) - 1}"}]}
        )

    def _held_against(self, body: dict[str, Any]) -> list[str]:
        headers = {"Authorization": "Bearer token"}
        answer = httpx.post(
            f"{self.prism}/{VERSION}/{PHONE}/messages", json=body, headers=headers, timeout=30
        )
        return [] if answer.status_code < 400 else [answer.text[:500]]

    async def _upload(self, request: Request) -> Response:
        name = f"media{len(self.files)}"
        async with request.form() as form:
            self.files[name] = await form["file"].read()  # type: ignore[union-attr]
        return JSONResponse({"id": name})

    async def _media(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in self.files:
            return JSONResponse({"error": {"code": 100, "message": "no such media"}}, 400)
        return JSONResponse({"url": f"{self.url}/file/{name}", "id": name})

    async def _file(self, request: Request) -> Response:
        if request.headers.get("authorization") != "Bearer token":
            return Response(status_code=401)
        return Response(self.files[request.path_params["name"]])

    async def _number(self, _: Request) -> Response:
        return JSONResponse({"display_phone_number": "+1 555 078 3881", "quality_rating": "GREEN"})

    async def _flow(self, request: Request) -> Response:
        if request.method == "GET":
            return JSONResponse({"id": FLOW, "status": self.flow_state, "validation_errors": []})
        body = await request.json()
        if json.loads(body["flow_json"]) != flow.definition() or body["publish"] is not True:
            return JSONResponse({"error": {"code": 139000, "message": "the Flow is not valid"}}, 400)
        return JSONResponse({"id": FLOW})

    async def _templates(self, request: Request) -> Response:
        if request.method == "POST":
            self.templates.append({**await request.json(), "status": "PENDING"})
            return JSONResponse({"id": "1", "status": "PENDING"})
        return JSONResponse({"data": self.templates})


def flow_faults(inner: dict[str, Any]) -> list[str]:
    """Return what is wrong with an offer of a Flow: its words, and data that its screen does not declare."""
    asked = inner["action"]["parameters"]
    (screen,) = flow.definition()["screens"]
    given, declared = asked["flow_action_payload"]["data"], screen["data"]
    found = [f"data: {name}" for name in given.keys() ^ declared.keys()]
    kinds = {"string": str, "boolean": bool, "array": list}
    found += [f"kind of {n}" for n in given if not isinstance(given[n], kinds[declared[n]["type"]])]
    for number in range(flow.PLACES):
        lists = (given[f"choices_{number}"], given[f"all_boxes_{number}"])
        for most, rows in zip((200, 20), lists, strict=True):
            if not 1 <= len(rows) <= most or any(not 0 < len(row["title"]) <= 30 for row in rows):
                found.append(f"rows of {number}")
        if not 0 < len(given[f"label_{number}"]) <= 20 or len(given[f"hint_{number}"]) > 80:
            found.append(f"label of {number}")
        if given[f"required_{number}"] and not given[f"name_{number}"]:
            found.append(f"{number} is required and unseen")
    if len(asked["flow_cta"]) > 20 or asked["flow_action_payload"]["screen"] != screen["id"]:
        found.append("call or screen")
    return found


def limits(body: dict[str, Any]) -> list[str]:  # noqa: C901  (one limit after the other)
    """Return which limits a body breaks, as Meta's pages name them."""
    found: list[str] = []

    def within(name: str, text: Any, most: int) -> None:
        if not isinstance(text, str) or not text.strip() or len(text) > most:
            found.append(f"{name}: {text!r:.60}")

    kind = body.get("type")
    if kind == "text":
        within("text", body["text"]["body"], 4_096)
    if kind == "interactive" and body["interactive"]["type"] == "cta_url":
        shown = body["interactive"]["action"]["parameters"]
        within("body", body["interactive"]["body"]["text"], 1_024)
        within("display text", shown["display_text"], 20)
        within("url", shown["url"] if shown["url"].startswith("https://") else "", 2_000)
    elif kind == "interactive" and body["interactive"]["type"] == "flow":
        found += flow_faults(body["interactive"])
    elif kind == "interactive":
        inner = body["interactive"]
        within("body", inner["body"]["text"], 1_024)
        buttons = [b["reply"] for b in inner["action"].get("buttons", [])]
        rows = [row for section in inner["action"].get("sections", []) for row in section["rows"]]
        if not (1 <= len(buttons) <= 3 if inner["type"] == "button" else 1 <= len(rows) <= 10):
            found.append(f"{len(buttons)} buttons, {len(rows)} rows")
        for reply in buttons:
            within("button", reply["title"], 20)
            within("button id", reply["id"], 256)
        for row in rows:
            within("row", row["title"], 24)
            within("row id", row["id"], 200)
            within("description", row.get("description", "-"), 72)
        if len({r["id"] for r in (*buttons, *rows)}) != len((*buttons, *rows)):
            found.append("ids repeat")
        if len({r["title"] for r in buttons}) != len(buttons):
            found.append("titles repeat")
    header = body.get("interactive", {}).get("header")
    if header is not None:
        within("header", header[header["type"]].get("id"), 200)
        if body["interactive"]["type"] == "list" or header["type"] not in {"image", "video", "document"}:
            found.append(f"a list with a {header['type']} over it")
    if kind in {"image", "video", "document"}:
        within("caption", body[kind].get("caption", "-"), 1_024)
        within("media id", body[kind].get("id"), 200)
    return found


@contextmanager
def running() -> Iterator[CloudApi]:
    """Start the recorder, and Prism behind it where it can run."""
    with _prism() as prism:
        api = CloudApi(prism)
        with served(api.app, free_port()) as url:
            api.url = url
            yield api


def can_run_prism() -> bool:
    """Tell whether Node, the pinned peer and the description are at hand."""
    return bool(node()) and PRISM.exists() and DESCRIPTION.exists()


def node() -> str | None:
    """Return Node: the system's, or the wheel's beside our Python."""
    return shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))


@contextmanager
def _prism() -> Iterator[str]:
    found = node()
    if found is None or not can_run_prism():
        yield ""
        return
    port = free_port()
    command = [found, str(PRISM), "mock", "-h", "127.0.0.1", "-p", str(port), str(DESCRIPTION)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  (pinned)
    try:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            try:
                httpx.get(f"http://127.0.0.1:{port}/", timeout=5)
                break
            except httpx.TransportError:
                threading.Event().wait(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def signed(raw: bytes) -> dict[str, str]:
    """Return the headers WhatsApp sends with a body."""
    digest = hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
    return {"X-Hub-Signature-256": f"sha256={digest}", "Content-Type": "application/json"}


def post_of(*messages: dict[str, Any], name: str = "Asha", user_id: str = "") -> dict[str, Any]:
    """Return the body of one webhook POST."""
    contact = {"profile": {"name": name}, "wa_id": messages[0]["from"]}
    contact |= {"user_id": user_id} if user_id else {}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": PHONE},
        "contacts": [contact],
        "messages": list(messages),
    }
    changes = [{"value": value, "field": "messages"}]
    return {"object": "whatsapp_business_account", "entry": [{"id": BUSINESS, "changes": changes}]}


def message(sender: str, kind: str = "text", **content: Any) -> dict[str, Any]:
    """Return one incoming message."""
    return {
        "from": sender,
        "id": f"wamid.in.{uuid4().hex}",
        "timestamp": str(int(time.time())),
        "type": kind,
        **content,
    }


class WhatsAppSeat:
    """One person's chat with the business number."""

    def __init__(self, api: CloudApi, post: Callable[..., Any], phone: str, name: str) -> None:
        """Sit down as `name`; `post` sends to our webhook."""
        self._api, self._post, self.phone, self._name = api, post, phone, name

    def say(self, words: str) -> None:
        """Write a message."""
        self.send(message(self.phone, text={"body": words}))

    def send_file(self, words: str, name: str, content: bytes) -> None:
        """Send a picture with a caption."""
        ref = f"in{uuid4().hex}"
        self._api.files[ref] = content
        self.send(message(self.phone, "image", image={"id": ref, "mime_type": "image/png", "caption": words}))

    def press(self, button: Button) -> None:
        """Press a reply button or a row."""
        reply = {"id": button.action, "title": button.label[:20]}
        interactive = {"type": "button_reply", "button_reply": reply}
        context = {"from": "15550783881", "id": "wamid.0"}
        self.send(message(self.phone, "interactive", interactive=interactive, context=context))

    def offered_form(self) -> dict[str, Any]:
        """Return what the newest form that was offered here holds, and what it belongs to."""
        found = [body.get("interactive", {}) for body in self._api.said_to(self.phone)]
        asked = [each["action"]["parameters"] for each in found if each.get("type") == "flow"][-1]
        return {"flow_token": asked["flow_token"], **asked["flow_action_payload"]["data"]}

    def send_form(self, form: dict[str, Any], **answers: Any) -> None:
        """Send a form as it is offered, with other answers in the places of some fields."""
        sent: dict[str, Any] = {"flow_token": form["flow_token"]}
        for n in range(flow.PLACES):
            if name := form[f"name_{n}"]:
                way = next(each for each in flow.WAYS if form[f"is_{each}_{n}"])
                sent |= {f"name_{n}": name, f"{way}_{n}": answers.get(name, form[f"{way}_{n}"])}
        response = json.dumps(sent)
        told = {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": response}}
        context = {"from": "15550783881", "id": "wamid.0"}
        self.send(message(self.phone, "interactive", interactive=told, context=context))

    def heard(self) -> list[Heard]:
        """Return what the chat shows."""
        return [
            Heard(number, OutgoingMessage(_text(body), (_buttons(body),)))
            for number, body in enumerate(self._api.posted, 1)
            if self.phone in {body.get("to"), body.get("recipient")}
        ]

    def is_asked_to_read(self) -> bool:
        """Tell whether the newest thing in the chat is a template that says that something waits."""
        said = self._api.said_to(self.phone)
        return bool(said) and said[-1]["type"] == "template"

    def read_what_waits(self) -> None:
        """Press the template's button."""
        (row,) = self.heard()[-1].message.buttons
        payload = {"payload": row[0].action, "text": row[0].label}
        context = {"from": "15550783881", "id": "wamid.0"}
        self.send(message(self.phone, "button", button=payload, context=context))

    def send(self, content: dict[str, Any]) -> None:
        """Send any message of the person's."""
        raw = json.dumps(post_of(content, name=self._name)).encode()
        answer = self._post("/webhooks/whatsapp", content=raw, headers=signed(raw))
        assert answer.status_code == 200


def _text(body: dict[str, Any]) -> str:
    if body["type"] == "interactive":
        text = body["interactive"]["body"]["text"]
    elif body["type"] == "template":
        text = " ".join(p["text"] for p in body["template"]["components"][0]["parameters"])
    else:
        text = body[body["type"]].get("body") or body[body["type"]].get("caption") or ""
    return str(text).replace("*", "**")


def _buttons(body: dict[str, Any]) -> tuple[Button, ...]:
    if body["type"] == "template":
        return (Button("Read it", body["template"]["components"][1]["parameters"][0]["payload"]),)
    action = body.get("interactive", {}).get("action", {})
    replies = [b["reply"] for b in action.get("buttons", [])]
    rows = [row for section in action.get("sections", []) for row in section["rows"]]
    return tuple(Button(r.get("description") or r["title"], r["id"]) for r in (*replies, *rows))
