"""What a route may ask for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, HTTPException, Request, Response, status

from core.accounts import seats
from core.kit.actors import SYSTEM
from core.kit.clock import wall_now
from core.kit.work import Work, begin
from core.messaging.messages import Address, ChannelName
from core.settings import Settings
from runtime.parts import Runtime

SEAT, CSRF = "seat", "csrf"


def find_runtime(request: Request) -> Runtime:
    """Return the process's parts."""
    runtime: Runtime = request.app.state.runtime
    return runtime


WithRuntime = Annotated[Runtime, Depends(find_runtime)]


def begin_work(runtime: WithRuntime) -> Iterator[Work]:
    """One request, one transaction, in the system's name; committed before the response is sent."""
    with begin(runtime.database, SYSTEM) as work:
        yield work


InWork = Annotated[Work, Depends(begin_work, scope="function")]


def require_sandbox(runtime: WithRuntime) -> None:
    """Hide what only a sandbox has."""
    if not runtime.settings.sandbox:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "There is no sandbox here.")


def seat_cookie(settings: Settings) -> str:
    """Return the cookie's name: over https one that no other host below our domain can set for us."""
    return f"__Host-{SEAT}" if settings.secure else SEAT


def require_play_money(runtime: WithRuntime) -> None:
    """Hide what only a rail of play has, where there is none: a staging may have one, production never."""
    if not any(facts.play_money for facts in runtime.rails.facts()):
        raise HTTPException(status.HTTP_404_NOT_FOUND, "There is no play money here.")


def require_play_network(runtime: WithRuntime) -> None:
    """Hide what only a network of play has, where there is none."""
    if not runtime.networks.play:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "There is no network of play here.")


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in the browser chat, proved by the token in their cookie."""

    user: str
    csrf: str
    session_id: UUID
    renew: bool

    @property
    def address(self) -> Address:
        """Return the chat's address."""
        return Address(ChannelName.WEB, self.user)


def take_seat(request: Request, runtime: WithRuntime, user: str) -> Seat:
    """Return the seat of the chat in the path, looking once a request. Answers 401 without its cookie."""
    known: Seat | None = getattr(request.state, "seat", None)
    if known is not None and known.user == user:
        return known
    token = request.cookies.get(seat_cookie(runtime.settings), "")
    with begin(runtime.database, SYSTEM) as work:
        found = seats.sit(work, token, wall_now()) if token else None
    if found is None or found.user != user:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Please enter from the front page.")
    csrf = runtime.settings.keys.mark(CSRF, found.id.hex)
    seat = request.state.seat = Seat(user, csrf, found.id, found.renew)
    return seat


def give_seat(response: Response, settings: Settings, user: str, token: str) -> None:
    """Put a token into a browser; without one, take it out."""
    secure = settings.secure
    response.set_cookie(
        seat_cookie(settings),
        token,
        max_age=int(seats.LIVES_FOR.total_seconds()) if token else 0,
        path="/" if secure else f"/chat/{user}",  # a sandbox shows two chats side by side
        httponly=True,
        samesite="strict",
        secure=secure,
    )


InSeat = Annotated[Seat, Depends(take_seat)]


def require_csrf(runtime: WithRuntime, seat: InSeat, x_csrf: Annotated[str, Header()] = "") -> Seat:
    """Let only our own page write: another site has no way to know this header's value."""
    if not runtime.settings.keys.is_mark(CSRF, x_csrf, seat.session_id.hex):
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Please reload the page.")
    return seat


InOwnSeat = Annotated[Seat, Depends(require_csrf)]
