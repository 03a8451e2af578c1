"""Turns per second: in one process, then through each chat app's door next to its bare library.

In a process: one turn after another from kept message to kept answer, no app and no second thread, as many
as one core and its database give.

Through the doors both get the same updates over HTTP in the same run. First as people do: so many at a time,
each of whom waits for the answer before writing again; a turn is timed from the post of the update to the
arrival of its answer at the app's far end. Then as a flood: everything posted as fast as it is accepted. The
app (load and far end) has a process of its own, as in life. The bare library keeps nothing, knows nobody and
echoes; ours adds that nothing is lost, doubled or out of order.

    python -m benchmarks.turns [--chats 40] [--each 5]
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
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
from bots.doors import delivery
from bots.doors.registry import Settings
from bots.doors.slack.door import channel_of
from bots.doors.telegram import listen as telegram_listen
from core import migrate
from core.kit.database import connect
from core.kit.logs import configure
from core.messaging.messages import IncomingMessage
from market.embedded import EmbeddedPostgres, free_port
from runtime import parts
from runtime.parts import Runtime
from tests.peers import slack, whatsapp
from tests.peers.telegram import TOKEN, served

AT_ONCE = 20
FLOOR_OF_BARE = 0.2  # a turn with its three transactions, next to an echo without one
FLOOR_PER_SECOND, P99_MS_MAX = 150, 25.0
SAID = ("hi", "menu", "profile", "help", "money")
WAIT_SECONDS = 120.0
HEAD = (
    f"{'':18} {'people':>32} {'flood':>25}\n"
    f"{'':18} {'turns/s':>8} {'p50 ms':>8} {'p99 ms':>8} {'ratio':>6} {'accepted/s':>12} {'turns/s':>12}"
)
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
            self.came[chat].append(time.monotonic())
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


FAR, STANDING = Far(), ExitStack()
"""The far end of this process, where it is the app's."""


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
        secret_keys=SecretStr("bench"),
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


def posts(door: str, chats: int, each: int, run: int, secret: str) -> Posts:
    """Return the updates of one door in one run: every chat says "hi" so many times. None is a repeat."""
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
                raw = json.dumps(
                    {"update_id": run * 1_000_000 + number * chats + chat, "message": said}
                ).encode()
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
                    "event_id": f"E{run}.{number}.{chat}",
                }
                text = json.dumps(body)
                out.append((name, "/slack/events", text.encode(), slack.signed(text)))
    return out


@dataclass(frozen=True, slots=True)
class Run:
    """What one run did: turns a second, and updates accepted a second; each turn's seconds."""

    turns: float
    accepted: float
    took: list[float]


def stand(port: int) -> None:
    """Stand at the app's far end, in the app's own process, until it ends."""
    STANDING.enter_context(served(FAR.app, port))


def load(url: str, todo: Posts, *, flood: bool) -> Run:
    """Post everything, in order for each chat, and wait for every answer."""
    FAR.came.clear()
    return asyncio.run(_post_all(url, todo, flood=flood))


async def _post_all(url: str, todo: Posts, *, flood: bool) -> Run:
    by_chat: dict[str, list[tuple[str, bytes, dict[str, str]]]] = defaultdict(list)
    for chat, path, raw, headers in todo:
        by_chat[chat].append((path, raw, headers))
    begun: dict[str, list[float]] = defaultdict(list)
    gate = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:

        async def chat_says(chat: str) -> None:
            for number, (path, raw, headers) in enumerate(by_chat[chat], 1):
                async with gate:
                    begun[chat].append(time.monotonic())
                    given = {**headers, "Content-Type": "application/json"}
                    answer = await client.post(path, content=raw, headers=given)
                    answer.raise_for_status()
                    if not flood:
                        await _until(chat, number)

        await asyncio.gather(*(chat_says(chat) for chat in by_chat))
        accepted = time.monotonic()
        for chat, said in by_chat.items():
            await _until(chat, len(said))
    start = min(map(min, begun.values()))
    end = max(map(max, FAR.came.values()))
    took = [
        came - asked
        for chat, times in begun.items()
        for asked, came in zip(times, sorted(FAR.came[chat]), strict=True)
    ]
    return Run(len(todo) / (end - start), len(todo) / (accepted - start), took)


