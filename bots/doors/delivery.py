"""Brings what was promised to people: replies right after their turn, notices from a worker."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread
from uuid import UUID

import structlog

from bots.conversation import turn
from bots.conversation.card import card
from bots.doors import incoming_files, living
from bots.doors.channel import (
    Announces,
    AppChannel,
    ChannelRefused,
    ChannelUnavailable,
    PersonMustWrite,
    PersonUnreachable,
    ShowsMenu,
    Transcribes,
)
from bots.doors.house import House
from bots.phrases import errors
from bots.phrases.languages import speaking
from core.accounts import chats
from core.deals import endings
from core.kit.actors import SYSTEM
from core.kit.clock import wall_now
from core.kit.errors import DomainError, TooOften
from core.kit.limits import Limit
from core.kit.work import Work, begin
from core.media import service as media
from core.media.errors import FileNotFetched, FileTooLarge
from core.media.speech import sounds
from core.media.speech.port import Transcriber
from core.messaging import arrivals, held, inbox, mailbox, outbox, receipts, sent_words
from core.messaging.arrivals import Arrival, FilesNotFetched
from core.messaging.errors import LeaseLost
from core.messaging.messages import (
    Address,
    Attachment,
    IncomingMessage,
    OutgoingMessage,
    Promise,
    RemoteFile,
)
from core.messaging.receipts import Receipt
from core.messaging.states import NewsKind

BUSY_AFTER_SECONDS, BUSY_AGAIN_SECONDS = 0.7, 4.5
"""Apps take such a sign away after five seconds, or when an answer comes."""
log = structlog.get_logger(__name__)


def hear(house: House, incoming: IncomingMessage) -> int:
    """Take a turn and deliver its replies at once; returns how many there were.

    What cannot be delivered now stays promised: a worker delivers it later.
    """
    replies = turn.take(house.tools, house.book, incoming)
    _deliver_in_order(house, replies)
    return len(replies)


def hear_next(house: House, chat: Address) -> timedelta | None:
    """Hear what arrived next in an app's chat: fetch its files, take the turn, deliver the replies.

    Returns how long until something more is due there: no time at all, or None when nothing waits.
    """
    app = house.apps[chat.channel]
    with _busy(app, chat):
        try:
            with house.turns:
                replies, then = turn.take_next(house.tools, house.book, chat)
        except FilesNotFetched as waiting:
            fetched = _fetched(house, app, waiting.arrival)
            with begin(house.database, SYSTEM) as work:
                arrivals.amend(work, waiting.arrival, fetched)
            return arrivals.NOW
    _deliver_in_order(house, replies)
    return then


@contextmanager
def _busy(app: AppChannel, chat: Address) -> Iterator[None]:
    """Show in a chat that an answer is worked on, once it takes a moment, and for as long as it takes."""
    done = Event()

    def show() -> None:
        wait = BUSY_AFTER_SECONDS
        while not done.wait(wait):
            app.busy(chat)
            wait = BUSY_AGAIN_SECONDS

    Thread(target=show, name="busy", daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _deliver_in_order(house: House, replies: list[Promise]) -> None:
    channel = house.channels.get(replies[0].payload["channel"]) if replies else None
    if isinstance(channel, Transcribes):
        _write_down(house, channel, replies)
        return
    for number, reply in enumerate(replies):
        delay = deliver(house, reply)
        if delay is not None:
            for later in replies[number + 1 :]:
                _postpone(house, later, delay)
            return


def _write_down(house: House, channel: Transcribes, replies: list[Promise]) -> None:
    """Deliver a turn's replies to a transcript of ours: one transaction writes and settles them all."""
    to = Address(replies[0].payload["channel"], replies[0].payload["chat_id"])
    messages = {str(reply.id): OutgoingMessage.from_json(reply.payload["message"]) for reply in replies}
    try:
        with begin(house.database, SYSTEM) as work:
            channel.write(work, to, messages, replies[0].owner_id)
            if replies[0].owner_id is not None:
                sent_words.note(work, to, *(message.text for message in messages.values()))
                for key, message in messages.items():
                    if message.about:
                        living.note(work, to, message, key, Receipt(key, to, asks=False))
            outbox.done(work, *replies)
    except LeaseLost:
        log.info("delivered by somebody else too", promise=str(replies[0].id))


