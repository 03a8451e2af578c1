"""The formulae, on the design's test vector."""

from datetime import UTC, datetime
from fractions import Fraction
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from core.insights import charts, metrics
from core.insights.metrics import Counts
from core.insights.schemas import Reading
from core.kit.vocabulary import DeliverableKind
from core.trust.service import shrunk_engagement_bps

VECTOR = Counts(
    cost_minor=1_500_00,
    views=2_400,
    reach=1_600,
    followers=4_000,
    likes=180,
    comments=20,
    saves=30,
    shares=10,
    clicks=36,
    sales=3,
    revenue_minor=4_497_00,
)


def test_engagement_rates() -> None:
    assert metrics.engagement_rate(200, VECTOR.followers) == Fraction(5, 100)
    assert metrics.engagement_rate(VECTOR.engagements, VECTOR.followers) == Fraction(6, 100)
    assert metrics.engagement_rate(VECTOR.engagements, VECTOR.reach) == Fraction(15, 100)
    assert metrics.engagement_rate(VECTOR.engagements, VECTOR.views) == Fraction(10, 100)


def test_costs() -> None:
    assert metrics.cost_per_engagement(VECTOR) == 625
    assert metrics.cost_per_mille(VECTOR) == 625_00
    assert metrics.click_through_rate(VECTOR) == Fraction(15, 1_000)
    assert round(metrics.cost_per_click(VECTOR) or 0) == 41_67


def test_returns() -> None:
    assert metrics.return_on_ad_spend(VECTOR) == Fraction("2.998")
    assert metrics.return_on_investment(VECTOR) == Fraction("1.998")
    with_fee = metrics.return_on_investment(VECTOR, buyer_fee_bps=1_500)
    assert round(float(with_fee or 0) * 100, 2) == 160.70


def test_earned_media_value_is_a_sum_of_counts_times_values() -> None:
    values = {"likes": Fraction(1, 10), "comments": Fraction(1)}
    assert metrics.earned_media_value({"likes": 180, "comments": 20}, values) == 38


def test_nothing_by_nothing_is_unknown_not_zero() -> None:
    assert metrics.cost_per_click(Counts(cost_minor=5)) is None


def test_few_posts_say_little() -> None:
    assert shrunk_engagement_bps(900, 3, 178) == 448.75


def reading(post: UUID, creator: str, kind: DeliverableKind, views: int) -> Reading:
    return Reading(datetime(2026, 11, 2, views, tzinfo=UTC), post, creator, kind, views, 0)


def lines_of(*readings: Reading) -> dict[str, list[int]]:
    """Return the chart's lines: what each is called, and its views."""
    report = SimpleNamespace(readings=readings, campaign=SimpleNamespace(title="Chai"))
    drawn = charts.specification(report)  # type: ignore[arg-type]
    assert drawn["encoding"]["color"]["field"] == "post"
    found: dict[str, list[int]] = {}
    for row in next(iter(drawn["datasets"].values())):
        found.setdefault(row["post"], []).append(row["views"])
    return found


REEL, STORY = DeliverableKind.REEL, DeliverableKind.STORY


@pytest.mark.parametrize(
    ("posts", "names"),
    [
        ([("Asha", REEL)], ["Asha"]),
        ([("Asha", REEL), ("Ben", REEL)], ["Asha", "Ben"]),
        ([("Asha", REEL), ("Asha", STORY)], ["Asha: reel", "Asha: story"]),
        ([("Asha", REEL), ("Asha", REEL)], ["Asha: reel 1", "Asha: reel 2"]),  # of two people of one name too
        (
            [("Asha", STORY), ("Asha", REEL), ("Asha", STORY)],
            ["Asha: story 1", "Asha: reel", "Asha: story 2"],
        ),
    ],
)
def test_each_post_has_a_line_of_its_own(posts: list[tuple[str, DeliverableKind]], names: list[str]) -> None:
    ids = [uuid4() for _ in posts]
    made = [
        reading(post, *of, views)
        for views in (1, 2)
        for post, of in zip(ids, posts, strict=True)
    ]  # fmt: skip
    assert lines_of(*made) == {name: [1, 2] for name in names}
