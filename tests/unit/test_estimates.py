"""A number that nobody knows exactly has one shape, and one who praises themselves gains nothing by it."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.cards import words
from core.campaigns.schemas import Brief, DeliverableSpec
from core.creators.schemas import CreatorView, SocialAccountView
from core.kit.estimates import Estimate
from core.kit.money import Currency, Money
from core.kit.remarks import Remark
from core.kit.vocabulary import DeliverableKind, Platform
from core.trust import service as trust
from core.trust.schemas import Reliability
from retrieval.ranking import prices

REEL, STORY = DeliverableKind.REEL, DeliverableKind.STORY
INR = Currency.INR
DEALS = Estimate(1_500_00, 1_200_00, 1_900_00, Remark("price_deals", {"n": 8}))
BRIEF = Brief("", deliverables=(DeliverableSpec(REEL), DeliverableSpec(STORY, 2)))


def creator(*, rates: dict[DeliverableKind, int], account: SocialAccountView | None = None) -> CreatorView:
    known = {kind: Money(minor, INR) for kind, minor in rates.items()}
    accounts = (account,) if account else ()
    return CreatorView(
        uuid4(),
        uuid4(),
        "Asha",
        "tea",
        ("food",),
        ("en",),
        "Nashik",
        "IN",
        INR,
        available=True,
        accounts=accounts,
        rates=known,
    )


def account(followers: int | None, bps: int | None, *, verified: bool) -> SocialAccountView:
    return SocialAccountView(Platform.INSTAGRAM, "asha", followers, bps, None, verified)


@pytest.mark.parametrize(("low", "value", "high"), [(2, 1, 3), (1, 4, 3), (3, 2, 1)])
def test_a_value_lies_in_its_interval(low: int, value: int, high: int) -> None:
    with pytest.raises(ValueError, match="Estimate"):
        Estimate(value, low, high, Remark("price_own"))


def test_an_estimate_is_kept_as_it_was() -> None:
    found = Estimate(5, 3, 9, Remark("price_deals", {"n": 8}))
    assert Estimate.from_json(5, found.to_json()) == found
    assert (found.exact, found.give_or_take) == (False, 4)


def test_a_price_of_her_own_rates_is_exact_and_any_other_says_between_what_it_lies() -> None:
    own = prices.price(creator(rates={REEL: 5_000_00, STORY: 1_000_00}), BRIEF, INR, None)
    assert (own.value, own.exact) == (7_000_00, True)
    part = prices.price(creator(rates={REEL: 5_000_00}), BRIEF, INR, None)
    assert part.low < part.value < part.high
    assert part.low >= 5_000_00, "what she named is no estimate"
    assert words.price(own, INR) == "₹7,000"
    assert words.price(part, INR).startswith("about ₹5,750, between ₹5,375 and ₹6,500")


def test_a_price_beside_deals_for_the_same_work_says_how_many() -> None:
    found = prices.price(creator(rates={REEL: 1_000_00, STORY: 250_00}), BRIEF, INR, DEALS)
    assert words.price(found, INR) == "₹1,500, usually ₹1,200 to ₹1,900, from 8 deals"
    outside = prices.price(creator(rates={REEL: 5_000_00, STORY: 1_00}), BRIEF, INR, DEALS)
    assert (outside.low, outside.high) == (1_200_00, outside.value)


COUNTS = st.one_of(st.none(), st.integers(0, 200_000))
BPS = st.one_of(st.none(), st.integers(0, 3_000))


@given(COUNTS, BPS, st.integers(0, 100), st.integers(0, 50))
def test_what_is_self_declared_never_counts_more_than_the_same_verified(
    followers: int | None, bps: int | None, reliability: int, steps: int
) -> None:
    reliable = Reliability(reliability, steps)
    said, shown = (
        trust.influence(creator(rates={}, account=account(followers, bps, verified=verified)), reliable)
        for verified in (False, True)
    )
    assert said.score <= shown.score
    assert said.between.low <= said.score <= said.between.high


def test_silence_about_engagement_is_no_better_than_the_tiers_own() -> None:
    """The finding: 90 for what somebody said of themselves, and 81 for what was known of somebody."""
    prior = Reliability(80, 0)
    said = trust.influence(creator(rates={REEL: 1}, account=account(9_000, None, verified=False)), prior)
    shown = trust.influence(creator(rates={REEL: 1}, account=account(9_000, 178, verified=True)), prior)
    assert said.score < shown.score
    assert "self-declared" in words.score(said)


def test_few_observations_are_said_to_be_few() -> None:
    known = creator(rates={REEL: 1}, account=account(9_000, 178, verified=True))
    few, many = (trust.influence(known, Reliability(80, n)) for n in (3, 300))
    assert few.between.give_or_take > many.between.give_or_take
    assert words.score(few) == "74, give or take 7: 3 steps of past deals"
    assert words.kept(Reliability(80, 0)) == "no deal here yet"
