"""What is bounded about a deal: how much of its talk is read, and for how many days more one may ask."""

from datetime import timedelta

import pytest

from core.deals import messages, pieces
from core.deals import views as deals
from core.deals.schemas import WriteMessage
from core.kit.actors import Actor
from core.kit.clock import SetClock
from core.kit.work import begin
from runtime.parts import Runtime
from tests import seen
from tests.integration.test_living_cards import accept, offered
from tests.integration.test_races import World


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


def test_of_a_long_talk_the_newest_messages_are_read(
    world: World, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert messages.SHOWN_MAX == 200
    monkeypatch.setattr(messages, "SHOWN_MAX", 3)
    deal_id = offered(world)
    for number in range(5):
        clock.advance(timedelta(seconds=1))
        with begin(world.runtime.database, Actor.person(world.person)) as work:
            messages.write(work, WriteMessage(deal_id, f"word {number}"))
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        assert [each.words for each in messages.of_deal(work, deal_id)] == ["word 2", "word 3", "word 4"]


@pytest.mark.parametrize(("wanted", "asked"), [(-3, 1), (0, 1), (60, 60), (61, 60), (9_999, 60)])
def test_more_time_is_asked_for_between_one_day_and_sixty(world: World, wanted: int, asked: int) -> None:
    deal_id = offered(world)
    piece_id = accept(world, deal_id, hear=False)
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        pieces.ask_more_time(work, piece_id, wanted, "the light")
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        (event,) = [e for e in deals.history(work, deal_id) if e.step == "ask_more_time"]
        assert event.facts["days"] == asked


@pytest.mark.parametrize(("wanted", "given"), [(0, 1), (61, 60)])
def test_more_time_is_given_between_one_day_and_sixty(world: World, wanted: int, given: int) -> None:
    piece_id = accept(world, offered(world), hear=False)
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        before = deals.get_by_piece(work, piece_id)[1].due_at
        after = pieces.extend(work, piece_id, wanted, shown=seen.piece(work, piece_id)).due_at
    assert before is not None
    assert after == before + timedelta(days=given)
