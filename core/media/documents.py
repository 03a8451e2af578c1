"""The words of documents, read in a process of their own (`core.media.reader`), and not for long."""

import json
import signal
import subprocess
from pathlib import Path
from typing import Any

from core.media import programs
from core.media.errors import (
    DocumentDamaged,
    DocumentLocked,
    DocumentTooHeavy,
    DocumentTooLong,
    DocumentWithoutWords,
    PicturesNotRead,
)
from core.media.kinds import Kind

READER = Path(__file__).with_name("reader.py")
SECONDS_MAX = 20
PAGES_MAX = 30
LOCKED, TOO_LONG, NOT_HERE = 5, 6, 7
TOO_HEAVY = frozenset({4, -signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT})
"""How the program ends for too much: by its own word, or because the system took its time or memory away."""


def words_of(kind: Kind, content: bytes) -> str:
    """Return the words of a document, or of a picture of one.

    Raises:
        DocumentLocked: with a password on it.
        DocumentDamaged: when it cannot be read to its end.
        DocumentTooLong: with more pages than we read.
        DocumentTooHeavy: when it takes more time or memory than we give, or unpacks to too much.
        DocumentWithoutWords: when there are none in it, as in a scan.
        PicturesNotRead: for a picture where nothing recognises words in pictures.
        FilesAway: when others have been at it for too long.
    """
    try:
        done = programs.run(READER, [kind.value], content, SECONDS_MAX)
    except subprocess.TimeoutExpired as error:
        raise DocumentTooHeavy from error
    answer: dict[str, Any] = json.loads(done.stdout) if done.stdout else {"pages": 0, "words": ""}
    if done.returncode in TOO_HEAVY:
        raise DocumentTooHeavy
    if done.returncode == LOCKED:
        raise DocumentLocked
    if done.returncode == TOO_LONG:
        raise DocumentTooLong(pages=answer["pages"], most=PAGES_MAX)
    if done.returncode == NOT_HERE:
        raise PicturesNotRead
    if done.returncode:
        raise DocumentDamaged
    words = "\n".join(" ".join(line.split()) for line in answer["words"].splitlines()).strip()
    if not any(character.isalnum() for character in words):
        raise DocumentWithoutWords
    return words
