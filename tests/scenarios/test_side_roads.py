"""The talks beside the main road: teams, agencies, applications, cancelling, more days, erasure, a person."""

import re
from dataclasses import replace
from datetime import timedelta

from core.accounts import chats, members
from core.campaigns import service as campaigns
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SandboxClock
from core.kit.money import Money
from core.kit.work import begin
from core.payments import funding
from core.payments.schemas import FundCampaign
from market.stage import Stage
from runtime.parts import Runtime

BRIEF = "3 food creators in Pune, 1 reel each, 20k INR #ChaiTime"


def fund(stage: Stage) -> None:
    """Pay the whole budget, and send nothing yet."""
    stage.say("brand", BRIEF)
    stage.press("brand", "Save and find")
    pay_whole_budget(stage)


def pay_whole_budget(stage: Stage) -> None:
    stage.press("brand", "Another amount")
    stage.say("brand", "20,000")
    for label in ("Only pay", "Go to payment", "Pay with play money"):
        stage.press("brand", label)


def offered(stage: Stage) -> None:
    fund(stage)
    stage.say("brand", "send offers")
    stage.press("brand", "Send 3 offers")


def agree(stage: Stage) -> None:
    offered(stage)
    stage.press("asha", "Accept")
    stage.press("asha", "Agree")


def test_a_colleague_joins_by_code_and_may_do_what_the_role_says(stage: Stage) -> None:
    stage.say("brand", "team")
    stage.press("brand", "Invite")
    stage.press("brand", "Viewer")
    code = re.findall(r"\*\*join (\w+)\*\*", stage.last("brand", "Give this code"))[0]
    stage.say("colleague", f"join {code}")
    assert stage.last("colleague", "Welcome to the team of **Kala Chai**")
    stage.say("colleague", f"join {code}")
    assert stage.last("colleague", "unknown, used or too old")
    stage.say("colleague", "campaigns")
    stage.say("colleague", BRIEF)
    assert not stage.last("colleague", "I understood")
    fund(stage)
    stage.say("colleague", "fund")
    stage.press("colleague", "Go to payment") if stage.last("colleague", "Pay into ChaiTime") else None
    assert not stage.last("colleague", "preparing the payment page")


def test_an_agency_runs_campaigns_for_a_client(stage: Stage) -> None:
    stage.say("agency", "hi")
    stage.press("agency", "I'm a brand")
    stage.say("agency", "Big Ideas")
    stage.press("agency", "An agency")
    stage.say("agency", "India")
    stage.press("agency", "INR")
    stage.press("agency", "Open workspace")
    stage.say("agency", "add client")
    stage.say("agency", "Tiny Teas")
    assert stage.last("agency", "**Tiny Teas** is added")
    stage.say("agency", BRIEF)
    stage.press("agency", "Tiny Teas")
    stage.press("agency", "Save and find")
    assert "(for Tiny Teas)" in stage.last("agency", "fitting creators")
    stage.say("agency", "campaigns")
    assert "(for Tiny Teas)" in stage.last("agency", "No offers yet")


def test_an_application_is_answered(stage: Stage) -> None:
    fund(stage)
    stage.say("meera", "find work")
    stage.press("meera", "Apply")
    stage.say("meera", "4,200")
    stage.say("meera", "I bake with tea.")
    stage.press("meera", "Apply")
    card = stage.last("brand", "would like to join")
    assert "₹4,200" in card
    assert "Influence Score" in card
    stage.press("brand", "Accept ₹4,200")
    assert stage.last("meera", "It's a deal")


def test_both_agree_to_cancel_and_the_money_comes_back(stage: Stage) -> None:
    agree(stage)
    stage.say("asha", "work")
    stage.press("asha", "Ask to cancel")
    stage.say("asha", "My phone is broken.")
    stage.press("asha", "Ask to cancel")
    stage.press("brand", "Go on with the deal")
    assert stage.last("asha", "wants to go on")
    stage.say("asha", "work")
    stage.press("asha", "Ask to cancel")
    stage.say("asha", "It is really broken.")
    stage.press("asha", "Ask to cancel")
    stage.press("brand", "Agree to cancel")
    assert stage.last("brand", "₹3,000 went back to the campaign")
    assert stage.last("asha", "is cancelled")


