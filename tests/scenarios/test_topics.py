"""What somebody is about beside the closed list of niches is kept, shown and searched."""

import pytest

from bots.understanding import topics
from market.stage import Stage
from tests.scenarios.test_consent import newest

INTRODUCTION = "I'm {name} from Pune, @{name}clay on Instagram, 8k, I do {about}. English. 2000 per reel"
BRIEF = "3 pottery creators in Pune, 1 reel each, under 20k"


def introduced(stage: Stage, name: str, about: str) -> None:
    stage.say(name, INTRODUCTION.format(name=name, about=about))
    stage.say(name, "I agree")


def test_a_brand_that_looks_for_potters_finds_the_potter_first(stage: Stage) -> None:
    for name, about in (("nila", "diy and crafts"), ("mira", "pottery and swimming")):
        introduced(stage, name, about)
        stage.say(name, "yes")
    stage.say("mira", "my profile")
    assert "about diy" not in newest(stage, "mira")
    assert "about DIY, sports, pottery and swimming" in newest(stage, "mira")
    stage.say("brand", BRIEF)
    assert "Special topics: **pottery**" in newest(stage, "brand")
    stage.say("brand", "yes")
    stage.settle()
    stage.press("brand", "Search again")
    found = newest(stage, "brand")
    assert found.index("mira") < found.index("nila") if "nila" in found else "mira" in found


def test_a_topic_that_nobody_knows_is_kept_as_it_was_said(stage: Stage) -> None:
    introduced(stage, "mira", "pottery")
    stage.say("mira", "special topics: beekeeping")
    assert "Special topics **beekeeping**" in newest(stage, "mira", 2)
    assert "about DIY and beekeeping" in newest(stage, "mira")
    stage.say("mira", "change special topics")
    stage.say("mira", "pottery, beekeeping")
    assert "about DIY, pottery and beekeeping" in newest(stage, "mira")
    stage.say("mira", "yes")
    stage.say("mira", "my profile")
    assert "pottery and beekeeping" in newest(stage, "mira")


def test_a_word_that_is_no_niche_is_kept_and_the_nearest_niche_asked(stage: Stage) -> None:
    stage.say("bo", "I'm Bo from Pune, @bo.bee on Instagram, 3k followers, English")
    stage.say("bo", "I agree")
    assert "What do you post about" in newest(stage, "bo")
    stage.say("bo", "beekeeping")
    assert "Special topics **beekeeping**" in newest(stage, "bo", 2)
    assert "What do you post about" in newest(stage, "bo")
    stage.say("bo", "pets")
    assert "What do you post about" not in newest(stage, "bo")


@pytest.mark.parametrize("said", ["no", "yes", "what do you mean?", "500", "I have no idea what to say"])
def test_what_is_no_topic_is_asked_again(stage: Stage, said: str) -> None:
    stage.say("bo", "I'm Bo from Pune, @bo.bee on Instagram, 3k followers, English")
    stage.say("bo", "I agree")
    stage.say("bo", said)
    assert "Special topics" not in newest(stage, "bo", 2)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("yoga teachers in Delhi", ["yoga"]),
        ("ciclismo y cerámica", ["ciclismo", "pottery"]),
        ("fitness creators", []),
        ("मिट्टी के बर्तन", ["pottery"]),
        ("trainer", []),
    ],
)
def test_a_topic_is_named_once_however_it_is_said(text: str, kept: list[str]) -> None:
    assert topics.open_topics(text) == kept
    assert topics.niches(text), "each has a niche that is nearest"
