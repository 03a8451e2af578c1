"""Every step, from every state, by everybody: taken, or refused with its own error.

Who may do what from where is written here once more, by hand, and not read from the tables under test.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from core.accounts import people
from core.deals import engine, marks, offers
from core.deals.deal_table import DEAL
from core.deals.errors import DealNotFound, DealStandsStill
from core.deals.models import Deal, Deliverable
from core.deals.piece_table import DELIVERABLE
from core.deals.states import DealState, DeliverableState
from core.kit.actors import CLOCK, SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.errors import DomainError
from core.kit.process import UnknownVersion
from core.kit.work import Work, begin
from core.ledger import service as ledger
from core.payments import books
from runtime.parts import Runtime
from tests import seen
from tests.conftest import MORNING
from tests.integration.test_races import World

ANY = "offered applied awaiting_address to_send on_its_way agreed cancelling disputed"
# step: who, from where
OF_DEALS = {
    "counter": ("brand creator", "offered applied"),
    "accept": ("brand creator", "offered"),
    "accept_application": ("brand", "applied"),
    "decline": ("brand creator", "offered applied"),
    "withdraw": ("brand creator", "offered applied"),
    "expire": ("clock", "offered applied"),
    "follow_brief": ("system", "offered applied"),
    "ask_brief": ("system", "awaiting_address to_send on_its_way agreed"),
    "agree_brief": ("creator", "awaiting_address to_send on_its_way agreed"),
    "refuse_brief": ("creator clock", "awaiting_address to_send on_its_way agreed"),
    "await_address": ("system", "agreed"),
    "remind_address": ("clock", "awaiting_address"),
    "give_address": ("creator", "awaiting_address to_send"),
    "remind_to_send": ("clock", "to_send"),
    "send_gift": ("brand", "to_send"),
    "remind_arrival": ("clock", "on_its_way"),
    "gift_arrived": ("creator", "on_its_way"),
    "arrived_by_silence": ("clock", "on_its_way"),
    "not_arrived": ("creator", "on_its_way"),
    "call_off": ("brand creator", "awaiting_address to_send"),
    "no_address": ("clock", "awaiting_address"),
    "not_sent": ("clock", "to_send"),
    "cancel_request": ("brand creator", "agreed"),
    "cancel_agree": ("brand creator", "cancelling"),
    "cancel_refuse": ("brand creator", "cancelling"),
    "cancel_by_silence": ("clock", "cancelling"),
    "cancel_by_operator": (
        "operator",
        "offered applied awaiting_address to_send on_its_way agreed cancelling",
    ),
    "cancel_by_system": ("system", ANY),
    "cancel_unfunded": ("system", ANY),
    "complete": ("system", "agreed"),
    "dispute": ("brand creator", "on_its_way agreed cancelling"),
    "dispute_answer": ("brand creator", "disputed"),
    "dispute_unanswered": ("clock", "disputed"),
    "resolve_resume": ("operator", "disputed"),
    "resolve_close": ("operator", "disputed"),
    "freeze": ("operator", ANY),
    "unfreeze": ("operator", ANY),
    "stop_with_workspace": ("system", ANY),
    "go_on_with_workspace": ("system", ANY),
    "stop_with_creator": ("system", ANY),
    "go_on_with_creator": ("system", ANY),
}
OPEN = "planned drafting in_review changes_requested approved posted claimed live missing overdue"
OF_PIECES = {
    "start": ("system", "planned"),
    "submit_draft": ("creator", "drafting changes_requested"),
    "request_changes": ("brand", "in_review"),
    "approve_draft": ("brand", "in_review"),
    "approve_by_silence": ("clock", "in_review"),
    "submit_post": ("creator", "approved"),
    "verify_post": ("system", "posted"),
    "reject_post": ("system", "posted"),
    "claim_post": ("creator", "approved"),
    "confirm_post": ("brand", "claimed"),
    "confirm_by_silence": ("clock", "claimed"),
    "refuse_post": ("brand", "claimed"),
    "post_missing": ("system", "live"),
    "restore": ("system", "missing"),
    "lapse": ("clock", "missing"),
    "complete": ("clock operator", "live"),
    "miss_deadline": ("clock", "drafting changes_requested approved"),
    "ask_more_time": ("creator", "drafting changes_requested approved overdue"),
    "extend_draft": ("brand operator", "overdue drafting"),
    "extend_changes": ("brand operator", "overdue changes_requested"),
    "extend_post": ("brand operator", "overdue approved"),
    "cancel": ("brand operator", "overdue"),
    "cancel_overdue": ("clock", "overdue"),
    "leave_out": ("system", "planned drafting overdue"),
    "cancel_with_deal": ("system", OPEN),
    "resolve": ("system", OPEN),
}
EXTENDS = {"extend_draft": "drafting", "extend_changes": "changes_requested", "extend_post": "approved"}
STANDS = {"cancelling": ["cancelling"], "disputed": ["dispute"]}
OTHER = {"brand": "creator", "creator": "brand"}
FACTS: dict[str, Any] = {
    "reason": "why",
    "answer": "so",
    "price_minor": 3_100_00,
    "creator_minor": 0,
    "currency": "INR",
    "caption": "#ad",
    "media_ids": ["a"],
    "words": "#ad",
    "url": "https://example.com/p",
    "days": 3,
    "published_at": MORNING.isoformat(),
}


Row = dict[str, Any]


@dataclass
class Bench:
    """A deal whose rows are set as a test wants them, and put back after each step."""

    work: Work
    deal: UUID
    piece: UUID
    actors: dict[str, Actor]
    left: tuple[int, int, int] = (0, 0, 0)

    def tried(self, step: str, actor: str, deal: Row, piece: Row, *, of_piece: bool) -> str:
        """Return "taken", or the name of the error."""
        session = self.work.session
        tried = session.begin_nested()
        session.execute(update(Deal).where(Deal.id == self.deal).values(**deal))
        session.execute(update(Deliverable).where(Deliverable.id == self.piece).values(**piece))
        try:
            self.take(step, actor, of_piece=of_piece)
            self.left = self.money()
        except DomainError as error:
            return type(error).__name__
        finally:
            tried.rollback()
        return "taken"

    def money(self) -> tuple[int, int, int]:
        """Return what is held for the piece, frozen for the deal, and free in the campaign."""
        deal = self.work.session.get_one(Deal, self.deal)
        accounts = [
            books.hold_account(self.piece, deal.currency),
            books.frozen_account(deal.id, deal.currency),
            books.escrow_account(deal.campaign_id, deal.currency),
        ]
        held, frozen, free = (amount.minor for amount in ledger.balance_each(self.work, accounts))
        return held, frozen, free

    def take(self, step: str, actor: str, *, of_piece: bool) -> None:
        work = self.work.acting_as(self.actors[actor])
        _, deal = engine.open_deal(work, self.deal)
        if of_piece:
            shown = marks.of_piece(deal.deliverables[0])
            engine.take_piece(work, step, self.piece, dict(FACTS), shown=shown)
        else:
            engine.take(work, step, self.deal, dict(FACTS), shown=marks.of_deal(deal))


@pytest.fixture
def bench(runtime: Runtime, clock: SetClock) -> Iterator[Bench]:
    del clock
    world = World(runtime)
    deal_id = world.offer()
    with begin(runtime.database, Actor.person(world.person)) as work:
        piece = offers.accept(work, deal_id, shown=seen.deal(work, deal_id)).deliverables[0].id
    with begin(runtime.database, SYSTEM) as work:
        stranger = people.register(work, "Stranger").id
    actors = {
        "brand": Actor.person(world.brand),
        "creator": Actor.person(world.person),
        "stranger": Actor.person(stranger),
        "operator": Actor.operator("mira"),
        "clock": CLOCK,
        "system": SYSTEM,
    }
    with begin(runtime.database, SYSTEM) as work:
        yield Bench(work, deal_id, piece, actors)


def expected(who: str, whence: str, actor: str, state: str) -> str:
    if actor == "stranger":
        return "DealNotFound"
    if actor not in who.split():
        return "NotYourStep"
    return "taken" if state in whence.split() else "StepNotPossible"


def as_it_must_be(step: str, actor: str, state: str) -> dict[str, Any]:
    """Return a deal in a state in which nothing but the state and the actor speaks against the step."""
    mine, theirs = actor if actor in OTHER else "brand", OTHER.get(actor, "creator")
    reasons = [*STANDS.get(state, []), *(["operator"] if step == "unfreeze" else [])]
    return {
        "state": DealState(state),
        "turn": theirs if step == "withdraw" else mine,
        "cancel_by": theirs,
        "dispute_by": theirs,
        "brief_asked": 1 if step in {"agree_brief", "refuse_brief"} else None,
        "stands_for": reasons,
        "stands_since": MORNING if reasons else None,
    }


def test_every_step_of_a_deal_from_every_state_by_everybody(bench: Bench) -> None:
    wrong = {}
    for step, (who, whence) in OF_DEALS.items():
        ended = DeliverableState.COMPLETED if step == "complete" else DeliverableState.DRAFTING
        for actor in bench.actors:
            for state in DealState if actor != "stranger" else [DealState.AGREED]:
                deal = as_it_must_be(step, actor, state)
                found = bench.tried(step, actor, deal, {"state": ended}, of_piece=False)
                if found != (wanted := expected(who, whence, actor, state)):
                    wrong[step, actor, state] = (found, wanted)
    assert wrong == {}


def test_every_step_of_a_piece_from_every_state_by_everybody(bench: Bench) -> None:
    wrong = {}
    for step, (who, whence) in OF_PIECES.items():
        for actor in bench.actors:
            for state in DeliverableState if actor != "stranger" else [DeliverableState.LIVE]:
                piece = {
                    "state": state,
                    "overdue_from": EXTENDS.get(step),
                    "seen_at": MORNING,
                    "retained_until": MORNING,
                    "live_at": MORNING,
                    "missing_since": MORNING,
                    "doubted_at": MORNING if step == "lapse" else None,
                }
                found = bench.tried(step, actor, AGREED, piece, of_piece=True)
                if found != (wanted := expected(who, whence, actor, state)):
                    wrong[step, actor, state] = (found, wanted)
    assert wrong == {}


def test_no_piece_of_a_deal_that_is_not_agreed_moves(bench: Bench) -> None:
    piece = {"state": DeliverableState.DRAFTING}
    for state in set(DealState) - {DealState.AGREED}:
        deal = as_it_must_be("", "creator", state)
        assert bench.tried("submit_draft", "creator", deal, piece, of_piece=True) == "StepNotPossible"
        assert bench.tried("miss_deadline", "clock", deal, piece, of_piece=True) == "StepNotPossible"


@pytest.mark.parametrize("reason", ["operator", "chargeback"])
def test_no_piece_of_a_deal_that_stands_moves(bench: Bench, reason: str) -> None:
    deal = {"stands_for": [reason], "stands_since": MORNING}
    piece = {"state": DeliverableState.DRAFTING}
    for step, actor in (("submit_draft", "creator"), ("miss_deadline", "clock")):
        assert bench.tried(step, actor, deal, piece, of_piece=True) == DealStandsStill.__name__


AGREED: Row = {"state": DealState.AGREED}


def guarded() -> list[tuple[str, str, dict[str, Any], dict[str, Any], str]]:
    """Return (step, actor, what is set on the deal, on the piece, the error) of each guard."""
    offered = {"state": DealState.OFFERED}
    disputed = {"state": DealState.DISPUTED, "stands_for": ["dispute"], "stands_since": MORNING}
    cancelling = {"state": DealState.CANCELLING, "stands_for": ["cancelling"], "stands_since": MORNING}
    drafting, overdue = {"state": DeliverableState.DRAFTING}, {"state": DeliverableState.OVERDUE}
    cheap = {**offered, "turn": "brand", "price_minor": 500_00}
    twice = {"state": DeliverableState.IN_REVIEW, "rounds": 2}
    return [
        ("counter", "brand", {**offered, "turn": "creator"}, drafting, "NotYourTurn"),
        ("counter", "brand", {**offered, "turn": "brand", "round": 3}, drafting, "NoRoundsLeft"),
        (
            "counter",
            "brand",
            cheap,
            drafting,
            "PriceOutOfRange",
        ),
        ("accept", "brand", {**offered, "turn": "creator"}, drafting, "NotYourTurn"),
        ("decline", "creator", {**offered, "turn": "brand"}, drafting, "NotYourTurn"),
        ("withdraw", "brand", {**offered, "turn": "brand"}, drafting, "NotYourTurn"),
        ("cancel_request", "brand", AGREED, {"state": DeliverableState.LIVE}, "AlreadyPublished"),
        ("cancel_agree", "brand", {**cancelling, "cancel_by": "brand"}, drafting, "NotYourTurn"),
        ("cancel_refuse", "brand", {**cancelling, "cancel_by": "brand"}, drafting, "NotYourTurn"),
        ("dispute_answer", "creator", {**disputed, "dispute_by": "creator"}, drafting, "NotYourTurn"),
        ("complete", "system", AGREED, drafting, "StepNotPossible"),
        ("unfreeze", "operator", AGREED, drafting, "NotStanding"),
        (
            "request_changes",
            "brand",
            AGREED,
            twice,
            "NoRevisionsLeft",
        ),
        ("lapse", "clock", AGREED, {"state": DeliverableState.MISSING, "doubted_at": None}, "StillToBeSeen"),
        ("extend_draft", "brand", AGREED, {**overdue, "overdue_from": "approved"}, "StepNotPossible"),
        ("complete", "clock", AGREED, {"state": DeliverableState.LIVE, "seen_at": None}, "StillToBeSeen"),
    ]


def test_a_guard_refuses_with_its_own_error(bench: Bench) -> None:
    wrong = {}
    for step, actor, deal, piece, error in guarded():
        of_piece = step in OF_PIECES and not (step == "complete" and actor == "system")
        found = bench.tried(step, actor, deal, piece, of_piece=of_piece)
        if found != error:
            wrong[step, actor] = (found, error)
    assert wrong == {}


def test_a_share_above_what_is_frozen_is_refused(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FACTS, "creator_minor", 1)
    deal = as_it_must_be("resolve_close", "operator", "disputed")
    piece = {"state": DeliverableState.DRAFTING}
    assert bench.tried("resolve_close", "operator", deal, piece, of_piece=False) == "SplitOutOfRange"


@pytest.mark.parametrize(
    ("step", "state"),
    [
        ("cancel_request", "agreed"),
        ("dispute", "agreed"),
        ("resolve_resume", "disputed"),
        ("call_off", "to_send"),
    ],
)
def test_what_needs_a_reason_is_refused_without_one(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, step: str, state: str
) -> None:
    monkeypatch.setitem(FACTS, "reason", " ")
    actor = OF_DEALS[step][0].split()[0]
    deal = as_it_must_be(step, actor, state)
    piece = {"state": DeliverableState.DRAFTING}
    assert bench.tried(step, actor, deal, piece, of_piece=False) == "ReasonMissing"


BACK = (0, 0, 10_000_00)
KEPT = (3_000_00, 0, 7_000_00)
# of a deal: step, actor, state -> held, frozen, free; 3,000 of 10,000 are held before
MONEY_OF_DEALS = [
    ("counter", "brand", "offered", (3_100_00, 0, 6_900_00)),
    ("counter", "creator", "offered", KEPT),
    ("accept", "creator", "offered", KEPT),
    ("decline", "creator", "offered", BACK),
    ("withdraw", "brand", "offered", BACK),
    ("expire", "clock", "offered", BACK),
    ("cancel_request", "brand", "agreed", KEPT),
    ("cancel_agree", "creator", "cancelling", BACK),
    ("cancel_refuse", "creator", "cancelling", KEPT),
    ("cancel_by_silence", "clock", "cancelling", BACK),
    ("cancel_by_operator", "operator", "agreed", BACK),
    ("cancel_by_system", "system", "agreed", BACK),
    ("cancel_unfunded", "system", "agreed", KEPT),
    ("dispute", "brand", "agreed", (0, 3_000_00, 7_000_00)),
    ("freeze", "operator", "agreed", KEPT),
]
# of a piece: step, actor, state -> held, frozen, free
MONEY_OF_PIECES = [
    ("submit_draft", "creator", "drafting", KEPT),
    ("approve_draft", "brand", "in_review", KEPT),
    ("verify_post", "system", "posted", (1_500_00, 0, 7_000_00)),
    ("reject_post", "system", "posted", KEPT),
    ("claim_post", "creator", "approved", KEPT),
    ("confirm_post", "brand", "claimed", (1_500_00, 0, 7_000_00)),
    ("confirm_by_silence", "clock", "claimed", (1_500_00, 0, 7_000_00)),
    ("refuse_post", "brand", "claimed", KEPT),
    ("complete", "clock", "live", (0, 0, 7_000_00)),
    ("lapse", "clock", "missing", BACK),
    ("miss_deadline", "clock", "drafting", KEPT),
    ("cancel", "brand", "overdue", BACK),
    ("cancel_overdue", "clock", "overdue", BACK),
]


@pytest.mark.parametrize(("step", "actor", "state", "money"), MONEY_OF_DEALS)
def test_a_deal_s_step_moves_the_money_that_its_row_names(
    bench: Bench, step: str, actor: str, state: str, money: tuple[int, int, int]
) -> None:
    deal = as_it_must_be(step, actor, state)
    assert bench.tried(step, actor, deal, {"state": DeliverableState.DRAFTING}, of_piece=False) == "taken"
    assert bench.left == money


@pytest.mark.parametrize(("step", "actor", "state", "money"), MONEY_OF_PIECES)
def test_a_piece_s_step_moves_the_money_that_its_row_names(
    bench: Bench, step: str, actor: str, state: str, money: tuple[int, int, int]
) -> None:
    piece: Row = {"state": DeliverableState(state), "seen_at": MORNING, "live_at": MORNING}
    if step == "lapse":  # gone at once: nothing of the time it had to stay up is kept
        piece |= {"doubted_at": MORNING, "missing_since": MORNING}
        piece["retained_until"] = MORNING + timedelta(days=7)
    assert bench.tried(step, actor, AGREED, piece, of_piece=True) == "taken"
    assert bench.left == money


def test_a_decided_dispute_moves_what_was_frozen(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.take("dispute", "brand", of_piece=False)
    bench.work.session.flush()
    assert bench.money() == (0, 3_000_00, 7_000_00)
    piece = {"state": DeliverableState.DRAFTING}
    asked = {"dispute_by": "brand"}
    assert bench.tried("resolve_resume", "operator", asked, piece, of_piece=False) == "taken"
    assert bench.left == KEPT
    monkeypatch.setitem(FACTS, "creator_minor", 1_000_00)
    assert bench.tried("resolve_close", "operator", asked, piece, of_piece=False) == "taken"
    assert bench.left == (0, 0, 9_000_00)


def test_every_step_is_tried_here() -> None:
    assert set(OF_DEALS) | {"offer", "apply"} == set(DEAL.transitions)
    assert set(OF_PIECES) == set(DELIVERABLE.transitions)


def test_a_deal_of_a_version_that_nobody_knows_says_so(bench: Bench) -> None:
    bench.work.session.execute(update(Deal).values(process_version=9))
    with pytest.raises(UnknownVersion, match=r"version 9 of \[1\]"):
        bench.take("dispute", "brand", of_piece=False)


def test_nobody_finds_a_deal_that_is_not_there(bench: Bench) -> None:
    with pytest.raises(DealNotFound):
        engine.take(bench.work, "complete", bench.piece)
