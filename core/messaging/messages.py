"""The one shape of a chat message, whatever app it came from or goes to."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

COPIED_CHARACTERS_MAX = 256
"""What a button copies at most, in the app that has such buttons."""


class ChannelName(StrEnum):
    """Doors we speak through."""

    WEB = "web"
    TERMINAL = "terminal"
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    SLACK = "slack"


class Role(StrEnum):
    """What a button is among those of its card: one act that is due, any other, an end, a look."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person can be reached: a door and a chat behind it."""

    channel: str
    chat_id: str


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. `action` comes back when it is pressed; `url` opens a page, `copies` is copied.

    `role` is what it is among its neighbours: an app that has styles shows it. One that binds `at_once` has
    no review: an app that can asks before.
    """

    label: str
    action: str = ""
    url: str = ""
    role: Role = Role.SECONDARY
    copies: str = ""
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message, by its id in the media store."""

    media_id: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """What was read in a file that somebody sent; `problem` is the code of an error where nothing was."""

    file: Attachment
    words: str = ""
    problem: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """What we say. Each channel draws buttons and files in its own way.

    `asks` marks a question of a form: its buttons die with the next turn. Cards live on. `replaces` is what
    the app calls the question whose button led here: it may be redrawn in place. `language` is what its words
    are in: a door that adds words of its own says them in the same.

    `about` names the thing that a card shows (`core.messaging.cards`), `version` how that stood: the card
    is edited as it moves. `points` is what the app calls the card that a short message points to.

    `thread` is what the app calls the message in whose thread it is said. In a team's channel only its reader
    sees it there, unless it is `public`: nothing in it is anybody's. `verbatim` are parts of the text that
    somebody approves or publishes: no sign in them is a mark of the app's.

    `title` is what the text has in bold as its heading, `facts` are parts of it that each answer one thing
    with the words before them in their line ("Price: ₹900"), `table` is what all of it says, in rows, the
    first of heads. An app that has headings, columns and tables shows them as such.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    asks: bool = False
    replaces: str = ""
    language: str = ""
    about: str = ""
    version: str = ""
    points: str = ""
    thread: str = ""
    public: bool = False
    verbatim: tuple[str, ...] = ()
    title: str = ""
    facts: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()

    @property
    def without_copies(self) -> "OutgoingMessage":
        """Return the message without the buttons that copy, for an app in which nothing does."""
        rows = (tuple(button for button in row if not button.copies) for row in self.buttons)
        return replace(self, buttons=tuple(row for row in rows if row))

    def to_json(self) -> dict[str, Any]:
        """Return plain data for the outbox and the mailbox."""
        return asdict(self)

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> "OutgoingMessage":
        """Read plain data back."""
        return cls(
            text=body["text"],
            buttons=tuple(tuple(_button(b) for b in row) for row in body["buttons"]),
            attachments=tuple(Attachment(**a) for a in body["attachments"]),
            asks=body["asks"],
            replaces=body.get("replaces", ""),
            language=body.get("language", ""),
            about=body.get("about", ""),
            version=body.get("version", ""),
            points=body.get("points", ""),
            thread=body.get("thread", ""),
            public=body.get("public", False),
            verbatim=tuple(body.get("verbatim", ())),
            title=body.get("title", ""),
            facts=tuple(body.get("facts", ())),
            table=tuple(tuple(row) for row in body.get("table", ())),
        )


def _button(body: dict[str, Any]) -> Button:
    return Button(**{**body, "role": Role(body.get("role", Role.SECONDARY))})


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file that still lies with the chat app. `size` is in bytes, 0 where the app does not say.

    One that is `spoken` is a voice note, so many `seconds` long, 0 where the app does not say.
    """

    ref: str
    name: str
    size: int = 0
    spoken: bool = False
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """What somebody did: said words, pressed a button, sent files. `event_id` marks a redelivery.

    `message_ref` is what the app calls the message whose button was pressed, `press_ref` the press itself.
    `files` are fetched into `attachments` before the turn; what could not be is in `problems`, as the code of
    an error. `documents` are those of the attachments that were read. Parts of one album share a `group`.
    `answers` are those of a whole form whose token was `pressed`. `place` is the team's channel it was said
    in, empty in private. `language` and `timezone` are what the app says of its person, empty where it says
    nothing. `also` are other names of this very account, `telephone` its number, which can pass to somebody
    else. `own_ref` is what the app calls this message, `reply_to` the one it answers; `edited` says that it
    is another wording of `own_ref`. A `command` of the app is never an answer. `unheard` is what it was where
    we can't take that, `location` where a place is, in degrees (north, east). `thread` is what the app calls
    the message in whose thread it was said: it is answered there. `about` is the thing that thread is about.
    `heard` is what was heard in a voice note.
    """

    channel: str
    user_id: str
    chat_id: str
    event_id: str
    name: str = ""
    text: str = ""
    pressed: str = ""
    attachments: tuple[Attachment, ...] = ()
    documents: tuple[Document, ...] = ()
    message_ref: str = ""
    press_ref: str = ""
    language: str = ""
    timezone: str = ""
    files: tuple[RemoteFile, ...] = ()
    group: str = ""
    problems: tuple[str, ...] = ()
    answers: dict[str, Any] | None = None
    place: str = ""
    also: tuple[str, ...] = ()
    telephone: str = ""
    own_ref: str = ""
    reply_to: str = ""
    edited: bool = False
    command: bool = False
    unheard: str = ""
    location: tuple[float, float] | None = None
    thread: str = ""
    about: str = ""
    heard: str = ""

    @property
    def chat(self) -> Address:
        """Return where it was said."""
        return Address(self.channel, self.chat_id)

    def to_json(self) -> dict[str, Any]:
        """Return plain data for the arrivals."""
        return asdict(self)

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> "IncomingMessage":
        """Read plain data back; a field that a later deploy added gets its default."""
        return cls(
            **{
                **body,
                "attachments": tuple(Attachment(**a) for a in body.get("attachments", ())),
                "documents": tuple(
                    Document(**{**d, "file": Attachment(**d["file"])}) for d in body.get("documents", ())
                ),
                "files": tuple(RemoteFile(**f) for f in body.get("files", ())),
                "problems": tuple(body.get("problems", ())),
                "also": tuple(body.get("also", ())),
                "location": tuple(body["location"]) if body.get("location") else None,
            }
        )


@dataclass(frozen=True, slots=True)
class Promise:
    """An order in the outbox, as the one who keeps it sees it. `owner_id` is with whose key it is sealed."""

    id: UUID
    kind: str
    aggregate: str
    payload: dict[str, Any]
    epoch: int
    attempts: int
    lease: UUID
    owner_id: UUID | None = None
    failed_before: bool = False

    @property
    def tried(self) -> bool:
        """Tell whether somebody has tried before, so that something may have come of it."""
        return self.failed_before or self.attempts > 1

    @property
    def idempotency_key(self) -> str:
        """Return the key under which an outside party is asked: a new one only after a sure refusal."""
        return f"{self.id}:{self.epoch}"
