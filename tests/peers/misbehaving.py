"""A Bot API that does what Telegram does on its bad days: on order, once for each order.

Ours, for the faults that nobody else's server can be asked for. It answers calls by method name.
"""

import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


@dataclass
class BotApi:
    """What was called, and what is to go wrong next: (method, status, body)."""

    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    orders: deque[tuple[str, int, dict[str, Any]]] = field(default_factory=deque)
    files: dict[str, bytes] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)

    def order(self, method: str, status: int, description: str, **parameters: Any) -> None:
        """Let the next call of a method fail."""
        body = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
        self.orders.append((method, status, body))

    def made(self, method: str) -> list[dict[str, Any]]:
        """Return the parameters of the calls of one method."""
        return [parameters for name, parameters in self.calls if name == method]

    @property
    def app(self) -> Starlette:
        """Return the server."""
        return Starlette(
            routes=[
                Route("/file/bot{token}/{name:path}", self._file),
                Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
            ]
        )

    async def _file(self, request: Request) -> Response:
        return Response(self.files[request.path_params["name"]])

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        form = await request.form()
        sent = {**request.query_params, **form}
        parameters = {name: _value(value) for name, value in sent.items()}
        self.calls.append((method, parameters))
        if self.orders and self.orders[0][0] == method:
            _, status, body = self.orders.popleft()
            return JSONResponse(body, status)
        return JSONResponse({"ok": True, "result": self._result(method, parameters)})

    def _result(self, method: str, parameters: dict[str, Any]) -> Any:
        if method == "getMe":
            return {"id": 1, "is_bot": True, "first_name": "Nano", "username": "NanoBot"}
        if method == "getFile":
            name = parameters["file_id"]
            return {"file_id": name, "file_unique_id": name, "file_path": name}
        if method == "getUpdates":
            return [u for u in self.updates if _at_or_after(u, int(parameters.get("offset", 0)))]
        number = parameters.get("message_id", len(self.calls))
        message = {"message_id": number, "date": 1, "chat": {"id": 5, "type": "private"}}
        if method == "sendMediaGroup":
            return [message]
        return message if method.startswith(("send", "edit")) and method != "sendChatAction" else True


def _at_or_after(update: dict[str, Any], offset: int) -> bool:
    """Tell whether an update is given out; one without a number always is, as a broken server would."""
    number = update.get("update_id")
    return not isinstance(number, int) or number >= offset


def _value(value: Any) -> Any:
    if not isinstance(value, str):
        return "a file"
    try:
        return json.loads(value)
    except ValueError:
        return value
