"""Slack: installed through its page, signed, answered before the work, obeyed when it takes the app away."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from pydantic import SecretStr
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import text
from starlette.responses import Response

from api import app as web
from bots.conversation.card import card
from bots.doors import delivery
from bots.doors.channel import PersonUnreachable
from bots.doors.hearing import Hearer
from bots.doors.registry import Settings
from bots.doors.slack import door as slack_door
from bots.doors.slack.socket_mode import Socket
from core.accounts import chats, members, permissions
from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.deals import views as deals
from core.kit.actors import SYSTEM
from core.kit.clock import wall_now
from core.kit.database import Database
from core.kit.work import Work, begin
from core.messaging import outbox
from core.messaging.messages import Address, IncomingMessage
from market import seed
from market.embedded import free_port
from market.stage import PNG
from runtime import parts
from runtime.parts import Runtime
from tests.conftest import drain
from tests.peers import slack
from tests.peers.slack import SlackSeat, WebApi
from tests.peers.telegram import served


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def emulated(port: int) -> Iterator[WebApi]:
    with slack.running(f"http://127.0.0.1:{port}/slack/oauth_redirect") as found:
        yield found


@pytest.fixture
def api(emulated: WebApi) -> WebApi:
    for kept in (
        emulated.calls,
        emulated.shown,
        emulated.views,
        emulated.modals,
        emulated.faults,
        emulated.orders,
    ):
        kept.clear()
    return emulated


@pytest.fixture
def bot(api: WebApi, port: int, database: Database, tmp_path: Path) -> Runtime:
    settings = Settings(
        _env_file=None,
        state_dir=tmp_path,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        secret_keys=SecretStr("test-secret-key"),
        slack_client_id=slack.CLIENT_ID,
        slack_client_secret=SecretStr(slack.CLIENT_SECRET),
        slack_signing_secret=SecretStr(slack.SIGNING_SECRET),
        slack_api_url=f"{api.url}/api",
    )
    return parts.build(settings, database)


@pytest.fixture
def ours(bot: Runtime) -> Iterator[httpx.Client]:
    app = web.create(bot)
    hearer: Hearer = app.state.hearer
    with served(app, bot.settings.port) as url, httpx.Client(base_url=url, timeout=30) as client:

        def settled(*args: Any, **options: Any) -> Any:
            answer = httpx.Client.post(client, *args, **options)
            assert hearer.settle(30)
            drain(bot)
            return answer

        client.settled = settled  # type: ignore[attr-defined]
        yield client


@pytest.fixture
def meera(ours: httpx.Client, api: WebApi) -> SlackSeat:
    team, user = slack.install(ours, api)
    ours.settled("/slack/events")  # type: ignore[attr-defined]  # until she is greeted, which is not what tests count
    api.shown.clear()
    api.calls.clear()
    return SlackSeat(api, ours.settled, team, user)  # type: ignore[attr-defined]


def texts(seat: SlackSeat) -> list[str]:
    return [line.message.text for line in seat.heard()]


def press(seat: SlackSeat, label: str) -> None:
    shown = [b for line in reversed(seat.heard()) for row in line.message.buttons for b in row]
    seat.press(next(b for b in shown if b.action and b.label.removeprefix("✓ ").startswith(label)))


def test_installed_through_slacks_page_with_its_token_sealed(
    meera: SlackSeat, bot: Runtime, api: WebApi
) -> None:
    with begin(bot.database, SYSTEM) as work:
        sealed, team = work.session.execute(text("SELECT sealed, team_id FROM app_installation")).one()
    assert team == meera.team
    assert "xox" not in sealed
    meera.say("hi")
    assert "What brings you here?" in texts(meera)[-1]
    assert "Hi friend" not in texts(meera)[-1], "she is called by her name"
    assert api.faults == []


def test_a_state_is_used_once_and_strangers_states_never(ours: httpx.Client, meera: SlackSeat) -> None:
    assert ours.get("/slack/oauth_redirect", params={"code": "x", "state": "forged.mac"}).status_code != 200
    del meera


def test_only_slack_gets_in_and_only_within_five_minutes(
    ours: httpx.Client, meera: SlackSeat, api: WebApi
) -> None:
    raw = json.dumps({"type": "event_callback", "team_id": meera.team, "event": {"type": "message"}})
    for headers in ({}, {**slack.signed(raw + " ")}, slack.signed(raw, age_seconds=400)):
        answer = ours.post(
            "/slack/events", content=raw, headers={**headers, "Content-Type": "application/json"}
        )
        assert answer.status_code == 401
    challenge = json.dumps({"type": "url_verification", "challenge": "c42"})
    headers = {**slack.signed(challenge), "Content-Type": "application/json"}
    answer = ours.post("/slack/events", content=challenge, headers=headers)
    assert "c42" in answer.text
    assert not api.shown


def test_a_retried_event_is_answered_once_and_bots_and_channels_never(meera: SlackSeat) -> None:
    event = {"type": "message", "channel_type": "im", "channel": "D1", "user": meera.user, "text": "hi"}
    for _ in range(3):
        assert meera.event(event, "Ev1").status_code == 200
    assert len(texts(meera)) == 1
    meera.event({**event, "bot_id": "B1"})
    meera.event({**event, "subtype": "message_changed"})
    meera.event({**event, "channel_type": "channel"})
    assert len(texts(meera)) == 1
    meera.event({"type": "app_mention", "channel": "C1", "user": meera.user, "text": "<@UBOT> help"})
    assert len(texts(meera)) > 1


def test_commands_say_what_they_mean_and_answer_in_private(meera: SlackSeat) -> None:
    meera.say("hi")
    press(meera, "I'm a brand")
    meera.say("Kala Chai")
    press(meera, "A brand")
    meera.say("India")
    press(meera, "INR")
    press(meera, "Open workspace")
    answer = meera.command("/campaign", "3 food creators in Pune, 1 reel each, under 20k INR #ChaiTime")
    assert "I've answered in our private chat." in answer.text
    assert "I understood" in texts(meera)[-1] or "ChaiTime" in texts(meera)[-1]
    meera.say("cancel")
    for name, said, heard in (
        ("/campaign", "list", "campaign"),
        ("/wallet", "", "money"),
        ("/team", "", "Team of"),
        ("/nano", "help", "what is it about"),
    ):
        meera.command(name, said)
        assert heard.lower() in texts(meera)[-1].lower(), (name, said)


def test_a_question_is_drawn_over_the_one_before(meera: SlackSeat, api: WebApi) -> None:
    meera.say("hi")
    press(meera, "I'm a creator")
    press(meera, "I agree")
    assert [name for name, _ in api.calls].count("chat.update") == 1
    assert api.faults == []


def test_the_home_shows_what_needs_you(meera: SlackSeat, api: WebApi) -> None:
    meera.event({"type": "app_home_opened", "tab": "home", "user": meera.user, "channel": "D1"})
    assert "Hi, I'm Nano" in json.dumps(api.views[-1])
    meera.say("hi")
    meera.event({"type": "app_home_opened", "tab": "home", "user": meera.user, "channel": "D1"})
    assert api.views[-1]["type"] == "home"
    assert api.faults == []


def test_a_limit_waits_as_long_as_slack_says(meera: SlackSeat, api: WebApi, bot: Runtime) -> None:
    meera.say("hi")
    before = len(api.shown)
    api.order("chat.postMessage", 429, "ratelimited", 30)
    meera.say("help")
    assert len(api.shown) == before
    with begin(bot.database, SYSTEM) as work:
        assert outbox.claim(work, limit=5, now=wall_now()) == []


@pytest.mark.parametrize("event", ["app_uninstalled", "tokens_revoked"])
def test_an_app_that_was_taken_away_is_silent_at_once(
    meera: SlackSeat, api: WebApi, bot: Runtime, event: str
) -> None:
    meera.say("hi")
    meera.event({"type": event, "tokens": {"bot": ["B1"]}})
    with begin(bot.database, SYSTEM) as work:
        assert work.session.execute(text("SELECT sealed FROM app_installation")).scalars().all() == [""]
    before = len(api.calls)
    meera.say("anybody there?")
    assert len(api.calls) == before


@pytest.mark.parametrize("code", ["token_revoked", "token_expired"])
def test_a_token_that_slack_ended_is_forgotten(
    meera: SlackSeat, api: WebApi, bot: Runtime, code: str
) -> None:
    meera.say("hi")
    api.order("chat.postMessage", 200, code)
    meera.say("help")
    with begin(bot.database, SYSTEM) as work:
        assert work.session.execute(text("SELECT sealed FROM app_installation")).scalars().all() == [""]


def test_what_somebody_else_revoked_changes_nothing(meera: SlackSeat, api: WebApi) -> None:
    meera.event({"type": "tokens_revoked", "tokens": {"oauth": ["U9"]}})
    before = len(api.calls)
    meera.say("hi")
    assert len(api.calls) > before


def test_an_enterprise_is_installed_once_for_all_its_workspaces(bot: Runtime, api: WebApi) -> None:
    store = slack_door.channel_of(bot).installations
    store.save(
        Installation(enterprise_id="E1", is_enterprise_install=True, user_id="U1", bot_token="xoxb-all")
    )
    store.save(Installation(enterprise_id="E1", team_id="T1", user_id="U1", bot_token="xoxb-one"))
    assert slack_door.channel_of(bot).client("E1:T1:U5").token == "xoxb-one"
    assert slack_door.channel_of(bot).client("E1:T9:U5").token == "xoxb-all"
    store.delete_all(enterprise_id="E1", team_id="T1")
    assert slack_door.channel_of(bot).client("E1:T1:U5").token == "xoxb-all"
    api.order("chat.postMessage", 200, "token_revoked")
    with pytest.raises(PersonUnreachable):
        slack_door.channel_of(bot).send(Address("slack", "E1:T9:U5"), card("hello"), "k")
    with pytest.raises(PersonUnreachable):
        slack_door.channel_of(bot).client("E1:T1:U5")


def workspace(seat: SlackSeat) -> None:
    seat.say("hi")
    press(seat, "I'm a brand")
    seat.say("Kala Chai")
    press(seat, "A brand")
    seat.say("India")
    press(seat, "INR")
    press(seat, "Open workspace")


def test_a_whole_campaign_in_one_modal_with_mistakes_named_beside_their_fields(
    meera: SlackSeat, api: WebApi
) -> None:
    workspace(meera)
    meera.command("/campaign", "new")
    shown = {block["block_id"]: block for block in api.modals[-1]["blocks"]}
    assert {"deliverables", "creators", "budget", "cities", "deadline"} <= set(shown)
    assert shown["deadline"]["optional"]
    assert not shown["budget"]["optional"]
    wrong = meera.submit({"creators": "lots", "deliverables": "1 reel"}).json()
    assert wrong["response_action"] == "errors"
    assert set(wrong["errors"]) == {"creators", "budget"}
    meera.submit(
        {"creators": "3", "budget": "20k", "deliverables": "1 reel and 2 stories"},
        {"cities": ["Pune"], "niches": ["food"], "goal": ["launch"]},
    )
    assert not api.modals
    understood = texts(meera)[-1]
    for words in ("I understood", "1 reel and 2 stories", "₹20,000", "food", "Pune", "Launch"):
        assert words.lower() in understood.lower(), words
    press(meera, "Change something")
    shown = {block["block_id"]: block for block in api.modals[-1]["blocks"]}
    assert [o["value"] for o in shown["niches"]["element"]["initial_options"]] == ["food"]
    meera.submit({"budget": "30k"})
    assert "₹30,000" in texts(meera)[-1]
    assert "1 reel and 2 stories" in texts(meera)[-1], "what was left empty is kept"
    assert api.faults == []


def test_what_slack_no_longer_opens_is_asked_in_the_chat(meera: SlackSeat, api: WebApi) -> None:
    workspace(meera)
    meera.command("/campaign", "3 food creators in Pune, 1 reel each, under 20k INR #ChaiTime")
    api.order("views.open", 200, "expired_trigger_id")
    press(meera, "Change something")
    assert not api.modals
    assert "What would you like to change?" in texts(meera)[-1]


def test_a_modal_of_a_form_that_moved_on_changes_nothing(meera: SlackSeat, api: WebApi) -> None:
    workspace(meera)
    meera.command("/campaign", "3 food creators in Pune, 1 reel each, under 20k INR #ChaiTime")
    press(meera, "Change something")
    kept = api.modals.pop()
    meera.say("cancel")
    api.modals.append(kept)
    meera.submit({"budget": "30k"})
    assert any("earlier question" in line for line in texts(meera)[-2:])


def test_cities_are_suggested_while_they_are_typed(meera: SlackSeat) -> None:
    body = {
        "type": "block_suggestion",
        "user": {"id": meera.user, "team_id": meera.team},
        "team": {"id": meera.team},
        "block_id": "cities",
        "action_id": "suggest",
        "value": "pun",
    }
    offered = meera.interact(body).json()["options"]
    assert {"text": {"type": "plain_text", "text": "Pune, IN"}, "value": "Pune"} in offered
    assert meera.interact({**body, "value": "zzzz"}).json()["options"] == []
    assert meera.interact({**body, "block_id": "nothing"}).json()["options"] == []


def posts(api: WebApi, channel: str) -> list[dict[str, Any]]:
    return [sent for name, sent in api.calls if name == "chat.postMessage" and sent["channel"] == channel]


def test_a_campaign_has_its_channel_and_each_deal_its_thread(
    meera: SlackSeat, api: WebApi, bot: Runtime
) -> None:
    seed.plant(bot.database)
    workspace(meera)
    meera.command("/campaign", "2 food creators in Pune, 1 reel each, under 20k INR #ChaiTime")
    press(meera, "Save and find")
    meera.command("/campaign", "here", general := channel_of(api))
    assert "a thread for each deal" in texts(meera)[-1]
    for label in ("Pay ₹", "Pay with play money"):
        press(meera, label)
    for who in ("asha", "ravi", "meera", "kabir"):
        accept(bot, who)
    greeting, *found = posts(api, general)
    assert "I'm in this channel now" in greeting["text"]
    assert found, "the team reads who accepted"
    roots = [sent for sent in found if "thread_ts" not in sent]
    assert len(roots) == len({sent["text"] for sent in roots}) == 2, "one root per deal"
    assert all("accepted" in sent["text"] for sent in roots)
    before = len(found) + 1
    for who in ("asha", "ravi", "meera", "kabir"):
        hand_in(bot, who)
    threaded = posts(api, general)[before:]
    assert threaded, "the drafts hang on their deals"
    assert all(sent.get("thread_ts") for sent in threaded)
    api.order("chat.postMessage", 200, "is_archived")
    with begin(bot.database, SYSTEM) as work:
        deal = deals.of_campaign(work, campaigns.of_workspaces(work, [own_of(work, meera)])[0].id)[0]
        for person in permissions.people_who_may(work, deal.workspace_id, Permission.APPROVE):
            facts = {"deal_id": str(deal.id), "campaign_id": str(deal.campaign_id), "to": "brand"}
            outbox.tell(work, person, "creator_unreachable", facts)
    drain(bot)
    assert "can't be reached" in texts(meera)[-1], "an archived channel gives way to the private chat"
    with begin(bot.database, SYSTEM) as work:
        assert campaigns.of_workspaces(work, [own_of(work, meera)])[0].place == ""


def test_a_channel_may_be_for_one_client_of_an_agency(meera: SlackSeat, api: WebApi) -> None:
    meera.say("hi")
    press(meera, "I'm a brand")
    meera.say("Monsoon Agency")
    press(meera, "An agency")
    meera.say("India")
    press(meera, "INR")
    press(meera, "Open workspace")
    for name in ("Kala Chai", "Nashik Vines"):
        meera.say("add client")
        meera.say(name)
    meera.say("client here")
    assert "in a channel of your team" in texts(meera)[-1]
    meera.command("/team", "client", "C000000777")
    press(meera, "Nashik Vines")
    meera.command("/campaign", "1 food creator in Pune, 1 reel, 9k INR", "C000000777")
    assert "For which brand" not in texts(meera)[-1]
    press(meera, "Save and find")
    meera.command("/campaign", "1 food creator in Pune, 1 reel, 9k INR", "C000000888")
    assert "For which brand" in texts(meera)[-1]
    assert api.faults == []


def channel_of(api: WebApi) -> str:
    headers = {"Authorization": api.authorization}
    listed = httpx.post(f"{api.emulate}/api/conversations.list", headers=headers, timeout=30).json()
    return str(next(c["id"] for c in listed["channels"] if c["name"] == "general"))


def own_of(work: Work, seat: SlackSeat) -> UUID:
    person = chats.find_by_identity(work, "slack", f":{seat.team}:{seat.user}")
    assert person is not None
    return next(m.workspace.id for m in members.memberships_of(work, person.id))


def hear(bot: Runtime, who: str, text: str) -> None:
    delivery.hear(bot, IncomingMessage("web", who, who, uuid4().hex, who.title(), text))
    drain(bot)


def accept(bot: Runtime, who: str) -> None:
    hear(bot, who, "offers")
    hear(bot, who, "accept")
    hear(bot, who, "yes")


def hand_in(bot: Runtime, who: str) -> None:
    hear(bot, who, "draft")
    hear(bot, who, "#ad The best chai in Pune #ChaiTime")
    hear(bot, who, "skip")
    hear(bot, who, "yes")


def test_a_photo_sent_in_slack_becomes_part_of_the_draft(meera: SlackSeat, api: WebApi) -> None:
    meera.say("hi")
    press(meera, "I'm a creator")
    for words in ("agree", "Meera", "Instagram", "meera.eats", "9k", "food", "done", "Pune", "Hindi", "INR"):
        meera.say(words)
    api.files["/files-pri/T1-F1/chai.png"] = PNG
    file = {
        "url_private_download": f"{api.url}/files-pri/T1-F1/chai.png",
        "name": "chai.png",
        "size": len(PNG),
    }
    event = {"type": "message", "channel_type": "im", "channel": "D1", "user": meera.user, "text": ""}
    meera.event({**event, "subtype": "file_share", "files": [file]})
    assert "I don't need a file here" in "".join(texts(meera)[-2:]), "fetched, and nothing wants it here"
    meera.event(
        {**event, "subtype": "file_share", "files": [{**file, "url_private_download": f"{api.url}/gone"}]}
    )
    assert "couldn't fetch your file" in "".join(texts(meera)[-3:])


@pytest.mark.parametrize("mode", ["external", "hosted"])
def test_no_stranger_s_host_is_called_with_slack_s_token(meera: SlackSeat, mode: str) -> None:
    meera.say("hi")
    called: list[str] = []

    async def note(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            called.append(scope["path"])
            await Response(PNG)(scope, receive, send)

    with served(note, free_port()) as stranger:
        file = {"mode": mode, "url_private": f"{stranger}/x.png", "name": "x.png"}
        event = {"type": "message", "channel_type": "im", "channel": "D1", "user": meera.user, "text": ""}
        meera.event({**event, "subtype": "file_share", "files": [file]})
    assert called == []
    assert texts(meera)[-1], "she is answered all the same"


def test_over_a_socket_the_same_app_hears(meera: SlackSeat, api: WebApi, bot: Runtime) -> None:
    meera.say("hi")
    said = {"type": "message", "channel_type": "im", "channel": "D1", "user": meera.user, "text": "help"}
    event = {**said, "ts": "1700000000.000100", "event_ts": "1700000000.000100", "team": meera.team}
    payload = {"type": "event_callback", "team_id": meera.team, "event_id": "EvS", "event": event}
    before = len(texts(meera))
    with slack.socket([payload, payload]) as (address, acknowledged):
        api.socket_url = address
        settings = bot.settings.model_copy(update={"slack_app_token": SecretStr("xapp-1")})
        hearer = Hearer(bot)
        line = Socket(replace(bot, settings=settings), slack_door.channel_of(bot), hearer)
        try:
            until(lambda: len(acknowledged) == len({"e0", "e1"}))
            assert hearer.settle(30)
        finally:
            line.close()
            hearer.close()
    assert sorted(acknowledged) == ["e0", "e1"]
    assert "Tell me whether you are a brand" in "".join(texts(meera)[before:])
    assert "".join(texts(meera)[before:]).count("Tell me whether") == 1, "the repeat is heard once"


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        threading.Event().wait(0.02)


@pytest.mark.parametrize(
    "raw", ["[" * 100_000, "[]", '{"a":' + "9" * 5_000 + "}", '{"type": "event_callback"}']
)
def test_what_nobody_signed_is_read_by_nobody(ours: httpx.Client, raw: str) -> None:
    answer = ours.post("/slack/events", content=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "raw", ["[" * 100_000, "[]", "1", "null", '{"event": []}', '{"a":' + "9" * 5_000 + "}"]
)
def test_what_is_signed_and_odd_is_refused(ours: httpx.Client, raw: str) -> None:
    headers = {**slack.signed(raw), "Content-Type": "application/json"}
    assert ours.post("/slack/events", content=raw, headers=headers).status_code == 422


@pytest.mark.parametrize("stamp", ["1700000000.1", "1e300", "9" * 25, "nan", "-5", "x"])
def test_odd_signs_and_stamps_are_heard_and_no_word_is_logged(
    ours: httpx.Client, meera: SlackSeat, caplog: pytest.LogCaptureFixture, stamp: str
) -> None:
    event = {
        "type": "message",
        "channel_type": "im",
        "user": meera.user,
        "channel": "D1",
        "ts": stamp,
        "text": "my secret words \0 \ud800",
    }
    body = {"type": "event_callback", "event_id": f"Ev{stamp}", "team_id": meera.team, "event": event}
    raw = json.dumps(body)
    headers = {**slack.signed(raw), "Content-Type": "application/json"}
    with caplog.at_level(logging.DEBUG):
        assert ours.post("/slack/events", content=raw, headers=headers).status_code == 200
    assert "my secret words" not in caplog.text


def test_a_channel_that_takes_nothing_gets_no_news(meera: SlackSeat, api: WebApi, bot: Runtime) -> None:
    workspace(meera)
    meera.command("/campaign", "2 food creators in Pune, 1 reel each, under 20k INR #ChaiTime")
    press(meera, "Save and find")
    api.order("chat.postMessage", 200, "not_in_channel")
    meera.command("/campaign", "here", "C0PRIVATE1")
    assert "Invite me there first" in texts(meera)[-1]
    with begin(bot.database, SYSTEM) as work:
        assert campaigns.of_workspaces(work, [own_of(work, meera)])[0].place == ""


def test_a_question_is_not_posted_again_behind_every_command(meera: SlackSeat, api: WebApi) -> None:
    workspace(meera)
    meera.command("/campaign", "2 food creators in Pune, 1 reel each, under 20k INR #ChaiTime")
    before = len(texts(meera))
    meera.command("/wallet", "")
    assert "I understood" not in "".join(texts(meera)[before:])
    press(meera, "Save and find")
    assert "I understood" not in texts(meera)[-1], "the one above still works"
    assert not any("earlier question" in line for line in texts(meera))
