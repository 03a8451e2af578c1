"""Tables' common ancestor, and the database as one object: engine, sessions, clock."""

import time
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Engine, Enum, MetaData, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeEngine

from core.kit.clock import Clock, SystemClock
from core.kit.crypto import DataKeys, Keyring

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
CONNECT_TIMEOUT_SECONDS = 5
STATEMENT_TIMEOUT_MS = 30_000
ASKED_AFTER_SECONDS = 1.0
"""A connection that was not used for so long is asked whether it lives, before somebody relies on it."""


class Table(DeclarativeBase):
    """Base of every mapped class. Constraint names are fixed for Alembic."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, TypeEngine[Any]]] = {
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB(),
        list[str]: JSONB(),
        list[list[str]]: JSONB(),
        list[dict[str, Any]]: JSONB(),
    }


class SandboxClockReading(Table):
    """How far the sandbox's clock is ahead: one row, absent until somebody moves time."""

    __tablename__ = "sandbox_clock"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ahead_seconds: Mapped[int] = mapped_column(BigInteger)


def named(kind: type[StrEnum], length: int = 32) -> Enum:
    """Return the column type for an enum: its value as text, so that a new member needs no DDL."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=length,
        values_callable=lambda members: [member.value for member in members],
    )


@dataclass(frozen=True, slots=True)
class Database:
    """What a process needs to begin a piece of work."""

    engine: Engine
    sessions: sessionmaker[Session]
    clock: Clock
    keys: DataKeys | None = None


def connect(
    url: str, clock: Clock | None = None, keys: Keyring | None = None, *, pool_size: int = 10
) -> Database:
    """Open a pool on `url` (postgresql://…); the first connection is made when first used.

    Without `keys` nothing can be sealed or opened for anybody, and nobody registered.
    """
    engine = create_engine(
        driver_url(url),
        pool_size=pool_size,
        max_overflow=pool_size,
        hide_parameters=True,  # what people write must not reach a log through an error
        connect_args={
            "connect_timeout": CONNECT_TIMEOUT_SECONDS,
            "client_encoding": "UTF8",  # a database of another encoding would hand out bytes for text
            "options": f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c timezone=UTC",
        },
    )
    _ask_the_idle(engine)
    sessions = sessionmaker(engine, expire_on_commit=False)
    return Database(engine, sessions, clock or SystemClock(), DataKeys(keys) if keys else None)


def _ask_the_idle(engine: Engine) -> None:
    """Replace connections that died while nobody used them; asking at each use would cost a round trip."""

    def given_back(_: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info["idle_since"] = time.monotonic()

    def taken(connection: DBAPIConnection, record: ConnectionPoolEntry, _: object) -> None:
        idle_since = record.info.get("idle_since")
        if idle_since is None or time.monotonic() - idle_since < ASKED_AFTER_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool takes another, or makes one

    event.listen(engine, "checkin", given_back)
    event.listen(engine, "checkout", taken)


def driver_url(url: str) -> URL:
    """Return the URL with psycopg 3 as its driver, whichever way it was written."""
    return make_url(url).set(drivername="postgresql+psycopg")
