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


class DocumentLocked(InvalidInput):
    """That document is locked with a password."""


class DocumentDamaged(InvalidInput):
    """That document cannot be opened."""


class DocumentTooHeavy(InvalidInput):
    """That document takes more time or memory to open than we give."""


class DocumentTooLong(InvalidInput):
    """That document has more pages than we read."""


class DocumentWithoutWords(InvalidInput):
    """There are no words in that document."""


class PicturesNotRead(InvalidInput):
    """Words in pictures are not recognised here."""


class FileNotFetched(InvalidInput):
    """I could not fetch that file; please send it again."""


class FileKindNotAccepted(InvalidInput):
    """Please send a picture, a video, a PDF, a Word document or a text file."""


class SoundKindNotAccepted(InvalidInput):
    """That is no kind of sound that we can listen to."""


class VoiceTooLong(InvalidInput):
    """That voice note is longer than we listen to."""


class VoiceWithoutWords(InvalidInput):
    """There are no words in that voice note."""


class SpeechAway(Unavailable):
    """Whoever listens to voice notes for us does not answer."""


class MediaNotFound(NotFound):
    """That file does not exist, or is not yours to see."""


class TooManyFiles(TooOften):
    """You have sent as many files as we take in an hour."""


class FilesAway(Unavailable):
    """The place where files are kept does not answer."""
