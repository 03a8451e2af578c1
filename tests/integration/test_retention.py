"""What is over goes, what is not stays: a row of each kind on either side of its day."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Enum,
    Integer,
    String,
    Table,
    Uuid,
    func,
    select,
    text,
)

from core import schema
from core.kit.actors import CLOCK
from core.kit.database import Database
from core.kit.work import begin
from core.privacy import retention
from runtime.parts import Runtime
from tests.conftest import MORNING
from workers import rounds

DAY = timedelta(days=1)
NEEDS: dict[str, dict[str, Any]] = {
    "kept promises": {"state": "done"},
    "lines of nobody": {"owner_id": None},
    "transcripts": {"owner_id": uuid4()},
}
STAYS: dict[str, dict[str, Any]] = {
    "kept promises": {"state": "parked"},
    "answered support requests": {"answered_at": None},
    "settled link requests": {"undo_until": MORNING},
    "settled changes of accounts": {"settled_at": None},
    "lines of nobody": {"owner_id": uuid4()},
}
"""What keeps a row of a kind, however old it is."""


def value(column: Any, at: datetime) -> Any:  # noqa: ANN401, PLR0911  (a value for any column)
    kinds = column.type
    if isinstance(kinds, Enum):
        return kinds.enums[0]
    if isinstance(kinds, Uuid):
        return uuid4()
    if isinstance(kinds, DateTime):
        return at
    if isinstance(kinds, Date):
        return at.date()
    if isinstance(kinds, Boolean):
        return False
    if isinstance(kinds, BigInteger | Integer):
        return 1
    return uuid4().hex[: kinds.length or 32] if isinstance(kinds, String) else {}


def put(database: Database, name: str, at: datetime, **more: Any) -> None:  # noqa: ANN401  (column values)
    """Write a row of a kind whose moment is `at`, past the guards: its owners are nobody."""
    term = retention.TERMS[name]
    table = schema.metadata.tables[term.table]
    moment = "on" if term.table == "click_salt" else term.since
    columns = [c for c in table.columns if not c.nullable and c.identity is None and c.server_default is None]
    row = {column.name: value(column, at) for column in columns}
    row[moment] = value(table.c[moment], at)
    row |= NEEDS.get(name, {}) | more
    with database.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(table.insert().values(row))


def count(database: Database, name: str) -> int:
    table: Table = schema.metadata.tables[retention.TERMS[name].table]
    with database.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


@pytest.mark.parametrize("name", retention.TERMS)
def test_what_is_over_goes_and_what_is_not_stays(database: Database, name: str) -> None:
    days = timedelta(days=retention.TERMS[name].days)
    put(database, name, MORNING - days - DAY)
    put(database, name, MORNING - days + DAY)
    with begin(database, CLOCK) as work:
        assert retention.sweep(work, name) == 1
        assert retention.sweep(work, name) == 0
    assert count(database, name) == 1


@pytest.mark.parametrize("name", STAYS)
def test_what_is_still_needed_stays_however_old(database: Database, name: str) -> None:
    put(database, name, MORNING - timedelta(days=4_000), **STAYS[name])
    with begin(database, CLOCK) as work:
        assert retention.sweep(work, name) == 0


def test_a_backlog_goes_in_parts_the_oldest_first(database: Database) -> None:
    name = "marks of outside events"
    for days in (40, 50, 60):
        put(database, name, MORNING - timedelta(days=days))
    with begin(database, CLOCK) as work:
        assert retention.sweep(work, name, batch=2) == 2
        oldest = work.session.scalar(text("SELECT min(received_at) FROM inbox"))
    assert oldest == MORNING - timedelta(days=40)


def test_the_timetable_takes_out_every_kind(runtime: Runtime) -> None:
    for name, term in retention.TERMS.items():
        put(runtime.database, name, MORNING - timedelta(days=term.days) - DAY)
    assert rounds.end_what_is_over(runtime) == len(retention.TERMS)
    assert rounds.end_what_is_over(runtime) == 0
