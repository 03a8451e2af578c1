"""What we fetch from addresses that others gave us: which, how much, how long, and whom we give our token."""

import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from bots.doors.channel import ChannelRefused
from bots.doors.slack import read
from bots.doors.slack.channel import file_origins
from bots.doors.whatsapp.api import FILES_ORIGIN, Access, CloudApi
from core.kit import fetching
from core.kit.fetching import FetchFailed, FetchRefused, Limits

TOKEN = "xoxb-the-workspaces-own"
PATIENT, SHORT = 30.0, 0.3


@contextmanager
def answering(*parts: bytes, again: bytes = b"") -> Iterator[tuple[str, list[bytes]]]:
    """Serve these bytes to whoever calls, then `again` for as long as the test lasts; keep what was asked."""
    heard: list[bytes] = []
    over = threading.Event()

    class Answer(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            heard.append(self.request.recv(65_536))
            try:
                for part in parts:
                    self.request.sendall(part)
                while again and not over.wait(0.01):
                    self.request.sendall(again)
            except OSError:
                pass

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", heard
        finally:
            over.set()
            server.shutdown()
            thread.join()


def fetch(url: str, limits: Limits | None = None) -> fetching.Fetched:
    own = {fetching.origin(url)}
    return fetching.from_platform(f"{url}/f.png", own, TOKEN, limits or Limits.of(1_000, PATIENT))


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104  (not bound to)
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.0.170",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.216.34",
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "100::1",
        "2001::1",
        "2001:2::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
    ],
)
def test_no_address_of_an_odd_network_is_public(address: str) -> None:
    assert not fetching.is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"]
)
def test_the_open_internet_is(address: str) -> None:
    assert fetching.is_public(address)


def test_each_refused_network_is_refused_at_both_its_ends() -> None:
    for network in fetching.REFUSED_V4:
        assert not fetching.is_public(str(network[0]))
        assert not fetching.is_public(str(network[-1]))
    for wide in fetching.REFUSED_V6:
        assert not fetching.is_public(str(wide[0]))
        assert not fetching.is_public(str(wide[-1]))
    assert not fetching.is_public(str(fetching.GLOBAL_V6[0] - 1))
    assert not fetching.is_public(str(fetching.GLOBAL_V6[-1] + 1))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "2130706433", "0x7f.1"])
def test_a_name_of_this_machine_is_refused(host: str) -> None:
    with pytest.raises(FetchRefused):
        fetching.public_addresses(host, PATIENT)


def test_a_name_that_cannot_be_one_is_not_found() -> None:
    with pytest.raises(FetchFailed):
        fetching.public_addresses("a" * 70 + ".example", PATIENT)


def test_one_inner_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(0, 0, 0, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: rows)
    with pytest.raises(FetchRefused):
        fetching.public_addresses("both.example", PATIENT)


def test_a_resolver_that_never_answers_ends_with_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: over.wait(PATIENT))
    with pytest.raises(FetchFailed):
        fetching.public_addresses("slow.example", SHORT)
    over.set()


def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "2606:4700::1111":
            raise httpx.ConnectError("no IPv6 here")
        assert request.headers["host"] == "shop.example"
        assert request.extensions["sni_hostname"] == "shop.example"
        return httpx.Response(200, stream=httpx.ByteStream(b"found"))

    found = fetching.from_stranger(
        "shop.example",
        "/",
        Limits.of(100, PATIENT),
        resolve=lambda _host, _seconds: ["2606:4700::1111", "93.184.216.34"],
        transport=httpx.MockTransport(answer),
    )
    assert found.content == b"found"


def test_a_file_is_fetched_with_the_token_and_asked_for_unpacked() -> None:
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nchai") as (url, heard):
        assert fetch(url) == fetching.Fetched(200, b"chai")
    asked = heard[0].lower()
    assert f"authorization: bearer {TOKEN}".encode() in asked
    assert b"accept-encoding: identity" in asked
    assert asked.count(b"accept-encoding") == 1


