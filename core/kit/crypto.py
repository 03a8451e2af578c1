"""Keys: one ring of root keys, one derived key a purpose; signed tokens, sealed texts, one-time codes.

The ring holds root keys, newest first (`SECRET_KEYS`). Each has an id of its own, which every token and
sealed text names, so that a new key is put in front while what an older one made still opens. No two
purposes share a key: what one leaks or signs is worth nothing to another. Nothing here is ever logged.
"""

import base64
import hashlib
import hmac
import re
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from threading import Lock
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L: people read codes aloud
ALGORITHM = "HS256"
KEY_BYTES, NONCE_BYTES, KEY_ID_CHARACTERS = 32, 12, 8
CLOCK_SKEW_SECONDS = 60  # how far the clocks of our machines may be apart
SEALED = "k1"
OWNED = "p1"  # what is sealed with an owner's key, not with the ring
OWNED_BYTES = b"\x01"
AT_HAND_SECONDS, AT_HAND_MAX = 30.0, 10_000
FERNET = "gAAAA"  # what was sealed before keys had ids
DIFFERENT_MIN, STEPS_MAX = 10, 3
REPEATED = re.compile(r"(.{1,16}?)\1+.{0,15}", re.DOTALL)


class NotOurs(Exception):
    """What should open with our keys does not: it was changed, moved, or sealed with a key we lost."""


@dataclass(frozen=True, slots=True)
class Key:
    """A root key and the id that tokens name it by. The id is derived, so that nobody has to invent it."""

    id: str
    secret: str = field(repr=False)

    def derive(self, purpose: str) -> bytes:
        """Return this key's 32 bytes for a purpose (HKDF-SHA256, RFC 5869)."""
        return _derived(self.secret, purpose)


class Keyring:
    """Our root keys. The newest signs and seals; any of them verifies and opens."""

    def __init__(self, *secrets_newest_first: str) -> None:
        """Hold one key or several."""
        if not secrets_newest_first or not all(secrets_newest_first):
            message = "a ring needs a key"
            raise ValueError(message)
        self._keys = [Key(_id_of(secret), secret) for secret in secrets_newest_first]

    @classmethod
    def of(cls, setting: str) -> "Keyring":
        """Return the ring that `SECRET_KEYS` names: keys with commas between, newest first."""
        return cls(*filter(None, map(str.strip, setting.split(","))))

    @property
    def newest(self) -> Key:
        """Return the key that signs and seals."""
        return self._keys[0]

    def sign(self, purpose: str, claims: dict[str, Any], now: datetime, lives_for: timedelta) -> str:
        """Return a URL-safe token (JWT, RFC 7519) that proves `claims` for a purpose until it ends."""
        times = {"iat": int(now.timestamp()), "exp": int((now + lives_for).timestamp())}
        header = {"alg": ALGORITHM, "kid": self.newest.id}
        key = OctKey.import_key(self.newest.derive(f"sign:{purpose}"))
        return jwt.encode(header, {**claims, **times, "aud": purpose}, key)

    def verify(self, purpose: str, token: str, now: datetime) -> dict[str, Any] | None:
        """Return the claims of a token that we signed for this purpose and that lives, or None."""
        try:
            decoded = jwt.decode(
                token, lambda found: self._key_for(found.headers(), purpose), algorithms=[ALGORITHM]
            )
            jwt.JWTClaimsRegistry(
                now=int(now.timestamp()),
                leeway=CLOCK_SKEW_SECONDS,
                aud={"essential": True, "value": purpose},
                exp={"essential": True},
                iat={"essential": True},
            ).validate(decoded.claims)
        except (JoseError, ValueError):
            return None
        claims: dict[str, Any] = decoded.claims
        return claims

    def seal(self, purpose: str, plain: str | bytes, context: str) -> str:
        """Return a text that only our keys open (AES-256-GCM), only for this purpose and context.

        `context` says where it belongs, as a row's id: sealed text that is moved elsewhere does not open.
        """
        nonce = secrets.token_bytes(NONCE_BYTES)
        raw = plain.encode() if isinstance(plain, str) else plain
        cipher = AESGCM(self.newest.derive(f"seal:{purpose}"))
        return f"{SEALED}.{self.newest.id}.{_text(nonce + cipher.encrypt(nonce, raw, context.encode()))}"

    def open_sealed(self, purpose: str, sealed: str, context: str) -> bytes:
        """Return what was sealed. Raises NotOurs."""
        if sealed.startswith(FERNET):
            return self._open_fernet(sealed)
        _, key_id, content = _parts_of(sealed)
        key = self._by_id(key_id)
        if key is None:
            message = "no key of that id"
            raise NotOurs(message)
        try:
            raw = _bytes(content)
            cipher = AESGCM(key.derive(f"seal:{purpose}"))
            return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode())
        except (InvalidTag, ValueError) as error:
            message = "it does not open"
            raise NotOurs(message) from error

    def resealed(self, purpose: str, sealed: str, context: str) -> str | None:
        """Return the same sealed with the newest key, None where it is already. Raises NotOurs."""
        if sealed.startswith(f"{SEALED}.{self.newest.id}."):
            return None
        return self.seal(purpose, self.open_sealed(purpose, sealed, context), context)

    def marks(self, purpose: str, text: str = "") -> list[str]:
        """Return a mark (HMAC-SHA256, 64 hex digits) by each key, newest first.

        Show the first; take any. A mark tells nothing about `text` to who has no key, and has no end.
        """
        return [
            hmac.new(key.derive(f"mark:{purpose}"), text.encode(), hashlib.sha256).hexdigest()
            for key in self._keys
        ]

    def mark(self, purpose: str, text: str = "") -> str:
        """Return the newest key's mark."""
        return self.marks(purpose, text)[0]

    def is_mark(self, purpose: str, given: str, text: str = "", *, characters: int = 64) -> bool:
        """Tell whether `given` is a mark of ours, or the first `characters` of one, in constant time."""
        wanted = [mark[:characters].encode() for mark in self.marks(purpose, text)]
        return any(hmac.compare_digest(given.encode(), mark) for mark in wanted)

    def _by_id(self, key_id: str) -> Key | None:
        return next((key for key in self._keys if key.id == key_id), None)

    def _key_for(self, header: dict[str, Any], purpose: str) -> OctKey:
        key = self._by_id(str(header.get("kid", "")))
        if key is None:
            message = "no key of that id"
            raise ValueError(message)
        return OctKey.import_key(key.derive(f"sign:{purpose}"))

    def _open_fernet(self, sealed: str) -> bytes:
        for key in self._keys:
            digest = hashlib.sha256(f"seal:{key.secret}".encode()).digest()
            try:
                return Fernet(base64.urlsafe_b64encode(digest)).decrypt(sealed.encode())
            except InvalidToken:
                continue
        message = "no key opens it"
        raise NotOurs(message)


