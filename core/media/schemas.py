"""What the edges get to see of files."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class MediaView:
    """What is known about a file."""

    id: UUID
    name: str
    content_type: str
    size_bytes: int
    owner_id: UUID | None

    @property
    def kind(self) -> str:
        """Return photo, video or file."""
        family = self.content_type.partition("/")[0]
        return {"image": "photo", "video": "video"}.get(family, "file")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file that was looked through: what it is, under a name that can do no harm."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Coming:
    """A file that is written down, and what is still to be put into the store: nothing if it lies there."""

    view: MediaView
    key: str
    sealed: bytes | None = field(repr=False)
