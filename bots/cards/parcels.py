"""Where a gift goes, as a card of its deal: it changes with the address, and is gone with the deal."""

from bots.conversation.card import card
from bots.phrases.sentences import say
from core.deals import parcels, views
from core.deals.schemas import DealView
from core.kit.process import Party
from core.kit.work import Work
from core.messaging import cards
from core.messaging.cards import Living
from core.messaging.messages import OutgoingMessage


def shown(work: Work, deal: DealView) -> OutgoingMessage:
    """Show the address to whoever may read it.

    Raises:
        DealNotFound, RoleMissing.
    """
    living = Living(cards.parcel(deal.id), deal.mark)
    parcel = parcels.of_deal(work, deal.id)
    if parcel is None:
        return card(say("parcel.none"), living=living)
    if views.side_of(work, deal) is Party.BRAND:
        return card(say("parcel.shown", address=parcel.address), living=living)
    link = say("notice.gift_tracking", tracking=parcel.tracking) if parcel.tracking else ""
    return card(say("parcel.shown_own", address=parcel.address, tracking=link), living=living)
