"""Runs our own programs that meet strangers' files: few at a time, with nothing of ours, and not for long."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import BoundedSemaphore

from core.media.errors import FilesAway

WAIT_SECONDS_MAX = 30
AT_ONCE = BoundedSemaphore(2)


def run(
    program: Path, arguments: Sequence[str], content: bytes, seconds_max: int
) -> "subprocess.CompletedProcess[bytes]":
    """Return how a program ended and what it answered.

    Raises:
        FilesAway: when others have been at it for too long.
        subprocess.TimeoutExpired: when it took longer than it may.
    """
    if not AT_ONCE.acquire(timeout=WAIT_SECONDS_MAX):
        raise FilesAway
    try:
        return subprocess.run(  # noqa: S603  (our own program, arguments of ours)
            [sys.executable, "-I", str(program), *arguments],
            input=content,
            capture_output=True,
            timeout=seconds_max,
            env={},
            check=False,
        )
    finally:
        AT_ONCE.release()
