"""Our messages as Block Kit. Pure; every limit is kept by construction.

A card has its title as a header, what stands beside the title as context, its picture, its facts as fields in
two columns, a comparison as a table, the rest as sections, and its buttons in rows; any other message is
sections and rows. What a button looks like is said by its role.

Limits: https://docs.slack.dev/reference/block-kit/blocks (50 blocks a message; section 3,000 characters, 10
fields of 2,000; header 150; 10 elements of a context; table 100 rows of 20 cells, 10,000 characters; 25
elements in a row of actions; button text 75, value 2,000).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bots.conversation.card import BOLD, cut, drawn
from bots.phrases.sentences import say, unmarked
from core.messaging.messages import Button, OutgoingMessage, Role

BLOCKS_MAX = 50
SECTION_CHARACTERS_MAX = 3_000
FIELDS_MAX, LABEL_OF_FIELD_CHARACTERS_MAX, FIELD_CHARACTERS_MAX = 10, 60, 2_000
HEADER_CHARACTERS_MAX = 150
CONTEXT_ELEMENTS_MAX = 10
TABLE_ROWS_MAX, TABLE_CELLS_MAX, TABLE_CHARACTERS_MAX = 100, 20, 10_000
ROW_ELEMENTS_MAX = 25
LABEL_CHARACTERS_MAX = 75
VALUE_CHARACTERS_MAX = 2_000
PLAIN_CHARACTERS_MAX = 4_000
HOME_BLOCKS_MAX = 100
CONFIRM_CHARACTERS_MAX, CONFIRM_LABEL_CHARACTERS_MAX = 100, 30
SIGNS = re.compile(r"[*_~`]|:\w+:")
"""What Slack would draw as something else than it is."""
CALLS = re.compile(r"@(?=(?:channel|here|everyone)\b)", re.IGNORECASE)
"""What Slack rings a whole channel for."""
STYLES = {Role.PRIMARY: "primary", Role.DANGER: "danger"}
BESIDE = " · "
"""What our cards part a title from what stands beside it with."""

ALT_CHARACTERS_MAX = 2_000
NO_PICTURES: Mapping[str, str] = {}

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture within a card: a file that lies with Slack, by its id there."""

    slack_id: str
    name: str


def blocks(message: OutgoingMessage, most: int = BLOCKS_MAX, picture: Picture | None = None) -> list[Block]:
    """Return a message's blocks: what it shows, then its buttons in rows."""
    buttons = [button for row in message.without_copies.buttons for button in row]
    rows: list[Block] = [
        {
            "type": "actions",
            "elements": [
                _button(b, start + i) for i, b in enumerate(buttons[start : start + ROW_ELEMENTS_MAX])
            ],
        }
        for start in range(0, len(buttons), ROW_ELEMENTS_MAX)
    ]
    shown = _table(message) or [*_shown(message, picture)]
    return [*shown[: max(most - len(rows), 1)], *rows][:most]


def _shown(message: OutgoingMessage, picture: Picture | None) -> Iterator[Block]:
    """Yield what a message shows: words before its heading, the heading, what stands beside it, the rest.

    A card of one line is a line: it says what came of its thing.
    """
    title, rest = f"**{message.title}**" if message.title else "", message.text
    before, found, after = rest.partition(title) if title else ("", "", "")
    line, _, body = after.partition("\n")
    beside = line.split(BESIDE) if line.startswith(BESIDE) else []
    words = BOLD.sub(r"\1", title if beside else f"{title}{line}")
    if found and body.strip() and len(words) <= HEADER_CHARACTERS_MAX:
        before, _, turn = before.rpartition("\n")
        yield from _sections(message, before)
        yield {"type": "header", "text": {"type": "plain_text", "text": words, "emoji": False}}
        yield from _context([*turn.split(BESIDE), *beside])
        rest = body
    if picture is not None:
        alt = cut(message.title or picture.name, ALT_CHARACTERS_MAX)
        yield {"type": "image", "slack_file": {"id": picture.slack_id}, "alt_text": alt}
    yield from _sections(message, rest)


def _context(parts: Sequence[str]) -> Iterator[Block]:
    """Yield what stands beside a title, in small letters."""
    words = [marked(part.strip()) for part in parts if part.strip()]
    if len(words) > CONTEXT_ELEMENTS_MAX:
        words = [BESIDE.join(words)]
    if words:
        shown = [mrkdwn(fitting(part, FIELD_CHARACTERS_MAX)) for part in words]
        yield {"type": "context", "elements": shown}


def _sections(message: OutgoingMessage, text: str) -> Iterator[Block]:
    """Yield a text in sections: what is to be published with each of its signs, facts as fields."""
    for words in message.verbatim:
        before, found, after = text.partition(str(unmarked(words)))
        if not found or not (message.facts or SIGNS.search(words)):
            continue
        yield from _marked(before, message.facts)
        for start in range(0, len(words), SECTION_CHARACTERS_MAX):
            part = words[start : start + SECTION_CHARACTERS_MAX]
            if part.strip():
                yield _section({"type": "plain_text", "text": part, "emoji": False})
        text = after
    yield from _marked(text, message.facts)


def _marked(text: str, facts: Sequence[str]) -> Iterator[Block]:
    """Yield a text of ours in sections; lines that are facts, one below the other, as fields."""
    lines = [(line, _field(line, facts)) for line in text.split("\n")]
    for is_fact, run in groupby(lines, lambda line: bool(line[1])):
        found = list(run)
        if is_fact:
            for start in range(0, len(found), FIELDS_MAX):
                fields = [mrkdwn(field) for _, field in found[start : start + FIELDS_MAX]]
                yield {"type": "section", "fields": fields}
        else:
            for part in _parts(marked("\n".join(line for line, _ in found).strip("\n"))):
                yield _section(mrkdwn(part))


