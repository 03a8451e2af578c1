"""Threads that hear what chat apps delivered: a few chats at a time, each chat by one thread, in order.

The arrivals are in the database; what is here is only who is at it. A process that dies loses nothing: the
timetable hears what was left over.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Condition, Timer

import structlog

from bots.doors import delivery
from bots.doors.house import House
from core.kit.actors import SYSTEM
from core.kit.errors import TooOften
from core.kit.work import begin
from core.messaging import arrivals
from core.messaging.messages import Address, IncomingMessage

THREADS = 8
ID_CHARACTERS_MAX = 100  # the longest in use is half of that, and keys of ours are made with them
log = structlog.get_logger(__name__)


class Hearer:
    """The ears of one process."""

    def __init__(self, house: House, threads: int = THREADS) -> None:
        """Hear with so many threads; each needs a connection to the database while it hears."""
        self._house = house
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="hearer")
        self._lock = Condition()
        self._at_it: dict[Address, bool] = {}  # the value: something more has come meanwhile
        self._timers: set[Timer] = set()
        self._asides = 0
        self._afterwards: dict[Address, list[Callable[[], None]]] = {}
        self._closed = False

    def receive(self, incoming: IncomingMessage, order: int, then: Callable[[], None] | None = None) -> None:
        """Keep an arrival and see that it is heard; returns as soon as it is kept.

        `then` is done once nothing more waits in its chat. Who sends more than a chat can say is told so, and
        what is too much is let go.
        """
        if max(len(incoming.chat_id), len(incoming.user_id)) > ID_CHARACTERS_MAX:
            log.warning("an id that no app gives", channel=incoming.channel)
            return
        try:
            delivery.require_pace(self._house, incoming)
        except TooOften as error:
            self._pool.submit(delivery.hold_off, self._house, incoming, error)
            return
        with begin(self._house.database, SYSTEM) as work:
            new = arrivals.keep(work, incoming, order)
        self.wake(incoming.chat, incoming if new else None, then)

    def wake(
        self,
        chat: Address,
        pressed: IncomingMessage | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """See that what waits in a chat is heard; a press is shown to have come in before anything else."""
        with self._lock:
            if self._closed:
                return
            self._afterwards.setdefault(chat, []).extend([then] if then else [])
            busy = chat in self._at_it
            self._at_it[chat] = busy
        if busy and pressed is not None:
            self._pool.submit(self._acknowledge, pressed)
        elif not busy:
            self._pool.submit(self._hear, chat, pressed)

    def aside(self, do: Callable[[], None]) -> None:
        """Do something beside the turns, such as what can wait until an app is answered."""

        def done() -> None:
            try:
                do()
            except Exception:
                log.exception("what was to be done beside the turns failed")
            finally:
                with self._lock:
                    self._asides -= 1
                    self._lock.notify_all()

        with self._lock:
            if self._closed:
                return
            self._asides += 1
            self._pool.submit(done)

    def settle(self, seconds: float) -> bool:
        """Wait until everything that has come is heard; tells whether it was within so many seconds."""
        with self._lock:
            return self._lock.wait_for(lambda: not (self._at_it or self._timers or self._asides), seconds)

    def close(self) -> None:
        """End with what is being heard now; the rest stays in the database."""
        with self._lock:
            self._closed = True
            for timer in self._timers:
                timer.cancel()
        self._pool.shutdown(cancel_futures=True)

    def _acknowledge(self, incoming: IncomingMessage) -> None:
        self._house.apps[incoming.channel].acknowledge(incoming)

    def _hear(self, chat: Address, pressed: IncomingMessage | None) -> None:
        """Hear as often as something came: one turn for each waking, and what an album still lacks later."""
        try:
            if pressed is not None:
                self._acknowledge(pressed)
            more = True
            while more:
                wait = delivery.hear_next(self._house, chat)
                with self._lock:
                    more = (wait == arrivals.NOW or self._at_it[chat]) and not self._closed
                    self._at_it[chat] = False
                    if not more:
                        self._come_back(chat, wait)
                        afterwards = self._afterwards.pop(chat, [])
                        del self._at_it[chat]
                        self._lock.notify_all()
            for then in afterwards:
                self.aside(then)
        except Exception:
            log.exception("hearing failed", channel=chat.channel)
            with self._lock:
                self._at_it.pop(chat, None)
                self._lock.notify_all()

    def _come_back(self, chat: Address, wait: timedelta | None) -> None:
        """Come back when an album is complete. The caller holds the lock."""
        if wait is None or self._closed:
            return

        def again() -> None:
            self.wake(chat)
            with self._lock:
                self._timers.discard(timer)
                self._lock.notify_all()

        timer = Timer(wait.total_seconds(), again)
        timer.daemon = True
        self._timers.add(timer)
        timer.start()
