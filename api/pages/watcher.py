"""Tells open chat pages that their transcript has grown: one listening connection a process."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import structlog

from core.kit.database import Database
from core.kit.errors import TooOften
from core.messaging import mailbox

HEARTBEAT_SECONDS = 15.0
AGAIN_SECONDS = 1.0
STREAMS_MAX = 8  # of one chat: a browser has a few windows, not hundreds
log = structlog.get_logger(__name__)


class Watcher:
    """Wakes whoever waits for a chat. Losing a wake-up costs a heartbeat, never a message."""

    def __init__(self, database: Database) -> None:
        """Listen on `database`."""
        url = database.engine.url.set(drivername="postgresql")
        self._url = url.render_as_string(hide_password=False)
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin listening."""
        self._task = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """End listening."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def require_room(self, chat: str) -> None:
        """Look whether somebody more may wait for a chat. Raises TooOften when enough do."""
        if len(self._waiting.get(chat, ())) >= STREAMS_MAX:
            raise TooOften(seconds=round(HEARTBEAT_SECONDS))

    async def changes(self, chat: str) -> AsyncIterator[str]:
        """Yield "letters" when a chat has grown, "still here" otherwise."""
        event = asyncio.Event()
        self._waiting.setdefault(chat, set()).add(event)
        try:
            while True:
                try:
                    await asyncio.wait_for(event.wait(), HEARTBEAT_SECONDS)
                    event.clear()
                    yield "letters"
                except TimeoutError:
                    yield "still here"
        finally:
            self._waiting[chat].discard(event)
            if not self._waiting[chat]:
                del self._waiting[chat]

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._url, autocommit=True, connect_timeout=5
                ) as connection:
                    await connection.execute(f"LISTEN {mailbox.CHANNEL}".encode())
                    self._wake_all()
                    async for notice in connection.notifies():
                        for event in self._waiting.get(notice.payload, ()):
                            event.set()
            except (psycopg.Error, OSError) as error:
                log.warning("watcher interrupted", error=type(error).__name__)
                await asyncio.sleep(AGAIN_SECONDS)

    def _wake_all(self) -> None:
        for events in self._waiting.values():
            for event in events:
                event.set()
