"""A bank takes part of a campaign's money: what is free goes first; agreed work is paid where it can be."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from core.accounts import people
from core.campaigns import service as campaigns
from core.creators import service as creators
from core.creators.schemas import SaveProfile, SocialAccountView
from core.deals import endings, offers, pieces
from core.deals import views as deals
from core.deals.repository import DealRepository
from core.deals.schemas import MakeOffer, SubmitDraft
from core.deals.states import OPEN_DEALS, DealState
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.money import Money
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import begin
from core.ledger import service as ledger
from core.ledger.states import AccountKind
from core.networks.sandbox import NewPost
from core.operators import tasks
from core.payments import funding, payouts
from core.payments.schemas import FundCampaign
from core.payments.states import Rest
from core.posts import service as posts
from core.privacy import erasure
from core.privacy.errors import MoneyNotPaidOut, WorkNotPaidYet
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_races import INR, RAIL, World

PRICE = 2_000_00


class Crowd(World):
    """A campaign of 10,000 with deals at several stages, of 2,000 each."""

    def __init__(self, runtime: Runtime, clock: SetClock) -> None:
        super().__init__(runtime)
        self.clock = clock
        self.deals: dict[str, UUID] = {}
        self.people: dict[str, UUID] = {}

    def join(self, stages: Sequence[str]) -> None:
        """Bring a deal to each stage, in this order."""
        for stage in stages:
            self.clock.advance(timedelta(minutes=1))
            with begin(self.runtime.database, SYSTEM) as work:
                person = people.register(work, stage).id
                account = SocialAccountView(Platform.INSTAGRAM, stage, 9_000, 200, None)
                creator = creators.join(work, person, SaveProfile(country="IN", accounts=(account,))).id
            with begin(self.runtime.database, Actor.person(self.brand)) as work:
                command = MakeOffer(self.campaign, creator, Money(PRICE, INR))
                deal = offers.offer(work, command, shown=seen.campaign(work, self.campaign))
            self.deals[stage], self.people[stage] = deal.id, person
            if stage != "offered":
                self.work(stage, person, deal.id, deal.deliverables[0].id)

    def work(self, stage: str, person: UUID, deal: UUID, piece: UUID) -> None:
        with begin(self.runtime.database, Actor.person(person)) as work:
            offers.accept(work, deal, shown=seen.deal(work, deal))
            if stage not in {"drafting", "drafting_later", "disputed"}:
                pieces.submit_draft(work, SubmitDraft(piece, "#ad look"), shown=seen.piece(work, piece))
        with begin(self.runtime.database, Actor.person(self.brand)) as work:
            if stage == "disputed":
                endings.dispute(work, deal, "why", shown=seen.deal(work, deal))
            if stage == "live":
                pieces.approve_draft(work, piece, shown=seen.piece(work, piece))
        if stage == "live":
            post = NewPost(Platform.INSTAGRAM, "live", DeliverableKind.REEL, "#ad look", 9_000)
            link = self.runtime.network.publish(post, uuid4().hex)
            with begin(self.runtime.database, Actor.person(person)) as work:
                posts.submit(work, piece, link, self.runtime.networks, shown=seen.piece(work, piece))
            drain(self.runtime)

    def lose(self, minor: int) -> None:
        with begin(self.runtime.database, SYSTEM) as work:
            (charge,) = funding.charges(work, self.campaign)
        ref = self.runtime.rail.dispute(charge, Money(minor, INR))
        drain(self.runtime)
        self.runtime.rail.decide(ref, won=False)
        drain(self.runtime)

    def states(self) -> dict[str, str]:
        with begin(self.runtime.database, SYSTEM) as work:
            assert ledger.violations(work) == []
            return {stage: str(deals.get(work, deal).state) for stage, deal in self.deals.items()}

    def held(self, stage: str) -> int:
        with begin(self.runtime.database, SYSTEM) as work:
            return deals.held_for(work, deals.get(work, self.deals[stage])).minor

    def state(self) -> str:
        with begin(self.runtime.database, SYSTEM) as work:
            return str(campaigns.get(work, self.campaign).state)

    def total(self, kind: AccountKind) -> int:
        with begin(self.runtime.database, SYSTEM) as work:
            return ledger.total(work, kind, INR).minor


@pytest.fixture
def crowd(runtime: Runtime, clock: SetClock) -> Crowd:
    return Crowd(runtime, clock)


ALL = ("live", "in_review", "drafting", "offered")
# Of 10,000, 2,000 are free, 7,000 held for these four, 1,000 was released to the first.
# lost -> who ends, what is left free
LOST = [
    (100_00, (), 1_900_00),
    (2_000_00, (), 0),
    (2_000_01, ("offered",), 1_999_99),
    (4_000_00, ("offered",), 0),
    (4_000_01, ("drafting", "offered"), 1_999_99),
    (6_000_01, ("in_review", "drafting", "offered"), 1_999_99),
]


@pytest.mark.parametrize(("lost", "ended", "free"), LOST)
def test_a_loss_is_borne_by_what_is_free_then_by_offers_then_by_the_least_begun(
    crowd: Crowd, lost: int, ended: tuple[str, ...], free: int
) -> None:
    crowd.join(ALL)
    before = crowd.states()
    crowd.lose(lost)
    assert crowd.states() == {stage: "cancelled" if stage in ended else before[stage] for stage in ALL}
    assert [crowd.held(stage) for stage in ALL if stage not in ended] == [
        {"live": 1_000_00}.get(stage, PRICE) for stage in ALL if stage not in ended
    ]
    assert (crowd.state(), crowd.escrow()) == ("running", free)
    assert crowd.total(AccountKind.CHARGEBACK_LOSS) == 0


def test_every_unit_of_a_campaign_is_named_with_where_it_is(crowd: Crowd) -> None:
    crowd.join(ALL)
    with begin(crowd.runtime.database, SYSTEM) as work:
        money = deals.money_of(work, crowd.campaign)
    assert money.adds_up
    named = {name: amount.minor for name, amount in money.rows() if amount.minor}
    assert named == {
        "in_escrow": 2_000_00,
        "held": 7_000_00,
        "to_creators": 1_000_00 * 88 // 100,
        "commission": 1_000_00 * 12 // 100,
    }


def test_whoever_is_engaged_in_one_campaign_is_free_for_another(crowd: Crowd) -> None:
    crowd.join(("offered",))
    with begin(crowd.runtime.database, SYSTEM) as work:
        creator = creators.of_person(work, crowd.people["offered"])
        assert creator is not None
        found = DealRepository(work.session)
        campaigns_of = (crowd.campaign, UUID(int=0), UUID(int=2**128 - 1))
        assert [found.is_engaged(one, creator.id, OPEN_DEALS) for one in campaigns_of] == [True, False, False]
        others = (UUID(int=0), UUID(int=2**128 - 1))
        assert not any(found.is_engaged(crowd.campaign, one, OPEN_DEALS) for one in others)
        assert not found.is_engaged(crowd.campaign, creator.id, [DealState.COMPLETED])


def test_what_goes_on_after_a_loss_is_finished_and_paid(crowd: Crowd) -> None:
    crowd.join(("live",))
    crowd.lose(100_00)
    for _ in range(60):
        crowd.clock.advance(timedelta(hours=3))
        drain(crowd.runtime)
    assert crowd.states() == {"live": "completed"}
    with begin(crowd.runtime.database, SYSTEM) as work:
        creator = creators.of_person(work, crowd.people["live"])
        assert creator is not None
        (wallet,) = payouts.wallets(work, creator.id)
    assert wallet.waiting.minor + wallet.available.minor == PRICE * 88 // 100


def test_of_work_that_is_out_its_creator_gets_what_there_is(crowd: Crowd) -> None:
    crowd.join(("live", "drafting"))
    crowd.lose(8_500_00)  # 500 of 9,000 are left for a hold of 1,000
    assert crowd.states() == {"live": "cancelled", "drafting": "cancelled"}
    assert crowd.total(AccountKind.CREATOR_PAYABLE) == 1_500_00 * 88 // 100
    assert crowd.total(AccountKind.CHARGEBACK_LOSS) == 0
    assert crowd.state() == "closed"


def test_an_older_deal_is_kept_before_a_newer_one_that_is_as_far(crowd: Crowd) -> None:
    crowd.join(("drafting", "drafting_later"))
    crowd.lose(6_000_01)
    assert crowd.states() == {"drafting": "agreed", "drafting_later": "cancelled"}


def test_a_dispute_goes_on_where_its_money_is_there(crowd: Crowd) -> None:
    crowd.join(("disputed", "offered"))
    crowd.lose(7_000_00)
    assert crowd.states() == {"disputed": "disputed", "offered": "cancelled"}
    assert crowd.held("disputed") == PRICE


def test_a_late_top_up_bears_the_loss_before_agreed_work_does(crowd: Crowd) -> None:
    crowd.join(("in_review", "drafting"))
    with begin(crowd.runtime.database, Actor.person(crowd.brand)) as work:
        command = FundCampaign(crowd.campaign, Money(5_000_00, INR), uuid4().hex)
        funding.fund(work, command, RAIL, shown=seen.funding(work, crowd.campaign))
        (charge,) = funding.charges(work, crowd.campaign)
    drain(crowd.runtime)
    ref = crowd.runtime.rail.dispute(charge)
    drain(crowd.runtime)
    with begin(crowd.runtime.database, SYSTEM) as work:
        (late,) = funding.open_checkouts(work, crowd.campaign)
    crowd.runtime.rail.pay(late)
    drain(crowd.runtime)
    crowd.runtime.rail.decide(ref, won=False)
    drain(crowd.runtime)
    assert crowd.states() == {"in_review": "agreed", "drafting": "agreed"}
    assert crowd.escrow() == 1_000_00  # of 15,000, 10,000 are lost and 4,000 held


def test_what_a_card_that_lost_a_dispute_takes_no_more_is_the_brand_s_credit(crowd: Crowd) -> None:
    """Its provider refuses every later refund as disputed: no chargeback is on its way that could decide."""
    crowd.join(("offered",))
    crowd.lose(1_000_00)
    with begin(crowd.runtime.database, Actor.person(crowd.people["offered"])) as work:
        offers.decline(work, crowd.deals["offered"], shown=seen.deal(work, crowd.deals["offered"]))
    assert crowd.state() == "recruiting"
    with begin(crowd.runtime.database, Actor.person(crowd.brand)) as work:
        endings.close_campaign(work, crowd.campaign, Rest.REFUND, shown=seen.closing(work, crowd.campaign))
    drain(crowd.runtime)
    assert (crowd.state(), crowd.escrow()) == ("closed", 0)
    assert crowd.total(AccountKind.WORKSPACE_CREDIT) == 9_000_00
    with begin(crowd.runtime.database, SYSTEM) as work:
        assert tasks.open_tasks(work) == []


def test_nobody_is_forgotten_while_their_work_is_out_or_their_money_is_on_its_way(crowd: Crowd) -> None:
    crowd.join(("live", "disputed", "drafting"))
    for stage in ("live", "disputed"):
        with begin(crowd.runtime.database, SYSTEM) as work, pytest.raises(WorkNotPaidYet):
            erasure.erase(work, crowd.people[stage])
    with begin(crowd.runtime.database, SYSTEM) as work:
        erasure.erase(work, crowd.people["drafting"])
    assert crowd.states()["drafting"] == "cancelled"
    for _ in range(58):
        crowd.clock.advance(timedelta(hours=3))
        drain(crowd.runtime)
    assert crowd.states()["live"] == "completed"
    with begin(crowd.runtime.database, SYSTEM) as work, pytest.raises(MoneyNotPaidOut):
        erasure.erase(work, crowd.people["live"])
    with begin(crowd.runtime.database, SYSTEM) as work:
        assert deals.get(work, crowd.deals["live"]).ended
