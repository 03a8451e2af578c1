"""One turn of a talk: what came in, through the engine, to one core call and the replies.

A turn is one transaction: accept the event once, lock the session, reduce, call the core, write the
replies into the outbox, commit. The door delivers the replies right after; a worker delivers what a crash
left behind.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache, cached_property
from typing import TypeVar

import structlog
from rapidfuzz import fuzz, process
from sqlalchemy.exc import OperationalError

from bots.cards import questions
from bots.cards.card import card
from bots.cards.languages import languages_card
from bots.conversation import engine, sheets, tokens
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Talk, Tools
from bots.conversation.events import (
    Ask,
    ChooseEdit,
    Complete,
    Effect,
    Event,
    Filled,
    Nav,
    Review,
    Said,
    Start,
    Tell,
    To,
)
from bots.conversation.forms import Form, Kind
from bots.conversation.session import Frame, Session
from bots.conversation.tokens import Commanded
from bots.phrases import errors
from bots.phrases.languages import ENGLISH, speaking, spoken, typed_words
from bots.phrases.sentences import say
from bots.understanding import tongue
from core.accounts import chats, people
from core.accounts.schemas import Identity, PersonView
from core.conversations import service as conversations
from core.kit.actors import SYSTEM
from core.kit.errors import DomainError
from core.kit.text import clean
from core.kit.work import Work, begin
from core.messaging import arrivals, held, inbox, outbox
from core.messaging.arrivals import FilesNotFetched
from core.messaging.messages import Address, IncomingMessage, OutgoingMessage, Promise

T = TypeVar("T")
TRIES = 3
COMMAND_FUZZY_AT_LEAST = 90
COMMAND_CHARACTERS_MAX = 30
WITH_A_CODE = frozenset({"join", "link", "invited"})
CODE_CHARACTERS_MAX = 40
log = structlog.get_logger(__name__)

NAVIGATION: dict[str, To] = {
    "back": To.BACK,
    "zurück": To.BACK,
    "wapas": To.BACK,
    "atrás": To.BACK,
    "voltar": To.BACK,
    "kembali": To.BACK,
    "cancel": To.CANCEL,
    "abbrechen": To.CANCEL,
    "cancelar": To.CANCEL,
    "batal": To.CANCEL,
    "radd karo": To.CANCEL,
    "restart": To.RESTART,
    "start over": To.RESTART,
    "skip": To.SKIP,
    "done": To.DONE,
    "edit": To.EDIT,
    "change": To.EDIT,
    "change something": To.EDIT,
}
YES = frozenset(
    {"yes", "yes please", "y", "ok", "okay", "confirm", "sure", "haan", "ha", "sí", "si", "sim", "ya", "ja"}
)


@cache
def _navigation() -> dict[str, To]:
    """Return the words that navigate, in every language we speak."""
    return {typed: to for word, to in NAVIGATION.items() for typed in typed_words(word)}


@dataclass(frozen=True)
class Book:
    """Every dialogue and command there is; `bots.dialogues.book` fills it."""

    dialogues: Mapping[str, Dialogue]
    commands: Mapping[str, Command]
    free_text: Callable[[Talk, str], Answer]

    @property
    def forms(self) -> engine.Forms:
        """Return the forms of all dialogues."""
        return {name: dialogue.form for name, dialogue in self.dialogues.items()}

    @cached_property
    def typed(self) -> dict[str, list[Command]]:
        """Return the commands of each word that is typed, in every language we speak."""
        found: dict[str, list[Command]] = {}
        for command in self.commands.values():
            for typed in {typed for word in command.words for typed in typed_words(word)}:
                found.setdefault(typed, []).append(command)
        return found


Find = Callable[[Work], IncomingMessage | None]
"""Finds what to hear, inside the turn's transaction; None when there is nothing, or nothing any more."""


def take(tools: Tools, book: Book, incoming: IncomingMessage) -> list[Promise]:
    """Take one turn and return the replies, leased to the caller to deliver.

    A redelivered event returns nothing: it was answered before. Two transactions that wait for each
    other are tried again; an unknown error is logged under a reference, and the person gets it.
    """

    def accepted(work: Work) -> IncomingMessage | None:
        event = f"{incoming.chat_id}:{incoming.event_id}"
        return incoming if inbox.accept(work, f"chat:{incoming.channel}", event) else None

    return _try(tools, book, accepted) or []


def take_next(tools: Tools, book: Book, chat: Address) -> list[Promise] | None:
    """Take the turn of what arrived next in a chat, as `take` does; None when nothing is due there."""
    return _try(tools, book, lambda work: arrivals.take(work, chat))


