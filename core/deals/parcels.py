"""A gift that is sent: where to, that it is on its way, that it is there. The work of its deal waits for it.

The address is its creator's own: sealed with her key, read by her and by the brand of this deal while it
lasts, never written into the deal's steps or into anything that is told by itself.
"""

from uuid import UUID

from core.accounts import permissions
from core.accounts.states import Permission
from core.deals import endings, engine, pieces, views
from core.deals.errors import AddressMissing, NotYourStep
from core.deals.models import Parcel
from core.deals.schemas import DealView, ParcelView
from core.kit.consent import binding
from core.kit.process import Party
from core.kit.text import clean, is_blank
from core.kit.work import Work
from core.vault import service as vault

ADDRESS, TRACKING = "parcel.address", "parcel.tracking"
ADDRESS_CHARACTERS_MAX, TRACKING_CHARACTERS_MAX = 600, 500


@binding
def give_address(work: Work, deal_id: UUID, address: str, *, shown: str) -> DealView:
    """Say where the gift shall be sent, or say it anew; the brand has a time to send it.

    Raises:
        DealNotFound, ShownChanged, NotYourStep, StepNotPossible.
        AddressMissing: for words that are no address.
    """
    words, owner = clean(address, ADDRESS_CHARACTERS_MAX), work.actor.person_id
    if is_blank(words):
        raise AddressMissing
    deal = engine.take(work, "give_address", deal_id, shown=shown)
    if owner is None:
        raise NotYourStep(step="give_address")
    sealed = vault.seal(work, owner, words, ADDRESS)
    work.session.merge(Parcel(deal_id=deal_id, owner_id=owner, address=sealed, tracking="", at=work.now))
    work.session.flush()
    return views.view(work, deal)


@binding
def send(work: Work, deal_id: UUID, tracking: str = "", *, shown: str) -> DealView:
    """Say that the gift is on its way; its creator has a time to say whether it is there."""
    deal = engine.take(work, "send_gift", deal_id, shown=shown)
    parcel, link = work.session.get(Parcel, deal_id), clean(tracking, TRACKING_CHARACTERS_MAX)
    if parcel is not None:
        parcel.tracking = vault.seal(work, parcel.owner_id, link, TRACKING) if link else ""
    return views.view(work, deal)


@binding
def arrived(work: Work, deal_id: UUID, *, shown: str) -> DealView:
    """Say that the gift is there: the work begins, and its days count from now."""
    deal = engine.take(work, "gift_arrived", deal_id, shown=shown)
    pieces.begin(work, deal)
    return views.view(work, deal)


@binding
def not_arrived(work: Work, deal_id: UUID, *, shown: str) -> DealView:
    """Say that the gift is not there: the brand sends it again, or the deal ends."""
    return views.view(work, engine.take(work, "not_arrived", deal_id, shown=shown))


@binding
def call_off(work: Work, deal_id: UUID, reason: str, *, shown: str) -> DealView:
    """End a deal whose gift is not on its way yet: nobody has begun anything. Raises ReasonMissing."""
    view = endings.answer(work, "call_off", deal_id, reason, shown=shown)
    _, deal = engine.open_deal(work, deal_id)
    endings.cancel_pieces(work, deal)
    return view


def of_deal(work: Work, deal_id: UUID) -> ParcelView | None:
    """Return where a gift is sent, to its creator and to who may run the campaign while the deal lasts.

    Raises:
        DealNotFound, RoleMissing.
    """
    deal = views.get(work, deal_id)
    if views.side_of(work, deal) is Party.BRAND:
        permissions.require(work, deal.workspace_id, Permission.RUN_CAMPAIGNS)
        if deal.ended:
            return None
    row = work.session.get(Parcel, deal_id)
    if row is None:
        return None
    address = vault.open_sealed(work, row.owner_id, row.address, ADDRESS)
    return ParcelView(deal_id, address, vault.open_sealed(work, row.owner_id, row.tracking, TRACKING))
