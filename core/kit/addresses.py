"""Web addresses that people type or paste: one rule for which of them can be led to."""

import re
from urllib.parse import urlsplit

ADDRESS_CHARACTERS_MAX = 2_000
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")  # RFC 1035, with digits in front (RFC 1123)


def is_web_address(text: str) -> bool:
    """Tell whether this is a full http(s) address of a named host: no brackets, user names or spaces in it.

    A host in another script counts where it has a form in IDNA.
    """
    if len(text) > ADDRESS_CHARACTERS_MAX or any(c.isspace() or not c.isprintable() for c in text):
        return False
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode()
        parts.port  # noqa: B018  (raises for a port that is none)
    except ValueError:
        return False
    labels = host.lower().removesuffix(".").split(".")
    named = len(labels) > 1 and not labels[-1].isdecimal() and all(map(LABEL.fullmatch, labels))
    return parts.scheme in {"http", "https"} and named and "@" not in parts.netloc