def _try(tools: Tools, book: Book, find: Find) -> list[Promise] | None:
    for attempt in range(1, TRIES + 1):
        try:
            return _take(tools, book, find)
        except FilesNotFetched:
            raise
        except OperationalError as error:
            if attempt == TRIES:
                return _sorry(tools, find, error)
        except Exception as error:  # noqa: BLE001  (the last line of defence: logged, referenced, answered)
            return _sorry(tools, find, error)
    return None


def _take(tools: Tools, book: Book, find: Find) -> list[Promise] | None:
    with begin(tools.database, SYSTEM) as work:
        incoming = find(work)
        if incoming is None:
            return None
        address = incoming.chat
        person = _met(work, incoming)
        talk = Talk(work, person, address, tools, incoming.place)
        stored = conversations.load(work, incoming.channel, incoming.chat_id, person.id)
        conversation = Conversation(book, talk, Session.from_json(stored))
        guessed = "" if person.language else tongue.guess(incoming.language, incoming.text)
        with (
            structlog.contextvars.bound_contextvars(person=str(person.id)),
            speaking(person.language or guessed, person.timezone),
        ):
            waited = held.take(work, address) if incoming.channel in tools.holds else []
            replies = [*waited, *_in_place(conversation.hear(incoming), incoming)]
            replies = replies or [card(say("talk.idle"))]
            if guessed:
                people.speak(work, person.id, guessed)
                silent = chats.address_of(work, person.id) is None
                replies += [languages_card()] if guessed != ENGLISH and not silent else []
            if incoming.channel in tools.menus:
                conversations.want_menu(work, address, talk.sides, spoken())
            log.info("turn", channel=incoming.channel, replies=len(replies))
        conversations.save(work, address, conversation.session.to_json(), offers(replies))
        return [outbox.say(work, address, reply) for reply in replies]


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
            return [outbox.say(work, incoming.chat, card(say("talk.sorry", ref=reference)))]


def _in_place(replies: list[OutgoingMessage], incoming: IncomingMessage) -> list[OutgoingMessage]:
    """Mark the first reply to a form's button: it may be drawn over the question it answers."""
    if not replies or not incoming.message_ref or not tokens.is_of_form(incoming.pressed):
        return replies
    return [replace(replies[0], replaces=incoming.message_ref), *replies[1:]]


def show_sheet(tools: Tools, book: Book, incoming: IncomingMessage) -> sheets.Sheet | None:
    """Return the whole form that a press would open, None where it opens none. Reads only.

    Most presses open none: those cost nothing here.
    """
    meant = tokens.read(incoming.pressed)
    command = book.commands.get(meant.command) if isinstance(meant, Commanded) else None
    if not (command and command.opens) and not (isinstance(meant, Nav) and meant.to is To.EDIT):
        return None
    return _with_sheet(
        tools, book, incoming, lambda form, frame: sheets.sheet_of(form, frame, incoming.pressed)
    )


def check_sheet(tools: Tools, book: Book, incoming: IncomingMessage) -> dict[str, str]:
    """Return what is wrong with a whole form's answers, by field. Reads only."""
    given = incoming.answers or {}
    return _with_sheet(tools, book, incoming, lambda form, frame: sheets.read(form, frame, given)[1]) or {}


def _with_sheet(
    tools: Tools, book: Book, incoming: IncomingMessage, use: Callable[[Form, Frame], T]
) -> T | None:
    with begin(tools.database, SYSTEM) as work:
        person = chats.find_by_identity(work, incoming.channel, incoming.user_id)
        if person is None:
            return None
        talk = Talk(work, person, incoming.chat, tools, incoming.place)
        session = Session.from_json(conversations.look(work, incoming.chat))
        with speaking(person.language, person.timezone):
            found = Conversation(book, talk, session).sheet(incoming.pressed)
            return use(*found) if found else None


def offers(messages: Iterable[OutgoingMessage]) -> list[tuple[str, str]]:
    """Return (label, action) of the buttons that are no form's, the newest message's first."""
    return [
        (button.label, button.action)
        for message in reversed(list(messages))
        for row in message.buttons
        for button in row
        if button.action and not tokens.is_of_form(button.action)
    ]


