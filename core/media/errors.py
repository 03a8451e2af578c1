"""Ways the media store says no."""

from core.kit.errors import InvalidInput, NotFound, TooOften, Unavailable


class FileTooLarge(InvalidInput):
    """That file is too large."""


class FileEmpty(InvalidInput):
    """That file is empty."""


class FileDamaged(InvalidInput):
    """That file is damaged or not complete."""


class PictureTooLarge(InvalidInput):
    """That picture has more pixels than we can look at."""

    def __init__(self, *, megapixels: int) -> None:
        """Say how many we can, in millions."""
        super().__init__(megapixels=megapixels)


class FileNotFetched(InvalidInput):
    """I could not fetch that file; please send it again."""


class FileKindNotAccepted(InvalidInput):
    """Please send a picture, a video or a PDF."""


class MediaNotFound(NotFound):
    """That file does not exist, or is not yours to see."""


class TooManyFiles(TooOften):
    """You have sent as many files as we take in an hour."""


class FilesAway(Unavailable):
    """The place where files are kept does not answer."""
