"""The core's own rule, under its locks: what is not as it was shown is not agreed to, whoever asks."""

from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid4

import pytest

from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, DeliverableSpec, DraftCampaign
from core.deals import endings, engine, offers, pieces
from core.deals import views as deals
from core.deals.schemas import Apply, DealView, MakeOffer, SubmitDraft
from core.kit.actors import SYSTEM, Actor
from core.kit.errors import ShownChanged
from core.kit.money import Money
from core.kit.vocabulary import DeliverableKind
from core.kit.work import Work, begin
from core.ledger import service as ledger
from core.payments import funding, payee_accounts
from core.payments.schemas import FundCampaign
from core.payments.states import Rest
from core.posts import service as posts
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_races import INR, RAIL, World

NOT_SHOWN = "0123456789"
OPERATOR = Actor.operator("shown")
PRICE = Money(3_000_00, INR)
Verb = Callable[..., object]


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


# verb, who, what comes before `shown` besides the deal
ABOUT_DEALS: dict[str, tuple[Verb, str, tuple[object, ...]]] = {
    "accept": (offers.accept, "creator", ()),
    "counter": (offers.counter, "creator", (PRICE,)),
    "decline": (offers.decline, "creator", ()),
    "withdraw": (offers.withdraw, "brand", ()),
    "ask_to_cancel": (endings.ask_to_cancel, "brand", ("why",)),
    "cancel_agree": (partial(endings.answer_cancel, agree=True), "creator", ()),
    "cancel_refuse": (partial(endings.answer_cancel, agree=False), "creator", ()),
    "dispute": (endings.dispute, "brand", ("why",)),
    "answer_dispute": (endings.answer_dispute, "creator", ("my view",)),
    "resolve_resume": (endings.resolve, "operator", ("go on", None)),
    "resolve_close": (endings.resolve, "operator", ("half", Money(1, INR))),
    "cancel_by_operator": (endings.cancel_by_operator, "operator", ("fraud",)),
}
ABOUT_PIECES: dict[str, tuple[Verb, str, tuple[object, ...]]] = {
    "request_changes": (pieces.request_changes, "brand", ("brighter",)),
    "approve_draft": (pieces.approve_draft, "brand", ()),
    "submit_post": (pieces.submit_post, "creator", ("https://example.com/p/1",)),
    "cancel_piece": (pieces.cancel_piece, "brand", ()),
    "vouch": (pieces.vouch, "operator", ("seen by hand",)),
}


def stands(world: World, deal_id: UUID) -> tuple[DealView, int]:
    with begin(world.runtime.database, SYSTEM) as work:
        assert ledger.violations(work) == []
        return deals.get(work, deal_id), len(deals.history(work, deal_id))


def acting(world: World, who: str) -> Actor:
    people = {"creator": Actor.person(world.person), "brand": Actor.person(world.brand)}
    return people.get(who, OPERATOR)


@pytest.mark.parametrize("name", ABOUT_DEALS)
@pytest.mark.parametrize("shown", [NOT_SHOWN, ""])
def test_no_step_of_a_deal_is_taken_for_what_was_not_shown(world: World, name: str, shown: str) -> None:
    deal_id = world.offer()
    before = stands(world, deal_id)
    verb, who, more = ABOUT_DEALS[name]
    with begin(world.runtime.database, acting(world, who)) as work, pytest.raises(ShownChanged):
        verb(work, deal_id, *more, shown=shown)
    assert stands(world, deal_id) == before


@pytest.mark.parametrize("name", ABOUT_PIECES)
def test_no_step_of_a_piece_is_taken_for_what_was_not_shown(world: World, name: str) -> None:
    deal_id = world.offer()
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        piece = offers.accept(work, deal_id, shown=seen.deal(work, deal_id)).deliverables[0]
    before = stands(world, deal_id)
    verb, who, more = ABOUT_PIECES[name]
    with begin(world.runtime.database, acting(world, who)) as work, pytest.raises(ShownChanged):
        verb(work, piece.id, *more, shown=NOT_SHOWN)
    with begin(world.runtime.database, Actor.person(world.person)) as work, pytest.raises(ShownChanged):
        pieces.submit_draft(work, SubmitDraft(piece.id, "#ad look"), shown=before[0].mark)
    assert stands(world, deal_id) == before


