"""What a café and a creator stumbled over: words that were wrong, buttons that led nowhere."""

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from api.app import create
from core.accounts import chats
from core.creators import service as creators
from core.deals import freezes
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SandboxClock
from core.kit.work import begin
from core.trust.models import Review
from market.stage import Stage
from runtime.parts import Runtime
from tests import seen
from tests.scenarios.test_consent import deal_of, hand_in, newest
from tests.scenarios.test_side_roads import BRIEF, agree

MIRA = Actor.operator("mira")


def ended(stage: Stage) -> None:
    """Bring Asha's deal to its end, by a split that an operator decides."""
    agree(stage)
    stage.say("asha", "work")
    stage.press("asha", "Open a dispute")
    stage.say("asha", "They want more than was agreed.")
    stage.press("asha", "Open dispute")


def stars_of(runtime: Runtime) -> list[int]:
    with begin(runtime.database, SYSTEM) as work:
        return [row.stars for row in work.session.query(Review)]


def split(stage: Stage, runtime: Runtime, creator_minor: int) -> None:
    deal = deal_of(runtime)
    held = deal.price.minor
    body: dict[str, object] = {
        "decision": "split",
        "currency": "INR",
        "creator_gets_minor": creator_minor,
        "brand_gets_minor": held - creator_minor,
        "reason": "half of it was done",
        "shown": deal.mark,
    }
    stage.operator("POST", f"/deals/{deal.id}/resolve", body)
    stage.settle()


@pytest.mark.parametrize(
    ("typed", "stars"), [("5", 5), ("1", 1), ("4 stars", 4), ("★★", 2), ("five", 5), ("tres estrellas", 3)]
)
def test_stars_are_as_many_as_were_typed(stage: Stage, runtime: Runtime, typed: str, stars: int) -> None:
    ended(stage)
    split(stage, runtime, 1_000_00)
    stage.press("brand", "Write a review")
    stage.say("brand", typed)
    stage.press("brand", "Skip")
    stage.press("brand", "Send review")
    assert stars_of(runtime) == [stars]


@pytest.mark.parametrize("typed", ["0", "6", "55", "many", "★★★★★★"])
def test_what_is_no_number_of_stars_is_asked_again(stage: Stage, runtime: Runtime, typed: str) -> None:
    ended(stage)
    split(stage, runtime, 1_000_00)
    stage.press("brand", "Write a review")
    stage.say("brand", typed)
    stage.say("brand", "skip")
    assert stars_of(runtime) == []
    assert "One to five stars" in newest(stage, "brand")


def test_both_are_told_what_she_receives_and_not_only_what_is_awarded(stage: Stage, runtime: Runtime) -> None:
    ended(stage)
    assert "within 5 working days" in newest(stage, "brand")
    split(stage, runtime, 1_000_00)
    for who in ("asha", "brand"):
        assert stage.last(who, "Asha Kulkarni receives ₹880 (₹1,000 less commission and tax)")


def test_who_gets_nothing_receives_nothing(stage: Stage, runtime: Runtime) -> None:
    ended(stage)
    split(stage, runtime, 0)
    assert stage.last("asha", "receives ₹0, ")


def test_what_is_held_is_shown_with_what_she_gets_of_it(stage: Stage) -> None:
    agree(stage)
    stage.say("asha", "money")
    assert stage.last("asha", "held for you: ₹3,000, of which you get ₹2,640 after commission")


def test_a_change_is_looked_at_before_it_is_asked_for(stage: Stage, runtime: Runtime) -> None:
    agree(stage)
    hand_in(stage, "#ad chai #ChaiTime")
    stage.press("brand", "Ask for changes")
    stage.say("brand", "?")
    assert deal_of(runtime).deliverables[0].rounds == 0
    stage.say("brand", "change")
    stage.say("brand", "Please show the cup.")
    assert stage.last("brand", "You ask Asha Kulkarni to change this:** “Please show the cup.”")
    stage.press("brand", "Ask for it")
    assert deal_of(runtime).deliverables[0].rounds == 1


def test_the_other_view_is_looked_at_before_it_is_sent(stage: Stage, runtime: Runtime) -> None:
    ended(stage)
    stage.press("brand", "Give my view")
    stage.say("brand", "We asked for what was agreed.")
    assert deal_of(runtime).dispute_answer == ""
    stage.say("brand", "yes")
    assert deal_of(runtime).dispute_answer == "We asked for what was agreed."


def test_what_to_change_is_typed(stage: Stage) -> None:
    stage.say("brand", BRIEF)
    stage.press("brand", "Change something")
    stage.say("brand", "budget")
    stage.say("brand", "25000")
    assert stage.last("brand", "₹25,000")


def test_a_campaign_that_was_dropped_gets_no_matches(stage: Stage) -> None:
    stage.say("brand", BRIEF)
    stage.press("brand", "Save and find")
    stage.say("brand", "campaigns")
    stage.press("brand", "Drop it")
    stage.press("brand", "Search again")
    assert "no more offers go out for it" in newest(stage, "brand")


def test_closing_and_funding_where_there_is_nothing_to_say_so(stage: Stage) -> None:
    stage.say("brand", BRIEF)
    stage.press("brand", "Save and find")
    stage.say("brand", "campaigns")
    stage.press("brand", "Drop it")
    stage.say("brand", "close campaign")
    assert "nothing to close" in newest(stage, "brand")
    stage.say("brand", "fund")
    assert "waits for its money" in newest(stage, "brand")


