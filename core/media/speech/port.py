"""What turns speech into words has to do. It is given one voice note and keeps nothing of it.

It talks to another machine, so it refuses to do so inside a transaction and has a deadline.
"""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Sound:
    """A voice note within the bounds: its bytes, and what they are."""

    content: bytes = field(repr=False)
    content_type: str
    ending: str


class Transcriber(Protocol):
    """Turns speech into words."""

    def words(self, sound: Sound) -> str:
        """Return what is said, empty where nothing is. Raises SpeechAway."""
        ...
