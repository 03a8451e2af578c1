"""Files people send: checked by their first bytes, kept by their digest, never run.

The store is a port: a local folder today, an object store behind the same two methods.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from sqlalchemy import select

from core.kit.text import clean
from core.kit.work import Work
from core.media.errors import FileKindNotAccepted, FileTooLarge, MediaNotFound
from core.media.models import MediaFile

SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"%PDF-", "application/pdf"),
)


@dataclass(frozen=True, slots=True)
class MediaView:
    """What is known about a file."""

    id: UUID
    name: str
    content_type: str
    size_bytes: int
    digest: str
    owner_id: UUID | None

    @property
    def kind(self) -> str:
        """Return photo, video or file."""
        family = self.content_type.partition("/")[0]
        return {"image": "photo", "video": "video"}.get(family, "file")


class MediaStore(Protocol):
    """Where the bytes lie."""

    def put(self, digest: str, content: bytes) -> None:
        """Keep bytes under their digest; a repeat changes nothing."""
        ...

    def path(self, digest: str) -> Path:
        """Return a local file with those bytes."""
        ...


class FolderStore:
    """Bytes in a local folder, written aside and renamed, so that no half file is ever seen."""

    def __init__(self, folder: Path) -> None:
        """Keep files below `folder`."""
        self._folder = folder

    def put(self, digest: str, content: bytes) -> None:
        """Keep bytes under their digest."""
        target = self.path(digest)
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, aside = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(aside).replace(target)

    def path(self, digest: str) -> Path:
        """Return the file of those bytes."""
        return self._folder / digest[:2] / digest


def recognise(content: bytes, limit_bytes: int) -> str:
    """Return the content type by the first bytes, whatever the sender claims.

    Raises:
        FileTooLarge: above `limit_bytes`.
        FileKindNotAccepted: for anything but the SIGNATURES.
    """
    if len(content) > limit_bytes:
        raise FileTooLarge(limit_mb=limit_bytes // 1_000_000)
    for offset, signature, content_type in SIGNATURES:
        if content[offset : offset + len(signature)] == signature:
            return content_type
    raise FileKindNotAccepted


def digest_of(content: bytes) -> str:
    """Return the name under which bytes are kept."""
    return hashlib.sha256(content).hexdigest()


def record(work: Work, name: str, content_type: str, size_bytes: int, digest: str) -> MediaView:
    """Note an upload of the acting person whose bytes the store already has."""
    row = MediaFile(
        owner_id=work.actor.person_id,
        digest=digest,
        name=clean(name, 120) or "file",
        content_type=content_type,
        size_bytes=size_bytes,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return _view(row)


def get(work: Work, media_id: UUID) -> MediaView:
    """Return what is known about a file. Raises MediaNotFound."""
    row = work.session.get(MediaFile, media_id)
    if row is None:
        raise MediaNotFound(media_id=media_id)
    return _view(row)


def many(work: Work, media_ids: Iterable[UUID]) -> dict[UUID, MediaView]:
    """Return what is known about several files; one query, none for no file."""
    ids = list(media_ids)
    rows = work.session.scalars(select(MediaFile).where(MediaFile.id.in_(ids))) if ids else ()
    return {row.id: _view(row) for row in rows}


def forget(work: Work, person_id: UUID) -> Iterator[str]:
    """Delete a person's uploads and yield the digests that nobody else uses."""
    rows = work.session.scalars(select(MediaFile).where(MediaFile.owner_id == person_id)).all()
    for row in rows:
        work.session.delete(row)
    work.session.flush()
    for digest in {row.digest for row in rows}:
        still_used = work.session.scalar(select(MediaFile.id).where(MediaFile.digest == digest))
        if still_used is None:
            yield digest


def _view(row: MediaFile) -> MediaView:
    return MediaView(row.id, row.name, row.content_type, row.size_bytes, row.digest, row.owner_id)
