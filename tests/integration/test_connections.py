"""Connections to the database that die, and who notices."""

import pytest
from sqlalchemy import text

from core.kit import database as kit
from core.kit.actors import SYSTEM
from core.kit.database import connect
from core.kit.work import begin


def test_a_connection_that_died_while_nobody_used_it_is_replaced(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit, "ASKED_AFTER_SECONDS", 0.0)
    mine, other = connect(database_url), connect(database_url)
    with begin(mine, SYSTEM) as work:
        process = work.session.scalar(text("SELECT pg_backend_pid()"))
    with begin(other, SYSTEM) as work:
        work.session.execute(text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})
    with begin(mine, SYSTEM) as work:
        assert work.session.scalar(text("SELECT pg_backend_pid()")) != process
    mine.engine.dispose()
    other.engine.dispose()


def test_a_connection_just_used_is_not_asked_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, asked = connect(database_url), list[object]()
    monkeypatch.setattr(mine.engine.dialect, "do_ping", asked.append)
    for _ in range(3):
        with begin(mine, SYSTEM) as work:
            work.session.execute(text("SELECT 1"))
    assert asked == []
    monkeypatch.setattr(kit, "ASKED_AFTER_SECONDS", 0.0)
    with begin(mine, SYSTEM) as work:
        work.session.execute(text("SELECT 1"))
    assert len(asked) == 1
    mine.engine.dispose()
