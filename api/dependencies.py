"""What a route may ask for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, HTTPException, Request, status

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
    """Somebody's place in the browser chat, proved by a signed cookie."""

    user: str
    csrf: str

    @property
    def address(self) -> Address:
        """Return the chat's address."""
        return Address(ChannelName.WEB, self.user)


def take_seat(request: Request, runtime: WithRuntime, user: str) -> Seat:
    """Return the seat of the chat in the path. Answers 401 without its cookie."""
    keys = runtime.settings.keys
    claims = keys.verify(SEAT, request.cookies.get(seat_cookie(runtime.settings), ""), wall_now())
    if claims is None or claims.get("user") != user:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Please enter from the front page.")
    return Seat(user, keys.mark(CSRF, user))


InSeat = Annotated[Seat, Depends(take_seat)]


def require_csrf(runtime: WithRuntime, seat: InSeat, x_csrf: Annotated[str, Header()] = "") -> Seat:
    """Let only our own page write: another site has no way to know this header's value."""
    if not runtime.settings.keys.is_mark(CSRF, x_csrf, seat.user):
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Please reload the page.")
    return seat


InOwnSeat = Annotated[Seat, Depends(require_csrf)]
