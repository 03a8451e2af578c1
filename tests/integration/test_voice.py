"""A voice note becomes words that are shown before anything is done by them; its bytes are kept nowhere."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import text as sql

from bots.doors.registry import Settings
from core.accounts import chats, workspaces
from core.accounts.schemas import OpenWorkspace
from core.accounts.states import WorkspaceKind
from core.kit.actors import SYSTEM, Actor
from core.kit.database import Database
from core.kit.money import Currency
from core.kit.work import begin
from core.media.store.folder import FolderStore
from core.messaging.messages import IncomingMessage, RemoteFile
from runtime import parts
from runtime.parts import Runtime
from tests.integration.test_whatsapp import api, asha, client, last_buttons, press, texts  # noqa: F401  (fixtures)
from tests.peers import transcriptions, whatsapp
from tests.peers.transcriptions import Transcriptions
from tests.peers.whatsapp import CloudApi, WhatsAppSeat
from tests.unit.test_speech import opus

BRIEF = "5 food creators in Pune, 1 reel each, under 20k INR"


@pytest.fixture
def peer() -> Iterator[Transcriptions]:
    with transcriptions.listening() as found:
        found.words = BRIEF
        yield found


@pytest.fixture
def listens() -> bool:
    return True


@pytest.fixture
def bot(api: CloudApi, peer: Transcriptions, database: Database, tmp_path: Path, listens: bool) -> Runtime:  # noqa: F811, FBT001
    settings = Settings(
        _env_file=None,
        state_dir=tmp_path,
        secret_keys=SecretStr("test-secret-key"),
        whatsapp_token=SecretStr("token"),
        whatsapp_app_secret=SecretStr(whatsapp.SECRET),
        whatsapp_phone_number_id=whatsapp.PHONE,
        whatsapp_business_id=whatsapp.BUSINESS,
        whatsapp_api_url=f"{api.url}/{whatsapp.VERSION}",
        speech_url=peer.url if listens else "",
    )
    return parts.build(settings, database)


def speak(seat: WhatsAppSeat, api: CloudApi, content: bytes) -> None:  # noqa: F811
    ref = f"in{uuid4().hex}"
    api.files[ref] = content
    note = {"id": ref, "mime_type": "audio/ogg; codecs=opus", "voice": True}
    seat.send(whatsapp.message(seat.phone, "audio", audio=note))


@pytest.fixture
def meera(asha: WhatsAppSeat, bot: Runtime) -> WhatsAppSeat:  # noqa: F811
    """A brand that has its workspace."""
    asha.say("hi")
    with begin(bot.database, SYSTEM) as work:
        person = chats.find_by_identity(work, "whatsapp", asha.phone)
        assert person is not None
        own = work.acting_as(Actor.person(person.id))
        workspaces.open_workspace(own, OpenWorkspace("Kala Chai", WorkspaceKind.BRAND, Currency.INR))
    return asha


@pytest.mark.parametrize("way", ["press", "yes", "that's right"])
def test_what_was_heard_is_shown_and_done_with_a_yes(
    meera: WhatsAppSeat,
    api: CloudApi,  # noqa: F811
    peer: Transcriptions,
    way: str,
) -> None:
    speak(meera, api, opus(4))
    assert f"I heard: “{BRIEF}”" in texts(meera)[-1]
    assert "I understood" not in "".join(texts(meera)), "nothing is done by it yet"
    if way == "press":
        press(meera, "Yes, that's right")
    else:
        meera.say(way)
    assert "₹20,000" in texts(meera)[-1]
    assert len(peer.asked) == 1
    assert api.faults == []


def test_what_was_heard_wrongly_is_written_and_its_yes_is_over(
    meera: WhatsAppSeat,
    api: CloudApi,  # noqa: F811
    peer: Transcriptions,
) -> None:
    speak(meera, api, opus(4))
    (yes,) = last_buttons(meera)
    meera.say("3 food creators in Nashik, 1 reel each, under 9k INR")
    assert "₹9,000" in texts(meera)[-1]
    meera.press(yes)
    assert "₹20,000" not in "".join(texts(meera)[-2:])
    peer.words = "make it 12k"
    speak(meera, api, opus(4))
    assert "I heard: “make it 12k”" in texts(meera)[-1]
    meera.say("yes")
    assert "₹12,000" in texts(meera)[-1], "at an open question it answers that"


def test_no_byte_of_a_note_is_kept(
    meera: WhatsAppSeat,
    api: CloudApi,  # noqa: F811
    bot: Runtime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def put(*_: object) -> None:
        raise AssertionError("a note is put into the store")

    monkeypatch.setattr(FolderStore, "put", put)
    speak(meera, api, opus(4))
    assert "I heard" in texts(meera)[-1]
    with bot.database.engine.connect() as connection:
        assert connection.execute(sql("SELECT count(*) FROM media_file")).scalar_one() == 0
        assert connection.execute(sql("SELECT count(*) FROM arrival")).scalar_one() == 0


@pytest.mark.parametrize(
    ("content", "words", "status", "why"),
    [
        (opus(181), "x", 200, "3 minutes at most"),
        (b"#!AMR\n", "x", 200, "this kind of sound"),
        (opus(3), "", 200, "hear no words"),
        (opus(3), "x", 500, "at this moment"),
    ],
)
def test_what_cannot_be_heard_is_answered_with_why_and_the_question_again(
    meera: WhatsAppSeat,
    api: CloudApi,  # noqa: F811
    peer: Transcriptions,
    content: bytes,
    words: str,
    status: int,
    why: str,
) -> None:
    meera.say("5 food creators in Pune, 1 reel each")
    peer.words, peer.status = words, status
    speak(meera, api, content)
    assert why in texts(meera)[-2]
    assert "budget" in texts(meera)[-1]


@pytest.mark.parametrize("file", [{"seconds": 181}, {"size": 6_000_001}])
def test_what_its_app_says_is_too_long_is_not_fetched(
    meera: WhatsAppSeat,
    bot: Runtime,
    client: TestClient,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    file: dict[str, int],
) -> None:
    def fetch(*_: object) -> bytes:
        raise AssertionError("nobody would hear it")

    monkeypatch.setattr(type(bot.apps["whatsapp"]), "fetch", fetch)
    note = RemoteFile("ref", "voice.ogg", spoken=True, **file)
    hearer = client.app.state.hearer  # type: ignore[attr-defined]
    said = IncomingMessage("whatsapp", meera.phone, meera.phone, "e1", files=(note,), unheard="voice")
    hearer.receive(said, 1)
    assert hearer.settle(30)
    assert "3 minutes at most" in texts(meera)[-1]


@pytest.mark.parametrize("listens", [False])
def test_where_nobody_listens_that_is_said_and_nothing_is_fetched(
    asha: WhatsAppSeat,  # noqa: F811
    api: CloudApi,  # noqa: F811
    client: TestClient,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    bot: Runtime,
) -> None:
    def fetch(*_: object) -> bytes:
        raise AssertionError("nobody would hear it")

    del client
    monkeypatch.setattr(type(bot.apps["whatsapp"]), "fetch", fetch)
    asha.say("hi")
    speak(asha, api, opus(2))
    assert "can't listen to voice notes" in "".join(texts(asha)[-2:])
