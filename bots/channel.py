"""What every door must be able to do for us."""

from typing import Protocol

from core.messaging.messages import Address, OutgoingMessage

BUTTON_BYTES_MAX = 64  # Telegram's limit on what a button carries; kept on every door


class Channel(Protocol):
    """A door to one chat app. What comes in is parsed beside it, by whoever receives it."""

    name: str

    def send(self, to: Address, message: OutgoingMessage, key: str) -> None:
        """Deliver one message. A repeat under the same key must not be seen by the person.

        Raises:
            ChannelUnavailable: when the app did not answer and the message is to be sent again.
        """
        ...
