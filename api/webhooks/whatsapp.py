"""WhatsApp's webhooks: verified once, signed always, kept, answered at once; the turn comes after."""

from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Query, Request, status
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse

from api.dependencies import WithRuntime
from api.edge import parse
from bots.doors.whatsapp import listen

router = APIRouter(tags=["webhooks"], include_in_schema=False)


@router.get(listen.WEBHOOK_PATH)
def verify(
    runtime: WithRuntime,
    mode: Annotated[str, Query(alias="hub.mode")] = "",
    token: Annotated[str, Query(alias="hub.verify_token")] = "",
    challenge: Annotated[str, Query(alias="hub.challenge")] = "",
) -> PlainTextResponse:
    """Prove to Meta that this address is ours."""
    ours = runtime.whatsapp is not None and listen.is_verify_token(runtime.settings, token)
    if mode != "subscribe" or not ours:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "The verify token is missing or wrong.")
    return PlainTextResponse(challenge)


@router.post(listen.WEBHOOK_PATH, status_code=status.HTTP_200_OK)
async def receive(
    request: Request,
    runtime: WithRuntime,
    given: Annotated[str, Header(alias=listen.SIGNATURE_HEADER)] = "",
) -> PlainTextResponse:
    """Take everything of one POST; the signature is over the raw body."""
    if runtime.whatsapp is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "WhatsApp is not connected here.")
    raw = await request.body()
    if not listen.is_signed(runtime.settings, raw, given):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "The signature is missing or wrong.")
    body = parse(raw)
    if isinstance(body, dict):
        await run_in_threadpool(listen.take_in, runtime, request.app.state.hearer, body)
    return PlainTextResponse("")
