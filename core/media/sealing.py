"""Seals files: each with a key of its own, which is kept with its row, itself sealed for its owner.

So whoever has the store has nothing, and a file ends with its row, or with its owner's key, though a copy of
its bytes may lie somewhere. Changing keys touches rows and never the store.
"""

import secrets
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.kit.crypto import KEY_BYTES, NONCE_BYTES, Keyring, NotOurs
from core.kit.work import Work

PURPOSE = "media-keys"


class Seal(Protocol):
    """How the key of a file is kept."""

    def wrap(self, work: Work, owner_id: UUID, key: bytes, media_id: UUID) -> str:
        """Return a file's key, sealed."""
        ...

    def unwrap(self, work: Work, owner_id: UUID, sealed: str, media_id: UUID) -> bytes:
        """Return a file's key. Raises NotOurs."""
        ...


class RingSeal:
    """Keeps files' keys with the ring of this installation."""

    def __init__(self, keys: Keyring) -> None:
        """Seal with the newest key of the ring."""
        self._keys = keys

    def wrap(self, work: Work, owner_id: UUID, key: bytes, media_id: UUID) -> str:
        """Return a file's key, sealed for its owner and this file alone."""
        del work
        return self._keys.seal(PURPOSE, key, context(owner_id, media_id))

    def unwrap(self, work: Work, owner_id: UUID, sealed: str, media_id: UUID) -> bytes:
        """Return a file's key. Raises NotOurs."""
        del work
        return self._keys.open_sealed(PURPOSE, sealed, context(owner_id, media_id))


def context(owner_id: UUID, media_id: UUID) -> str:
    """Return whose key it is, and of what."""
    return f"{owner_id}:{media_id}"


def new_key() -> bytes:
    """Return a random key for one file (AES-256)."""
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, content: bytes, media_id: UUID) -> bytes:
    """Return bytes that only this key opens, only as this file (AES-256-GCM; 28 bytes more)."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, media_id.bytes)


def open_sealed(key: bytes, sealed: bytes, media_id: UUID) -> bytes:
    """Return what was sealed. Raises NotOurs."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], media_id.bytes)
    except (InvalidTag, ValueError) as error:
        message = "the file does not open"
        raise NotOurs(message) from error
