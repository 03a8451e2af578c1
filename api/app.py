"""The web application: routes, pages, errors, request log, and the watcher of transcripts."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from uuid import uuid4

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import errors
from api.edge import Edge
from api.operators import books, desk, freezes, staff
from api.operators import deals as operators_deals
from api.operators import sandbox as operators_sandbox
from api.pages.watcher import Watcher
from api.proof import prove_sender
from api.quotas import Quotas
from api.resources import (
    badges,
    chat,
    health,
    home,
    linked_files,
    links,
    own_data,
    reference,
    reports,
    sandbox,
)
from api.webhooks import hooks
from bots.doors import registry
from bots.doors.hearing import Hearer
from core.kit.logs import configure
from core.settings import PlayInProduction
from runtime import parts
from runtime.parts import Runtime

OPERATORS = (desk, operators_deals, freezes, books, staff, operators_sandbox)
STATIC = Path(__file__).parent / "pages" / "static"
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; frame-ancestors 'self';"
    " base-uri 'none'; form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
HSTS = "max-age=31536000; includeSubDomains"
MS_PER_SECOND = 1_000
BODY_BYTES_MAX = 64_000_000  # above the largest upload we explain in words
log = structlog.get_logger("api")


def create(runtime: Runtime) -> FastAPI:
    """Build the application around a process's parts."""
    connected = [door for door in registry.DOORS if door.name in runtime.channels]

    @asynccontextmanager
    async def live(app: FastAPI) -> AsyncIterator[None]:
        await app.state.watcher.start()
        for door in connected:
            await asyncio.to_thread(door.prepare, runtime)
        yield
        await app.state.watcher.stop()
        await asyncio.to_thread(app.state.hearer.close)
        for channel in runtime.apps.values():
            await asyncio.to_thread(channel.close)

    app = FastAPI(
        title="NanoInfluencer MarketPlace",
        lifespan=live,
        docs_url=None,  # the framework's page loads scripts from elsewhere: api.resources.reference is ours
        redoc_url=None,
        max_body_size=BODY_BYTES_MAX,
    )
    app.state.runtime = runtime
    app.state.watcher = Watcher(runtime.database)
    app.state.hearer = Hearer(runtime)
    called = [hook for door in connected for hook in door.hooks(runtime, app.state.hearer)]
    app.state.proofs = {(hook.method, hook.path): hook.prove for hook in called}
    errors.install(app)
    hooked = frozenset(hook.path for hook in called)
    app.add_middleware(Edge, prove=prove_sender, raw=hooked)
    app.add_middleware(Quotas, limits=runtime.tools.limits, open_to_all=hooked)
    app.middleware("http")(_log_and_guard)
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=runtime.settings.proxies)
    people = (home, chat, linked_files, links, own_data, reports, reference, sandbox, health, badges)
    for room in (*people, *OPERATORS):
        app.include_router(room.router)
    app.include_router(hooks.router(called))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def serve() -> FastAPI:
    """Build the application from the settings; uvicorn's entry point."""
    settings = registry.load()
    configure(settings.log_level, settings.log_format)
    try:
        parts.check(settings)
    except PlayInProduction as error:
        raise SystemExit(str(error)) from None
    runtime = parts.build(settings)
    Thread(
        target=runtime.tools.reader.learn, name="learn", daemon=True
    ).start()  # seconds; rules alone until then
    return create(runtime)


async def _log_and_guard(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
    """Give each request an id, security headers, and one line in the log."""
    request_id, began = uuid4().hex[:12], time.monotonic()
    structlog.contextvars.bind_contextvars(request_id=request_id)
    try:
        response = await proceed(request)
    except Exception as error:  # noqa: BLE001  (the last line: the answer below must carry our headers)
        response = errors.sorry(request, error)
    finally:
        structlog.contextvars.unbind_contextvars("request_id")
    took_ms = round((time.monotonic() - began) * MS_PER_SECOND, 1)
    if request.app.state.runtime.settings.secure:
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    if not request.url.path.startswith("/static"):
        response.headers.setdefault("Cache-Control", "no-store")
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = request_id
    level = log.debug if request.url.path.startswith(("/static", "/healthz", "/readyz")) else log.info
    route = request.scope.get("route")
    level(
        "request",
        request_id=request_id,
        method=request.method,
        route=getattr(route, "path", "unknown"),
        status=response.status_code,
        took_ms=took_ms,
    )
    return response
