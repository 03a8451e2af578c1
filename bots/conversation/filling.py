"""What rules left open is filled by a language model, where one is configured; rules win wherever they read.

A model is an outside call, and a turn is a transaction: the turn is given up, the model is asked, and the
turn is taken again with what it said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bots.conversation import meaning
from bots.conversation.forms import Field, Form, Kind, NotUnderstood, Slots
from bots.understanding.model import Found, Model, Question

WORDS_MIN = 4
CHOICES_MAX = 60
ASKED_MAX = 2
"""So often a model is asked in one turn."""


class NotAskedYet(Exception):
    """A model is to be asked first: about which text, and with which questions."""

    def __init__(self, text: str, questions: tuple[Question, ...]) -> None:
        """Name what it is to be asked."""
        super().__init__(text)
        self.text, self.questions = text, questions


@dataclass(slots=True)
class Filler:
    """What a model has said in one turn."""

    model: Model | None = None
    said: dict[tuple[str, tuple[Question, ...]], list[Found]] = field(default_factory=dict)

    def ask(self, asked: NotAskedYet) -> None:
        """Ask the model; outside of any transaction."""
        found = self.model.find(asked.text, asked.questions) if self.model else []
        self.said[asked.text, asked.questions] = found

    def values(self, form: Form, slots: Slots, text: str) -> dict[str, Any]:
        """Return the answers that a text has for the questions of a form that are open.

        Raises:
            NotAskedYet: where the model has not said anything of it.
        """
        if self.model is None or len(text.split()) < WORDS_MIN:
            return {}
        read = form.extract(text, slots)
        open_ = [f for f in form.fields if _is_open(f, slots) and f.name not in read]
        questions = tuple(_question(f, slots) for f in open_)
        asked = (text, questions) in self.said
        if not questions or (len(self.said) >= ASKED_MAX and not asked):
            return {}
        if not asked:
            raise NotAskedYet(text, questions)
        return _read({f.name: f for f in open_}, self.said[text, questions], {**slots, **read})


def _is_open(field_: Field, slots: Slots) -> bool:
    return field_.kind is not Kind.MEDIA and field_.name not in slots and field_.when(slots)


def _question(field_: Field, slots: Slots) -> Question:
    try:
        words = field_.question(slots)
    except KeyError:  # it is asked with an answer that is not there yet
        words = field_.label
    choices = tuple(choice.label for choice in field_.choices(slots)[:CHOICES_MAX])
    return Question(field_.name, words, choices)


def _read(fields: Mapping[str, Field], found: Sequence[Found], slots: Slots) -> dict[str, Any]:
    """Read what the model found as the questions themselves read it: numbers are read by rules alone."""
    values: dict[str, Any] = {}
    for name, each in fields.items():
        said = [answer.choice or answer.words for answer in found if answer.question == name]
        try:
            if said:
                values[name] = meaning.read(each, ", ".join(said), {**slots, **values})
        except (NotUnderstood, KeyError):
            continue
    return values
