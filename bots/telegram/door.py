"""The one door to Telegram: python-telegram-bot on a loop of its own, called from ordinary threads.

Telegram takes no idempotency key. A message is known as sent by its receipt, written right after Telegram's
answer; a process that dies between the two sends that one message again when it is tried anew. The person
then sees it twice, and both copies work: a button says what it is for, and is stale in both once it was used.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import structlog
from httpx_aiohttp import AiohttpTransport
from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bots.channel import ChannelRefused, ChannelUnavailable, PersonUnreachable
from bots.pacing import Bucket, Pace
from bots.telegram import render
from bots.telegram.render import Call
from core.kit.actors import SYSTEM
from core.kit.database import Database
from core.kit.work import begin, require_outside
from core.media import service as media
from core.media.service import MediaStore
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

READ_SECONDS, CONNECT_SECONDS, WRITE_SECONDS, UPLOAD_SECONDS = 15.0, 5.0, 15.0, 60.0
POOL_CONNECTIONS = 32
PER_SECOND, PER_SECOND_BURST = 28.0, 28  # Telegram allows about 30 a second over all chats
PER_CHAT_SECOND, PER_CHAT_BURST = 1.0, 4  # and about one a second in a chat; a short burst is let through
WAIT_INLINE_SECONDS = 2.0
DOWNLOAD_BYTES_MAX = 20_000_000  # a bot may fetch no larger file
GONE = ("chat not found", "user is deactivated", "bot was blocked", "bot can't initiate")
UNCHANGED = ("message is not modified",)
NOT_THERE = ("message to edit not found", "message can't be edited", "message_id_invalid")
ACCOUNT = "telegram"
METHODS = {
    "answerCallbackQuery": "answer_callback_query",
    "deleteWebhook": "delete_webhook",
    "editMessageReplyMarkup": "edit_message_reply_markup",
    "editMessageText": "edit_message_text",
    "getMe": "get_me",
    "getUpdates": "get_updates",
    "getWebhookInfo": "get_webhook_info",
    "sendChatAction": "send_chat_action",
    "sendDocument": "send_document",
    "sendMediaGroup": "send_media_group",
    "sendMessage": "send_message",
    "sendPhoto": "send_photo",
    "sendVideo": "send_video",
    "setMyCommands": "set_my_commands",
    "setWebhook": "set_webhook",
}
"""The calls we make, by the library's names."""
T = TypeVar("T")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Access:
    """Where the Bot API is and who we are there. The API may be a server of one's own."""

    token: str
    api_url: str = "https://api.telegram.org"


