"""A form as one sheet: every field at once, for doors that can show that. Pure.

What cannot be asked yet, since it rests on another answer or wants a file, is left out and asked afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from bots.conversation import meaning
from bots.conversation.events import Start
from bots.conversation.forms import Choice, Entry, Field, Form, Kind, NotUnderstood, Slots
from bots.conversation.session import Frame
from bots.phrases.languages import spoken
from bots.phrases.sentences import say
from core.kit.money import Currency, Money

NUMBER_BELOW = 10**12

Answers = Mapping[str, str | list[str] | None]
"""What was put into a sheet, by field: words, a choice's id, several ids, or nothing."""


@dataclass(frozen=True, slots=True)
class SheetField:
    """One field as it is shown. `choices` are empty where one writes; `picked` are ids of choices.

    `value` is what stands in it already, `decimals` how many a number may have.
    """

    name: str
    title: str
    question: str
    choices: tuple[Choice, ...] = ()
    many: bool = False
    picked: tuple[str, ...] = ()
    optional: bool = False
    suggests: bool = False
    entry: Entry = Entry.WORDS
    value: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole form; `token` is what its answers belong to, `shown` what is said above its fields.

    `way_out` is the label of the button that leaves it.
    """

    token: str
    title: str
    submit: str
    fields: tuple[SheetField, ...]
    language: str = ""
    shown: str = ""
    way_out: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What a sheet's answers are: values, what was left empty or emptied, and by field what is wrong."""

    values: Mapping[str, Any]
    emptied: frozenset[str]
    errors: Mapping[str, str]


def sheet_of(form: Form, frame: Frame, token: str) -> Sheet:
    """Return a form's sheet as it stands."""
    shown = [found for field in form.fields if (found := _shown(field, frame.slots)) is not None]
    title, submit = form.shown_title or say("sheet.title"), form.confirm_label or say("sheet.send")
    return Sheet(token, title, submit, tuple(shown), spoken(), _above(form, frame.slots), form.way_out)


def read(form: Form, frame: Frame, answers: Answers) -> Given:
    """Return what a sheet's answers say.

    What stood in it and was emptied is left out, where it can be; what could not be shown there keeps its
    answer. Where nothing was answered, a field that is needed is named.
    """
    values, emptied, errors = dict(frame.slots), set[str](), dict[str, str]()
    for field in form.fields:
        if field.name not in answers or not field.when(values):
            continue
        answer, may_go = answers[field.name], field.may_be_left_out(values)
        if not answer:
            if may_go and (field.name not in values or stands(field, frame.slots)):
                emptied.add(field.name)
            elif field.name not in values:
                errors[field.name] = say("hint.text")
            continue
        try:
            values[field.name] = _value(field, answer, values)
        except NotUnderstood as error:
            errors[field.name] = str(error)
    kept = {name: value for name, value in values.items() if name in answers and name not in emptied}
    return Given(kept, frozenset(emptied), errors)


def sent(frame: Frame, given: Given) -> Start:
    """Return what opens a form with a sheet's answers, where it is not open yet."""
    slots = {**frame.slots, **given.values}
    return Start(
        frame.form,
        slots,
        about=frame.about,
        shown=frame.shown,
        place=frame.place,
        skipped=given.emptied,
    )


def _above(form: Form, slots: Slots) -> str:
    try:
        return form.sheet(slots) if form.sheet else ""
    except KeyError:
        return ""  # as for a field: outside a conversation nothing is known of the thing


def stands(field: Field, slots: Slots) -> bool:
    """Tell whether a field's answer is shown in a sheet, so that it can be emptied there."""
    shown = _shown(field, slots)
    return shown is not None and bool(shown.value or shown.picked)


def _shown(field: Field, slots: Slots) -> SheetField | None:
    try:
        if field.kind is Kind.MEDIA or not field.when(slots):
            return None
        choices = tuple(field.choices(slots))
        question = field.question(slots)
    except KeyError:
        return None
    answered, value = field.name in slots, slots.get(field.name)
    fixed, currency = bool(choices) and not field.free, _currency(field, slots)
    entry = Entry.NUMBER if currency and not fixed else field.entry
    text = "" if fixed or field.suggest else _written(field, value, entry, slots) if answered else ""
    given = value if isinstance(value, list) else [value]
    ids = [choice.id for choice in choices] if fixed else given if field.suggest else []
    return SheetField(
        name=field.name,
        title=f"{field.title} ({currency})" if currency else field.title,
        question=question if fixed or text or not answered else f"{question} {say('sheet.kept')}",
        choices=choices if fixed else (),
        many=field.kind is Kind.MANY,
        picked=tuple(str(item) for item in given if item and item in ids),
        optional=field.may_be_left_out(slots) or (answered and not text),
        suggests=field.suggest is not None,
        entry=entry,
        value=text,
        decimals=currency.decimal_places if currency else 0,
    )


def _currency(field: Field, slots: Slots) -> Currency | None:
    try:
        return field.amount(slots) if field.amount else None
    except KeyError:
        return None


def _written(field: Field, value: Any, entry: Entry, slots: Slots) -> str:  # noqa: ANN401  (any slot)
    """Return an answer as one would write it, empty where that would be read as something else."""
    currency = _currency(field, slots)
    if currency is not None:
        major = Money(value, currency).major
        return str(int(major)) if major == int(major) else str(major)
    text = str(value) if entry is not Entry.WORDS or isinstance(value, str) else field.shown(value, slots)
    try:
        again = _value(field, text, slots)
        return text if field.shown(again, slots) == field.shown(value, slots) else ""
    except NotUnderstood:
        return ""


def _value(field: Field, answer: str | list[str], slots: Slots) -> Any:  # noqa: ANN401  (any slot)
    ids = {choice.id for choice in field.choices(slots)}
    if isinstance(answer, list):
        return list(answer) if set(answer) <= ids else meaning.read(field, ", ".join(answer), slots)
    currency = _currency(field, slots)
    if answer in ids and not currency:
        return answer
    number = _number(answer) if currency else None
    if currency and number:
        return Money.of(str(number), currency).minor
    return meaning.read(field, answer, slots)


def _number(answer: str) -> Decimal | None:
    """Return what a field for numbers holds: digits with a point, whatever language is spoken."""
    try:
        found = Decimal(answer)
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 < found < NUMBER_BELOW else None
