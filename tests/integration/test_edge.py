"""What strangers send to the web process: it is refused before it costs anything, and never by a 500."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from api.app import create
from api.edge import JSON_BYTES_MAX
from core.kit.text import INTEGER_BITS_MAX, OddValue, keepable, storable
from runtime.parts import Runtime

CHAT = "/chat/asha/messages"


@pytest.fixture
def client(runtime: Runtime) -> Iterator[TestClient]:
    with TestClient(create(runtime), raise_server_exceptions=False, follow_redirects=False) as found:
        yield found


@pytest.fixture
def csrf(client: TestClient) -> str:
    client.post("/enter", data={"user": "asha"})
    return client.get("/chat/asha").text.split('data-csrf="')[1].split('"')[0]


def post(client: TestClient, csrf: str, raw: bytes) -> Any:  # noqa: ANN401
    headers = {"X-CSRF": csrf, "Content-Type": "application/json"}
    return client.post(CHAT, content=raw, headers=headers)


@pytest.mark.parametrize(
    ("path", "status"), [(CHAT, 401), ("/admin/deals/x/cancel", 401), ("/webhooks/telegram", 404)]
)
def test_a_stranger_s_body_is_not_read(client: TestClient, path: str, status: int) -> None:
    read = []

    def trickle() -> Iterator[bytes]:
        read.append(1)
        yield b"[" * 1_000

    assert client.post(path, content=trickle()).status_code == status


def test_a_body_is_refused_above_256_kb_and_taken_up_to_it(client: TestClient, csrf: str) -> None:
    def sized(size: int) -> bytes:
        shell = json.dumps({"event_id": "e", "text": ""}).encode()
        return shell + b" " * (size - len(shell))

    assert post(client, csrf, sized(JSON_BYTES_MAX)).status_code == 204
    assert post(client, csrf, sized(JSON_BYTES_MAX + 1)).status_code == 413


def test_a_body_of_nothing_but_brackets_is_refused(client: TestClient, csrf: str) -> None:
    assert post(client, csrf, b"[" + b"[]," * 80_000 + b"[]]").status_code == 422
    assert post(client, csrf, b"[" * 100_000).status_code == 422


@pytest.mark.parametrize(
    "raw",
    [
        b'{"event_id":"a\\u0000b","text":"x\\u0000y"}',
        b'{"event_id":"c","text":"\\ud800"}',
        b'{"event_id":"d","text":"hi","hours":NaN}',
        b'{"event_id":"e","text":"hi","n":1e999}',
        b'{"event_id":"f","n":' + b"9" * 40 + b"}",
        b"not json",
        b"\xff\xfe",
    ],
)
def test_odd_values_are_no_fault_of_ours(client: TestClient, csrf: str, raw: bytes) -> None:
    assert post(client, csrf, raw).status_code in {204, 422}


@pytest.mark.parametrize("after", ["-1", str(2**63), str(10**40), "NaN", "%00"])
def test_odd_cursors_are_refused(client: TestClient, csrf: str, after: str) -> None:
    del csrf
    assert client.get(f"/chat/asha/letters?after={after}").status_code in {404, 422}


def test_a_refusal_does_not_give_back_what_was_sent(client: TestClient, csrf: str) -> None:
    answer = post(client, csrf, json.dumps({"event_id": "", "text": "my secret words"}).encode())
    assert answer.status_code == 422
    assert "my secret words" not in answer.text


def test_a_failure_is_logged_without_what_people_wrote(
    client: TestClient, csrf: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        message = "my secret words"
        raise RuntimeError(message)

    monkeypatch.setattr("bots.doors.delivery.note", fail)
    with capture_logs() as logs:
        answer = post(client, csrf, b'{"event_id":"g","text":"my secret words"}')
    assert answer.status_code == 500
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"]
    assert "my secret words" not in answer.text + repr(logs)


def test_a_statement_that_fails_hides_its_values(runtime: Runtime) -> None:
    assert runtime.database.engine.hide_parameters


@pytest.mark.parametrize("path", ["/", "/chat/asha/letters", "/nothing/here"])
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=JSON)
def test_no_json_is_a_fault_of_ours(client: TestClient, csrf: str, body: object) -> None:
    assert post(client, csrf, json.dumps(body).encode()).status_code < 500


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("a\0b", "ab"),
        ("a\ud800b", "ab"),
        ({"k\0": ["\0"]}, {"k": [""]}),
        (2**INTEGER_BITS_MAX - 1, 2**INTEGER_BITS_MAX - 1),
        (1.5, 1.5),
        (None, None),
    ],
)
def test_what_can_be_kept_is_kept(value: object, kept: object) -> None:
    assert keepable(value) == kept


@pytest.mark.parametrize("value", [2**INTEGER_BITS_MAX, -(2**70), float("inf"), float("nan")])
def test_what_no_column_keeps_is_refused(value: object) -> None:
    with pytest.raises(OddValue):
        keepable(value)


def test_nesting_has_an_end() -> None:
    value: Any = "x"
    for _ in range(34):
        value = [value]
    with pytest.raises(OddValue):
        keepable(value)


def test_text_is_otherwise_untouched() -> None:
    text = "नमस्ते \U0001f44b\U0001f3fd \u200f"
    assert storable(text) == text


@pytest.mark.parametrize("length", [100, 101, 2_200])
def test_a_long_caption_is_published_once(client: TestClient, length: int) -> None:
    form = {"owner": "asha", "platform": "instagram", "kind": "reel", "caption": "x" * length}
    first, second = (client.post("/sandbox/network", data=form) for _ in range(2))
    assert first.status_code == 303
    assert first.headers["location"] == second.headers["location"]


def test_the_reference_is_a_page_that_our_own_policy_shows(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert "<code>/chat/{user}/messages</code>" in page.text
    assert "<script" not in page.text
    assert "http" not in page.text.replace("httponly", ""), "nothing is loaded from elsewhere"


@pytest.fixture
def secure_client(runtime: Runtime) -> TestClient:
    runtime.settings.public_url = "https://market.example"
    runtime.settings.environment = "staging"
    return TestClient(create(runtime), base_url="https://market.example", follow_redirects=False)


def test_over_https_a_seat_is_a_host_s_own_cookie_and_browsers_stay_with_https(
    secure_client: TestClient,
) -> None:
    entered = secure_client.post("/enter")
    cookie = entered.headers["set-cookie"]
    assert cookie.startswith("__Host-seat=")
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"secure", "httponly", "path=/", "samesite=strict"} <= parts
    assert not any(part.startswith("domain") for part in parts)
    assert "max-age=31536000" in entered.headers["strict-transport-security"]
    assert secure_client.get(entered.headers["location"]).status_code == 200
    assert secure_client.get("/chat/somebody-else").status_code == 401


def test_a_seat_s_cookie_of_plain_http_counts_nothing_over_https(secure_client: TestClient) -> None:
    entered = secure_client.post("/enter")
    value = entered.headers["set-cookie"].split("=", 1)[1].split(";")[0]
    secure_client.cookies.clear()
    secure_client.cookies.set("seat", value)
    assert secure_client.get(entered.headers["location"]).status_code == 401


def test_over_plain_http_nothing_is_promised_of_https(client: TestClient) -> None:
    assert "strict-transport-security" not in client.get("/").headers


@pytest.mark.parametrize("path", ["/admin", "/admin/tasks", "/chat/asha/letters", "/reports/x", "/docs"])
def test_what_is_personal_is_kept_by_no_cache(client: TestClient, path: str) -> None:
    assert client.get(path).headers["cache-control"] == "no-store"
