"""Makes pictures anew in a process of their own (`core.media.decoder`), few at a time and not for long."""

import signal
import subprocess
from pathlib import Path

from core.media import programs
from core.media.errors import FileDamaged, PictureTooLarge
from core.media.kinds import Kind

DECODER = Path(__file__).with_name("decoder.py")
SECONDS_MAX = 30
MEGAPIXELS_MAX = 50
TOO_LARGE = frozenset({4, -signal.SIGXCPU, -signal.SIGKILL})
"""How the program ends for too much: by its own word, or because the system took its time or memory away."""


def remade(kind: Kind, content: bytes) -> tuple[Kind, bytes]:
    """Return what a picture is and its bytes: decoded and encoded anew, upright, without what came along.

    Raises:
        FileDamaged: when it cannot be decoded to its end.
        PictureTooLarge: with more pixels, or more work in it, than we take.
        FilesAway: when others have been at it for too long.
    """
    try:
        done = programs.run(DECODER, [kind.value], content, SECONDS_MAX)
    except subprocess.TimeoutExpired as error:
        raise PictureTooLarge(megapixels=MEGAPIXELS_MAX) from error
    if done.returncode in TOO_LARGE:
        raise PictureTooLarge(megapixels=MEGAPIXELS_MAX)
    if done.returncode:
        raise FileDamaged
    content_type, _, picture = done.stdout.partition(b"\n")
    return Kind(content_type.decode()), picture
