"""Addresses as people send them in a talk: whose they are, and what is said where they don't say it."""

from market.stage import Stage
from tests.scenarios.test_consent import newest

TOLD = "I'm Tom, food creator from Pune, instagram.com/share/BAxyz 12k followers, 3000 per reel, English"


def test_a_share_link_is_asked_about_and_an_address_names_its_owner_and_no_number(stage: Stage) -> None:
    stage.sit("tom")
    stage.say("tom", TOLD)
    stage.press("tom", "I agree")
    assert "What is your handle on Instagram?" in newest(stage, "tom")
    stage.say("tom", "instagram.com/share/BAxyz")
    assert "copy the address of your profile" in newest(stage, "tom")
    stage.say("tom", "https://www.instagram.com/tom.cooks?igsh=1")
    stage.say("tom", "skip")
    assert "@tom.cooks on Instagram, 12K followers" in newest(stage, "tom")
    stage.say("tom", "https://www.instagram.com/tom.bakes?igsh=1")
    assert "@tom.bakes on Instagram, 12K followers" in newest(stage, "tom")
