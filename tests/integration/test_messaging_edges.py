"""What is known of sent messages and of transcripts: whose it is, which one, and until when."""

import pytest

from core.accounts import people
from core.kit.actors import SYSTEM
from core.kit.database import Database, connect
from core.kit.work import begin
from core.messaging import held, inbox, mailbox, receipts
from core.messaging.messages import Address, OutgoingMessage
from core.messaging.receipts import Receipt

ASHA, RAVI = Address("telegram", "1"), Address("telegram", "2")


def test_a_file_is_of_the_chats_that_carried_it(database: Database) -> None:
    with begin(database, SYSTEM) as work:
        for way, media in ((True, "came"), (False, "went")):
            body = {"attachments": [{"media_id": media}]}
            mailbox.put(work, ASHA, {media: body}, None, incoming=way)
        mailbox.put(work, RAVI, {"other": {"attachments": []}}, None, incoming=True)
        found = {
            (chat, media): mailbox.carries(work, chat, media)
            for chat in (ASHA, RAVI, Address("slack", "1"))
            for media in ("came", "went", "never")
        }
    assert [pair for pair, carried in found.items() if carried] == [(ASHA, "came"), (ASHA, "went")]


def test_what_apps_call_our_messages_is_known_by_chat(database: Database) -> None:
    with begin(database, SYSTEM) as work:
        for key, chat, ref, asks in (
            ("k1", RAVI, "r1", True),
            ("k2", ASHA, "a1", False),
            ("k3", ASHA, "a2", True),
            ("k4", ASHA, "a3", True),
            ("k5", ASHA, "a4", False),
        ):
            receipts.note(work, key, Receipt(ref, chat, asks))
        receipts.note(work, "k2", Receipt("again", ASHA, asks=True))
        assert (receipts.sent(work, "k2"), receipts.sent(work, "k9")) == (True, False)
        assert (receipts.first(work, ASHA), receipts.first(work, RAVI)) == ("a1", "r1")
        assert receipts.first(work, Address("slack", "1")) == ""
        assert receipts.chat_of(work, "telegram", "a2") == ASHA
        assert receipts.chat_of(work, "slack", "a2") is None
        assert receipts.chat_of(work, "telegram", "again") is None


def test_a_question_is_open_until_its_buttons_are_gone(database: Database) -> None:
    with begin(database, SYSTEM) as work:
        for key, ref, asks in (("k1", "q1", True), ("k2", "q2", True), ("k3", "told", False)):
            receipts.note(work, key, Receipt(ref, ASHA, asks))
        receipts.note(work, "k4", Receipt("q2", RAVI, asks=True))
        assert receipts.open_question(work, ASHA) == "q2"
        receipts.close_question(work, ASHA, "q2")
        work.session.flush()
        assert receipts.open_question(work, ASHA) == "q1"
        assert receipts.open_question(work, RAVI) == "q2", "the same name in another chat is another message"


def test_nothing_is_taken_in_without_our_keys(database_url: str) -> None:
    without = connect(database_url)
    with begin(without, SYSTEM) as work, pytest.raises(RuntimeError, match="without our keys"):
        inbox.accept(work, "chat:web", "1")
    without.engine.dispose()


def test_lines_are_written_in_their_order_and_each_key_once(database: Database) -> None:
    chat = Address("web", "asha")
    a, b, c = ({"text": text, "attachments": []} for text in "abc")
    with begin(database, SYSTEM) as work:
        mailbox.put(work, chat, {}, None, incoming=True)
        mailbox.put(work, chat, {"1": a, "2": b}, None, incoming=True)
        mailbox.put(work, chat, {"1": c, "3": c}, None, incoming=True)
        assert [letter.body["text"] for letter in mailbox.read(work, chat)] == ["a", "b", "c"]


def test_what_is_held_for_a_chat_is_forgotten_for_that_chat_alone(database: Database) -> None:
    names = [("slack", "1"), ("telegram", "1"), ("telegram", "2"), ("whatsapp", "1")]
    places = [Address(*name) for name in names]
    with begin(database, SYSTEM) as work:
        asha = people.register(work, "Asha").id
        for number, place in enumerate(places):
            held.keep_message(work, str(number), place, OutgoingMessage("hello"), asha)
        held.forget(work, places[1])
        left = [place for place in places if held.take(work, place)[0]]
    assert left == [places[0], *places[2:]]