def _fetched(house: House, app: AppChannel, arrival: Arrival) -> IncomingMessage:
    """Return a message with its files in our store; what cannot be taken becomes a problem to speak of.

    A voice note becomes words, where this installation listens; it is never kept.
    """
    incoming = arrival.message
    kept, heard, problems = list[incoming_files.Kept](), list[str](), list(incoming.problems)
    for file in incoming.files:
        try:
            if not file.spoken:
                content = _content(house, app, file)
                owner = turn.identity_of(incoming)
                kept.append(incoming_files.keep(house, owner, incoming.name, file.name, content, arrival))
            elif house.tools.speech is not None:
                heard.append(_heard(house, app, house.tools.speech, incoming, file))
        except (ChannelUnavailable, ChannelRefused):
            problems.append(FileNotFetched.__name__)
        except DomainError as error:
            problems.append(error.code)
    attachments = (*incoming.attachments, *(one.file for one in kept))
    read = (*incoming.documents, *(one.document for one in kept if one.document is not None))
    found = replace(
        incoming, attachments=attachments, documents=read, problems=tuple(dict.fromkeys(problems)), files=()
    )
    if not heard:
        return found
    return replace(found, text="", heard="\n".join(filter(None, [incoming.text, *heard])), unheard="")


def _heard(
    house: House, app: AppChannel, listener: Transcriber, incoming: IncomingMessage, file: RemoteFile
) -> str:
    sounds.require_short(file.size, file.seconds)
    content = app.fetch(file, sounds.BYTES_MAX)
    return incoming_files.listen(house, listener, turn.identity_of(incoming), file, content)


def _content(house: House, app: AppChannel, file: RemoteFile) -> bytes:
    limit = house.settings.media_max_bytes
    if file.size > limit:
        raise FileTooLarge(limit_mb=house.settings.media_max_mb)
    return app.fetch(file, limit)


def require_pace(house: House, incoming: IncomingMessage) -> None:
    """Count a turn of a chat. Raises TooOften for one too many."""
    house.tools.limits.spend(Limit.TURNS, f"{incoming.channel}:{incoming.chat_id}")


def hold_off(house: House, incoming: IncomingMessage, error: TooOften) -> None:
    """Say once a minute in an app's chat that what comes now is not read."""
    minute = int(wall_now().timestamp()) // 60
    with begin(house.database, SYSTEM) as work:
        if not inbox.accept(work, "too-often", f"{incoming.channel}:{incoming.chat_id}:{minute}"):
            return
        person = chats.behind(work, incoming.channel, incoming.chat_id)
        with speaking(person.language if person else ""):
            words = card(errors.sentence(error))
        (reply,) = outbox.say(work, incoming.chat, person.id if person else None, words)
    deliver(house, reply)


def note(house: House, incoming: IncomingMessage, label: str = "") -> None:
    """Keep what a person did in a transcript of ours, once an event; `label` is the pressed button's."""
    address = incoming.chat
    body = {
        "text": incoming.text,
        "pressed": label if incoming.pressed else "",
        "attachments": [
            {"media_id": a.media_id, "kind": a.kind, "name": a.name} for a in incoming.attachments
        ],
    }
    with begin(house.database, SYSTEM) as work:
        identity = turn.identity_of(incoming)
        owner_id = chats.owner_of(work, incoming.channel, incoming.user_id)
        owner_id = owner_id or chats.recognise(work, identity, incoming.name).id
        mailbox.put(work, address, {f"in:{incoming.event_id}": body}, owner_id, incoming=True)


def deliver(house: House, promise: Promise) -> timedelta | None:
    """Keep one `message.deliver` promise and settle it; returns the delay if it must be tried again."""
    try:
        settle = send(house, promise)
    except ChannelUnavailable as error:
        return _again(house, promise, error)
    try:
        with begin(house.database, SYSTEM) as work:
            settle(work)
            outbox.done(work, promise)
    except LeaseLost:
        log.info("delivered by somebody else too", promise=str(promise.id))
    return None


def send(house: House, promise: Promise) -> Callable[[Work], None]:
    """Send a promised message; returns what to write down of it. The caller settles.

    Raises:
        ChannelUnavailable: when it must be tried again. What is refused for good is let be; what
            must wait until its person writes is kept.
    """
    payload = promise.payload
    to = Address(payload["channel"], payload["chat_id"])
    message = OutgoingMessage.from_json(payload["message"])
    receipt: Receipt | None = None
    try:
        receipt = send_once(house, promise, to, message, str(promise.id))
    except PersonMustWrite:
        return lambda work: held.keep_message(work, str(promise.id), to, message, promise.owner_id)
    except ChannelRefused as error:
        note_refusal(house, to, error)
    if promise.owner_id is None:
        return keep_nothing
    return lambda work: living.note(work, to, message, str(promise.id), receipt)


