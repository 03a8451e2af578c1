"""A piece of work goes where the brief says for it alone: deals, offers and changes keep to that."""

from dataclasses import replace
from uuid import UUID

import pytest

from core.campaigns import briefs as campaign_briefs
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, DeliverableSpec
from core.creators import service as creators
from core.creators.schemas import SaveProfile, SocialAccountView
from core.deals import offers
from core.deals.errors import NoAccountThere
from core.deals.schemas import Apply
from core.kit.actors import SYSTEM, Actor
from core.kit.money import Money
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import begin
from retrieval.index.columns import Columns
from runtime.parts import Runtime
from tests import seen
from tests.integration.test_briefs import accept, answer, change, look
from tests.integration.test_races import INR, World

POST, REEL = DeliverableKind.POST, DeliverableKind.REEL
LINKEDIN, INSTAGRAM, FACEBOOK = Platform.LINKEDIN, Platform.INSTAGRAM, Platform.FACEBOOK
BOTH = (DeliverableSpec(POST, 2, LINKEDIN), DeliverableSpec(REEL))


@pytest.fixture
def world(runtime: Runtime) -> World:
    found = World(runtime)
    change(found, deliverables=BOTH)
    return found


def join(world: World, *platforms: Platform) -> None:
    """Let the creator say where else she is."""
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        accounts = tuple(SocialAccountView(each, "c", 9_000, 200, None) for each in (INSTAGRAM, *platforms))
        creators.join(work, world.person, SaveProfile(country="IN", accounts=accounts))


def where(world: World, deal_id: UUID) -> list[tuple[DeliverableKind, Platform]]:
    deal, _, _ = look(world, deal_id)
    return [(piece.kind, piece.platform) for piece in deal.deliverables]


def test_who_has_no_account_there_is_neither_offered_it_nor_applies(world: World) -> None:
    with pytest.raises(NoAccountThere) as refused:
        world.offer()
    assert refused.value.facts["network"] == "LinkedIn"
    with begin(world.runtime.database, Actor.person(world.person)) as work, pytest.raises(NoAccountThere):
        offers.apply(
            work, Apply(world.campaign, Money(3_000_00, INR)), shown=seen.application(work, world.campaign)
        )
    join(world, LINKEDIN)
    assert where(world, world.offer()) == [(POST, LINKEDIN), (POST, LINKEDIN), (REEL, INSTAGRAM)]


def test_who_has_no_account_there_is_not_found(world: World) -> None:
    join(world, FACEBOOK)
    brief = Brief("", deliverables=BOTH)
    columns = Columns()

    def fits(wished: Brief) -> list[bool]:
        with begin(world.runtime.database, SYSTEM) as work:
            columns.put(0, creators.get(work, world.creator))
        return [bool(one) for one in columns.wishes(wished)["platforms"]()]

    assert fits(brief) == [False]
    assert fits(replace(brief, platforms=(INSTAGRAM,))) == [False]
    join(world, LINKEDIN)
    assert fits(brief) == [True]
    assert fits(replace(brief, platforms=(Platform.YOUTUBE,))) == [False]


def test_an_open_offer_follows_a_piece_to_another_place(world: World) -> None:
    join(world, LINKEDIN, FACEBOOK)
    deal = world.offer()
    change(world, deliverables=(DeliverableSpec(POST, 1, LINKEDIN), DeliverableSpec(POST, 1, FACEBOOK)))
    assert sorted(where(world, deal)) == sorted([(POST, LINKEDIN), (POST, FACEBOOK)])


def test_an_agreed_piece_goes_elsewhere_when_its_creator_says_yes(world: World) -> None:
    join(world, LINKEDIN, FACEBOOK)
    deal = world.offer()
    accept(world, deal)
    change(world, deliverables=(DeliverableSpec(POST, 2, FACEBOOK), DeliverableSpec(REEL)))
    assert where(world, deal)[0] == (POST, LINKEDIN)
    answer(world, deal, agree=True)
    assert where(world, deal) == [(POST, FACEBOOK), (POST, FACEBOOK), (REEL, INSTAGRAM)]


def test_another_piece_at_a_place_of_its_own_comes_with_its_price(world: World) -> None:
    join(world, LINKEDIN, FACEBOOK)
    deal = world.offer()
    accept(world, deal)
    change(world, deliverables=(*BOTH, DeliverableSpec(POST, 1, FACEBOOK)))
    answer(world, deal, agree=True)
    found, _, held = look(world, deal)
    assert where(world, deal)[-1] == (POST, FACEBOOK)
    assert held == found.price.minor == 4_000_00


def test_who_gives_up_the_platforms_lets_every_piece_go_anywhere(world: World) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        campaign = campaigns.get(work, world.campaign)
        found = campaign_briefs.relax(work, campaign.id, "platforms", shown=campaign.mark)
    assert found.brief.own_places == frozenset()


def test_a_place_is_kept_with_its_campaign(world: World) -> None:
    with begin(world.runtime.database, SYSTEM) as work:
        assert campaigns.get(work, world.campaign).brief.deliverables == BOTH
