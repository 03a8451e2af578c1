"""Wakes when the outbox gets a row, leases what is due and hands it to the queue, at least once."""

import threading
from collections.abc import Callable

import psycopg
import structlog
from sqlalchemy.exc import OperationalError

from core.messaging import outbox
from runtime.parts import Runtime
from workers import rounds

WAKE_SECONDS = 2.0
AGAIN_SECONDS = 1.0
PLAY_MOVED = "play"  # as migration `play_wakes` says it
log = structlog.get_logger(__name__)


class Relay:
    """A thread of the worker process. Losing it loses nothing: the timetable's relay takes over."""

    def __init__(
        self,
        runtime: Callable[[], Runtime],
        enqueue: Callable[[str, str], object],
        play_moved: Callable[[], object],
    ) -> None:
        """Relay promises of `runtime` through `enqueue(promise id, lease)`; say when the sandbox moved."""
        self._runtime, self._enqueue, self._play_moved = runtime, enqueue, play_moved
        self._stopping = threading.Event()

    def start(self) -> threading.Thread:
        """Begin, in the background; returns the thread."""
        thread = threading.Thread(target=self._run, name="relay", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """End with the present round."""
        self._stopping.set()

    def hand_over(self) -> int:
        """Hand one batch to the queue; returns how many there were."""
        promises = rounds.claim(self._runtime())
        for promise in promises:
            self._enqueue(str(promise.id), str(promise.lease))
        return len(promises)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except (psycopg.Error, OperationalError, OSError) as error:
                log.warning("relay interrupted", error=type(error).__name__)
                self._stopping.wait(AGAIN_SECONDS)
            except Exception:
                log.exception("relay interrupted")
                self._stopping.wait(AGAIN_SECONDS)

    def _listen(self) -> None:
        url = self._runtime().database.engine.url.set(drivername="postgresql")
        address = url.render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
            connection.execute(f"LISTEN {outbox.CHANNEL}".encode())
            while not self._stopping.is_set():
                while self.hand_over():
                    pass
                for heard in connection.notifies(timeout=WAKE_SECONDS, stop_after=1):
                    if heard.payload == PLAY_MOVED:
                        self._play_moved()
