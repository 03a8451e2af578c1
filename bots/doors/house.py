"""What every door needs of the process it stands in, and nothing more."""

from threading import BoundedSemaphore
from typing import Protocol

from bots.conversation.dialogue import Book, Tools
from bots.doors.channel import AppChannel, Channel
from core.kit.database import Database
from core.settings import Settings


class House(Protocol):
    """The parts of a process that doors use; `runtime.parts.Runtime` is one.

    `turns` lets few turns be taken at once: they are the processor's work, and more of them only keep what
    comes in from being accepted (benchmarks/README.md). Sending waits for others, so it is not held back.
    """

    @property
    def settings(self) -> Settings:
        """Return how this installation runs."""
        ...

    @property
    def database(self) -> Database:
        """Return the database."""
        ...

    @property
    def tools(self) -> Tools:
        """Return what talks need."""
        ...

    @property
    def book(self) -> Book:
        """Return every dialogue and command."""
        ...

    @property
    def channels(self) -> dict[str, Channel]:
        """Return the open doors by name."""
        ...

    @property
    def apps(self) -> dict[str, AppChannel]:
        """Return the doors to apps that are not ours, by name."""
        ...

    @property
    def turns(self) -> BoundedSemaphore:
        """Return what keeps too many turns from being taken at once."""
        ...
