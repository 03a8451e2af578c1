"""Somebody's own data behind a link of theirs: a page that says what it is, and the archive on a press.

Chat apps and scanners open links to preview them: looking at the page gives nothing away.
"""

from collections.abc import Iterator
from typing import IO, Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Header, Response, status
from fastapi.responses import HTMLResponse, StreamingResponse

from api.dependencies import InWork, WithRuntime
from api.pages.render import page
from bots.cards import own_data
from bots.phrases.languages import speaking, wanted
from core.kit.actors import SYSTEM
from core.kit.limits import Limit
from core.kit.work import begin
from core.media.errors import FilesAway, MediaNotFound
from core.privacy import export
from core.privacy.errors import DataLinkOver
from runtime.parts import Runtime

router = APIRouter(tags=["people"], include_in_schema=False)
CHUNK = 256 * 1024
R = TypeVar("R", bound=Response)


@router.head("/my-data/{token}")
@router.get("/my-data/{token}")
def look(
    token: str, work: InWork, runtime: WithRuntime, accept_language: Annotated[str, Header()] = ""
) -> HTMLResponse:
    """Say what the link leads to; a press on its button gets it."""
    try:
        person = export.linked(work, runtime.settings.keys, token)
    except DataLinkOver:
        return _over(runtime, accept_language)
    with speaking(person.language):
        return _unlisted(page("own_data", runtime.settings, over=False))


@router.post("/my-data/{token}")
def take(token: str, runtime: WithRuntime, accept_language: Annotated[str, Header()] = "") -> Response:
    """Return the archive. What it holds is read in one transaction; files are fetched after it."""
    try:
        with begin(runtime.database, SYSTEM) as work:
            person = export.linked(work, runtime.settings.keys, token)
            runtime.tools.limits.spend(Limit.OWN_DATA_OPENED, str(person.id))
            found = export.collect(work, person.id)
            now = work.now
    except DataLinkOver:
        return _over(runtime, accept_language)

    def opened(media_id: UUID) -> bytes | None:
        try:
            return runtime.tools.media.open(media_id)[1]
        except (MediaNotFound, FilesAway):
            return None

    packed = export.archive(found, own_data.readme(person, now), opened)
    headers = {"Content-Disposition": 'attachment; filename="my-data.zip"', "Cache-Control": "no-store"}
    return _unlisted(StreamingResponse(_parts(packed), media_type="application/zip", headers=headers))


def _over(runtime: Runtime, accept_language: str) -> HTMLResponse:
    with speaking(wanted(accept_language)):
        shown = page("own_data", runtime.settings, over=True)
    shown.status_code = status.HTTP_404_NOT_FOUND
    return _unlisted(shown)


def _unlisted(response: R) -> R:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _parts(packed: IO[bytes]) -> Iterator[bytes]:
    with packed:
        while part := packed.read(CHUNK):
            yield part
