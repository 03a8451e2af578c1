"""Files that somebody sent through an app, from the app's own hosts."""

from collections.abc import Collection
from http import HTTPStatus

from bots.doors.channel import ChannelRefused, ChannelUnavailable
from core.kit import fetching
from core.kit.fetching import FetchFailed, FetchRefused, Limits

DOWNLOAD_SECONDS = 60.0


def fetch(url: str, origins: Collection[str], token: str, limit_bytes: int) -> bytes:
    """Return a file; our token goes to these origins alone.

    Raises:
        ChannelRefused: for an address elsewhere, a file that is too large, an answer that is none.
        ChannelUnavailable: when nothing answers in time.
    """
    try:
        answer = fetching.from_platform(url, origins, token, Limits.of(limit_bytes, DOWNLOAD_SECONDS))
    except FetchRefused as error:
        raise ChannelRefused(str(error)) from error
    except FetchFailed as error:
        raise ChannelUnavailable(str(error)) from error
    if answer.status != HTTPStatus.OK:
        raise ChannelRefused(f"the file answered {answer.status}")
    return answer.content