class DataKeys:
    """The ring that wraps owners' keys, and those opened lately: so many, for so long, in memory only."""

    def __init__(self, ring: Keyring, lives_for_seconds: float = AT_HAND_SECONDS) -> None:
        """Keep opened keys for so long."""
        self.ring = ring
        self._lives_for = lives_for_seconds
        self._found: OrderedDict[UUID, tuple[bytes, float]] = OrderedDict()
        self._lock = Lock()

    def at_hand(self, owner_id: UUID) -> bytes | None:
        """Return an owner's key if it was opened lately."""
        key, until = self._found.get(owner_id, (None, 0.0))
        return key if time.monotonic() < until else None

    def remember(self, owner_id: UUID, key: bytes) -> None:
        """Keep an opened key at hand; the oldest gives way."""
        with self._lock:
            self._found[owner_id] = (key, time.monotonic() + self._lives_for)
            self._found.move_to_end(owner_id)
            while len(self._found) > AT_HAND_MAX:
                self._found.popitem(last=False)

    def drop(self, owner_id: UUID) -> None:
        """Forget an opened key."""
        with self._lock:
            self._found.pop(owner_id, None)

    def drop_all(self) -> None:
        """Forget every opened key."""
        with self._lock:
            self._found.clear()


def data_key() -> bytes:
    """Return a new random key (AES-256)."""
    return AESGCM.generate_key(bit_length=8 * KEY_BYTES)


def seal_bytes(key: bytes, plain: bytes, context: str) -> bytes:
    """Return bytes that only this key opens, only for this context (AES-256-GCM)."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return OWNED_BYTES + nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def open_bytes(key: bytes, sealed: bytes, context: str) -> bytes:
    """Return what was sealed. Raises NotOurs."""
    nonce, content = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, content, context.encode())
    except (InvalidTag, ValueError) as error:
        message = "it does not open"
        raise NotOurs(message) from error


def seal_text(key: bytes, plain: str, context: str) -> str:
    """Return a text that only this key opens, only for this context."""
    return f"{OWNED}.{_text(seal_bytes(key, plain.encode(), context))}"


def open_text(key: bytes, sealed: str, context: str) -> str:
    """Return what was sealed. Raises NotOurs."""
    return open_bytes(key, _bytes(sealed.removeprefix(f"{OWNED}.")), context).decode()


def is_sealed_text(text: str) -> bool:
    """Tell whether a text is sealed with an owner's key."""
    return text.startswith(f"{OWNED}.")


def code(length: int = 8) -> str:
    """Return a random code that is easy to read aloud (31 symbols a place)."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


def fingerprint(secret: str) -> str:
    """Return a one-way mark of a secret that nobody could guess, for storing codes and keys."""
    return hashlib.sha256(secret.encode()).hexdigest()


def weakness(secret: str, characters_min: int = 32) -> str:
    """Say why a key could be guessed, empty where it could not.

    Too short, of few symbols, or one piece again and again ("abcabcabc…"): no dictionary is looked into.
    """
    if len(secret) < characters_min:
        return f"has fewer than {characters_min} characters"
    if len(set(secret)) < DIFFERENT_MIN:
        return f"has fewer than {DIFFERENT_MIN} different characters"
    if REPEATED.fullmatch(secret):
        return "repeats itself"
    steps = {ord(after) - ord(before) for before, after in pairwise(secret)}
    return "is a row of neighbours" if len(steps) <= STEPS_MAX else ""


@lru_cache(maxsize=256)
def _derived(secret: str, purpose: str) -> bytes:
    kdf = HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=f"market:1:{purpose}".encode())
    return kdf.derive(secret.encode())


def _id_of(secret: str) -> str:
    return _derived(secret, "id").hex()[:KEY_ID_CHARACTERS]


def _parts_of(sealed: str) -> tuple[str, str, str]:
    parts = sealed.split(".")
    if len(parts) != 3 or parts[0] != SEALED:  # noqa: PLR2004  (form, key, content)
        message = "it is not sealed"
        raise NotOurs(message)
    return parts[0], parts[1], parts[2]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
