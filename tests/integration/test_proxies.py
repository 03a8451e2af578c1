"""Whom a proxy speaks for is believed of the proxies we named, and of nobody else."""

import pytest
from fastapi import Request
from fastapi.testclient import TestClient
from pydantic import ValidationError

from api.app import create
from api.quotas import address_of
from core.settings import Settings
from runtime.parts import Runtime

PROXY, STRANGER, PERSON = "10.0.0.2", "198.51.100.9", "203.0.113.7"


def seen(runtime: Runtime, proxies: str, peer: str, headers: list[tuple[str, str]]) -> tuple[str, str]:
    """Return the address and the scheme that our routes see."""
    runtime.settings.trusted_proxies = proxies
    app = create(runtime)
    found: list[tuple[str, str]] = []

    @app.get("/seen")
    def see(request: Request) -> None:
        found.append((address_of(request), request.url.scheme))

    TestClient(app, client=(peer, 50_000)).get("/seen", headers=headers)
    return found[0]


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "address"),
    [
        ("", PROXY, PERSON, PROXY),
        (PROXY, PROXY, PERSON, PERSON),
        (PROXY, STRANGER, PERSON, STRANGER),
        ("10.0.0.0/8", PROXY, PERSON, PERSON),
        ("10.0.0.0/8", PROXY, f"{STRANGER}, {PERSON}", PERSON),  # what the person made up comes first
        ("10.0.0.0/8", PROXY, f"{PERSON}, 10.0.0.3", PERSON),  # two of ours in a row
        ("10.0.0.0/8", PROXY, f"{STRANGER}, {PERSON}, 10.0.0.3", PERSON),
        ("10.0.0.0/8", PROXY, "2001:db8::7", "2001:db8::/64"),
        ("10.0.0.0/8", PROXY, f"{PERSON}:4711", PERSON),
        ("10.0.0.0/8", PROXY, "", PROXY),
        ("10.0.0.0/8, 192.0.2.1", "192.0.2.1", PERSON, PERSON),
    ],
)
def test_the_address_behind_a_trusted_proxy_is_seen(
    runtime: Runtime, proxies: str, peer: str, forwarded: str, address: str
) -> None:
    headers = [("X-Forwarded-For", forwarded), ("X-Forwarded-Proto", "https")]
    trusted = address != peer or (bool(proxies) and peer != STRANGER)
    assert seen(runtime, proxies, peer, headers) == (address, "https" if trusted else "http")


@pytest.mark.parametrize(
    "given", ["*", "0.0.0.0/0", "::/0", "128.0.0.0/1", "proxy.example", "10.0.0.300", "10.0.0.1;x"]
)
def test_the_whole_internet_and_names_are_no_proxies(given: str) -> None:
    with pytest.raises(ValidationError):
        Settings(_env_file=None, trusted_proxies=given)
