"""Counted links: on at once to the brand's own verified website, anywhere else after a word of ours."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response, status
from fastapi.responses import RedirectResponse

from api.dependencies import InWork, WithRuntime
from api.pages.render import page
from api.quotas import address_of
from bots.phrases.languages import speaking, wanted
from core.accounts import workspaces
from core.campaigns import service as campaigns
from core.deals import views as deals
from core.kit.work import Work
from core.tracking import service as tracking
from core.tracking.service import Followed
from core.tracking.visits import Visit

router = APIRouter(tags=["links"])
PURPOSES = ("sec-purpose", "purpose", "x-purpose", "x-moz")


def visit_of(request: Request) -> Visit:
    """Return what a request tells about its visitor."""
    return Visit(
        user_agent=request.headers.get("user-agent", ""),
        address=address_of(request),
        method=request.method,
        purpose=" ".join(request.headers.get(name, "") for name in PURPOSES),
        query=request.url.query,
    )


@router.head("/l/{code:path}", include_in_schema=False)
@router.get("/l/{code:path}")
def follow(code: str, request: Request, work: InWork, runtime: WithRuntime) -> Response:
    """Lead to a deliverable's page, counting people and not robots or previews."""
    found = tracking.follow(work, code, visit_of(request))
    if _is_home(work, found):
        return RedirectResponse(found.target, status.HTTP_302_FOUND)
    host = (urlsplit(found.target).hostname or "").encode("idna").decode()
    with speaking(wanted(request.headers.get("accept-language", ""))):
        shown = page("leaving", runtime.settings, target=found.target, host=host)
    shown.headers["X-Robots-Tag"] = "noindex, nofollow"
    return shown


def _is_home(work: Work, found: Followed) -> bool:
    """Tell whether a link leads to the website that its brand has shown to be its own."""
    deal, _ = deals.get_by_piece(work, found.deliverable_id)
    brand = workspaces.workspace_of(work, campaigns.get(work, deal.campaign_id).workspace_id)
    return brand.verified_at is not None and tracking.leads_home(found.target, brand.website)
