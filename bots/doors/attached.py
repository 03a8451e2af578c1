"""Opens the files that go with a message, for a door that uploads them."""

from uuid import UUID

from bots.doors.channel import ChannelRefused, ChannelUnavailable
from core.media.errors import FilesAway, MediaNotFound
from core.media.files import Files
from core.media.schemas import MediaView


def opened(files: Files, media_id: str) -> tuple[MediaView, bytes]:
    """Return a file of a message, in a channel's words for what can go wrong.

    Raises:
        ChannelUnavailable: when the place for files does not answer.
        ChannelRefused: when the file is gone.
    """
    try:
        return files.open(UUID(media_id))
    except FilesAway as error:
        raise ChannelUnavailable(error.code) from error
    except MediaNotFound as error:
        raise ChannelRefused(error.code) from error
