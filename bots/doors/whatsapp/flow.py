"""A whole form as a Flow of WhatsApp's, and what was put into it. Pure; every limit is kept by construction.

A Flow is uploaded once and reviewed, while our forms differ in what they ask: so ours is one screen of
places, each of which can be written in, chosen from, ticked, or a day, and a message says what each of them
is. What has no place in it is asked in the chat afterwards. Limits (Flow JSON 7.0, components): 50 of them on
a screen, labels of 20 characters and hints of 80, 200 choices, 20 boxes, titles of 30.
https://developers.facebook.com/docs/whatsapp/flows/reference/components
"""

import json
from collections.abc import Sequence
from typing import Any

from bots.conversation.card import cut
from bots.conversation.forms import Choice, Entry
from bots.conversation.sheets import Answers, Sheet, SheetField
from bots.phrases.sentences import say

Json = dict[str, Any]

VERSION, MESSAGE_VERSION = "7.0", "3"
SCREEN = "FORM"
PLACES = 11
LABEL_CHARACTERS_MAX, HINT_CHARACTERS_MAX, TITLE_CHARACTERS_MAX = 20, 80, 30
WORDS_CHARACTERS_MAX, SHOWN_CHARACTERS_MAX, BUTTON_CHARACTERS_MAX = 600, 4_096, 20
CHOICES_MAX, BOXES_MAX = 200, 20
WAYS = ("words", "choice", "boxes", "day")
"""How a place is answered: each has a component of its own, of which one is seen."""
UNSEEN = [{"id": "-", "title": "–"}]
"""What a list that nobody sees has to choose from: it may not be empty."""
ANSWER_CHARACTERS_MAX = 20_000


def definition() -> Json:
    """Return the Flow as it is uploaded: the places, and of what kind what fills them is."""
    places = [component for place in range(PLACES) for component in _place(place)]
    shown = {"type": "TextBody", "text": "${data.shown}", "visible": "${data.has_shown}"}
    payload = {f"{way}_{n}": f"${{form.{way}_{n}}}" for n in range(PLACES) for way in WAYS}
    payload |= {f"name_{n}": f"${{data.name_{n}}}" for n in range(PLACES)}
    done = {"name": "complete", "payload": payload}
    footer = {"type": "Footer", "label": "${data.submit}", "on-click-action": done}
    layout = {"type": "SingleColumnLayout", "children": [shown, *places, footer]}
    data = {name: _described(value) for name, value in _data(Sheet("", "", "", ())).items()}
    screen = {"id": SCREEN, "title": "…", "terminal": True, "data": data, "layout": layout}
    return {"version": VERSION, "screens": [screen]}


def offer(sheet: Sheet, flow_id: str) -> Json | None:
    """Return the message that offers a sheet, None for one that has no field to show."""
    if not any(_fits(field) for field in sheet.fields):
        return None
    parameters = {
        "flow_message_version": MESSAGE_VERSION,
        "flow_token": sheet.token,
        "flow_id": flow_id,
        "flow_cta": cut(say("whatsapp.flow_button"), BUTTON_CHARACTERS_MAX),
        "flow_action": "navigate",
        "flow_action_payload": {"screen": SCREEN, "data": _data(sheet)},
    }
    drawn = {
        "type": "flow",
        "body": {"text": say("whatsapp.flow_offer")},
        "action": {"name": "flow", "parameters": parameters},
    }
    return {"type": "interactive", "interactive": drawn}


def answered(response: str) -> tuple[str, Answers] | None:
    """Return what was put into a Flow, and what it belongs to; None for one that is not of ours."""
    if len(response) > ANSWER_CHARACTERS_MAX:
        return None
    try:
        body = json.loads(response)
    except ValueError:
        return None
    token = body.get("flow_token") if isinstance(body, dict) else None
    if not isinstance(token, str) or not token:
        return None
    found: dict[str, str | list[str] | None] = {}
    for place in range(PLACES):
        name = body.get(f"name_{place}")
        if isinstance(name, str) and name:
            found[name] = next((value for way in WAYS if (value := _given(body.get(f"{way}_{place}")))), None)
    return token, found


