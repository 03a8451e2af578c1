"""What an upload goes through."""

from enum import StrEnum


class MediaState(StrEnum):
    """Coming while its bytes are on their way to the store, kept, leaving when nobody wants it any more."""

    COMING = "coming"
    KEPT = "kept"
    LEAVING = "leaving"