def _field(line: str, facts: Sequence[str]) -> str:
    """Return a line as a field, its label over its fact; empty where it is none."""
    fact = next((fact for fact in facts if fact in line), "")
    label, _, _ = line.partition(fact) if fact else ("", "", "")
    value, name = line[len(label) :], label.strip(" :：")
    field = f"*{marked(name)}*\n{marked(value)}"
    fits = 0 < len(name) <= LABEL_OF_FIELD_CHARACTERS_MAX and len(field) <= FIELD_CHARACTERS_MAX
    return field if fits and not SIGNS.search(name) else ""


def _table(message: OutgoingMessage) -> list[Block]:
    """Return what a message says in rows as a table, nothing where it has none or more than one takes."""
    rows = message.table
    characters = sum(len(cell) for row in rows for cell in row)
    too_much = len(rows) > TABLE_ROWS_MAX or characters > TABLE_CHARACTERS_MAX
    if not rows or too_much or any(len(row) > TABLE_CELLS_MAX for row in rows):
        return []
    cells = [[{"type": "raw_text", "text": cell or "–"} for cell in row] for row in rows]
    return [{"type": "table", "rows": cells, "column_settings": [{"is_wrapped": True}] * len(rows[0])}]


def _section(text: Block) -> Block:
    return {"type": "section", "text": text}


def mrkdwn(text: str) -> Block:
    """Return words in which Slack reads our marks alone: without `verbatim` it looks for names to ring."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def plain(message: OutgoingMessage) -> str:
    """Return what a notification shows; Slack reads mentions in it too, so its signs are escaped."""
    text = escaped(BOLD.sub(r"\1", message.text)).strip() or "…"
    return text if len(text) <= PLAIN_CHARACTERS_MAX else text[: _whole(text, PLAIN_CHARACTERS_MAX)]


def home(messages: Sequence[OutgoingMessage], pictures: Mapping[str, str] = NO_PICTURES) -> dict[str, Any]:
    """Return the App Home of these messages, one below the other; `pictures` are links by a file's id."""
    drawn: list[Block] = []
    for number, message in enumerate(messages):
        images = [
            {
                "type": "image",
                "image_url": pictures[file.media_id],
                "alt_text": file.name[:ALT_CHARACTERS_MAX],
            }
            for file in message.attachments
            if file.media_id in pictures
        ]
        part = [*images, *blocks(message)]
        for block in part:
            for element in block["elements"] if block["type"] == "actions" else ():
                element["action_id"] = f"{number}.{element['action_id']}"
        drawn += [{"type": "divider"}, *part] if drawn else part
    return {"type": "home", "blocks": drawn[:HOME_BLOCKS_MAX]}


def marked(text: str) -> str:
    """Return a text with **bold** as mrkdwn, Slack's own signs escaped: nobody can mention, link or style.

    An address leads where it says, without a label.
    """
    return drawn(text, "*{}*", escaped, lambda address: f"<{escaped(address)}>")


def escaped(text: str) -> str:
    """Return a text in which nothing is a mention, a link or a command of Slack's."""
    return CALLS.sub("@\u2060", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _parts(text: str) -> Iterator[str]:
    """Yield parts within a section's limit, cut between lines where that is possible."""
    while len(text) > SECTION_CHARACTERS_MAX:
        place = text.rfind("\n", 1, SECTION_CHARACTERS_MAX)
        place = place if place > 0 else _whole(text, SECTION_CHARACTERS_MAX)
        if text[:place].strip():
            yield text[:place]
        text = text[place:].lstrip("\n")
    if text.strip():
        yield text


def _whole(text: str, place: int) -> int:
    """Return a place to cut that does not split an escaped sign."""
    address = text.rfind("<", 1, place)
    place = address if address > 0 and ">" not in text[address:place] else place
    ampersand = text.rfind("&", place - 5, place)
    return ampersand if ampersand >= 0 and ";" not in text[ampersand:place] else place


def fitting(text: str, limit: int) -> str:
    """Return marked words of at most `limit` characters; no sign, no address is cut in two."""
    return text if len(text) <= limit else f"{text[: _whole(text, limit - 1)]}…"


def _button(button: Button, number: int) -> Block:
    label = cut(button.label, LABEL_CHARACTERS_MAX)
    drawn: Block = {
        "type": "button",
        "action_id": f"b{number}",
        "text": {"type": "plain_text", "text": label},
    }
    if button.url:
        return drawn | {"url": button.url}
    drawn |= {"value": button.action[:VALUE_CHARACTERS_MAX]}
    if button.role in STYLES:
        drawn["style"] = STYLES[button.role]
    return drawn | ({"confirm": _confirm(label)} if button.at_once else {})


def _confirm(label: str) -> Block:
    """Return what is asked before a press that binds at once."""
    words = {
        "title": cut(label, CONFIRM_CHARACTERS_MAX),
        "text": say("card.at_once"),
        "confirm": cut(label, CONFIRM_LABEL_CHARACTERS_MAX),
        "deny": cut(say("card.not_now"), CONFIRM_LABEL_CHARACTERS_MAX),
    }
    return {name: {"type": "plain_text", "text": text} for name, text in words.items()}