def test_deals_are_those_of_the_newest_campaign_that_has_any(stage: Stage) -> None:
    agree(stage)
    stage.say("brand", BRIEF.replace("ChaiTime", "Second"))
    stage.press("brand", "Save and find")
    stage.say("brand", "deals")
    assert "no deals here" not in newest(stage, "brand", 3)
    assert stage.last("brand", "Asha Kulkarni")


def test_a_role_that_may_not_is_told_so_and_shown_nothing_else(stage: Stage) -> None:
    stage.say("brand", "team")
    stage.press("brand", "Invite")
    stage.press("brand", "Approver")
    code = re.findall(r"\*\*join (\w+)\*\*", stage.last("brand", "Give this code"))[0]
    stage.say("colleague", f"join {code}")
    shown = newest(stage, "colleague")
    assert ("Drafts" in shown, "New campaign" in shown, "Money" in shown) == (True, False, False)
    for words in (BRIEF, "new campaign", "money", "verify"):
        stage.say("colleague", words)
        assert "Your role in this team doesn't allow that" in newest(stage, "colleague"), words


@pytest.mark.parametrize("words", ["cancel", "back", "cancelar"])
def test_a_way_out_where_nothing_is_open_is_understood(stage: Stage, words: str) -> None:
    stage.say("brand", "menu")
    stage.say("brand", words)
    assert stage.last("brand", "I'm here.")


def creator_of(runtime: Runtime) -> UUID:
    with begin(runtime.database, SYSTEM) as work:
        person = chats.find_by_identity(work, "web", "asha")
        assert person is not None
        creator = creators.of_person(work, person.id)
        assert creator is not None
        return creator.id


def operate(runtime: Runtime, verb: Callable[..., object]) -> None:
    creator = creator_of(runtime)
    now = replace(runtime.database, clock=SandboxClock())
    with begin(now, MIRA) as work:
        verb(work, creator, "for a while", shown=seen.about(work, verb, creator))


def test_who_is_stopped_is_told_so_wherever_they_look(stage: Stage, runtime: Runtime) -> None:
    agree(stage)
    operate(runtime, freezes.freeze_creator)
    stage.settle()
    for words in ("offers", "find work"):
        stage.say("asha", words)
        assert "has stopped your profile for a while" in newest(stage, "asha"), words
    stage.say("asha", "profile")
    assert "stopped by a person from the marketplace" in newest(stage, "asha")
    assert "Take offers again" not in newest(stage, "asha")
    stage.say("asha", "work")
    assert "It stands still" in newest(stage, "asha")
    assert "Ask to cancel" not in newest(stage, "asha")
    stage.say("brand", "deals")
    assert "It stands still" in stage.last("brand", "**Asha Kulkarni**")
    operate(runtime, freezes.unfreeze_creator)
    stage.settle()
    stage.say("asha", "work")
    assert "It stands still" not in newest(stage, "asha")
    assert "Ask to cancel" in newest(stage, "asha")


def test_who_has_reviewed_is_not_asked_again_and_hears_the_other_once(stage: Stage, runtime: Runtime) -> None:
    ended(stage)
    split(stage, runtime, 1_000_00)
    for who, stars in (("asha", "4"), ("brand", "5")):
        stage.press(who, "Write a review")
        stage.say(who, stars)
        stage.press(who, "Skip")
        stage.press(who, "Send review")
        stage.say(who, "work" if who == "asha" else "deals")
        assert "Write a review" not in newest(stage, who)
    both = [line for line in stage.heard("brand") if "Both" in line.message.text]
    assert len(both) == 1
    assert stage.last("asha", "Both sides have reviewed")
    stage.say("brand", "review")
    assert "Write a review" not in newest(stage, "brand")


@pytest.mark.parametrize(
    "path", ["/l/zzzz", "/chat/brand", "/reports/nonsense", "/sandbox/checkout/nonsense", "/nowhere"]
)
def test_a_person_who_looks_at_a_wrong_address_gets_a_page(runtime: Runtime, path: str) -> None:
    with TestClient(create(runtime)) as client:
        page = client.get(path, headers={"Accept": "text/html,application/xhtml+xml"})
        plain = client.get(path, headers={"Accept": "application/json"})
    assert page.status_code == plain.status_code
    assert 400 <= page.status_code < 500
    assert page.headers["content-type"].startswith("text/html")
    assert "To the front page" in page.text
    assert plain.headers["content-type"] == "application/json"


def test_a_dead_counted_link_says_so(runtime: Runtime) -> None:
    with TestClient(create(runtime)) as client:
        answer = client.get("/l/zzzz")
    assert answer.json() == {
        "code": "CountedLinkNotFound",
        "detail": "This link leads nowhere. Please check that it was copied to its end.",
    }


def test_the_history_says_who_did_what(stage: Stage) -> None:
    agree(stage)
    stage.say("asha", "work")
    stage.press("asha", "History")
    assert "offer (Kala Chai)" in newest(stage, "asha")
    assert "accept (Asha Kulkarni)" in newest(stage, "asha")