def test_overdue_work_gets_more_days_or_is_cancelled(stage: Stage) -> None:
    agree(stage)
    stage.advance(timedelta(days=10), timedelta(days=1))
    assert stage.last("asha", "is overdue")
    stage.press("brand", "More days")
    stage.say("brand", "3")
    assert stage.last("asha", "gives you more time")
    stage.advance(timedelta(days=6), timedelta(days=1))
    stage.press("brand", "Cancel reel")
    stage.press("brand", "Cancel this piece")
    assert stage.last("asha", "₹3,000 went back to the campaign")
    stage.say("brand", "close campaign")
    stage.press("brand", "Keep as credit")
    stage.press("brand", "Close campaign")
    assert stage.last("brand", "is now credit")
    stage.say("brand", BRIEF)
    stage.press("brand", "Save and find")
    assert "comes from your workspace credit" in stage.last("brand", "fitting creators")


def test_a_creator_pauses_changes_a_rate_and_is_forgotten(stage: Stage) -> None:
    stage.say("asha", "rate")
    stage.press("asha", "Post")
    stage.say("asha", "2,400")
    assert stage.last("asha", "Noted: ₹2,400 for one post")
    stage.say("asha", "pause")
    stage.say("asha", "profile")
    assert "not taking offers" in stage.last("asha", "Influence Score")
    stage.say("asha", "delete my data")
    stage.say("asha", "yes")
    assert stage.last("asha", "To delete everything write")
    stage.say("asha", "delete my data")
    assert stage.last("asha", "delete everything about you")
    stage.press("asha", "Stop it")
    assert stage.last("asha", "Stopped")
    stage.advance(timedelta(days=4))
    stage.say("asha", "profile")
    assert stage.last("asha", "Influence Score"), "she took it back"
    for _ in range(2):
        stage.say("asha", "delete my data")
    stage.say("asha", "delete my data")
    assert stage.last("asha", "is to be deleted on")
    stage.advance(timedelta(days=3))
    stage.say("asha", "hello")
    assert "Kulkarni" not in " ".join(line.message.text for line in stage.heard("asha"))
    stage.say("brand", BRIEF)
    stage.press("brand", "Save and find")
    assert "Asha Kulkarni" not in stage.last("brand", "fitting creators")


def test_a_person_of_the_marketplace_answers(stage: Stage) -> None:
    stage.say("ravi", "human")
    stage.say("ravi", "Is this you who wrote to me on another app?")
    waiting = stage.operator("GET", "/overview")["support"]
    stage.operator("POST", f"/support/{waiting[0]['id']}/answer", {"text": "No. We never ask for codes."})
    stage.settle()
    assert stage.last("ravi", "We never ask for codes.")


def test_notices_go_to_the_chat_she_chose(stage: Stage) -> None:
    stage.say("asha", "link")
    code = re.findall(r"\*\*link (\w+)\*\*", stage.last("asha", "another chat app"))[0]
    stage.say("asha-at-work", f"link {code}")
    stage.press("asha-at-work", "Yes, that's me")
    stage.press("asha", "Yes, that's me")
    stage.say("asha", "notices here")
    stage.say("asha-at-work", "hi")
    offered(stage)
    assert stage.last("asha", "Offer from Kala Chai")
    assert not stage.last("asha-at-work", "Offer from Kala Chai")
    stage.say("asha", "stop")
    stage.press("asha-at-work", "Offers")
    assert stage.last("asha-at-work", "Offer from Kala Chai"), "what she asks is answered anywhere"


def test_one_person_two_doors(stage: Stage) -> None:
    stage.say("ravi", "link")
    code = re.findall(r"\*\*link (\w+)\*\*", stage.last("ravi", "To bring another"))[0]
    stage.say("elsewhere", f"link {code}")
    assert "**Ravi Deshmukh** asked for this code" in stage.last("elsewhere", "asked for this code")
    stage.press("elsewhere", "Yes, that's me")
    stage.say("elsewhere", "profile")
    assert not stage.last("elsewhere", "Food"), "nothing went over before both said yes"
    stage.press("ravi", "Yes, that's me")
    assert stage.last("elsewhere", "is linked now")
    stage.say("elsewhere", "profile")
    assert stage.last("elsewhere", "Ravi Deshmukh")
    stage.say("ravi", "undo link")
    assert stage.last("elsewhere", "was taken back")
    assert stage.last("ravi", "was taken back")


