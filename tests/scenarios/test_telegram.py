"""The whole story again, its creators in Telegram: real library, real routes, a Bot API written by others."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from api import app as web
from bots import runtime as parts
from bots.hearing import Hearer
from bots.runtime import Runtime
from bots.telegram import listen
from core.kit.actors import SYSTEM
from core.kit.clock import SandboxClock
from core.kit.database import Database
from core.kit.work import begin
from core.ledger import service as ledger
from core.settings import Settings
from market.embedded import free_port
from market.stage import Stage
from market.story import ASHA, MEERA, RAVI, Checks, Story
from tests.conftest import drain
from tests.peers import telegram
from tests.peers.telegram import ShowsSecret, TelegramPeer, TelegramSeat

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def peer() -> Iterator[TelegramPeer]:
    with telegram.running() as found:
        yield found


@pytest.fixture
def bot(peer: TelegramPeer, database: Database, tmp_path: Path) -> Runtime:
    peer.reset()
    port = free_port()
    settings = Settings(
        _env_file=None,
        state_dir=tmp_path,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        secret_key=SecretStr("test-secret-key"),
        admin_key=SecretStr("test-admin-key"),
        telegram_token=SecretStr(telegram.TOKEN),
        telegram_mode="webhook",
        telegram_api_url=peer.url,
    )
    movable = Database(database.engine, database.sessions, SandboxClock())
    return parts.build(settings, movable)


@pytest.fixture
def stage(bot: Runtime, peer: TelegramPeer) -> Iterator[Stage]:
    app = web.create(bot)
    hearer: Hearer = app.state.hearer

    def settle() -> None:
        assert hearer.settle(30)
        drain(bot)

    people = ((ASHA, "Asha"), (RAVI, "Ravi"), (MEERA, "Meera"))
    seats = {who: TelegramSeat(peer, 1_000 + n, name) for n, (who, name) in enumerate(people)}
    secured = ShowsSecret(app, listen.secret(bot.settings))
    with telegram.served(secured, bot.settings.port) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield Stage(client.request, "test-admin-key", settle, seats=seats)


def test_from_a_sentence_to_paid_in_telegram(stage: Stage, bot: Runtime, peer: TelegramPeer) -> None:
    checks = Checks(lambda _: None)
    Story(stage, checks, lambda _: None).play()
    assert checks.failed == []
    assert checks.passed > 45
    with begin(bot.database, SYSTEM) as work:
        assert ledger.violations(work) == []
    made = Counter(call["method"] for call in peer.calls())
    assert made["answerCallbackQuery"] > 40
    assert made["editMessageText"] > 10
