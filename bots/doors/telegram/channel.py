"""The door to Telegram: what is said goes out once, in its time, over the question it answers.

Telegram takes no idempotency key. A message is known as sent by its receipt, written right after Telegram's
answer; a process that dies between the two sends that one message again when it is tried anew. The person
then sees it twice, and both copies work: a button says what it is for, and is stale in both once it was used.
"""

from collections.abc import Iterable
from dataclasses import replace

import structlog
from telegram import BotCommandScopeChat

from bots.conversation.dialogue import AnyCommand
from bots.doors.attached import opened
from bots.doors.channel import CardGone, ChannelRefused, ChannelUnavailable
from bots.doors.pacing import Bucket, Pace, wait_in_line
from bots.doors.telegram import menu, render
from bots.doors.telegram.api import BotApi, Upload, ref_of
from bots.doors.telegram.render import Call
from core.kit.actors import SYSTEM
from core.kit.database import Database
from core.kit.work import begin, require_outside
from core.media.files import Files
from core.messaging import receipts
from core.messaging.messages import (
    Address,
    Attachment,
    ChannelName,
    IncomingMessage,
    OutgoingMessage,
    RemoteFile,
)
from core.messaging.receipts import Receipt

ACCOUNT = "telegram"
PER_SECOND, PER_SECOND_BURST = 28.0, 28  # Telegram allows about 30 a second over all chats
PER_CHAT_SECOND, PER_CHAT_BURST = 1.0, 4  # and about one a second in a chat; a short burst is let through
DOWNLOAD_BYTES_MAX = 20_000_000  # a bot may fetch no larger file
UNCHANGED = "message is not modified"
NO_TEXT = "there is no text in the message to edit"
NOT_THERE = ("message to edit not found", "message can't be edited", "message_id_invalid")
log = structlog.get_logger(__name__)


class TelegramChannel:
    """Speaks and listens through one bot."""

    name: str = ChannelName.TELEGRAM

    def __init__(self, api: BotApi, database: Database, files: Files, pace: Pace | None) -> None:
        """Speak through `api`, with files of `files`, as fast as `pace` allows."""
        self.api = api
        self._database, self._files, self._pace = database, files, pace
        self._user_name = ""

    def send(self, to: Address, message: OutgoingMessage, key: str) -> Receipt:
        """Send one message; take the buttons off the question before it.

        Raises:
            ChannelUnavailable, PersonUnreachable, ChannelRefused: as `bots.doors.channel.Channel` says.
        """
        require_outside()
        del key
        before = message.replaces if message.replaces and not message.asks else ""
        if message.asks:
            with begin(self._database, SYSTEM) as work:
                before = receipts.open_question(work, to)
        ref = self._show(to, message)
        if before and before not in {ref, message.replaces if message.asks else ""}:
            self._take_buttons(to, before)
        return Receipt(ref, to, message.asks and bool(message.buttons))

    def edit(self, to: Address, ref: str, message: OutgoingMessage) -> None:
        """Put words and buttons in the place of a message's own; a picture's words are its caption.

        Raises:
            CardGone: when it cannot be edited any more.
            ChannelUnavailable, PersonUnreachable, ChannelRefused: as `send`.
        """
        require_outside()
        self._wait(to)
        try:
            try:
                self._make(render.edit(to.chat_id, ref, message))
            except ChannelRefused as error:
                if NO_TEXT not in str(error).lower():
                    raise
                self._make(render.edit(to.chat_id, ref, message, caption=True))
        except ChannelRefused as error:
            said = str(error).lower()
            if any(text in said for text in NOT_THERE):
                raise CardGone(said) from error
            if UNCHANGED not in said:
                raise

    def acknowledge(self, incoming: IncomingMessage) -> None:
        """Answer a press, so that its button stops turning."""
        if incoming.press_ref:
            self._quietly(Call("answerCallbackQuery", {"callback_query_id": incoming.press_ref}))

    def busy(self, chat: Address) -> None:
        """Show "typing …"."""
        self._quietly(Call("sendChatAction", {"chat_id": chat.chat_id, "action": "typing"}))

    def fetch(self, file: RemoteFile, limit_bytes: int) -> bytes:
        """Return a file that somebody sent. Raises ChannelUnavailable, ChannelRefused."""
        require_outside()
        if file.size > min(limit_bytes, DOWNLOAD_BYTES_MAX):
            raise ChannelRefused("larger than a bot may fetch")
        return self.api.file(file.ref)

    def show_menu(self, chat_id: str, commands: Iterable[AnyCommand], sides: str) -> None:
        """Show the commands of these sides in one chat's menu. Raises ChannelUnavailable, ChannelRefused."""
        require_outside()
        entries = menu.entries(commands, menu.audiences(sides))
        self.api.call("setMyCommands", {"commands": entries, "scope": BotCommandScopeChat(int(chat_id))})

    def user_name(self) -> str:
        """Return the bot's name without @, empty while Telegram does not answer; asked once."""
        if not self._user_name:
            try:
                self._user_name = str(self.api.call("getMe", {}).username or "")
            except (ChannelUnavailable, ChannelRefused) as error:
                log.warning("the bot's name is unknown", reason=str(error))
        return self._user_name

    def close(self) -> None:
        """End our connections."""
        self.api.close()

    def _show(self, to: Address, message: OutgoingMessage) -> str:
        ref = ""
        for call in render.calls(to.chat_id, message):
            self._wait(to)
            try:
                ref = ref_of(self._make(call)) or ref
            except ChannelRefused as error:
                said = str(error).lower()
                if UNCHANGED in said:
                    return message.replaces
                if message.replaces and any(text in said for text in NOT_THERE):
                    return self._show(to, replace(message, replaces=""))
                raise
        return ref or message.replaces

    def _make(self, call: Call) -> object:
        """Make one call; a waiting time that Telegram names holds the chat that it was for."""
        files = [self._upload(file) for _, file in call.media]
        try:
            if call.method == "sendMediaGroup":
                return self.api.send_album(call.parameters["chat_id"], files)
            names = (name for name, _ in call.media)
            return self.api.call(call.method, call.parameters, dict(zip(names, files, strict=True)))
        except ChannelUnavailable as error:
            if error.retry_after_seconds and self._pace is not None:
                self._pace.hold(f"{ACCOUNT}:{call.parameters['chat_id']}", error.retry_after_seconds)
            raise

    def _take_buttons(self, to: Address, ref: str) -> None:
        """Take the buttons off an answered question. Best effort: a stale one changes nothing anyway."""
        self._quietly(render.without_buttons(to.chat_id, ref))
        with begin(self._database, SYSTEM) as work:
            receipts.close_question(work, to, ref)

    def _quietly(self, call: Call) -> None:
        try:
            self.api.call(call.method, call.parameters)
        except (ChannelUnavailable, ChannelRefused) as error:
            log.debug("a courtesy was not shown", method=call.method, reason=str(error))

    def _wait(self, to: Address) -> None:
        """Wait for our turn. Raises ChannelUnavailable when that takes long."""
        chat = Bucket(f"{ACCOUNT}:{to.chat_id}", PER_CHAT_SECOND, PER_CHAT_BURST)
        wait_in_line(self._pace, (Bucket(ACCOUNT, PER_SECOND, PER_SECOND_BURST), chat))

    def _upload(self, file: Attachment) -> Upload:
        found, content = opened(self._files, file.media_id)
        return Upload(file.kind, found.name, content)
