"""Leaving: everything about somebody is deleted, three days after they asked for it."""

from dataclasses import dataclass
from uuid import UUID

from bots.cards import step_up as step_up_cards
from bots.cards.things import PERSON
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Field, Form, Kind, NotUnderstood, Slots, facts
from bots.dialogues.work import own_deals
from bots.phrases.amounts import listed, moment, money
from bots.phrases.languages import typed_words
from bots.phrases.sentences import say
from core.deals import views as deals
from core.privacy import erasure
from core.step_up import service as step_up
from core.step_up.states import Change


@dataclass(frozen=True, slots=True)
class LeavingFacts:
    """What leaving would end: `open` says it in words, empty where nothing runs."""

    seen: Seen
    open: str


def _load(talk: Talk, seen: Seen) -> LeavingFacts:
    running = [deal for deal in own_deals(talk) if not deal.ended]
    held = [money(amount) for amount in deals.held_of(talk.work, running).values()]
    note = say("delete.open", count=len(running), held=listed(held)) if running else ""
    return LeavingFacts(seen, note)


def _exactly(text: str, slots: Slots) -> str:
    del slots
    if text.casefold().strip(" .!") not in typed_words("delete my data"):
        raise NotUnderstood(say("delete.hint"))
    return "yes"


DELETE = Form(
    name="delete",
    fields=(
        Field(
            "sure",
            Kind.TEXT,
            lambda s: say("delete.ask", open=facts(LeavingFacts, s).open),
            "Sure",
            parse=_exactly,
            repeats=True,
        ),
    ),
    ends=True,
)


def own_account(talk: Talk) -> UUID | Answer:
    """Find who would leave: whoever talks, unless they are leaving already."""
    waits = step_up.waiting(talk.work, talk.person.id, Change.ERASURE)
    if waits:
        return [card(say("delete.waits", at=moment(waits[0].due_at)), [step_up_cards.stop(waits[0])])]
    erasure.require_nothing_due(talk.work, talk.person.id)
    return talk.person.id


def ask_delete(talk: Talk, person: Seen) -> Answer:
    """Say what deleting means, and ask for the words."""
    del talk
    return [Open("delete", seen=person)]


def delete(talk: Talk, slots: Slots, key: str) -> Answer:
    """Let everything but the payment records be deleted in three days."""
    del key
    change = erasure.ask(talk.work, talk.address, shown=facts(LeavingFacts, slots).seen.mark)
    return [step_up_cards.begun(talk.work, change)]


DIALOGUES = (Dialogue(DELETE, delete, {}, _load, PERSON),)
COMMANDS = (
    Command(
        "delete",
        ask_delete,
        ("delete my data", "forget me"),
        Audience.ANYBODY,
        "delete everything about you",
        binds=PERSON,
        finds=own_account,
    ),
)
