"""A server that speaks the OpenAI transcription protocol and hears what a test tells it to."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from market.embedded import free_port
from tests.peers.telegram import served


@dataclass
class Transcriptions:
    """What was asked, and what is answered: words, or a status, a body, nothing for long."""

    url: str = ""
    words: Any = "hello"
    status: int = 200
    body: str | None = None
    drips: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)
    _never: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def app(self) -> Starlette:
        """Return the server."""
        return Starlette(routes=[Route("/v1/audio/transcriptions", self._listen, methods=["POST"])])

    async def _listen(self, request: Request) -> Response:
        async with request.form() as form:
            file = form["file"]
            asked = {name: value for name, value in form.items() if isinstance(value, str)}
            content = await file.read()  # type: ignore[union-attr]
            sent = {"name": file.filename, "type": file.content_type, "content": content}  # type: ignore[union-attr]
        self.asked.append({**asked, **sent, "key": request.headers.get("authorization", "")})
        if self.drips:
            return StreamingResponse(self._drip())
        if self.body is not None:
            return Response(self.body, self.status)
        return JSONResponse({"text": self.words}, self.status)

    async def _drip(self) -> AsyncIterator[bytes]:
        """Yield a byte every moment, so that no single wait is long."""
        for _ in range(200):
            yield b" "
            try:
                await asyncio.wait_for(self._never.wait(), 0.05)
            except TimeoutError:
                continue


@contextmanager
def listening() -> Iterator[Transcriptions]:
    """Serve one on loopback."""
    peer = Transcriptions()
    with served(peer.app, free_port()) as url:
        peer.url = f"{url}/v1"
        yield peer
