"""A form as one sheet: every field at once, for doors that can show that. Pure.

What cannot be asked yet, since it rests on another answer or wants a file, is left out and asked afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bots.conversation import meaning
from bots.conversation.forms import Choice, Field, Form, Kind, NotUnderstood
from bots.conversation.session import Frame
from bots.phrases.languages import spoken
from bots.phrases.sentences import say

Answers = Mapping[str, str | list[str] | None]
"""What was put into a sheet, by field: words, a choice's id, several ids, or nothing."""


@dataclass(frozen=True, slots=True)
class SheetField:
    """One field as it is shown. `choices` are empty where one writes; `picked` are ids of choices."""

    name: str
    title: str
    question: str
    choices: tuple[Choice, ...] = ()
    many: bool = False
    picked: tuple[str, ...] = ()
    optional: bool = False
    suggests: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole form; `token` is what its answers belong to."""

    token: str
    title: str
    submit: str
    fields: tuple[SheetField, ...]
    language: str = ""


def sheet_of(form: Form, frame: Frame, token: str) -> Sheet:
    """Return a form's sheet as it stands."""
    shown = [found for field in form.fields if (found := _shown(field, frame)) is not None]
    title, submit = form.shown_title or say("sheet.title"), form.confirm_label or say("sheet.send")
    return Sheet(token, title, submit, tuple(shown), spoken())


def read(form: Form, frame: Frame, answers: Answers) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of a sheet's answers, and by field what is wrong with the others.

    An empty answer keeps what was answered before; where nothing was, a field that is needed is named.
    """
    values, errors = dict(frame.slots), {}
    for field in form.fields:
        if field.name not in answers or not field.when(values):
            continue
        answer = answers[field.name]
        if not answer:
            if field.name not in values and not (field.optional or field.on_request):
                errors[field.name] = say("hint.text")
            continue
        try:
            values[field.name] = _value(field, answer, values)
        except NotUnderstood as error:
            errors[field.name] = str(error)
    return {name: value for name, value in values.items() if name in answers}, errors


def _shown(field: Field, frame: Frame) -> SheetField | None:
    slots = frame.slots
    try:
        if field.kind is Kind.MEDIA or not field.when(slots):
            return None
        choices = tuple(field.choices(slots))
        question = field.question(slots)
    except KeyError:
        return None
    answered = field.name in slots
    fixed = bool(choices) and not field.free
    value = slots.get(field.name)
    picked = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    ids = {choice.id for choice in choices}
    return SheetField(
        name=field.name,
        title=field.title,
        question=f"{question} {say('sheet.kept')}" if answered and not fixed else question,
        choices=choices if fixed else (),
        many=field.kind is Kind.MANY,
        picked=tuple(str(item) for item in picked if item in ids) if fixed else (),
        optional=answered or field.optional or field.on_request,
        suggests=field.suggest is not None,
    )


def _value(field: Field, answer: str | list[str], slots: Mapping[str, Any]) -> Any:  # noqa: ANN401  (any slot)
    ids = {choice.id for choice in field.choices(slots)}
    if isinstance(answer, str):
        return answer if answer in ids else meaning.read(field, answer, slots)
    if set(answer) <= ids:
        return list(answer)
    return meaning.read(field, ", ".join(answer), slots)
