"""Briefs in versions: who is told what, what follows a change, what is asked about, where the money stays."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from core.accounts import people
from core.campaigns import service as campaigns
from core.campaigns.errors import BudgetBelowPaid, CampaignStepNotPossible, DeadlineInThePast
from core.campaigns.schemas import Brief, ChangeCampaign, DeliverableSpec
from core.creators import service as creators
from core.creators.schemas import SaveProfile, SocialAccountView
from core.deals import briefs, endings, offers, pieces
from core.deals import views as deals
from core.deals.briefs import Changed
from core.deals.deal_table import BRIEF_UNANSWERED
from core.deals.errors import AmendmentNotCovered, AmendmentUnpaid, StepNotPossible, WorkHandedIn
from core.deals.models import DealTimer
from core.deals.schemas import Apply, DealView, MakeOffer, SubmitDraft
from core.deals.states import DealState, DeliverableState
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.errors import ShownChanged
from core.kit.money import Money
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import begin
from core.ledger import service as ledger
from core.payments.states import Rest
from runtime.parts import Runtime
from tests import seen
from tests.conftest import promised
from tests.integration.test_races import INR, World
from workers import rounds

REEL, STORY = DeliverableKind.REEL, DeliverableKind.STORY
REEL_AND_STORIES = (DeliverableSpec(REEL), DeliverableSpec(STORY, 2))


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


def change(world: World, budget: int | None = None, shown: str = "", **brief: object) -> Changed:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        campaign = campaigns.get(work, world.campaign)
        money = Money(budget, INR) if budget else campaign.budget
        command = ChangeCampaign(campaign.id, money, replace(campaign.brief, **brief))  # type: ignore[arg-type]
        return briefs.change(work, command, shown=shown or briefs.mark_of(work, campaign))


def accept(world: World, deal_id: UUID, shown: str = "") -> DealView:
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        return offers.accept(work, deal_id, shown=shown or seen.deal(work, deal_id))


def answer(world: World, deal_id: UUID, *, agree: bool, shown: str = "") -> DealView:
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        return briefs.answer(work, deal_id, agree=agree, shown=shown or seen.deal(work, deal_id))


def look(world: World, deal_id: UUID) -> tuple[DealView, Brief, int]:
    """Return a deal, the brief it goes by and what is held for it; the books must balance."""
    with begin(world.runtime.database, SYSTEM) as work:
        assert ledger.violations(work) == []
        deal = deals.get(work, deal_id)
        return (
            deal,
            deals.brief_of(work, deal.campaign_id, deal.brief_number),
            deals.held_for(work, deal).minor,
        )


def notices(world: World) -> list[str]:
    with begin(world.runtime.database, SYSTEM) as work:
        return [str(p.get("notice")) for p in promised(work)]


def test_an_open_offer_follows_the_campaign_and_its_old_accept_agrees_to_nothing(world: World) -> None:
    deal_id = world.offer()
    before, _, _ = look(world, deal_id)
    changed = change(world, dos=("Show the menu",))
    assert (changed.following, changed.asked) == (1, 0)
    with pytest.raises(ShownChanged):
        accept(world, deal_id, shown=before.mark)
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        earlier = deals.as_shown(work, deal_id, before.mark)
    assert earlier is not None
    assert earlier.brief is not None
    assert earlier.brief.dos == (), "what was shown is known, so that it can be said what has changed"
    assert look(world, deal_id)[1].dos == ("Show the menu",)
    assert accept(world, deal_id).state is DealState.AGREED
    assert "brief_changed" in notices(world)


def test_an_agreed_deal_keeps_its_brief_until_its_creator_says_yes(world: World) -> None:
    deal_id = world.offer()
    sealed = accept(world, deal_id).terms_hash
    changed = change(world, deadline=date(2026, 12, 20))
    assert (changed.following, changed.asked) == (0, 1)
    deal, brief, _ = look(world, deal_id)
    assert (deal.brief_number, deal.brief_asked, brief.deadline) == (1, 2, None)
    answer(world, deal_id, agree=True)
    deal, brief, _ = look(world, deal_id)
    assert (deal.brief_number, deal.brief_asked, brief.deadline) == (2, None, date(2026, 12, 20))
    assert deal.terms_hash != sealed, "what is agreed is sealed anew"
    assert {"brief_asked", "brief_agreed"} <= set(notices(world))


def test_a_creator_who_says_no_keeps_what_was_agreed(world: World) -> None:
    deal_id = world.offer()
    accept(world, deal_id)
    change(world, rights="all channels, for ever")
    answer(world, deal_id, agree=False)
    deal, brief, _ = look(world, deal_id)
    assert (deal.brief_number, deal.brief_asked, brief.rights) == (1, None, "")
    with pytest.raises(StepNotPossible):
        answer(world, deal_id, agree=True)


def test_a_yes_to_an_older_change_agrees_to_nothing(world: World) -> None:
    deal_id = world.offer()
    accept(world, deal_id)
    change(world, rights="6 months")
    asked, _, _ = look(world, deal_id)
    change(world, rights="for ever")
    with pytest.raises(ShownChanged):
        answer(world, deal_id, agree=True, shown=asked.mark)
    answer(world, deal_id, agree=True)
    assert look(world, deal_id)[1].rights == "for ever"


def test_whom_the_brand_looks_for_touches_no_deal(world: World) -> None:
    deal_id = world.offer()
    before, _, _ = look(world, deal_id)
    changed = change(world, budget=12_000_00, cities=("Pune",), creators_max=9, text="my own words")
    after, _, _ = look(world, deal_id)
    assert (changed.following, changed.campaign.brief_number, before.mark) == (0, 1, after.mark)
    assert changed.campaign.brief.cities == ("Pune",)


def test_more_pieces_in_an_open_offer_share_its_price_and_what_is_held(world: World) -> None:
    deal_id = world.offer()
    change(world, deliverables=REEL_AND_STORIES)
    deal, _, held = look(world, deal_id)
    assert [piece.kind for piece in deal.deliverables] == [REEL, STORY, STORY]
    assert sum(piece.price.minor for piece in deal.deliverables) == deal.price.minor == held
    change(world, deliverables=(DeliverableSpec(STORY),))
    deal, _, held = look(world, deal_id)
    assert [(piece.kind, piece.ordinal) for piece in deal.deliverables] == [(STORY, 1)]
    assert deal.deliverables[0].price.minor == held == 3_000_00
    assert world.escrow() == 7_000_00
    accept(world, deal_id)
    assert look(world, deal_id)[2] == 3_000_00


def test_an_application_holds_nothing_when_it_follows(world: World) -> None:
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        shown = seen.application(work, world.campaign)
        deal_id = offers.apply(work, Apply(world.campaign, Money(2_000_00, INR)), shown=shown).id
    change(world, deliverables=REEL_AND_STORIES)
    deal, _, held = look(world, deal_id)
    assert (len(deal.deliverables), held) == (3, 0)


def agreed(world: World) -> UUID:
    deal_id = world.offer()
    accept(world, deal_id)
    return deal_id


def hand_in(world: World, piece_id: UUID) -> None:
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        pieces.submit_draft(work, SubmitDraft(piece_id, "#ad tea"), shown=seen.piece(work, piece_id))


def test_more_agreed_pieces_come_with_their_price_when_their_creator_says_yes(world: World) -> None:
    deal_id = agreed(world)
    changed = change(world, deliverables=(DeliverableSpec(REEL, 2),))
    assert (changed.asked, changed.kept) == (1, 0)
    deal, _, held = look(world, deal_id)
    assert (deal.price.minor, held, len(deal.deliverables)) == (3_000_00, 3_000_00, 1), "only asked"
    assert deal.amendment is not None
    assert deal.amendment.price.minor == 6_000_00
    answer(world, deal_id, agree=True)
    deal, _, held = look(world, deal_id)
    assert [(piece.kind, piece.state, piece.price.minor) for piece in deal.deliverables] == [
        (REEL, DeliverableState.DRAFTING, 3_000_00),
        (REEL, DeliverableState.DRAFTING, 3_000_00),
    ]
    assert (deal.price.minor, held, world.escrow(), deal.amendment) == (6_000_00, 6_000_00, 4_000_00, None)
    assert deal.deliverables[1].draft_due_at is not None, "its clocks run"


def test_a_creator_who_says_no_keeps_pieces_price_and_money(world: World) -> None:
    deal_id = agreed(world)
    sealed = look(world, deal_id)[0].terms_hash
    change(world, deliverables=(DeliverableSpec(REEL, 2),))
    answer(world, deal_id, agree=False)
    deal, _, held = look(world, deal_id)
    assert (deal.price.minor, held, len(deal.deliverables)) == (3_000_00, 3_000_00, 1)
    assert (deal.amendment, deal.terms_hash, world.escrow()) == (None, sealed, 7_000_00)


def test_a_piece_that_is_left_out_gives_its_money_back(world: World) -> None:
    change(world, deliverables=(DeliverableSpec(REEL, 2),))
    deal_id = agreed(world)
    change(world, deliverables=(DeliverableSpec(REEL),))
    answer(world, deal_id, agree=True)
    deal, _, held = look(world, deal_id)
    states = sorted(piece.state for piece in deal.deliverables)
    assert states == [DeliverableState.CANCELLED, DeliverableState.DRAFTING]
    assert (deal.price.minor, held, world.escrow()) == (1_500_00, 1_500_00, 8_500_00)


def test_a_piece_for_another_is_paid_from_what_the_first_gives_back(world: World) -> None:
    deal_id = agreed(world)
    change(world, deliverables=(DeliverableSpec(STORY),))
    answer(world, deal_id, agree=True)
    deal, _, held = look(world, deal_id)
    kinds = [piece.kind for piece in deal.deliverables if piece.state is DeliverableState.DRAFTING]
    assert (kinds, deal.price.minor, held) == ([STORY], 3_000_00, 3_000_00)


def test_what_was_handed_in_is_not_left_out(world: World) -> None:
    deal_id = agreed(world)
    hand_in(world, look(world, deal_id)[0].deliverables[0].id)
    changed = change(world, deliverables=(DeliverableSpec(STORY),))
    assert (changed.asked, changed.kept) == (1, 1)
    answer(world, deal_id, agree=True)
    deal, _, held = look(world, deal_id)
    assert ([piece.kind for piece in deal.deliverables], held) == ([REEL], 3_000_00)


def test_what_is_handed_in_after_the_question_is_not_left_out_either(world: World) -> None:
    deal_id = agreed(world)
    change(world, deliverables=(DeliverableSpec(STORY),))
    hand_in(world, look(world, deal_id)[0].deliverables[0].id)
    with pytest.raises(WorkHandedIn):
        answer(world, deal_id, agree=True)
    answer(world, deal_id, agree=False)
    assert [piece.kind for piece in look(world, deal_id)[0].deliverables] == [REEL]


def test_pieces_that_the_campaign_cannot_pay_are_not_asked_for(world: World) -> None:
    deal_id = agreed(world)
    with pytest.raises(AmendmentUnpaid) as refused:
        change(world, deliverables=(DeliverableSpec(REEL, 4),))
    assert refused.value.facts["missing"] == Money(2_000_00, INR)
    deal = look(world, deal_id)[0]
    assert (deal.brief_asked, deal.amendment) == (None, None)


def test_a_yes_after_the_money_has_gone_changes_nothing(world: World) -> None:
    deal_id = agreed(world)
    change(world, deliverables=(DeliverableSpec(REEL, 3),))
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        other = people.register(work, "Another").id
        account = SocialAccountView(Platform.INSTAGRAM, "d", 9_000, 200, None)
        profile = SaveProfile(country="IN", accounts=(account,))
        creator_id = creators.join(work.acting_as(SYSTEM), other, profile).id
        command = MakeOffer(world.campaign, creator_id, Money(5_000_00, INR))
        offers.offer(work, command, shown=seen.campaign(work, world.campaign))
    with pytest.raises(AmendmentNotCovered):
        answer(world, deal_id, agree=True)
    deal, _, held = look(world, deal_id)
    assert (deal.price.minor, held) == (3_000_00, 3_000_00)


def test_the_brand_asks_at_the_prices_that_it_was_shown(world: World) -> None:
    deal_id = agreed(world)
    with begin(world.runtime.database, SYSTEM) as work:
        old = seen.change(work, world.campaign)
    hand_in(world, look(world, deal_id)[0].deliverables[0].id)
    with pytest.raises(ShownChanged):
        change(world, shown=old, deliverables=(DeliverableSpec(REEL, 2),))
    assert look(world, deal_id)[0].brief_asked is None


def test_a_budget_asks_for_no_money_and_is_never_less_than_what_is_paid(world: World) -> None:
    assert change(world, budget=15_000_00).campaign.budget.minor == 15_000_00
    assert world.escrow() == 10_000_00
    with pytest.raises(BudgetBelowPaid):
        change(world, budget=9_000_00)


def test_nothing_is_changed_for_what_was_not_shown(world: World) -> None:
    with begin(world.runtime.database, SYSTEM) as work:
        old = seen.change(work, world.campaign)
    change(world, product="Tea")
    with pytest.raises(ShownChanged):
        change(world, shown=old, product="Coffee")


def test_a_campaign_that_is_closed_does_not_change(world: World) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        endings.close_campaign(work, world.campaign, Rest.CREDIT, shown=seen.closing(work, world.campaign))
    with pytest.raises(CampaignStepNotPossible):
        change(world, product="Tea")


def test_a_deadline_that_has_passed_may_stay_and_is_not_set(world: World) -> None:
    with pytest.raises(DeadlineInThePast):
        change(world, deadline=date(2026, 1, 1))
    with world.runtime.database.engine.begin() as connection:
        passed = """UPDATE campaign SET brief = brief || '{"deadline": "2026-01-01"}'::jsonb"""
        connection.execute(text(passed))
    assert change(world, product="Tea").campaign.brief.product == "Tea"


def test_a_brief_of_before_is_read(world: World) -> None:
    with world.runtime.database.engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE campaign SET brief = brief - 'product' - 'dos' - 'donts' - 'rights' - 'address'"
                " - 'goods' - 'files' - 'files_shared'"
            )
        )
    with begin(world.runtime.database, SYSTEM) as work:
        assert campaigns.get(work, world.campaign).brief.product == ""


def ask(world: World) -> UUID:
    deal_id = world.offer()
    accept(world, deal_id)
    change(world, rights="6 months")
    return deal_id


def test_a_question_that_is_not_answered_ends_and_both_are_told(world: World, clock: SetClock) -> None:
    deal_id = ask(world)
    hours = look(world, deal_id)[0].terms.accept_hours
    clock.advance(timedelta(hours=hours, seconds=-1))
    rounds.fire_timers(world.runtime)
    assert look(world, deal_id)[0].brief_asked == 2
    clock.advance(timedelta(seconds=1))
    rounds.fire_timers(world.runtime)
    deal, brief, _ = look(world, deal_id)
    assert (deal.brief_number, deal.brief_asked, brief.rights) == (1, None, "")
    assert notices(world).count("brief_refused") == 2
    assert BRIEF_UNANSWERED not in timers(world), "it has acted"


def test_a_question_that_is_asked_anew_has_its_whole_time(world: World, clock: SetClock) -> None:
    deal_id = ask(world)
    hours = look(world, deal_id)[0].terms.accept_hours
    clock.advance(timedelta(hours=hours - 1))
    change(world, rights="a year")
    assert timers(world).count(BRIEF_UNANSWERED) == 1
    clock.advance(timedelta(hours=hours - 1))
    rounds.fire_timers(world.runtime)
    assert look(world, deal_id)[0].brief_asked == 3


@pytest.mark.parametrize("agree", [True, False])
def test_an_answer_stops_the_clock_of_its_question(world: World, *, agree: bool) -> None:
    deal_id = ask(world)
    assert BRIEF_UNANSWERED in timers(world)
    answer(world, deal_id, agree=agree)
    assert BRIEF_UNANSWERED not in timers(world)


def test_a_question_outlives_a_dispute_and_ends_with_its_deal(world: World, clock: SetClock) -> None:
    deal_id = ask(world)
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        endings.dispute(work, deal_id, "nothing came", shown=seen.deal(work, deal_id))
    clock.advance(timedelta(days=9))
    rounds.fire_timers(world.runtime)
    assert look(world, deal_id)[0].brief_asked == 2, "it stands still with its deal"
    assert BRIEF_UNANSWERED in timers(world)
    with begin(world.runtime.database, Actor.operator("ops")) as work:
        endings.resolve(work, deal_id, "half done", Money(0, INR), shown=seen.deal(work, deal_id))
    assert BRIEF_UNANSWERED not in timers(world)


def timers(world: World) -> list[str]:
    with begin(world.runtime.database, SYSTEM) as work:
        return [timer.step for timer in work.session.scalars(select(DealTimer))]
