"""What a creator gets, in words: a price, or a gift and that no cash is paid."""

from bots.phrases.amounts import money
from bots.phrases.sentences import say
from core.campaigns.schemas import Brief
from core.kit.money import Money


def pay(price: Money, brief: Brief) -> str:
    """Return what is paid, and where that is nothing the gift, its worth, and that there is no cash."""
    if price:
        return money(price)
    gift = say("gift.said", goods=brief.goods, worth=money(brief.worth)) if brief.worth else brief.goods
    return say("gift.alone", gift=gift)
