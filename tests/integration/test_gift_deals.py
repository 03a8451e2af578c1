"""Deals in which a creator gets goods and no cash: no money is paid in, held or moved."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from core.campaigns import service as campaigns
from core.campaigns import shortlist
from core.campaigns.errors import BudgetTooSmall, NothingGiven
from core.campaigns.schemas import Brief, ChangeCampaign, DeliverableSpec, DraftCampaign
from core.campaigns.states import CampaignState, Listed
from core.deals import briefs, endings, offers, pieces, sets
from core.deals import views as deals
from core.deals.errors import AskedOutOfRange, PriceOutOfRange
from core.deals.schemas import Apply, DealView, MakeOffer, SubmitDraft
from core.deals.states import DealState, DeliverableState
from core.insights import metrics
from core.insights import service as insights
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.errors import DomainError
from core.kit.money import Money
from core.kit.process import Party
from core.kit.vocabulary import DeliverableKind
from core.kit.work import begin
from core.ledger import service as ledger
from core.ledger.errors import NotEnoughMoney
from core.payments.states import Rest
from core.posts import service as posts
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_deals_edges import Engaged
from tests.integration.test_posts import published
from tests.integration.test_races import INR

REEL, STORY = DeliverableKind.REEL, DeliverableKind.STORY
NOTHING = Money(0, INR)
HAMPER = Brief(
    text="a hamper for a reel",
    deliverables=(DeliverableSpec(REEL),),
    goods="tea hamper",
    worth=Money(2_000_00, INR),
)


class Gifts(Engaged):
    """A brand with a campaign that pays no cash, beside the one that is paid for."""

    def __init__(self, runtime: Runtime, brief: Brief = HAMPER) -> None:
        super().__init__(runtime)
        self.gifts = self.draft(brief, NOTHING)
        self.before = self.moved()

    def draft(self, brief: Brief, budget: Money) -> UUID:
        command = DraftCampaign(self.workspace, "Hamper", budget, brief, uuid4().hex)
        with begin(self.runtime.database, Actor.person(self.brand)) as work:
            return campaigns.draft(work, command).id

    def give(self) -> UUID:
        made = self.brand_does(offers.offer, MakeOffer(self.gifts, self.creator, NOTHING))
        assert isinstance(made, DealView)
        return made.id

    def take(self) -> UUID:
        self.deal = self.give()
        self.creator_does(offers.accept, self.deal)
        self.piece = self.look().deliverables[0].id
        return self.deal

    def look(self) -> DealView:
        with begin(self.runtime.database, SYSTEM) as work:
            assert ledger.violations(work) == []
            return deals.get(work, self.deal)

    def moved(self) -> dict[str, int]:
        """Return how many transfers of each kind there are."""
        with begin(self.runtime.database, SYSTEM) as work:
            return {str(kind): count for kind, count in ledger.counts(work).items()}

    def change(self, budget: Money = NOTHING, **brief: object) -> briefs.Changed:
        with begin(self.runtime.database, Actor.person(self.brand)) as work:
            campaign = campaigns.get(work, self.gifts)
            command = ChangeCampaign(self.gifts, budget, replace(campaign.brief, **brief))  # type: ignore[arg-type]
            return briefs.change(work, command, shown=briefs.mark_of(work, campaign))


@pytest.fixture
def world(runtime: Runtime) -> Gifts:
    return Gifts(runtime)


def state_of(world: Gifts) -> CampaignState:
    with begin(world.runtime.database, SYSTEM) as work:
        return campaigns.get(work, world.gifts).state


# what is given, for how much money -> the error; None: it is open at once
DRAFTS: list[tuple[Brief, Money, type[DomainError] | None]] = [
    (HAMPER, NOTHING, None),
    (replace(HAMPER, worth=None), NOTHING, None),
    (replace(HAMPER, goods=""), NOTHING, NothingGiven),
    (HAMPER, Money(1, INR), BudgetTooSmall),
]


@pytest.mark.parametrize(("brief", "budget", "error"), DRAFTS)
def test_a_campaign_without_cash_gives_something_and_waits_for_no_money(
    world: Gifts, brief: Brief, budget: Money, error: type[DomainError] | None
) -> None:
    if error is None:
        world.gifts = world.draft(brief, budget)
        assert state_of(world) is CampaignState.OPEN
        return
    with pytest.raises(error):
        world.draft(brief, budget)


def test_the_whole_road_moves_no_money(world: Gifts, clock: SetClock) -> None:
    world.take()
    assert world.look().cashless
    world.creator_does(pieces.submit_draft, SubmitDraft(world.piece, "#ad look"))
    world.brand_does(pieces.approve_draft, world.piece)
    world.creator_does(posts.submit, world.piece, published(world.runtime), world.runtime.networks)
    drain(world.runtime)
    assert world.look().deliverables[0].state is DeliverableState.LIVE
    for _ in range(8):
        clock.advance(timedelta(days=1))
        drain(world.runtime)
    deal = world.look()
    assert (deal.state, deal.deliverables[0].state) == (DealState.COMPLETED, DeliverableState.COMPLETED)
    world.brand_does(endings.review, world.deal, 5, "kept her word")
    with begin(world.runtime.database, SYSTEM) as work:
        report = insights.report(work, world.gifts)
        assert (metrics.cost_per_mille(report.total) or 0, report.total.cost_minor) == (0, 0)
        assert metrics.return_on_investment(report.total) is None
    world.brand_does(endings.close_campaign, world.gifts, Rest.REFUND)
    assert state_of(world) is CampaignState.CLOSED
    assert world.moved() == world.before


def test_the_set_is_chosen_by_head_count_and_its_offers_go_out(world: Gifts) -> None:
    drain(world.runtime)  # who can be found is indexed
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        campaign = campaigns.get(work, world.gifts)
        found = world.runtime.tools.matcher.match(work, campaign, sets.room(work, campaign))
        assert [(s.creator_id, s.price, s.listed) for s in found.chosen] == [
            (world.creator, NOTHING, Listed.CHOSEN)
        ]
        shortlist.keep(work, world.gifts, found.chosen)
        sent = sets.send(work, world.gifts, shown=shortlist.mark_of(work, campaign))
        assert ([deal.price for deal in sent.made], sent.refused) == ([NOTHING], ())
    assert state_of(world) is CampaignState.RECRUITING
    assert world.moved() == world.before


def test_a_gift_campaign_offers_no_price(world: Gifts) -> None:
    with pytest.raises(PriceOutOfRange):
        world.make_offer(Money(500_00, INR), world.gifts)


# what a creator asks for in a campaign that pays no cash, for one reel
ASKED = [(0, True), (1, True), (3_000_00, True), (50_000_000_00, True), (50_000_000_01, False), (-1, False)]


@pytest.mark.parametrize(("minor", "taken"), ASKED)
def test_a_creator_may_ask_for_the_gift_alone_or_for_a_price(
    world: Gifts, minor: int, *, taken: bool
) -> None:
    apply = Apply(world.gifts, Money(minor, INR))
    if not taken:
        with pytest.raises(AskedOutOfRange):
            world.creator_does(offers.apply, apply)
        return
    deal = world.creator_does(offers.apply, apply)
    assert isinstance(deal, DealView)
    assert deal.price.minor == minor


def test_a_price_that_a_creator_names_is_set_aside_before_it_is_agreed(world: Gifts) -> None:
    world.deal = world.give()
    world.creator_does(offers.counter, world.deal, Money(1_500_00, INR))
    assert (world.look().turn, world.look().cashless) == (Party.BRAND, False)
    with begin(world.runtime.database, SYSTEM) as work:
        assert deals.needed_for(work, deals.get(work, world.deal)).minor == 1_500_00
    with pytest.raises(NotEnoughMoney):
        world.brand_does(offers.accept, world.deal)
    world.campaign = world.gifts
    world.pay()
    world.brand_does(offers.accept, world.deal)
    with begin(world.runtime.database, SYSTEM) as work:
        assert deals.held_for(work, deals.get(work, world.deal)).minor == 1_500_00


@pytest.mark.parametrize(("minor", "taken"), [(0, False), (1, True), (50_000_000_01, False)])
def test_a_named_price_has_bounds(world: Gifts, minor: int, *, taken: bool) -> None:
    world.deal = world.give()
    if taken:
        world.creator_does(offers.counter, world.deal, Money(minor, INR))
        return
    with pytest.raises(PriceOutOfRange):
        world.creator_does(offers.counter, world.deal, Money(minor, INR))


def test_a_dispute_without_money_is_decided_by_whether_the_deal_goes_on(world: Gifts) -> None:
    world.take()
    world.brand_does(endings.dispute, world.deal, "she is silent")
    operator = Actor.operator("mira")
    world.do(operator, endings.resolve, world.deal, "give it a week", None)
    assert world.look().state is DealState.AGREED
    world.creator_does(endings.dispute, world.deal, "the hamper is empty")
    world.do(operator, endings.resolve, world.deal, "it was", NOTHING)
    assert world.look().state is DealState.COMPLETED
    assert world.moved() == world.before


def test_both_sides_may_end_it(world: Gifts) -> None:
    world.take()
    world.brand_does(endings.ask_to_cancel, world.deal, "out of stock")
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        endings.answer_cancel(work, world.deal, agree=True, shown=seen.deal(work, world.deal))
    assert world.look().state is DealState.CANCELLED
    assert world.moved() == world.before


def test_an_open_offer_follows_the_brief_and_stays_without_a_price(world: Gifts) -> None:
    world.deal = world.give()
    assert world.change(deliverables=(DeliverableSpec(STORY, 2),)).following == 1
    assert [(p.kind, p.ordinal, p.price.minor) for p in world.look().deliverables] == [
        (STORY, 1, 0),
        (STORY, 2, 0),
    ]


def test_agreed_work_grows_without_a_price(world: Gifts) -> None:
    world.take()
    assert world.change(deliverables=(DeliverableSpec(REEL), DeliverableSpec(STORY))).asked == 1
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        briefs.answer(work, world.deal, agree=True, shown=seen.deal(work, world.deal))
    assert [(p.kind, p.price.minor) for p in world.look().deliverables] == [(REEL, 0), (STORY, 0)]
    assert world.moved() == world.before


def test_money_that_is_given_up_before_it_is_paid_opens_the_campaign(world: Gifts) -> None:
    world.gifts = world.draft(HAMPER, Money(5_000_00, INR))
    assert state_of(world) is CampaignState.AWAITING_FUNDS
    world.change()
    assert state_of(world) is CampaignState.OPEN


def test_gifts_say_nothing_of_what_work_costs(world: Gifts) -> None:
    world.take()
    with world.runtime.database.engine.begin() as connection:
        connection.execute(text("UPDATE deal SET state = 'completed'"))
        connection.execute(
            text(
                "INSERT INTO deal SELECT (jsonb_populate_record(deal, jsonb_build_object("
                "'id', gen_random_uuid()))).* FROM deal, generate_series(1, 3)"
            )
        )
    with begin(world.runtime.database, SYSTEM) as work:
        assert deals.usual_price(work, [REEL], INR) is None


def test_a_deal_costs_nothing_or_something_and_never_less(world: Gifts) -> None:
    world.deal = world.give()
    with (
        pytest.raises(Exception, match="price_not_negative"),
        world.runtime.database.engine.begin() as connection,
    ):
        connection.execute(text("UPDATE deal SET price_minor = -1"))


def test_a_campaign_without_cash_takes_applications_from_the_start(world: Gifts) -> None:
    with begin(world.runtime.database, SYSTEM) as work:
        assert world.gifts in {c.id for c in campaigns.open_for_applications(work)}
