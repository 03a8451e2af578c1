"""What a talk asks: forms of fields. Data only; `bots.conversation.engine` fills them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from bots.phrases.amounts import listed, money
from bots.phrases.languages import translated
from bots.phrases.sentences import say
from core.kit.money import Currency, Money

Slots = Mapping[str, Any]
"""Answers by field name, as plain JSON; and under `KNOWN` what is known besides, typed and never stored."""
KNOWN = "_known"
F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Known:
    """What a form knows besides its answers.

    `facts` are what its dialogue loads, fresh in every turn; `text` is what somebody wrote that the form was
    opened with, `place` the team's channel it was opened in.
    """

    today: date
    facts: object = None
    text: str = ""
    place: str = ""


def known(slots: Slots) -> Known:
    """Return what a form knows besides its answers. Raises KeyError outside a conversation."""
    found: Known = slots[KNOWN]
    return found


def facts(kind: type[F], slots: Slots) -> F:
    """Return a form's facts. Raises KeyError outside a conversation, TypeError for another form's."""
    found = known(slots).facts
    if not isinstance(found, kind):
        raise TypeError(f"a form wants {kind.__name__} and has {type(found).__name__}")
    return found


def answered(slots: Slots) -> dict[str, Any]:
    """Return the answers alone."""
    return {name: value for name, value in slots.items() if name != KNOWN}


class Kind(StrEnum):
    """How a field is answered."""

    CHOICE = "choice"
    MANY = "many"
    TEXT = "text"
    MEDIA = "media"


class Entry(StrEnum):
    """What a door may offer to write an answer with, where it has more than words."""

    WORDS = "words"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Choice:
    """One button. `id` is at most 32 bytes, so that it fits every door."""

    id: str
    label: str


class NotUnderstood(Exception):
    """An answer does not fit its field; the message says what would."""


Parse = Callable[[str, Slots], Any]
Choices = Callable[[Slots], Sequence[Choice]]


def nothing(_: Slots) -> Sequence[Choice]:
    """Offer no choices."""
    return ()


def always(_: Slots) -> bool:
    """Apply whatever was answered before."""
    return True


def never(_: Slots) -> bool:
    """Apply in no case."""
    return False


def plain(value: Any) -> str:  # noqa: ANN401  (any slot)
    """Show a value as it is."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def fixed(*pairs: tuple[str, str]) -> Choices:
    """Return choices that are always the same, from (id, English label) pairs."""
    return lambda _: tuple(Choice(name, translated(label)) for name, label in pairs)


@dataclass(frozen=True, slots=True)
class Field:
    """One question. Its words are English ones of ours, translated when they are shown.

    `prompt` may use earlier answers: it is a function of the slots, or a plain text.
    """

    name: str
    kind: Kind
    prompt: str | Callable[[Slots], str]
    label: str = ""
    choices: Choices = nothing
    parse: Parse | None = None
    when: Callable[[Slots], bool] = always
    optional: bool = False
    on_request: bool = False  # asked only when the person wants to change it
    needed: Callable[[Slots], bool] = never  # asked all the same where this holds, and not left out
    show: Callable[[Any], str] = plain
    free: bool = False  # other answers fit too than the choices
    suggest: Callable[[str], Sequence[Choice]] | None = None  # what a beginning of the answer may go on as
    characters_max: int = 2_000  # a longer text is asked again, never cut
    amount: Callable[[Slots], Currency] | None = None  # the answer is minor units in this currency
    near: Callable[[str, str], Any] | None = None  # makes an answer of (a city, its country)
    entry: Entry = Entry.WORDS
    yes: bool = False  # the one word yes is an answer in itself: a message to somebody
    repeats: bool = False  # it is answered by the very words that opened the form
    otherwise: str = ""  # the field that keeps an answer which is none of the choices

    def question(self, slots: Slots) -> str:
        """Return the words of the question."""
        return self.prompt(slots) if callable(self.prompt) else translated(self.prompt)

    def may_be_left_out(self, slots: Slots) -> bool:
        """Tell whether the form is complete without an answer."""
        return self.optional or (self.on_request and not self.needed(slots))

    @property
    def title(self) -> str:
        """Return the label in the language spoken now."""
        return translated(self.label or self.name)

    @property
    def prose(self) -> bool:
        """Tell whether any words are an answer as they are."""
        return self.kind is Kind.TEXT and self.parse is None

    def shown(self, value: Any, slots: Slots) -> str:  # noqa: ANN401  (any slot)
        """Return an answer as people read it."""
        if self.amount is not None and str(value).isdigit() and int(value):
            return money(Money(int(value), self.amount(slots)))
        labels = {choice.id: choice.label for choice in self.choices(slots)}
        if isinstance(value, list) and set(map(str, value)) <= set(labels):
            return listed(labels[item] for item in value)
        return labels.get(value, "") if isinstance(value, str) and value in labels else self.show(value)


@dataclass(frozen=True, slots=True)
class Form:
    """A talk with one purpose: its fields in order, and what is shown before it is sent.

    `extract` reads several answers from one free text. `confirm` is the label of the last button; a
    form without one is sent as soon as its last field is filled. `documents` names the field that takes
    documents, which are read as `extract` reads words. `sheet` says what stands above the fields where all of
    them are shown at once: with it people see what they bind themselves to, and sending is one act.
    `confirms` is the wish that is a yes to the review: word for word, where the form binds somebody. What
    `ends` something is left by a button that says so: nobody takes "cancel" of it for "cancel" of the thing.
    """

    name: str
    fields: tuple[Field, ...]
    summary: Callable[[Slots], str] = lambda _: ""
    confirm: str = ""
    version: int = 1
    extract: Callable[[str, Slots], dict[str, Any]] = field(default=lambda _text, _slots: {})
    documents: str = ""
    title: str = ""
    sheet: Callable[[Slots], str] | None = None
    confirms: str = ""
    ends: bool = False

    @property
    def shown_title(self) -> str:
        """Return what the form is about, in the language spoken now."""
        return translated(self.title)

    @property
    def confirm_label(self) -> str:
        """Return the last button's label in the language spoken now."""
        return translated(self.confirm)

    @property
    def way_out(self) -> str:
        """Return the label of the button that leaves the form, in the language spoken now."""
        return say("form.leave_it" if self.ends else "form.cancel")

    def field_named(self, name: str) -> Field | None:
        """Return a field, or None where a deploy removed it."""
        return next((f for f in self.fields if f.name == name), None)
