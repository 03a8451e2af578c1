"""Whether this installation listens to voice notes, and by whom."""

from core.media.speech.port import Transcriber
from core.media.speech.transcriptions import Transcriptions
from core.settings import Settings


def choose(settings: Settings) -> Transcriber | None:
    """Return what listens to voice notes, None where the settings name nothing."""
    return Transcriptions(settings) if settings.speech_url else None