async def _until(chat: str, answers: int) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while len(FAR.came[chat]) < answers:
        if time.monotonic() > deadline:
            raise TimeoutError(f"an answer to chat {chat} did not come")
        await asyncio.sleep(0.002)


@contextmanager
def ours(far: str) -> Iterator[tuple[str, Runtime]]:
    """Serve the marketplace with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder))
        try:
            database = connect(server.start())
            migrate.upgrade(database.engine)
            runtime = parts.build(settings(Path(folder), far, free_port()), database)
            if "slack" in runtime.apps:
                channel_of(runtime).installations.save(
                    Installation(team_id="T1", user_id="U", bot_token="xoxb-1")
                )
            with served(web.create(runtime), runtime.settings.port) as url:
                yield url, runtime
            database.engine.dispose()
        finally:
            server.stop()


def in_process(runtime: Runtime, chats: int, each: int) -> tuple[float, list[float]]:
    """Return turns a second, and each turn's seconds: everybody says a few everyday things."""
    took = list[float]()
    for number in range(each + 1):  # the first time everybody is met
        for chat in range(chats):
            word = SAID[(number + chat) % len(SAID)]
            name = f"p{chat}"
            said = IncomingMessage("web", name, name, f"{number}.{chat}", "P", word)
            begun = time.perf_counter()
            delivery.hear(runtime, said)
            took.append(time.perf_counter() - begun)
    known = took[chats:]
    return len(known) / sum(known), known


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
    print(f"{asked.chats} chats, {asked.each} messages each, {AT_ONCE} at a time")
    ratios = list[float]()
    with ExitStack() as stack:
        port = free_port()
        app = stack.enter_context(ProcessPoolExecutor(1, get_context("spawn"), stand, (port,)))
        far_url = f"http://127.0.0.1:{port}"
        app.submit(FAR.came.clear).result()  # the far end stands before anybody calls it
        url, runtime = stack.enter_context(ours(far_url))
        alone, took = in_process(runtime, asked.chats, asked.each * 5)
        p99 = _show_alone(alone, took)
        print(HEAD)
        secret = telegram_listen.secret(runtime.settings)
        for door in ("telegram", "whatsapp", "slack"):
            todo = partial(posts, door, asked.chats, secret=secret)
            app.submit(load, url, todo(each=1, run=0), flood=False).result()  # everybody is known
            mine = _measure(app, url, partial(todo, asked.each))
            with served(bare(door, far_url), free_port()) as other:
                peer = _measure(app, other, partial(todo, asked.each))
            ratios.append(mine[0].turns / peer[0].turns)
            _show(door, *mine, f"{ratios[-1]:6.2f}")
            _show("  bare library", *peer, "")
    below = [
        *([f"{FLOOR_PER_SECOND} turns/s in a process"] if alone < FLOOR_PER_SECOND else []),
        *([f"p99 of {P99_MS_MAX} ms in a process"] if p99 > P99_MS_MAX else []),
        *([f"{FLOOR_OF_BARE} times the bare library"] if min(ratios) < FLOOR_OF_BARE else []),
    ]
    if below:
        print(f"missed: {', '.join(below)}")
        sys.exit(1)


def _measure(app: Executor, url: str, todo: Callable[..., Posts]) -> tuple[Run, Run]:
    """Return a run as people do, and a flood."""
    people = app.submit(load, url, todo(run=1), flood=False).result()
    return people, app.submit(load, url, todo(run=2), flood=True).result()


def _show_alone(turns: float, took: list[float]) -> float:
    """Print what one process gives; returns the p99 in ms."""
    p50, p99 = median(took) * 1_000, quantiles(took, n=100)[98] * 1_000
    print(f"{'in a process':18} {turns:8.0f} {p50:8.1f} {p99:8.1f}")
    return p99


def _show(name: str, people: Run, flood: Run, ratio: str) -> None:
    p50, p99 = median(people.took) * 1_000, quantiles(people.took, n=100)[98] * 1_000
    print(
        f"{name:18} {people.turns:8.0f} {p50:8.0f} {p99:8.0f} {ratio:>6}"
        f" {flood.accepted:12.0f} {flood.turns:12.0f}"
    )


if __name__ == "__main__":
    main()
