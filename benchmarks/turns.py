"""Turns per second through each chat app's door with the database, next to the bare library echoing the same.

Both get the same updates over HTTP in the same run: so many chats, so many messages each, twenty posts at a
time. A turn is timed from the post of the update to the arrival of its answer at the app's far end. The bare
library keeps nothing, knows nobody and echoes; ours adds that nothing is lost, doubled or out of order.

    python -m benchmarks.turns [--chats 40] [--each 5]
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx
from pydantic import SecretStr
from slack_bolt import App
from slack_bolt.adapter.starlette import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store import Installation
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, MessageHandler, filters

from api import app as web
from bots import runtime as parts
from bots.runtime import Runtime
from bots.telegram import listen as telegram_listen
from core import migrate
from core.kit.database import connect
from core.kit.logs import configure
from core.settings import Settings
from market.embedded import EmbeddedPostgres, free_port
from tests.peers import slack, whatsapp
from tests.peers.telegram import TOKEN, served

AT_ONCE = 20
FLOOR_OF_BARE = 0.1  # a turn with its transaction, next to an echo without one
WAIT_SECONDS = 120.0
Posts = list[tuple[str, str, bytes, dict[str, str]]]
"""(chat, path, body, headers), in order for each chat."""


@dataclass
class Far:
    """The app's far end: notes when each answer came, and takes everything."""

    came: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def app(self) -> Starlette:
        """Return the server."""
        return Starlette(routes=[Route("/{path:path}", self._take, methods=["GET", "POST"])])

    async def _take(self, request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        raw = await request.body()
        body: Any = await _read(request, raw)
        if name in {"sendMessage", "messages", "chat.postMessage"} and body.get("status") != "read":
            chat = str(body.get("chat_id") or body.get("to") or body.get("channel"))
            self.came[chat].append(time.perf_counter())
        message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}
        known = {
            "getMe": {"id": 1, "is_bot": True, "first_name": "N", "username": "N"},
            "sendMessage": message,
        }
        return JSONResponse(
            {
                "ok": True,
                "result": known.get(name, True),
                "channel": "D1",
                "ts": "1.1",
                "messages": [{"id": "w"}],
            }
        )


async def _read(request: Request, raw: bytes) -> Any:
    if "json" in request.headers.get("content-type", ""):
        return json.loads(raw or b"{}")
    return dict(await request.form())


def settings(folder: Path, far: str, port: int) -> Settings:
    """Return an installation with all three doors."""
    return Settings(
        _env_file=None,
        state_dir=folder,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        secret_key=SecretStr("bench"),
        admin_key=SecretStr("bench"),
        telegram_token=SecretStr(TOKEN),
        telegram_mode="webhook",
        telegram_api_url=far,
        whatsapp_token=SecretStr("token"),
        whatsapp_app_secret=SecretStr(whatsapp.SECRET),
        whatsapp_phone_number_id=whatsapp.PHONE,
        whatsapp_api_url=far,
        slack_client_id="1",
        slack_client_secret=SecretStr("s"),
        slack_signing_secret=SecretStr(slack.SIGNING_SECRET),
        slack_api_url=f"{far}/api",
    )


def posts(door: str, chats: int, each: int, secret: str) -> Posts:
    """Return the updates of one door: every chat says "hi" so many times."""
    out: Posts = []
    for number in range(each):
        for chat in range(1, chats + 1):
            name = str(chat)
            if door == "telegram":
                person = {"id": chat, "is_bot": False, "first_name": "P"}
                said = {
                    "message_id": number,
                    "date": 1,
                    "chat": {"id": chat, "type": "private"},
                    "from": person,
                    "text": "hi",
                }
                raw = json.dumps({"update_id": number * chats + chat, "message": said}).encode()
                out.append((name, telegram_listen.WEBHOOK_PATH, raw, {telegram_listen.SECRET_HEADER: secret}))
            elif door == "whatsapp":
                raw = json.dumps(whatsapp.post_of(whatsapp.message(name, text={"body": "hi"}))).encode()
                out.append((name, "/webhooks/whatsapp", raw, whatsapp.signed(raw)))
            else:
                event = {
                    "type": "message",
                    "channel_type": "im",
                    "channel": "D1",
                    "user": name,
                    "text": "hi",
                    "ts": f"{number}.{chat}",
                    "event_ts": f"{number}.{chat}",
                }
                body = {
                    "type": "event_callback",
                    "team_id": "T1",
                    "event": event,
                    "event_id": f"E{number}.{chat}",
                }
                text = json.dumps(body)
                out.append((name, "/slack/events", text.encode(), slack.signed(text)))
    return out


async def drive(url: str, todo: Posts, far: Far) -> tuple[float, list[float]]:
    """Post everything, wait for every answer; returns turns per second and each turn's seconds."""
    begun: dict[str, list[float]] = defaultdict(list)
    far.came.clear()
    gate = asyncio.Semaphore(AT_ONCE)
    by_chat: dict[str, list[tuple[str, bytes, dict[str, str]]]] = defaultdict(list)
    for chat, path, raw, headers in todo:
        by_chat[chat].append((path, raw, headers))
    start = time.perf_counter()
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:

        async def chat_says(chat: str) -> None:
            for path, raw, headers in by_chat[chat]:
                async with gate:
                    begun[chat].append(time.perf_counter())
                    answer = await client.post(
                        path, content=raw, headers={**headers, "Content-Type": "application/json"}
                    )
                    answer.raise_for_status()

        await asyncio.gather(*(chat_says(chat) for chat in by_chat))
    deadline = time.perf_counter() + WAIT_SECONDS
    while sum(map(len, far.came.values())) < len(todo) and time.perf_counter() < deadline:
        await asyncio.sleep(0.01)
    took = [
        came - asked
        for chat in begun
        for asked, came in zip(begun[chat], sorted(far.came[chat]), strict=False)
    ]
    if len(took) < len(todo):
        raise SystemExit(f"{len(todo) - len(took)} answers did not come")
    return len(todo) / (max(max(times) for times in far.came.values()) - start), took


