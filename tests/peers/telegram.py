"""Telegram's peer: telemelya, a Bot API server written by others, with the servers it stands on.

It shows no secret with its updates; `ShowsSecret` in front of our application adds it, as Telegram would.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from moto.server import ThreadedMotoServer
from starlette.types import ASGIApp, Receive, Scope, Send

from bots.doors.telegram import listen
from core.messaging.messages import Button, OutgoingMessage
from market.embedded import EmbeddedValkey, free_port
from market.stage import Heard

TOKEN = "123456789:ABCDefGhIjKlMnOpQrStUvWxYz"
KEEP_ALIVE_SECONDS = 120  # no connection ends between two calls
KEY = "telemelya-key"
START_SECONDS = 30.0


@dataclass(frozen=True)
class TelegramPeer:
    """A running Bot API server."""

    url: str
    cache_url: str

    def control(self, method: str, path: str, **options: Any) -> Any:
        """Call the peer's own interface."""
        headers = {"X-Api-Key": KEY, "Authorization": f"Bearer {KEY}"}
        answer = httpx.request(
            method, f"{self.url}/api/v1/test{path}", headers=headers, timeout=30, **options
        )
        answer.raise_for_status()
        return answer.json()

    def reset(self) -> None:
        """Forget every chat."""
        self.control("POST", "/reset")

    def update(self, **what: Any) -> None:
        """Deliver an update to the bot's webhook."""
        self.control("POST", "/send_update", params={"bot_token": TOKEN}, json=what)

    def calls(self, chat_id: int | None = None) -> list[dict[str, Any]]:
        """Return the calls the bot made, oldest first."""
        found: list[dict[str, Any]] = self.control("GET", "/responses")["responses"]
        return [call for call in found if chat_id is None or call.get("chat_id") == chat_id]


@contextmanager
def running() -> Iterator[TelegramPeer]:
    """Start the peer with a Valkey and an S3 of its own; end all of it."""
    with tempfile.TemporaryDirectory(prefix="peer-telegram-") as folder:
        valkey = EmbeddedValkey(Path(folder))
        moto = ThreadedMotoServer("127.0.0.1", free_port(), verbose=False)
        port = free_port()
        try:
            cache = valkey.start()
            moto.start()
            environment = {
                **os.environ,
                "REDIS_URL": cache,
                "MINIO_ENDPOINT": f"127.0.0.1:{moto.get_host_and_port()[1]}",
                "AUTH_KEYS": KEY,
                "STRICT_EDIT": "true",
            }
            command = [
                "-m",
                "uvicorn",
                "telemelya.server.app:app",
                "--port",
                str(port),
                "--log-level",
                "error",
            ]
            process = subprocess.Popen(  # noqa: S603  (our own interpreter)
                [sys.executable, "-W", "ignore", *command],
                env=environment,
                cwd=folder,
                stdout=subprocess.DEVNULL,
            )
            try:
                peer = TelegramPeer(f"http://127.0.0.1:{port}", f"{cache.rpartition('/')[0]}/1")
                _wait_for(peer, process)
                yield peer
            finally:
                process.terminate()
                process.wait(10)
        finally:
            moto.stop()
            valkey.stop()


def _wait_for(peer: TelegramPeer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if peer.control("GET", "/health")["ok"]:
                return
        except httpx.HTTPError:
            threading.Event().wait(0.05)
    raise RuntimeError("telemelya does not answer")


class ShowsSecret:
    """Our application as Telegram sees it: its updates carry the secret."""

    def __init__(self, app: ASGIApp, secret: str) -> None:
        """Stand before `app`."""
        self._app, self._secret = app, secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the header to updates."""
        if scope["type"] == "http" and scope["path"] == listen.WEBHOOK_PATH:
            header = (listen.SECRET_HEADER.lower().encode(), self._secret.encode())
            scope = {**scope, "headers": [*scope["headers"], header]}
        await self._app(scope, receive, send)


@contextmanager
def served(app: ASGIApp, port: int) -> Iterator[str]:
    """Serve an application on a port of this machine."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_level="error", ws="none", timeout_keep_alive=KEEP_ALIVE_SECONDS
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        threading.Event().wait(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


class TelegramSeat:
    """One person's private chat with the bot."""

    def __init__(self, peer: TelegramPeer, chat_id: int, name: str) -> None:
        """Sit down as `name`."""
        self._peer, self.chat_id = peer, chat_id
        self._who = {"id": chat_id, "first_name": name}

    def say(self, words: str) -> None:
        """Write a message."""
        self._peer.update(chat_id=self.chat_id, from_user=self._who, text=words)

    def send_file(self, words: str, name: str, content: bytes) -> None:
        """Send a photo with a caption."""
        stored = self._peer.control("POST", "/upload_media", files={"file": (name, content)})
        self._peer.update(
            chat_id=self.chat_id, from_user=self._who, photo_file_id=stored["file_id"], photo_caption=words
        )

    def press(self, button: Button) -> None:
        """Press a button of the newest message that has it."""
        shown = [line for line in self._shown().items() if button.action in _actions(line[1].message)]
        ref = max(shown, key=lambda line: line[1].seq)[0] if shown else 1
        self._peer.update(
            chat_id=self.chat_id, from_user=self._who, callback_data=button.action, callback_message_id=ref
        )

    def heard(self) -> list[Heard]:
        """Return what the chat shows now, in the order it was last changed."""
        return sorted(self._shown().values(), key=lambda line: line.seq)

    def _shown(self) -> dict[int, Heard]:
        found: dict[int, Heard] = {}
        for number, call in enumerate(self._peer.calls(self.chat_id), 1):
            ref = int(call.get("message_id") or 0)
            if call["method"] in {"sendMessage", "sendPhoto", "editMessageText"}:
                text = call.get("text") or call.get("caption") or ""
                found[ref] = Heard(number, OutgoingMessage(_plain(text), _buttons(call)))
            elif call["method"] == "editMessageReplyMarkup" and ref in found:
                bare = OutgoingMessage(
                    found[ref].message.text, _buttons({"reply_markup": call["raw"].get("reply_markup")})
                )
                found[ref] = Heard(found[ref].seq, bare)
        return found


def _actions(message: OutgoingMessage) -> set[str]:
    return {button.action for row in message.buttons for button in row}


def _buttons(call: dict[str, Any]) -> tuple[tuple[Button, ...], ...]:
    rows = (call.get("reply_markup") or {}).get("inline_keyboard", [])
    return tuple(
        tuple(Button(b["text"], b.get("callback_data", ""), b.get("url", "")) for b in row) for row in rows
    )


def _plain(html: str) -> str:
    return unescape(re.sub(r"</?b>", "**", html))
