"""Counted links: on at once to the brand's own verified website, anywhere else after a word of ours."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response, status
from fastapi.responses import RedirectResponse

from api.dependencies import InWork, WithRuntime
from api.pages.render import page
from api.quotas import address_of
from core.accounts import workspaces
from core.campaigns import service as campaigns
from core.deals import views as deals
from core.kit.work import Work
from core.tracking import service as tracking
from core.tracking.service import Followed, Visit

router = APIRouter(tags=["links"])


def visit_of(request: Request) -> Visit:
    """Return what a request tells about its visitor."""
    return Visit(
        user_agent=request.headers.get("user-agent", ""),
        address=address_of(request),
        method=request.method,
        purpose=request.headers.get("sec-purpose", request.headers.get("purpose", "")),
    )


@router.head("/l/{code}", include_in_schema=False)
@router.get("/l/{code}")
def follow(
    code: str, work: InWork, runtime: WithRuntime, visit: Annotated[Visit, Depends(visit_of)]
) -> Response:
    """Lead to a deliverable's page, counting people and not robots or previews."""
    found = tracking.follow(work, code, visit)
    if _is_home(work, found):
        return RedirectResponse(found.target, status.HTTP_302_FOUND)
    host = (urlsplit(found.target).hostname or "").encode("idna").decode()
    shown = page("leaving", runtime.settings, target=found.target, host=host)
    shown.headers["X-Robots-Tag"] = "noindex, nofollow"
    return shown


def _is_home(work: Work, found: Followed) -> bool:
    """Tell whether a link leads to the website that its brand has shown to be its own."""
    deal, _ = deals.get_by_piece(work, found.deliverable_id)
    brand = workspaces.workspace_of(work, campaigns.get(work, deal.campaign_id).workspace_id)
    return brand.verified_at is not None and tracking.leads_home(found.target, brand.website)
