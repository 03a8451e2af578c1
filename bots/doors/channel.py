"""What every door must be able to do for us, and how it says that it could not."""

from collections.abc import Iterable, Mapping
from typing import Protocol, runtime_checkable
from uuid import UUID

from bots.conversation.dialogue import AnyCommand
from core.kit.work import Work
from core.messaging.messages import Address, IncomingMessage, OutgoingMessage, RemoteFile
from core.messaging.receipts import Receipt
from core.messaging.states import NewsKind

BUTTON_BYTES_MAX = 64  # Telegram's limit on what a button carries; kept on every door


class ChannelUnavailable(Exception):
    """The app did not answer, or asked us to slow down: the same message is to be sent again."""

    def __init__(self, reason: str, retry_after_seconds: float = 0.0) -> None:
        """Say why, and how long the app wants us to wait (0: it did not say)."""
        super().__init__(reason)
        self.retry_after_seconds = retry_after_seconds


class ChannelRefused(Exception):
    """The app will never take this message."""


class PersonUnreachable(ChannelRefused):
    """The app will take no message for this person: blocked, left, or gone."""


class CardGone(ChannelRefused):
    """The message that was to be edited is not there any more, or too old to be edited."""


class PersonMustWrite(ChannelRefused):
    """The app takes nothing but an announcement until the person has written again."""


class Channel(Protocol):
    """A door to one chat app. What comes in is parsed beside it, by whoever receives it."""

    name: str

    def send(self, to: Address, message: OutgoingMessage, key: str) -> Receipt | None:
        """Deliver one message and return what the app calls it, None where it has no name for it.

        Whoever calls keeps the receipt, and does not send again what has one.

        Raises:
            ChannelUnavailable: when the message is to be sent again.
            PersonUnreachable: when the person cannot be reached there any more.
            PersonMustWrite: when it must be kept until the person has written.
            ChannelRefused: when the app will never take this message.
        """
        ...


@runtime_checkable
class AppChannel(Channel, Protocol):
    """A door to an app that is not ours: it holds files, shows us busy, and wants presses answered."""

    def fetch(self, file: RemoteFile, limit_bytes: int) -> bytes:
        """Return a file that somebody sent, at most `limit_bytes` and one byte of it.

        Raises:
            ChannelUnavailable: when the app did not answer.
            ChannelRefused: when the app will not give it.
        """
        ...

    def acknowledge(self, incoming: IncomingMessage) -> None:
        """Show at once that a press or a message has come in. Best effort: never raises."""
        ...

    def busy(self, chat: Address) -> None:
        """Show that an answer is being worked on. Best effort: never raises."""
        ...

    def close(self) -> None:
        """End our connections to the app."""
        ...


@runtime_checkable
class Edits(Channel, Protocol):
    """A door whose messages can be edited once they stand."""

    def edit(self, to: Address, ref: str, message: OutgoingMessage) -> None:
        """Put words and buttons in the place of a message's own; the files that came with it stay.

        Raises:
            CardGone: when it cannot be edited any more.
            ChannelUnavailable, PersonUnreachable, ChannelRefused: as `send`.
        """
        ...


@runtime_checkable
class ShowsMenu(Protocol):
    """An app that shows a menu of commands in each chat."""

    def show_menu(self, chat_id: str, commands: Iterable[AnyCommand], sides: str) -> None:
        """Show the commands of these sides ("b" a brand, "c" a creator) in one chat, in the language spoken.

        Raises:
            ChannelUnavailable, ChannelRefused: as `send`.
        """
        ...


@runtime_checkable
class Transcribes(Protocol):
    """A door of our own: what is sent through it is a line that we keep ourselves."""

    def write(
        self, work: Work, to: Address, messages: Mapping[str, OutgoingMessage], owner_id: UUID | None
    ) -> None:
        """Append messages to a person, each once by its key."""
        ...


@runtime_checkable
class Announces(Protocol):
    """An app in which news may have to wait for its person, and can be announced."""

    def announce(self, to: Address, name: str, kind: NewsKind, about: str) -> None:
        """Say to `name`, in the language spoken, that news waits; `about` is one line of it.

        Raises:
            ChannelUnavailable, PersonUnreachable, ChannelRefused: as `send`.
        """
        ...
