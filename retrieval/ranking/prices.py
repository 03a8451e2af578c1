"""What the work of a brief costs with one creator: their own rates, or an estimate that says so."""

from core.campaigns.schemas import Brief
from core.creators.schemas import CreatorView
from core.kit import exchange
from core.kit.estimates import Estimate
from core.kit.money import Currency, Money
from core.kit.remarks import Remark
from core.kit.vocabulary import DeliverableKind as K

ESTIMATE_USD: dict[K, int] = {
    K.REEL: 80,
    K.STORY: 25,
    K.POST: 60,
    K.VIDEO: 110,
    K.SHORT: 40,
    K.TWEET: 20,
    K.LIVE: 90,
}
"""Nano tier, middle of the published bands: Instagram $25-150, TikTok $5-25, YouTube $20-200."""
ESTIMATE_INR: dict[K, int] = {
    K.REEL: 5_000,
    K.STORY: 1_500,
    K.POST: 4_000,
    K.VIDEO: 7_000,
    K.SHORT: 2_500,
    K.TWEET: 1_500,
    K.LIVE: 6_000,
}
"""India: post ₹1,500-8,000, reel ₹2,500-10,000."""
FULL_ESTIMATE_FOLLOWERS = 20_000
BAND = (0.5, 2.0)
"""The published bands run from about half of their middle to twice of it."""


def price(creator: CreatorView, brief: Brief, currency: Currency, usual: Estimate | None) -> Estimate:
    """Return the price of all the brief's pieces: by the creator's own rates, or an estimate that says so.

    Where deals for the same work were made, they are the interval; a price outside of them widens it.
    """
    value, low, high, estimated = 0, 0, 0, False
    for spec in brief.deliverables:
        rate = creator.rates.get(spec.kind)
        if rate is None or rate.currency is not currency:
            rate, estimated = _estimate(spec.kind, creator.followers, currency), True
            low += round(rate.minor * BAND[0]) * spec.count
            high += round(rate.minor * BAND[1]) * spec.count
        else:
            low, high = low + rate.minor * spec.count, high + rate.minor * spec.count
        value += rate.minor * spec.count
    if usual is not None:
        return Estimate(value, min(usual.low, value), max(usual.high, value), usual.basis)
    basis = Remark("price_published") if estimated else Remark("price_own")
    return Estimate(value, low, high, basis)


def all_known(creator: CreatorView, brief: Brief, currency: Currency) -> bool:
    """Tell whether a creator has named a rate for every piece."""
    rates = [creator.rates.get(spec.kind) for spec in brief.deliverables]
    return all(rate is not None and rate.currency is currency for rate in rates)


def _estimate(kind: K, followers: int, currency: Currency) -> Money:
    if currency is Currency.INR:
        major = ESTIMATE_INR[kind]
    else:
        major = exchange.of_dollars(ESTIMATE_USD[kind], currency)
    size = min(max(followers, FULL_ESTIMATE_FOLLOWERS // 4), FULL_ESTIMATE_FOLLOWERS * 2)
    return Money(major * currency.minor_per_major * size // FULL_ESTIMATE_FOLLOWERS, currency)
