"""Telegram's updates: the secret compared, the update kept, answered at once; the turn comes after."""

from typing import Annotated

from fastapi import APIRouter, Header, Request, status
from fastapi.concurrency import run_in_threadpool

from api.dependencies import WithRuntime, require_telegram
from api.edge import parse
from bots.doors.telegram import listen

router = APIRouter(tags=["webhooks"], include_in_schema=False)


@router.post(listen.WEBHOOK_PATH, status_code=status.HTTP_204_NO_CONTENT)
async def receive(
    request: Request,
    runtime: WithRuntime,
    given: Annotated[str, Header(alias=listen.SECRET_HEADER)] = "",
) -> None:
    """Take one update; one that is no update is let go, since Telegram would send it for ever."""
    require_telegram(runtime, given)
    body = parse(await request.body())
    if isinstance(body, dict) and runtime.telegram is not None:
        await run_in_threadpool(listen.take_in, runtime, runtime.telegram, request.app.state.hearer, body)
