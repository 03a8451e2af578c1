"""People agree to what they see: what a binding command is about, and what is shown where that has changed.

The core insists on it again under its locks; here it is found out before a form is opened for nothing, and
put into words.
"""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from bots.conversation import engine, tokens
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, AnyCommand, Book, Open, Seen, Talk, Thing
from bots.conversation.session import Frame, Session
from bots.conversation.tokens import Commanded
from bots.phrases import errors
from bots.phrases.sentences import say
from core.kit.errors import Conflict, DomainError, ShownChanged
from core.messaging.messages import OutgoingMessage

SHOWN_MAX = 4
LOOKED_AT_MAX = 8


def run(talk: Talk, command: AnyCommand, commanded: Commanded) -> Answer:
    """Run a command. One that binds is run only for what was shown, while it is so.

    Raises:
        DomainError, ValueError: as the command does.
    """
    thing = command.binds
    if thing is None:
        return command.run(talk, command.takes(commanded.argument))
    if not commanded.argument:
        return _find(talk, command, thing)
    seen = Seen.read(commanded.argument, commanded.shown)
    if seen.mark != thing.mark(talk, seen.id):
        return changed(talk, thing, seen)
    try:
        with talk.work.session.begin_nested():
            return command.run(talk, seen)
    except Conflict as error:
        return refused(talk, thing, seen, error)


def opening(talk: Talk, commands: Mapping[str, AnyCommand], meant: Commanded) -> Open | None:
    """Return the form that a command would open, None for one that does anything else."""
    command = commands.get(meant.command)
    try:
        answer = run(talk, command, meant) if command and command.opens else []
    except (DomainError, ValueError):
        return None
    opens = answer[0] if len(answer) == 1 else None
    return opens if isinstance(opens, Open) else None


def _find(talk: Talk, command: AnyCommand, thing: Thing) -> Answer:
    """Run a command that named nothing: it finds what is meant, and its form shows that first."""
    if command.finds is None:
        return [card(say("talk.stale"))]
    found = command.finds(talk)
    if not isinstance(found, UUID):
        return found
    return command.run(talk, Seen(found, thing.mark(talk, found)))


def refused(talk: Talk, thing: Thing, seen: Seen, error: Conflict) -> Answer:
    """Say why something that binds was not done, and show the thing as it stands."""
    if isinstance(error, ShownChanged):
        return changed(talk, thing, seen)
    return [card(f"{errors.sentence(error)}\n{say('changed.stands')}"), *thing.show(talk, seen.id)]


def changed(talk: Talk, thing: Thing, seen: Seen) -> Answer:
    """Say what has changed since it was shown, and show the thing as it stands now."""
    lines = [say("changed.nothing_done"), *thing.changes(talk, seen.id, seen.mark), say("changed.stands")]
    return [card("\n".join(lines)), *thing.show(talk, seen.id)]


def is_offered(talk: Talk, thing: Thing, thing_id: UUID, command: str) -> bool:
    """Tell whether a thing, as it stands, still offers a command."""
    return command in _commands(thing.show(talk, thing_id))


def one_of(talk: Talk, commands: Mapping[str, AnyCommand], meant: list[Commanded]) -> Commanded | Answer:
    """Return what typed words press. Where several things fit, they are shown, and it is asked.

    `meant` has what was shown last first: nothing older is done in its place because it has ended.
    """
    newest = meant[0]
    if len(meant) == 1:
        return newest
    offered, shown = [], []
    for pressed in meant[:LOOKED_AT_MAX]:
        cards = _standing(talk, commands, pressed)
        if pressed.command in _commands(cards):
            offered.append(pressed)
        elif pressed is not newest:
            continue
        shown += [one for one in cards if one not in shown]
    if offered == [newest] and len(meant) <= LOOKED_AT_MAX:
        return newest
    return [card(say("changed.which")), *shown[:SHOWN_MAX]]


def _standing(talk: Talk, commands: Mapping[str, AnyCommand], pressed: Commanded) -> list[OutgoingMessage]:
    thing = commands[pressed.command].binds
    try:
        return thing.show(talk, Seen.read(pressed.argument, "").id) if thing else []
    except (DomainError, ValueError):
        return []


def _commands(cards: list[OutgoingMessage]) -> set[str]:
    read = (tokens.read(button.action) for shown in cards for row in shown.buttons for button in row)
    return {found.command for found in read if isinstance(found, Commanded)}


def meanwhile(talk: Talk, thing: Thing, seen: Seen) -> OutgoingMessage:
    """Say what has changed since somebody saw a thing that their open form is about."""
    return card("\n".join([say("changed.meanwhile"), *thing.changes(talk, seen.id, seen.mark)]))


def standing(talk: Talk, book: Book, frame: Frame) -> tuple[Thing | None, str]:
    """Return what a form is about and its mark as it stands; nothing for a form about nothing."""
    dialogue = book.dialogues.get(frame.form)
    thing = dialogue.binds if dialogue and frame.about else None
    return thing, thing.mark(talk, UUID(frame.about)) if thing else ""


def stood(talk: Talk, book: Book, session: Session) -> str:
    """Return the mark of the open form's thing, before somebody's own act may change it."""
    return standing(talk, book, session.stack[-1])[1] if session.stack else ""


def shown_again(
    talk: Talk, book: Book, session: Session, before: str
) -> tuple[Session, list[OutgoingMessage]]:
    """Return a session whose review is of the thing as it is now, for one that is about to be shown again.

    What has changed is said, unless it `stood` as it was shown before the act that is just answered.
    """
    frame = session.stack[-1]
    form = book.forms.get(frame.form)
    if form is None or not form.confirm or engine.next_field(form, frame):
        return session, []
    thing, now = standing(talk, book, frame)
    if thing is None or now == frame.shown:
        return session, []
    said = [] if frame.shown == before else [meanwhile(talk, thing, Seen(UUID(frame.about), frame.shown))]
    return replace(session, stack=(*session.stack[:-1], replace(frame, shown=now))), said


def is_decided(talk: Talk, book: Book, frame: Frame) -> bool:
    """Tell whether what a form asks was decided meanwhile, or is none of theirs any more."""
    try:
        thing, now = standing(talk, book, frame)
        if thing is None or now == frame.shown:
            return False
        return not is_offered(talk, thing, UUID(frame.about), frame.form)
    except (DomainError, ValueError):
        return True
