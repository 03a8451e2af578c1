"""The card of a campaign moves with all that it shows: its brief, its money, whom it takes, who looks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from bots.cards import now
from bots.conversation.dialogue import Talk
from bots.phrases.languages import speaking
from core.accounts import chats, members, people, team
from core.accounts.schemas import Identity
from core.accounts.states import Role
from core.campaigns import service as campaigns
from core.campaigns import shortlist
from core.campaigns.schemas import ChangeCampaign, DraftCampaign, Suggestion
from core.campaigns.states import Listed
from core.deals import briefs, endings, pieces
from core.deals import views as deals
from core.deals.schemas import SubmitDraft
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.estimates import Estimate
from core.kit.money import Money
from core.kit.remarks import Remark
from core.kit.work import Work, begin
from core.messaging import cards, outbox
from core.messaging.messages import Address, OutgoingMessage
from core.payments import funding
from core.payments.schemas import FundCampaign
from core.payments.states import Rest
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_living_cards import (
    App,
    accept,
    commands,
    hand_in,
    meet,
    offered,
    pressable,
    say_card,
)
from tests.integration.test_races import INR, RAIL, World

CHAT = Address("telegram", "brand")


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


@pytest.fixture
def app(world: World) -> App:
    return meet(world, App("telegram"))


def as_it_is(world: World, about: str) -> OutgoingMessage:
    """Return the card of a thing as it would be drawn for the brand now."""
    with begin(world.runtime.database, SYSTEM) as work:
        reader = chats.behind(work, *(CHAT.channel, CHAT.chat_id))
        assert reader is not None
        return now.shown(Talk(work, reader, CHAT, world.runtime.tools), about)


def dearer(work: Work, world: World) -> None:
    campaign = campaigns.get(work, world.campaign)
    command = ChangeCampaign(world.campaign, Money(20_000_00, INR), replace(campaign.brief, text="y"))
    briefs.change(work, command, shown=seen.change(work, world.campaign))


def topped_up(work: Work, world: World) -> None:
    paying = FundCampaign(world.campaign, Money(5_000_00, INR), uuid4().hex)
    funding.fund(work, paying, RAIL, shown=seen.funding(work, world.campaign))


def suggested(world: World) -> Suggestion:
    return Suggestion(world.creator, INR, Estimate.known(100_00, Remark("")), 80.0, (), Listed.CHOSEN)


def chosen(work: Work, world: World) -> None:
    shortlist.choose(work, world.campaign, suggested(world))


def found(work: Work, world: World) -> None:
    shortlist.keep(work, world.campaign, [suggested(world)])


def pay(world: World) -> None:
    """Pay whatever checkout of the campaign waits."""
    drain(world.runtime)
    with begin(world.runtime.database, SYSTEM) as work:
        refs = funding.open_checkouts(work, world.campaign)
    for ref in refs:
        world.runtime.rail.pay(ref)
    drain(world.runtime)


@pytest.mark.parametrize("move", [dearer, topped_up, chosen, found])
def test_a_campaigns_card_is_redrawn_with_what_it_shows(
    world: World, app: App, move: Callable[[Work, World], None]
) -> None:
    about = cards.campaign(world.campaign)
    say_card(world, world.brand, CHAT, about)
    card, before = app.rang[-1], app.shown[app.rang[-1]]
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        move(work, world)
    pay(world)
    after = as_it_is(world, about)
    assert after.version != before.version, "the card shows it, or offers something else"
    assert app.shown[card] == after


def test_a_campaigns_card_is_redrawn_when_somebody_is_taken_out(world: World, app: App) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        chosen(work, world)
    about = cards.campaign(world.campaign)
    say_card(world, world.brand, CHAT, about)
    drain(world.runtime)
    card, before = app.rang[-1], app.shown[app.rang[-1]]
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        shortlist.remove(work, world.campaign, world.creator)
    drain(world.runtime)
    assert app.shown[card] == as_it_is(world, about) != before


def test_credit_that_comes_from_one_campaign_is_on_the_cards_of_the_others(world: World, app: App) -> None:
    first = world.campaign
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        brief = campaigns.get(work, first).brief
        command = DraftCampaign(world.workspace, "Second", Money(10_000_00, INR), brief, uuid4().hex)
        world.campaign = campaigns.draft(work, command).id
    world.pay()
    about = cards.campaign(world.campaign)
    say_card(world, world.brand, CHAT, about)
    card, before = app.rang[-1], app.shown[app.rang[-1]]
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        endings.close_campaign(work, first, Rest.CREDIT, shown=seen.closing(work, first))
    drain(world.runtime)
    assert app.shown[card] == as_it_is(world, about)
    assert app.shown[card].version != before.version, "credit is used first"


def test_who_may_do_less_loses_buttons_and_who_left_the_card(world: World, app: App) -> None:
    chat, about = Address("telegram", "mate"), cards.campaign(world.campaign)
    mate = joined(world, Role.MANAGER)
    say_card(world, mate, chat, about)
    card = app.rang[-1]
    assert "edit_campaign" in commands(app.shown[card])
    less(world, mate)
    assert "edit_campaign" not in commands(app.shown[card])
    gone(world, mate)
    assert "10,000" not in app.shown[card].text


def joined(world: World, role: Role) -> UUID:
    """Let somebody join the team as that; returns who."""
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        code = members.invite(work, world.workspace, role)
    with begin(world.runtime.database, SYSTEM) as work:
        mate = chats.recognise(work, Identity("telegram", "mate", "mate"), "Mate").id
        members.join(work.acting_as(Actor.person(mate)), code)
    return mate


def less(world: World, mate: UUID) -> None:
    """Let a member only look from here on."""
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        shown = team.mark_of(work, world.workspace)
        team.change_role(work, world.workspace, mate, Role.VIEWER, shown=shown)
    drain(world.runtime)


def gone(world: World, mate: UUID) -> None:
    with begin(world.runtime.database, Actor.person(mate)) as work:
        team.leave(work, world.workspace)
    drain(world.runtime)


def test_so_do_the_cards_of_its_deals_and_drafts(world: World, app: App) -> None:
    deal_id = offered(world)
    piece_id = accept(world, deal_id)
    hand_in(world, piece_id, "#ad")
    mate, chat = joined(world, Role.MANAGER), Address("telegram", "mate")
    say_card(world, mate, chat, cards.draft(deal_id, piece_id, 1))
    draft = app.rang[-1]
    say_card(world, mate, chat, cards.deal(deal_id))
    card = app.rang[-1]
    drain(world.runtime)
    assert "cancel_deal" in commands(app.shown[card])
    assert commands(app.shown[draft]) == ["approve", "changes"]
    less(world, mate)
    assert commands(app.shown[card]) == ["history"]
    assert "₹" not in app.shown[card].text
    assert not pressable(app.shown[draft])
    assert "Your turn" not in app.shown[draft].text
    edits = list(app.edits)
    with begin(world.runtime.database, SYSTEM) as work:
        outbox.redraw(work, cards.workspace(world.workspace))
    drain(world.runtime)
    assert app.edits == edits, "nothing has changed for anybody"
    gone(world, mate)
    for one in (card, draft):
        assert app.shown[one].text == "This is not open to you any more."
        assert not app.shown[one].buttons


def test_so_does_the_card_of_a_payment(world: World, app: App) -> None:
    mate = joined(world, Role.FINANCE)
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        topped_up(work, world)
    drain(world.runtime)
    with begin(world.runtime.database, SYSTEM) as work:
        about = text("SELECT id FROM funding WHERE state = 'ready'")
        (funding_id,) = work.session.scalars(about)
    say_card(world, mate, Address("telegram", "mate"), cards.checkout(funding_id))
    page = app.rang[-1]
    assert app.shown[page].buttons
    less(world, mate)
    assert app.shown[page].text == "This is not open to you any more."
    assert not app.shown[page].buttons


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.VIEWER, {"history"}),
        (Role.FINANCE, {"history"}),
        (Role.APPROVER, {"history", "message"}),
        (Role.MANAGER, {"history", "message", "cancel_deal", "dispute"}),
    ],
)
def test_a_deals_card_offers_each_role_what_it_may_do(
    world: World, app: App, role: Role, may: set[str]
) -> None:
    deal_id = offered(world)
    accept(world, deal_id)
    say_card(world, joined(world, role), Address("telegram", "mate"), cards.deal(deal_id))
    assert set(commands(app.shown[app.rang[-1]])) == may
    assert ("₹" in app.shown[app.rang[-1]].text) is (role not in {Role.VIEWER, Role.APPROVER})


def test_the_button_for_a_review_goes_when_its_time_is_over(world: World, app: App, clock: SetClock) -> None:
    deal_id = offered(world)
    piece_id = accept(world, deal_id)
    clock.advance(timedelta(days=9))
    drain(world.runtime)
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        pieces.cancel_piece(work, piece_id, shown=seen.piece(work, piece_id))
    drain(world.runtime)
    card = next(r for r, m in app.shown.items() if m.about == cards.deal(deal_id) and "review" in commands(m))
    with begin(world.runtime.database, SYSTEM) as work:
        over = deals.get(work, deal_id).review_until
    assert over is not None
    clock.now = over - timedelta(seconds=1)
    drain(world.runtime)
    assert "review" in commands(app.shown[card])
    clock.now = over
    rang = len(app.rang)
    drain(world.runtime)
    assert not pressable(app.shown[card])
    assert len(app.rang) == rang, "an edit does not ring"


@pytest.mark.parametrize("gets", [0, 1_000_00])
def test_so_it_does_where_an_operator_decided_the_end(
    world: World, app: App, clock: SetClock, gets: int
) -> None:
    deal_id = offered(world)
    accept(world, deal_id)
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        endings.dispute(work, deal_id, "nothing came", shown=seen.deal(work, deal_id))
    with begin(world.runtime.database, Actor.operator("ops")) as work:
        shown = seen.deal(work, deal_id)
        endings.resolve(work, deal_id, "half done", Money(gets, INR), shown=shown)
    drain(world.runtime)
    assert "review" in [c for m in app.shown.values() for c in commands(m)]
    clock.advance(timedelta(days=15))
    drain(world.runtime)
    assert "review" not in [c for m in app.shown.values() for c in commands(m)]


def test_a_campaign_that_is_over_says_what_came_of_it_and_when_to_both_sides(
    world: World, app: App, clock: SetClock
) -> None:
    about = cards.campaign(world.campaign)
    say_card(world, world.brand, CHAT, about)
    of_brand = app.rang[-1]
    say_card(world, world.person, Address("telegram", "asha"), about)
    of_creator = app.rang[-1]
    assert "apply" in commands(app.shown[of_creator])
    clock.now = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        shown = seen.closing(work, world.campaign)
        endings.close_campaign(work, world.campaign, Rest.CREDIT, shown=shown)
    drain(world.runtime)
    assert app.shown[of_brand].text.startswith("**T**: closed by Brand, Mon 30 Nov, ")
    assert not {"fund", "close", "edit_campaign"} & set(commands(app.shown[of_brand]))
    assert app.shown[of_creator].text.startswith("**T** · B: closed by B, Mon 30 Nov, ")
    assert not pressable(app.shown[of_creator])


def test_a_payment_waits_for_its_payer_and_says_when_it_was_paid(world: World, app: App) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        topped_up(work, world)
    drain(world.runtime)
    (page,) = app.find("payment page is ready")
    assert app.shown[page].text.startswith("🟡 Your turn · ")
    pay(world)
    over = app.shown[page]
    assert over.text.startswith("**T**: ₹5,000, paid, ")
    assert over.text.endswith("Asked for by Brand.")
    assert "Your turn" not in over.text
    assert not [button for row in over.buttons for button in row]


def test_a_payment_that_failed_says_so_on_its_card(world: World, app: App) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        topped_up(work, world)
    drain(world.runtime)
    (page,) = app.find("payment page is ready")
    with begin(world.runtime.database, SYSTEM) as work:
        (ref,) = funding.open_checkouts(work, world.campaign)
    failed = replace(world.runtime.rail.read_checkout(ref), state="failed", reason="no funds")
    with begin(world.runtime.database, SYSTEM) as work:
        funding.checkout_seen(work, failed)
    drain(world.runtime)
    assert app.shown[page].text.startswith("**T**: ₹5,000, failed, ")
    assert app.shown[page].text.endswith("Asked for by Brand.")
    assert not [button for row in app.shown[page].buttons for button in row]


def test_a_campaign_that_waits_for_its_money_waits_for_who_may_pay(world: World, app: App) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        brief = campaigns.get(work, world.campaign).brief
        command = DraftCampaign(world.workspace, "Next", Money(10_000_00, INR), brief, uuid4().hex)
        world.campaign = campaigns.draft(work, command).id
    about = cards.campaign(world.campaign)
    say_card(world, world.brand, CHAT, about)
    card = app.rang[-1]
    assert app.shown[card].text.startswith("🟡 Your turn · **Next**")
    world.pay()
    assert app.shown[card].text.startswith("**Next**")


def test_a_creator_who_is_asked_about_a_brief_sees_that_it_is_their_turn(world: World, app: App) -> None:
    deal_id = offered(world)
    piece_id = accept(world, deal_id)
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        pieces.submit_draft(work, SubmitDraft(piece_id, "#ad"), shown=seen.piece(work, piece_id))
    drain(world.runtime)
    (card,) = (r for r, m in app.shown.items() if m.about == cards.deal(deal_id))
    assert "Your turn" not in app.shown[card].text
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        campaign = campaigns.get(work, world.campaign)
        changed = replace(campaign.brief, dos=("show the cup",))
        command = ChangeCampaign(campaign.id, campaign.budget, changed)
        briefs.change(work, command, shown=seen.change(work, world.campaign))
    drain(world.runtime)
    assert app.shown[card].text.startswith("🟡 Your turn · ")
    assert commands(app.shown[card])[:2] == ["brief_yes", "brief_no"]


def test_a_campaigns_card_stands_as_it_is_in_whatever_language(world: World) -> None:
    about = cards.campaign(world.campaign)
    with begin(world.runtime.database, SYSTEM) as work:
        for person in (world.brand, world.person):
            talk = Talk(work, people.person_of(work, person), CHAT, world.runtime.tools)
            versions = set()
            for language in ("en", "es", "hi", "pt"):
                with speaking(language):
                    versions.add(now.shown(talk, about).version)
            assert len(versions) == 1
