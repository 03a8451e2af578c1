"""Telegram's updates: the secret compared, the update kept, answered at once; the turn comes after."""

import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, HTTPException, Request, status

from api.dependencies import WithRuntime
from bots.doors.telegram import listen

router = APIRouter(tags=["webhooks"], include_in_schema=False)


@router.post(listen.WEBHOOK_PATH, status_code=status.HTTP_204_NO_CONTENT)
def receive(
    request: Request,
    runtime: WithRuntime,
    body: Annotated[dict[str, Any], Body()],
    given: Annotated[str, Header(alias=listen.SECRET_HEADER)] = "",
) -> None:
    """Take one update."""
    if runtime.telegram is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "Telegram is not connected here.")
    if not hmac.compare_digest(given.encode(), listen.secret(runtime.settings).encode()):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "The secret token is missing or wrong.")
    listen.take_in(runtime, runtime.telegram, request.app.state.hearer, body)
