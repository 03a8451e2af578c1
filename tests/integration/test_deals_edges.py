"""The edges of deals that the table of steps does not show, one rule a test."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from core.accounts import people
from core.campaigns import service as campaigns
from core.campaigns.errors import CampaignFrozen
from core.campaigns.schemas import Brief, DeliverableSpec, DraftCampaign
from core.creators import service as creators
from core.creators.schemas import SaveProfile
from core.deals import clocks, endings, engine, offers, pieces, postings
from core.deals import views as deals
from core.deals.errors import (
    AlreadyEngaged,
    CampaignNotFunded,
    CreatorNotAvailable,
    DealNotFound,
    DealsStillOpen,
    DraftEmpty,
    NothingHeld,
    PriceOutOfRange,
    ReasonMissing,
    StepNotPossible,
)
from core.deals.schemas import Apply, MakeOffer, SubmitDraft
from core.deals.states import DealState
from core.kit.actors import CLOCK, SYSTEM, Actor
from core.kit.errors import DomainError
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind
from core.kit.work import Work, begin
from core.media.schemas import Cleaned
from core.payments.states import Rest
from core.posts import service as posts
from runtime.parts import Runtime
from tests import seen
from tests.integration.test_races import INR, World


class Engaged(World):
    """A campaign with one deal, offered or agreed."""

    deal: UUID
    piece: UUID

    def brand_does(self, verb: Callable[..., object], *arguments: object) -> object:
        return self.do(Actor.person(self.brand), verb, *arguments)

    def creator_does(self, verb: Callable[..., object], *arguments: object) -> object:
        return self.do(Actor.person(self.person), verb, *arguments)

    def do(self, actor: Actor, verb: Callable[..., object], *arguments: object) -> object:
        with begin(self.runtime.database, SYSTEM) as work:
            shown = seen.about(work, verb, arguments[0])
        with begin(self.runtime.database, actor) as work:
            return verb(work, *arguments, shown=shown)

    def make_offer(self, price: Money, campaign: UUID | None = None) -> object:
        return self.brand_does(offers.offer, MakeOffer(campaign or self.campaign, self.creator, price))

    def agree(self) -> "Engaged":
        self.deal = self.offer()
        self.creator_does(offers.accept, self.deal)
        with begin(self.runtime.database, SYSTEM) as work:
            self.piece = deals.get(work, self.deal).deliverables[0].id
        return self


@pytest.fixture
def world(runtime: Runtime) -> Engaged:
    return Engaged(runtime)


# the price of one reel in a campaign of 10,000 -> the error; None: it is taken
PRICES: list[tuple[Money, type[DomainError] | None]] = [
    (Money(0, INR), PriceOutOfRange),
    (Money(1, INR), None),
    (Money(10_000_00, INR), None),
    (Money(10_000_01, INR), PriceOutOfRange),
    (Money(100_00, Currency.USD), PriceOutOfRange),
]


@pytest.mark.parametrize(("price", "error"), PRICES)
def test_an_offer_and_an_application_are_within_the_budget(
    world: Engaged, price: Money, error: type[DomainError] | None
) -> None:
    if error is not None:
        with pytest.raises(error):
            world.make_offer(price)
        with pytest.raises(error):
            world.creator_does(offers.apply, Apply(world.campaign, price))
        return
    world.make_offer(price)
    with begin(world.runtime.database, SYSTEM) as work:
        (deal,) = deals.of_campaign(work, world.campaign)
        assert deal.price == price


def test_a_counter_is_in_the_deal_s_own_currency(world: Engaged) -> None:
    deal = world.offer()
    with pytest.raises(PriceOutOfRange):
        world.creator_does(offers.counter, deal, Money(100_00, Currency.USD))


def test_a_creator_has_one_open_deal_in_a_campaign(world: Engaged) -> None:
    deal = world.offer()
    with pytest.raises(AlreadyEngaged):
        world.make_offer(Money(100_00, INR))
    with pytest.raises(AlreadyEngaged):
        world.creator_does(offers.apply, Apply(world.campaign, Money(100_00, INR)))
    world.creator_does(offers.decline, deal)
    assert world.make_offer(Money(100_00, INR))


def test_nothing_is_offered_to_who_takes_no_offers_but_they_may_apply(world: Engaged) -> None:
    with begin(world.runtime.database, SYSTEM) as work:
        creators.join(work, world.person, SaveProfile(available=False))
    with pytest.raises(CreatorNotAvailable):
        world.make_offer(Money(100_00, INR))
    assert world.creator_does(offers.apply, Apply(world.campaign, Money(100_00, INR)))


def test_a_campaign_without_money_makes_and_takes_no_offers(world: Engaged) -> None:
    brief = Brief(text="x", deliverables=(DeliverableSpec(DeliverableKind.REEL),))
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        command = DraftCampaign(world.workspace, "T", Money(500_00, INR), brief, uuid4().hex)
        unpaid = campaigns.draft(work, command).id
    with pytest.raises(CampaignNotFunded):
        world.make_offer(Money(100_00, INR), unpaid)
    with pytest.raises(CampaignNotFunded):
        world.creator_does(offers.apply, Apply(unpaid, Money(100_00, INR)))


def test_only_who_has_a_profile_applies(world: Engaged) -> None:
    with begin(world.runtime.database, SYSTEM) as work:
        nobody = people.register(work, "Nobody").id
    with pytest.raises(DealNotFound):
        world.do(Actor.person(nobody), offers.apply, Apply(world.campaign, Money(100_00, INR)))


def test_a_campaign_with_an_open_deal_does_not_close(world: Engaged) -> None:
    deal = world.offer()
    with pytest.raises(DealsStillOpen):
        world.brand_does(endings.close_campaign, world.campaign, Rest.REFUND)
    world.creator_does(offers.decline, deal)
    assert world.brand_does(endings.close_campaign, world.campaign, Rest.REFUND)


def test_nobody_answers_while_the_bank_decides(world: Engaged) -> None:
    deal = world.offer()
    with begin(world.runtime.database, SYSTEM) as work:
        campaigns.step(work, world.campaign, "freeze")
    with pytest.raises(CampaignFrozen):
        world.creator_does(offers.accept, deal)
    with begin(world.runtime.database, SYSTEM) as work:
        campaigns.step(work, world.campaign, "unfreeze")
    assert world.creator_does(offers.accept, deal)


@pytest.mark.parametrize(("caption", "media", "taken"), [("", 0, False), (" \n", 0, False), ("", 1, True)])
def test_a_draft_is_words_or_a_file(world: Engaged, caption: str, media: int, *, taken: bool) -> None:
    world.agree()
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        file = Cleaned("look.png", "image/png", b"a look")
        own = tuple(world.runtime.tools.media.keep_here(work, file).id for _ in range(media))
    draft = SubmitDraft(world.piece, caption, own)
    if taken:
        assert world.creator_does(pieces.submit_draft, draft)
        return
    with pytest.raises(DraftEmpty):
        world.creator_does(pieces.submit_draft, draft)


def test_where_nothing_is_held_there_is_nothing_to_argue_about(world: Engaged) -> None:
    world.agree()
    with begin(world.runtime.database, SYSTEM) as work:
        _, deal = engine.open_deal(work, world.deal)
        postings.give_back(work, deal, deal.deliverables, "test")
    with pytest.raises(NothingHeld):
        world.creator_does(endings.dispute, world.deal, "not paid")


WORDS: list[Callable[[Engaged, str], object]] = [
    lambda world, why: world.brand_does(endings.ask_to_cancel, world.deal, why),
    lambda world, why: world.brand_does(endings.dispute, world.deal, why),
    lambda world, why: world.brand_does(pieces.request_changes, world.piece, why),
]


@pytest.mark.parametrize("words", [*WORDS, None])
@pytest.mark.parametrize("why", ["", " \t"])
def test_who_stops_something_says_why(
    world: Engaged, words: Callable[[Engaged, str], object] | None, why: str
) -> None:
    world.agree()
    world.creator_does(pieces.submit_draft, SubmitDraft(world.piece, "#ad look"))
    if words is None:  # an answer to a dispute is words as well
        world.brand_does(endings.dispute, world.deal, "not as agreed")
        with pytest.raises(ReasonMissing):
            world.creator_does(endings.answer_dispute, world.deal, why)
        return
    with pytest.raises(ReasonMissing):
        words(world, why)


def test_what_is_not_at_its_stage_is_not_done(world: Engaged) -> None:
    world.agree()
    with begin(world.runtime.database, Actor.person(world.person)) as work, pytest.raises(StepNotPossible):
        posts.publish_in_sandbox(work, world.piece)
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        pieces.submit_draft(work, SubmitDraft(world.piece, "#ad"), shown=seen.piece(work, world.piece))
    with pytest.raises(StepNotPossible):
        world.brand_does(pieces.extend, world.piece, 3)
    with pytest.raises(StepNotPossible):
        world.brand_does(endings.review, world.deal, 5, "well done")


LOOKS: list[Callable[[Work, UUID, UUID], object]] = [
    lambda work, deal, _: deals.get(work, deal),
    lambda work, _, piece: deals.get_by_piece(work, piece),
    lambda work, deal, _: deals.as_shown(work, deal, "x"),
    lambda work, deal, _: deals.side_of(work, deals.get(work, deal)),
    lambda work, deal, _: engine.take(work, "decline", deal, shown="x"),
    lambda work, _, piece: engine.take_piece(work, "approve_draft", piece, shown="x"),
]


@pytest.mark.parametrize("look", LOOKS)
def test_a_deal_is_its_own_parties_only_and_nobody_s_where_there_is_none(
    world: Engaged, look: Callable[[Work, UUID, UUID], object]
) -> None:
    world.agree()
    with begin(world.runtime.database, SYSTEM) as work:
        stranger = people.register(work, "Stranger").id
    with begin(world.runtime.database, Actor.person(stranger)) as work, pytest.raises(DealNotFound):
        look(work, world.deal, world.piece)
    with begin(world.runtime.database, Actor.person(world.brand)) as work, pytest.raises(DealNotFound):
        look(work, uuid4(), uuid4())


def test_a_clock_of_no_deal_says_so_and_one_that_is_gone_does_nothing(world: Engaged) -> None:
    deal = world.offer()
    with begin(world.runtime.database, CLOCK) as work:
        with pytest.raises(DealNotFound):
            clocks.fire(work, uuid4(), uuid4())
        assert not clocks.fire(work, uuid4(), deal)
        assert deals.get(work, deal).state is DealState.OFFERED