class Conversation:
    """One chat's talk during one turn."""

    def __init__(self, book: Book, talk: Talk, session: Session) -> None:
        """Continue `session`."""
        self.book, self.talk, self.session = book, talk, session
        self._replies: list[OutgoingMessage] = []

    def hear(self, incoming: IncomingMessage) -> list[OutgoingMessage]:
        """Return what to say to something somebody did."""
        text = clean(incoming.text)
        meant: Event | Commanded | None
        for problem in incoming.problems:
            self._replies.append(card(errors.known(problem, limit_mb=self.talk.tools.settings.media_max_mb)))
        if incoming.problems and not (text or incoming.pressed or incoming.attachments):
            self._event_again()
            return self._replies
        if incoming.answers is not None:
            self._filled(incoming.pressed, incoming.answers)
            return self._replies
        if incoming.pressed:
            meant = tokens.read(incoming.pressed)
        elif incoming.attachments:
            meant = Said(text, tuple(asdict(a) for a in incoming.attachments))
        else:
            meant = self._meant(text)
        if meant is None:
            self._replies.append(card(say("talk.stale")))
        elif isinstance(meant, Commanded):
            self._command(meant)
        elif isinstance(meant, Said) and not self.session.stack:
            self._free(meant)
        else:
            self._event(meant)
        return self._replies

    def sheet(self, token: str) -> tuple[Form, Frame] | None:
        """Return the form a token stands for and how it stands, where it can be shown at once."""
        meant = tokens.read(token)
        if isinstance(meant, Nav) and meant.to is To.EDIT and self.session.stack:
            frame = self.session.stack[-1]
            form = self.book.forms.get(frame.form)
            return (form, frame) if form and meant.rev == self.session.rev else None
        if not isinstance(meant, Commanded):
            return None
        command = self.book.commands.get(meant.command)
        try:
            answer = command.run(self.talk, meant.argument) if command and command.opens else []
        except (DomainError, ValueError):
            return None
        opening = answer[0] if len(answer) == 1 else None
        if not isinstance(opening, Open):
            return None
        form = self.book.forms[opening.form]
        slots = {"_today": self.talk.today.isoformat(), **opening.slots}
        return form, engine.revalidated(form, Frame(form.name, form.version, slots))

    def _filled(self, token: str, given: sheets.Answers) -> None:
        """Take a whole form; an answer that no longer fits is asked again."""
        found = self.sheet(token)
        if found is None:
            self._replies.append(card(say("talk.stale")))
            self._event_again()
            return
        form, frame = found
        values, _ = sheets.read(form, frame, given)
        if isinstance(tokens.read(token), Nav):
            self._event(Filled(self.session.rev, values))
        else:
            self._event(Start(form.name, {**frame.slots, **values}))

    def _meant(self, text: str) -> Event | Commanded | None:
        """Sort typed words: navigation, a command, an answer."""
        typed = text.casefold().strip(" .!?/")
        if self.session.stack:
            to = _navigation().get(typed)
            if to is not None and not self._is_choice(text):
                return Nav(to)
            frame = self.session.stack[-1]
            form = self.book.forms.get(frame.form)
            reviewing = form is not None and engine.next_field(form, frame) is None
            if reviewing and form and typed in YES | typed_words("yes") | {form.confirm_label.casefold()}:
                return Nav(To.CONFIRM)
        return self._typed_button(text) or self._typed_command(text, typed) or Said(text)

    def _typed_button(self, text: str) -> Commanded | None:
        """Take the words of a card's button for its press, where they can mean but one."""
        words = tokens.words_of(text)
        if self.session.stack or not words:
            return None
        shown = conversations.offered(self.talk.work, self.talk.address)
        meant = {action for label, action in shown if tokens.words_of(label) == words}
        found = tokens.read(meant.pop()) if len(meant) == 1 else None
        return found if isinstance(found, Commanded) else None

    def _is_choice(self, text: str) -> bool:
        frame = self.session.stack[-1]
        form = self.book.forms.get(frame.form)
        field = engine.next_field(form, frame) if form else None
        if field is None:
            return False
        return any(c.label.casefold() == text.casefold() for c in field.choices(frame.slots))

    def _typed_command(self, text: str, typed: str) -> Commanded | None:
        meant = self._served(typed)
        if meant is not None:
            return None if self._wants_text(meant) else Commanded(meant.name)
        head, _, rest = text.strip().partition(" ")
        if head.casefold() in WITH_A_CODE and rest and len(rest) <= CODE_CHARACTERS_MAX:
            return Commanded(head.casefold(), rest.strip())
        if self.session.stack or not typed or len(typed) > COMMAND_CHARACTERS_MAX:
            return None
        words = [word for word in self.book.typed if self._served(word)]
        close = process.extractOne(typed, words, scorer=fuzz.ratio)
        meant = self._served(close[0]) if close and close[1] >= COMMAND_FUZZY_AT_LEAST else None
        return Commanded(meant.name) if meant else None

    def _served(self, typed: str) -> Command | None:
        """Return the command of a word for whoever is talking; of several the one that was named last."""
        return next((c for c in reversed(self.book.typed.get(typed, [])) if self._serves(c)), None)

    def _serves(self, command: Command) -> bool:
        if command.audience is Audience.BRAND:
            return bool(self.talk.memberships) or self.talk.creator is None
        if command.audience is Audience.CREATOR:
            return self.talk.creator is not None or not self.talk.memberships
        return True

    def _wants_text(self, command: Command) -> bool:
        """Let an open text question take words that would otherwise be a command: its own, or a side's."""
        if not self.session.stack:
            return False
        if self.session.stack[-1].form == command.name:
            return True
        if command.audience is Audience.ANYBODY:
            return False
        frame = self.session.stack[-1]
        form = self.book.forms.get(frame.form)
        field = engine.next_field(form, frame) if form else None
        return field is not None and field.kind is Kind.TEXT

    def _free(self, said: Said) -> None:
        if said.media and not said.text:
            self._replies.append(card(say("talk.no_file_wanted")))
            return
        self._answer(self.book.free_text(self.talk, said.text))

    def _command(self, commanded: Commanded) -> None:
        command = self.book.commands.get(commanded.command)
        if command is None:
            self._replies.append(card(say("talk.stale")))
            return
        try:
            with self.talk.work.session.begin_nested():
                answer = command.run(self.talk, commanded.argument)
        except DomainError as error:
            answer = [card(errors.sentence(error))]
        except ValueError:
            answer = [card(say("talk.not_for_you"))]
        self._answer(answer)
        if self.session.stack and not any(isinstance(part, Open) or part.asks for part in answer):
            self._event_again()

    def _answer(self, answer: Answer) -> None:
        for part in answer:
            if isinstance(part, Open):
                self._event(
                    Start(part.form, {"_today": self.talk.today.isoformat(), **part.slots}, part.text)
                )
            else:
                self._replies.append(part)

    def _event(self, event: Event) -> None:
        before = self.session
        self.session, effects = engine.reduce(self.book.forms, before, event)
        for index, effect in enumerate(effects):
            if isinstance(effect, Complete):
                later = effects[index + 1 :]
                self._complete(before, event, effect, later)
                return
            self._show(effect)

    def _event_again(self) -> None:
        """Ask the open question again after something else was answered."""
        if not self.session.stack:
            return
        self.session, effects = engine.repaired(self.book.forms, self.session, "")
        for effect in effects:
            self._show(effect)

    def _complete(self, before: Session, event: Event, complete: Complete, later: list[Effect]) -> None:
        dialogue = self.book.dialogues[complete.form]
        key = f"{self.talk.address.channel}:{self.talk.address.chat_id}:{complete.form}:{complete.rev}"
        try:
            with self.talk.work.session.begin_nested():
                answer = dialogue.submit(self.talk, complete.slots, key)
        except DomainError as error:
            self._refused(before, event, complete, dialogue, error)
            return
        self.talk.refresh()
        opened = any(isinstance(part, Open) for part in answer)
        self._answer(answer)
        if not opened:
            for effect in later:
                self._show(effect)

    def _refused(
        self,
        before: Session,
        event: Event,
        complete: Complete,
        dialogue: Dialogue,
        error: DomainError,
    ) -> None:
        """Say why, keep every answer, and ask the one that can mend it, or show the review again."""
        self._replies.append(card(errors.sentence(error)))
        field = dialogue.repairs.get(error.code, "")
        if isinstance(event, Start) or not before.stack or not (field or dialogue.form.confirm):
            return
        frame = before.stack[-1]
        kept = Session((*before.stack[:-1], engine.with_slots(frame, complete.slots)), before.rev + 1)
        self.session, effects = engine.repaired(self.book.forms, kept, field)
        for effect in effects:
            self._show(effect)

    def _show(self, effect: Effect) -> None:
        match effect:
            case Ask():
                self._replies.append(questions.question(effect))
            case Review():
                self._replies.append(questions.review(effect))
            case ChooseEdit():
                self._replies.append(questions.choose_edit(effect))
            case Tell():
                self._replies.append(card(say(f"talk.{effect.phrase}")))
