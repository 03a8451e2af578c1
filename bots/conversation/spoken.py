"""Voice notes in a talk: what was heard is shown first, and said with a yes."""

from dataclasses import replace

from bots.conversation import tokens
from bots.conversation.card import card, press
from bots.conversation.session import Session
from bots.phrases.sentences import say
from bots.understanding import changes
from core.kit.text import clean
from core.messaging.messages import IncomingMessage, OutgoingMessage

YES = "spoken"
"""The command of the yes; what it says only the session knows."""


def shown(incoming: IncomingMessage) -> OutgoingMessage:
    """Show what was heard."""
    yes = press(say("voice.right"), YES)
    return card(say("voice.heard", words=clean(incoming.heard)), [yes], asks=True)


def confirmed(session: Session, incoming: IncomingMessage) -> IncomingMessage:
    """Return what was heard in the voice note before as said, where this is the yes to it."""
    words = session.heard.spoken
    is_pressed = incoming.pressed == tokens.command(YES)
    is_yes = is_pressed or (not incoming.pressed and changes.affirms(incoming.text, say("voice.right")))
    return replace(incoming, pressed="", text=words) if words and is_yes else incoming
