"""Bringing another chat app to one's account: a code, a question on each side, and a way back."""

from uuid import UUID

from bots.cards import deep
from bots.cards.links import LINK, link_card
from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Seen, Talk, is_a_code
from bots.phrases.sentences import say
from core.linking import service as linking
from core.linking.errors import ThingsOfItsOwn
from core.linking.states import Kind, State


def link(talk: Talk, argument: str) -> Answer:
    """Give a code for another chat app; with a code, ask whether this chat shall go over."""
    if argument:
        return _enter(talk, argument, Kind.LINK)
    code = linking.code(talk.work)
    return [card(say("link.code", code=code), deep.buttons(talk.tools, f"link_{code}"))]


def merge(talk: Talk, argument: str) -> Answer:
    """Ask whether this chat and everything that hangs on it shall go over; without a code, say how."""
    return _enter(talk, argument, Kind.MERGE) if argument else [card(say("merge.how"))]


def _enter(talk: Talk, code: str, kind: Kind) -> Answer:
    try:
        with talk.work.session.begin_nested():
            found = linking.enter(talk.work, code, kind, talk.address.channel)
    except ThingsOfItsOwn:
        return [card(say("link.own_things", code=code), [press(say("merge.do"), "merge", code)])]
    return [link_card(talk.work, found, talk.person.id)]


def yes(talk: Talk, request: Seen) -> Answer:
    """Say yes: the first side's asks the other one, the second side's does it."""
    if linking.get(talk.work, request.id).state is State.ENTERED:
        found = linking.agree(talk.work, request.id, talk.address, shown=request.mark)
        return [card(say("link.waits", name=found.to_name))]
    done = linking.confirm(talk.work, request.id, talk.address, shown=request.mark)
    talk.refresh()
    if done.state is State.AGREED:
        return [link_card(talk.work, done, talk.person.id)]
    return []  # the news of it comes into every chat, this one too


def no(talk: Talk, request_id: UUID) -> Answer:
    """Say no."""
    linking.refuse(talk.work, request_id)
    return [card(say("link.refused"))]


def undo(talk: Talk, argument: str) -> Answer:
    """Take the newest link back."""
    del argument
    linking.undo(talk.work)
    talk.refresh()
    return []  # as above


DIALOGUES: tuple[Dialogue, ...] = ()
COMMANDS = (
    Command("link", link, ("link",), Audience.ANYBODY, "use me from another chat app too", behind=is_a_code),
    Command("merge", merge, ("merge",), behind=is_a_code),
    Command("link_yes", yes, binds=LINK),
    Command("link_no", no, takes=UUID),
    Command("unlink", undo, ("undo link",)),
)
