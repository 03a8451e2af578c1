"""What a turn costs: statements and transactions, by which door."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import event

from bots.doors import delivery
from core.messaging.messages import IncomingMessage
from market import seed
from runtime.parts import Runtime
from tests.conftest import drain

STATEMENTS_MAX, TRANSACTIONS_MAX = 12, 3


@pytest.fixture
def counted(runtime: Runtime) -> Callable[[Callable[[], object]], tuple[int, int]]:
    seen: list[str] = []
    event.listen(
        runtime.database.engine, "before_cursor_execute", lambda *args: seen.append(args[2].partition(" ")[0])
    )
    event.listen(runtime.database.engine, "commit", lambda _: seen.append("commit"))

    def count(act: Callable[[], object]) -> tuple[int, int]:
        assert runtime.database.keys is not None
        runtime.database.keys.drop_all()
        seen.clear()
        act()
        return len(seen) - seen.count("commit"), seen.count("commit")

    return count


@pytest.mark.parametrize("words", ["menu", "help", "hm?", "back", "human"])
def test_a_turn_is_at_most_twelve_statements_and_three_transactions(
    runtime: Runtime, counted: Callable[[Callable[[], object]], tuple[int, int]], words: str
) -> None:
    seed.plant(runtime.database)
    drain(runtime)

    def say(text: str) -> None:
        delivery.hear(runtime, IncomingMessage("web", "brand", "brand", uuid4().hex, "Brand", text))

    say("menu")
    statements, transactions = counted(lambda: say(words))
    assert statements <= STATEMENTS_MAX
    assert transactions <= TRANSACTIONS_MAX
