"""The App Home: what can be done, what needs you now, the running campaigns, the money."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bots.conversation.card import card
from bots.conversation.dialogue import Talk
from bots.dialogues import campaigns, drafts, everybody, work
from bots.doors.house import House
from bots.phrases.languages import speaking
from bots.phrases.sentences import say
from core.accounts import chats
from core.kit.actors import SYSTEM
from core.kit.work import begin
from core.messaging.messages import Address, ChannelName, OutgoingMessage

PICTURE = "photo"


@dataclass(frozen=True, slots=True)
class Home:
    """What a person's home shows; `pictures` are links to files, which end after minutes, by their ids."""

    messages: tuple[OutgoingMessage, ...]
    pictures: Mapping[str, str]


def welcome() -> OutgoingMessage:
    """Say who we are to somebody whom we do not know yet, and how to begin."""
    return card(say("home.hello"), everybody.sides_to_take())


def of(house: House, person: str) -> Home:
    """Return a person's home, in their language and at their hours; for a stranger how to begin."""
    with begin(house.database, SYSTEM) as opened:
        known = chats.find_by_identity(opened, ChannelName.SLACK, person)
        if known is None:
            return Home((welcome(),), {})
        with speaking(known.language, known.timezone):
            talk = Talk(opened, known, Address(ChannelName.SLACK, person), house.tools)
            parts = [everybody.menu(talk, "")]
            if talk.memberships:
                parts += [drafts.show_drafts(talk, ""), campaigns.show_all(talk, "")]
            if talk.creator:
                parts += [work.offers(talk, ""), work.my_work(talk, "")]
            parts += [everybody.money(talk, "")] if talk.sides else []
            messages = tuple(m for part in parts for m in part if isinstance(m, OutgoingMessage))
        files = [file for message in messages for file in message.attachments if file.kind == PICTURE]
        is_reachable = house.settings.public_url.startswith("https://")  # Slack fetches what it shows
        links = {f.media_id: house.tools.media.link(opened, UUID(f.media_id)) for f in files if is_reachable}
        return Home(messages, links)
