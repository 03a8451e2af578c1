"""What every request meets before a route: proof first, then a bounded body within a total deadline.

A body is read only after who sends it has been proved as far as headers can prove it, and JSON is taken
apart here once, with bounds, so that nothing behind this line meets text or numbers no database keeps.
"""

import asyncio
import json
import re
from collections.abc import Callable, Collection
from typing import Any

from fastapi import HTTPException, Request, status
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.kit.text import OddValue, json_of

JSON_BYTES_MAX = 256_000
JSON_SECONDS, FILE_SECONDS = 10.0, 120.0
FILES = re.compile(r"/chat/[^/]+/files")
WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})

Prove = Callable[[Request], None]


def parse(raw: bytes) -> Any:  # noqa: ANN401  (any JSON)
    """Return a JSON body without what cannot be kept.

    Raises:
        HTTPException: 422 for what is no JSON, is nested too deeply, or has numbers beyond 64 bits.
    """
    try:
        return json_of(raw)
    except OddValue as error:
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_CONTENT, "The body is not JSON we take.") from error


class Edge:
    """ASGI middleware: `prove` raises an HTTPException for a request that may not send a body."""

    def __init__(self, app: ASGIApp, prove: Prove, raw: Collection[str]) -> None:
        """Stand before `app`; the bodies of `raw` paths are taken apart by their own routes."""
        self._app, self._prove, self._raw = app, prove, raw

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            passed = await self._admit(scope, receive)
        except HTTPException as error:
            body = {"code": "Refused", "detail": error.detail}
            answer = JSONResponse(body, error.status_code, {"Connection": "close"})
            await answer(scope, receive, send)
            return
        await self._app(scope, passed, send)

    async def _admit(self, scope: Scope, receive: Receive) -> Receive:
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            raise HTTPException(status.HTTP_404_NOT_FOUND, "There is nothing here.")
        if scope["method"] in WITHOUT_BODY:
            return receive
        await run_in_threadpool(self._prove, Request(scope))
        if FILES.fullmatch(scope["path"]):
            return _until(receive, FILE_SECONDS)
        headers = Headers(scope=scope)
        raw = await _read(headers, receive)
        if scope["path"] not in self._raw:
            raw = _made_safe(headers.get("content-type", ""), raw)
            _say_length(scope, len(raw))
        return _again(raw, receive)


async def _read(headers: Headers, receive: Receive) -> bytes:
    """Return the whole body. Answers 413 above 256 KB and 408 after 10 s, however it trickles in."""
    said = headers.get("content-length", "0")
    if not said.isdecimal() or int(said[:20]) > JSON_BYTES_MAX:
        raise HTTPException(status.HTTP_413_CONTENT_TOO_LARGE, "That is more than we take at once.")
    raw = bytearray()
    try:
        async with asyncio.timeout(JSON_SECONDS):
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise HTTPException(status.HTTP_400_BAD_REQUEST, "The request ended half-way.")
                raw += message.get("body", b"")
                more = message.get("more_body", False)
                if len(raw) > JSON_BYTES_MAX:
                    raise HTTPException(
                        status.HTTP_413_CONTENT_TOO_LARGE, "That is more than we take at once."
                    )
    except TimeoutError as error:
        raise HTTPException(status.HTTP_408_REQUEST_TIMEOUT, "That took too long to arrive.") from error
    return bytes(raw)


def _made_safe(content_type: str, raw: bytes) -> bytes:
    content_type = content_type.lower()  # as the framework reads it
    if content_type.startswith("application/x-www-form-urlencoded"):
        return raw.replace(b"%00", b"")
    if raw and "json" in content_type:
        return json.dumps(parse(raw)).encode()
    return raw


def _say_length(scope: Scope, length: int) -> None:
    others = [(name, value) for name, value in scope["headers"] if name != b"content-length"]
    scope["headers"] = [*others, (b"content-length", str(length).encode())]


def _again(raw: bytes, receive: Receive) -> Receive:
    """Hand out a body that was read already, and then whatever else comes."""
    waiting = [raw]

    async def hand_out() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return hand_out


def _until(receive: Receive, seconds: float) -> Receive:
    """Give a body a total deadline from now on; waiting for the end of an answer has none."""
    deadline = asyncio.get_running_loop().time() + seconds
    reading = True

    async def hurried() -> Message:
        nonlocal reading
        if not reading:
            return await receive()
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError as error:
            raise HTTPException(status.HTTP_408_REQUEST_TIMEOUT, "That took too long to arrive.") from error
        reading = bool(message.get("more_body", False))
        return message

    return hurried
