"""Every notice there is, by name."""

from bots.conversation.dialogue import Tools
from bots.notices import deals, money, people, pieces
from bots.notices.telling import Facts, Render, Telling
from core.kit.work import Work
from core.messaging.messages import OutgoingMessage

RENDERERS: dict[str, Render] = {**deals.RENDERERS, **pieces.RENDERERS, **money.RENDERERS, **people.RENDERERS}


def render(work: Work, tools: Tools, notice: str, facts: Facts) -> list[OutgoingMessage]:
    """Return a notice as messages. Raises KeyError for a name without words, which a test rules out."""
    return RENDERERS[notice](Telling(work, tools, facts))
