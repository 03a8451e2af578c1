"""What somebody wants who writes freely: one intent a message, with its arguments.

Pure. The names and what they mean are in docs/understanding.md; how people say each is in `ways/`, one file a
way of writing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

NONE = "none"
"""What is nothing of ours: it is answered kindly and does nothing."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What somebody wants. Where it is not `sure`, `second` names the next nearest, and it is asked."""

    name: str
    args: Mapping[str, object] = field(default_factory=dict)
    sure: bool = True
    second: str = ""


def read(text: str, side: str = "") -> Intent:
    """Return what `text` wants; `side` is what its writer is: "b" a brand, "c" a creator, both or nothing yet."""
    del text, side
    return Intent(NONE, sure=False)