def test_a_step_by_somebody_who_was_shown_nothing_is_a_bug_and_not_a_step(world: World) -> None:
    deal_id = world.offer()
    with begin(world.runtime.database, Actor.person(world.person)) as work, pytest.raises(TypeError):
        engine.take(work, "accept", deal_id)


def drafted(work: Work, world: World) -> UUID:
    workspace = campaigns.get(work, world.campaign).workspace_id
    brief = Brief(text="x", deliverables=(DeliverableSpec(DeliverableKind.REEL),))
    command = DraftCampaign(workspace, "Second", Money(5_000_00, INR), brief, uuid4().hex)
    return campaigns.draft(work, command).id


def test_neither_money_nor_offers_go_to_a_campaign_as_it_was_not_shown(world: World) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        second = drafted(work, world)
        pay = FundCampaign(world.campaign, PRICE, uuid4().hex)
        for shown in (NOT_SHOWN, seen.campaign(work, world.campaign), seen.funding(work, second)):
            with pytest.raises(ShownChanged):
                funding.fund(work, pay, RAIL, shown=shown)
        with pytest.raises(ShownChanged):
            offers.offer(work, MakeOffer(world.campaign, world.creator, PRICE), shown=NOT_SHOWN)
        with pytest.raises(ShownChanged):
            campaigns.drop(work, second, shown=seen.campaign(work, world.campaign))
        with pytest.raises(ShownChanged):
            endings.close_campaign(work, world.campaign, Rest.REFUND, shown=NOT_SHOWN)
    with begin(world.runtime.database, Actor.person(world.person)) as work, pytest.raises(ShownChanged):
        offers.apply(work, Apply(world.campaign, PRICE), shown=NOT_SHOWN)
    assert world.escrow() == 10_000_00


def test_what_is_left_is_part_of_what_closing_shows(world: World) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        shown = seen.closing(work, world.campaign)
    deal_id = world.offer()
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        offers.decline(work, deal_id, shown=seen.deal(work, deal_id))
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        with pytest.raises(ShownChanged):
            endings.close_campaign(work, world.campaign, Rest.REFUND, shown=shown)
        shown = seen.closing(work, world.campaign)
        endings.close_campaign(work, world.campaign, Rest.REFUND, shown=shown)


def test_money_goes_elsewhere_only_from_where_it_was_shown_to_go(world: World) -> None:
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        first = seen.payee(work, world.creator)
        payee_accounts.set_up_payee(work, "asha@upi", RAIL, shown=first)
        with pytest.raises(ShownChanged):
            payee_accounts.set_up_payee(work, "thief@upi", RAIL, shown=first)
        waits = payee_accounts.payee_change(work, world.creator)
        assert waits is not None
        assert waits.label == "asha@upi"


def test_a_link_is_taken_as_proof_for_the_piece_that_was_shown(world: World) -> None:
    deal_id = world.offer()
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        piece = offers.accept(work, deal_id, shown=seen.deal(work, deal_id)).deliverables[0]
        before = piece.mark
        pieces.submit_draft(work, SubmitDraft(piece.id, "#ad look"), shown=seen.piece(work, piece.id))
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        pieces.approve_draft(work, piece.id, shown=seen.piece(work, piece.id))
    link = f"{world.runtime.settings.public_url}/sandbox/network/p/abcdefghjk"
    with begin(world.runtime.database, Actor.person(world.person)) as work, pytest.raises(ShownChanged):
        posts.submit(work, piece.id, link, world.runtime.networks, shown=before)


def test_two_requests_for_one_amount_are_one_checkout_until_it_is_paid(world: World) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        shown = seen.funding(work, world.campaign)
        first, second, other = (
            funding.fund(work, FundCampaign(world.campaign, amount, uuid4().hex), RAIL, shown=shown)
            for amount in (PRICE, PRICE, Money(3_000_01, INR))
        )
        assert first.id == second.id
        assert other.id != first.id
    drain(world.runtime)
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        command = FundCampaign(world.campaign, PRICE, uuid4().hex)
        again = funding.fund(work, command, RAIL, shown=seen.funding(work, world.campaign))
        assert again.id == first.id, "it is open, with its page"
