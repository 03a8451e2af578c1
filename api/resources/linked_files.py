"""A file behind a link that ends: for whoever was given the link, without a seat."""

from fastapi import APIRouter, Request, Response

from api import files
from api.dependencies import WithRuntime

router = APIRouter(prefix="/files", tags=["files"])


@router.get("/{token}")
def show(request: Request, runtime: WithRuntime, token: str) -> Response:
    """Return the file that a link leads to, as long as the link lives."""
    media_id = runtime.tools.media.linked(token, runtime.now())
    return files.answer(request, runtime, media_id, "private, no-store")
