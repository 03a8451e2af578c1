"""One unit of work: one session, one clock reading, one actor, one commit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy.orm import Session, SessionTransaction

from core.kit.actors import Actor
from core.kit.crypto import DataKeys
from core.kit.database import Database

T = TypeVar("T")
_in_work: ContextVar[bool] = ContextVar("in_work", default=False)


class OutsideCallInsideWork(RuntimeError):
    """Something outside was about to be called while a transaction is open. This is a bug."""


@dataclass(frozen=True, slots=True)
class Work:
    """What every service function needs, and nothing more."""

    session: Session
    now: datetime
    actor: Actor
    keys: DataKeys | None = None

    def require_keys(self) -> DataKeys:
        """Return our keys, for what is sealed or marked. Raises RuntimeError where the database has none."""
        if self.keys is None:
            message = "this database was opened without our keys"
            raise RuntimeError(message)
        return self.keys

    def hold(self, row: T) -> T:
        """Keep a row at hand until the work ends, so that asking for it by its key again reads nothing.

        A session forgets what nobody holds, and services hand out views. Only for rows that are changed
        through the session alone, never by SQL of our own.
        """
        self.session.info.setdefault("held", []).append(row)
        return row

    def once(self, what: object, do: Callable[[], T]) -> T:
        """Do something once until this transaction ends; asked again, return what came of it.

        For what stays true so long: a lock that is held, a notification that is sent. What was done under a
        savepoint that was rolled back is done again.
        """
        done: dict[object, tuple[SessionTransaction | None, Any]] = self.session.info.setdefault("once", {})
        within, result = done.get(what, (None, None))
        if within is None or not within.is_active:
            result = do()
            within = self.session.get_nested_transaction() or self.session.get_transaction()
            done[what] = (within, result)
        return cast("T", result)

    def acting_as(self, actor: Actor) -> "Work":
        """Return the same transaction in another actor's name."""
        return replace(self, actor=actor)


@contextmanager
def begin(database: Database, actor: Actor) -> Iterator[Work]:
    """Commit on a clean exit, roll back otherwise. The only commit we have.

    Raises:
        RuntimeError: when this thread is already inside a unit of work.
    """
    if _in_work.get():
        raise RuntimeError("a unit of work is already open")
    _in_work.set(True)
    try:
        with database.sessions.begin() as session:
            now = database.clock.read(session)
            yield Work(session=session, now=now, actor=actor, keys=database.keys)
    finally:
        _in_work.set(False)  # no token: a web framework may end this in another context


def require_outside() -> None:
    """Refuse to go on inside a transaction; every vendor's door calls this first.

    Raises:
        OutsideCallInsideWork: when a unit of work is open in this thread.
    """
    if _in_work.get():
        raise OutsideCallInsideWork
