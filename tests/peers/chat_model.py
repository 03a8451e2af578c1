"""A server that speaks the OpenAI chat protocol and says what a test tells it to."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from market.embedded import free_port
from tests.peers.telegram import served


@dataclass
class ChatCompletions:
    """What was asked, and what is answered: rows of (question, words, choice), or a status that fails."""

    url: str = ""
    answers: list[tuple[str, str, str]] = field(default_factory=list)
    status: int = 200
    text: str | None = None
    slow: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)
    _never: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def app(self) -> Starlette:
        """Return the server."""
        return Starlette(routes=[Route("/v1/chat/completions", self._complete, methods=["POST"])])

    async def _complete(self, request: Request) -> Response:
        self.asked.append(await request.json())
        if self.slow:
            await asyncio.wait_for(self._never.wait(), 1)
        if self.status != 200:
            return JSONResponse({"error": {"message": "no"}}, self.status)
        rows = [{"question": q, "words": w, "choice": c} for q, w, c in self.answers]
        content = json.dumps({"answers": rows}) if self.text is None else self.text
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
        return JSONResponse(
            {"id": "c1", "object": "chat.completion", "created": 1, "model": "test", "choices": [choice]}
        )


@contextmanager
def chat_model() -> Iterator[ChatCompletions]:
    """Serve one on loopback."""
    peer = ChatCompletions()
    with served(peer.app, free_port()) as url:
        peer.url = f"{url}/v1"
        yield peer
