"""What a mark is made of: each thing that a card says, and nothing else."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from core.deals import marks
from core.deals.models import Deal, Deliverable
from core.deals.states import DealState, DeliverableState
from core.kit.money import Currency
from core.kit.process import Party

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def piece(**other: Any) -> Deliverable:  # noqa: ANN401  (any column)
    facts = {
        "id": UUID(int=1),
        "state": DeliverableState.IN_REVIEW,
        "price_minor": 3_000_00,
        "released_minor": 0,
        "draft_number": 1,
        "rounds": 0,
        "overdue_from": None,
        "draft_due_at": AT,
        "post_due_at": None,
        "post_url": "",
        "posted_at": None,
        "post_media": [],
    }
    return Deliverable(**{**facts, **other})


def deal(**other: Any) -> Deal:  # noqa: ANN401  (any column)
    facts = {
        "id": UUID(int=2),
        "state": DealState.OFFERED,
        "turn": Party.CREATOR,
        "round": 1,
        "price_minor": 3_000_00,
        "currency": Currency.INR,
        "note": "",
        "terms": {"revisions": 2, "commission_bps": 1_000},
        "terms_hash": "",
        "cancel_by": None,
        "dispute_by": None,
        "dispute_reason": "",
        "dispute_answer": "",
        "review_until": None,
        "deliverables": [piece()],
    }
    return Deal(**{**facts, **other})


OF_A_DEAL: list[dict[str, Any]] = [
    {"id": UUID(int=3)},
    {"state": DealState.AGREED},
    {"turn": Party.BRAND},
    {"round": 2},
    {"price_minor": 3_000_01},
    {"currency": Currency.USD},
    {"note": "please"},
    {"terms": {"revisions": 3, "commission_bps": 1_000}},
    {"terms_hash": "a"},
    {"cancel_by": Party.BRAND},
    {"dispute_by": Party.BRAND},
    {"dispute_reason": "why"},
    {"dispute_answer": "so"},
    {"review_until": AT},
    {"parcel_steps": 1},
    {"deliverables": [piece(price_minor=1)]},
    {"deliverables": [piece(released_minor=1)]},
    {"deliverables": [piece(), piece()]},
]
OF_A_PIECE: list[dict[str, Any]] = [
    {"id": UUID(int=3)},
    {"state": DeliverableState.OVERDUE},
    {"price_minor": 1},
    {"released_minor": 1},
    {"draft_number": 2},
    {"rounds": 1},
    {"overdue_from": DeliverableState.DRAFTING},
    {"draft_due_at": None},
    {"post_due_at": AT},
    {"post_url": "https://example.com/p/1"},
    {"posted_at": AT},
    {"post_media": ["a"]},
]


@pytest.mark.parametrize("change", OF_A_DEAL, ids=lambda change: next(iter(change)))
def test_a_deal_s_mark_changes_with_each_thing_that_its_card_says(change: dict[str, Any]) -> None:
    assert marks.of_deal(deal(**change)) != marks.of_deal(deal())


@pytest.mark.parametrize("change", OF_A_PIECE, ids=lambda change: next(iter(change)))
def test_a_piece_s_mark_changes_with_each_thing_that_its_card_says(change: dict[str, Any]) -> None:
    assert marks.of_piece(piece(**change)) != marks.of_piece(piece())


def test_a_mark_does_not_change_with_what_no_card_says() -> None:
    same = {"terms": {"commission_bps": 1_000, "revisions": 2}, "stands_for": ["chargeback"], "version": 9}
    assert marks.of_deal(deal(**same)) == marks.of_deal(deal())
    assert marks.of_piece(piece(change_request="brighter", post_failures=1)) == marks.of_piece(piece())
