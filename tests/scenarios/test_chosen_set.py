"""Who is on the list is looked at, changed and paid for: by buttons and by typing, before any money moves."""

import re
from datetime import timedelta

import pytest

from core.campaigns import service as campaigns
from core.campaigns import shortlist
from core.creators import service as creators
from core.deals import views as deals
from core.deals.states import DealState
from core.kit.actors import SYSTEM
from core.kit.work import begin
from core.ledger import service as ledger
from core.messaging.messages import Role
from core.payments import books
from market.stage import Stage
from runtime.parts import Runtime
from tests.scenarios.test_consent import button, newest
from tests.scenarios.test_side_roads import agree, offered

BRIEF = "3 food creators in Pune, 1 reel each, 20k INR #ChaiTime"


def begun(stage: Stage, brief: str = BRIEF) -> None:
    stage.say("brand", brief)
    stage.press("brand", "Save and find")


def chosen(runtime: Runtime) -> list[str]:
    """Return whom the newest campaign chose, by name."""
    with begin(runtime.database, SYSTEM) as work:
        (campaign,) = campaigns.newest(work, 1)
        ids = [s.creator_id for s in shortlist.chosen(work, campaign)]
        people = creators.many(work, ids)
        return [people[creator_id].name for creator_id in ids]


def offers(runtime: Runtime) -> dict[str, int]:
    """Return the open offers of the newest campaign: their prices by name."""
    with begin(runtime.database, SYSTEM) as work:
        assert ledger.violations(work) == []
        (campaign,) = campaigns.newest(work, 1)
        made = [d for d in deals.of_campaign(work, campaign.id) if d.state is DealState.OFFERED]
        people = creators.many(work, [d.creator_id for d in made])
        return {people[d.creator_id].name: d.price.minor for d in made}


def primary(stage: Stage, who: str) -> list[str]:
    """Return the buttons of the newest message that are the act due."""
    rows = stage.heard(who)[-1].message.buttons
    return [button.label for row in rows for button in row if button.role is Role.PRIMARY]


def test_of_a_menu_nothing_is_due(stage: Stage) -> None:
    stage.say("brand", "menu")
    stage.say("asha", "menu")
    assert primary(stage, "brand") == primary(stage, "asha") == []


def free(runtime: Runtime) -> int:
    with begin(runtime.database, SYSTEM) as work:
        (campaign,) = campaigns.newest(work, 1)
        return books.escrow_of(work, campaign).minor


def test_a_sentence_becomes_offers_in_four_acts_and_what_is_paid_is_what_is_offered(
    stage: Stage, runtime: Runtime
) -> None:
    stage.say("brand", BRIEF)
    stage.press("brand", "Save and find")
    assert "You pay ₹10,100: ₹8,888 for them, ₹1,212 for us" in newest(stage, "brand")
    stage.press("brand", "Pay ₹10,100 and send 3 offers")
    stage.press("brand", "Pay with play money")
    assert sum(offers(runtime).values()) == 10_100_00
    assert len(offers(runtime)) == 3
    assert free(runtime) == 0
    assert "is funded** with ₹10,100" in stage.last("brand", "3 offers are out")
    assert stage.last("asha", "Offer from Kala Chai")


def test_of_two_the_other_one_is_the_next(stage: Stage) -> None:
    begun(stage)
    stage.say("brand", "remove 3")
    stage.say("brand", "who is 1?")
    card = stage.heard("brand")[-1].message
    actions = [button.action for row in card.buttons for button in row]
    assert "1 of 2" in card.text
    assert len(set(actions)) == len(actions)


def test_a_creator_is_looked_at_compared_and_explained_before_anything_is_paid(stage: Stage) -> None:
    begun(stage)
    assert primary(stage, "brand") == ["Pay ₹10,100 and send 3 offers"]
    stage.press("brand", "Look at each")
    first = newest(stage, "brand")
    for words in ("1 of 3", "@", "on Instagram", "Price:", "Why:", "Influence Score", "No post is known yet"):
        assert words in first, words
    assert "◌" in first, "what somebody said of themselves looks unlike what a network has shown"
    stage.press("brand", "Next")
    assert "2 of 3" in newest(stage, "brand")
    stage.press("brand", "Previous")
    assert "1 of 3" in newest(stage, "brand")
    stage.press("brand", "Why?")
    assert "Reliability" in newest(stage, "brand") or "reliability" in newest(stage, "brand").lower()
    stage.say("brand", "who is Ravi?")
    assert "Ravi Deshmukh" in newest(stage, "brand")
    stage.say("brand", "why him?")
    assert "**Why Ravi Deshmukh?**" in newest(stage, "brand")
    stage.say("brand", "compare 1 and 3")
    assert newest(stage, "brand").count("give or take") + newest(stage, "brand").count("between") >= 2
    assert "**–" not in newest(stage, "brand")
    assert button(stage, "brand", "The whole set")
    stage.say("brand", "more like Ravi")
    assert stage.last("brand", "Most like Ravi Deshmukh") or stage.last("brand", "Nobody else who fits")


