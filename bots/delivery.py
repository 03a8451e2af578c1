"""Brings what was promised to people: replies right after their turn, notices from a worker."""

from uuid import UUID

import structlog

from bots.cards import notices
from bots.cards.card import card
from bots.conversation import turn
from bots.phrases import errors
from bots.runtime import Runtime
from core.accounts import service as accounts
from core.kit.actors import SYSTEM
from core.kit.errors import DomainError
from core.kit.work import begin
from core.messaging import mailbox, outbox
from core.messaging.errors import LeaseLost
from core.messaging.messages import Address, IncomingMessage, OutgoingMessage, Promise

log = structlog.get_logger(__name__)


def hear(runtime: Runtime, incoming: IncomingMessage) -> int:
    """Take a turn and deliver its replies at once; returns how many there were.

    What cannot be delivered now stays promised: a worker delivers it when the lease has run out.
    """
    replies = turn.take(runtime.tools, runtime.book, incoming)
    for reply in replies:
        deliver(runtime, reply)
    return len(replies)


def note(runtime: Runtime, incoming: IncomingMessage, label: str = "") -> None:
    """Keep what a person did in a transcript of ours, once an event; `label` is the pressed button's."""
    address = Address(incoming.channel, incoming.chat_id)
    body = {
        "text": incoming.text,
        "pressed": label if incoming.pressed else "",
        "attachments": [
            {"media_id": a.media_id, "kind": a.kind, "name": a.name} for a in incoming.attachments
        ],
    }
    with begin(runtime.database, SYSTEM) as work:
        mailbox.put(work, address, f"in:{incoming.event_id}", body, incoming=True)


def refuse(runtime: Runtime, to: Address, event_id: str, error: DomainError) -> None:
    """Say why something could not be taken in, before it became a turn; once an event."""
    message = card(errors.sentence(error))
    with begin(runtime.database, SYSTEM) as work:
        mailbox.put(work, to, f"refused:{event_id}", message.to_json(), incoming=False)


def deliver(runtime: Runtime, promise: Promise) -> None:
    """Keep one `message.deliver` promise and settle it."""
    payload = promise.payload
    channel = runtime.channels[payload["channel"]]
    address = Address(payload["channel"], payload["chat_id"])
    channel.send(address, OutgoingMessage.from_json(payload["message"]), str(promise.id))
    try:
        with begin(runtime.database, SYSTEM) as work:
            outbox.done(work, promise)
    except LeaseLost:
        log.info("delivered by somebody else too", promise=str(promise.id))


def tell(runtime: Runtime, promise: Promise) -> None:
    """Keep one `notice.tell` promise: find the words, then the person, then send. The caller settles."""
    payload = promise.payload
    person_id = UUID(payload["person_id"])
    with begin(runtime.database, SYSTEM) as work:
        address = accounts.address_of(work, person_id)
        messages = notices.render(work, runtime.tools, payload["notice"], payload["facts"])
    if address is None:
        log.info("nobody to tell", notice=payload["notice"], person=str(person_id))
        return
    to = Address(address.channel, address.chat_id)
    for number, message in enumerate(messages):
        runtime.channels[to.channel].send(to, message, f"{promise.id}:{number}")