def keep_nothing(work: Work) -> None:
    """Write nothing down: it went to somebody whom we do not know, or who has just been forgotten."""
    del work


def announce(house: House, promise: Promise) -> None:
    """Keep one `chat.announce` promise: say that news waits, unless it was told meanwhile.

    Raises:
        ChannelUnavailable: when it is to be tried again.
    """
    to = Address(promise.payload["channel"], promise.payload["chat_id"])
    kind, channel = NewsKind(promise.payload["kind"]), house.channels.get(to.channel)
    with begin(house.database, SYSTEM) as work:
        about = held.subject(work, to, kind)
        person = chats.behind(work, to.channel, to.chat_id)
    if about is None or person is None or not isinstance(channel, Announces):
        return
    try:
        with speaking(person.language):
            channel.announce(to, person.name, kind, about)
    except PersonUnreachable as error:
        note_refusal(house, to, error)


def send_once(
    house: House, promise: Promise, to: Address, message: OutgoingMessage, key: str
) -> Receipt | None:
    """Send a message, unless an earlier try has a receipt for it. Raises as a channel's `send`."""
    if promise.attempts > 1:
        with begin(house.database, SYSTEM) as work:
            if receipts.sent(work, key):
                return None
    if message.attachments:
        message = replace(message, attachments=_still_there(house, message.attachments))
    if to.channel not in house.channels:
        raise ChannelUnavailable(f"{to.channel} is not connected")
    channel = house.channels[to.channel]
    with speaking(message.language):
        if message.about:
            with begin(house.database, SYSTEM) as work:
                message = living.replacing(work, channel, to, message)
        return channel.send(to, message, key)


def _still_there(house: House, attachments: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """Leave out files that nobody has any more: their owner may have left, and the words are to be said."""
    with begin(house.database, SYSTEM) as work:
        known = media.many(work, (UUID(each.media_id) for each in attachments))
    return tuple(each for each in attachments if UUID(each.media_id) in known)


def show_menu(house: House, promise: Promise) -> None:
    """Make an app's menu in one chat for what its person is, in their language, where the app has menus.

    Raises:
        ChannelUnavailable: when it must be tried again. A refusal is let be: a menu is a courtesy.
    """
    wanted = promise.payload
    app = house.apps.get(wanted["channel"])
    if not isinstance(app, ShowsMenu):
        return
    try:
        with speaking(wanted["language"]):
            app.show_menu(wanted["chat_id"], house.book.commands.values(), wanted["sides"])
    except ChannelRefused as error:
        log.info("the menu is not shown", reason=str(error))


def _again(house: House, promise: Promise, error: ChannelUnavailable) -> timedelta:
    """Have a message sent later; returns how long it waits."""
    wait = timedelta(seconds=error.retry_after_seconds)
    try:
        with begin(house.database, SYSTEM) as work:
            return outbox.failed(work, promise, str(error), unanswered=True, at_least=wait) or wait
    except LeaseLost:
        log.info("taken over by somebody else", promise=str(promise.id))
    return wait


def _postpone(house: House, promise: Promise, delay: timedelta) -> None:
    """Let a message wait for the one before it."""
    try:
        with begin(house.database, SYSTEM) as work:
            outbox.postpone(work, promise, "an earlier message waits", delay)
    except LeaseLost:
        log.info("taken over by somebody else", promise=str(promise.id))


def note_refusal(house: House, to: Address, error: ChannelRefused) -> None:
    """Keep in mind who cannot be reached, and tell those who wait for them."""
    log.warning("a message was refused", channel=to.channel, reason=str(error))
    if isinstance(error, PersonUnreachable):
        lost(house, to)


def lost(house: House, chat: Address) -> None:
    """Note that a chat no longer takes our messages; the brands of a creator's open deals hear of it."""
    with begin(house.database, SYSTEM) as work:
        person_id = chats.lose(work, chat.channel, chat.chat_id)
        if person_id is not None and chats.address_of(work, person_id) is None:
            endings.creator_unreachable(work, person_id)
