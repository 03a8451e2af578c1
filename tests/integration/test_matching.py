"""Search follows what was written, whatever the order of commits, and a topic is a wish."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import numpy as np
import pytest
from numpy.typing import NDArray

from core.campaigns.matching import Room
from core.campaigns.schemas import Brief, CampaignView, DeliverableSpec
from core.campaigns.states import CampaignState
from core.creators import service as creators
from core.creators.schemas import ImportReport, ImportRow, NewVector, SaveProfile
from core.kit.actors import SYSTEM
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind
from core.kit.work import begin
from core.messaging.messages import Promise
from core.messaging.states import PromiseKind
from retrieval.search import CreatorMatcher
from runtime.parts import Runtime
from workers.tasks import creators as task

ROOM = Room(Money(1_000_000, Currency.USD), 5)


def write_down(runtime: Runtime, *bios: str) -> list[UUID]:
    rows = [ImportRow(n, f"c{n}", SaveProfile(name=f"C{n}", bio=bio)) for n, bio in enumerate(bios)]
    with begin(runtime.database, SYSTEM) as work:
        creators.take_in(work, rows, ImportReport())
        return [found.id for row in rows if (found := creators.find(work, row.external_id))]


def index(runtime: Runtime, ids: list[UUID]) -> None:
    payload = {"creator_ids": [str(i) for i in ids]}
    promise = Promise(
        uuid4(), PromiseKind.INDEX_CREATOR, "creators", payload, epoch=0, attempts=1, lease=uuid4()
    )
    keep = task.index(runtime, promise)
    with begin(runtime.database, SYSTEM) as work:
        keep(work)


def test_what_commits_after_something_newer_is_found_all_the_same(runtime: Runtime) -> None:
    late, early = write_down(runtime, "Cakes and bread", "Cars and bikes")
    matcher = CreatorMatcher()
    vector = np.zeros(512, np.float32).tobytes()

    def store_and_follow() -> int:
        with begin(runtime.database, SYSTEM) as work:
            creators.store_vectors(work, "use-multilingual-3", [NewVector(early, vector, "", "")])
        with begin(runtime.database, SYSTEM) as work:
            return matcher.follow(work)

    with begin(runtime.database, SYSTEM) as work, ThreadPoolExecutor(1) as other:
        creators.store_vectors(work, "use-multilingual-3", [NewVector(late, vector, "", "")])
        assert other.submit(store_and_follow).result() == 1
    with begin(runtime.database, SYSTEM) as work:
        assert matcher.follow(work) == 1
        assert matcher.follow(work) == 0


def test_nobody_is_embedded_twice(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = write_down(runtime, "Cakes and bread")
    read: list[str] = []
    encode = runtime.matcher._encoder.encode  # noqa: SLF001

    def noting(texts: list[str]) -> NDArray[np.float32]:
        read.extend(texts)
        return encode(texts)

    monkeypatch.setattr(runtime.matcher._encoder, "encode", noting)  # noqa: SLF001
    index(runtime, ids)
    index(runtime, ids)
    assert len(read) == 1
    with begin(runtime.database, SYSTEM) as work:
        assert runtime.matcher.follow(work) == 1
        person = creators.get(work, ids[0]).person_id
        creators.join(work, person, SaveProfile(available=False))
    index(runtime, ids)
    with begin(runtime.database, SYSTEM) as work:
        assert runtime.matcher.follow(work) == 1
    assert len(read) == 1


def test_a_changed_profile_takes_the_place_of_the_old_one(runtime: Runtime) -> None:
    ids = write_down(runtime, "Cakes and bread", "Cars and bikes")
    index(runtime, ids)
    with begin(runtime.database, SYSTEM) as work:
        runtime.matcher.follow(work)
        creators.join(work, creators.get(work, ids[0]).person_id, SaveProfile(bio="Football and tennis"))
    index(runtime, ids)
    with begin(runtime.database, SYSTEM) as work:
        found = runtime.matcher.match(work, campaign(Brief("Football and tennis")), ROOM)
    assert found.ranked[0].creator_id == ids[0]
    assert found.fitting == 2


def test_a_topic_nobody_named_is_read_from_what_they_write(runtime: Runtime) -> None:
    ids = write_down(runtime, "I bake sourdough bread and cakes at home", "I review cars and motorbikes")
    index(runtime, ids)
    brief = Brief("We sell flour and look for people who bake", niches=("food",))
    with begin(runtime.database, SYSTEM) as work:
        found = runtime.matcher.match(work, campaign(brief), ROOM)
        other = runtime.matcher.match(
            work, campaign(replace(brief, text="Car reviews", niches=("automotive",))), ROOM
        )
    assert found.ranked[0].creator_id == ids[0]
    assert other.ranked[0].creator_id == ids[1]


def test_those_who_are_like_somebody_come_first_and_who_is_left_out_stays_out(runtime: Runtime) -> None:
    ids = write_down(
        runtime, "I bake sourdough bread", "I review cars and motorbikes", "Cakes and bread from my oven"
    )
    index(runtime, ids)
    wanted = campaign(Brief("Car reviews"))
    with begin(runtime.database, SYSTEM) as work:
        baker = creators.get(work, ids[0])
        room = replace(ROOM, like=baker, without=frozenset({baker.id}))
        found = runtime.matcher.match(work, wanted, room)
        plain = runtime.matcher.match(work, wanted, ROOM)
    assert [s.creator_id for s in found.ranked] == [ids[2], ids[1]]
    assert plain.ranked[0].creator_id == ids[1]
    assert (found.fitting, plain.fitting) == (2, 3)


def test_one_who_fits_no_wish_is_suggested_where_they_are_named(runtime: Runtime) -> None:
    ids = write_down(runtime, "I bake sourdough bread")
    index(runtime, ids)
    brief = Brief("Bread", cities=("Pune",), deliverables=(DeliverableSpec(DeliverableKind.REEL),))
    with begin(runtime.database, SYSTEM) as work:
        assert runtime.matcher.match(work, campaign(brief), ROOM).ranked == ()
        found = runtime.matcher.suggest(work, campaign(brief), creators.get(work, ids[0]))
    assert found.creator_id == ids[0]
    assert found.price_between.low < found.price.minor < found.price_between.high


@pytest.mark.parametrize(("wanted", "remarks"), [(1, 0), (2, 1)])
def test_a_wish_that_keeps_others_away_is_named_where_too_few_fit(
    runtime: Runtime, wanted: int, remarks: int
) -> None:
    ids = write_down(runtime, "I bake in Pune", "I bake in Nagpur")
    with begin(runtime.database, SYSTEM) as work:
        for creator_id, city in zip(ids, ("Pune", "Nagpur"), strict=True):
            creators.join(
                work, creators.get(work, creator_id).person_id, SaveProfile(city=city, country="IN")
            )
    index(runtime, ids)
    with begin(runtime.database, SYSTEM) as work:
        found = runtime.matcher.match(
            work, campaign(Brief("Bread", cities=("Pune",))), replace(ROOM, count=wanted)
        )
    assert [r.code for r in found.remarks] == ["without_cities"] * remarks


def campaign(brief: Brief) -> CampaignView:
    money = Money(1_000_000, Currency.USD)
    state = next(iter(CampaignState))
    return CampaignView(
        uuid4(), uuid4(), uuid4(), "T", money, brief, state, datetime(2026, 11, 2, tzinfo=UTC)
    )
