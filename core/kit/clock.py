"""Where the time comes from. Time is an input, so that a story can move it and a test can set it.

Business deadlines follow this clock. Leases and retry delays follow the wall clock instead: moving a
sandbox's time by a week must not make every running call look abandoned.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.orm import Session


class Clock(Protocol):
    """One reading a transaction."""

    def read(self, session: Session) -> datetime:
        """Return the time this transaction takes place at."""
        ...


class SystemClock:
    """The machine's clock, in UTC."""

    def read(self, session: Session) -> datetime:
        """Return the present."""
        del session
        return wall_now()


class SandboxClock:
    """The machine's clock plus an offset kept in the database, shared by all processes.

    Only a sandbox may use it: the offset moves forward by `advance`, never back.
    """

    def read(self, session: Session) -> datetime:
        """Return the present of the sandbox world; costs one query of one row."""
        ahead_seconds = session.scalar(text("SELECT ahead_seconds FROM sandbox_clock"))
        return wall_now() + timedelta(seconds=ahead_seconds or 0)

    @staticmethod
    def advance(session: Session, by: timedelta) -> None:
        """Move the sandbox's present into the future."""
        session.execute(
            text(
                "INSERT INTO sandbox_clock (id, ahead_seconds) VALUES (1, :by) ON CONFLICT (id)"
                " DO UPDATE SET ahead_seconds = sandbox_clock.ahead_seconds + :by"
            ),
            {"by": int(by.total_seconds())},
        )


class SetClock:
    """A clock that stands where it was put, for tests and simulations in one process."""

    def __init__(self, now: datetime) -> None:
        """Stand at `now` (with a time zone) until moved."""
        self.now = now

    def read(self, session: Session) -> datetime:
        """Return where the clock stands."""
        del session
        return self.now

    def advance(self, by: timedelta) -> None:
        """Move forward."""
        self.now += by


def wall_now() -> datetime:
    """Return the machine's time, in UTC."""
    return datetime.now(UTC)
