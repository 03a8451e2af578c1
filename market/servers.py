"""The servers this installation uses: embedded ones, started or adopted here, or those the settings name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import SecretStr

from bots.doors import registry
from core import migrate
from core.kit.database import Database, connect
from core.privacy import sealing
from core.settings import EMBEDDED, KEPT_IN, Settings
from market.embedded import EmbeddedPostgres, EmbeddedValkey
from runtime.parts import clock

Server = EmbeddedPostgres | EmbeddedValkey


def bring_up(settings: Settings) -> tuple[Settings, list[Server]]:
    """Start what is embedded and return settings that name every server, and what we now own.

    The addresses also go into the environment, for child processes. Raises ServerNotStarted.
    """
    owned: list[Server] = []
    found: dict[str, SecretStr] = {}
    if settings.database_url.get_secret_value() == EMBEDDED:
        postgres = EmbeddedPostgres(settings.state_dir.resolve())
        found["database_url"] = SecretStr(postgres.start())
        owned.append(postgres)
    if EMBEDDED in {settings.broker_url.get_secret_value(), settings.cache_url.get_secret_value()}:
        valkey = EmbeddedValkey(settings.state_dir.resolve())
        url = valkey.start()
        owned.append(valkey)
        for name, number in (("broker_url", 0), ("cache_url", 1)):
            if getattr(settings, name).get_secret_value() == EMBEDDED:
                found[name] = SecretStr(f"{url.rpartition('/')[0]}/{number}")
    for name, value in found.items():
        os.environ[name.upper()] = value.get_secret_value()
    os.environ["STATE_DIR"] = str(settings.state_dir.resolve())
    for name in KEPT_IN:
        os.environ[name.upper()] = getattr(settings, name).get_secret_value()
    registry.load.cache_clear()  # whoever asks from now on, here or in a child, is told of the servers
    return settings.model_copy(update=found), owned


def prepare(database: Database) -> None:
    """Bring a database to the present schema, and seal what was written in plain before there were keys."""
    migrate.upgrade(database.engine)
    sealing.seal_plain(database)


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """Bring the database up, migrated, for one command; what we started ends with it."""
    update: dict[str, SecretStr] = {}
    server: EmbeddedPostgres | None = None
    if settings.database_url.get_secret_value() == EMBEDDED:
        server = EmbeddedPostgres(settings.state_dir.resolve())
        update["database_url"] = SecretStr(server.start())
    named = settings.model_copy(update=update)
    try:
        database = connect(named.database_url.get_secret_value(), clock(settings), settings.keys)
        try:
            prepare(database)
            yield database
        finally:
            database.engine.dispose()
    finally:
        if server is not None:
            server.stop()
