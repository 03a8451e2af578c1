"""Links that open a chat app with something already said: t.me/<bot>?start=join_K7Q2."""

from bots.conversation.card import link
from bots.conversation.dialogue import Tools
from bots.phrases.sentences import say
from core.messaging.messages import Button


def buttons(tools: Tools, payload: str) -> list[Button]:
    """Return a button for each app that a link can open with a payload."""
    return [link(say("deep.open", app=title), url) for title, url in tools.invitations(payload)]
