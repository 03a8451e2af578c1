"""A sign while an answer is worked on: in Telegram for as long as it takes, in the browser by its status."""

import subprocess
from datetime import timedelta
from pathlib import Path
from threading import Semaphore

import pytest
from fastapi.testclient import TestClient

from bots.conversation import turn
from bots.conversation.dialogue import Book, Tools
from bots.doors import delivery
from bots.doors.telegram.channel import TelegramChannel
from core.messaging.messages import Address, Promise
from tests.integration.test_telegram import api, bot, client, hear, texts, update  # noqa: F401  (fixtures)
from tests.peers.misbehaving import BotApi
from tests.peers.whatsapp import node

Taken = tuple[list[Promise], timedelta | None]
PAGE = Path(__file__).parents[2] / "api" / "pages" / "static" / "chat.js"
BROWSER = """
const timers = [], elements = {}; let answer;
const nothing = { addEventListener() {}, append() {}, children: [], querySelectorAll: () => [] };
const element = () => ({ ...nothing });
globalThis.setTimeout = (act, after) => timers.push([act, after]);
globalThis.clearTimeout = (number) => { timers[number - 1] = null; };
globalThis.document = { currentScript: { dataset: { user: "u", csrf: "c", mostMb: "5",
    sending: "Sending …", working: "Nano is working on it …" } },
  getElementById: (id) => (elements[id] ??= element()), createElement: element };
globalThis.EventSource = class { addEventListener() {} };
globalThis.fetch = (url, how) => how ? new Promise((resolve) => { answer = resolve; })
  : Promise.resolve({ ok: true, status: 200, json: async () => ({ letters: [] }) });
const soon = () => new Promise((resolve) => setImmediate(resolve));
(0, eval)(require("fs").readFileSync(process.argv[1], "utf8"));
(async () => {
  await soon();
  const shown = [elements.status.textContent];
  timers.find(([, after]) => after === 700)[0]();
  shown.push(elements.status.textContent);
  answer({ ok: true, status: 200 });
  await soon();
  shown.push(elements.status.textContent, String(timers.every((one) => one === null)));
  console.log(shown.join("|"));
})();
"""


def test_a_sign_is_shown_once_it_takes_a_moment_and_for_as_long_as_it_takes(
    client: TestClient,  # noqa: F811
    api: BotApi,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown, take, show = Semaphore(0), turn.take_next, TelegramChannel.busy

    def busy(self: TelegramChannel, chat: Address) -> None:
        show(self, chat)
        shown.release()

    def slow(tools: Tools, book: Book, chat: Address) -> Taken:
        assert shown.acquire(timeout=20)
        assert shown.acquire(timeout=20), "and again, since apps take it away"
        return take(tools, book, chat)

    monkeypatch.setattr(delivery, "BUSY_AFTER_SECONDS", 0.01)
    monkeypatch.setattr(delivery, "BUSY_AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(TelegramChannel, "busy", busy)
    monkeypatch.setattr(turn, "take_next", slow)
    hear(client, update(1, text="hi"))
    assert [made["action"] for made in api.made("sendChatAction")][:2] == ["typing", "typing"]
    assert texts(api), "and then the answer came"


def test_an_answer_that_comes_at_once_shows_no_sign(client: TestClient, api: BotApi) -> None:  # noqa: F811
    hear(client, update(1, text="hi"))
    hear(client, update(2, text="help"))
    assert len(api.made("sendChatAction")) < len(texts(api))


@pytest.mark.skipif(not node(), reason="Node runs the page's script")
def test_the_browser_says_that_it_is_worked_on() -> None:
    run = [str(node()), "-e", BROWSER, str(PAGE)]
    found = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603  (ours)
    assert found.stdout.strip() == "Sending …|Nano is working on it …||true", found.stderr
