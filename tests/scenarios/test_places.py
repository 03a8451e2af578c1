"""Posts at places where nobody can look: by link and screenshot, told beforehand, decided by the brand."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from core.accounts import chats, members
from core.campaigns import service as campaigns
from core.creators import service as creators
from core.creators.schemas import SaveProfile, SocialAccountView
from core.deals import offers
from core.deals.models import Deliverable
from core.deals.schemas import MakeOffer
from core.deals.states import DealState, DeliverableState
from core.kit.actors import SYSTEM, Actor
from core.kit.money import Currency, Money
from core.kit.vocabulary import Platform
from core.kit.work import begin
from core.operators import tasks
from core.payments import funding
from core.payments.schemas import FundCampaign
from market.stage import PNG, Stage
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.scenarios.test_consent import deal_of, hand_in, newest
from tests.scenarios.test_side_roads import agree

LINK = "https://www.facebook.com/reel/123456789012345/"
ELSEWHERE = "https://www.threads.com/@asha/post/DAbC_12xyz"


@pytest.fixture
def approved(stage: Stage, runtime: Runtime) -> Stage:
    """Bring Asha's reel for Facebook to where it is posted."""
    agree(stage)
    with begin(runtime.database, SYSTEM) as work:
        work.session.execute(update(Deliverable).values(platform=Platform.FACEBOOK))
    hand_in(stage, "Chai in the rain. #ad #ChaiTime")
    assert "I can't look at posts on Facebook: you get the link" in newest(stage, "brand")
    stage.press("brand", "Approve")
    assert "the link and a screenshot prove it" in newest(stage, "asha")
    return stage


def state(runtime: Runtime) -> DeliverableState:
    return deal_of(runtime).deliverables[0].state


def shown(stage: Stage) -> None:
    """Send the link, the screenshot and the words, as they are asked for."""
    stage.press("asha", "I've posted it")
    stage.say("asha", LINK)
    assert "Send me a screenshot" in newest(stage, "asha")
    stage.send_file("asha", "", "post.png", PNG)
    stage.press("asha", "Done")
    assert "Which words stand at the post" in newest(stage, "asha")
    stage.say("asha", "#ad Chai in the **rain**")
    assert "if they say nothing, it counts" in newest(stage, "asha")


def test_link_screenshot_and_words_are_asked_for_and_the_brand_says_yes(
    approved: Stage, runtime: Runtime
) -> None:
    shown(approved)
    assert state(runtime) is DeliverableState.CLAIMED
    card = approved.last("brand", "as given to me")
    for told in (LINK, "the screenshot are Asha", "silence counts as yes", "open a dispute"):
        assert told in card, told
    approved.press("brand", "That's the post")
    assert state(runtime) is DeliverableState.CLAIMED, "its yes is shown first"
    approved.press("brand", "That's the post")
    assert state(runtime) is DeliverableState.LIVE
    assert "released to you" in newest(approved, "asha")
    approved.advance(timedelta(days=8))
    assert state(runtime) is DeliverableState.COMPLETED


def test_a_photo_with_the_link_as_its_caption_gives_both_at_once(approved: Stage, runtime: Runtime) -> None:
    approved.send_file("asha", f"#ad Chai in the rain {LINK}", "post.png", PNG)
    assert "✓" in newest(approved, "asha"), "its label is checked at once"
    approved.press("asha", "That's my post")
    assert state(runtime) is DeliverableState.CLAIMED
    assert deal_of(runtime).deliverables[0].post_words == "#ad Chai in the rain"


def test_a_photo_alone_asks_for_its_link_and_words_left_out_are_told(
    approved: Stage, runtime: Runtime
) -> None:
    approved.send_file("asha", "", "post.png", PNG)
    approved.say("asha", LINK)
    approved.press("asha", "Skip")
    approved.press("asha", "That's my post")
    assert state(runtime) is DeliverableState.CLAIMED
    assert approved.last("brand", "nobody has checked its advertising label")


def test_a_post_elsewhere_is_asked_about_before_any_picture(approved: Stage, runtime: Runtime) -> None:
    approved.press("asha", "I've posted it")
    approved.say("asha", ELSEWHERE)
    assert "That is on Threads, and it was agreed for Facebook" in newest(approved, "asha", 2)
    assert state(runtime) is DeliverableState.APPROVED


def test_what_is_not_right_goes_back_with_the_reason_and_a_way_to_argue(
    approved: Stage, runtime: Runtime
) -> None:
    shown(approved)
    approved.press("brand", "Not right")
    approved.say("brand", "That is last year's reel")
    approved.press("brand", "Send it back")
    assert state(runtime) is DeliverableState.APPROVED
    told = approved.last("asha", "something is not right")
    assert "That is last year's reel" in told
    approved.press("asha", "Open a dispute")
    approved.say("asha", "It is this year's, look at the date")
    approved.press("asha", "Open dispute")
    assert deal_of(runtime).state is DealState.DISPUTED


