"""A door that nobody here knows: its own class and a line in the registry, and people talk through it."""

from typing import ClassVar

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api import app as web
from bots.conversation.dialogue import Tools
from bots.doors import registry
from bots.doors.door import Answer, Asked, Door, Hook
from bots.doors.hearing import Hearer
from bots.doors.house import House
from bots.doors.pacing import Pace
from core.kit.checks import Finding
from core.kit.database import Database
from core.messaging.messages import Address, IncomingMessage, OutgoingMessage, RemoteFile
from core.messaging.receipts import Receipt
from core.settings import Settings
from market import doctor
from runtime import parts


class PigeonChannel:
    name = "pigeon"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.open = True

    def send(self, to: Address, message: OutgoingMessage, key: str) -> Receipt | None:
        del key
        self.sent.append((to.chat_id, message.text))
        return Receipt(str(len(self.sent)), to, asks=False)

    def fetch(self, file: RemoteFile, limit_bytes: int) -> bytes:
        raise NotImplementedError

    def acknowledge(self, incoming: IncomingMessage) -> None:
        del incoming

    def busy(self, chat: Address) -> None:
        del chat

    def close(self) -> None:
        self.open = False


class PigeonDoor(Door):
    name: ClassVar[str] = "pigeon"
    title: ClassVar[str] = "Pigeons"

    def __init__(self) -> None:
        self.channel = PigeonChannel()

    def open(self, tools: Tools, pace: Pace | None) -> PigeonChannel:
        del tools, pace
        return self.channel

    def findings(self, settings: Settings) -> list[Finding]:
        del settings
        return [Finding("Pigeons", good=True, found="fed")]

    def hooks(self, house: House, hearer: Hearer) -> list[Hook]:
        del house

        def take(asked: Asked) -> Answer:
            event = asked.headers["pigeon"]
            hearer.receive(IncomingMessage(self.name, "p1", "p1", event, "Paloma", asked.body.decode()), 1)
            return Answer(202, "coo", (("set-cookie", "a=1"), ("set-cookie", "b=2")))

        def prove(headers: object) -> Answer | None:
            return None if "pigeon" in headers else Answer(401, "no pigeon")  # type: ignore[operator]

        return [Hook("POST", "/webhooks/pigeon", take, prove)]

    def invitation(self, settings: Settings, payload: str) -> str:
        del settings
        return f"pigeon:{payload}"


def test_a_new_door_edits_the_registry_and_nothing_else(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = PigeonDoor()
    monkeypatch.setattr(registry, "DOORS", (*registry.DOORS, door))
    keys = {"secret_keys": SecretStr("test-secret-key")}
    settings = registry.Settings(_env_file=None, **keys)  # type: ignore[arg-type]
    runtime = parts.build(settings, database)
    app = web.create(runtime)
    with TestClient(app) as client:
        stranger = client.post("/webhooks/pigeon", content="hello")
        assert (stranger.status_code, door.channel.sent) == (401, [])
        answered = client.post("/webhooks/pigeon", content="hello", headers={"pigeon": "e1"})
        assert (answered.status_code, answered.text) == (202, "coo")
        assert answered.headers.get_list("set-cookie") == ["a=1", "b=2"]
        again = client.post("/webhooks/pigeon", content="hello", headers={"pigeon": "e1"})
        assert again.status_code == 202
        assert app.state.hearer.settle(30)
    assert [who for who, _ in door.channel.sent] == ["p1"], "told once, though it was delivered twice"
    assert "What brings you here?" in door.channel.sent[0][1]
    assert not door.channel.open
    assert ("Pigeons", "pigeon:join_K7") in runtime.tools.invitations("join_K7")
    assert "Pigeons" in {finding.what for finding in doctor.examine_channels(settings)}
