"""What a button carries: at most 64 bytes, readable, and stale as soon as its question is.

f|<rev>|p|<field>|<choice>   a choice of a form
f|<rev>|n|<to>[|<field>]     a navigation in a form
c|<command>|<argument>       a card's command that only shows something, or opens a question
c|<command>|<argument>|<mark> a card's command that binds somebody, with the mark of what the card shows

Cards live long: a mark that is no more the thing's says that the card is old, and nothing is done.
"""

import unicodedata
from dataclasses import dataclass

from bots.conversation.events import Nav, Picked, To

BYTES_MAX = 64  # Telegram takes no more


@dataclass(frozen=True, slots=True)
class Commanded:
    """A card's button was pressed, or its words were typed; `shown` is the mark of what it showed."""

    command: str
    argument: str = ""
    shown: str = ""


def pick(rev: int, field: str, choice: str) -> str:
    """Return the token of a choice."""
    return f"f|{rev}|p|{field}|{choice}"


def nav(rev: int, to: To, field: str = "") -> str:
    """Return the token of a navigation."""
    return f"f|{rev}|n|{to}|{field}" if field else f"f|{rev}|n|{to}"


def command(name: str, argument: str = "", shown: str = "") -> str:
    """Return the token of a card's command. Raises ValueError for one that no door could carry."""
    token = f"c|{name}|{argument}|{shown}" if shown else f"c|{name}|{argument}"
    if len(token.encode()) > BYTES_MAX:
        raise ValueError(token)
    return token


def command_of(token: str) -> str:
    """Return the command that a card's token runs, empty for any other."""
    found = read(token)
    return found.command if isinstance(found, Commanded) else ""


def is_way(token: str) -> bool:
    """Tell whether a token is a way back, on or out of a form rather than a choice or an answer to change."""
    match token.split("|"):
        case ["f", _, "n", _]:
            return True
    return False


def is_of_form(token: str) -> bool:
    """Tell whether a token belongs to a question rather than to a card."""
    return token.startswith("f|")


def words_of(label: str) -> str:
    """Return a label as people type it: without signs, in small letters."""
    return " ".join(
        "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in label)
        .casefold()
        .split()
    )


def read(token: str) -> Picked | Nav | Commanded | None:
    """Return what a token means, None for anything we never made."""
    parts = token.split("|", 4)
    try:
        match parts:
            case ["c", name, argument, *shown] if name and len(shown) <= 1:
                return Commanded(name, argument, *shown)
            case ["f", rev, "p", field, choice]:
                return Picked(int(rev), field, choice)
            case ["f", rev, "n", to, *rest]:
                return Nav(To(to), int(rev), rest[0] if rest else "")
    except ValueError:
        return None
    return None
