"""Too much from one address, seat, chat or person is refused in words; all processes count together."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import structlog
from fastapi.testclient import TestClient
from sqlalchemy import text

from api.app import create
from api.pages.watcher import STREAMS_MAX, Watcher
from bots.doors import delivery, incoming_files
from bots.doors.hearing import Hearer
from core.accounts.schemas import Identity
from core.kit.actors import SYSTEM
from core.kit.errors import TooOften
from core.kit.limits import Limit, Limits
from core.kit.work import begin
from core.media.errors import TooManyFiles
from core.messaging.messages import ChannelName, IncomingMessage
from market.embedded import EmbeddedValkey, free_port
from runtime.parts import Runtime

PIXEL = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture(scope="module")
def cache_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = EmbeddedValkey(tmp_path_factory.mktemp("limits"))
    yield server.start()
    server.stop()


def limited(runtime: Runtime, limits: Limits) -> Runtime:
    """The same process, counted as outside a sandbox."""
    return replace(runtime, tools=replace(runtime.tools, limits=limits))


@pytest.fixture
def strict(runtime: Runtime) -> Runtime:
    return limited(runtime, Limits())


def client_of(runtime: Runtime, address: str = "203.0.113.7") -> TestClient:
    return TestClient(create(runtime), follow_redirects=False, client=(address, 50_000))


def spend_up(runtime: Runtime, limit: Limit, who: str) -> None:
    runtime.tools.limits.spend(limit, who, limit.item.amount)


def test_two_processes_count_together(cache_url: str) -> None:
    one, two = Limits(cache_url), Limits(cache_url)
    one.spend(Limit.SEATS, "a", 39)
    two.spend(Limit.SEATS, "a")
    for limits in (one, two):
        with pytest.raises(TooOften):
            limits.spend(Limit.SEATS, "a")
        with pytest.raises(TooOften):
            limits.require(Limit.SEATS, "a")


def test_without_valkey_each_process_counts_for_itself() -> None:
    with structlog.testing.capture_logs() as logs:
        limits = Limits(f"redis://127.0.0.1:{free_port()}/0")
        limits.spend(Limit.SEATS, "a", 40)
        with pytest.raises(TooOften):
            limits.spend(Limit.SEATS, "a")
    assert len(logs) == 1, "it is said once, and Valkey is not asked at every step"


@pytest.mark.parametrize(
    ("method", "path", "limit"),
    [
        ("POST", "/enter", Limit.SEATS),
        ("GET", "/reports/x", Limit.REPORTS),
        ("GET", "/reports/x.csv", Limit.REPORTS),
        ("GET", "/l/abcdefgh", Limit.LINKS_FOLLOWED),
        ("GET", "/", Limit.REQUESTS),
        ("POST", "/chat/asha/messages", Limit.REQUESTS),
        ("GET", "/admin/staff", Limit.FAILED_PROOFS),
        ("POST", "/webhooks/telegram", Limit.FAILED_PROOFS),
    ],
)
def test_an_address_that_asks_too_much_waits_and_others_do_not(
    strict: Runtime, method: str, path: str, limit: Limit
) -> None:
    spend_up(strict, limit, "203.0.113.7")
    refused = client_of(strict).request(method, path)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= limit.item.get_expiry()
    assert "a lot at once" in refused.json()["detail"]
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert client_of(strict, "203.0.113.8").request(method, path).status_code != 429


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/market.css"])
def test_health_and_the_pages_own_files_are_not_counted(strict: Runtime, path: str) -> None:
    for limit in Limit:
        spend_up(strict, limit, "203.0.113.7")
    assert client_of(strict).get(path).status_code == 200


def test_wrong_keys_and_seats_are_tried_thirty_times_a_minute(strict: Runtime) -> None:
    client, wrong = client_of(strict), {"Authorization": "Bearer wrong"}
    tries = [client.post("/admin/deals/x/cancel", headers=wrong, json={}).status_code for _ in range(15)]
    tries += [client.get("/chat/asha").status_code for _ in range(20)]
    assert tries == [401] * 30 + [429] * 5


def test_a_seat_has_a_few_streams(strict: Runtime) -> None:
    client = client_of(strict)
    client.post("/enter", data={"user": "asha"})
    watcher: Watcher = client.app.state.watcher  # type: ignore[attr-defined]
    waiting = watcher._waiting.setdefault("web:asha", set())  # noqa: SLF001  (open pages)
    import asyncio  # noqa: PLC0415

    waiting.update(asyncio.Event() for _ in range(STREAMS_MAX))
    refused = client.get("/chat/asha/stream")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "15"


def test_too_many_turns_of_a_browser_chat_are_refused_in_words(strict: Runtime) -> None:
    client = client_of(strict)
    client.post("/enter", data={"user": "asha"})
    csrf = client.get("/chat/asha").text.split('data-csrf="')[1].split('"')[0]
    spend_up(strict, Limit.TURNS, "web:asha")
    said = {"event_id": "one-too-many", "text": "hi"}
    refused = client.post("/chat/asha/messages", json=said, headers={"X-CSRF": csrf})
    assert refused.status_code == 429
    assert "a lot at once" in refused.json()["detail"]
    assert client.get("/chat/asha/letters").json()["letters"] == [], "what is refused is not noted as said"


def said(number: int) -> IncomingMessage:
    return IncomingMessage(
        channel=ChannelName.TELEGRAM,
        user_id="7",
        chat_id="7",
        event_id=f"e{number}",
        name="Asha",
        text="hi",
    )


def test_too_much_in_an_app_is_let_go_and_said_once_a_minute(
    strict: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "wall_now", lambda: strict.database.clock.read(None))  # type: ignore[arg-type]
    sent: list[Any] = []
    monkeypatch.setattr(delivery, "deliver", lambda _house, promise: sent.append(promise.payload))
    spend_up(strict, Limit.TURNS, "telegram:7")
    hearer = Hearer(strict, threads=1)
    for number in range(5):
        hearer.receive(said(number), number)
    hearer._pool.shutdown()  # noqa: SLF001  (waits for what was begun)
    assert [promise["chat_id"] for promise in sent] == ["7"]
    assert "a lot at once" in sent[0]["message"]["text"]
    with begin(strict.database, SYSTEM) as work:
        assert work.session.scalar(text("SELECT count(*) FROM arrival")) == 0


def test_too_many_bytes_from_a_person_are_refused_in_words_and_not_stored(strict: Runtime) -> None:
    spend_up(strict, Limit.UPLOADED_BYTES, "web:asha")
    with pytest.raises(TooManyFiles):
        incoming_files.keep(strict, Identity(ChannelName.WEB, "asha", "asha"), "Asha", "a.png", PIXEL)
    client = client_of(strict)
    client.post("/enter", data={"user": "asha"})
    csrf = client.get("/chat/asha").text.split('data-csrf="')[1].split('"')[0]
    form = {"event_id": "file-1", "text": ""}
    answer = client.post(
        "/chat/asha/files", data=form, files={"file": ("a.png", PIXEL)}, headers={"X-CSRF": csrf}
    )
    assert answer.status_code == 204
    assert "as many files" in client.get("/chat/asha/letters").json()["letters"][-1]["body"]["text"]
    with begin(strict.database, SYSTEM) as work:
        assert work.session.scalar(text("SELECT count(*) FROM media_file")) == 0


def test_too_many_bytes_from_an_address_are_refused(strict: Runtime, tmp_path: Path) -> None:
    client = client_of(strict)
    client.post("/enter", data={"user": "asha"})
    csrf = client.get("/chat/asha").text.split('data-csrf="')[1].split('"')[0]
    spend_up(strict, Limit.UPLOADED_BYTES_FROM, "203.0.113.7")
    form = {"event_id": "file-1", "text": ""}
    answer = client.post(
        "/chat/asha/files", data=form, files={"file": ("a.png", PIXEL)}, headers={"X-CSRF": csrf}
    )
    assert answer.status_code == 429
    assert not list((tmp_path / "media").glob("*"))
