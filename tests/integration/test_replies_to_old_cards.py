"""A reply says which message it answers: words that answer an old one never bind anybody to a newer."""

from uuid import UUID, uuid4

import pytest

from bots.conversation import tokens, turn
from bots.dialogues.book import book
from core.accounts import chats
from core.accounts.schemas import Identity
from core.conversations import service as conversations
from core.deals import offers
from core.deals import views as deals
from core.deals.states import DealState
from core.kit.actors import SYSTEM, Actor
from core.kit.money import Money
from core.kit.work import begin
from core.messaging import cards, receipts
from core.messaging.messages import Address, IncomingMessage
from core.messaging.receipts import Receipt
from runtime.parts import Runtime
from tests import seen
from tests.integration.test_races import INR, World


class Chat:
    """A chat of one person in an app whose messages can be answered."""

    def __init__(self, runtime: Runtime, person: UUID, name: str) -> None:
        self.runtime, self.address = runtime, Address("telegram", name)
        with begin(runtime.database, SYSTEM) as work:
            chats.attach(work, person, Identity("telegram", name, name))

    def hears(self, ref: str, about: str = "", version: str = "", *, asks: bool = False) -> str:
        """Note a message of ours that stands here."""
        with begin(self.runtime.database, SYSTEM) as work:
            receipts.note(work, uuid4().hex, Receipt(ref, self.address, asks), about, version)
        return ref

    def says(self, text: str = "", *, to: str = "", pressed: str = "") -> str:
        """Say something, as an answer to a message or to none; what is said to it stands in the chat."""
        chat_id = self.address.chat_id
        incoming = IncomingMessage(
            "telegram", chat_id, chat_id, uuid4().hex, text=text, reply_to=to, pressed=pressed
        )
        said = turn.take(self.runtime.tools, book(), incoming)
        for promise in said:
            self.hears(promise.id.hex, asks=bool(promise.payload["message"]["asks"]))
        return "\n".join(str(promise.payload["message"]["text"]) for promise in said)


def countered(world: World) -> UUID:
    """Bring a deal to where the brand's word is waited for."""
    deal = world.offer()
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        offers.counter(work, deal, Money(3_500_00, INR), shown=seen.deal(work, deal))
    return deal


def state_of(runtime: Runtime, deal: UUID) -> DealState:
    with begin(runtime.database, SYSTEM) as work:
        return deals.get(work, deal).state


@pytest.fixture
def two(runtime: Runtime) -> tuple[World, UUID, UUID, Chat]:
    """Return a brand with a deal that has ended and one that waits for its word, and its chat."""
    world = World(runtime)
    old = countered(world)
    with begin(runtime.database, Actor.person(world.brand)) as work:
        offers.decline(work, old, shown=seen.deal(work, old))
    new = countered(world)
    return world, old, new, Chat(runtime, world.brand, "b1")


def test_a_yes_to_an_old_card_accepts_no_newer_price(
    runtime: Runtime, two: tuple[World, UUID, UUID, Chat]
) -> None:
    _, old, new, chat = two
    chat.hears("old-card", cards.deal(old), "x")
    with begin(runtime.database, SYSTEM) as work:
        accept = ("Accept ₹3,500", tokens.command("accept", new.hex, seen.deal(work, new)))
    for words in ("Accept", "Accept ₹3,500"):
        with begin(runtime.database, SYSTEM) as work:
            conversations.offer(work, chat.address, [accept])
        chat.says(words, to="old-card")
        assert state_of(runtime, new) is DealState.OFFERED, words
        chat.says("cancel")
    with begin(runtime.database, SYSTEM) as work:
        conversations.offer(work, chat.address, [accept])
    chat.says("Accept ₹3,500")
    assert state_of(runtime, new) is DealState.AGREED, "said to nothing old it counts"


def test_a_yes_to_another_message_is_none_to_the_review_that_is_open(
    runtime: Runtime, two: tuple[World, UUID, UUID, Chat]
) -> None:
    world, old, new, _ = two
    with begin(runtime.database, Actor.person(world.brand)) as work:
        offers.accept(work, new, shown=seen.deal(work, new))
    chat = Chat(runtime, world.person, "c1")
    with begin(runtime.database, SYSTEM) as work:
        mark = seen.deal(work, new)
    chat.hears("old-card", cards.deal(old), "x")
    chat.hears("old-words")
    chat.says(pressed=tokens.command("cancel_deal", new.hex, mark))
    assert "ill today" in chat.says("I am ill today")
    with begin(runtime.database, SYSTEM) as work:
        question = receipts.open_question(work, chat.address)
    chat.hears("news")
    for answered in ("old-card", "old-words", "news"):
        said = chat.says("yes", to=answered)
        assert "answered an earlier message" in said
        assert "ill today" in said, "the review is shown again"
        assert state_of(runtime, new) is DealState.AGREED
    with begin(runtime.database, SYSTEM) as work:
        assert receipts.open_question(work, chat.address) != question
        question = receipts.open_question(work, chat.address)
    chat.says("yes", to=question)
    assert state_of(runtime, new) is DealState.CANCELLING