class TelegramChannel:
    """Speaks and listens through one bot."""

    name: str = ChannelName.TELEGRAM

    def __init__(self, access: Access, database: Database, store: MediaStore, pace: Pace | None) -> None:
        """Prepare; the first call is made when first used."""
        self._access, self._database, self._store, self._pace = access, database, store, pace
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bot: Bot | None = None
        self._thread = threading.current_thread()
        self._starting = threading.Lock()
        self._user_name = ""

    # --- speaking

    def send(self, to: Address, message: OutgoingMessage, key: str) -> None:
        """Send one message, unless its receipt shows that it was sent; take old buttons away.

        Raises:
            ChannelUnavailable, PersonUnreachable, ChannelRefused: as `bots.channel.Channel` says.
        """
        require_outside()
        with begin(self._database, SYSTEM) as work:
            if receipts.sent(work, key):
                return
            open_question = receipts.open_question(work, to)
        if message.replaces and not message.asks:
            self._take_buttons(to, message.replaces)
        ref = self._show(to, message)
        with begin(self._database, SYSTEM) as work:
            receipts.note(work, key, Receipt(ref, to, message.asks and bool(message.buttons)))
        if open_question and open_question not in {ref, message.replaces} and message.asks:
            self._take_buttons(to, open_question)

    def _show(self, to: Address, message: OutgoingMessage) -> str:
        ref = ""
        for call in render.calls(to.chat_id, message):
            self._wait(to)
            try:
                found = self._call(call)
            except BadRequest as error:
                said = error.message.lower()
                if any(text in said for text in UNCHANGED):
                    return message.replaces
                if message.replaces and any(text in said for text in NOT_THERE):
                    return self._show(to, replace(message, replaces=""))
                raise _refusal(error) from error
            if isinstance(found, Message):
                ref = str(found.message_id)
        return ref or message.replaces

    def _take_buttons(self, to: Address, ref: str) -> None:
        """Take the buttons off an answered question. Best effort: a stale one changes nothing anyway."""
        try:
            self._call(render.without_buttons(to.chat_id, ref))
        except (BadRequest, ChannelUnavailable, ChannelRefused) as error:
            log.debug("old buttons stay", reason=str(error))
        with begin(self._database, SYSTEM) as work:
            receipts.close_question(work, to, ref)

    def _wait(self, to: Address) -> None:
        """Wait for our turn, in line if it is short. Raises ChannelUnavailable when it is not."""
        if self._pace is None:
            return
        buckets = (
            Bucket(ACCOUNT, PER_SECOND, PER_SECOND_BURST),
            Bucket(f"{ACCOUNT}:{to.chat_id}", PER_CHAT_SECOND, PER_CHAT_BURST),
        )
        waited = 0.0
        while (wait := self._pace.wait(buckets)) > 0:
            if waited + wait > WAIT_INLINE_SECONDS:
                raise ChannelUnavailable("paced", wait)
            threading.Event().wait(wait)
            waited += wait

    # --- listening

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

        async def fetched(bot: Bot) -> bytes:
            remote = await bot.get_file(file.ref)
            return bytes(await remote.download_as_bytearray(read_timeout=UPLOAD_SECONDS))

        try:
            return self._run(fetched)
        except BadRequest as error:
            raise _refusal(error) from error

    def user_name(self) -> str:
        """Return the bot's name without @, empty while Telegram does not answer; asked once."""
        if not self._user_name:
            try:
                found = self._call(Call("getMe", {}))
                self._user_name = str(found.username or "")
            except (TelegramError, ChannelUnavailable, ChannelRefused) as error:
                log.warning("the bot's name is unknown", reason=type(error).__name__)
        return self._user_name

    # --- setting up

    def updates(self, offset: int, seconds: int, kinds: list[str]) -> list[dict[str, Any]]:
        """Wait up to so many seconds for updates from number `offset` on; as plain data.

        Raises:
            ChannelUnavailable, ChannelRefused: as for a message.
        """
        found = self.call("getUpdates", offset=offset, timeout=seconds, allowed_updates=kinds)
        return [one.to_dict() for one in found]

    def call(self, method: str, **parameters: Any) -> Any:  # noqa: ANN401  (the library's object)
        """Make one call of the Bot API.

        Raises:
            ChannelUnavailable, ChannelRefused: as for a message.
        """
        try:
            return self._call(Call(method, parameters))
        except BadRequest as error:
            raise _refusal(error) from error

    def close(self) -> None:
        """End the loop and its connections."""
        with self._starting:
            loop, bot, self._loop, self._bot = self._loop, self._bot, None, None
        if loop is None or bot is None:
            return

        async def shut() -> None:
            await bot.request.shutdown()
            await asyncio.sleep(0.05)  # the connections say goodbye in the loop's next rounds

        asyncio.run_coroutine_threadsafe(shut(), loop).result(READ_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        self._thread.join(READ_SECONDS)
        loop.close()

    def _quietly(self, call: Call) -> None:
        try:
            self._call(call)
        except (TelegramError, ChannelUnavailable, ChannelRefused) as error:
            log.debug("a courtesy was not shown", method=call.method, reason=str(error))

    def _call(self, call: Call) -> Any:  # noqa: ANN401  (the library's object)
        """Make one call. Raises BadRequest for what only the caller can judge, else as a channel does."""
        parameters = {**call.parameters, **self._media(call)}
        if "reply_markup" in parameters:
            parameters["reply_markup"] = InlineKeyboardMarkup.de_json(parameters["reply_markup"])
        if "link_preview_options" in parameters:
            parameters["link_preview_options"] = LinkPreviewOptions(**parameters["link_preview_options"])

        async def called(bot: Bot) -> Any:  # noqa: ANN401  (the library's object)
            method = getattr(bot, METHODS[call.method])
            return await method(**parameters)

        return self._run(called)

    def _media(self, call: Call) -> dict[str, Any]:
        if not call.media:
            return {}
        if call.method == "sendMediaGroup":
            kinds = {"photo": InputMediaPhoto, "video": InputMediaVideo}
            return {"media": [kinds.get(f.kind, InputMediaDocument)(self._input(f)) for _, f in call.media]}
        return {parameter: self._input(file) for parameter, file in call.media}

    def _input(self, file: Attachment) -> InputFile:
        with begin(self._database, SYSTEM) as work:
            found = media.get(work, UUID(file.media_id))
        return InputFile(self._store.path(found.digest).read_bytes(), filename=found.name, attach=True)

    def _run(self, action: Callable[[Bot], Coroutine[Any, Any, T]]) -> T:
        """Run something on the bot's loop and turn its errors into a channel's."""
        loop, bot = self._ready()
        future = asyncio.run_coroutine_threadsafe(action(bot), loop)
        try:
            return future.result(UPLOAD_SECONDS + READ_SECONDS)
        except RetryAfter as error:
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            if self._pace is not None:
                self._pace.hold(ACCOUNT, seconds)
            raise ChannelUnavailable("Telegram asked us to wait", seconds) from error
        except BadRequest:
            raise
        except Forbidden as error:
            raise PersonUnreachable(error.message) from error
        except InvalidToken as error:
            raise ChannelUnavailable("Telegram does not know our token") from error
        except (NetworkError, TimeoutError) as error:
            raise ChannelUnavailable(type(error).__name__) from error
        except TelegramError as error:
            raise _refusal(error) from error

    def _ready(self) -> tuple[asyncio.AbstractEventLoop, Bot]:
        with self._starting:
            if self._loop is None or self._bot is None:
                loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=loop.run_forever, name="telegram", daemon=True)
                self._thread.start()
                self._bot = asyncio.run_coroutine_threadsafe(self._build(), loop).result(CONNECT_SECONDS)
                self._loop = loop
            return self._loop, self._bot

    async def _build(self) -> Bot:
        request = HTTPXRequest(
            POOL_CONNECTIONS,
            READ_SECONDS,
            WRITE_SECONDS,
            CONNECT_SECONDS,
            pool_timeout=READ_SECONDS,
            media_write_timeout=UPLOAD_SECONDS,
            httpx_kwargs={"transport": AiohttpTransport()},
        )
        await request.initialize()
        url = self._access.api_url.rstrip("/")
        return Bot(
            self._access.token,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=request,
            get_updates_request=request,
        )


def _refusal(error: TelegramError) -> ChannelRefused:
    gone = any(text in error.message.lower() for text in GONE)
    return PersonUnreachable(error.message) if gone else ChannelRefused(error.message)
