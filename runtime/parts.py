"""What a process of ours is made of: settings, database, doors. Built once, at its start."""

from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore

from bots.conversation.dialogue import Tools
from bots.conversation.turn import Book
from bots.dialogues.book import book
from bots.doors.channel import AppChannel, Channel
from bots.doors.pacing import Pace
from bots.doors.slack.channel import SlackChannel
from bots.doors.slack.installations import SealedInstallationStore
from bots.doors.telegram.api import Access, BotApi
from bots.doors.telegram.channel import TelegramChannel
from bots.doors.web.mailbox import MailboxChannel
from bots.doors.whatsapp.api import Access as WhatsAppAccess
from bots.doors.whatsapp.api import CloudApi
from bots.doors.whatsapp.channel import WhatsAppChannel
from core.kit.actors import SYSTEM
from core.kit.clock import Clock, SandboxClock, SystemClock
from core.kit.database import Database, connect
from core.kit.work import begin
from core.media.service import FolderStore
from core.messaging.messages import ChannelName
from core.networks.sandbox import SandboxNetwork
from core.payments.rails.sandbox import SandboxRail
from core.settings import EMBEDDED, Settings
from retrieval.search import CreatorMatcher

TURNS_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Runtime:
    """Everything a door or a worker needs.

    `turns`: see `bots.doors.house`.
    """

    settings: Settings
    database: Database
    tools: Tools
    book: Book
    channels: dict[str, Channel]
    apps: dict[str, AppChannel]
    telegram: TelegramChannel | None
    whatsapp: WhatsAppChannel | None
    slack: SlackChannel | None
    pace: Pace | None
    rail: SandboxRail
    network: SandboxNetwork
    matcher: CreatorMatcher
    turns: BoundedSemaphore

    def now(self) -> datetime:
        """Return the marketplace's present, in a transaction of its own."""
        with begin(self.database, SYSTEM) as work:
            return work.now


def clock(settings: Settings) -> Clock:
    """Return the clock of this installation: a movable one where everything is play."""
    return SandboxClock() if settings.sandbox else SystemClock()


def build(settings: Settings, database: Database | None = None) -> Runtime:
    """Build a process's parts; `database` replaces the one the settings name."""
    if database is None:
        database = connect(settings.database_url.get_secret_value(), clock(settings))
    matcher = CreatorMatcher()
    holds = frozenset({ChannelName.WHATSAPP.value})
    menus = frozenset({ChannelName.TELEGRAM.value})
    tools = Tools(database, settings, matcher, FolderStore(settings.media_dir), holds, menus)
    mailboxes = [MailboxChannel(name, database) for name in (ChannelName.WEB, ChannelName.TERMINAL)]
    cache_url = settings.cache_url.get_secret_value()
    pace = None if cache_url == EMBEDDED else Pace(cache_url)
    telegram = _telegram(settings, tools, pace)
    whatsapp = _whatsapp(settings, tools, pace)
    slack = _slack(settings, tools, pace)
    apps: list[AppChannel] = [app for app in (telegram, whatsapp, slack) if app is not None]
    return Runtime(
        settings=settings,
        database=database,
        tools=tools,
        book=book(),
        channels={channel.name: channel for channel in (*mailboxes, *apps)},
        apps={app.name: app for app in apps},
        telegram=telegram,
        whatsapp=whatsapp,
        slack=slack,
        pace=pace,
        rail=SandboxRail(database, settings.public_url),
        network=SandboxNetwork(database, settings.public_url),
        matcher=matcher,
        turns=BoundedSemaphore(TURNS_AT_ONCE),
    )


def _telegram(settings: Settings, tools: Tools, pace: Pace | None) -> TelegramChannel | None:
    token = settings.telegram_token.get_secret_value()
    access = Access(token, settings.telegram_api_url)
    return TelegramChannel(BotApi(access), tools.database, tools.media, pace) if token else None


def _whatsapp(settings: Settings, tools: Tools, pace: Pace | None) -> WhatsAppChannel | None:
    token = settings.whatsapp_token.get_secret_value()
    access = WhatsAppAccess(
        token, settings.whatsapp_phone_number_id, settings.whatsapp_business_id, settings.whatsapp_api_url
    )
    return WhatsAppChannel(CloudApi(access), tools.database, tools.media, pace) if token else None


def _slack(settings: Settings, tools: Tools, pace: Pace | None) -> SlackChannel | None:
    if not settings.slack_signing_secret.get_secret_value():
        return None
    store = SealedInstallationStore(tools.database, settings.keys)
    return SlackChannel(store, settings.slack_api_url, tools.database, tools.media, pace)
