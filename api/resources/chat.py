"""The browser chat: read the transcript, write, press, upload, and hear when something comes."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, Header, HTTPException, Query, Request, UploadFile, status
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from pydantic import AfterValidator, BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api import files, quotas
from api.dependencies import InOwnSeat, InSeat, InWork, WithRuntime, give_seat
from api.pages.render import page
from api.pages.watcher import Watcher
from bots.doors import delivery, incoming_files
from bots.phrases.languages import speaking, wanted
from core.accounts import chats, seats
from core.accounts.schemas import Identity
from core.kit.actors import SYSTEM
from core.kit.clock import wall_now
from core.kit.errors import DomainError
from core.kit.limits import Limit
from core.kit.text import storable
from core.kit.work import begin
from core.messaging import mailbox
from core.messaging.messages import ChannelName, IncomingMessage
from runtime.parts import Runtime

router = APIRouter(prefix="/chat/{user}", tags=["chat"])
LETTERS_MAX = 200
FILES_AT_ONCE = 10
CURSOR_MAX = 2**63 - 1
Kept = AfterValidator(storable)


class Written(BaseModel):
    """What the page sends: words, or a pressed button with its label. `event_id` marks a repeat."""

    event_id: Annotated[str, Field(min_length=1, max_length=80)]
    text: Annotated[str, Field(max_length=20_000)] = ""
    pressed: Annotated[str, Field(max_length=200)] = ""
    label: Annotated[str, Field(max_length=200)] = ""


@router.get("")
def show(
    seat: InSeat, work: InWork, runtime: WithRuntime, accept_language: Annotated[str, Header()] = ""
) -> HTMLResponse:
    """Show the chat page in its person's language; a seat whose person or rights changed gets a new token."""
    play_money = runtime.rails.present.facts.play_money
    person = chats.behind(work, seat.address.channel, seat.address.chat_id)
    with speaking(person.language if person else wanted(accept_language)):
        shown = page(
            "chat",
            runtime.settings,
            user=seat.user,
            csrf=seat.csrf,
            play_money=play_money,
            most_mb=runtime.settings.media_max_mb,
        )
    if seat.renew and (token := seats.renew(work, seat.session_id)):
        give_seat(shown, runtime.settings, seat.user, token)
    return shown


@router.post("/leave", status_code=status.HTTP_204_NO_CONTENT)
def leave(seat: InOwnSeat, work: InWork, runtime: WithRuntime, response: Response) -> None:
    """Sign this browser out."""
    seats.end(work, seat.session_id)
    give_seat(response, runtime.settings, seat.user, "")


@router.get("/letters")
def letters(
    seat: InSeat, work: InWork, after: Annotated[int, Query(ge=0, le=CURSOR_MAX)] = 0
) -> dict[str, Any]:
    """Return what came or was edited after a change."""
    found = mailbox.read(work, seat.address, after=after, limit=LETTERS_MAX)
    return {
        "letters": [
            {
                "seq": x.seq,
                "changed": x.changed,
                "key": x.key,
                "incoming": x.incoming,
                "body": x.body,
                "at": x.at.isoformat(),
            }
            for x in found
        ],
        "now": work.now.isoformat(),
    }


@router.get("/stream")
async def stream(seat: InSeat, runtime: WithRuntime, request: Request) -> StreamingResponse:
    """Tell the page whenever its transcript grows (server-sent events), until its seat ends."""
    watcher: Watcher = request.app.state.watcher
    chat = f"{ChannelName.WEB}:{seat.user}"
    watcher.require_room(chat)

    async def events() -> AsyncIterator[str]:
        yield "event: open\ndata: 1\n\n"
        async for change in watcher.changes(chat):
            if not await run_in_threadpool(_is_open, runtime, seat.session_id):
                yield "event: ended\ndata: 1\n\n"
                return
            yield f"event: {change.split()[0]}\ndata: 1\n\n"

    return StreamingResponse(events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


@router.post("/messages", status_code=status.HTTP_204_NO_CONTENT)
def write(seat: InOwnSeat, runtime: WithRuntime, written: Written) -> None:
    """Say something or press a button; the answer comes through the transcript."""
    _hear(
        runtime,
        IncomingMessage(
            channel=ChannelName.WEB,
            user_id=seat.user,
            chat_id=seat.user,
            event_id=written.event_id,
            name=_name(seat.user),
            text=written.text,
            pressed=written.pressed,
        ),
        written.label,
    )


@router.post("/files", status_code=status.HTTP_204_NO_CONTENT)
def upload(
    request: Request,
    seat: InOwnSeat,
    runtime: WithRuntime,
    file: Annotated[list[UploadFile], File(max_length=FILES_AT_ONCE)],
    event_id: Annotated[str, Form(min_length=1, max_length=80), Kept],
    text: Annotated[str, Form(max_length=20_000), Kept] = "",
) -> None:
    """Send files with words; a file that cannot be taken is answered in the chat, and the rest is heard."""
    identity = Identity(ChannelName.WEB, seat.user, seat.user)
    kept, problems = list[incoming_files.Kept](), list[str]()
    for one in file:
        runtime.tools.limits.spend(
            Limit.UPLOADED_BYTES_FROM, quotas.address_of(request), max(one.size or 0, 1)
        )
        content = one.file.read(runtime.settings.media_max_bytes + 1)
        name = one.filename or "file"
        try:
            kept.append(incoming_files.keep(runtime, identity, _name(seat.user), name, content))
        except DomainError as error:
            problems.append(error.code)
    incoming = IncomingMessage(
        channel=ChannelName.WEB,
        user_id=seat.user,
        chat_id=seat.user,
        event_id=event_id,
        name=_name(seat.user),
        text=text,
        attachments=tuple(one.file for one in kept),
        documents=tuple(one.document for one in kept if one.document is not None),
        problems=tuple(dict.fromkeys(problems)),
    )
    _hear(runtime, incoming, "")


@router.get("/media/{media_id}")
def download(request: Request, seat: InSeat, runtime: WithRuntime, media_id: UUID) -> Response:
    """Return a file that was part of this chat."""
    with begin(runtime.database, SYSTEM) as work:
        if not mailbox.carries(work, seat.address, str(media_id)):
            raise HTTPException(status.HTTP_404_NOT_FOUND, "That file is not part of this chat.")
    return files.answer(request, runtime, media_id, "private, max-age=86400")


def _is_open(runtime: Runtime, session_id: UUID) -> bool:
    with begin(runtime.database, SYSTEM) as work:
        return seats.is_open(work, session_id, wall_now())


def _hear(runtime: Runtime, incoming: IncomingMessage, label: str) -> None:
    delivery.require_pace(runtime, incoming)
    if incoming.text or incoming.pressed or incoming.attachments:
        delivery.note(runtime, incoming, label)
    delivery.hear(runtime, incoming)


def _name(user: str) -> str:
    return "friend" if user.startswith("guest-") else user.replace("-", " ").title()
