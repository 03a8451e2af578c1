"""What is said in a channel is answered there: before all what is nobody's, the rest to its author alone."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from core.accounts import chats
from core.accounts.schemas import Identity
from core.deals import offers
from core.deals import views as deals
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
    channel_of,
    emulated,
    meera,
    ours,
    port,
    posts,
    press,
    texts,
    workspace,
)
from tests.peers.slack import SlackSeat, WebApi

STAMP = "1700000001.000200"


def mention(seat: SlackSeat, channel: str, text: str, **event: str) -> None:
    seat.event({"type": "app_mention", "channel": channel, "user": seat.user, "text": text, **event})


def whispers(api: WebApi, channel: str) -> list[dict[str, Any]]:  # noqa: F811
    return [sent for name, sent in api.calls if name == "chat.postEphemeral" and sent["channel"] == channel]


def words(sent: list[dict[str, Any]]) -> str:
    return "\n".join(str(each["text"]) for each in sent)


def test_a_name_alone_is_answered_where_it_was_called(meera: SlackSeat, api: WebApi) -> None:  # noqa: F811
    workspace(meera)
    general = channel_of(api)
    before = len(texts(meera))
    mention(meera, general, "<@UBOT>", ts=STAMP)
    (answer,) = posts(api, general)
    assert answer["thread_ts"] == STAMP
    assert "what is it about" in answer["text"].lower()
    assert len(texts(meera)) == before + 1, "and not in the private chat too"


@pytest.mark.parametrize(
    "text",
    [
        "<@UBOT> where is our money?",
        "hey <@UBOT> where is our money?",
        "where is our money, <@UBOT>?",
        "where is <@UBOT> our money?",
    ],
)
def test_what_is_somebody_s_own_is_shown_to_its_author_alone(
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
    text: str,
) -> None:
    workspace(meera)
    general = channel_of(api)
    mention(meera, general, text, ts=STAMP)
    shown = whispers(api, general)
    assert shown
    assert all((sent["thread_ts"], sent["user"]) == (STAMP, meera.user) for sent in shown)
    assert "money" in words(shown).lower()
    assert "₹" not in words(posts(api, general)), "no money stands in the channel"


def test_a_brief_in_a_channel_is_understood_there(meera: SlackSeat, api: WebApi) -> None:  # noqa: F811
    workspace(meera)
    general = channel_of(api)
    mention(meera, general, "<@UBOT> 2 food creators in Pune, 1 reel each, under 20k INR", ts=STAMP)
    assert "I understood" in words(whispers(api, general))
    assert "begin with my name" in words(whispers(api, general)), "it says how one answers here"
    assert posts(api, general) == []
    mention(meera, general, "<@UBOT> make it 25k", ts="1700000009.000200", thread_ts=STAMP)
    assert "₹25,000" in words(whispers(api, general))
    assert {sent["thread_ts"] for sent in whispers(api, general)} == {STAMP}


def test_a_channel_that_takes_nothing_is_answered_in_private(
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
) -> None:
    workspace(meera)
    api.order("chat.postEphemeral", 200, "not_in_channel")
    mention(meera, "C0PRIVATE1", "<@UBOT> campaigns", ts=STAMP)
    assert "campaign" in texts(meera)[-1].lower()
    meera.say("hi")
    assert "Kala Chai" in texts(meera)[-1], "she is still reached"


def test_a_thread_of_the_private_chat_is_answered_in_it(
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
) -> None:
    meera.say("hi")
    event = {"type": "message", "channel_type": "im", "channel": "D1", "user": meera.user, "text": "help"}
    meera.event({**event, "thread_ts": STAMP})
    sent = [body for name, body in api.calls if name == "chat.postMessage"]
    assert "thread_ts" not in sent[0]
    assert sent[-1]["thread_ts"] == STAMP


@pytest.fixture
def world(bot: Runtime, meera: SlackSeat, api: WebApi) -> World:  # noqa: F811
    """A funded campaign whose brand is in Slack, with its news in a channel."""
    made = World(bot)
    with begin(bot.database, SYSTEM) as work:
        name = f":{meera.team}:{meera.user}"
        chats.attach(work, made.brand, Identity("slack", name, name))
    meera.command("/campaign", "here", channel_of(api))
    return made


def countered(world: World, minor: int) -> UUID:
    deal_id = world.offer()
    drain(world.runtime)
    counter(world, deal_id, minor)
    return deal_id


def counter(world: World, deal_id: UUID, minor: int) -> None:
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        offers.counter(work, deal_id, Money(minor, INR), shown=seen.deal(work, deal_id))
    drain(world.runtime)


def state(world: World, deal_id: UUID) -> tuple[DealState, Money]:
    with begin(world.runtime.database, SYSTEM) as work:
        found = deals.get(work, deal_id)
        return found.state, found.price


def thread_of(api: WebApi, general: str) -> str:  # noqa: F811
    """Return the message that the newest deal's thread hangs on."""
    refs = [ref for ref, (_, sent) in api.shown.items() if sent.get("channel") == general]
    return refs[-1].partition(":")[2]


@pytest.mark.parametrize("said", ["accept ₹3,500", "accept 3500", "accept"])
def test_in_a_deal_s_thread_accept_is_of_that_deal(
    world: World,
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
    said: str,
) -> None:
    deal_id = countered(world, 3_500_00)
    general = channel_of(api)
    mention(meera, general, f"<@UBOT> {said}", thread_ts=thread_of(api, general))
    assert state(world, deal_id) == (DealState.AGREED, Money(3_500_00, INR))
    assert "Agreed with" in words(whispers(api, general))
    assert {sent["thread_ts"] for sent in whispers(api, general)} == {thread_of(api, general)}


@pytest.mark.parametrize("said", ["accept ₹3,000", "accept 3600", "decline 3500 or not"])
def test_another_price_than_the_deal_s_agrees_to_nothing(
    world: World,
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
    said: str,
) -> None:
    deal_id = countered(world, 3_500_00)
    general = channel_of(api)
    mention(meera, general, f"<@UBOT> {said}", thread_ts=thread_of(api, general))
    assert state(world, deal_id) == (DealState.OFFERED, Money(3_500_00, INR))


def test_who_is_not_of_the_team_can_do_nothing_in_its_thread(
    world: World,
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
    ours: httpx.Client,  # noqa: F811
) -> None:
    deal_id = countered(world, 3_500_00)
    general = channel_of(api)
    stranger = SlackSeat(api, ours.settled, meera.team, "U0STRANGER")  # type: ignore[attr-defined]
    mention(stranger, general, "<@UBOT> accept ₹3,500", thread_ts=thread_of(api, general))
    assert state(world, deal_id)[0] is DealState.OFFERED
    told = [sent for sent in whispers(api, general) if sent["user"] == "U0STRANGER"]
    assert "3,500" not in words(told)


def test_a_press_in_a_channel_is_answered_in_its_thread(
    world: World,
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
) -> None:
    deal_id = countered(world, 3_500_00)
    general = channel_of(api)
    press(meera, "Accept ₹3,500")
    assert state(world, deal_id)[0] is DealState.AGREED
    assert {sent["thread_ts"] for sent in whispers(api, general)} == {thread_of(api, general)}