def test_reading_ends_above_the_limit() -> None:
    with answering(b"HTTP/1.1 200 OK\r\n\r\n", again=b"x" * 400) as (url, _):
        assert len(fetch(url, Limits.of(1_000, PATIENT)).content) == 1_001


def test_what_comes_packed_is_not_unpacked() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 1\r\n\r\nx"
    with answering(head) as (url, _), pytest.raises(FetchFailed):
        fetch(url)


@pytest.mark.parametrize("again", [b"x", b"X-A: b\r\n"], ids=["body", "headers"])
def test_an_answer_that_trickles_ends_with_the_deadline(again: bytes) -> None:
    """Eight seconds a read were eight seconds a byte."""
    end = b"\r\n" if again == b"x" else b""
    began = time.monotonic()
    with answering(b"HTTP/1.1 200 OK\r\n" + end, again=again) as (url, _), pytest.raises(FetchFailed):
        fetch(url, Limits.of(10_000_000, SHORT))
    assert time.monotonic() - began < PATIENT


def test_no_redirect_is_followed() -> None:
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as (other, heard):
        moved = f"HTTP/1.1 302 Found\r\nLocation: {other}/\r\nContent-Length: 0\r\n\r\n".encode()
        with answering(moved) as (url, _):
            assert fetch(url).status == 302
    assert heard == []


def test_nothing_is_called_after_the_deadline() -> None:
    with answering(b"") as (url, heard), pytest.raises(FetchFailed):
        fetch(url, Limits.of(1, -1.0))
    assert heard == []


SLACK = "https://slack.com/api"


@pytest.mark.parametrize(
    "url",
    [
        "https://files.slack.com/files-pri/T1-F1/chai.png",
        "https://FILES.slack.com:443/files-pri/T1-F1/chai.png",
        "https://slack.com/x",
    ],
)
def test_slacks_own_hosts_get_slacks_token(url: str) -> None:
    assert fetching.origin(url) in file_origins(SLACK)


@pytest.mark.parametrize(
    "url",
    [
        "http://files.slack.com/x",
        "https://files.slack.com:8443/x",
        "https://files.slack.com@evil.example/x",
        "https://evil.example/files.slack.com",
        "https://files.slack.com.evil.example/x",
        "https://evilslack.com/x",
        "https://files.slack.com\\@evil.example/x",
        "https://evil.example#@files.slack.com/",
        "https://user:pw@files.slack.com/x",
        "http://127.0.0.1:9/x.png",
        "http://[::1]/x.png",
        "//files.slack.com/x",
        "file:///etc/passwd",
        "",
        "https://",
        "https://[::1/x",
    ],
)
def test_nobody_else_gets_it(url: str) -> None:
    with pytest.raises(FetchRefused):
        fetching.from_platform(url, file_origins(SLACK), TOKEN, Limits.of(1, PATIENT))


def test_a_file_that_a_stranger_keeps_is_skipped() -> None:
    event: dict[str, Any] = {
        "type": "message",
        "channel_type": "im",
        "channel": "D1",
        "user": "U1",
        "ts": "1.2",
    }
    hosted = {"mode": "hosted", "url_private": "https://files.slack.com/a.png", "name": "a.png"}
    outside = {"mode": "external", "url_private": "http://127.0.0.1:1/x.png"}
    marked = {**outside, "mode": "", "is_external": True}
    said = read.said({"team_id": "T1"}, {**event, "files": [outside, hosted, marked]})
    assert said is not None
    assert [file.name for file in said[0].files] == ["a.png"]


def test_whatsapps_token_goes_to_whatsapp_alone() -> None:
    assert fetching.origin("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1") == FILES_ORIGIN
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as (stranger, heard):
        answer = f'{{"url": "{stranger}/file"}}'.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(answer)}\r\n\r\n".encode()
        with answering(head + answer) as (api_url, _):
            api = CloudApi(Access("EAAtoken", "1", api_url=api_url))
            with pytest.raises(ChannelRefused):
                api.file("media-1", 100)
            api.close()
    assert heard == []
