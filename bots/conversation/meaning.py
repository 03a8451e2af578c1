"""What a typed answer means for a field: a choice, several, a value. Pure."""

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz, process, utils

from bots.conversation.forms import Choice, Field, Form, Kind, NotUnderstood, Slots
from bots.phrases.sentences import say
from bots.understanding import changes

FUZZY_AT_LEAST = 86
FUZZY_AHEAD_BY = 8


def match_choice(text: str, options: Sequence[Choice]) -> str | None:
    """Return the choice a typed answer means: exactly, by its place, or clearly the nearest."""
    typed = utils.default_process(text)
    labels = {option.id: utils.default_process(option.label) for option in options}
    for option, label in labels.items():
        if typed and typed in {label, utils.default_process(option)}:
            return option
    if typed.isdigit() and 1 <= int(typed) <= len(options):
        return options[int(typed) - 1].id
    if len(options) == 1 and changes.affirms(text, options[0].label):
        return options[0].id
    hits = process.extract(typed, labels, scorer=fuzz.WRatio, limit=2) if len(typed) > 1 else []
    ahead = len(hits) == 1 or (len(hits) > 1 and hits[0][1] - hits[1][1] >= FUZZY_AHEAD_BY)
    return str(hits[0][2]) if ahead and hits[0][1] >= FUZZY_AT_LEAST else None


def read(field: Field, text: str, slots: Slots) -> Any:  # noqa: ANN401  (any slot)
    """Return the value a typed answer has for a field.

    Raises:
        NotUnderstood: with a sentence that says what would fit.
    """
    options = field.choices(slots)
    if field.kind is Kind.CHOICE and (found := match_choice(text, options)) is not None:
        return found
    if field.kind is Kind.MANY and options:
        found_all = [match_choice(part, options) for part in _parts(text)]
        if found_all and all(found_all):
            return list(dict.fromkeys(found_all))
    if field.kind is Kind.MEDIA:
        raise NotUnderstood(say("hint.media"))
    if field.prose and not field.yes and changes.is_yes(text):
        raise NotUnderstood(say("hint.text"))  # "shall I say why?" "yes": then it is to be written
    if field.kind is Kind.TEXT and len(text.strip()) > field.characters_max:
        raise NotUnderstood(say("hint.too_long", n=len(text.strip()), most=field.characters_max))
    if field.parse is not None:
        return field.parse(text, slots)
    if field.kind is Kind.TEXT and text.strip():
        return text.strip()
    raise NotUnderstood(say("hint.pick" if options else "hint.text"))


def is_choice(field: Field, text: str, slots: Slots) -> bool:
    """Tell whether a typed answer is one of those that a field offers."""
    try:
        return bool(field.choices(slots)) and read(field, text, slots) is not None
    except NotUnderstood:
        return False


def review_hint(form: Form, slots: Slots, text: str) -> str:
    """Return which hint fits words that change nothing: they are one of the answers already, or no answer."""
    typed = text.casefold().strip(" .!")
    answers = ((f, slots[f.name]) for f in form.fields if f.name in slots)
    known = any(field.shown(value, slots).casefold() == typed for field, value in answers)
    return "already" if known else "use_review"


def _parts(text: str) -> list[str]:
    for separator in (" and ", " & ", " und ", " y ", " e ", " dan ", " aur "):
        text = text.replace(separator, ",")
    return [part.strip() for part in text.split(",") if part.strip()]
