"""Voice notes: what they are and how long by their bytes, and the service that hears them."""

import struct
import threading
from collections.abc import Callable, Iterator

import pytest
from pydantic import SecretStr

from core.kit.actors import SYSTEM
from core.kit.database import Database
from core.kit.work import OutsideCallInsideWork, begin
from core.media.errors import SoundKindNotAccepted, SpeechAway, VoiceTooLong
from core.media.speech import choose, sounds
from core.media.speech.port import Sound
from core.media.speech.transcriptions import ANSWER_BYTES_MAX, Transcriptions
from core.settings import Settings
from tests.peers import transcriptions


def opus(seconds: float) -> bytes:
    """Return the outline of an Ogg file with Opus in it that is so long."""
    page = b"OggS\0\4" + struct.pack("<q", int(seconds * 48_000)) + b"\0" * 13
    return b"OggS\0\2" + b"\0" * 22 + b"OpusHead" + b"\0" * 200 + page


def wave(seconds: float) -> bytes:
    """Return silence as WAV, 8,000 bytes a second."""
    size = int(seconds * 8_000)
    form = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8_000, 8_000, 1, 8)
    head = b"RIFF" + struct.pack("<I", size + 36) + b"WAVE" + form + b"data" + struct.pack("<I", size)
    return head + b"\x80" * size


@pytest.mark.parametrize(
    ("content", "kind", "ending"),
    [
        (opus(2), "audio/ogg", "ogg"),
        (wave(1), "audio/wav", "wav"),
        (b"ID3\4" + b"\0" * 40, "audio/mpeg", "mp3"),
        (b"\xff\xfb\x90" + b"\0" * 40, "audio/mpeg", "mp3"),
        (b"\0\0\0\x20ftypM4A " + b"\0" * 40, "audio/mp4", "m4a"),
        (b"fLaC" + b"\0" * 40, "audio/flac", "flac"),
        (b"\x1a\x45\xdf\xa3" + b"\0" * 40, "audio/webm", "webm"),
    ],
)
def test_a_sound_is_what_its_bytes_say(content: bytes, kind: str, ending: str) -> None:
    assert sounds.of(content) == Sound(content, kind, ending)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"MZ\0\0", b"#!AMR\n\0", b"RIFF\0\0\0\0AVI ", b"\x89PNG\r\n"]
)
def test_what_is_no_sound_that_can_be_heard_is_refused(content: bytes) -> None:
    with pytest.raises(SoundKindNotAccepted):
        sounds.of(content)


@pytest.mark.parametrize("made", [opus, wave])
@pytest.mark.parametrize(("seconds", "said", "heard"), [(180, 180, True), (181, 0, False), (5, 181, False)])
def test_a_note_is_as_long_as_its_bytes_or_its_app_say(
    made: Callable[[float], bytes], seconds: int, said: int, *, heard: bool
) -> None:
    if heard:
        assert sounds.of(made(seconds), said).content
    else:
        with pytest.raises(VoiceTooLong):
            sounds.of(made(seconds), said)


def test_a_note_has_a_most_of_bytes() -> None:
    assert sounds.of(b"ID3" + b"\0" * (sounds.BYTES_MAX - 3)).ending == "mp3"
    with pytest.raises(VoiceTooLong):
        sounds.of(b"ID3" + b"\0" * (sounds.BYTES_MAX - 2))


@pytest.mark.parametrize("content", [b"OggS", b"OggS" + b"OpusHead", b"RIFF\0\0\0\0WAVE", opus(-1)])
def test_a_note_that_ends_too_soon_breaks_nothing(content: bytes) -> None:
    assert sounds.of(content).content == content


@pytest.fixture
def peer() -> Iterator[transcriptions.Transcriptions]:
    with transcriptions.listening() as found:
        yield found


def listener(
    peer: transcriptions.Transcriptions, model: str = "whisper-1", seconds: float = 20
) -> Transcriptions:
    settings = Settings(
        _env_file=None,
        speech_url=peer.url,
        speech_key=SecretStr("sk-1"),
        speech_model=model,
        speech_seconds=seconds,
    )
    found = choose.choose(settings)
    assert isinstance(found, Transcriptions)
    return found


NOTE = sounds.of(opus(2))


def test_a_note_is_sent_as_it_is_and_its_words_come_back(peer: transcriptions.Transcriptions) -> None:
    peer.words = " 5 food creators\x00 in Pune \n"
    assert listener(peer, model="whisper-large").words(NOTE) == "5 food creators in Pune"
    (asked,) = peer.asked
    assert asked["content"] == NOTE.content
    assert (asked["name"], asked["type"]) == ("voice.ogg", "audio/ogg")
    assert (asked["model"], asked["key"]) == ("whisper-large", "Bearer sk-1")


def test_too_many_words_are_cut_and_none_are_none(peer: transcriptions.Transcriptions) -> None:
    peer.words = "a" * 9_000
    assert len(listener(peer).words(NOTE)) == 3_000
    peer.words = ""
    assert listener(peer).words(NOTE) == ""


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, "{}"),
        (401, "{}"),
        (302, "{}"),
        (200, "no json"),
        (200, "[]"),
        (200, "{}"),
        (200, " " * (ANSWER_BYTES_MAX + 1) + '{"text": "x"}'),
    ],
)
def test_an_answer_that_is_none_means_that_nobody_listens(
    peer: transcriptions.Transcriptions, status: int, body: str
) -> None:
    peer.status, peer.body = status, body
    with pytest.raises(SpeechAway):
        listener(peer).words(NOTE)
    assert len(peer.asked) == 1, "a note is sent once"


def test_one_deadline_holds_for_the_whole_answer(peer: transcriptions.Transcriptions) -> None:
    peer.drips = True
    done = threading.Event()

    def ask() -> None:
        with pytest.raises(SpeechAway):
            listener(peer, seconds=0.3).words(NOTE)
        done.set()

    threading.Thread(target=ask, daemon=True).start()
    assert done.wait(5), "a byte now and then keeps nobody waiting"


def test_nobody_there_means_that_nobody_listens() -> None:
    nobody = transcriptions.Transcriptions("http://127.0.0.1:9/v1")
    with pytest.raises(SpeechAway):
        listener(nobody).words(NOTE)


def test_no_note_is_heard_inside_a_transaction(
    peer: transcriptions.Transcriptions, database: Database
) -> None:
    with begin(database, SYSTEM), pytest.raises(OutsideCallInsideWork):
        listener(peer).words(NOTE)
    assert peer.asked == []


def test_without_an_address_nobody_listens() -> None:
    assert choose.choose(Settings(_env_file=None)) is None


def test_what_is_nested_without_end_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def nested(*_: object) -> bytes:
        return b"[" * 100_000

    monkeypatch.setattr(Transcriptions, "_answer", nested)
    listener = Transcriptions(Settings(speech_url="http://127.0.0.1:9/v1", speech_model="m"))
    with pytest.raises(SpeechAway):
        listener.words(Sound(b"", "audio/ogg", "ogg"))
