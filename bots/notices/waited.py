"""What waited for somebody who was away, summed up as things stand now."""

from collections.abc import Callable, Collection
from typing import Any

from bots.conversation.card import card, press
from bots.conversation.dialogue import Tools
from bots.notices.telling import Facts, Telling
from bots.phrases.sentences import say
from core.kit.work import Work
from core.messaging.messages import OutgoingMessage, Role

LINES_MAX = 10
SHOWN_MAX = 3

Rendered = Callable[[Work, Tools, str, Facts], list[OutgoingMessage]]


def summed_up(t: Telling, render: Rendered, alone: Collection[str]) -> list[OutgoingMessage]:
    """Return one line a thing, and whole the newest that ask something; nothing that is over.

    Notices named in `alone` are each told, however many a thing has.
    """
    latest: dict[object, list[OutgoingMessage]] = {}
    for one in t.facts["news"]:
        thing = _thing(one, alone)
        facts = one["facts"] | {name: t.facts[name] for name in ("reader",) if name in t.facts}
        messages = render(t.work, t.tools, one["notice"], facts)
        if messages or thing in latest:
            latest.pop(thing, None)
            latest[thing] = messages
    told = [message for messages in latest.values() for message in messages]
    if len(told) <= SHOWN_MAX:
        return told
    whole = [message for message in told if _asks(message)][-SHOWN_MAX:]
    short = [message for message in told if message not in whole]
    return [*([_list(short)] if short else []), *whole]


def _thing(news: dict[str, Any], alone: Collection[str]) -> object:
    """Return what a notice is about: of one thing only the newest is told, but each sum of money."""
    facts = news["facts"]
    about = facts.get("deliverable_id") or facts.get("deal_id")
    if about and news["notice"] not in alone:
        return about
    return news["notice"], repr(sorted(facts.items()))


def _asks(message: OutgoingMessage) -> bool:
    return any(b.action and b.role is not Role.QUIET for row in message.buttons for b in row)


def _list(messages: list[OutgoingMessage]) -> OutgoingMessage:
    lines = [f"• {_line(message)}" for message in messages[-LINES_MAX:]]
    more = len(messages) - len(lines)
    text = say("waited.title") + "\n" + "\n".join(lines)
    if more:
        text += "\n" + say("waited.more", n=more)
    return card(text, [press(say("waited.menu"), "menu")])


def _line(message: OutgoingMessage) -> str:
    """Return a message in one line: a card's first, since it stands there to be read; else all its words."""
    lines = [line.strip() for line in message.text.splitlines() if line.strip()]
    return lines[0] if message.about else " ".join(lines)
