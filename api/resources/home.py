"""The front page, and the way into the browser chat."""

import re
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, status
from fastapi.responses import HTMLResponse, RedirectResponse

from api import browsers
from api.dependencies import InWork, WithRuntime, give_seat, seat_cookie
from api.pages.render import page
from core.accounts import chats, seats
from core.kit.clock import wall_now
from core.messaging.messages import ChannelName

router = APIRouter(tags=["pages"])
USER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
PLAYERS_SHOWN = 12


@router.get("/")
def home(work: InWork, runtime: WithRuntime) -> HTMLResponse:
    """Show what this is, and whom one can play."""
    players = []
    if runtime.settings.sandbox:
        players = chats.players(work, ChannelName.WEB, PLAYERS_SHOWN)
    return page("home", runtime.settings, players=players, now=work.now)


@router.post("/enter")
def enter(
    request: Request, work: InWork, runtime: WithRuntime, user: Annotated[str, Form()] = ""
) -> RedirectResponse:
    """Sit down at a chat: a new one, or in the sandbox any. A seat that this browser had here ends."""
    if not user:
        user = seats.free_name(work)
    elif not runtime.settings.sandbox:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Only a sandbox lets you play other people.")
    if not USER.fullmatch(user):
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "A name has letters, digits and dashes.")
    if had := request.cookies.get(seat_cookie(runtime.settings)):
        seats.end_token(work, had)
    token = seats.open_seat(work, user, browsers.named(request.headers.get("user-agent", "")), wall_now())
    response = RedirectResponse(f"/chat/{user}", status.HTTP_303_SEE_OTHER)
    give_seat(response, runtime.settings, user, token)
    return response


@router.get("/play")
def play(runtime: WithRuntime, left: str = "brand", right: str = "asha") -> HTMLResponse:
    """Show two people's chats side by side, in a sandbox."""
    if not runtime.settings.sandbox or not (USER.fullmatch(left) and USER.fullmatch(right)):
        raise HTTPException(status.HTTP_404_NOT_FOUND, "There is nothing to play here.")
    return page("play", runtime.settings, left=left, right=right)
