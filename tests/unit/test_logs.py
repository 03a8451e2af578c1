"""No secret reaches a log: not by its name, not by its shape, not deep inside, not through a library."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import structlog

from core.kit import logs

TELEGRAM = "8123456789:AAH8dkeSd-9fkeLL2mfkekw_3kdkfjeW5kf"
SHAPES = [
    f"https://api.telegram.org/bot{TELEGRAM}/getUpdates",
    f"/bot{TELEGRAM.replace(':', '%3A')}/sendMessage",
    TELEGRAM,
    "redis://:hunter2secret@valkey:6379/0",
    "redis://:hunter2@secret@valkey:6379/0",
    "amqp://market:hunter2secret@rabbitmq:5672//",
    "https://hunter2secret@example.com/x",
    "EAAhunter2secretGmZCZBexample",
    "xoxe-1-hunter2secret-8f",
    "xoxe.xoxp-1-hunter2secret",
    "xoxb-123-hunter2secret",
    "xapp-1-A0-hunter2secret",
    "sk_live_hunter2secret",
    "rk_test_hunter2secret",
    "whsec_hunter2secret",
    "rzp_live_hunter2secret",
    "AKIAHUNTER2SECRETX",
    "eyJhbGciOiJIUzI1NiJ9.eyJodW50ZXIyIjoic2VjcmV0In0.hunter2secret",
    "GET /reports/eyJhbGciOiJIUzI1NiJ9.eyJodW50ZXIyc2VjcmV0In0.x.csv",
    "Authorization: Bearer hunter2secret",
    "authorization: basic aHVudGVyMnNlY3JldA==",
    "/slack/oauth_redirect?code=hunter2secret&state=hunter2secret",
    "/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=hunter2secret",
    '{"access_token": "hunter2secret"}',
    "password = 'hunter2secret'",
    "api_key=hunter2secret",
]
TRACES = ("hunter2", "HUNTER2", "aHVudGVyMn", "eyJodW50ZXIy", "AAH8dke")


def redacted(**event: Any) -> str:  # noqa: ANN401
    return json.dumps(logs.redact(None, "", event))


def deep(value: object) -> object:
    return {"outer": [{"inner": (value,)}]}


@pytest.mark.parametrize("text", SHAPES)
@pytest.mark.parametrize("wrap", [str, deep, str.encode, RuntimeError], ids=lambda wrap: wrap.__name__)
def test_a_secret_is_hidden_by_its_shape(text: str, wrap: Any) -> None:  # noqa: ANN401
    shown = redacted(reason=wrap(f"failed at {text} twice"))
    assert not any(trace in shown for trace in TRACES)
    assert logs.HIDDEN in shown


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "passwd",
        "client_secret",
        "Access-Token",
        "Authorization",
        "Set-Cookie",
        "api_key",
        "x-csrf",
    ],
)
def test_a_secret_is_hidden_by_its_name_however_deep(name: str) -> None:
    for event in ({name: "plain"}, {"headers": {name: "plain"}}, {"list": [{name: ["plain"]}]}):
        assert "plain" not in redacted(**event)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/a/b?page=2",
        "a campaign for @kala.chai: 20,000 INR at 10:30",
        "route=/reports/{token} is slow",
        "7d2b2a9e-6f0c-4a9d-9d9e-0f4ce0c6b9b1",
        "sandbox rail",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    shown = logs.redact(None, "", {"event": text, "count": 3, "ratio": 0.5, "there": True, "none": None})
    assert shown == {"event": text, "count": 3, "ratio": 0.5, "there": True, "none": None}


def test_nesting_without_end_ends() -> None:
    circle: dict[str, object] = {}
    circle["again"] = circle
    assert logs.HIDDEN in redacted(circle=circle)


@contextmanager
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Our configuration, written where a test can read it; the suite's comes back."""
    root, access = logging.getLogger(), logging.getLogger("uvicorn.access")
    before, level, out = list(root.handlers), root.level, io.StringIO()
    root.handlers.clear()
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr", out)
        patched.setattr(logging, "raiseExceptions", True)
        logs.configure("INFO", "json")
        try:
            yield out
        finally:
            root.handlers[:], access.disabled = before, False
            root.setLevel(level)
            structlog.reset_defaults()


@pytest.mark.parametrize("name", ["httpx", "slack_sdk", "uvicorn.error"])
def test_what_a_library_logs_goes_through_the_same_door(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with written(monkeypatch) as out:
        try:
            int(SHAPES[0])
        except ValueError:
            logging.getLogger(name).exception("no answer from %s", SHAPES[3])
    assert json.loads(out.getvalue())["level"] == "error"
    assert not any(trace in out.getvalue() for trace in TRACES)


def test_the_web_server_s_access_log_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    with written(monkeypatch) as out:
        logging.getLogger("uvicorn.access").critical("GET /slack/oauth_redirect?code=abc")
    assert out.getvalue() == ""
