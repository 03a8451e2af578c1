"""The Bot API through python-telegram-bot, on a loop of its own, called from ordinary threads."""

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

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
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bots.doors.channel import ChannelRefused, ChannelUnavailable, PersonUnreachable

READ_SECONDS, CONNECT_SECONDS, WRITE_SECONDS, UPLOAD_SECONDS = 15.0, 5.0, 15.0, 60.0
POOL_CONNECTIONS = 32
GOODBYE_SECONDS = 0.05
GONE = ("chat not found", "user is deactivated", "bot was blocked", "bot can't initiate")
METHODS = {
    "answerCallbackQuery": "answer_callback_query",
    "deleteWebhook": "delete_webhook",
    "editMessageCaption": "edit_message_caption",
    "editMessageReplyMarkup": "edit_message_reply_markup",
    "editMessageText": "edit_message_text",
    "getMe": "get_me",
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
ALBUM_KINDS = {"photo": InputMediaPhoto, "video": InputMediaVideo}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Access:
    """Where the Bot API is and who we are there. The API may be a server of one's own."""

    token: str
    api_url: str = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of ours that goes with a call."""

    kind: str
    name: str
    content: bytes = field(repr=False)


class BotApi:
    """One bot's calls."""

    def __init__(self, access: Access) -> None:
        """Prepare; the loop starts with the first call."""
        self._access = access
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bot: Bot | None = None
        self._thread = threading.current_thread()
        self._starting = threading.Lock()

    def call(
        self, method: str, parameters: Mapping[str, Any], uploads: Mapping[str, Upload] | None = None
    ) -> Any:  # noqa: ANN401  (the library's object)
        """Make one call, with the API's own names and plain JSON.

        Raises:
            ChannelUnavailable: when it is to be made again, with Telegram's own waiting time if it named one.
            PersonUnreachable: when the chat takes no messages.
            ChannelRefused: when Telegram will never take it; the message is Telegram's.
        """
        ready: dict[str, Any] = {
            **parameters,
            **{name: _input(file) for name, file in (uploads or {}).items()},
        }
        return self._make(method, ready, slow=bool(uploads))

    def send_album(self, chat_id: str, album: list[Upload]) -> Any:  # noqa: ANN401  (the library's object)
        """Send two to ten files together. Raises as `call` does."""
        media = [ALBUM_KINDS.get(file.kind, InputMediaDocument)(_input(file)) for file in album]
        return self._make("sendMediaGroup", {"chat_id": chat_id, "media": media}, slow=True)

    def updates(self, offset: int, seconds: int, kinds: list[str]) -> list[dict[str, Any]]:
        """Wait up to so many seconds for updates from number `offset` on. Raises as `call`.

        They are the API's plain JSON: the library refuses a whole batch for one update that it cannot read.
        """
        asked = {"offset": offset, "timeout": seconds, "allowed_updates": json.dumps(kinds)}

        async def waited(bot: Bot) -> Any:  # noqa: ANN401  (the API's JSON)
            url = f"{bot.base_url}/getUpdates?{urlencode(asked)}"
            return await bot.request.post(url, read_timeout=READ_SECONDS + seconds)

        found = self._run(waited)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def file(self, ref: str) -> bytes:
        """Return a file that somebody sent. Raises as `call` does."""

        async def fetched(bot: Bot) -> bytes:
            remote = await bot.get_file(ref)
            return bytes(await remote.download_as_bytearray(read_timeout=UPLOAD_SECONDS))

        return self._run(fetched)

    def close(self) -> None:
        """End the loop and its connections; a later call starts anew."""
        with self._starting:
            loop, bot, self._loop, self._bot = self._loop, self._bot, None, None
        if loop is None or bot is None:
            return

        async def shut() -> None:
            await bot.request.shutdown()
            await asyncio.sleep(GOODBYE_SECONDS)  # connections end in the loop's next rounds

        asyncio.run_coroutine_threadsafe(shut(), loop).result(READ_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        self._thread.join(READ_SECONDS)
        loop.close()

    def _make(self, method: str, parameters: dict[str, Any], *, slow: bool) -> Any:  # noqa: ANN401  (the library's object)
        if "reply_markup" in parameters:
            parameters["reply_markup"] = InlineKeyboardMarkup.de_json(parameters["reply_markup"])
        if "link_preview_options" in parameters:
            parameters["link_preview_options"] = LinkPreviewOptions(**parameters["link_preview_options"])
        if "reply_parameters" in parameters:
            parameters["reply_parameters"] = ReplyParameters(**parameters["reply_parameters"])
        if slow:
            parameters["read_timeout"] = UPLOAD_SECONDS

        async def made(bot: Bot) -> Any:  # noqa: ANN401  (the library's object)
            return await getattr(bot, METHODS[method])(**parameters)

        return self._run(made)

    def _run(self, action: Callable[[Bot], Coroutine[Any, Any, T]]) -> T:
        """Run something on the bot's loop and turn the library's errors into a channel's."""
        loop, bot = self._ready()
        future = asyncio.run_coroutine_threadsafe(action(bot), loop)
        try:
            return future.result(UPLOAD_SECONDS + READ_SECONDS)
        except RetryAfter as error:
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            raise ChannelUnavailable("Telegram asked us to wait", seconds) from error
        except Forbidden as error:
            raise PersonUnreachable(error.message) from error
        except InvalidToken as error:
            raise ChannelUnavailable("Telegram does not know our token") from error
        except BadRequest as error:  # the library counts it among the network's errors, so it comes first
            gone = any(text in error.message.lower() for text in GONE)
            raise (PersonUnreachable if gone else ChannelRefused)(error.message) from error
        except (NetworkError, TimeoutError) as error:
            raise ChannelUnavailable(type(error).__name__) from error
        except TelegramError as error:
            raise ChannelRefused(error.message) from error

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


def ref_of(sent: Any) -> str:  # noqa: ANN401  (the library's object)
    """Return what Telegram calls a message it has just shown, empty for anything else."""
    return str(sent.message_id) if isinstance(sent, Message) else ""


def _input(file: Upload) -> InputFile:
    return InputFile(file.content, filename=file.name, attach=True)
