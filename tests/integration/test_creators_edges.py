"""The edges of creators' profiles, one rule a test."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from core.accounts import people
from core.creators import service as creators
from core.creators.errors import CreatorNotFound, FollowersOutOfRange, RateOutOfRange
from core.creators.schemas import SaveProfile, SocialAccountView
from core.kit.actors import SYSTEM
from core.kit.errors import DomainError
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import Work, begin
from runtime.parts import Runtime


def followed(number: int | None) -> SaveProfile:
    return SaveProfile(accounts=(SocialAccountView(Platform.INSTAGRAM, "asha", number, None, None),))


def rated(minor: int) -> SaveProfile:
    return SaveProfile(rates={DeliverableKind.REEL: Money(minor, Currency.INR)})


# what is saved -> the error; None: it is taken
PROFILES: list[tuple[SaveProfile, type[DomainError] | None]] = [
    (followed(None), None),
    (followed(0), None),
    (followed(1_000_000_000), None),
    (followed(1_000_000_001), FollowersOutOfRange),
    (followed(-1), FollowersOutOfRange),
    (rated(1), None),
    (rated(1_000_000_000), None),
    (rated(1_000_000_001), RateOutOfRange),
    (rated(0), RateOutOfRange),
    (rated(-1), RateOutOfRange),
]


@pytest.mark.parametrize(("profile", "error"), PROFILES)
def test_a_profile_is_taken_within_its_limits_and_not_beyond(
    runtime: Runtime, profile: SaveProfile, error: type[DomainError] | None
) -> None:
    with begin(runtime.database, SYSTEM) as work:
        person = people.register(work, "Asha").id
        if error is None:
            saved = creators.join(work, person, profile)
            assert saved.rates == (profile.rates or {})
            assert saved.accounts == (profile.accounts or ())
            return
        with pytest.raises(error):
            creators.join(work, person, profile)


VERBS: list[Callable[[Work, UUID], object]] = [
    creators.get,
    creators.person_behind,
    creators.behind,
    creators.withdraw,
    lambda work, creator_id: creators.hand_over(work, creator_id, uuid4()),
]


@pytest.mark.parametrize("verb", VERBS)
def test_a_profile_that_is_not_there_is_not_found(
    runtime: Runtime, verb: Callable[[Work, UUID], object]
) -> None:
    with begin(runtime.database, SYSTEM) as work, pytest.raises(CreatorNotFound):
        verb(work, uuid4())


def test_who_stands_behind_a_profile_is_one_answer_however_it_is_read(runtime: Runtime) -> None:
    with begin(runtime.database, SYSTEM) as work:
        person = people.register(work, "Asha").id
        creator = creators.join(work, person, SaveProfile(country="IN")).id
        narrow = creators.behind(work, creator)
    with begin(runtime.database, SYSTEM) as work:
        creators.meet(work, [creator, uuid4()])
        assert creators.behind(work, creator) == narrow
    with begin(runtime.database, SYSTEM) as work:
        creators.get(work, creator)
        assert creators.behind(work, creator) == narrow
    assert (narrow.person_id, narrow.country) == (person, "IN")
