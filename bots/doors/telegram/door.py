"""Telegram in the registry: a bot by token, its updates by webhook or by polling."""

import threading
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import ClassVar

import structlog

from bots.conversation.dialogue import Tools
from bots.doors.channel import ChannelRefused, ChannelUnavailable
from bots.doors.door import Answer, Asked, Door, Hook
from bots.doors.hearing import Hearer
from bots.doors.house import House
from bots.doors.pacing import Pace
from bots.doors.telegram import checks, listen
from bots.doors.telegram.api import Access, BotApi
from bots.doors.telegram.channel import TelegramChannel
from bots.doors.telegram.settings import TelegramSettings
from core.kit.checks import Finding
from core.kit.text import OddValue, json_of
from core.messaging.messages import ChannelName
from core.settings import Settings, part

log = structlog.get_logger(__name__)


class TelegramDoor(Door):
    """Telegram."""

    name: ClassVar[str] = ChannelName.TELEGRAM
    title: ClassVar[str] = "Telegram"
    has_menu: ClassVar[bool] = True

    def open(self, tools: Tools, pace: Pace | None) -> TelegramChannel | None:
        """Return the bot, None without its token."""
        settings = part(tools.settings, TelegramSettings)
        token = settings.telegram_token.get_secret_value()
        api = BotApi(Access(token, settings.telegram_api_url)) if token else None
        return TelegramChannel(api, tools.database, tools.media, pace) if api is not None else None

    def findings(self, settings: Settings) -> list[Finding]:
        """Ask Telegram who we are."""
        return checks.findings(part(settings, TelegramSettings))

    def hooks(self, house: House, hearer: Hearer) -> Sequence[Hook]:
        """Return the webhook: the secret is compared before a body is read."""

        def prove(headers: Mapping[str, str]) -> Answer | None:
            given = headers.get(listen.SECRET_HEADER.lower(), "")
            if listen.is_secret(house.settings, given):
                return None
            return Answer(HTTPStatus.UNAUTHORIZED, "The secret token is missing or wrong.")

        def take(asked: Asked) -> Answer:
            try:
                body = json_of(asked.body)
            except OddValue:
                return Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The body is not JSON we take.")
            if isinstance(body, dict):  # what is no update is let go: Telegram would send it for ever
                listen.take_in(house, channel_of(house), hearer, body)
            return Answer(HTTPStatus.NO_CONTENT)

        return (Hook("POST", listen.WEBHOOK_PATH, take, prove),)

    def prepare(self, house: House) -> None:
        """Point Telegram at our webhook; a Telegram that does not answer must not keep the pages down."""
        if part(house.settings, TelegramSettings).telegram_mode != "webhook":
            return
        try:
            self._connect(house)
        except (ChannelUnavailable, ChannelRefused) as error:
            log.error("Telegram is not connected", reason=str(error))  # noqa: TRY400

    def listens(self, settings: Settings) -> bool:
        """Tell whether we poll."""
        mine = part(settings, TelegramSettings)
        return bool(mine.telegram_token.get_secret_value()) and mine.telegram_mode == "polling"

    def listen(self, house: House, hearer: Hearer, stopping: threading.Event) -> None:
        """Poll. Raises ChannelUnavailable, ChannelRefused where Telegram does not take us."""
        self._connect(house)
        listen.poll(house, channel_of(house), hearer, stopping)

    def invitation(self, settings: Settings, payload: str) -> str:
        """Return t.me's link, empty where no bot is named."""
        name = part(settings, TelegramSettings).telegram_name.lstrip("@")
        return f"https://t.me/{name}?start={payload}" if name else ""

    def _connect(self, house: House) -> None:
        settings = part(house.settings, TelegramSettings)
        listen.connect(channel_of(house), settings, house.book.commands.values())


def channel_of(house: House) -> TelegramChannel:
    """Return the way to speak through Telegram. Raises KeyError where it is not connected."""
    channel = house.channels[TelegramDoor.name]
    assert isinstance(channel, TelegramChannel)  # noqa: S101  (what `open` returned)
    return channel


DOOR = TelegramDoor()