@pytest.mark.parametrize("words", ["remove {}", "drop {}", "take out {}", "quitar {}"])
def test_whoever_is_taken_out_is_neither_paid_for_nor_offered_and_never_comes_back(
    stage: Stage, runtime: Runtime, words: str
) -> None:
    begun(stage)
    gone = chosen(runtime)[1]
    old = button(stage, "brand", "Pay ₹10,100")
    stage.say("brand", words.format(gone.split()[0]))
    assert gone not in chosen(runtime)
    assert len(chosen(runtime)) == 2
    stage.press_action("brand", old, "Pay ₹10,100 and send 3 offers")
    assert "so nothing was done" in newest(stage, "brand", 2), "the amount shown is the amount asked"
    stage.press("brand", "Pay ₹")
    stage.press("brand", "Pay with play money")
    assert gone not in offers(runtime)
    assert len(offers(runtime)) == 2
    assert free(runtime) == 0
    stage.say("brand", "find another")
    assert gone not in chosen(runtime)


def test_in_hindi_too_and_with_the_name_in_any_letters(stage: Stage, runtime: Runtime) -> None:
    begun(stage)
    gone = chosen(runtime)[1]
    stage.say("brand", f"हटाओ {gone.split()[0].upper()}")
    assert gone not in chosen(runtime)


def test_a_removal_is_taken_back_and_a_number_is_a_place_of_the_list(stage: Stage, runtime: Runtime) -> None:
    begun(stage)
    before = chosen(runtime)
    stage.say("brand", "drop 3")
    assert chosen(runtime) == before[:2]
    stage.press("brand", f"Put {before[2]} back")
    assert chosen(runtime) == before


def test_a_swap_brings_the_next_best_and_one_who_is_named_can_be_added(
    stage: Stage, runtime: Runtime
) -> None:
    begun(stage, "1 food creator in Pune, 1 reel, 20k INR #ChaiTime")
    (before,) = chosen(runtime)
    stage.say("brand", "swap 1")
    (after,) = chosen(runtime)
    assert after != before
    assert f"{before} is out" in newest(stage, "brand", 2)
    stage.say("brand", f"add {before}")
    assert set(chosen(runtime)) == {before, after}
    stage.say("brand", "remove Nobody-At-All")
    assert set(chosen(runtime)) == {before, after}, "words that name nobody change nothing"


def test_words_that_name_nobody_are_no_command(stage: Stage) -> None:
    begun(stage)
    stage.say("brand", "why was my payment refused?")
    assert "Why" not in newest(stage, "brand").split("\n")[0]


def test_a_cheaper_set_costs_less(stage: Stage, runtime: Runtime) -> None:
    begun(stage)
    stage.say("brand", "cheaper")
    assert stage.last("brand", "instead of ₹10,100") or stage.last("brand", "Nobody fits for much less")
    if stage.last("brand", "instead of ₹10,100"):
        assert "10,100 and send" not in newest(stage, "brand")
    assert chosen(runtime)


