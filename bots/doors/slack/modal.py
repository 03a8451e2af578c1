"""A whole form as one modal, and what was put into it. Pure; every limit is kept by construction.

Limits: https://docs.slack.dev/reference/views (title, submit and close 24 characters; 100 blocks;
private_metadata 3,000) and the block elements' pages (label 2,000; option 75; options 100).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bots.conversation.card import cut
from bots.conversation.forms import Choice, Entry
from bots.conversation.sheets import Answers, Sheet, SheetField
from bots.doors.slack.render import fitting, marked, mrkdwn

CALLBACK = "sheet"
SUGGEST = "suggest"
TITLE_CHARACTERS_MAX, LABEL_CHARACTERS_MAX, HINT_CHARACTERS_MAX = 24, 2_000, 2_000
OPTION_CHARACTERS_MAX, OPTIONS_MAX, BLOCKS_MAX = 75, 100, 100
TEXT_CHARACTERS_MAX = 3_000

Json = dict[str, Any]


def view(sheet: Sheet) -> Json:
    """Return a sheet as a modal."""
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": sheet.token,
        "title": _plain(sheet.title, TITLE_CHARACTERS_MAX),
        "submit": _plain(sheet.submit, TITLE_CHARACTERS_MAX),
        "close": _plain(sheet.way_out.strip("✕‹ "), TITLE_CHARACTERS_MAX),
        "blocks": [*above(sheet.shown), *map(_input, sheet.fields)][:BLOCKS_MAX],
    }


def above(text: str) -> list[Json]:
    """Return what is said above the fields."""
    words = mrkdwn(fitting(marked(text), TEXT_CHARACTERS_MAX))
    return [{"type": "section", "text": words}] if text else []


def answers(state: Mapping[str, Any]) -> Answers:
    """Return what was put into a modal, from its view's state."""
    found: dict[str, str | list[str] | None] = {}
    for name, elements in state.get("values", {}).items():
        for element in elements.values():
            chosen, several = element.get("selected_option"), element.get("selected_options")
            if "selected_date" in element:
                found[name] = element["selected_date"]
            elif several is not None:
                found[name] = [option["value"] for option in several]
            elif "selected_option" in element:
                found[name] = chosen["value"] if chosen else None
            else:
                found[name] = element.get("value")
    return found


def options(choices: Sequence[Choice]) -> list[Json]:
    """Return choices as options."""
    return [
        {"text": _plain(choice.label, OPTION_CHARACTERS_MAX), "value": choice.id}
        for choice in choices[:OPTIONS_MAX]
    ]


def _input(field: SheetField) -> Json:
    return {
        "type": "input",
        "block_id": field.name,
        "label": _plain(field.title, LABEL_CHARACTERS_MAX),
        "hint": _plain(field.question.replace("**", ""), HINT_CHARACTERS_MAX),
        "optional": field.optional,
        "element": _element(field),
    }


def _element(field: SheetField) -> Json:
    if field.suggests:
        picked = options([Choice(name, name) for name in field.picked])
        chosen: Json = {"initial_options": picked} if picked else {}
        return {"type": "multi_external_select", "action_id": SUGGEST, "min_query_length": 2} | chosen
    if not field.choices:
        return _written(field)
    drawn = options(field.choices)
    ticked = [option for option in drawn if option["value"] in field.picked]
    kind = "multi_static_select" if field.many else "static_select"
    element: Json = {"type": kind, "action_id": "choice", "options": drawn}
    if ticked:
        element |= {"initial_options": ticked} if field.many else {"initial_option": ticked[0]}
    return element


def _written(field: SheetField) -> Json:
    """Return where an answer is written: a number, a day, or words, with what stands there already."""
    match field.entry:
        case Entry.NUMBER:
            drawn: Json = {"type": "number_input", "is_decimal_allowed": field.decimals > 0}
            value = {"initial_value": field.value}
        case Entry.DAY:
            drawn, value = {"type": "datepicker"}, {"initial_date": field.value}
        case Entry.WORDS:
            drawn = {"type": "plain_text_input", "multiline": True, "max_length": TEXT_CHARACTERS_MAX}
            value = {"initial_value": cut(field.value, TEXT_CHARACTERS_MAX)}
    return {"action_id": "text", **drawn, **(value if field.value else {})}


def _plain(text: str, limit: int) -> Json:
    return {"type": "plain_text", "text": cut(text, limit) or "…"}
