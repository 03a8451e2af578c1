"""Slack: installed through its page, signed, answered before the work, obeyed when it takes the app away."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import text

from api import app as web
from bots import runtime as parts
from bots.hearing import Hearer
from bots.runtime import Runtime
from core.kit.actors import SYSTEM
from core.kit.clock import wall_now
from core.kit.database import Database
from core.kit.work import begin
from core.messaging import outbox
from core.settings import Settings
from market.embedded import free_port
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
    for kept in (emulated.calls, emulated.shown, emulated.views, emulated.faults, emulated.orders):
        kept.clear()
    return emulated


@pytest.fixture
def bot(api: WebApi, port: int, database: Database, tmp_path: Path) -> Runtime:
    settings = Settings(
        _env_file=None,
        state_dir=tmp_path,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        secret_key=SecretStr("test-secret-key"),
        admin_key=SecretStr("test-admin-key"),
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
        ("/nano", "help", "you can just tell me"),
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


def test_a_token_that_slack_ended_is_forgotten(meera: SlackSeat, api: WebApi, bot: Runtime) -> None:
    meera.say("hi")
    api.order("chat.postMessage", 200, "token_revoked")
    meera.say("help")
    with begin(bot.database, SYSTEM) as work:
        assert work.session.execute(text("SELECT sealed FROM app_installation")).scalars().all() == [""]
