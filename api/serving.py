"""How the web process meets the network: what it listens on, how long it waits, how many it serves at once.

uvicorn waits for ever for the rest of a request's head; here it has seconds. Its own access log is off,
since it would show whole addresses: ours names routes (`api.app`).
"""

import asyncio

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from bots.doors import registry

HEAD_SECONDS = 10.0
KEEP_ALIVE_SECONDS = 5
GRACEFUL_SECONDS = 2
CONNECTIONS_MAX = 2_000
HEAD_BYTES_MAX = 32_768


class Hurried(H11Protocol):
    """A connection that ends when the head of a request is not there within ten seconds."""

    head_seconds = HEAD_SECONDS
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what came: once a request runs nothing is waited for, afterwards the next head is."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        elif self._deadline is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._deadline = self.loop.call_later(self.head_seconds, self._end)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _end(self) -> None:
        self._deadline = None
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()


def run() -> None:
    """Serve until told to stop."""
    settings = registry.load()
    uvicorn.run(
        "api.app:serve",
        factory=True,
        host=settings.host,
        port=settings.port,
        http=Hurried,
        ws="none",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,  # `api.app` trusts the proxies that TRUSTED_PROXIES names, and nobody else
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
        limit_concurrency=CONNECTIONS_MAX,
        h11_max_incomplete_event_size=HEAD_BYTES_MAX,
    )
