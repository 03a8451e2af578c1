"""A creator shows a picture and posts of her own; a brand sees them on her card, as shown by herself."""

import pytest

from core.creators import portfolio
from core.creators import service as creators
from core.creators.schemas import ShowOfWork
from core.kit.actors import SYSTEM, Actor
from core.kit.errors import NotFound
from core.kit.work import begin
from market.stage import PNG, Stage
from runtime.parts import Runtime
from tests.scenarios.test_chosen_set import BRIEF, begun
from tests.scenarios.test_consent import newest

REELS = [f"https://www.instagram.com/reel/C9abcdefgh{n}/" for n in "ijkl"]


def shows(stage: Stage, *links: str) -> None:
    stage.say("asha", "portfolio")
    stage.send_file("asha", "", "me.png", PNG)
    stage.press("asha", "Done")
    stage.say("asha", " ".join(links))


def test_a_picture_and_posts_stand_on_her_card_before_anything_is_paid(stage: Stage) -> None:
    shows(stage, *REELS[:2])
    assert "Brands will see on your card" in newest(stage, "asha")
    stage.press("asha", "Show it")
    begun(stage, BRIEF)
    stage.say("brand", "who is asha?")
    message = stage.heard("brand")[-1].message
    assert [file.kind for file in message.attachments] == ["photo"]
    assert "◌ Posts that Asha Kulkarni shows, self-declared:" in message.text
    assert all(link in message.text for link in REELS[:2])


def test_three_posts_are_shown_and_the_picture_stays_when_only_they_change(
    stage: Stage, runtime: Runtime
) -> None:
    shows(stage, REELS[0])
    stage.press("asha", "Show it")
    stage.say("asha", "portfolio")
    stage.say("asha", "skip")
    stage.press("asha", "Change something")
    stage.press("asha", "Posts")
    stage.say("asha", " ".join(REELS))
    stage.press("asha", "Show it")
    with begin(runtime.database, SYSTEM) as work:
        asha = creators.find(work, "Asha Kulkarni")
    assert asha is not None
    assert asha.sample_posts == tuple(REELS[:3])
    assert asha.picture_id is not None


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("https://www.instagram.com/asha.eats/", "leads to a profile"),
        ("https://www.instagram.com/share/BAxyz", "doesn't say which post"),
        ("https://example.com/1", "doesn't look like a link to a post"),
    ],
)
def test_what_is_no_post_is_asked_again_and_the_picture_is_kept(stage: Stage, link: str, why: str) -> None:
    shows(stage, link)
    stage.press("asha", "Show it")
    assert why in "\n".join(str(h.message.text) for h in stage.heard("asha")[-2:])
    stage.say("asha", REELS[0])
    stage.press("asha", "Show it")
    assert "Brands see it on your card" in newest(stage, "asha")


def test_a_video_is_no_picture_of_somebody(stage: Stage) -> None:
    stage.say("asha", "portfolio")
    stage.send_file("asha", "", "terms.txt", b"A few words about me.\n")
    stage.press("asha", "Done")
    stage.say("asha", "skip")
    stage.press("asha", "Show it")
    assert "Please send a photo of yourself" in "\n".join(
        str(h.message.text) for h in stage.heard("asha")[-2:]
    )


def test_nobody_shows_somebody_elses_file(stage: Stage, runtime: Runtime) -> None:
    shows(stage, REELS[0])
    stage.press("asha", "Show it")
    with begin(runtime.database, SYSTEM) as work:
        asha, ravi = creators.find(work, "Asha Kulkarni"), creators.find(work, "Ravi Deshmukh")
        assert asha is not None
        assert ravi is not None
        mine = work.acting_as(Actor.person(ravi.person_id))
        with pytest.raises(NotFound):
            portfolio.show(mine, ravi.person_id, ShowOfWork(asha.picture_id))


def test_nothing_new_changes_nothing(stage: Stage) -> None:
    stage.say("asha", "portfolio")
    stage.say("asha", "skip")
    stage.say("asha", "skip")
    stage.press("asha", "Show it")
    assert "stays as it is" in newest(stage, "asha")
