"""Answers with a file of ours: of its true kind, never as a page of ours, in parts where a player asks so."""

import re
from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response, status

from runtime.parts import Runtime

RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")
SHOWN = ("image/", "video/")
SANDBOXED = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
"""What a browser's own viewer of pictures and videos needs, and no script whatever a file may hold."""


def answer(request: Request, runtime: Runtime, media_id: UUID, caching: str) -> Response:
    """Return a file, or the one range of it that was asked for (RFC 9110, 14).

    Raises:
        MediaNotFound, FilesAway.
    """
    found, content = runtime.tools.media.open(media_id)
    how = "inline" if found.content_type.startswith(SHOWN) else "attachment"
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": caching,
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(found.name, safe='')}",
        "Content-Security-Policy": SANDBOXED,
    }
    wanted = RANGE.fullmatch(request.headers.get("range", ""))
    if wanted is None or not any(wanted.groups()):
        return Response(content, media_type=found.content_type, headers=headers)
    first, last = _bounds(wanted[1], wanted[2], len(content))
    if first > last:
        headers["Content-Range"] = f"bytes */{len(content)}"
        return Response(None, status.HTTP_416_RANGE_NOT_SATISFIABLE, headers)
    headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    part = content[first : last + 1]
    return Response(part, status.HTTP_206_PARTIAL_CONTENT, headers, media_type=found.content_type)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
