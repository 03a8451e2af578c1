"""News that waited is told as things stand when it is told, and not at all when it is over."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from bots.notices import book
from core.deals import offers
from core.deals import views as deals
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.process import Party
from core.kit.work import begin
from core.messaging.messages import OutgoingMessage
from runtime.parts import Runtime
from tests import seen
from tests.integration.test_races import World


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


def facts_of(world: World, deal_id: UUID, **more: str) -> dict[str, Any]:
    with begin(world.runtime.database, SYSTEM) as work:
        deal = deals.get(work, deal_id)
    known = {
        "deal_id": str(deal.id),
        "campaign_id": str(deal.campaign_id),
        "deliverable_id": None,
        "to": Party.CREATOR,
        "by": Party.BRAND,
        "step": "offer",
    }
    return known | more


def told(world: World, notice: str, facts: dict[str, Any]) -> list[OutgoingMessage]:
    with begin(world.runtime.database, SYSTEM) as work:
        return book.render(work, world.runtime.tools, notice, facts)


def test_an_offer_that_was_taken_back_is_no_news(world: World) -> None:
    deal_id = world.offer()
    facts = facts_of(world, deal_id)
    assert told(world, "offer_received", facts) != []
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        offers.withdraw(work, deal_id, shown=seen.deal(work, deal_id))
    assert told(world, "offer_received", facts) == []
    assert told(world, "deal_withdrawn", facts) != []


def test_nobody_is_reminded_of_a_deadline_that_has_passed(world: World, clock: SetClock) -> None:
    deal_id = world.offer()
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        piece = offers.accept(work, deal_id, shown=seen.deal(work, deal_id)).deliverables[0]
    facts = facts_of(world, deal_id, deliverable_id=str(piece.id))
    (reminder,) = told(world, "draft_due_soon", facts)
    assert reminder.buttons
    assert piece.draft_due_at is not None
    clock.advance(piece.draft_due_at - clock.now + timedelta(minutes=1))
    assert told(world, "draft_due_soon", facts) == []


def test_of_one_thing_only_the_newest_is_told_and_what_asks_something_is_shown_whole(world: World) -> None:
    deal_id = world.offer()
    offer = {"notice": "offer_received", "facts": facts_of(world, deal_id)}
    answers = [{"notice": "answer", "facts": {"text": f"answer {n}"}} for n in range(4)]
    summary, *whole = told(world, "waited", {"news": [offer, offer, *answers]})
    assert [line for line in summary.text.splitlines() if line.startswith("•")] != []
    assert [f"answer {n}" in summary.text for n in range(4)] == [True] * 4, "nothing that stands nowhere else"
    assert len(whole) == 1, "the offer, once"
    assert any(b.action.startswith("c|accept") for row in whole[0].buttons for b in row)
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        offers.withdraw(work, deal_id, shown=seen.deal(work, deal_id))
    gone = {"notice": "deal_withdrawn", "facts": facts_of(world, deal_id)}
    (short, *rest) = told(world, "waited", {"news": [offer, *answers, gone]})
    assert rest == []
    assert short.text.count("•") == 5, "the offer that is over is told by its end alone"
