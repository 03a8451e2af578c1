"""The door of the browser chat and of the terminal: both read a transcript that we keep ourselves.

A message is a line of the transcript under the key of its promise, so that a repeat is never seen.
"""

from collections.abc import Mapping
from uuid import UUID

from bots.doors.channel import CardGone
from core.accounts import chats
from core.kit.actors import SYSTEM
from core.kit.database import Database
from core.kit.work import Work, begin
from core.messaging import mailbox
from core.messaging.messages import Address, OutgoingMessage
from core.messaging.receipts import Receipt


class MailboxChannel:
    """Delivers by appending to a chat's transcript."""

    def __init__(self, name: str, database: Database) -> None:
        """Serve chats of the channel `name`."""
        self.name = name
        self._database = database

    def send(self, to: Address, message: OutgoingMessage, key: str) -> Receipt | None:
        """Append one message, once for each key; this door needs receipts of living cards alone."""
        with begin(self._database, SYSTEM) as work:
            self.write(work, to, {key: message}, chats.owner_of(work, to.channel, to.chat_id))
        return Receipt(key, to, asks=False) if message.about else None

    def edit(self, to: Address, ref: str, message: OutgoingMessage) -> None:
        """Put a message in the place of the line with its key. Raises CardGone where there is none."""
        with begin(self._database, SYSTEM) as work:
            owner_id = chats.owner_of(work, to.channel, to.chat_id)
            if not mailbox.edit(work, to, ref, message.without_copies.to_json(), owner_id):
                raise CardGone(ref)

    def write(
        self, work: Work, to: Address, messages: Mapping[str, OutgoingMessage], owner_id: UUID | None
    ) -> None:
        """Append messages in a transaction that does more; they are sealed for whose chat it is."""
        lines = {key: message.without_copies.to_json() for key, message in messages.items()}
        mailbox.put(work, to, lines, owner_id, incoming=False)
