"""An OpenAI-compatible `/v1/audio/transcriptions` over httpx: one call a note, one deadline, no retry.

https://platform.openai.com/docs/api-reference/audio/createTranscription; whisper.cpp, vLLM and others
speak it too.
"""

import json
import time

import httpx
import structlog

from core.kit.text import clean
from core.kit.work import require_outside
from core.media.errors import SpeechAway
from core.media.speech.port import Sound
from core.settings import Settings

ANSWER_BYTES_MAX, WORDS_MAX = 200_000, 3_000
CONNECT_SECONDS = 5.0
log = structlog.get_logger(__name__)


class Transcriptions:
    """A service that listens."""

    def __init__(self, settings: Settings) -> None:
        """Prepare; nothing is sent yet."""
        self._url = f"{settings.speech_url.rstrip('/')}/audio/transcriptions"
        self._model, self._seconds = settings.speech_model, settings.speech_seconds
        key = settings.speech_key.get_secret_value()
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    def words(self, sound: Sound) -> str:
        """Return what is said, empty where nothing is. Raises SpeechAway."""
        require_outside()
        file = {"file": (f"voice.{sound.ending}", sound.content, sound.content_type)}
        asked = {"model": self._model, "response_format": "json", "temperature": "0"}
        try:
            found = json.loads(self._answer(asked, file))["text"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError, RecursionError) as error:
            log.warning("a voice note was not heard", error=type(error).__name__)
            raise SpeechAway from error
        return clean(found)[:WORDS_MAX] if isinstance(found, str) else ""

    def _answer(self, asked: dict[str, str], file: dict[str, tuple[str, bytes, str]]) -> bytes:
        """Return a whole answer that came in time. Raises httpx.HTTPError, ValueError."""
        until, content = time.monotonic() + self._seconds, b""
        limits = httpx.Timeout(self._seconds, connect=min(CONNECT_SECONDS, self._seconds))
        with (
            httpx.Client(headers=self._headers, timeout=limits, follow_redirects=False) as client,
            client.stream("POST", self._url, data=asked, files=file) as answer,
        ):
            answer.raise_for_status()
            for part in answer.iter_bytes():
                content += part
                if len(content) > ANSWER_BYTES_MAX or time.monotonic() > until:
                    raise ValueError(len(content))
        return content
