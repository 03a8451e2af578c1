"""Ways the media store says no."""

from core.kit.errors import InvalidInput, NotFound, TooOften


class FileTooLarge(InvalidInput):
    """That file is too large."""


class FileNotFetched(InvalidInput):
    """I could not fetch that file; please send it again."""


class FileKindNotAccepted(InvalidInput):
    """Please send a picture, a video or a PDF."""


class MediaNotFound(NotFound):
    """That file does not exist, or is not yours to see."""


class TooManyFiles(TooOften):
    """You have sent as many files as we take in an hour."""
