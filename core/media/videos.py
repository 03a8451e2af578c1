"""Takes what a camera noted about itself out of a video, without touching picture or sound.

An MP4 or QuickTime file (ISO 14496-12) is a row of boxes. Those that hold notes (`udta` with a place in it,
`meta` with Apple's keys, `uuid` with XMP, `free` with what an editor left there) are turned into free space
of the same length, so that nothing moves and no table of offsets is wrong. What stays, since it is in the
stream itself, is said in docs/operations.md: tracks of timed notes (a drone's or an action camera's places),
times of recording, the encoder's name. WebM is passed on as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from core.media.errors import FileDamaged

NOTES = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip", b"loci", b"\xa9xyz"})
INSIDE = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"mvex", b"moof", b"traf"})
HEADER_BYTES, LONG_HEADER_BYTES = 8, 16
TO_THE_END, LONG = 0, 1
DEPTH_MAX = 4
BOXES_MAX = 50_000


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    content: int
    end: int


def without_notes(content: bytes) -> bytes:
    """Return an MP4 or QuickTime file without its boxes of notes, of the same length.

    Raises:
        FileDamaged: when its boxes do not fill it, or it has no index, or nothing to play.
    """
    found = bytearray(content)
    kinds = {box.kind for box in _blank(found, 0, len(found), 0)}
    if b"moov" not in kinds or not kinds & {b"mdat", b"moof"}:
        raise FileDamaged
    return bytes(found)


def _blank(found: bytearray, start: int, end: int, depth: int) -> list[_Box]:
    boxes = list(_boxes(found, start, end))
    for box in boxes:
        if box.kind in NOTES:
            found[box.start + 4 : box.start + HEADER_BYTES] = b"free"
            found[box.content : box.end] = bytes(box.end - box.content)
        elif box.kind in INSIDE and depth < DEPTH_MAX:
            _blank(found, box.content, box.end, depth + 1)
    return boxes


def _boxes(found: bytearray, start: int, end: int) -> Iterator[_Box]:
    at = start
    for _ in range(BOXES_MAX):
        if at == end:
            return
        if end - at < HEADER_BYTES:
            raise FileDamaged
        size, kind, header = int.from_bytes(found[at : at + 4]), bytes(found[at + 4 : at + 8]), HEADER_BYTES
        if size == LONG:
            header = LONG_HEADER_BYTES
            size = int.from_bytes(found[at + HEADER_BYTES : at + LONG_HEADER_BYTES])
        elif size == TO_THE_END:
            size = end - at
        if size < header or at + size > end:
            raise FileDamaged
        yield _Box(kind, at, at + header, at + size)
        at += size
    raise FileDamaged
