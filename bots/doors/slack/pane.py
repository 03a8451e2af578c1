"""The assistant pane: who is greeted in it, and what they may ask first, by what they have open.

Each of its talks is a thread of the private chat with us, so what is said there is said in that chat.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bots.conversation.dialogue import Talk
from bots.dialogues import drafts, everybody, work
from bots.doors.house import House
from bots.doors.slack.home import welcome
from bots.phrases.languages import speaking, typed_word
from bots.phrases.sentences import say
from core.accounts import chats
from core.kit.actors import SYSTEM
from core.kit.work import begin
from core.messaging import inbox, outbox
from core.messaging.messages import Address, ChannelName, OutgoingMessage, Promise

PROMPTS_MAX = 4
GREETED, TITLED = "slack-pane", "slack-pane-title"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something to ask first: how it is called, and the words that are said for it."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Greeting:
    """What somebody is greeted with in a new thread: messages that are promised, and first questions."""

    heading: str
    prompts: tuple[Prompt, ...]
    promises: tuple[Promise, ...]


def begin_thread(house: House, person: str, thread: str) -> Greeting | None:
    """Greet somebody in a thread they opened, in their language; None where they were greeted there."""
    to = Address(ChannelName.SLACK, person)
    with begin(house.database, SYSTEM) as opened:
        if not inbox.accept(opened, GREETED, thread):
            return None
        known = chats.find_by_identity(opened, to.channel, person)
        with speaking(known.language if known else "", known.timezone if known else ""):
            talk = Talk(opened, known, to, house.tools) if known else None
            own = talk if talk and talk.sides else None
            prompts = tuple(_of(house, own) if own else strangers())[:PROMPTS_MAX]
            shown = everybody.menu(own, "") if own else [welcome()]
            said = [replace(m, thread=thread) for m in shown if isinstance(m, OutgoingMessage)]
            promises = outbox.say(opened, to, known.id if known else None, *said)
            return Greeting(say("pane.first"), prompts, tuple(promises))


def names(house: House, thread: str) -> bool:
    """Tell whether a thread gets its title from what is said now: from what is said in it first."""
    with begin(house.database, SYSTEM) as opened:
        return inbox.accept(opened, TITLED, thread)


def _of(house: House, talk: Talk) -> Iterator[Prompt]:
    """Yield what somebody may ask, what waits for them first."""
    if found := len(drafts.waiting(talk)) if talk.memberships else 0:
        yield _prompt(house, say("pane.drafts", n=found), "drafts_brand")
    if found := len(work.waiting(talk)) if talk.creator else 0:
        yield _prompt(house, say("pane.offers", n=found), "offers")
    if talk.memberships:
        yield _prompt(house, say("button.new_campaign"), "campaign")
        yield _prompt(house, say("button.campaigns"), "campaigns")
    if talk.creator:
        yield _prompt(house, say("button.my_work"), "work")
        yield _prompt(house, say("button.find_work"), "find")
    yield _prompt(house, say("button.money"), "money")


def strangers() -> Iterator[Prompt]:
    """Yield what a stranger may ask; what they may become are the buttons of the greeting."""
    for question in (say("pane.how"), say("pane.cost"), say("pane.safe")):
        yield Prompt(question, question)


def _prompt(house: House, title: str, command: str) -> Prompt:
    return Prompt(title, typed_word(house.book.commands[command].words[0]))