def _given(value: object) -> str | list[str] | None:
    if isinstance(value, list):
        return [str(item) for item in value[:BOXES_MAX]]
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _place(n: int) -> list[Json]:
    """Return one place, in each of its ways."""
    common = {"label": f"${{data.label_{n}}}", "required": f"${{data.required_{n}}}"}
    hint = {"helper-text": f"${{data.hint_{n}}}"}

    def way(name: str, kind: str, more: Json) -> Json:
        seen = {"visible": f"${{data.is_{name}_{n}}}", "init-value": f"${{data.{name}_{n}}}"}
        return {"type": kind, "name": f"{name}_{n}", **common, **seen, **more}

    choices, boxes = f"${{data.choices_{n}}}", f"${{data.all_boxes_{n}}}"
    return [
        way("words", "TextInput", {**hint, "input-type": f"${{data.input_{n}}}"}),
        way("choice", "Dropdown", {"data-source": choices}),
        way("boxes", "CheckboxGroup", {"data-source": boxes, "description": f"${{data.hint_{n}}}"}),
        way("day", "DatePicker", hint),
    ]


def _data(sheet: Sheet) -> Json:
    """Return what fills the places; those that are left over are not seen."""
    shown = sheet.shown.replace("**", "")
    data: Json = {
        "shown": cut(shown, SHOWN_CHARACTERS_MAX) or "…",
        "has_shown": bool(shown),
        "submit": cut(sheet.submit, TITLE_CHARACTERS_MAX) or "…",
    }
    fields = [field for field in sheet.fields if _fits(field)][:PLACES]
    for n in range(PLACES):
        data |= _filled(n, fields[n] if n < len(fields) else None)
    return data


def _filled(n: int, field: SheetField | None) -> Json:
    way = _way(field) if field else ""
    words = field if field and way == "words" else None
    day = field if field and way == "day" else None
    return {
        f"name_{n}": field.name if field else "",
        f"label_{n}": cut(field.title, LABEL_CHARACTERS_MAX) if field else "…",
        f"hint_{n}": cut(field.question.replace("**", ""), HINT_CHARACTERS_MAX) if field else "",
        f"required_{n}": bool(field and not field.optional),
        f"input_{n}": "number" if words and words.entry is Entry.NUMBER else "text",
        **{f"is_{each}_{n}": each == way for each in WAYS},
        f"words_{n}": words.value if words else "",
        f"day_{n}": day.value if day else "",
        f"choice_{n}": next(iter(field.picked), "") if field and way == "choice" else "",
        f"boxes_{n}": list(field.picked) if field and way == "boxes" else [],
        f"choices_{n}": _rows(field.choices) if field and way == "choice" else UNSEEN,
        f"all_boxes_{n}": _rows(field.choices) if field and way == "boxes" else UNSEEN,
    }


def _way(field: SheetField) -> str:
    if field.choices:
        return "boxes" if field.many else "choice"
    return "day" if field.entry is Entry.DAY else "words"


def _fits(field: SheetField) -> bool:
    """Tell whether a place can hold a field as it stands: nothing of it may be lost by being shown."""
    most = BOXES_MAX if field.many else CHOICES_MAX
    return len(field.choices) <= most and len(field.value) <= WORDS_CHARACTERS_MAX and not field.suggests


def _rows(choices: Sequence[Choice]) -> list[Json]:
    return [{"id": choice.id, "title": cut(choice.label, TITLE_CHARACTERS_MAX) or "…"} for choice in choices]


def _described(value: object) -> Json:
    """Return what a place's data is, as a Flow declares it."""
    match value:
        case bool():
            return {"type": "boolean", "__example__": value}
        case str():
            return {"type": "string", "__example__": value}
        case [{"id": _}, *_]:
            row = {"id": {"type": "string"}, "title": {"type": "string"}}
            return {
                "type": "array",
                "items": {"type": "object", "properties": row},
                "__example__": value,
            }
        case _:
            return {"type": "array", "items": {"type": "string"}, "__example__": value}
