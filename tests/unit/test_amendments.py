"""What a changed brief makes of agreed work: what is kept, at which price, and what is never taken away."""

from uuid import uuid4

import pytest

from core.campaigns.schemas import Brief, DeliverableSpec
from core.deals import amendments
from core.deals.amendments import AgreedPiece, AgreedWork
from core.deals.errors import WorkHandedIn
from core.deals.models import Deal, Deliverable
from core.deals.schemas import Amendment
from core.deals.states import DeliverableState as P
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind, Platform

INR, USD = Currency("INR"), Currency("USD")
REEL, STORY, VIDEO = DeliverableKind.REEL, DeliverableKind.STORY, DeliverableKind.VIDEO


def piece(kind: DeliverableKind, minor: int, *, is_open: bool = True) -> AgreedPiece:
    return AgreedPiece(uuid4(), kind, Platform.INSTAGRAM, minor, is_open)


def work(*pieces: AgreedPiece, rates: tuple[tuple[DeliverableKind, int], ...] = ()) -> AgreedWork:
    price = Money(sum(each.price_minor for each in pieces), INR)
    return AgreedWork(uuid4(), uuid4(), price, pieces, rates)


def brief(*asked: DeliverableKind) -> Brief:
    return Brief(text="x", deliverables=tuple(map(DeliverableSpec, asked)))


def row(state: P, *, late_from: P | None = None) -> Deliverable:
    facts = {"kind": REEL, "platform": Platform.INSTAGRAM, "price_minor": 100_00}
    return Deliverable(id=uuid4(), state=state, overdue_from=late_from, **facts)


@pytest.mark.parametrize(
    ("state", "late_from", "is_open"),
    [
        (P.PLANNED, None, True),
        (P.DRAFTING, None, True),
        (P.OVERDUE, P.DRAFTING, True),
        (P.OVERDUE, P.APPROVED, False),
        (P.IN_REVIEW, None, False),
    ],
)
def test_what_is_late_is_open_where_nothing_of_it_was_handed_in(
    state: P, late_from: P | None, *, is_open: bool
) -> None:
    assert amendments.is_open(row(state, late_from=late_from)) is is_open


def test_of_two_alike_the_one_that_was_handed_in_is_kept() -> None:
    waits, made = piece(REEL, 100_00), piece(REEL, 100_00, is_open=False)
    asked = amendments.amend(work(waits, made), brief(REEL))
    assert asked is not None
    assert asked.left_out == (waits.id,)


def test_another_of_a_kind_costs_what_the_first_does_whatever_the_rate_is_now() -> None:
    asked = amendments.amend(work(piece(REEL, 100_00), rates=((REEL, 900_00),)), brief(REEL, REEL))
    assert asked is not None
    assert (asked.added, asked.price.minor) == (((REEL, 100_00),), 200_00)


def test_a_new_kind_costs_its_creators_rate_else_what_a_piece_costs_on_average() -> None:
    agreed = (piece(REEL, 100_00), piece(STORY, 50_00))
    by_rate = amendments.amend(work(*agreed, rates=((VIDEO, 900_00),)), brief(REEL, STORY, VIDEO))
    by_mean = amendments.amend(work(*agreed), brief(REEL, STORY, VIDEO))
    assert by_rate is not None
    assert by_mean is not None
    assert (by_rate.added, by_mean.added) == (((VIDEO, 900_00),), ((VIDEO, 75_00),))


def test_a_rate_in_another_currency_is_none_and_a_cancelled_piece_is_no_agreed_work() -> None:
    deal = Deal(id=uuid4(), creator_id=uuid4(), price_minor=100_00, currency=INR)
    deal.deliverables = [row(P.DRAFTING), row(P.CANCELLED)]
    agreed = amendments.agreed_work(deal, {REEL: Money(9_00, USD), STORY: Money(9_00, INR)})
    assert agreed.rates == ((STORY, 9_00),)
    assert [each.id for each in agreed.pieces] == [deal.deliverables[0].id]


def test_what_was_handed_in_since_is_not_left_out() -> None:
    deal = Deal(id=uuid4(), creator_id=uuid4(), price_minor=100_00, currency=INR)
    deal.deliverables = [row(P.IN_REVIEW)]
    asked = Amendment(Money(0, INR), (), (deal.deliverables[0].id,))
    with pytest.raises(WorkHandedIn):
        amendments.left_out(deal, asked)