def test_who_declined_leads_to_another_and_is_not_proposed_again(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    names = set(offers(runtime))
    stage.press("meera", "Decline")
    stage.press("meera", "Skip")
    assert "declined ChaiTime" in newest(stage, "brand")
    stage.press("brand", "Find another")
    assert not names & set(chosen(runtime)), "neither those who are out nor who said no"
    stage.say("brand", "match")
    assert not names & set(chosen(runtime))


def test_silence_leads_to_another_too(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    names = set(offers(runtime))
    stage.advance(timedelta(hours=73))
    assert "did not answer" in stage.last("brand", "did not answer")
    stage.press("brand", "Find another")
    assert not names & set(chosen(runtime))


def test_a_wish_is_given_up_by_a_button_and_every_other_one_stays(stage: Stage, runtime: Runtime) -> None:
    begun(stage, "3 food creators in Nagpur, 1 reel each, 20k INR, who speak Marathi #ChaiTime")
    assert "Outside Nagpur I'd find" in newest(stage, "brand")
    stage.press("brand", "Outside Nagpur too")
    assert set(chosen(runtime)) == {"Ravi Deshmukh", "Asha Kulkarni"}, "those who speak Marathi"
    with begin(runtime.database, SYSTEM) as work:
        (campaign,) = campaigns.newest(work, 1)
    assert campaign.brief.cities == ()
    assert campaign.brief.languages == ("mr",)
    assert campaign.budget.minor == 20_000_00


def test_a_reserve_is_a_choice_and_the_offers_may_wait(stage: Stage, runtime: Runtime) -> None:
    begun(stage)
    stage.press("brand", "Another amount")
    stage.press("brand", "₹11,110: with a tenth in reserve")
    stage.press("brand", "Only pay now")
    assert "offers go" not in newest(stage, "brand")
    stage.press("brand", "Go to payment")
    stage.press("brand", "Pay with play money")
    assert offers(runtime) == {}
    stage.press("brand", "Creators")
    stage.press("brand", "Send 3 offers")
    assert sum(offers(runtime).values()) == 10_100_00
    assert free(runtime) == 1_010_00


def test_a_deal_whose_every_piece_is_cancelled_has_finished_nothing(stage: Stage) -> None:
    agree(stage)
    stage.advance(timedelta(days=10), timedelta(days=1))
    stage.press("brand", "Cancel reel")
    stage.press("brand", "Cancel this piece")
    assert not stage.last("brand", "has finished everything")
    assert stage.last("brand", "**Everything of Asha Kulkarni** in ChaiTime was cancelled")
    assert stage.last("asha", "**Everything of yours** for ChaiTime was cancelled")
    stage.press("brand", "Find another")
    assert stage.last("brand", "would be next")


def test_trying_a_payment_again_asks_for_the_same_amount(stage: Stage, runtime: Runtime) -> None:
    begun(stage)
    stage.press("brand", "Another amount")
    stage.press("brand", "₹11,110")
    stage.press("brand", "Only pay now")
    stage.press("brand", "Go to payment")
    pages = [
        b.url for h in stage.heard("brand") for row in h.message.buttons for b in row if "checkout" in b.url
    ]
    runtime.rail.pay(pages[-1].rsplit("/", 1)[-1], decline=True)
    stage.settle()
    stage.press("brand", "Try again: ₹11,110")
    stage.press("brand", "Only pay now")
    assert "Amount: ₹11,110" in newest(stage, "brand")


def test_a_personal_word_goes_with_the_offers(stage: Stage, runtime: Runtime) -> None:
    begun(stage)
    stage.press("brand", "Another amount")
    stage.say("brand", "10,100")
    for label in ("Only pay now", "Go to payment", "Pay with play money", "Creators", "Add a personal word"):
        stage.press("brand", label)
    stage.say("brand", "We loved your chai reel!")
    stage.press("brand", "Send offers")
    assert len(offers(runtime)) == 3
    assert "We loved your chai reel!" in stage.last("asha", "Offer from")


def test_a_swap_stays_within_the_budget(stage: Stage, runtime: Runtime) -> None:
    begun(stage, "2 food creators in Pune, 1 reel each, 6,000 INR #ChaiTime")
    for _ in range(4):
        stage.say("brand", "swap 1")
        with begin(runtime.database, SYSTEM) as work:
            (campaign,) = campaigns.newest(work, 1)
            cost = shortlist.cost(campaign, shortlist.chosen(work, campaign))
        assert cost <= campaign.budget


def test_one_who_is_named_is_added_from_anywhere(stage: Stage, runtime: Runtime) -> None:
    begun(stage, "1 food creator in Nagpur, 1 reel, 20k INR #ChaiTime")
    assert chosen(runtime) == []
    stage.say("brand", "add Asha Kulkarni")
    assert chosen(runtime) == ["Asha Kulkarni"]
    assert "Pay ₹" in newest(stage, "brand")


def test_a_viewer_looks_and_changes_nothing(stage: Stage, runtime: Runtime) -> None:
    begun(stage)
    before = chosen(runtime)
    stage.say("brand", "team")
    stage.press("brand", "Invite")
    stage.press("brand", "Viewer")
    code = re.findall(r"\*\*join (\w+)\*\*", stage.last("brand", "Give this code"))[0]
    stage.say("colleague", f"join {code}")
    stage.say("colleague", "shortlist")
    assert "3 creators" in newest(stage, "colleague")
    assert "Pay" not in newest(stage, "colleague").partition("[")[2]
    for words in ("remove 1", "swap 1", "match", "add Ravi", "cheaper", "find another"):
        stage.say("colleague", words)
    assert chosen(runtime) == before


def test_those_who_finished_a_deal_are_invited_again(stage: Stage, runtime: Runtime) -> None:
    agree(stage)
    stage.press("asha", "Hand in reel")
    stage.say("asha", "#ad Chai at four #ChaiTime")
    for who, label in (
        ("asha", "Skip"),
        ("asha", "Send draft"),
        ("brand", "Approve"),
        ("asha", "Post it on the sandbox"),
        ("asha", "Submit this link"),
    ):
        stage.press(who, label)
    stage.advance(timedelta(days=9), timedelta(days=1))
    begun(stage, "1 fitness creator in Pune, 1 reel, 20k INR #Second")
    stage.say("brand", "invite again")
    stage.press("brand", "Asha Kulkarni")
    assert "Asha Kulkarni" in chosen(runtime)
    stage.say("brand", "who is Asha?")
    shown = newest(stage, "brand")
    assert "Posts made here:" in shown
    assert "/sandbox/network/p/" in shown
    assert "✓ 12,400 followers, verified by its network" in shown
