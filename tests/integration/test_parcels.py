"""A gift that is sent: each side has its time, the address is the creator's own, the work waits for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from core.accounts import people
from core.accounts.errors import RoleMissing
from core.accounts.models import Member
from core.accounts.states import Role
from core.campaigns.schemas import DeliverableSpec
from core.deals import briefs, endings, freezes, offers, parcels, pieces
from core.deals.errors import AddressMissing, DealNotFound, DealStandsStill, NotYourStep, StepNotPossible
from core.deals.schemas import MakeOffer, SubmitDraft
from core.deals.states import DealState, DeliverableState
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.errors import ShownChanged
from core.kit.money import Money
from core.kit.vocabulary import DeliverableKind, Handing
from core.kit.work import begin
from core.privacy import erasure
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain, promised
from tests.integration.test_gift_deals import HAMPER, Gifts
from tests.integration.test_races import INR
from tests.integration.test_statements import counted

SENT = replace(HAMPER, handing=Handing.SENT)
HOME = "Asha Rao, 12 Baner Road, Pune 411045"
LINK = "https://track.example/123"
D, P = DealState, DeliverableState


@pytest.fixture
def world(runtime: Runtime) -> Gifts:
    return Gifts(runtime, SENT)


def stands(world: Gifts) -> tuple[DealState, DeliverableState]:
    deal = world.look()
    return deal.state, deal.deliverables[0].state


def sent(world: Gifts) -> None:
    world.take()
    world.creator_does(parcels.give_address, world.deal, HOME)
    world.brand_does(parcels.send, world.deal, LINK)


def wait(world: Gifts, clock: SetClock, days: int) -> None:
    for _ in range(days):
        clock.advance(timedelta(days=1))
        drain(world.runtime)


def notices(world: Gifts) -> list[str]:
    with begin(world.runtime.database, SYSTEM) as work:
        return [str(p.get("notice")) for p in promised(work)]


def test_the_work_begins_and_its_days_count_when_the_gift_is_there(world: Gifts, clock: SetClock) -> None:
    world.take()
    assert stands(world) == (D.AWAITING_ADDRESS, P.PLANNED)
    world.creator_does(parcels.give_address, world.deal, HOME)
    assert stands(world) == (D.TO_SEND, P.PLANNED)
    world.brand_does(parcels.send, world.deal, LINK)
    assert stands(world) == (D.ON_ITS_WAY, P.PLANNED)
    with pytest.raises(StepNotPossible):
        world.creator_does(pieces.submit_draft, SubmitDraft(world.piece, "#ad early"))
    clock.advance(timedelta(days=3))
    world.creator_does(parcels.arrived, world.deal)
    assert stands(world) == (D.AGREED, P.DRAFTING)
    assert world.look().deliverables[0].draft_due_at == clock.now + timedelta(days=7)
    assert {"address_wanted", "gift_to_send", "gift_sent", "gift_arrived"} <= set(notices(world))
    assert world.moved() == world.before


def test_a_gift_that_is_come_for_needs_no_address(world: Gifts) -> None:
    world.gifts = world.draft(replace(SENT, handing=Handing.VISIT), Money(0, INR))
    world.take()
    assert stands(world) == (D.AGREED, P.DRAFTING)


def test_a_gift_beside_a_price_is_sent_too(world: Gifts) -> None:
    world.campaign = world.draft(SENT, Money(10_000_00, INR))
    world.pay()
    made = world.brand_does(offers.offer, MakeOffer(world.campaign, world.creator, Money(3_000_00, INR)))
    world.deal = made.id  # type: ignore[attr-defined]
    world.creator_does(offers.accept, world.deal)
    assert stands(world) == (D.AWAITING_ADDRESS, P.PLANNED)
    world.brand_does(parcels.call_off, world.deal, "out of stock")
    assert world.escrow() == 10_000_00


# whose silence, and what comes of it
SILENT: list[tuple[Callable[[Gifts], object], int, tuple[DealState, DeliverableState]]] = [
    (Gifts.take, 6, (D.CANCELLED, P.CANCELLED)),
    (
        lambda w: (w.take(), w.creator_does(parcels.give_address, w.deal, HOME)),
        8,
        (D.CANCELLED, P.CANCELLED),
    ),
    (sent, 15, (D.AGREED, P.DRAFTING)),
]


@pytest.mark.parametrize(("come", "days", "end"), SILENT)
def test_every_wait_has_an_end(
    world: Gifts,
    clock: SetClock,
    come: Callable[[Gifts], object],
    days: int,
    end: tuple[DealState, DeliverableState],
) -> None:
    come(world)
    waits = stands(world)
    wait(world, clock, days - 2)
    assert stands(world) == waits, "a reminder changes nothing"
    wait(world, clock, 2)
    assert stands(world) == end


def test_what_did_not_arrive_is_sent_again_or_the_deal_ends(world: Gifts, clock: SetClock) -> None:
    sent(world)
    world.creator_does(parcels.not_arrived, world.deal)
    assert stands(world)[0] is D.TO_SEND
    world.brand_does(parcels.send, world.deal)
    world.creator_does(parcels.not_arrived, world.deal)
    wait(world, clock, 8)
    assert stands(world) == (D.CANCELLED, P.CANCELLED)


def test_whether_it_arrived_is_argued_about_and_the_deal_goes_on(world: Gifts) -> None:
    sent(world)
    world.brand_does(endings.dispute, world.deal, "it was delivered, and she is silent")
    world.do(Actor.operator("mira"), endings.resolve, world.deal, "the carrier has her signature", None)
    assert stands(world) == (D.AGREED, P.DRAFTING)


@pytest.mark.parametrize("who", ["brand", "creator"])
def test_before_it_is_sent_either_side_calls_it_off_and_not_after(world: Gifts, who: str) -> None:
    does = world.brand_does if who == "brand" else world.creator_does
    world.take()
    does(parcels.call_off, world.deal, "changed my mind")
    assert stands(world) == (D.CANCELLED, P.CANCELLED)
    sent(world)
    with pytest.raises(StepNotPossible):
        does(parcels.call_off, world.deal, "changed my mind")


def test_an_address_is_words(world: Gifts) -> None:
    world.take()
    with pytest.raises(AddressMissing):
        world.creator_does(parcels.give_address, world.deal, " \t")
    with pytest.raises(NotYourStep):
        world.brand_does(parcels.give_address, world.deal, HOME)


def test_an_address_is_read_by_the_two_sides_while_the_deal_lasts(world: Gifts) -> None:
    sent(world)
    with begin(world.runtime.database, SYSTEM) as work:
        viewer, stranger = people.register(work, "Viewer").id, people.register(work, "Stranger").id
        row = {"workspace_id": world.workspace, "person_id": viewer, "role": Role.VIEWER, "since": work.now}
        work.session.add(Member(**row))
    for person in (world.brand, world.person):
        with begin(world.runtime.database, Actor.person(person)) as work:
            found = parcels.of_deal(work, world.deal)
            assert found is not None
            assert (found.address, found.tracking) == (HOME, LINK)
    with begin(world.runtime.database, Actor.person(viewer)) as work, pytest.raises(RoleMissing):
        parcels.of_deal(work, world.deal)
    with begin(world.runtime.database, Actor.person(stranger)) as work, pytest.raises(DealNotFound):
        parcels.of_deal(work, world.deal)
    world.do(Actor.operator("mira"), endings.cancel_by_operator, world.deal, "over")
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        assert parcels.of_deal(work, world.deal) is None


def everything(world: Gifts) -> str:
    """Return every row of the database that could have an address in it, in plain."""
    with world.runtime.database.engine.connect() as connection:
        tables = ("parcel", "deal", "deal_event", "outbox", "mailbox", "business_event", "operator_task")
        return "\n".join(
            str(connection.execute(text(f"SELECT * FROM {name}")).all())  # noqa: S608  (our own names)
            for name in tables
        )


def test_an_address_stands_nowhere_in_plain_and_goes_with_its_person(world: Gifts) -> None:
    sent(world)
    drain(world.runtime)
    assert "Baner" not in everything(world)
    world.do(Actor.operator("mira"), endings.cancel_by_operator, world.deal, "over")
    drain(world.runtime)
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        erasure.erase(work, world.person)
    drain(world.runtime)
    with world.runtime.database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM parcel")).scalar_one() == 0


def test_an_address_ends_with_its_time(world: Gifts, clock: SetClock) -> None:
    sent(world)
    clock.advance(timedelta(days=91))
    drain(world.runtime)
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        assert parcels.of_deal(work, world.deal) is None


def test_the_time_to_answer_is_the_clock_s_and_not_the_reminder_s(world: Gifts, clock: SetClock) -> None:
    world.take()
    assert world.look().answer_by == clock.now + timedelta(days=5)
    world.creator_does(parcels.give_address, world.deal, HOME)
    assert world.look().answer_by == clock.now + timedelta(days=7)
    world.brand_does(parcels.send, world.deal)
    assert world.look().answer_by == clock.now + timedelta(days=14)


def test_a_decided_deal_that_an_operator_has_stopped_begins_when_it_goes_on(world: Gifts) -> None:
    sent(world)
    operator = Actor.operator("mira")
    world.creator_does(endings.dispute, world.deal, "an empty box")
    with begin(world.runtime.database, operator) as work:
        freezes.freeze_deal(work, world.deal, "the carrier looks")
    world.do(operator, endings.resolve, world.deal, "it was full", None)
    assert stands(world) == (D.AGREED, P.DRAFTING)
    with pytest.raises(DealStandsStill):
        world.creator_does(pieces.submit_draft, SubmitDraft(world.piece, "#ad early"))


def test_an_accept_whose_gift_is_sent_costs_seventeen_statements(world: Gifts) -> None:
    world.deal = world.give()
    with begin(world.runtime.database, SYSTEM) as work:
        shown = seen.deal(work, world.deal)
    acting = begin(world.runtime.database, Actor.person(world.person))
    with counted(world.runtime.database) as statements, acting as work:
        offers.accept(work, world.deal, shown=shown)
    assert len(statements) <= 17


def mark(world: Gifts) -> str:
    with begin(world.runtime.database, SYSTEM) as work:
        return seen.deal(work, world.deal)


def test_a_brand_that_saw_another_address_has_sent_nothing(world: Gifts) -> None:
    world.take()
    world.creator_does(parcels.give_address, world.deal, HOME)
    old = mark(world)
    world.creator_does(parcels.give_address, world.deal, "Asha Rao, 99 Elsewhere, Mumbai 400001")
    with begin(world.runtime.database, Actor.person(world.brand)) as work, pytest.raises(ShownChanged):
        parcels.send(work, world.deal, shown=old)


@pytest.mark.parametrize("verb", [parcels.arrived, parcels.not_arrived])
def test_an_old_word_on_the_first_parcel_says_nothing_of_the_second(
    world: Gifts, verb: Callable[..., object]
) -> None:
    sent(world)
    old = mark(world)
    world.creator_does(parcels.not_arrived, world.deal)
    world.brand_does(parcels.send, world.deal, LINK)
    with begin(world.runtime.database, Actor.person(world.person)) as work, pytest.raises(ShownChanged):
        verb(work, world.deal, shown=old)


def test_a_brief_that_changes_while_the_gift_travels_is_asked_of_its_deal(world: Gifts) -> None:
    sent(world)
    both = (DeliverableSpec(DeliverableKind.REEL), DeliverableSpec(DeliverableKind.STORY))
    assert world.change(deliverables=both).asked == 1
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        briefs.answer(work, world.deal, agree=True, shown=seen.deal(work, world.deal))
    assert [piece.state for piece in world.look().deliverables] == [P.PLANNED, P.PLANNED]
    world.creator_does(parcels.arrived, world.deal)
    assert [piece.state for piece in world.look().deliverables] == [P.DRAFTING, P.DRAFTING]


def test_a_question_about_the_brief_keeps_its_clock_when_the_gift_arrives(
    world: Gifts, clock: SetClock
) -> None:
    sent(world)
    world.change(dos=("show the tin",))
    world.creator_does(parcels.arrived, world.deal)
    assert world.look().brief_asked == 2
    clock.advance(timedelta(hours=world.look().terms.accept_hours))
    drain(world.runtime)
    assert world.look().brief_asked is None
