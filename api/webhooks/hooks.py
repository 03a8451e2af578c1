"""The addresses that chat apps call: each door says which and what is answered; FastAPI stays here."""

from collections.abc import Awaitable, Callable, Iterable

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from bots.doors.door import Answer, Asked, Hook


def router(hooks: Iterable[Hook]) -> APIRouter:
    """Return the routes of these hooks."""
    found = APIRouter(tags=["webhooks"], include_in_schema=False)
    for hook in hooks:
        found.add_api_route(hook.path, _route(hook), methods=[hook.method])
    return found


def response(answer: Answer) -> Response:
    """Return a door's answer as the framework's; a header may come several times."""
    found = Response(answer.body, int(answer.status))
    for name, value in answer.headers:
        if name.lower() != "content-length":
            found.headers.append(name, value)
    return found


def _route(hook: Hook) -> Callable[[Request], Awaitable[Response]]:
    async def receive(request: Request) -> Response:
        asked = Asked(dict(request.headers), dict(request.query_params), await request.body())
        return response(await run_in_threadpool(hook.take, asked))

    return receive
