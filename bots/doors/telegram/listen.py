"""How updates come in: by webhook or by polling, into the same ears. Also the menus that newcomers see."""

import threading
from collections.abc import Collection, Mapping
from typing import Any

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bots.conversation.card import card
from bots.conversation.dialogue import AnyCommand
from bots.doors import delivery
from bots.doors.channel import ChannelRefused, ChannelUnavailable
from bots.doors.hearing import Hearer
from bots.doors.house import House
from bots.doors.reading import Heard
from bots.doors.telegram import menu, read
from bots.doors.telegram.channel import TelegramChannel
from bots.doors.telegram.settings import TelegramSettings
from bots.phrases.languages import ENGLISH, LANGUAGES, speaking
from bots.phrases.sentences import say
from core.kit.actors import SYSTEM
from core.kit.text import keepable
from core.kit.work import begin
from core.messaging import inbox
from core.messaging.messages import Address, ChannelName
from core.settings import Settings

WEBHOOK_PATH = "/webhooks/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the header's name)
SECRET_PURPOSE = "telegram-webhook"  # noqa: S105  (the purpose's name)
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 10  # below the door's time for reading
AGAIN_SECONDS, AGAIN_SECONDS_MAX = 1.0, 60.0
log = structlog.get_logger(__name__)


def secret(settings: Settings) -> str:
    """Return what Telegram must show us with each update: derived, so that nobody has to invent it."""
    return settings.keys.mark(SECRET_PURPOSE)


def is_secret(settings: Settings, given: str) -> bool:
    """Tell whether this is what Telegram must show; what an older key of ours made counts too."""
    return settings.keys.is_mark(SECRET_PURPOSE, given)


def connect(channel: TelegramChannel, settings: TelegramSettings, commands: Collection[AnyCommand]) -> None:
    """Make Telegram send updates to our webhook, or hold them for polling; show newcomers the menu.

    Raises:
        ChannelUnavailable, ChannelRefused: when Telegram does not agree.
    """
    if settings.telegram_mode == "webhook":
        where = {"url": webhook_url(settings), "secret_token": secret(settings)}
        channel.api.call("setWebhook", {**where, "allowed_updates": ALLOWED_UPDATES})
    else:
        channel.api.call("deleteWebhook", {})
    everybody = menu.audiences("")
    try:
        for language in LANGUAGES:
            with speaking(language):
                shown = menu.entries(commands, everybody)
            of = {} if language == ENGLISH else {"language_code": language}
            channel.api.call("setMyCommands", {"commands": shown, **of})
    except (ChannelUnavailable, ChannelRefused) as error:
        log.warning("the menu is not set", reason=str(error))


def webhook_url(settings: Settings) -> str:
    """Return where Telegram is to send updates."""
    return settings.public_url.rstrip("/") + WEBHOOK_PATH


def take_in(house: House, channel: TelegramChannel, hearer: Hearer, body: Mapping[str, Any]) -> None:
    """Keep one update, in the order of Telegram's numbers; returns before it is answered."""
    match read.update(body, channel.user_name()):
        case Heard(incoming, order):
            hearer.receive(incoming, order)
        case read.Gone(chat_id):
            delivery.lost(house, Address(ChannelName.TELEGRAM, chat_id))
        case read.InGroup(chat_id, language):
            with speaking(language.partition("-")[0]):
                _answer_group(house, channel, chat_id)


def _answer_group(house: House, channel: TelegramChannel, chat_id: str) -> None:
    """Say where we talk, once an hour a group."""
    with begin(house.database, SYSTEM) as work:
        if not inbox.accept(work, "telegram-group", f"{chat_id}:{work.now:%Y%m%d%H}"):
            return
    text = say("talk.in_private", link=f"https://t.me/{channel.user_name()}")
    try:
        channel.send(Address(ChannelName.TELEGRAM, chat_id), card(text), chat_id)
    except (ChannelUnavailable, ChannelRefused) as error:
        log.info("the group was not answered", reason=str(error))


def poll(house: House, channel: TelegramChannel, hearer: Hearer, stopping: threading.Event) -> None:
    """Ask for updates until told to stop. An update is confirmed only when it is kept, or never can be."""
    offset, pause = 0, AGAIN_SECONDS
    while not stopping.is_set():
        try:
            batch = channel.api.updates(offset, POLL_SECONDS, ALLOWED_UPDATES)
            asked, offset = offset, _kept(house, channel, hearer, batch, offset)
        except (ChannelUnavailable, ChannelRefused) as error:
            log.warning("no updates", reason=str(error))
            stopping.wait(pause)
            pause = min(pause * 2, AGAIN_SECONDS_MAX)
        except (OperationalError, InterfaceError, PoolTimeout) as error:
            log.warning("updates cannot be kept now", kind=type(error).__name__)
            stopping.wait(pause)
            pause = min(pause * 2, AGAIN_SECONDS_MAX)
        else:
            pause = AGAIN_SECONDS
            if batch and offset == asked:  # what cannot be confirmed comes again at once
                stopping.wait(pause)


def _kept(
    house: House,
    channel: TelegramChannel,
    hearer: Hearer,
    batch: list[dict[str, Any]],
    offset: int,
) -> int:
    """Keep a batch of updates and return the number to ask from next.

    An update that can never be kept is passed over, or it would come again for ever; one whose number
    cannot be Telegram's is passed over without being confirmed, or all true ones would count as old.

    Raises:
        OperationalError, InterfaceError, TimeoutError: while the database is away; nothing is passed over.
    """
    for body in batch:
        try:
            take_in(house, channel, hearer, keepable(body))
        except (OperationalError, InterfaceError, PoolTimeout):
            raise
        except Exception as error:  # noqa: BLE001  (whatever it is, the next update is somebody else's)
            log.error("an update was passed over", kind=type(error).__name__)  # noqa: TRY400  (their words)
        number = read.update_number(body)
        if number is None:
            log.error("an update has no number")
        else:
            offset = max(offset, number + 1)
    return offset
