"""The API's reference as a page of our own: no scripts, so that our own policy shows it."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dependencies import WithRuntime
from api.pages.render import page

router = APIRouter(tags=["pages"])


@router.get("/docs")
def reference(request: Request, runtime: WithRuntime) -> HTMLResponse:
    """Show every address, what it does and what it takes."""
    described: dict[str, dict[str, Any]] = request.app.openapi()["paths"]
    operations = [
        {"method": method.upper(), "path": path, **operation}
        for path, methods in described.items()
        for method, operation in methods.items()
    ]
    return page("reference", runtime.settings, operations=operations)
