"""How messages are put together: text, rows of buttons, files."""

import re
from collections.abc import Sequence

from bots.conversation import tokens
from bots.phrases.languages import spoken
from core.messaging.cards import Living
from core.messaging.messages import Attachment, Button, OutgoingMessage, Role

ROW_CHARACTERS_MAX = 34
ROW_BUTTONS_MAX = 3
TEXT_CHARACTERS_MAX = 3_500
BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
"""How our texts mark what is bold; each door has its own way to show it."""


def card(
    text: str,
    buttons: Sequence[Button] = (),
    attachments: Sequence[Attachment] = (),
    *,
    asks: bool = False,
    living: Living | None = None,
) -> OutgoingMessage:
    """Return a message whose buttons are laid out in rows that fit a phone.

    `living` says of which thing it is a card, and in which version: it is edited as the thing moves.
    """
    return OutgoingMessage(
        cut(text, TEXT_CHARACTERS_MAX),
        rows(buttons),
        tuple(attachments),
        asks,
        language=spoken(),
        about=living.about if living else "",
        version=living.version if living else "",
    )


def press(
    label: str, command: str, argument: object = "", shown: str = "", role: Role = Role.SECONDARY
) -> Button:
    """Return a button that runs a command; one that binds somebody carries the mark of what is `shown`."""
    return Button(label, tokens.command(command, str(argument).replace("-", ""), shown), role=role)


def link(label: str, url: str) -> Button:
    """Return a button that opens a page."""
    return Button(label, url=url)


def rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Return buttons in rows of at most three and 34 characters."""
    out: list[list[Button]] = []
    width = 0
    for button in buttons:
        if not out or len(out[-1]) == ROW_BUTTONS_MAX or width + len(button.label) > ROW_CHARACTERS_MAX:
            out.append([])
            width = 0
        out[-1].append(button)
        width += len(button.label)
    return tuple(tuple(row) for row in out)


def cut(text: str, limit: int) -> str:
    """Return text of at most `limit` characters."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
