"""Staging and production as they start: production with fakes of the ports, staging with vendors of play."""

from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.app import create
from core.kit.clock import SandboxClock, SystemClock
from core.kit.database import Database
from core.networks.choose import Networks
from core.networks.sandbox import SandboxNetwork
from core.payments.rails.choose import Rails
from core.payments.rails.sandbox import SandboxRail
from core.settings import KEPT_IN, Settings
from runtime import parts
from runtime.parts import Runtime

STRONG = "k7Gq2vX9pLmZ4tRw8sBnY6cHj3fDa1Eu"
ADDRESS = "https://market.example"


class Rail(SandboxRail):
    """Stands for a rail of real money."""

    facts = replace(SandboxRail.facts, name="real", play_money=False)


class Network(SandboxNetwork):
    """Stands for a network of real people."""

    name = "instagram"
    is_play = False


def settings_of(environment: str) -> Settings:
    keys = {name: SecretStr(STRONG) for name in KEPT_IN}
    return Settings(_env_file=None, environment=environment, public_url=ADDRESS, **keys)  # type: ignore[arg-type]


def started(environment: str, database: Database) -> Runtime:
    settings = settings_of(environment)
    if environment != "production":
        return parts.build(settings, database)
    networks = Networks(Network(database, ADDRESS), own_address=ADDRESS)
    return parts.build(settings, database, Rails(Rail(database, ADDRESS)), networks)


@pytest.mark.parametrize(
    ("environment", "method", "path", "status"),
    [
        ("production", "GET", "/", 200),
        ("production", "GET", "/docs", 200),
        ("production", "GET", "/readyz", 200),
        ("production", "POST", "/enter", 303),
        *(
            ("production", method, f"/sandbox/{path}", 404)
            for method, path in (
                ("GET", "checkout/x"),
                ("POST", "checkout/x"),
                ("GET", "network"),
                ("POST", "network"),
                ("GET", "network/p/abcdefgh23"),
                ("POST", "network/p/abcdefgh23/delete"),
                ("POST", "clock"),
                ("GET", "work"),
            )
        ),
        ("production", "GET", "/play", 404),
        ("staging", "GET", "/", 200),
        ("staging", "GET", "/sandbox/network", 200),  # its vendors are of play …
        ("staging", "GET", "/sandbox/network/p/abcdefgh23", 200),
        ("staging", "POST", "/sandbox/clock", 404),  # … its time and its people are not
        ("staging", "GET", "/sandbox/work", 404),
        ("staging", "GET", "/play", 404),
    ],
)
def test_what_is_play_is_there_where_a_vendor_is_of_play(
    database: Database, environment: str, method: str, path: str, status: int
) -> None:
    client = TestClient(create(started(environment, database)), base_url=ADDRESS, follow_redirects=False)
    sent: dict[str, Any] = {}
    if method == "POST" and path.startswith("/sandbox"):
        form = {"answer": "pay", "owner": "asha", "platform": "instagram", "kind": "reel"}
        sent = {"json": {"hours": 1}} if path.endswith("clock") else {"data": form}
    assert client.request(method, path, **sent).status_code == status


@pytest.mark.parametrize("environment", ["staging", "production"])
def test_nobody_sits_down_as_somebody_else(database: Database, environment: str) -> None:
    client = TestClient(create(started(environment, database)), base_url=ADDRESS, follow_redirects=False)
    assert client.post("/enter", data={"user": "asha"}).status_code == 403
    assert client.post("/enter").headers["set-cookie"].startswith("__Host-seat=")


@pytest.mark.parametrize(
    ("environment", "clock"),
    [("sandbox", SandboxClock), ("staging", SystemClock), ("production", SystemClock)],
)
def test_time_moves_by_hand_in_a_sandbox_alone(environment: str, clock: type) -> None:
    assert type(parts.clock(settings_of(environment))) is clock
