"""How HTTP says no: one table from kind of error to status code."""

import secrets

import structlog
from fastapi import FastAPI, Request, Response, status
from fastapi.encoders import jsonable_encoder
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.pages.render import page
from bots.phrases.errors import SENTENCES, sentence
from bots.phrases.languages import speaking, wanted
from core.kit.errors import (
    Conflict,
    DomainError,
    InvalidInput,
    NotAllowed,
    NotFound,
    TooOften,
    Unavailable,
)
from core.kit.logs import places
from core.tracking.visits import is_browser

STATUS: dict[type[DomainError], int] = {
    InvalidInput: 400,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    TooOften: 429,
    Unavailable: 503,
}
UNKNOWN_STATUS = 500
log = structlog.get_logger(__name__)


def status_of(error: DomainError) -> int:
    """Return the HTTP status of an error."""
    return next((s for kind, s in STATUS.items() if isinstance(error, kind)), UNKNOWN_STATUS)


def install(app: FastAPI) -> None:
    """Answer every domain error with its status, code and sentence, a wrong request by where it is wrong."""

    @app.exception_handler(DomainError)
    def say_no(request: Request, error: DomainError) -> Response:
        with speaking(wanted(request.headers.get("accept-language", ""))):
            shown = _page(request, sentence(error), status_of(error))
        return shown or refusal(error)

    @app.exception_handler(HTTPException)
    async def say_why(request: Request, error: HTTPException) -> Response:
        with speaking(wanted(request.headers.get("accept-language", ""))):
            shown = _page(request, str(error.detail), error.status_code)
        return shown or await http_exception_handler(request, error)

    @app.exception_handler(RequestValidationError)
    def say_where(_: Request, error: RequestValidationError) -> JSONResponse:
        """Say what is wrong and where, without giving back what was sent."""
        wrong = [{"loc": one["loc"], "msg": one["msg"], "type": one["type"]} for one in error.errors()]
        return JSONResponse({"detail": jsonable_encoder(wrong)}, status.HTTP_422_UNPROCESSABLE_CONTENT)


def _page(request: Request, why: str, status_code: int) -> Response | None:
    """Return a page for a person who looks at an address; None for whatever else asks."""
    accepted = request.headers.get("accept", "*/*")
    looks = "text/html" in accepted or (
        "*/*" in accepted and is_browser(request.headers.get("user-agent", ""))
    )
    if request.method != "GET" or not looks:
        return None
    shown = page("refused", request.app.state.runtime.settings, why=why)
    shown.status_code = status_code
    shown.headers["X-Robots-Tag"] = "noindex, nofollow"
    return shown


def refusal(error: DomainError) -> JSONResponse:
    """Return what answers an error: its code and sentence, and when to come again where that helps."""
    headers = {"Retry-After": str(error.seconds)} if isinstance(error, TooOften) else {}
    own = sentence(error) if error.code in SENTENCES else str(error)
    body = {"code": error.code, "detail": own}
    return JSONResponse(body, status_of(error), headers)


def sorry(request: Request, error: Exception) -> JSONResponse:
    """Answer what nobody foresaw with a reference; the log gets the kind and the places, never the values."""
    reference = secrets.token_hex(3)
    route = getattr(request.scope.get("route"), "path", "unknown")
    kind = type(error).__name__
    log.error("request failed", route=route, reference=reference, kind=kind, places=places(error))
    detail = f"Something went wrong on our side (reference {reference})."
    return JSONResponse({"code": "Unknown", "detail": detail}, UNKNOWN_STATUS)
