"""Our messages as Block Kit. Pure; every limit is kept by construction.

Limits: https://docs.slack.dev/reference/block-kit/blocks (50 blocks a message; section 3,000 characters; 25
elements in a row of actions; button text 75, value 2,000).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bots.conversation.card import BOLD, cut
from bots.phrases.sentences import say, unmarked
from core.messaging.messages import Button, OutgoingMessage, Role

BLOCKS_MAX = 50
SECTION_CHARACTERS_MAX = 3_000
ROW_ELEMENTS_MAX = 25
LABEL_CHARACTERS_MAX = 75
VALUE_CHARACTERS_MAX = 2_000
PLAIN_CHARACTERS_MAX = 4_000
HOME_BLOCKS_MAX = 100
CONFIRM_CHARACTERS_MAX, CONFIRM_LABEL_CHARACTERS_MAX = 100, 30
SIGNS = re.compile(r"[*_~`]|:\w+:")
"""What Slack would draw as something else than it is."""
STYLES = {Role.PRIMARY: "primary", Role.DANGER: "danger"}

ALT_CHARACTERS_MAX = 2_000
NO_PICTURES: Mapping[str, str] = {}

Block = dict[str, Any]


def blocks(message: OutgoingMessage, most: int = BLOCKS_MAX) -> list[Block]:
    """Return a message's blocks: its text in sections, its buttons in rows."""
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
    sections = [{"type": "section", "text": text} for text in _texts(message)]
    return [*sections[: max(most - len(rows), 1)], *rows][:most]


def _texts(message: OutgoingMessage) -> Iterator[Block]:
    """Yield a message's text in parts; what somebody wrote to be published shows each of its signs."""
    rest = message.text
    for words in message.verbatim:
        before, found, after = rest.partition(str(unmarked(words)))
        if not found or not SIGNS.search(words):
            continue
        yield from _marked(before)
        for start in range(0, len(words), SECTION_CHARACTERS_MAX):
            part = words[start : start + SECTION_CHARACTERS_MAX]
            if part.strip():
                yield {"type": "plain_text", "text": part, "emoji": False}
        rest = after
    yield from _marked(rest)


def _marked(text: str) -> Iterator[Block]:
    for part in _sections(marked(text)):
        yield {"type": "mrkdwn", "text": part}


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
            for element in block.get("elements", []):
                element["action_id"] = f"{number}.{element['action_id']}"
        drawn += [{"type": "divider"}, *part] if drawn else part
    return {"type": "home", "blocks": drawn[:HOME_BLOCKS_MAX]}


def marked(text: str) -> str:
    """Return a text with **bold** as mrkdwn, Slack's own signs escaped: nobody can mention or link."""
    return BOLD.sub(r"*\1*", escaped(text))


def escaped(text: str) -> str:
    """Return a text in which nothing is a mention, a link or a command of Slack's."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _sections(text: str) -> Iterator[str]:
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
    ampersand = text.rfind("&", place - 5, place)
    return ampersand if ampersand >= 0 and ";" not in text[ampersand:place] else place


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