def test_a_brand_that_stays_silent_said_yes_and_reads_so(approved: Stage, runtime: Runtime) -> None:
    shown(approved)
    approved.say("brand", "drafts")
    assert "has posted: reel" in newest(approved, "brand"), "it stands among what waits"
    approved.advance(timedelta(hours=73), timedelta(hours=6))
    assert state(runtime) is DeliverableState.LIVE
    assert approved.last("brand", "You said nothing in time")
    approved.say("brand", "deals")
    approved.press("brand", "Open a dispute", deal_of(runtime).id.hex)
    approved.say("brand", "It is gone since Monday")
    approved.press("brand", "Open dispute")
    assert deal_of(runtime).state is DealState.DISPUTED


def test_pieces_for_several_places_are_read_shown_and_offered_as_such(stage: Stage, runtime: Runtime) -> None:
    stage.say(
        "brand", "3 food creators in Pune, 1 Facebook post and 1 Instagram reel each, 20k INR #ChaiTime"
    )
    told = "1 post on Facebook and 1 reel on Instagram"
    assert told in newest(stage, "brand")
    stage.say("brand", "add 1 more Facebook post")
    assert "2 posts on Facebook and 1 reel on Instagram" in newest(stage, "brand")
    stage.say("brand", "make it 1 post")
    assert told in newest(stage, "brand")
    stage.press("brand", "Save and find")
    assert not stage.last("brand", "fitting creators"), "nobody in Pune has said that she is on Facebook"
    with begin(runtime.database, SYSTEM) as work:
        person = chats.find_by_identity(work, "web", "asha")
        assert person is not None
        asha = creators.of_person(work, person.id)
        assert asha is not None
        there = SocialAccountView(Platform.FACEBOOK, "asha.eats", 9_000, 200, None)
        profile = SaveProfile(accounts=(*asha.accounts, there))
        creators.join(work.acting_as(Actor.person(person.id)), person.id, profile)
        brand = chats.find_by_identity(work, "web", "brand")
        assert brand is not None
        own = [membership.workspace.id for membership in members.memberships_of(work, brand.id)]
        (campaign, *_) = campaigns.of_workspaces(work, own)
    with begin(runtime.database, Actor.person(brand.id)) as work:
        pay = FundCampaign(campaign.id, campaign.budget, uuid4().hex)
        funding.fund(work, pay, runtime.rails.present.facts, shown=seen.funding(work, campaign.id))
    drain(runtime)
    with begin(runtime.database, SYSTEM) as work:
        (checkout,) = funding.open_checkouts(work, campaign.id)
    runtime.rail.pay(checkout)
    drain(runtime)
    with begin(runtime.database, Actor.person(brand.id)) as work:
        offer = MakeOffer(campaign.id, asha.id, Money(4_000_00, Currency.INR))
        offers.offer(work, offer, shown=seen.campaign(work, campaign.id))
    drain(runtime)
    card = stage.last("asha", "post on Facebook")
    assert "reel on Instagram" in card
    assert "I can't look at posts on Facebook" in card


def test_a_brand_s_company_page_is_kept_for_a_person_to_look_at(stage: Stage, runtime: Runtime) -> None:
    stage.say("brand", "verify")
    stage.press("brand", "My website")
    stage.say("brand", "it's linkedin.com/company/Kala-Chai")
    answer = stage.last("brand", "A person of ours looks at it")
    assert "https://www.linkedin.com/company/kala-chai/" in answer
    with begin(runtime.database, SYSTEM) as work:
        assert [task.kind for task in tasks.open_tasks(work)] == ["company_page_given"]


def test_the_yes_and_the_no_to_a_post_can_be_said(approved: Stage, runtime: Runtime) -> None:
    shown(approved)
    approved.say("brand", "not approved, please change the caption")
    approved.press("brand", "Send it back")
    assert state(runtime) is DeliverableState.APPROVED
    approved.send_file("asha", f"#ad Chai in the rain {LINK}", "post.png", PNG)
    approved.press("asha", "That's my post")
    approved.say("brand", "looks good, approve it")
    assert "posted as agreed" in newest(approved, "brand")
    approved.press("brand", "That's the post")
    assert state(runtime) is DeliverableState.LIVE


def test_work_that_a_network_does_not_take_goes_elsewhere_and_that_is_said(stage: Stage) -> None:
    stage.say("brand", "3 business creators in Pune, 1 reel each on LinkedIn, under 20k")
    said = newest(stage, "brand")
    assert "LinkedIn has no reel, so it goes to Instagram" in said
    stage.say("brand", "make it 1 video")
    assert "so it goes to" not in newest(stage, "brand")
