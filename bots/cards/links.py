"""A link between two accounts before its two sides: what would go over, and what can be said to it."""

from uuid import UUID

from bots.conversation.card import card, press
from bots.conversation.dialogue import Talk
from bots.phrases.amounts import listed, moment, money
from bots.phrases.sentences import say
from core.kit.work import Work
from core.linking import service as linking
from core.linking.schemas import LinkView
from core.linking.states import Kind, State
from core.messaging.messages import OutgoingMessage


class LinkThing:
    """A request to bring somebody's chats to somebody else: who, and what goes along."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of what is agreed to. Raises LinkNotFound for whom it is none of."""
        return linking.get(talk.work, thing_id).mark

    def show(self, talk: Talk, thing_id: UUID) -> list[OutgoingMessage]:
        """Show the request to whichever side asks."""
        return [link_card(talk.work, linking.get(talk.work, thing_id), talk.person.id)]

    def changes(self, talk: Talk, thing_id: UUID, shown: str) -> list[str]:
        """Return nothing: the card says what is agreed to now."""
        del talk, thing_id, shown
        return []


LINK = LinkThing()


def link_card(work: Work, found: LinkView, person_id: UUID) -> OutgoingMessage:
    """Return a request as the one side that is asked now sees it, or as it stands."""
    del work
    asked = found.from_person if found.state is State.ENTERED else found.to_person
    app = found.channel.capitalize()
    if found.state is State.AGREED:
        return card(say("link.agreed", at=moment(found.due_at)))
    if found.state not in {State.ENTERED, State.WAITING} or person_id != asked:
        return card(say("link.waits", name=found.to_name))
    key = "link.ask_here" if found.state is State.ENTERED else "link.ask_there"
    text = say(key, other=found.to_name, name=found.from_name, app=app)
    if found.kind is Kind.MERGE:
        text += "\n\n" + say(
            "link.goes_along",
            deals=found.owned.running_deals,
            teams=len(found.owned.workspaces),
            money=listed([money(each) for each in found.owned.money]) or "0",
        )
    yes = press(say("link.yes"), "link_yes", found.id, found.mark)
    return card(text, [yes, press(say("link.no"), "link_no", found.id)])
