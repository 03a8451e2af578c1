"""What was seen of people, and what they say of each other: counted once, hidden until both spoke."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from core.kit.actors import SYSTEM
from core.kit.clock import SetClock
from core.kit.database import Database
from core.kit.work import begin
from core.trust import service as trust
from core.trust.errors import AlreadyReviewed, ReviewWindowClosed, StarsOutOfRange
from core.trust.service import Seen, WriteReview
from core.trust.states import Observation, Side
from tests.conftest import MORNING as OPENED

GOOD, BAD = True, False


def reliability_after(database: Database, *seen: tuple[Observation, bool]) -> tuple[int, int]:
    creator = uuid4()
    with begin(database, SYSTEM) as work:
        for number, (kind, good) in enumerate(seen):
            trust.observe(work, Seen(creator, kind, good, f"{creator}-{number}"))
        found = trust.reliability(work, [creator])[creator]
    return found.score, found.observations


@pytest.mark.parametrize("kind", trust.CREATOR_KINDS)
def test_every_kind_of_step_counts_for_a_creator(database: Database, kind: Observation) -> None:
    assert reliability_after(database, (kind, GOOD)) == (83, 1)  # (1 + 4) ÷ 6
    assert reliability_after(database, (kind, BAD)) == (67, 1)  # 4 ÷ 6


def test_nothing_seen_is_the_prior_and_much_seen_outweighs_it(database: Database) -> None:
    assert reliability_after(database) == (80, 0)
    steps = [(Observation.DRAFT_ON_TIME, GOOD)] * 95
    assert reliability_after(database, *steps) == (99, 95)


def test_what_brands_decide_is_not_held_against_creators(database: Database) -> None:
    assert reliability_after(database, (Observation.DECIDED_BY_PERSON, BAD)) == (80, 0)


def test_one_source_is_seen_once(database: Database) -> None:
    creator = uuid4()
    with begin(database, SYSTEM) as work:
        for good in (BAD, GOOD):
            trust.observe(work, Seen(creator, Observation.DEAL_KEPT, good, "deal-1"))
        trust.observe(work, Seen(creator, Observation.POST_STAYED, GOOD, "deal-1"))
        found = trust.reliability(work, [creator])[creator]
    assert (found.score, found.observations) == (71, 2)


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        ([], (None, None, 0)),
        ([(GOOD, 2.0)], (2.0, 1.0, 1)),
        ([(GOOD, 2.0), (GOOD, 4.0), (GOOD, 30.0)], (4.0, 1.0, 3)),  # the median, not the mean
        ([(GOOD, 2.0), (BAD, None)], (2.0, 0.5, 2)),
        ([(GOOD, 2.04), (GOOD, 2.06)], (2.0, 1.0, 2)),  # with one place
        ([(BAD, None)], (None, 0.0, 1)),
    ],
)
def test_a_brand_s_punctuality(
    database: Database,
    decided: list[tuple[bool, float | None]],
    expected: tuple[float | None, float | None, int],
) -> None:
    brand = uuid4()
    with begin(database, SYSTEM) as work:
        for number, (good, hours) in enumerate(decided):
            trust.observe(work, Seen(brand, Observation.DECIDED_BY_PERSON, good, f"draft-{number}", hours))
        trust.observe(work, Seen(brand, Observation.DEAL_KEPT, BAD, "deal", 99.0))
        found = trust.punctuality(work, brand)
    assert (found.median_hours, found.decided_share, found.decisions) == expected


DEAL, BRAND, CREATOR = uuid4(), uuid4(), uuid4()


def write(database: Database, clock: SetClock, by: Side, about: UUID, stars: int = 4, days: int = 14) -> bool:
    ends_at = OPENED + timedelta(days=days)
    with begin(database, SYSTEM) as work:
        return trust.review(work, WriteReview(DEAL, by, about, stars, "fine", ends_at))


def visible(database: Database) -> int:
    with begin(database, SYSTEM) as work:
        return len(trust.reviews_of(work, DEAL))


def test_a_review_is_hidden_until_both_spoke(database: Database, clock: SetClock) -> None:
    assert not write(database, clock, Side.BRAND, CREATOR)
    assert visible(database) == 0
    with begin(database, SYSTEM) as work:
        assert trust.rating(work, CREATOR).reviews == 0
    assert write(database, clock, Side.CREATOR, BRAND, stars=2)
    assert visible(database) == 2
    with begin(database, SYSTEM) as work:
        assert trust.rating(work, CREATOR).stars == 4.0
        assert trust.rating(work, BRAND).stars == 2.0


def test_or_until_the_window_has_closed(database: Database, clock: SetClock) -> None:
    write(database, clock, Side.BRAND, CREATOR)
    clock.advance(timedelta(days=14))
    assert visible(database) == 1
    clock.advance(timedelta(days=1))
    assert visible(database) == 1
    with begin(database, SYSTEM) as work:
        assert trust.rating(work, CREATOR).reviews == 1
    with pytest.raises(ReviewWindowClosed):
        write(database, clock, Side.CREATOR, BRAND)


def test_one_side_speaks_once(database: Database, clock: SetClock) -> None:
    write(database, clock, Side.BRAND, CREATOR)
    with pytest.raises(AlreadyReviewed):
        write(database, clock, Side.BRAND, CREATOR, stars=5)


@pytest.mark.parametrize("stars", [0, -1, 6, 100])
def test_stars_go_from_one_to_five(database: Database, clock: SetClock, stars: int) -> None:
    with pytest.raises(StarsOutOfRange):
        write(database, clock, Side.BRAND, CREATOR, stars=stars)


def test_a_mean_of_reviews_has_one_place(database: Database, clock: SetClock) -> None:
    with begin(database, SYSTEM) as work:
        for stars in (4, 5, 5):
            deal, ends_at = uuid4(), clock.now + timedelta(days=14)
            trust.review(work, WriteReview(deal, Side.BRAND, CREATOR, stars, "fine", ends_at))
    clock.advance(timedelta(days=30))
    with begin(database, SYSTEM) as work:
        assert (trust.rating(work, CREATOR).stars, trust.rating(work, CREATOR).reviews) == (4.7, 3)


def test_a_review_is_kept_up_to_two_thousand_signs(database: Database, clock: SetClock) -> None:
    with begin(database, SYSTEM) as work:
        long = WriteReview(DEAL, Side.BRAND, CREATOR, 5, "x" * 2_500, clock.now + timedelta(days=14))
        trust.review(work, long)
    clock.advance(timedelta(days=30))
    with begin(database, SYSTEM) as work:
        assert [len(row.text) for row in trust.reviews_of(work, DEAL)] == [2_000]
