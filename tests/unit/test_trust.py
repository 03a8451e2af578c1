"""The open formula, part by part: a weight, a bound or a rule that goes missing is noticed."""

from dataclasses import replace
from uuid import uuid4

import pytest

from core.creators.schemas import CreatorView, SocialAccountView
from core.kit.money import Currency, Money
from core.kit.remarks import Remark
from core.kit.vocabulary import DeliverableKind, Platform
from core.trust import service as trust
from core.trust.schemas import Reliability

PRIOR = Reliability(80, 0)


def account(
    followers: int | None = 5_000, bps: int | None = 356, platform: Platform = Platform.INSTAGRAM
) -> SocialAccountView:
    return SocialAccountView(platform, "asha", followers, bps, None, verified=True)


def creator(*accounts: SocialAccountView) -> CreatorView:
    """Return a complete profile."""
    return CreatorView(
        id=uuid4(),
        person_id=uuid4(),
        name="Asha",
        bio="tea",
        niches=("food",),
        languages=("en",),
        city="Nashik",
        country="IN",
        currency=Currency.INR,
        available=True,
        accounts=accounts,
        rates={DeliverableKind.REEL: Money.of(1_000, Currency.INR)},
    )


def score(who: CreatorView, reliable: Reliability = PRIOR) -> int:
    return trust.influence(who, reliable).score


@pytest.mark.parametrize(
    ("accounts", "reliability", "expected"),
    [
        ([account()], 100, 100),  # twice the tier's engagement is all there is
        ([account(bps=712)], 100, 100),  # and more than that no more
        ([account(bps=178)], 100, 80),  # the tier's own: half of 0.40
        ([account(bps=0)], 100, 60),
        ([account()], 0, 70),  # 0.30
        ([account()], 80, 94),
        ([account(bps=None)], 100, 70),  # unknown counts half of the tier's own, not more
        ([account(bps=None)], 0, 40),
        ([replace(account(), verified=False)], 33, 52),  # self-declared: half of 0.55
        ([account(followers=50_000)], 100, 100),
        ([account(followers=50_001)], 100, 91),  # 0.4 of 0.15
        ([account(followers=1_000)], 100, 100),
        ([account(followers=999)], 100, 91),  # 0.999 of 91
        ([account(followers=600)], 100, 55),
        ([account(followers=2)], 80, 0),
        ([account(followers=0)], 80, 0),
        ([account(followers=2, bps=None)], 80, 0),
        ([account(followers=2), account(followers=5_000)], 100, 100),  # the largest counts
        ([], 80, 0),  # no account reaches nobody
        ([account(5_000, 1_000, Platform.TIKTOK)], 100, 80),  # measured by its own tier
        ([account(5_000, 2_000, Platform.TIKTOK)], 100, 100),
        ([account(5_000, 178, Platform.X)], 100, 80),
        ([account(5_000, 1, Platform.YOUTUBE)], 100, 65),  # YouTube's data stays out …
        ([account(2, 1, Platform.YOUTUBE)], 100, 65),  # … of every part
    ],
)
def test_the_score_by_its_formula(accounts: list[SocialAccountView], reliability: int, expected: int) -> None:
    assert score(creator(*accounts), Reliability(reliability, 10)) == expected


@pytest.mark.parametrize(
    "lacking",
    [
        {"bio": ""},
        {"niches": ()},
        {"languages": ()},
        {"city": "", "country": ""},
        {"rates": {}},
    ],
)
def test_each_part_of_a_profile_counts_a_fifth_of_its_weight(lacking: dict[str, object]) -> None:
    full = creator(account())
    assert score(full, Reliability(100, 1)) - score(replace(full, **lacking), Reliability(100, 1)) == 3  # type: ignore[arg-type]


def test_a_score_says_its_version_and_parts_and_the_weights_sum_to_one() -> None:
    found = trust.influence(creator(account()), PRIOR)
    assert found.version == "3"
    assert {part.name: part.weight for part in found.parts} == trust.WEIGHTS
    assert sum(trust.WEIGHTS.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("own", "posts", "expected"), [(1_000, 0, 178), (1_000, 5, 589), (1_000, 1_000, 995.9), (0, 5, 89)]
)
def test_few_posts_say_little(own: float, posts: int, expected: float) -> None:
    assert trust.shrunk_engagement_bps(own, posts, 178) == pytest.approx(expected, abs=0.1)


def test_each_part_of_the_score_says_the_numbers_it_rests_on() -> None:
    """An engagement is shown next to its platform's tier, both in per cent with one place."""
    parts = {part.name: part for part in trust.influence(creator(account(bps=250)), PRIOR).parts}
    facts = parts["engagement"].because.facts
    assert (facts["rate"], facts["tier"]) == (2.5, 1.8)
    assert facts["platform"] is Platform.INSTAGRAM


@pytest.mark.parametrize(
    ("platform", "tier"), [(Platform.INSTAGRAM, 1.8), (Platform.TIKTOK, 10.0), (Platform.X, 1.8)]
)
def test_an_engagement_is_told_beside_its_own_tier(platform: Platform, tier: float) -> None:
    parts = {part.name: part for part in trust.influence(creator(account(5_000, 996, platform)), PRIOR).parts}
    facts = parts["engagement"].because.facts
    assert (facts["rate"], facts["tier"], facts["platform"]) == (10.0, tier, platform)


def test_a_profile_says_what_it_lacks_or_that_it_lacks_nothing() -> None:
    def because(who: CreatorView) -> Remark:
        [found] = [part.because for part in trust.influence(who, PRIOR).parts if part.name == "profile"]
        return found

    assert because(creator(account())) == Remark("profile_complete")
    lacking = because(replace(creator(account()), bio="", languages=()))
    assert (lacking.code, lacking.facts["parts"]) == ("profile_lacks", ["bio", "languages"])
