"""What a creator gets, in words: a price, or a gift and that no cash is paid."""

from bots.conversation.card import press
from bots.phrases.amounts import money
from bots.phrases.sentences import say
from core.campaigns.schemas import Brief, CampaignView
from core.deals.schemas import DealView
from core.deals.states import DealState
from core.kit.money import Money
from core.kit.work import Work
from core.messaging.messages import Button
from core.payments import books


def steps(deal: DealView) -> list[Button]:
    """Return what its creator can do while the gift is not there."""
    return {
        DealState.AWAITING_ADDRESS: [press(say("parcel.give_address"), "address", deal.id, deal.mark)],
        DealState.ON_ITS_WAY: [
            press(say("parcel.arrived"), "arrived", deal.id, deal.mark),
            press(say("parcel.not_arrived"), "not_arrived", deal.id, deal.mark),
            press(say("parcel.show"), "parcel", deal.id),
        ],
    }.get(deal.state, [press(say("parcel.show"), "parcel", deal.id)])


def without_money(work: Work, campaign: CampaignView) -> bool:
    """Tell whether no money was ever in a campaign: nothing is said of money at its end."""
    return campaign.cashless and not books.campaign_money(work, campaign, []).paid_in


def pay(price: Money, brief: Brief) -> str:
    """Return what is paid, and where that is nothing the gift, its worth, and that there is no cash."""
    if price:
        return money(price)
    gift = say("gift.said", goods=brief.goods, worth=money(brief.worth)) if brief.worth else brief.goods
    return say("gift.alone", gift=gift)
