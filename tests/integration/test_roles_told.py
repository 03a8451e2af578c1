"""What a brand's people are told has the buttons that each may press, and no others."""

from datetime import timedelta
from uuid import UUID

import pytest

from bots.cards import posts as post_cards
from bots.conversation import tokens
from bots.notices import book
from core.accounts import members, people, team
from core.accounts.states import Role
from core.deals import endings, offers
from core.deals import views as deals
from core.deals.schemas import Apply
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.money import Money
from core.kit.process import Party
from core.kit.work import begin
from core.messaging.messages import OutgoingMessage
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_posts import approved
from tests.integration.test_proofs import claim, on_facebook
from tests.integration.test_races import INR, World


def member(world: World, role: Role) -> UUID:
    """Take somebody into the brand's team."""
    with begin(world.runtime.database, SYSTEM) as work:
        person = people.register(work, f"{role} of theirs").id
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        code = members.invite(work, world.workspace, role)
    with begin(world.runtime.database, Actor.person(person)) as work:
        members.join(work, code)
    return person


def told(
    world: World, reader: UUID | None, notice: str, deal: UUID, **facts: object
) -> list[OutgoingMessage]:
    """Put a notice into words for one of the brand, or for the channel in which all of them read it."""
    known = {"deal_id": str(deal), "campaign_id": str(world.campaign), "to": Party.BRAND, **facts}
    known |= {"reader": str(reader)} if reader else {}
    with begin(world.runtime.database, SYSTEM) as work:
        return book.render(work, world.runtime.tools, notice, known)


def pressable(messages: list[OutgoingMessage]) -> set[str]:
    return {tokens.command_of(b.action) for m in messages for row in m.buttons for b in row if b.action}


def test_an_approver_hears_of_a_price_and_is_not_asked_to_answer_it(runtime: Runtime) -> None:
    world = World(runtime)
    deal = world.offer()
    with begin(runtime.database, Actor.person(world.person)) as work:
        offers.counter(work, deal, Money(3_500_00, INR), shown=seen.deal(work, deal))
    facts = {"price_before_minor": 3_000_00}
    answers = {"accept", "counter", "decline"}
    for role in (Role.MANAGER, Role.OWNER):
        who = world.brand if role is Role.OWNER else member(world, role)
        assert pressable(told(world, who, "counter_received", deal, **facts)) == answers
    assert pressable(told(world, None, "counter_received", deal, **facts)) == answers, "several read it"
    (shown,) = told(world, member(world, Role.APPROVER), "counter_received", deal, **facts)
    assert "Creator" in shown.text
    assert "Your turn" not in shown.text
    assert pressable([shown]) == set()


def test_an_approver_hears_of_an_application_and_is_not_asked_to_answer_it(runtime: Runtime) -> None:
    world = World(runtime)
    with begin(runtime.database, Actor.person(world.person)) as work:
        applied = Apply(world.campaign, Money(3_000_00, INR))
        deal = offers.apply(work, applied, shown=seen.application(work, world.campaign)).id
    assert "accept" in pressable(told(world, world.brand, "application_received", deal))
    assert pressable(told(world, member(world, Role.APPROVER), "application_received", deal)) == set()


def test_who_approves_is_asked_about_posts_and_drafts_and_a_viewer_about_none(runtime: Runtime) -> None:
    world, piece = on_facebook(runtime)
    claim(world, piece)
    with begin(runtime.database, SYSTEM) as work:
        deal = deals.deal_of(work, piece)
    facts = {"deliverable_id": str(piece)}
    approver, viewer = member(world, Role.APPROVER), member(world, Role.VIEWER)
    shown = told(world, approver, "post_to_confirm", deal, **facts)
    assert pressable(shown) == {"confirm_post", "refuse_post"}
    for who in (viewer, world.person):
        with begin(runtime.database, Actor.person(who)) as work:
            looked = post_cards.proof(work, *deals.get_by_piece(work, piece))
        assert pressable([looked]) == set()
        assert "Your turn" not in looked.text


@pytest.mark.parametrize("role", [Role.APPROVER, Role.MANAGER])
def test_what_ends_a_deal_is_asked_of_who_runs_it(runtime: Runtime, clock: SetClock, role: Role) -> None:
    world = World(runtime)
    piece, who = approved(world, runtime), member(world, role)
    with begin(runtime.database, SYSTEM) as work:
        deal = deals.deal_of(work, piece)
    clock.advance(timedelta(days=20))
    drain(runtime)
    facts = {"deliverable_id": str(piece)}
    runs = role is Role.MANAGER
    late = pressable(told(world, who, "deliverable_overdue", deal, **facts))
    assert late == ({"extend", "cancel_piece"} if runs else set())
    more = told(world, who, "more_time_asked", deal, **facts, days=2)
    assert pressable(more) == ({"extend", "message"} if runs else {"message"})
    with begin(runtime.database, Actor.person(world.person)) as work:
        endings.ask_to_cancel(work, deal, "ill", shown=seen.deal(work, deal))
    asked = pressable(told(world, who, "cancel_requested", deal, reason="ill", by="creator"))
    assert asked == ({"cancel_yes", "cancel_no"} if runs else set())


def test_who_left_the_team_hears_no_more_of_its_deals(runtime: Runtime) -> None:
    world = World(runtime)
    deal, gone = world.offer(), member(world, Role.MANAGER)
    with begin(runtime.database, Actor.person(world.person)) as work:
        offers.counter(work, deal, Money(3_500_00, INR), shown=seen.deal(work, deal))
    with begin(runtime.database, Actor.person(world.brand)) as work:
        team.remove(work, world.workspace, gone, shown=team.mark_of(work, world.workspace))
    assert told(world, gone, "counter_received", deal, price_before_minor=3_000_00) == []
