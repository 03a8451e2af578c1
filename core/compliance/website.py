"""Looks for our code on a website: a file below /.well-known/ or a meta tag on the front page.

What is called, and how much of it is read, is `core.kit.fetching`'s rule for strangers' hosts.
"""

import re
from urllib.parse import urlsplit

import httpx

from core.compliance.errors import WebsiteNotAccepted, WebsiteNotReachable
from core.kit import addresses, fetching
from core.kit.fetching import FetchFailed, FetchRefused, Limits
from core.kit.work import require_outside
from core.networks.places import HOSTS

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
TOTAL_SECONDS = 8.0
BYTES_MAX = 200_000
WELL_KNOWN = "/.well-known/nanoinfluencer.txt"


def domain_of(text: str) -> str:
    """Return the host of what somebody typed as their website.

    Raises:
        WebsiteNotAccepted: for free mail, a network's page, an address instead of a name, or no registrable
            domain.
    """
    typed = text.strip().lower()
    if "@" in typed and "/" not in typed:
        typed = typed.rpartition("@")[2]
    try:
        host = urlsplit(typed if "//" in typed else f"//{typed}").hostname or ""
        host = host.encode("idna").decode()  # as it is shown: letters of another script look like ours
    except ValueError as error:
        raise WebsiteNotAccepted(website=text[:120]) from error
    owned = addresses.registrable(host)
    if not owned or owned in FREE_MAIL or host in HOSTS:
        raise WebsiteNotAccepted(website=text[:120])
    return host.removeprefix("www.")


def carries_code(
    domain: str,
    code: str,
    *,
    resolve: fetching.Resolve = fetching.public_addresses,
    transport: httpx.AsyncBaseTransport | None = None,
) -> bool:
    """Tell whether the website shows our code. Two requests at most, 8 s for both together.

    Raises:
        WebsiteNotAccepted: when the name leads to an address that is not public.
        WebsiteNotReachable: when nothing answers.
    """
    require_outside()
    limits = Limits.of(BYTES_MAX, TOTAL_SECONDS)
    filed, front = (_page(domain, path, limits, resolve, transport) for path in (WELL_KNOWN, "/"))
    if filed is None and front is None:
        raise WebsiteNotReachable(domain=domain)
    tags = re.findall(r"<meta\b[^<>]*>", front or "", re.IGNORECASE)
    shown = any("nanoinfluencer-verification" in tag and code in tag for tag in tags)
    return shown or code in (filed or "").split()


def _page(
    domain: str,
    path: str,
    limits: Limits,
    resolve: fetching.Resolve,
    transport: httpx.AsyncBaseTransport | None,
) -> str | None:
    """Return what a page says, nothing for one that is not there, None where nothing came."""
    try:
        answer = fetching.from_stranger(domain, path, limits, resolve=resolve, transport=transport)
    except FetchRefused as error:
        raise WebsiteNotAccepted(website=domain) from error
    except FetchFailed:
        return None
    if answer.status != httpx.codes.OK:
        return "" if answer.status < httpx.codes.INTERNAL_SERVER_ERROR else None
    return answer.content[:BYTES_MAX].decode("utf-8", "replace")