def test_an_account_with_a_profile_is_merged_by_that_name_or_not_at_all(stage: Stage) -> None:
    stage.say("elsewhere", "link")
    code = re.findall(r"\*\*link (\w+)\*\*", stage.last("elsewhere", "To bring another"))[0]
    stage.say("ravi", f"link {code}")
    assert stage.last("ravi", "of its own")
    stage.press("ravi", "Put both together")
    assert "With the chat go its profile" in stage.last("ravi", "asked for this code")
    stage.press("ravi", "Yes, that's me")
    stage.press("elsewhere", "✕ No")
    assert stage.last("ravi", "said no")
    stage.say("ravi", "profile")
    assert stage.last("ravi", "Ravi Deshmukh")


def test_a_brand_hears_a_summary_as_often_as_it_wants(stage: Stage) -> None:
    def summed_up() -> list[str]:
        return [h.message.text for h in stage.heard("brand") if "summed up" in h.message.text]

    stage.advance(timedelta(days=8))
    assert summed_up() == [], "nothing waits and nothing runs: nothing is said"
    agree(stage)
    stage.advance(timedelta(days=8))
    assert len(summed_up()) == 1
    assert "1 deal runs" in summed_up()[0]
    stage.say("brand", "summary")
    stage.press("brand", "Never")
    stage.advance(timedelta(days=5))
    assert len(summed_up()) == 1


def test_a_creator_hears_everything_in_her_language(stage: Stage) -> None:
    stage.say("asha", "idioma")
    stage.say("asha", "español")
    assert stage.last("asha", "Desde ahora hablo español")
    offered(stage)
    offer = stage.last("asha", "**Oferta de Kala Chai")
    assert "1 reel" in offer
    assert "para ti" in offer
    assert "Tu respuesta: 3 días de plazo" in offer
    stage.say("asha", "aceptar")
    stage.say("asha", "sí")
    assert stage.last("asha", "¡Trato hecho!")
    stage.say("asha", "dinero")
    assert "en trabajo, retenido para ti" in stage.last("asha", "Tu dinero")
    assert stage.last("brand", "accepted"), "the brand still hears English"


def test_money_that_came_meanwhile_is_asked_about_before_a_campaign_closes(
    stage: Stage, runtime: Runtime
) -> None:
    fund(stage)
    stage.say("brand", "close campaign")
    stage.press("brand", "Keep as credit")
    assert "₹20,000 becomes credit" in stage.last("brand", "**Close ChaiTime**")
    with begin(replace(runtime.database, clock=SandboxClock()), SYSTEM) as work:
        brand = chats.find_by_identity(work, "web", "brand")
        assert brand is not None
        own = work.acting_as(Actor.person(brand.id))
        (campaign,) = campaigns.of_workspaces(own, [members.memberships_of(own, brand.id)[0].workspace.id])
        more = FundCampaign(campaign.id, Money(5_000_00, campaign.currency), "more")
        funding.fund(own, more, runtime.rails.present.facts, shown=funding.mark_of(work, campaign))
    stage.settle()
    with begin(runtime.database, SYSTEM) as work:
        (ref,) = funding.open_checkouts(work, campaign.id)
    runtime.rail.pay(ref)
    stage.settle()
    stage.press("brand", "Close campaign")
    assert "Left in it now: ₹25,000" in stage.last("brand", "has changed")
    assert "₹25,000 becomes credit" in stage.last("brand", "**Close ChaiTime**")
    assert not stage.last("brand", "is closed")


def test_the_team_is_changed_in_the_chat(stage: Stage) -> None:
    stage.say("brand", "team")
    stage.press("brand", "Invite")
    stage.press("brand", "Viewer")
    code = stage.last("brand", "Give this code").split("**join ")[1].split("**")[0]
    stage.say("colleague", f"join {code}")
    stage.say("colleague", "team")
    assert not any(
        "Change" in b.label for h in stage.heard("colleague") for r in h.message.buttons for b in r
    )
    stage.say("brand", "team")
    stage.press("brand", "Change the team")
    stage.press("brand", "Colleague")
    stage.press("brand", "Take them out")
    assert "leaves the team of Kala Chai" in stage.last("brand", "leaves the team")
    stage.press("brand", "Yes, change it")
    assert stage.last("colleague", "not in the team of Kala Chai")
    stage.say("brand", "leave team")
    stage.press("brand", "Leave Kala Chai")
    assert stage.last("brand", "always has an owner")
