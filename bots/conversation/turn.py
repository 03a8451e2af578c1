"""One turn of a talk: what came in, through the engine, to one core call and the replies.

A turn is one transaction: accept the event once, lock the session, reduce, call the core, write the
replies into the outbox, commit. The door delivers the replies right after; a worker delivers what a crash
left behind.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import structlog
from sqlalchemy.exc import OperationalError

from bots.conversation import engine, sheets, tokens
from bots.conversation.card import card
from bots.conversation.conversation import Conversation
from bots.conversation.dialogue import Book, Dialogue, Talk, Tools
from bots.conversation.events import (
    Nav,
    To,
)
from bots.conversation.filling import Filler, NotAskedYet
from bots.conversation.forms import Form, Slots
from bots.conversation.languages import languages_card
from bots.conversation.session import Frame, Session
from bots.conversation.tokens import Commanded
from bots.phrases import errors
from bots.phrases.languages import ENGLISH, speaking, spoken
from bots.phrases.sentences import say
from bots.understanding import tongue
from core.accounts import chats, people
from core.accounts.schemas import Identity, PersonView
from core.conversations import service as conversations
from core.kit.actors import SYSTEM
from core.kit.errors import DomainError
from core.kit.work import Work, begin
from core.messaging import arrivals, held, inbox, outbox
from core.messaging.arrivals import FilesNotFetched
from core.messaging.messages import Address, IncomingMessage, OutgoingMessage, Promise

T = TypeVar("T")
TRIES = 3
log = structlog.get_logger(__name__)

Find = Callable[[Work], IncomingMessage | None]
"""Finds what to hear, inside the turn's transaction; None when there is nothing, or nothing any more."""


class _Tried(Exception):
    """Something was tried, and is undone."""


def take(tools: Tools, book: Book, incoming: IncomingMessage) -> list[Promise]:
    """Take one turn and return the replies, leased to the caller to deliver.

    A redelivered event returns nothing: it was answered before. Two transactions that wait for each
    other are tried again; an unknown error is logged under a reference, and the person gets it.
    """

    def accepted(work: Work) -> IncomingMessage | None:
        event = f"{incoming.chat_id}:{incoming.event_id}"
        return incoming if inbox.accept(work, f"chat:{incoming.channel}", event) else None

    return _try(tools, book, accepted) or []


def take_next(tools: Tools, book: Book, chat: Address) -> tuple[list[Promise], timedelta | None]:
    """Take the turn of what arrived next in a chat, as `take` does.

    Returns its replies, none when nothing is due, and how long until more is, None when nothing waits.
    """
    then: timedelta | None = None

    def arrived(work: Work) -> IncomingMessage | None:
        nonlocal then
        found = arrivals.take(work, chat)
        then = found.then
        return found.message

    return _try(tools, book, arrived) or [], then


def _try(tools: Tools, book: Book, find: Find) -> list[Promise] | None:
    attempt, filler = 1, Filler(tools.model)
    while attempt <= TRIES:
        try:
            return _take(tools, book, find, filler)
        except NotAskedYet as asked:
            filler.ask(asked)
            continue
        except FilesNotFetched:
            raise
        except OperationalError as error:
            attempt += 1
            if attempt > TRIES:
                return _sorry(tools, find, error)
        except Exception as error:  # noqa: BLE001  (the last line of defence: logged, referenced, answered)
            return _sorry(tools, find, error)
    return None


def _take(tools: Tools, book: Book, find: Find, filler: Filler) -> list[Promise] | None:
    with begin(tools.database, SYSTEM) as work:
        incoming = find(work)
        if incoming is None:
            return None
        address = incoming.chat
        person = _met(work, incoming)
        talk = Talk(work, person, address, tools, incoming.place)
        stored = conversations.load(work, incoming.channel, incoming.chat_id, person.id)
        guessed = "" if person.language else tongue.guess(incoming.language, incoming.text, first=not stored)
        asks = not (person.language or talk.sides) and tongue.is_hinglish(incoming.text)
        guessed = guessed or (ENGLISH if asks else "")
        with (
            structlog.contextvars.bound_contextvars(person=str(person.id)),
            speaking(person.language or guessed, person.timezone),
        ):
            waited, news = held.take(work, address) if incoming.channel in tools.holds else ([], [])
            conversation = Conversation(book, talk, Session.from_json(stored), filler)
            replies = [*waited, *_in_place(conversation.hear(incoming), incoming)]
            quiet = not (replies or news or conversation.tapped_twice)
            replies = [card(say("talk.idle"))] if quiet else replies
            held.tell(work, news)
            if guessed:
                people.speak(work, person.id, guessed)
                silent = chats.address_of(work, person.id) is None
                replies += [languages_card()] if (guessed != ENGLISH or asks) and not silent else []
            if incoming.channel in tools.menus:
                conversations.want_menu(work, address, talk.sides, spoken())
            log.info("turn", channel=incoming.channel, replies=len(replies))
        conversations.save(work, address, conversation.session.to_json(), offers(replies))
        return outbox.say(work, address, person.id, *replies)


