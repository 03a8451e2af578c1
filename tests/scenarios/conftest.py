"""A stage on one process, with a seeded marketplace and four people seated; the far ends of chat apps."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api import app as web
from bots.doors.registry import Settings
from core.kit.clock import SandboxClock
from core.kit.database import Database
from market import seed
from market.embedded import free_port
from market.stage import Stage
from runtime import parts
from runtime.parts import Runtime
from tests.conftest import drain, staff_key
from tests.peers import slack, telegram, whatsapp
from tests.peers.slack import WebApi
from tests.peers.telegram import TelegramPeer
from tests.peers.whatsapp import CloudApi
from tests.scenarios.apps import Apps


@pytest.fixture
def stage(runtime: Runtime) -> Iterator[Stage]:
    movable = replace(runtime.database, clock=SandboxClock())
    sandbox = parts.build(runtime.settings, movable)
    seed.plant(sandbox.database)
    with TestClient(web.create(sandbox)) as client:
        stage = Stage(client.request, staff_key(sandbox.database), lambda: drain(sandbox))
        for who in ("brand", "asha", "ravi", "meera"):
            stage.sit(who)
        yield stage


@pytest.fixture(scope="module")
def bot_api() -> Iterator[TelegramPeer]:
    with telegram.running() as found:
        yield found


@pytest.fixture(scope="module")
def cloud_api() -> Iterator[CloudApi]:
    with whatsapp.running() as found:
        yield found


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def web_api(port: int) -> Iterator[WebApi]:
    with slack.running(f"http://127.0.0.1:{port}/slack/oauth_redirect") as found:
        yield found


@pytest.fixture
def apps(bot_api: TelegramPeer, cloud_api: CloudApi, web_api: WebApi) -> Apps:
    return Apps(bot_api, cloud_api, web_api)


@pytest.fixture
def bot(
    port: int, bot_api: TelegramPeer, cloud_api: CloudApi, web_api: WebApi, database: Database, tmp_path: Path
) -> Runtime:
    """A process that speaks through every app, on far ends that remember nothing."""
    bot_api.reset()
    cloud_api.posted.clear()
    web_api.forget()
    settings = Settings(
        _env_file=None,
        state_dir=tmp_path,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        secret_keys=SecretStr("test-secret-key"),
        telegram_token=SecretStr(telegram.TOKEN),
        telegram_mode="webhook",
        telegram_api_url=bot_api.url,
        whatsapp_token=SecretStr("token"),
        whatsapp_app_secret=SecretStr(whatsapp.SECRET),
        whatsapp_phone_number_id=whatsapp.PHONE,
        whatsapp_business_id=whatsapp.BUSINESS,
        whatsapp_api_url=f"{cloud_api.url}/{whatsapp.VERSION}",
        slack_client_id=slack.CLIENT_ID,
        slack_client_secret=SecretStr(slack.CLIENT_SECRET),
        slack_signing_secret=SecretStr(slack.SIGNING_SECRET),
        slack_api_url=f"{web_api.url}/api",
    )
    return parts.build(settings, Database(database.engine, database.sessions, SandboxClock()))
