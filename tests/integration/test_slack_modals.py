"""A modal's submit is the act: it shows what it binds to, and what is refused stands beside its field."""

from threading import Event
from typing import Any
from uuid import UUID

import httpx
import pytest

from bots.doors.channel import ChannelUnavailable
from bots.doors.slack import channel as slack_channel
from bots.doors.slack.channel import SlackChannel
from core.accounts import chats
from core.accounts.schemas import Identity
from core.deals import offers
from core.deals import views as deals
from core.deals.schemas import DealView
from core.deals.states import DealState
from core.kit.actors import SYSTEM, Actor
from core.kit.money import Money
from core.kit.work import begin
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_races import INR, World
from tests.integration.test_slack import (  # noqa: F401  (fixtures)
    api,
    bot,
    emulated,
    meera,
    ours,
    port,
    press,
    texts,
)
from tests.peers.slack import SlackSeat, WebApi


@pytest.fixture
def world(bot: Runtime, meera: SlackSeat) -> World:  # noqa: F811
    """A funded campaign whose brand is in Slack."""
    made = World(bot)
    with begin(bot.database, SYSTEM) as work:
        name = f":{meera.team}:{meera.user}"
        chats.attach(work, made.brand, Identity("slack", name, name))
    return made


def countered(world: World, minor: int) -> UUID:
    """Let the creator propose another price; the brand has its card."""
    deal_id = world.offer()
    drain(world.runtime)
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        offers.counter(work, deal_id, Money(minor, INR), shown=seen.deal(work, deal_id))
    drain(world.runtime)
    return deal_id


def agreed(world: World) -> UUID:
    deal_id = world.offer()
    drain(world.runtime)
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        offers.accept(work, deal_id, shown=seen.deal(work, deal_id))
    drain(world.runtime)
    return deal_id


def deal(world: World, deal_id: UUID) -> DealView:
    with begin(world.runtime.database, SYSTEM) as work:
        return deals.get(work, deal_id)


def fields(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


def test_a_counter_offer_is_sent_by_its_submit(
    world: World,
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
) -> None:
    deal_id = countered(world, 3_500_00)
    press(meera, "Propose another price")
    view = api.modals[-1]
    assert fields(view)["price"]["type"] == "number_input"
    assert "₹3,500" in view["blocks"][0]["text"]["text"], "what it is about stands above its fields"
    meera.submit({"price": "3200.50"})
    found = deal(world, deal_id)
    assert (found.price, found.turn) == (Money(3_200_50, INR), "creator")
    said = texts(meera)
    assert any("Sent. Round" in line for line in said)
    assert not any("Propose ₹3,200.50" in line for line in said), "nothing is asked again in the chat"
    assert api.faults == []


def test_what_the_core_refuses_stands_beside_its_field(
    world: World,
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
) -> None:
    deal_id = countered(world, 3_500_00)
    before = deal(world, deal_id)
    press(meera, "Propose another price")
    wrong = meera.submit({"price": "99000000"}).json()
    assert set(wrong["errors"]) == {"price"}
    assert "between ₹0.01 and ₹17,500" in wrong["errors"]["price"]
    assert deal(world, deal_id) == before, "what was tried is undone"
    meera.submit({"price": "3300"})
    assert deal(world, deal_id).price == Money(3_300_00, INR)


def test_a_cancellation_and_a_review_are_sent_by_their_submit(
    world: World,
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
) -> None:
    deal_id = agreed(world)
    meera.say("deals")
    press(meera, "Ask to cancel")
    assert "goes back to the campaign" in api.modals[-1]["blocks"][0]["text"]["text"]
    meera.submit({"reason": "The launch moved to spring."})
    assert deal(world, deal_id).state is DealState.CANCELLING


def test_a_modal_of_a_thing_that_moved_binds_nobody(
    world: World,
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
) -> None:
    deal_id = countered(world, 3_500_00)
    press(meera, "Propose another price")
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        offers.withdraw(work, deal_id, shown=seen.deal(work, deal_id))
    meera.submit({"price": "3300"})
    assert deal(world, deal_id).price == Money(3_500_00, INR)
    assert any("Nothing was done" in line or "has changed" in line for line in texts(meera)[-4:])


def test_slack_is_answered_before_the_modal_is_asked_for(
    world: World,
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
    ours: httpx.Client,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    countered(world, 3_500_00)
    answered, asked = Event(), list[bool]()

    def slow(self: SlackChannel, person: str, trigger: str, view: dict[str, Any]) -> None:
        asked.append(answered.wait(20))

    monkeypatch.setattr(SlackChannel, "open_modal", slow)

    def post(path: str, content: str, headers: dict[str, str]) -> httpx.Response:
        found = ours.post(path, content=content, headers=headers)
        answered.set()
        return found

    seat = SlackSeat(api, post, meera.team, meera.user)
    press(seat, "Propose another price")
    meera.say("hi")  # waits until everything is done
    assert asked == [True]


def test_a_modal_waits_behind_no_message(
    world: World,
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    countered(world, 3_500_00)

    def full(*_: object) -> None:
        raise ChannelUnavailable("paced", 30)

    with monkeypatch.context() as patched:
        patched.setattr(slack_channel, "wait_in_line", full)
        press(meera, "Propose another price")
    assert api.modals


def test_a_form_comes_back_as_it_was_filled(
    world: World,
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
) -> None:
    del world
    meera.command("/campaign", "3 food creators in Pune, 1 reel each, under 20k INR by 20 November #ChaiTime")
    press(meera, "Change something")
    shown = fields(api.modals[-1])
    assert shown["budget"]["initial_value"] == "20000"
    assert (shown["deadline"]["type"], shown["deadline"]["initial_date"]) == ("datepicker", "2026-11-20")
    assert [option["value"] for option in shown["cities"]["initial_options"]] == ["Pune"]
    assert "ChaiTime" in shown["hashtags"]["initial_value"]
    meera.submit({"deadline": "2026-12-05", "hashtags": ""})
    assert "Sat 5 Dec 2026" in texts(meera)[-1], "with its weekday"
    assert "ChaiTime" not in texts(meera)[-1], "what was emptied is left out"
    assert "₹20,000" in texts(meera)[-1]
    assert api.faults == []
