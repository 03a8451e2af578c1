"""What a talk is made of: dialogues (a form and what to do with it) and commands (typed or pressed)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from bots.conversation.card import card
from bots.conversation.events import Said
from bots.conversation.forms import Form, Slots
from bots.conversation.session import Frame
from bots.conversation.tokens import Commanded
from bots.phrases import errors
from bots.phrases.languages import typed_words
from bots.understanding.intents import Intent, Reader
from bots.understanding.model import Model
from core.accounts import members
from core.accounts.schemas import MembershipView, PersonView
from core.campaigns.matching import Matcher
from core.creators import service as creators
from core.creators.schemas import CreatorView
from core.kit.actors import Actor
from core.kit.database import Database
from core.kit.errors import DomainError
from core.kit.limits import Limits
from core.kit.work import Work
from core.media.files import Files
from core.media.speech.port import Transcriber
from core.messaging.messages import Address, Document, OutgoingMessage
from core.networks.choose import Networks
from core.payments.rails.choose import Rails
from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Tools:
    """What talks need besides the database: built once a process."""

    database: Database
    settings: Settings
    matcher: Matcher
    media: Files
    limits: Limits
    rails: Rails
    networks: Networks
    reader: Reader = field(default_factory=Reader)
    model: Model | None = None
    speech: Transcriber | None = None
    holds: frozenset[str] = frozenset()  # channels in which messages may have to wait for their person
    menus: frozenset[str] = frozenset()  # channels that show a menu of commands
    invitations: Callable[[str], Sequence[tuple[str, str]]] = lambda _: ()
    """(app's title, link) for each app that a link can open with a payload."""


class Talk:
    """One turn's context: who talks, in which transaction, with which tools."""

    def __init__(
        self, work: Work, person: PersonView, address: Address, tools: Tools, place: str = ""
    ) -> None:
        """Act as `person` from here on; `place` is the team's channel they speak in, empty in private."""
        self.work = work.acting_as(Actor.person(person.id))
        self.person = person
        self.address = address
        self.tools, self.place = tools, place

    @property
    def today(self) -> date:
        """Return the day of this turn, by the person's own clock."""
        return self.work.now.astimezone(ZoneInfo(self.person.timezone)).date()

    @cached_property
    def memberships(self) -> list[MembershipView]:
        """Return the workspaces this person belongs to."""
        return members.memberships_of(self.work, self.person.id)

    @cached_property
    def creator(self) -> CreatorView | None:
        """Return this person's creator profile, if there is one."""
        return creators.of_person(self.work, self.person.id)

    @property
    def sides(self) -> str:
        """Return what this person is: "b" a brand, "c" a creator, both, or nothing yet."""
        return "b" * bool(self.memberships) + "c" * bool(self.creator)

    def wanted(self, text: str) -> Intent:
        """Return what a sentence wants, read once a turn: before and after the form's own reader."""
        return self.work.once(
            ("wanted", text, self.sides), lambda: self.tools.reader.read(text, self.sides, self.today)
        )

    def key(self, what: str) -> str:
        """Return under which key this person asks for something once: a mark, since a chat is a name."""
        return self.tools.settings.keys.mark("request", f"{self.person.id}:{what}")

    def refresh(self) -> None:
        """Forget what was read of the person: something has changed it."""
        for name in ("memberships", "creator"):
            self.__dict__.pop(name, None)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a binding command is about, and the mark of what was shown of it.

    `detail` is what else its button named, behind a dot.
    """

    id: UUID
    mark: str
    detail: str = ""

    @classmethod
    def read(cls, argument: str, mark: str) -> "Seen":
        """Read what a button carried. Raises ValueError for anything else."""
        thing, _, detail = argument.partition(".")
        return cls(UUID(thing), mark, detail)


@dataclass(frozen=True, slots=True)
class Open:
    """Start a form about something `seen`, with answers, and a text to read more answers from."""

    form: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    seen: Seen | None = None


Answer = list[OutgoingMessage | Open | Commanded]
"""What is said, what is asked next, and commands that answer as if they had been pressed."""
A = TypeVar("A")


def goes_on(answer: Answer) -> bool:
    """Tell whether an answer asks or opens something itself, so that the open question is not asked again."""
    return any(isinstance(part, (Open, Commanded)) or part.asks for part in answer)


def tried(ask: Callable[[], Answer]) -> Answer:
    """Return an answer, or why there is none."""
    try:
        return ask()
    except DomainError as error:
        return [card(errors.sentence(error))]


class Thing(Protocol):
    """A kind of thing that people agree about: how it stands, and how that is shown."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of the thing as it stands. Raises NotFound for whom it is none of."""
        ...

    def show(self, talk: Talk, thing_id: UUID) -> list[OutgoingMessage]:
        """Show the thing as it stands, with what can be done about it now."""
        ...

    def changes(self, talk: Talk, thing_id: UUID, shown: str) -> list[str]:
        """Return in sentences what has changed since it had this mark, empty where nobody knows."""
        ...


CODE_CHARACTERS_MAX = 40


def is_a_code(talk: Talk, said: str) -> bool:
    """Tell whether what is typed behind a command's words can be a code."""
    del talk
    return len(said) <= CODE_CHARACTERS_MAX


class Audience(StrEnum):
    """For whom a command's words work."""

    ANYBODY = "anybody"
    BRAND = "brand"
    CREATOR = "creator"


@dataclass(frozen=True, slots=True)
class Command(Generic[A]):
    """Something to do at once. `words` are what one may type for it; the first is shown in help.

    `takes` reads what its button carries, once, into what `run` wants, or raises ValueError.
    `binds` is the kind of thing it binds somebody to: such a command gets a `Seen`, or is not run. Where
    nothing was named, `finds` says what is meant, or what to say instead.
    `behind` tells whether what is typed behind its words can be what it takes; without it nothing is.
    `opens` says that it does nothing but open a form: a door may show the whole form at once instead.
    """

    name: str
    run: Callable[[Talk, A], Answer]
    words: tuple[str, ...] = ()
    audience: Audience = Audience.ANYBODY
    help: str = ""
    opens: bool = False
    takes: Callable[[str], A] = str  # type: ignore[assignment]  # words, as they came
    binds: Thing | None = None
    finds: Callable[[Talk], UUID | Answer] | None = None
    behind: Callable[[Talk, str], bool] | None = None


AnyCommand = Command[Any]
"""A command, whatever it takes."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A form and what to do when it is filled.

    `load` finds the facts of a form, fresh in every turn: of the thing it is about, or of whoever talks where
    it is about nothing else. `binds` is the kind of thing it binds somebody to.
    `submit` makes one core call; what the core refuses is said, and the form stays as it was, with the
    answer that `repairs` names for this error emptied.
    """

    form: Form
    submit: Callable[[Talk, Slots, str], Answer]
    repairs: Mapping[str, str] = field(default_factory=dict)
    load: Callable[[Talk, Seen], object] | None = None
    binds: Thing | None = None
    over: Callable[[Slots], bool] | None = None


class Aside(StrEnum):
    """How words stand to the open question: not read yet, such as any words would be, or not understood."""

    ASKED = "asked"
    PROSE = "prose"
    MISSED = "missed"


@dataclass(frozen=True)
class Book:
    """Every dialogue and command there is; `bots.dialogues.book` fills it."""

    dialogues: Mapping[str, Dialogue]
    commands: Mapping[str, Command[Any]]
    free_text: Callable[[Talk, str], Answer]
    aside: Callable[[Talk, str, Frame, Aside], Answer]
    """Answers what is asked beside a question of the open form; nothing where that is not sure."""
    unasked: Callable[[Talk, Said, str], Answer]
    """Opens what is due for a link, a file, a price that nobody asked for; nothing where none is. The name of
    the open form, empty where none is, says beside what.
    """
    free_documents: Callable[[Talk, str, Sequence[Document]], Answer]
    document: Callable[[Document], dict[str, Any]]
    """Makes an answer of a document."""
    card: Callable[[Talk, str], OutgoingMessage]
    """Shows a thing as it stands, by its name in `core.messaging.cards`."""

    @property
    def forms(self) -> Mapping[str, Form]:
        """Return the forms of all dialogues."""
        return {name: dialogue.form for name, dialogue in self.dialogues.items()}

    @cached_property
    def beginnings(self) -> list[tuple[str, Command[Any]]]:
        """Return the words behind which more may be typed, in every language we speak, the longest first."""
        found = [
            (typed, command)
            for command in self.commands.values()
            if command.behind is not None
            for word in (command.name, *command.words)
            for typed in typed_words(word)
        ]
        return sorted(found, key=lambda pair: -len(pair[0]))

    @cached_property
    def typed(self) -> dict[str, list[Command[Any]]]:
        """Return the commands of each word that is typed, in every language we speak."""
        found: dict[str, list[Command[Any]]] = {}
        for command in self.commands.values():
            for typed in {typed for word in command.words for typed in typed_words(word)}:
                found.setdefault(typed, []).append(command)
        return found
