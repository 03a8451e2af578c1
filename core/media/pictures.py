"""Makes pictures anew in a process of their own (`core.media.decoder`), few at a time and not for long."""

import signal
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from core.media.errors import FileDamaged, FilesAway, PictureTooLarge
from core.media.kinds import Kind

DECODER = Path(__file__).with_name("decoder.py")
SECONDS_MAX, WAIT_SECONDS_MAX = 30, 30
AT_ONCE = BoundedSemaphore(2)
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
    if not AT_ONCE.acquire(timeout=WAIT_SECONDS_MAX):
        raise FilesAway
    try:
        done = subprocess.run(  # noqa: S603  (our own program, a kind of ours)
            [sys.executable, "-I", str(DECODER), kind.value],
            input=content,
            capture_output=True,
            timeout=SECONDS_MAX,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PictureTooLarge(megapixels=MEGAPIXELS_MAX) from error
    finally:
        AT_ONCE.release()
    if done.returncode in TOO_LARGE:
        raise PictureTooLarge(megapixels=MEGAPIXELS_MAX)
    if done.returncode:
        raise FileDamaged
    content_type, _, picture = done.stdout.partition(b"\n")
    return Kind(content_type.decode()), picture
