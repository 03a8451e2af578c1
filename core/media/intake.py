"""Looks through what somebody sent: what it is, whether it is whole, what came along unnoticed.

Nothing is stored here and nothing asked of the database; a picture's decoding takes a moment.
"""

import re

from core.kit.text import clean
from core.media import kinds, pictures, videos
from core.media.errors import FileTooLarge
from core.media.kinds import Kind
from core.media.schemas import Cleaned

NAME_CHARACTERS_MAX = 80
HARMFUL = re.compile(r'[<>:"|?*%;&$`{}\x00-\x1f\x7f]')
BYTES_PER_MB = 1_000_000


def look_through(name: str, content: bytes, limit_bytes: int) -> Cleaned:
    """Return what somebody sent as it may be kept and shown to others.

    Raises:
        FileTooLarge: above `limit_bytes`, as it came or as it would be kept.
        FileEmpty, FileKindNotAccepted: by its first bytes, whatever its name says.
        FileDamaged, PictureTooLarge: when it cannot be read to its end within bounds.
        FilesAway: when too many pictures are waiting to be looked through.
    """
    _require_small(content, limit_bytes)
    kind = kinds.of(content)
    if kind.is_picture:
        kind, content = pictures.remade(kind, content)
        _require_small(content, limit_bytes)
    elif kind in {Kind.MP4, Kind.MOV}:
        content = videos.without_notes(content)
    return Cleaned(named(name, kind), kind.value, content)


def named(name: str, kind: Kind) -> str:
    """Return a file's own name without folders, without what a shell or page reads, with its true ending."""
    last = re.split(r"[/\\]", clean(name))[-1]
    stem, dot, _ = last.rpartition(".")
    kept = " ".join(HARMFUL.sub(" ", stem if dot else last).split()).strip(". ")
    return f"{kept[:NAME_CHARACTERS_MAX] or 'file'}.{kind.extension}"


def _require_small(content: bytes, limit_bytes: int) -> None:
    if len(content) > limit_bytes:
        raise FileTooLarge(limit_mb=limit_bytes // BYTES_PER_MB)
