"""The chosen set of a campaign: what is offered is what was shown, and who is left out stays out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from core import migrate
from core.accounts import members
from core.accounts.states import Role
from core.campaigns import briefs, shortlist
from core.campaigns import service as campaigns
from core.campaigns.errors import CampaignStepNotPossible
from core.campaigns.schemas import CampaignView, Suggestion
from core.campaigns.states import Listed
from core.creators import figures, lookup
from core.creators import service as creators
from core.creators.errors import CreatorNotFound
from core.creators.schemas import SaveProfile, SocialAccountView
from core.deals import endings, offers, sets
from core.deals import views as deals
from core.deals.states import DealState, DeliverableState
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.crypto import Keyring
from core.kit.database import connect
from core.kit.errors import ShownChanged
from core.kit.estimates import Estimate
from core.kit.money import Money
from core.kit.remarks import Remark
from core.kit.vocabulary import Platform
from core.kit.work import Work, begin
from core.payments import funding
from core.payments.schemas import FundCampaign
from core.payments.states import Rest
from core.settings import Settings
from runtime import parts
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_posts import posted, state_of
from tests.integration.test_races import INR, RAIL, World, world

__all__ = ["world"]


def suggestion(creator_id: UUID, minor: int = 3_000_00, listed: Listed = Listed.CHOSEN) -> Suggestion:
    price = Estimate(minor, minor // 2, minor * 2, Remark("price_published"))
    return Suggestion(creator_id, INR, price, 0.5, (Remark("similar"),), listed)


def choose(world: World, *found: Suggestion) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        shortlist.keep(work, world.campaign, found)


def campaign_of(work: Work, world: World) -> CampaignView:
    return campaigns.get(work, world.campaign)


def send(world: World, shown: str = "") -> sets.Sent:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        return sets.send(
            work, world.campaign, shown=shown or shortlist.mark_of(work, campaign_of(work, world))
        )


def chosen(world: World) -> list[UUID]:
    with begin(world.runtime.database, SYSTEM) as work:
        return [s.creator_id for s in shortlist.chosen(work, campaign_of(work, world))]


def test_what_is_kept_comes_back_as_it_was(world: World) -> None:
    choose(world, suggestion(world.creator))
    with begin(world.runtime.database, SYSTEM) as work:
        assert shortlist.of_campaign(work, campaign_of(work, world)) == [suggestion(world.creator)]


def test_offers_go_to_the_set_at_the_prices_shown_and_to_nobody_twice(world: World) -> None:
    choose(world, suggestion(world.creator, 2_500_00))
    made = send(world)
    assert [(deal.creator_id, deal.price.minor) for deal in made.made] == [(world.creator, 2_500_00)]
    assert made.refused == ()
    assert world.escrow() == 7_500_00
    assert chosen(world) == []
    assert send(world).made == ()


def remove_her(world: World) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        shortlist.remove(work, world.campaign, world.creator)


@pytest.mark.parametrize(
    "change",
    [
        lambda world: choose(world, suggestion(world.creator, 2_600_00)),
        choose,
        remove_her,
    ],
)
def test_a_set_that_was_shown_otherwise_gets_no_offer(world: World, change: Callable[[World], None]) -> None:
    choose(world, suggestion(world.creator, 2_500_00))
    with begin(world.runtime.database, SYSTEM) as work:
        shown = shortlist.mark_of(work, campaign_of(work, world))
    change(world)
    with pytest.raises(ShownChanged):
        send(world, shown)
    assert world.escrow() == 10_000_00


def test_whoever_is_refused_stays_in_the_set_and_the_others_go_out(world: World) -> None:
    with begin(world.runtime.database, SYSTEM) as work:
        other = creators.join(work, world.person, SaveProfile(name="C")).id
    choose(world, suggestion(other, 11_000_00))
    refused = send(world)
    assert [(who, error.code) for who, error in refused.refused] == [(other, "PriceOutOfRange")]
    assert chosen(world) == [other]


def test_a_search_leaves_out_who_was_taken_out_and_who_has_a_deal(world: World) -> None:
    choose(world, suggestion(world.creator))
    remove_her(world)
    with begin(world.runtime.database, SYSTEM) as work:
        room = sets.room(work, campaign_of(work, world))
        assert world.creator in room.without
        assert (room.budget.minor, room.count) == (10_000_00, 5)
    choose(world)
    with begin(world.runtime.database, SYSTEM) as work:
        assert world.creator in sets.room(work, campaign_of(work, world)).without, "it is remembered"
    world.offer()
    with begin(world.runtime.database, SYSTEM) as work:
        room = sets.room(work, campaign_of(work, world))
        assert (room.budget.minor, room.count) == (7_000_00, 4)


def test_who_said_no_is_left_out_and_their_money_and_place_are_free_again(world: World) -> None:
    deal_id = world.offer()
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        offers.decline(work, deal_id, shown=seen.deal(work, deal_id))
    with begin(world.runtime.database, SYSTEM) as work:
        room = sets.room(work, campaign_of(work, world), [world.brand])
    assert room.without == {world.creator, world.brand}
    assert (room.budget.minor, room.count) == (10_000_00, 5)


def test_what_is_missing_is_what_the_set_costs_beyond_what_is_free(world: World) -> None:
    def missing() -> int:
        with begin(world.runtime.database, SYSTEM) as work:
            campaign = campaign_of(work, world)
            return funding.missing(work, campaign, shortlist.chosen(work, campaign)).minor

    assert missing() == 0
    choose(world, suggestion(world.creator, 9_000_00))
    assert missing() == 0
    choose(world, suggestion(world.creator, 12_500_00))
    assert missing() == 2_500_00


def pay(world: World, minor: int, *, then_offer: bool) -> str:
    """Ask for a checkout; returns its reference."""
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        command = FundCampaign(world.campaign, Money(minor, INR), uuid4().hex, then_offer)
        sets.pay(work, command, RAIL, shown=seen.funding(work, world.campaign))
    drain(world.runtime)
    with begin(world.runtime.database, SYSTEM) as work:
        (ref,) = funding.open_checkouts(work, world.campaign)
    return ref


def offered(world: World) -> list[int]:
    with begin(world.runtime.database, SYSTEM) as work:
        made = deals.of_campaign(work, world.campaign)
        return [deal.price.minor for deal in made if deal.state is DealState.OFFERED]


@pytest.mark.parametrize("then_offer", [True, False])
def test_offers_go_out_with_the_payment_only_where_that_was_wished(world: World, *, then_offer: bool) -> None:
    choose(world, suggestion(world.creator, 9_000_00))
    ref = pay(world, 100_00, then_offer=then_offer)
    assert offered(world) == [], "nothing goes out before it is paid"
    world.runtime.rail.pay(ref)
    drain(world.runtime)
    assert offered(world) == ([9_000_00] if then_offer else [])


def test_a_set_that_changed_before_it_was_paid_gets_no_offer_and_the_money_is_there(world: World) -> None:
    choose(world, suggestion(world.creator, 9_000_00))
    ref = pay(world, 100_00, then_offer=True)
    choose(world, suggestion(world.creator, 9_500_00))
    world.runtime.rail.pay(ref)
    drain(world.runtime)
    assert offered(world) == []
    assert world.escrow() == 10_100_00


def test_who_may_not_run_the_campaign_any_more_sends_nothing_by_paying(world: World) -> None:
    choose(world, suggestion(world.creator, 9_000_00))
    ref = pay(world, 100_00, then_offer=True)
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        code = members.invite(work, world.workspace, Role.FINANCE)
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        members.join(work, code)
    with begin(world.runtime.database, SYSTEM) as work:
        whose = {"person": world.person, "ref": ref}
        work.session.execute(text("UPDATE funding SET asked_by = :person WHERE checkout_ref = :ref"), whose)
    world.runtime.rail.pay(ref)
    drain(world.runtime)
    assert offered(world) == []
    assert world.escrow() == 10_100_00


def test_a_wish_is_given_up_for_what_was_shown_alone(world: World) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        shown = campaign_of(work, world).mark
        with pytest.raises(ShownChanged):
            briefs.relax(work, world.campaign, "cities", shown="x")
        assert briefs.relax(work, world.campaign, "cities", shown=shown).brief.cities == ()


def test_a_campaign_that_is_over_chooses_nobody_and_gives_up_no_wish(world: World) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        endings.close_campaign(work, world.campaign, Rest.CREDIT, shown=seen.closing(work, world.campaign))
    with pytest.raises(CampaignStepNotPossible):
        choose(world, suggestion(world.creator))
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        shown = campaign_of(work, world).mark
        with pytest.raises(CampaignStepNotPossible):
            briefs.relax(work, world.campaign, "cities", shown=shown)


def account(runtime: Runtime, creator_id: UUID) -> SocialAccountView:
    with begin(runtime.database, SYSTEM) as work:
        return creators.get(work, creator_id).accounts[0]


def test_a_network_confirms_followers_and_whoever_rewrites_them_loses_that(
    world: World, runtime: Runtime, clock: SetClock
) -> None:
    assert not account(runtime, world.creator).verified
    piece = posted(world, runtime)
    drain(runtime)
    clock.advance(timedelta(hours=1))
    assert state_of(runtime, piece) is DeliverableState.LIVE
    known = account(runtime, world.creator)
    assert (known.verified, known.followers) == (True, 9_000)
    with begin(runtime.database, SYSTEM) as work:
        same = SaveProfile(accounts=(replace(known, verified=False),))
        creators.join(work, world.person, same)
    assert account(runtime, world.creator).verified, "the same figures are still what was shown"
    with begin(runtime.database, SYSTEM) as work:
        creators.join(work, world.person, SaveProfile(accounts=(replace(known, followers=90_000),)))
    assert not account(runtime, world.creator).verified
    with begin(runtime.database, SYSTEM) as work:
        figures.shown(work, world.creator, Platform.INSTAGRAM, "somebody.else", 5)
        figures.shown(work, world.creator, Platform.TIKTOK, "c", 5)
    assert account(runtime, world.creator).followers == 90_000, "another's account says nothing of this one"


def test_somebody_is_found_by_handle_name_or_first_name_if_they_take_offers(world: World) -> None:
    with begin(world.runtime.database, SYSTEM) as work:
        creators.join(work, world.person, SaveProfile(name="Asha Kulkarni"))
        account = SocialAccountView(Platform.INSTAGRAM, "@asha.eats", 9_000, None, None)
        creators.join(work, world.person, SaveProfile(accounts=(account,)))
        for said in ("@asha.eats", "@ASHA.EATS", "asha", "Asha Kulkarni"):
            assert [c.id for c in lookup.called(work, said)] == [world.creator], said
        for said in ("@asha", "kulkarni", "as", "", "%", "ash%"):
            assert lookup.called(work, said) == [], said
        creators.join(work, world.person, SaveProfile(available=False))
        assert lookup.called(work, "asha") == []
        with pytest.raises(CreatorNotFound):
            creators.get(work, uuid4())


def test_what_was_suggested_before_there_were_sets_is_kept(
    url_of_an_old_database: str, clock: SetClock, tmp_path: Path
) -> None:
    database = connect(url_of_an_old_database, clock, Keyring("k"))
    settings = Settings(_env_file=None, state_dir=tmp_path, secret_keys=SecretStr("k"))
    world = World(parts.build(settings, database))
    choose(world, suggestion(world.creator))
    migrate.downgrade(database.engine, "0044_utm_apart")
    reasons = '[{"code": "influence", "facts": {"score": 90}}, {"code": "similar", "facts": {}}]'
    with database.engine.begin() as connection:
        before = connection.execute(
            text("SELECT price_estimated, in_best_set FROM campaign_suggestion")
        ).one()
        connection.execute(text("UPDATE campaign_suggestion SET reasons = :r"), {"r": reasons})
    assert tuple(before) == (True, True)
    migrate.upgrade(database.engine)
    with begin(database, SYSTEM) as work:
        assert shortlist.of_campaign(work, campaign_of(work, world)) == [suggestion(world.creator)]
    database.engine.dispose()
