"""What the bot's menu button shows: the commands of a side, explained in a language."""

from collections.abc import Iterable

from bots.conversation.dialogue import AnyCommand, Audience
from bots.phrases.languages import translated

ENTRIES_MAX, NAME_CHARACTERS_MAX, DESCRIPTION_CHARACTERS_MAX = 100, 32, 256
SIDES = {"b": Audience.BRAND, "c": Audience.CREATOR}


def audiences(sides: str) -> frozenset[Audience]:
    """Return whose commands somebody sees who is these sides: "b" a brand, "c" a creator."""
    return frozenset({Audience.ANYBODY, *(SIDES[side] for side in sides)})


def entries(commands: Iterable[AnyCommand], shown_to: frozenset[Audience]) -> list[tuple[str, str]]:
    """Return (name, what it does) of the commands with words; Telegram takes small Latin names alone."""
    shown = [c for c in commands if c.words and c.help and c.audience in shown_to]
    named = {
        c.words[0].replace(" ", "_").lower()[:NAME_CHARACTERS_MAX]: translated(c.help)[
            :DESCRIPTION_CHARACTERS_MAX
        ]
        for c in shown
    }
    return list(named.items())[:ENTRIES_MAX]
