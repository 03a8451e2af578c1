"""What a process of ours is made of: settings, database, doors. Built once, at its start."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from threading import BoundedSemaphore

from bots.conversation.dialogue import Book, Tools
from bots.dialogues.book import book
from bots.doors import registry
from bots.doors.channel import AppChannel, Channel
from bots.doors.pacing import Pace
from bots.understanding import model as language_model
from bots.understanding.intents import Reader
from core.kit.actors import SYSTEM
from core.kit.clock import Clock, SandboxClock, SystemClock
from core.kit.crypto import DataKeys
from core.kit.database import Database, connect
from core.kit.limits import SANDBOX_FACTOR, Limits
from core.kit.work import begin
from core.media.files import Files
from core.media.speech import choose as speech
from core.media.store import choose as stores
from core.networks import choose as social
from core.networks.choose import Networks
from core.networks.sandbox import SandboxNetwork
from core.payments.rails import choose as payment
from core.payments.rails.choose import Rails
from core.payments.rails.sandbox import SandboxRail
from core.settings import EMBEDDED, Settings
from retrieval.embeddings.encoder import OfflineEncoder
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
    pace: Pace | None
    rails: Rails
    networks: Networks
    matcher: CreatorMatcher
    turns: BoundedSemaphore

    @property
    def rail(self) -> SandboxRail:
        """Return the rail of play money, with what only play money allows. Raises RailNotConnected."""
        return self.rails.sandbox()

    @property
    def network(self) -> SandboxNetwork:
        """Return the network of play, with what only play allows. Raises NetworkUnavailable."""
        return self.networks.sandbox()

    def now(self) -> datetime:
        """Return the marketplace's present, in a transaction of its own."""
        with begin(self.database, SYSTEM) as work:
            return work.now


def clock(settings: Settings) -> Clock:
    """Return the clock of this installation: a movable one where everything is play."""
    return SandboxClock() if settings.sandbox else SystemClock()


def _limits(settings: Settings) -> Limits:
    url = settings.cache_url.get_secret_value()
    factor = SANDBOX_FACTOR if settings.sandbox else 1
    return Limits("" if url == EMBEDDED else url, factor, partial(settings.keys.mark, "valkey"))


def _files(settings: Settings, database: Database) -> Files:
    return Files(
        database,
        stores.choose(settings),
        settings.keys,
        settings.public_url,
        settings.media_max_bytes,
    )


def check(settings: Settings) -> None:
    """Raise PlayInProduction where production would run on play vendors: before anything is started."""
    payment.check(settings)
    social.check(settings)


def build(
    settings: Settings,
    database: Database | None = None,
    rails: Rails | None = None,
    networks: Networks | None = None,
) -> Runtime:
    """Build a process's parts; `database`, `rails`, `networks` replace those that the settings name.

    Raises:
        PlayInProduction: where production would run on play vendors.
    """
    if database is None:
        database = connect(settings.database_url.get_secret_value(), clock(settings))
    database = replace(database, keys=DataKeys(settings.keys))
    rails = rails or payment.choose(settings, database)
    networks = networks or social.choose(settings, database)
    matcher = CreatorMatcher()
    tools = Tools(
        database,
        settings,
        matcher,
        _files(settings, database),
        _limits(settings),
        rails,
        networks,
        Reader(OfflineEncoder().encode),
        language_model.choose(settings),
        speech.choose(settings),
        holds=frozenset(door.name for door in registry.DOORS if door.waits_for_words),
        menus=frozenset(door.name for door in registry.DOORS if door.has_menu),
        invitations=lambda payload: registry.invitations(settings, payload),
    )
    cache_url = settings.cache_url.get_secret_value()
    pace = None if cache_url == EMBEDDED else Pace(cache_url, partial(settings.keys.mark, "valkey"))
    opened = [door.open(tools, pace) for door in registry.DOORS]
    channels = {channel.name: channel for channel in opened if channel is not None}
    return Runtime(
        settings=settings,
        database=database,
        tools=tools,
        book=book(),
        channels=channels,
        apps={name: channel for name, channel in channels.items() if isinstance(channel, AppChannel)},
        pace=pace,
        rails=rails,
        networks=networks,
        matcher=matcher,
        turns=BoundedSemaphore(TURNS_AT_ONCE),
    )
