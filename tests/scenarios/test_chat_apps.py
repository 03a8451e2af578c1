"""The whole story again: the brand in Slack, its creators in Telegram, WhatsApp and the browser.

The real libraries, the real routes with their secrets and signatures, and servers of others on the far side.
"""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from api import app as web
from bots.doors.hearing import Hearer
from bots.doors.telegram import listen
from core.kit.actors import SYSTEM
from core.kit.work import begin
from core.ledger import service as ledger
from core.messaging.messages import OutgoingMessage
from market.stage import Seat, Stage
from market.story import ASHA, BRAND, RAVI, Checks, Story
from runtime.parts import Runtime
from tests.conftest import drain, staff_key
from tests.peers import slack, telegram, whatsapp
from tests.peers.slack import SlackSeat, WebApi
from tests.peers.telegram import ShowsSecret, TelegramPeer, TelegramSeat
from tests.peers.whatsapp import CloudApi, WhatsAppSeat

pytestmark = pytest.mark.slow(seconds=30)
NAMES = {"slack": "Slack", "telegram": "Telegram", "whatsapp": "WhatsApp"}


@dataclass
class Transcript:
    """What each person said and was told. With TRANSCRIPTS set it goes into that folder: docs/channels."""

    lines: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def note(self, who: str, words: str, message: OutgoingMessage | None) -> None:
        """Note one line."""
        if message is None:
            self.lines[who].append(f"\n**{who} ›** {words}\n")
            return
        shown = "\n".join(f"> {line}" for line in (message.text or "(a file)").split("\n"))
        labels = [f"`[{b.label}]`" for row in message.buttons for b in row]
        self.lines[who].append(f"\n{shown}\n" + (f">\n> {' '.join(labels)}\n" if labels else ""))

    def write(self, apps: dict[str, str]) -> None:
        """Write a page for each app, if a folder was named."""
        folder = os.environ.get("TRANSCRIPTS")
        for who, app in apps.items() if folder else ():
            made = "Written by `TRANSCRIPTS=docs/channels pytest tests/scenarios/test_chat_apps.py`."
            head = f"# A story in {NAMES[app]}, as {who} saw it\n\n{made}\n"
            page = re.sub(
                r"http://127\.0\.0\.1:\d+", "https://market.example.com", head + "".join(self.lines[who])
            )
            (Path(str(folder)) / f"{app}-transcript.md").write_text(page, encoding="utf-8")


@pytest.fixture
def stage(bot: Runtime, bot_api: TelegramPeer, cloud_api: CloudApi, web_api: WebApi) -> Iterator[Stage]:
    app, transcript = web.create(bot), Transcript()
    hearer: Hearer = app.state.hearer
    secured = ShowsSecret(app, listen.secret(bot.settings))
    with telegram.served(secured, bot.settings.port) as url, httpx.Client(base_url=url, timeout=30) as client:
        ravi = WhatsAppSeat(cloud_api, client.post, "919800000002", "Ravi")

        def settle() -> None:
            assert hearer.settle(30)
            drain(bot)
            if ravi.is_asked_to_read():
                ravi.read_what_waits()
                settle()

        brand = SlackSeat(web_api, client.post, *slack.install(client, web_api))
        seats: dict[str, Seat] = {BRAND: brand, ASHA: TelegramSeat(bot_api, 1_001, "Asha"), RAVI: ravi}
        yield Stage(client.request, staff_key(bot.database), settle, transcript.note, seats=seats)
        transcript.write({BRAND: "slack", ASHA: "telegram", RAVI: "whatsapp"})


def test_from_a_sentence_to_paid_in_four_apps(
    stage: Stage, bot: Runtime, bot_api: TelegramPeer, cloud_api: CloudApi, web_api: WebApi
) -> None:
    checks = Checks(lambda _: None)
    Story(stage, checks, lambda _: None).play()
    assert checks.failed == []
    assert checks.passed > 45
    with begin(bot.database, SYSTEM) as work:
        assert ledger.violations(work) == []
    made = Counter(call["method"] for call in bot_api.calls())
    assert made["answerCallbackQuery"] > 8
    assert made["editMessageText"] > 3
    posted = Counter(body["type"] for body in cloud_api.posted)
    assert cloud_api.faults == []
    assert cloud_api.prism or not whatsapp.can_run_prism()
    assert posted["interactive"] > 20
    assert posted["template"] >= 1
    called = Counter(name for name, _ in web_api.calls)
    assert web_api.faults == []
    assert called["chat.postMessage"] > 20
    assert called["chat.update"] > 3
