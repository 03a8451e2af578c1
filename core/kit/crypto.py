"""Signed tokens and one-time codes. Keys come from settings; nothing here is ever logged."""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L: people read codes aloud


def sign(key: str, purpose: str, claims: dict[str, Any]) -> str:
    """Return a URL-safe token that proves `claims`; `purpose` keeps one token from serving as another."""
    body = base64.urlsafe_b64encode(json.dumps(claims, sort_keys=True).encode()).decode().rstrip("=")
    return f"{body}.{_mac(key, purpose, body)}"


def verify(key: str, purpose: str, token: str) -> dict[str, Any] | None:
    """Return the claims of a token we signed for this purpose, or None."""
    body, _, mac = token.partition(".")
    if not hmac.compare_digest(mac.encode(), _mac(key, purpose, body).encode()):
        return None
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return claims


def seal(key: str, text: str) -> str:
    """Return a text that only who has the key can read (Fernet: AES-128-CBC with HMAC-SHA256)."""
    return _fernet(key).encrypt(text.encode()).decode()


def open_sealed(key: str, sealed: str) -> str | None:
    """Return what was sealed, None when the key is another or somebody changed it."""
    try:
        return _fernet(key).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def code(length: int = 8) -> str:
    """Return a random code that is easy to read aloud (31 symbols a place)."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


def fingerprint(secret: str) -> str:
    """Return a one-way mark of a secret, for storing codes and keys."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _fernet(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"seal:{key}".encode()).digest()))


def _mac(key: str, purpose: str, body: str) -> str:
    digest = hmac.new(key.encode(), f"{purpose}:{body}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
