"""How HTTP says no: one table from kind of error to status code."""

import secrets

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from bots.phrases.errors import sentence
from core.kit.errors import (
    Conflict,
    DomainError,
    InvalidInput,
    NotAllowed,
    NotFound,
    Unavailable,
)

STATUS: dict[type[DomainError], int] = {
    InvalidInput: 400,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    Unavailable: 503,
}
UNKNOWN_STATUS = 500
log = structlog.get_logger(__name__)


def status_of(error: DomainError) -> int:
    """Return the HTTP status of an error."""
    return next((s for kind, s in STATUS.items() if isinstance(error, kind)), UNKNOWN_STATUS)


def install(app: FastAPI) -> None:
    """Answer every domain error with its status, code and sentence; an unknown one with a reference."""

    @app.exception_handler(DomainError)
    def say_no(_: Request, error: DomainError) -> JSONResponse:
        return JSONResponse({"code": error.code, "detail": sentence(error)}, status_of(error))

    @app.exception_handler(Exception)
    def say_sorry(request: Request, error: Exception) -> JSONResponse:
        reference = secrets.token_hex(3)
        log.error("request failed", path=request.url.path, reference=reference, exc_info=error)
        detail = f"Something went wrong on our side (reference {reference})."
        return JSONResponse({"code": "Unknown", "detail": detail}, UNKNOWN_STATUS)
