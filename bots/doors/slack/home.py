"""The App Home: what needs you now, the running campaigns, the money."""

from bots.conversation.dialogue import Talk
from bots.dialogues import campaigns, drafts, everybody
from bots.doors.house import House
from bots.phrases.sentences import say
from core.accounts import chats
from core.kit.actors import SYSTEM
from core.kit.work import begin
from core.messaging.messages import Address, ChannelName, OutgoingMessage


def messages(house: House, person: str) -> list[OutgoingMessage]:
    """Return what a person's home shows; for a stranger how to begin."""
    with begin(house.database, SYSTEM) as work:
        known = chats.find_by_identity(work, ChannelName.SLACK, person)
        if known is None:
            return [OutgoingMessage(say("home.hello"))]
        talk = Talk(work, known, Address(ChannelName.SLACK, person), house.tools)
        if not talk.memberships:
            return [m for m in everybody.menu(talk, "") if isinstance(m, OutgoingMessage)]
        parts = [drafts.show_drafts(talk, ""), campaigns.show_all(talk, ""), everybody.money(talk, "")]
        return [message for part in parts for message in part if isinstance(message, OutgoingMessage)]
