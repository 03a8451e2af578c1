"""How much one address may ask of the web process, and how often it may fail to prove who it is."""

from fastapi import Request, status
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import refusal
from core.kit.errors import TooOften
from core.kit.limits import Limit, Limits, customer

UNCOUNTED = ("/static/", "/healthz", "/readyz")
ROOMS: tuple[tuple[str, str, Limit], ...] = (
    ("POST", "/enter", Limit.SEATS),
    ("GET", "/reports/", Limit.REPORTS),
    ("GET", "/l/", Limit.LINKS_FOLLOWED),
    ("POST", "/my-data/", Limit.OWN_DATA_OPENED),
)


def address_of(request: Request) -> str:
    """Return what stands for the customer behind a request; `TRUSTED_PROXIES` were looked through."""
    return customer(request.client.host if request.client else "")


class Quotas:
    """ASGI middleware: counts each request by its address before anything is done about it."""

    def __init__(self, app: ASGIApp, limits: Limits, open_to_all: frozenset[str]) -> None:
        """Stand before `app`; at the paths `open_to_all` a few addresses speak for many people."""
        self._app, self._limits, self._open = app, limits, open_to_all

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 429 with the time to wait."""
        if scope["type"] != "http" or scope["path"].startswith(UNCOUNTED):
            await self._app(scope, receive, send)
            return
        request = Request(scope)

        async def noting(message: Message) -> None:
            if message.get("status") == status.HTTP_401_UNAUTHORIZED:
                await run_in_threadpool(self._note_failure, request)
            await send(message)

        try:
            await run_in_threadpool(self._count, request)
        except TooOften as error:
            await refusal(error)(scope, receive, send)
            return
        await self._app(scope, receive, noting)

    def _count(self, request: Request) -> None:
        address, path = address_of(request), request.url.path
        self._limits.require(Limit.FAILED_PROOFS, address)
        for method, beginning, limit in ROOMS:
            if request.method == method and path.startswith(beginning):
                self._limits.spend(limit, address)
        if path not in self._open:
            self._limits.spend(Limit.REQUESTS, address)

    def _note_failure(self, request: Request) -> None:
        try:
            self._limits.spend(Limit.FAILED_PROOFS, address_of(request))
        except TooOften:
            return  # it is spent up already: the next request is refused
