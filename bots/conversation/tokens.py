"""What a button carries: at most 64 bytes, readable, and stale as soon as its question is.

f|<rev>|p|<field>|<choice>   a choice of a form
f|<rev>|n|<to>[|<field>]     a navigation in a form
c|<command>|<argument>       a card's command; cards live long, the process decides
"""

import unicodedata
from dataclasses import dataclass

from bots.conversation.events import Nav, Picked, To


@dataclass(frozen=True, slots=True)
class Commanded:
    """A card's button was pressed, or its words were typed."""

    command: str
    argument: str = ""


def pick(rev: int, field: str, choice: str) -> str:
    """Return the token of a choice."""
    return f"f|{rev}|p|{field}|{choice}"


def nav(rev: int, to: To, field: str = "") -> str:
    """Return the token of a navigation."""
    return f"f|{rev}|n|{to}|{field}" if field else f"f|{rev}|n|{to}"


def command(name: str, argument: str = "") -> str:
    """Return the token of a card's command."""
    return f"c|{name}|{argument}"


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
            case ["c", name, argument] if name:
                return Commanded(name, argument)
            case ["f", rev, "p", field, choice]:
                return Picked(int(rev), field, choice)
            case ["f", rev, "n", to, *rest]:
                return Nav(To(to), int(rev), rest[0] if rest else "")
    except ValueError:
        return None
    return None