def _met(work: Work, incoming: IncomingMessage) -> PersonView:
    """Return who says something. What waits in their former chats, or was begun there, comes along."""
    met = chats.meet(work, identity_of(incoming), incoming.name, incoming.timezone)
    if met.taken:
        held.forget(work, incoming.chat)
    for chat_id in met.former_chats:
        before = Address(incoming.channel, chat_id)
        conversations.move(work, before, incoming.chat)
        held.move(work, before, incoming.chat)
    return met.person


def identity_of(incoming: IncomingMessage) -> Identity:
    """Return the chat account that something came from."""
    return Identity(incoming.channel, incoming.user_id, incoming.chat_id, incoming.also, incoming.telephone)


def _sorry(tools: Tools, find: Find, error: Exception) -> list[Promise] | None:
    reference = secrets.token_hex(3)
    log.error("turn failed", reference=reference, exc_info=error)
    with begin(tools.database, SYSTEM) as work:
        incoming = find(work)
        if incoming is None:
            return None
        known = chats.behind(work, incoming.channel, incoming.chat_id)
        with speaking(known.language if known else incoming.language):
            sorry = card(say("talk.sorry", ref=reference))
            return outbox.say(work, incoming.chat, known.id if known else None, sorry)


def _in_place(replies: list[OutgoingMessage], incoming: IncomingMessage) -> list[OutgoingMessage]:
    """Have replies said where they were asked for, the first to a form's button over the question it answers.

    In a team's channel none of them is a living card: only its reader may see it there, for a while.
    """
    if incoming.thread and incoming.place:
        return [replace(reply, thread=incoming.thread, about="", version="") for reply in replies]
    if incoming.thread:
        replies = [replace(reply, thread=incoming.thread) for reply in replies]
    if not replies or not incoming.message_ref or not tokens.is_of_form(incoming.pressed):
        return replies
    return [replace(replies[0], replaces=incoming.message_ref), *replies[1:]]


def show_sheet(
    tools: Tools, book: Book, incoming: IncomingMessage, *, heard: bool = False
) -> sheets.Sheet | None:
    """Return the whole form that a press would open, None where it opens none. Reads only.

    Most presses open none: those cost nothing here. Of a press that was `heard` already, it is the form that
    is open by now.
    """
    meant = tokens.read(incoming.pressed)
    command = book.commands.get(meant.command) if isinstance(meant, Commanded) else None
    if not (command and command.opens) and not (isinstance(meant, Nav) and meant.to is To.EDIT):
        return None
    if heard and isinstance(meant, Nav):
        with begin(tools.database, SYSTEM) as work:
            rev = Session.from_json(conversations.look(work, incoming.chat)).rev
        incoming = replace(incoming, pressed=tokens.nav(rev, To.EDIT))
    return _with_sheet(
        tools, book, incoming, lambda form, frame, _: sheets.sheet_of(form, frame, incoming.pressed)
    )


def check_sheet(tools: Tools, book: Book, incoming: IncomingMessage) -> dict[str, str]:
    """Return what is wrong with a whole form's answers, by field, and what the core would refuse of them.

    Changes nothing: what is tried is undone.
    """

    def wrong(form: Form, frame: Frame, talk: Talk) -> dict[str, str]:
        given = sheets.read(form, frame, incoming.answers or {})
        return dict(given.errors) or _refused(
            book.dialogues[form.name], talk, {**frame.slots, **given.values}
        )

    return _with_sheet(tools, book, incoming, wrong) or {}


def _refused(dialogue: Dialogue, talk: Talk, slots: Slots) -> dict[str, str]:
    """Return the answer that the core would refuse, and why, where the form is sent as it is."""
    missing = engine.next_field(dialogue.form, Frame(dialogue.form.name, dialogue.form.version, slots))
    if dialogue.form.sheet is None or (missing is not None and not missing.optional):
        return {}
    try:
        with structlog.contextvars.bound_contextvars(tried=True), talk.work.session.begin_nested():
            dialogue.submit(talk, slots, "")
            raise _Tried  # noqa: TRY301  (whoever leaves a savepoint so undoes it)
    except DomainError as error:
        field = dialogue.repairs.get(error.code, "")
        return {field: errors.sentence(error)} if field else {}
    except _Tried:
        return {}


def _with_sheet(
    tools: Tools, book: Book, incoming: IncomingMessage, use: Callable[[Form, Frame, Talk], T]
) -> T | None:
    with begin(tools.database, SYSTEM) as work:
        person = chats.find_by_identity(work, incoming.channel, incoming.user_id)
        if person is None:
            return None
        talk = Talk(work, person, incoming.chat, tools, incoming.place)
        session = Session.from_json(conversations.look(work, incoming.chat))
        with speaking(person.language, person.timezone):
            found = Conversation(book, talk, session, Filler()).sheet(incoming.pressed)
            return use(*found, talk) if found else None


def offers(messages: Iterable[OutgoingMessage]) -> list[tuple[str, str]]:
    """Return (label, action) of the buttons that are no form's, the newest message's first."""
    return [
        (button.label, button.action)
        for message in reversed(list(messages))
        for row in message.buttons
        for button in row
        if button.action and not tokens.is_of_form(button.action)
    ]
