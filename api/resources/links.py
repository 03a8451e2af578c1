"""Counted links."""

from fastapi import APIRouter, Request, status
from fastapi.responses import RedirectResponse

from api.dependencies import InWork
from core.tracking import service as tracking
from core.tracking.service import Visit

router = APIRouter(tags=["links"])


@router.api_route("/l/{code}", methods=["GET", "HEAD"])
def follow(code: str, request: Request, work: InWork) -> RedirectResponse:
    """Lead to a deliverable's page, counting people and not robots or previews."""
    visit = Visit(
        user_agent=request.headers.get("user-agent", ""),
        address=request.client.host if request.client else "",
        method=request.method,
        purpose=request.headers.get("sec-purpose", request.headers.get("purpose", "")),
    )
    target = tracking.follow(work, code, visit)
    return RedirectResponse(target, status.HTTP_302_FOUND, headers={"Cache-Control": "no-store"})
