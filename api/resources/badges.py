"""A brand's badge, for whoever doubts it: a public page on our own host."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.dependencies import InWork, WithRuntime
from api.pages.render import page
from core.accounts import workspaces

router = APIRouter(prefix="/badges", tags=["badges"])


@router.get("/{workspace_id}")
def show(workspace_id: UUID, work: InWork, runtime: WithRuntime) -> HTMLResponse:
    """Show whether a brand is verified, by which website, and since when."""
    brand = workspaces.workspace_of(work, workspace_id)
    return page("badge", runtime.settings, brand=brand)
