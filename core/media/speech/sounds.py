"""What a voice note is, by its bytes, and how long: its name, and what its app calls it, say nothing."""

import struct

from core.media.errors import SoundKindNotAccepted, VoiceTooLong
from core.media.speech.port import Sound

MINUTES_MAX = 3
SECONDS_MAX = MINUTES_MAX * 60
BYTES_MAX = 6_000_000
"""Three minutes as phones record them, with room."""
OPUS_RATE = 48_000
WAVE_HEADER_BYTES = 44
MPEG_FRAMES = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")
KINDS = (
    (0, (b"OggS",), "audio/ogg", "ogg"),
    (0, (b"ID3", *MPEG_FRAMES), "audio/mpeg", "mp3"),
    (4, (b"ftyp",), "audio/mp4", "m4a"),
    (0, (b"RIFF",), "audio/wav", "wav"),
    (0, (b"fLaC",), "audio/flac", "flac"),
    (0, (b"\x1a\x45\xdf\xa3",), "audio/webm", "webm"),
)
"""(where, what stands there, content type, the ending of a file's name) of what the far end reads."""


def of(content: bytes, said_seconds: int = 0) -> Sound:
    """Return a voice note within the bounds; `said_seconds` is how long its app says it is, 0 if it does not.

    Raises:
        VoiceTooLong: when it is longer than we listen to.
        SoundKindNotAccepted: when it is no kind of sound that can be listened to.
    """
    kind = next((kind for kind in KINDS if content.startswith(kind[1], kind[0])), None)
    if kind is None or (content.startswith(b"RIFF") and content[8:12] != b"WAVE"):
        raise SoundKindNotAccepted
    require_short(len(content), max(said_seconds, _seconds(content)))
    return Sound(content, kind[2], kind[3])


def require_short(size: int, seconds: float) -> None:
    """Refuse a voice note that is longer than we listen to. Raises VoiceTooLong."""
    if size > BYTES_MAX or seconds > SECONDS_MAX:
        raise VoiceTooLong(minutes=MINUTES_MAX)


def _seconds(content: bytes) -> float:
    """Return how long a note is where its bytes say so, zero for other kinds: those are bounded by bytes."""
    if content.startswith(b"OggS") and b"OpusHead" in content[:100]:
        return _granule(content) / OPUS_RATE
    if content.startswith(b"RIFF") and len(content) >= WAVE_HEADER_BYTES:
        (a_second,) = struct.unpack_from("<I", content, 28)
        return (len(content) - WAVE_HEADER_BYTES) / a_second if a_second else 0.0
    return 0.0


def _granule(content: bytes) -> int:
    """Return where the last page of an Ogg file ends, in samples: https://www.rfc-editor.org/rfc/rfc3533."""
    page = content.rfind(b"OggS")
    samples: int = struct.unpack_from("<q", content, page + 6)[0] if page + 14 <= len(content) else 0
    return max(samples, 0)
