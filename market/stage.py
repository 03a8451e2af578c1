"""Where a story can be played: people who say and press things, a clock that can be moved.

The demo plays it over HTTP against running processes; tests play the same story inside one process.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from core.messaging.messages import Button, OutgoingMessage


class NothingToPress(AssertionError):
    """The story looked for a button that nobody was shown."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One line somebody got, with its number in their transcript."""

    seq: int
    message: OutgoingMessage


class Stage(Protocol):
    """A running marketplace and the people on it."""

    def say(self, who: str, text: str) -> None:
        """Let somebody write a message."""
        ...

    def send_file(self, who: str, text: str, name: str, content: bytes) -> None:
        """Let somebody send a file with a message."""
        ...

    def press(self, who: str, button: Button) -> None:
        """Let somebody press a button."""
        ...

    def heard(self, who: str) -> list[Heard]:
        """Return everything somebody was told, oldest first."""
        ...

    def advance(self, by: timedelta) -> None:
        """Move the marketplace's clock."""
        ...

    def settle(self) -> None:
        """Wait until nothing is left to do at this time."""
        ...

    def operator(self, method: str, path: str, body: dict[str, object] | None = None) -> object:
        """Call the admin API."""
        ...

    def network(self, action: str, url: str) -> None:
        """Delete or restore a post on the sandbox network."""
        ...


def find_button(heard: list[Heard], label: str) -> Button:
    """Return the newest button whose label begins with `label`. Raises NothingToPress."""
    for line in reversed(heard):
        for row in line.message.buttons:
            for button in row:
                if button.action and button.label.removeprefix("✓ ").startswith(label):
                    return button
    shown = [b.label for line in heard[-3:] for row in line.message.buttons for b in row]
    raise NothingToPress(f"no button “{label}…” among {shown}")
