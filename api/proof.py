"""Who sends a request, as far as headers can prove it: looked at before the body is read."""

from fastapi import HTTPException, Request

from api.dependencies import find_runtime, require_csrf, take_seat
from api.operators import access


def prove_sender(request: Request) -> None:
    """Refuse a body before it is read, where its sender can be known by headers. Answers 401, 403, 429."""
    runtime = find_runtime(request)
    room, _, rest = request.url.path.lstrip("/").partition("/")
    if room == "admin":
        access.sign_in(request)
    elif room == "chat":
        seat = take_seat(request, runtime, rest.partition("/")[0])
        require_csrf(runtime, seat, request.headers.get("x-csrf", ""))
    elif prove := request.app.state.proofs.get((request.method, request.url.path)):
        refusal = prove(request.headers)
        if refusal is not None:
            raise HTTPException(refusal.status, refusal.body)
