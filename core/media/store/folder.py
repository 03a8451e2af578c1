"""Files in a local folder: for one machine, or several that mount the same."""

import os
import tempfile
from pathlib import Path

from core.kit.work import require_outside
from core.media.errors import FilesAway
from core.media.store.port import Missing


class FolderStore:
    """Bytes in a folder, written aside and renamed, so that no half file is ever seen."""

    def __init__(self, folder: Path) -> None:
        """Keep files below `folder`."""
        self._folder = folder

    def put(self, name: str, sealed: bytes) -> None:
        """Keep bytes under a name; a repeat changes nothing. Raises FilesAway."""
        require_outside()
        target = self._path(name)
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, aside = tempfile.mkstemp(dir=target.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(sealed)
            Path(aside).replace(target)
        except OSError as error:
            raise FilesAway from error

    def open(self, name: str) -> bytes:
        """Return the bytes under a name. Raises Missing, FilesAway."""
        require_outside()
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError as error:
            raise Missing(name) from error
        except OSError as error:
            raise FilesAway from error

    def delete(self, name: str) -> None:
        """Take the bytes under a name away, if any lie there. Raises FilesAway."""
        require_outside()
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise FilesAway from error

    def _path(self, name: str) -> Path:
        if not (name.isascii() and name.isalnum()):
            raise ValueError(name)
        return self._folder / name[:2] / name
