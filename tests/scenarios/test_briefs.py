"""What creators read of a campaign, and how it changes after it was saved, through the bots' real turns."""

from bots.phrases.amounts import money
from core.kit.money import Money
from market.stage import Stage
from runtime.parts import Runtime
from tests.scenarios.test_consent import button, deal_of, newest
from tests.scenarios.test_side_roads import BRIEF, agree, fund, offered

OWN_WORDS = (
    "We are Kala Chai. 3 food creators in Pune, 1 reel and 2 stories each, budget 20k INR #ChaiTime for our"
    " new masala chai. Please show the first sip. Don't mention other tea brands."
    " We will send you a hamper of six teas. Usage rights for 6 months on our own channels"
)
SECRETS = ("We are Kala Chai. 3", "20k", "20,000", "3 food", "3 creators", "Pune")


def send_offers(stage: Stage) -> None:
    for label in ("Save and find", "Pay ₹", "Pay with play money"):
        stage.press("brand", label)


def told(stage: Stage, who: str) -> str:
    return "\n".join(line.message.text for line in stage.heard(who))


def test_the_brief_is_written_from_the_slots_and_keeps_the_brand_s_secrets(stage: Stage) -> None:
    stage.say("brand", OWN_WORDS)
    send_offers(stage)
    offer = stage.last("asha", "Offer from Kala Chai")
    assert offer
    for line in (
        "Product: masala chai",
        "Do: show the first sip",
        "Don't: mention other tea brands",
        "You get: a hamper of six teas",
        "Usage rights: Usage rights for 6 months on our own channels",
        "Hashtags: #ChaiTime",
        "Advertising label: #ad",
        "reel on Instagram: ₹",
        "story 2 of 2 on Instagram: ₹",
    ):
        assert line in offer, line
    for secret in SECRETS:
        assert secret not in told(stage, "asha"), secret


def test_who_finds_work_reads_neither_the_budget_nor_the_brand_s_sentence(stage: Stage) -> None:
    fund(stage)
    stage.say("asha", "find work")
    found = stage.last("asha", "Its money is set aside")
    assert "To make: 1 reel" in found
    for secret in (BRIEF, "20,000", "20k", "3 food"):
        assert secret not in told(stage, "asha"), secret


def test_a_saved_campaign_is_changed_in_words_and_nobody_was_touched(stage: Stage) -> None:
    stage.say("brand", BRIEF)
    stage.press("brand", "Save and find")
    stage.say("brand", "change the deadline to 20 December")
    assert "Live by: – → **" in stage.last("brand", "Change ChaiTime")
    stage.press("brand", "Save the changes")
    assert stage.last("brand", "**ChaiTime** is changed.")


def test_a_form_shows_every_answer_and_saving_nothing_says_so(stage: Stage) -> None:
    stage.say("brand", BRIEF)
    stage.press("brand", "Save and find")
    stage.say("brand", "edit campaign")
    shown = stage.last("brand", "Change ChaiTime")
    assert "Budget: ₹20,000" in shown
    assert "Each creator makes: 1 reel" in shown
    stage.press("brand", "Save the changes")
    assert stage.last("brand", "Nothing is different")


def test_an_old_accept_says_what_has_changed_of_the_brief(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    old = button(stage, "asha", "Accept")
    stage.say("brand", "change the deadline to 20 December")
    stage.press("brand", "Save the changes")
    assert "follow it" in stage.last("brand", "is changed")
    assert "Live by: now it is" in stage.last("asha", "has changed ChaiTime")
    stage.press_action("asha", old, "Accept")
    said = newest(stage, "asha", 2)
    assert "so nothing was done" in said
    assert "Live by: now it is Sun 20 Dec 2026." in said
    assert deal_of(runtime).state == "offered"


def test_both_are_asked_about_what_they_agreed_to(stage: Stage, runtime: Runtime) -> None:
    agree(stage)
    stage.say("brand", "change the deadline to 20 December")
    stage.press("brand", "Save the changes")
    assert "1 creator has agreed to the brief as it was" in stage.last("brand", "is changed")
    assert "stays as you agreed to it unless you say yes" in stage.last("asha", "would like to change")
    stage.press("asha", "Yes, change it")
    assert "Live by: Sun 20 Dec 2026" in stage.last("asha", "What you agreed to")
    assert deal_of(runtime).brief_number == 2
    assert stage.last("brand", "agrees to the change")


def test_a_creator_keeps_the_brief_and_reads_it_again(stage: Stage, runtime: Runtime) -> None:
    agree(stage)
    stage.say("brand", "change the deadline to 20 December")
    stage.press("brand", "Save the changes")
    stage.press("asha", "No, keep it")
    assert deal_of(runtime).brief_number == 1
    assert stage.last("brand", "keeps the brief as it was agreed")
    stage.say("asha", "work")
    stage.press("asha", "See the brief")
    assert "Live by" not in stage.last("asha", "What you agreed to")


def test_a_reel_more_is_asked_of_who_agreed_with_its_price(stage: Stage, runtime: Runtime) -> None:
    agree(stage)
    before = deal_of(runtime)
    once, twice = (money(Money(before.price.minor * n, before.price.currency)) for n in (1, 2))
    stage.say("brand", "change it to 2 reels each")
    shown = stage.last("brand", "These creators have agreed already")
    assert f"{once} → **{twice}**" in shown
    assert f"{once} more is held" in shown
    stage.press("brand", "Save the changes")
    asked = stage.last("asha", "would like to change")
    assert "To make: it was 1 reel; now it is 2 reels." in asked
    assert f"it was {once}; now it is **{twice}**" in asked
    stage.press("asha", "Yes, change it")
    after = deal_of(runtime)
    assert (after.price.minor, len(after.deliverables)) == (before.price.minor * 2, 2)
    assert "reel 2 of 2" in stage.last("asha", "What you agreed to")


def test_pieces_that_a_campaign_cannot_pay_are_refused_in_words(stage: Stage, runtime: Runtime) -> None:
    agree(stage)
    stage.say("brand", "change it to 9 reels each")
    stage.press("brand", "Save the changes")
    assert "more than the campaign has free. Add funds first" in newest(stage, "brand", 3)
    assert deal_of(runtime).brief_asked is None


def test_what_a_gift_is_worth_is_told_beside_the_price(stage: Stage) -> None:
    words = "We are Kala Chai. 3 food creators in Pune, 1 reel each, for our new masala chai"
    stage.say("brand", f"{words}. We will send a hamper of six teas worth ₹2,000")
    stage.say("brand", "20k")
    assert "Worth of what is given: **₹2,000**" in stage.last("brand", "Budget: **₹20,000**")
    send_offers(stage)
    offer = stage.last("asha", "Offer from Kala Chai")
    for line in ("You get: a hamper of six teas\n", "Worth, as the brand says: ₹2,000", "They pay: ₹", "#ad"):
        assert line in offer, line


def test_a_share_of_sales_is_said_not_to_count(stage: Stage) -> None:
    stage.say("brand", f"{BRIEF}, plus 10% of sales through her link")
    assert "A share of sales can't be counted here yet" in stage.last("brand", "Budget: **₹20,000**")
