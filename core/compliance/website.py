"""Looks for our code on a website: a file below /.well-known/ or a meta tag on the front page.

The fetcher is a door to the open internet, so it refuses every address that is not public, pins the
address it checked (a name cannot be re-bound between check and call) and follows no redirect.
"""

import ipaddress
import re
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import tldextract

from core.compliance.errors import WebsiteNotAccepted, WebsiteNotReachable
from core.kit.work import require_outside

FREE_MAIL = frozenset(
    {
        "gmail.com",
        "yahoo.com",
        "outlook.com",
        "hotmail.com",
        "icloud.com",
        "proton.me",
        "rediffmail.com",
    }
)
TIMEOUT_SECONDS = 8.0
BYTES_MAX = 200_000
WELL_KNOWN = "/.well-known/nanoinfluencer.txt"

Resolve = Callable[[str], list[str]]

_suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def domain_of(text: str) -> str:
    """Return the host of what somebody typed as their website.

    Raises:
        WebsiteNotAccepted: for free mail, an address instead of a name, or no registrable domain.
    """
    typed = text.strip().lower()
    if "@" in typed and "/" not in typed:
        typed = typed.rpartition("@")[2]
    try:
        host = urlsplit(typed if "//" in typed else f"//{typed}").hostname or ""
    except ValueError as error:
        raise WebsiteNotAccepted(website=text[:120]) from error
    registrable = _suffixes(host).top_domain_under_public_suffix
    if not registrable or registrable in FREE_MAIL:
        raise WebsiteNotAccepted(website=text[:120])
    return host.removeprefix("www.")


def public_addresses(host: str) -> list[str]:
    """Return the addresses of a host, all of them public.

    Raises:
        WebsiteNotReachable: when the name is unknown.
        WebsiteNotAccepted: when any address is private, loopback, link-local or reserved.
    """
    try:
        found = {str(row[4][0]) for row in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)}
    except OSError as error:
        raise WebsiteNotReachable(domain=host) from error
    if not all(ipaddress.ip_address(address).is_global for address in found):
        raise WebsiteNotAccepted(website=host)
    return sorted(found)


def carries_code(
    domain: str,
    code: str,
    *,
    resolve: Resolve = public_addresses,
    transport: httpx.BaseTransport | None = None,
) -> bool:
    """Tell whether the website shows our code. Two requests at most, 8 s each.

    Raises:
        WebsiteNotAccepted: when the name leads to an address that is not public.
        WebsiteNotReachable: when nothing answers.
    """
    require_outside()
    address = resolve(domain)[0]
    with httpx.Client(timeout=TIMEOUT_SECONDS, transport=transport) as client:
        filed = _fetch(client, domain, address, WELL_KNOWN)
        if filed is not None and code in filed.split():
            return True
        front = _fetch(client, domain, address, "/")
    if filed is None and front is None:
        raise WebsiteNotReachable(domain=domain)
    tags = re.findall(r"<meta\b[^>]*>", front or "", re.IGNORECASE)
    return any("nanoinfluencer-verification" in tag and code in tag for tag in tags)


def _fetch(client: httpx.Client, domain: str, address: str, path: str) -> str | None:
    host = f"[{address}]" if ":" in address else address
    try:
        with client.stream(
            "GET",
            f"https://{host}{path}",
            headers={"Host": domain},
            extensions={"sni_hostname": domain},
        ) as response:
            if response.status_code != httpx.codes.OK:
                return "" if response.status_code < httpx.codes.INTERNAL_SERVER_ERROR else None
            content = b""
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > BYTES_MAX:
                    break
            return content[:BYTES_MAX].decode("utf-8", "replace")
    except httpx.HTTPError:
        return None
