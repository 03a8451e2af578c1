"""Fetches what others gave us the address of: the one rule for what is called, how long, how much is read.

A stranger's host is called at https only, at an address that is public and that we checked ourselves (a name
cannot be bound anew between the check and the call). A platform's file is fetched with our token, and that
goes to the platform's own hosts alone. No redirect is followed, nothing is unpacked, and one deadline holds
for everything: the name, the connection, each byte.
"""

import asyncio
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import httpx

REFUSED_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        [
            "0.0.0.0/8",  # this network, unspecified
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by carriers' customers (CGNAT)
            "127.0.0.0/8",  # loopback
            "169.254.0.0/16",  # link-local, clouds' metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments, NAT64 discovery
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # AS112
            "192.52.193.0/24",  # AMT relays
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",  # benchmarking
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
        ],
    )
)
"""https://www.iana.org/assignments/iana-ipv4-special-registry and the multicast block."""
GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
"""Only this is global unicast: outside of it lie loopback, v4-mapped, NAT64, unique local, multicast …"""
REFUSED_V6 = tuple(
    map(
        ipaddress.IPv6Network,
        [
            "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation
        ],
    )
)
"""https://www.iana.org/assignments/iana-ipv6-special-registry."""

HTTPS_PORT = 443

Resolve = Callable[[str, float], list[str]]


class FetchRefused(Exception):
    """That address is none that we call, or none that our token goes to."""


class FetchFailed(Exception):
    """Nothing that can be used came back in time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bytes are read, and until when: one deadline for all that is fetched for one purpose."""

    bytes_max: int
    until: float

    @classmethod
    def of(cls, bytes_max: int, seconds: float) -> "Limits":
        """Return the limits of what begins now."""
        return cls(bytes_max, time.monotonic() + seconds)

    def left(self) -> float:
        """Return the seconds that are left. Raises FetchFailed when there are none."""
        left = self.until - time.monotonic()
        if left <= 0:
            message = "too slow"
            raise FetchFailed(message)
        return left


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer as it came; content of `bytes_max` + 1 bytes was cut there."""

    status: int
    content: bytes


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to a host on the open internet."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in network for network in REFUSED_V4)
    return found in GLOBAL_V6 and not any(found in network for network in REFUSED_V6)


def public_addresses(host: str, seconds: float) -> list[str]:
    """Return the addresses of a host, all of them public, in the system's order of preference.

    Raises:
        FetchFailed: when the name is unknown, or not found within `seconds`.
        FetchRefused: when any address is not public.
    """
    answer: Future[list[Any]] = Future()

    def ask() -> None:
        try:
            answer.set_result(socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answer.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()  # the system's own patience has no limit of ours
    try:
        rows = answer.result(seconds)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(type(error).__name__) from error
    found = list(dict.fromkeys(str(row[4][0]) for row in rows))
    if not all(map(is_public, found)):
        message = "not a public address"
        raise FetchRefused(message)
    return found


def from_stranger(
    host: str,
    path: str,
    limits: Limits,
    *,
    resolve: Resolve = public_addresses,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Fetched:
    """Fetch a page of a host that somebody named, over https, at an address that we checked.

    Raises:
        FetchRefused: when the name leads to an address that is not public.
        FetchFailed: when nothing usable came in time.
    """
    trouble: Exception = FetchFailed("no address")
    for address in resolve(host, limits.left()):
        bracketed = f"[{address}]" if ":" in address else address
        request = httpx.Request(
            "GET", f"https://{bracketed}{path}", headers={"Host": host}, extensions={"sni_hostname": host}
        )
        try:
            return _fetch(request, limits, transport)
        except FetchFailed as error:
            trouble = error
    raise trouble


def origin(url: str | httpx.URL) -> str:
    """Return scheme, host and port of an address. Raises FetchRefused for none, or a user name in it."""
    try:
        found = httpx.URL(url)
    except httpx.InvalidURL as error:
        message = "not an address"
        raise FetchRefused(message) from error
    if found.scheme not in {"http", "https"} or not found.host or found.userinfo:
        message = "not an address"
        raise FetchRefused(message)
    return f"{found.scheme}://{found.host}:{found.port or (HTTPS_PORT if found.scheme == 'https' else 80)}"


def from_platform(url: str, origins: Collection[str], token: str, limits: Limits) -> Fetched:
    """Fetch a platform's file with our token, from one of the platform's own origins alone.

    Raises:
        FetchRefused: for any other origin; nothing is called then.
        FetchFailed: when nothing usable came in time.
    """
    if origin(url) not in origins:
        message = "not the platform's own host"
        raise FetchRefused(message)
    return _fetch(httpx.Request("GET", url, headers={"Authorization": f"Bearer {token}"}), limits, None)


def _fetch(request: httpx.Request, limits: Limits, transport: httpx.AsyncBaseTransport | None) -> Fetched:
    """Make one call in a loop of its own: only there one deadline can hold for every byte of an answer."""

    async def read() -> Fetched:
        async with (
            asyncio.timeout(limits.left()),
            httpx.AsyncClient(transport=transport, timeout=None, trust_env=False) as client,  # noqa: S113
        ):
            request.headers["Accept-Encoding"] = "identity"
            answer = await client.send(request, stream=True)
            try:
                return Fetched(answer.status_code, await _content(answer, limits.bytes_max))
            finally:
                await answer.aclose()

    try:
        return asyncio.run(read())
    except (httpx.HTTPError, TimeoutError) as error:
        raise FetchFailed(type(error).__name__) from error


async def _content(answer: httpx.Response, bytes_max: int) -> bytes:
    """Return what came, as it came: an answer packed against our wish could unpack to any size."""
    if answer.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        message = "packed"
        raise FetchFailed(message)
    content = bytearray()
    async for part in answer.aiter_raw():
        content += part
        if len(content) > bytes_max:
            break
    return bytes(content[: bytes_max + 1])
