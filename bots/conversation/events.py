"""What happens to a talk, and what the engine wants done about it. Words only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bots.conversation.forms import Choice, Field, Form
from bots.conversation.reader import Change


@dataclass(frozen=True, slots=True)
class Start:
    """Open a form with answers that are known already, and a text to read more answers from.

    `about` is the id of what the form is about, `shown` the mark of what was shown of it, `place` the team's
    channel it is opened in. `skipped` are the questions that were shown and left empty.
    """

    form: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    about: str = ""
    shown: str = ""
    place: str = ""
    skipped: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """Words, and files that came with them (as plain data).

    A `command` of the app is no answer. `about` is the thing on the card that they answer, or in whose thread
    they were said, and `version` how the thing stood there. What answers a message of the `past` means
    nothing that came later.
    """

    text: str
    media: tuple[Mapping[str, Any], ...] = ()
    command: bool = False
    about: str = ""
    version: str = ""
    past: bool = False

    def may_mean(self, thing: str) -> bool:
        """Tell whether they can be about a thing, by its id: what answers a card is about what it shows."""
        if self.about:
            return bool(thing) and thing in self.about
        return not self.past


@dataclass(frozen=True, slots=True)
class Picked:
    """A choice's button was pressed."""

    rev: int
    field: str
    choice: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A whole form came back at once, each answer read already; `emptied` were taken out of it."""

    rev: int
    values: Mapping[str, Any]
    emptied: frozenset[str] = frozenset()


class To(StrEnum):
    """Where a navigation leads."""

    BACK = "back"
    CANCEL = "cancel"
    SKIP = "skip"
    DONE = "done"
    CONFIRM = "confirm"
    RESTART = "restart"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Nav:
    """A navigation, typed (without `rev`) or pressed. EDIT names a field, or asks which."""

    to: To
    rev: int | None = None
    field: str = ""


Event = Start | Said | Picked | Filled | Nav


@dataclass(frozen=True, slots=True)
class Ask:
    """Put a question."""

    rev: int
    form: Form
    field: Field
    slots: Mapping[str, Any]
    options: tuple[Choice, ...]
    picked: tuple[Any, ...] = ()
    error: str = ""
    can_go_back: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """Show everything that was answered before it is sent."""

    rev: int
    form: Form
    slots: Mapping[str, Any]
    error: str = ""


@dataclass(frozen=True, slots=True)
class ChooseEdit:
    """Ask which answer to change."""

    rev: int
    form: Form
    slots: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Noted:
    """Say what a sentence changed besides answering, and which of its words said nothing."""

    changes: tuple[Change, ...]
    rest: tuple[str, ...]
    slots: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Missed:
    """A sentence, or files, said nothing to the form; what follows says what would."""

    text: str
    media: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Tell:
    """Say one of the conversation's own sentences."""

    phrase: str


@dataclass(frozen=True, slots=True)
class Complete:
    """Send a filled form. The key is the same for the same review screen, so that nothing is sent twice."""

    form: str
    slots: Mapping[str, Any]
    rev: int
    about: str = ""
    shown: str = ""


Effect = Ask | Review | ChooseEdit | Noted | Missed | Tell | Complete
