"""An app that is not connected any more: nobody is waited for in vain, and nothing is lost."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from bots.conversation.card import card
from bots.doors import delivery, telling
from bots.doors.channel import ChannelUnavailable
from core.accounts import chats
from core.accounts.schemas import Identity
from core.kit.actors import SYSTEM
from core.kit.database import Database
from core.kit.work import begin
from core.messaging import mailbox, outbox
from core.messaging.messages import Address, Promise
from core.messaging.states import PromiseKind
from runtime.parts import Runtime
from tests.conftest import drain

GONE = Address("discord", "7")


def met(database: Database, *places: tuple[str, str]) -> UUID:
    """Return somebody who was heard from these chats, the last of them last."""
    with begin(database, SYSTEM) as work:
        person = chats.recognise(work, Identity(*places[0], places[0][1]), "Asha")
        for place in places[1:]:
            chats.attach(work, person.id, Identity(*place, place[1]))
    return person.id


def heard(runtime: Runtime, chat: str = "asha") -> list[str]:
    with begin(runtime.database, SYSTEM) as work:
        return [letter.body["text"] for letter in mailbox.read(work, Address("web", chat))]


def answer(person_id: UUID, text: str, **facts: Any) -> Promise:  # noqa: ANN401
    payload = {"person_id": str(person_id), "notice": "answer", "facts": {"text": text, **facts}}
    return Promise(uuid4(), PromiseKind.TELL, f"person:{person_id}", payload, 0, 1, uuid4())


def test_a_notice_goes_to_a_chat_whose_app_is_there(runtime: Runtime) -> None:
    asha = met(runtime.database, ("web", "asha"), ("discord", "7"))
    telling.tell(runtime, answer(asha, "We looked."))
    assert "We looked." in heard(runtime)[-1]


def test_a_chat_that_was_chosen_in_an_app_that_went_is_passed_over(runtime: Runtime) -> None:
    asha = met(runtime.database, ("web", "asha"), ("discord", "7"))
    with begin(runtime.database, SYSTEM) as work:
        chats.choose(work, "discord", "7")
        assert chats.address_of(work, asha) == Identity("discord", "7", "7")
    telling.tell(runtime, answer(asha, "We looked."))
    assert "We looked." in heard(runtime)[-1]


def test_who_has_no_other_chat_hears_of_it_when_the_app_is_back(runtime: Runtime) -> None:
    asha = met(runtime.database, ("discord", "7"))
    with pytest.raises(ChannelUnavailable, match="discord"):
        telling.tell(runtime, answer(asha, "We looked."))
    back = replace(runtime, channels={**runtime.channels, "discord": runtime.channels["web"]})
    telling.tell(back, answer(asha, "We looked."))


def test_what_was_for_that_very_chat_holds_nothing_up(runtime: Runtime) -> None:
    asha = met(runtime.database, ("web", "asha"), ("discord", "7"))
    with begin(runtime.database, SYSTEM) as work:
        outbox.tell(work, asha, "answer", {"text": "Was it you?", "chat": ["discord", "7"]})
        outbox.tell(work, asha, "answer", {"text": "We looked."})
    drain(runtime)
    assert [text for text in heard(runtime) if "Was it you?" in text] == []
    assert "We looked." in heard(runtime)[-1]


def test_a_reply_into_such_a_chat_waits_and_is_no_fault_of_ours(runtime: Runtime) -> None:
    asha = met(runtime.database, ("discord", "7"))
    with begin(runtime.database, SYSTEM) as work:
        (reply,) = outbox.say(work, GONE, asha, card("hello"))
    assert delivery.deliver(runtime, reply) is not None
    with begin(runtime.database, SYSTEM) as work:
        assert outbox.parked(work) == []
        assert outbox.unkept(work) == 1
