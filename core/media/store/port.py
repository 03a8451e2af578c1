"""What a place for files has to do. It is given sealed bytes under names of ours, and knows nothing of them.

A place that talks to another machine refuses to do so inside a transaction (`core.kit.work.require_outside`),
has time-outs, and repeats what it may: putting the same under the same name, and taking away, are repeatable.
"""

from typing import Protocol


class Missing(Exception):
    """Nothing lies under that name."""


class MediaStore(Protocol):
    """A place for files. A name is letters and digits."""

    def put(self, name: str, sealed: bytes) -> None:
        """Keep bytes under a name; a repeat changes nothing. Raises FilesAway."""
        ...

    def open(self, name: str) -> bytes:
        """Return the bytes under a name. Raises Missing, FilesAway."""
        ...

    def delete(self, name: str) -> None:
        """Take the bytes under a name away, if any lie there. Raises FilesAway."""
        ...