@contextmanager
def ours(far: str) -> Iterator[tuple[str, Runtime]]:
    """Serve the marketplace with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder))
        try:
            database = connect(server.start())
            migrate.upgrade(database.engine)
            runtime = parts.build(settings(Path(folder), far, free_port()), database)
            if runtime.slack is not None:
                runtime.slack.installations.save(Installation(team_id="T1", user_id="U", bot_token="xoxb-1"))
            with served(web.create(runtime), runtime.settings.port) as url:
                yield url, runtime
            database.engine.dispose()
        finally:
            server.stop()


def bare(door: str, far: str) -> Starlette:
    """Return the bare library, echoing."""
    return {"telegram": _bare_telegram, "whatsapp": _bare_whatsapp, "slack": _bare_slack}[door](far)


def _bare_telegram(far: str) -> Starlette:
    application = Application.builder().token(TOKEN).base_url(f"{far}/bot").updater(None).build()

    async def echo(update: Update, _: Any) -> None:
        if update.message is not None:
            await update.message.reply_text(update.message.text or "")

    application.add_handler(MessageHandler(filters.TEXT, echo))
    ready = asyncio.Lock()

    async def take(request: Request) -> Response:
        async with ready:
            if not application._initialized:  # noqa: SLF001  (it has no public word for it)
                await application.initialize()
        await application.process_update(Update.de_json(await request.json(), application.bot))
        return Response()

    return Starlette(routes=[Route("/{path:path}", take, methods=["POST"])])


def _bare_whatsapp(far: str) -> Starlette:
    client = httpx.AsyncClient(base_url=far)

    async def take(request: Request) -> Response:
        value = (await request.json())["entry"][0]["changes"][0]["value"]
        said = value["messages"][0]
        body = {"messaging_product": "whatsapp", "to": said["from"], "type": "text", "text": said["text"]}
        await client.post(f"/{whatsapp.PHONE}/messages", json=body)
        return Response()

    return Starlette(routes=[Route("/{path:path}", take, methods=["POST"])])


def _bare_slack(far: str) -> Starlette:
    def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")

    bolt = App(
        signing_secret=slack.SIGNING_SECRET, authorize=authorize, client=WebClient(base_url=f"{far}/api/")
    )

    @bolt.event("message")
    def echo(event: dict[str, Any], client: WebClient) -> None:
        client.chat_postMessage(channel=event["user"], text=event["text"])

    handler = SlackRequestHandler(bolt)

    async def take(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/{path:path}", take, methods=["POST"])])


def main() -> None:
    """Run each door and its bare library in turn, print both, and exit 1 below the floor."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--chats", type=int, default=40)
    options.add_argument("--each", type=int, default=5)
    asked = options.parse_args()
    configure("ERROR", "text")
    print(f"{asked.chats} chats, {asked.each} messages each, {AT_ONCE} posts at a time")
    print(f"{'':18} {'turns/s':>8} {'p50 ms':>8} {'p99 ms':>8} {'ratio':>6}")
    far, ratios = Far(), list[float]()
    with ExitStack() as stack:
        far_url = stack.enter_context(served(far.app, free_port()))
        url, runtime = stack.enter_context(ours(far_url))
        secret = telegram_listen.secret(runtime.settings)
        for door in ("telegram", "whatsapp", "slack"):
            todo = partial(posts, door, asked.chats, asked.each, secret)
            _run(url, todo()[: asked.chats], far)  # everybody is known, everything is loaded
            mine, took = _run(url, _later(todo()), far)
            with served(bare(door, far_url), free_port()) as other:
                peer, peer_took = _run(other, todo(), far)
            ratios.append(mine / peer)
            _show(f"{door}", mine, took, f"{mine / peer:6.2f}")
            _show("  bare library", peer, peer_took, "")
    if min(ratios) < FLOOR_OF_BARE:
        print(f"below the floor of {FLOOR_OF_BARE} times the bare library")
        sys.exit(1)


def _later(todo: Posts) -> Posts:
    """Return the same updates under other ids, so that none is a repeat."""
    out: Posts = []
    for chat, path, raw, headers in todo:
        body = json.loads(raw)
        if "update_id" in body:
            body["update_id"] += 1_000_000
        if "event_id" in body:
            body["event_id"] += "x"
        text = json.dumps(body)
        fresh = (
            slack.signed(text)
            if "slack" in path
            else whatsapp.signed(text.encode())
            if "whatsapp" in path
            else headers
        )
        out.append((chat, path, text.encode(), fresh))
    return out


def _run(url: str, todo: Posts, far: Far) -> tuple[float, list[float]]:
    return asyncio.run(drive(url, todo, far))


def _show(name: str, rate: float, took: list[float], ratio: str) -> None:
    p99 = quantiles(took, n=100)[98]
    print(f"{name:18} {rate:8.0f} {median(took) * 1_000:8.0f} {p99 * 1_000:8.0f} {ratio:>6}")


if __name__ == "__main__":
    main()
