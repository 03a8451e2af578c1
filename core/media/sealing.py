"""Seals files: each with a key of its own, which is kept with its row, itself sealed with its owner's.

So whoever has the store has nothing, and a file ends with its row, or with its owner's key, though a copy of
its bytes may lie somewhere. Changing keys touches rows and never the store.
"""

import secrets
from base64 import b64decode, b64encode
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.kit.crypto import KEY_BYTES, NONCE_BYTES, NotOurs
from core.kit.work import Work
from core.media.errors import MediaNotFound
from core.vault import service as vault
from core.vault.errors import KeyDestroyed

BY_THE_RING = "media-keys"
"""The purpose for which the ring sealed files' keys before each person had one of their own."""


def wrap(work: Work, owner_id: UUID, key: bytes, media_id: UUID) -> str:
    """Return a file's key, sealed with its owner's, for this file alone. Raises KeyDestroyed."""
    return vault.seal(work, owner_id, b64encode(key).decode(), _place(media_id))


def unwrap(work: Work, owner_id: UUID, sealed: str, media_id: UUID) -> bytes:
    """Return a file's key.

    Raises:
        MediaNotFound: when the owner was forgotten.
        NotOurs: when it was changed, or moved from another file.
    """
    try:
        return b64decode(vault.open_sealed(work, owner_id, sealed, _place(media_id)))
    except KeyDestroyed as error:
        raise MediaNotFound(media_id=media_id) from error
    except ValueError as error:
        message = "the key of the file is not sealed by its owner's"
        raise NotOurs(message) from error


def with_the_owner_s(work: Work, owner_id: UUID, sealed: str, media_id: UUID) -> str:
    """Return a file's key that the ring sealed, sealed with its owner's key. Raises NotOurs, KeyDestroyed."""
    key = vault.open_of_the_ring(work, BY_THE_RING, sealed, f"{owner_id}:{media_id}")
    return wrap(work, owner_id, key, media_id)


def _place(media_id: UUID) -> str:
    return f"media_file.sealed_key:{media_id}"


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
