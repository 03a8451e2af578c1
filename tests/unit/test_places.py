"""The places to post are one table: a brief, an introduction, a list and a deal know each of them."""

from datetime import date
from typing import Any

import pytest

from bots.cards import words
from bots.conversation.amending import amended
from bots.conversation.forms import Field, Kind
from bots.understanding import aside, brief, exclusions, intro, names, pieces, spelling
from bots.understanding.changes import How
from core.campaigns.schemas import Brief
from core.creators.lists import headings
from core.deals import spots
from core.kit.vocabulary import DeliverableKind, Platform
from core.networks.places import PLACES, Place

TODAY = date(2026, 11, 28)
FB_AND_YT = [("post", 1, "facebook"), ("short", 1, "youtube")]


def test_every_platform_is_one_row_and_is_shown_and_read_by_it() -> None:

    assert sorted(place.platform for place in PLACES) == sorted(Platform)
    for place in PLACES:
        assert words.label(place.platform) == place.title
        assert {headings.PLATFORMS[word] for word in place.called} == {place.platform}


@pytest.mark.parametrize(
    ("said", "kind", "platform"),
    [
        ("I need 2 LinkedIn posts from 3 finance creators in Pune under 20k", "post", "linkedin"),
        ("2 Threads posts, 4 food creators, 10k", "post", "threads"),
        ("3 creators for 2 fb reels in Mumbai 15k", "reel", "facebook"),
        ("2 ShareChat posts, 3 food creators in Lucknow, 9k", "post", "sharechat"),
        ("2 Moj videos, 3 comedy creators in Lucknow, 9k", "video", "moj"),
        ("2 threads on X, 3 tech creators, 9k", "tweet", "x"),
    ],
)
def test_pieces_of_each_place_are_in_a_brief(said: str, kind: str, platform: str) -> None:
    found = brief.slots(said, TODAY)
    assert found["deliverables"] == [{"kind": kind, "count": 2}]
    assert found["platforms"] == [platform]


@pytest.mark.parametrize(
    ("said", "handles", "followers"),
    [
        (
            "I'm Asha, linkedin: asha-rao-12, 12k followers",
            [("linkedin", "asha-rao-12")],
            {"linkedin": 12_000},
        ),
        ("facebook asha.eats 4k followers", [("facebook", "asha.eats")], {"facebook": 4_000}),
        (
            "Asha from Pune, @asha.k on Threads 3k and insta asha.eats 5k",
            [("instagram", "asha.eats"), ("threads", "asha.k")],
            {"threads": 3_000, "instagram": 5_000},
        ),
    ],
)
def test_a_creator_says_her_handle_there(
    said: str, handles: list[tuple[str, str]], followers: dict[str, int]
) -> None:
    found = intro.slots(said)
    assert [(one["platform"], one["handle"]) for one in found["handles"]] == handles
    assert found["followers"] == followers


def test_a_piece_goes_to_a_wished_network_that_takes_it_and_else_home() -> None:
    wished = Brief("", platforms=(Platform.LINKEDIN,))
    assert wished.platform_for(DeliverableKind.POST) is Platform.LINKEDIN
    assert wished.platform_for(DeliverableKind.REEL) is Platform.INSTAGRAM
    both = Brief("", platforms=(Platform.LINKEDIN, Platform.INSTAGRAM))
    assert both.platform_for(DeliverableKind.POST) is Platform.INSTAGRAM


@pytest.mark.parametrize("network", ["twitter", "facebook", "threads"])
def test_a_network_that_is_ruled_out_is_none_that_is_wished(network: str) -> None:
    found = brief.slots(f"3 food creators in Pune, 1 reel each, 20k, not on {network}", TODAY)
    assert "platforms" not in found
    assert "exclusions" not in found


@pytest.mark.parametrize(
    ("said", "besides", "found"),
    [
        ("2 LinkedIn posts and 1 Instagram reel", [], [("post", 2, "linkedin"), ("reel", 1, "instagram")]),
        ("1 reel on insta, 1 reel on fb", [], [("reel", 1, "instagram"), ("reel", 1, "facebook")]),
        ("2 posts en LinkedIn y 1 video en YouTube", [], [("post", 2, "linkedin"), ("video", 1, "youtube")]),
        ("1 fb post, 1 yt short, 1 story", [], [*FB_AND_YT, ("story", 1, "")]),
        ("2 Instagram reels and 1 story", [], [("reel", 2, ""), ("story", 1, "")]),
        ("2 stories on Facebook", ["instagram"], [("story", 2, "facebook")]),
        ("1 YouTube short and 2 LinkedIn stories", [], [("short", 1, ""), ("story", 2, "")]),
    ],
)  # fmt: skip
def test_a_piece_has_the_place_that_is_said_beside_it_where_they_go_to_several(
    said: str, besides: list[str], found: list[tuple[str, int, str]]
) -> None:
    read = pieces.placed(said, pieces.deliverables(said), besides)
    assert [(one["kind"], one["count"], one.get("platform", "")) for one in read] == found


def test_a_change_keeps_the_places_of_pieces() -> None:
    field = Field("deliverables", Kind.TEXT, "")
    old = [{"kind": "post", "count": 2, "platform": "linkedin"}, {"kind": "reel", "count": 1}]

    def now(value: list[dict[str, Any]], how: How) -> Any:  # noqa: ANN401  (any answer)
        return amended(field, old, value, how, {})[1]

    more = {"kind": "post", "count": 3, "platform": "linkedin"}
    assert now([{"kind": "post", "count": 1}], How.ADD) == [more, old[1]]
    assert now([{"kind": "post", "count": 3}], How.SET) == [more, old[1]]
    assert now([{"kind": "post", "count": 2}], How.REMOVE) == [old[1]]
    elsewhere = {"kind": "reel", "count": 1, "platform": "facebook"}
    assert now([elsewhere], How.ADD) == [*old, elsewhere]
    two = [{"kind": "reel", "count": 1, "platform": each} for each in ("facebook", "instagram")]
    assert amended(field, [*two, old[0]], [{"kind": "reel", "count": 1}], How.REMOVE, {})[1] == [old[0]]


def test_a_piece_stands_for_one_at_its_place_before_any_of_its_kind() -> None:
    reel, post = DeliverableKind.REEL, DeliverableKind.POST
    instagram, facebook = Platform.INSTAGRAM, Platform.FACEBOOK
    have = [(reel, facebook), (reel, instagram), (post, instagram)]
    assert spots.matched(have, [(reel, instagram), (reel, facebook)]) == [1, 0]
    assert spots.matched(have, [(post, facebook), (reel, instagram)]) == [2, 1]
    assert spots.matched(have[:1], [(reel, instagram), (reel, facebook)]) == [None, 0]
    assert spots.matched([], [(reel, instagram)]) == [None]


@pytest.mark.parametrize("place", PLACES)
def test_whatever_reads_words_knows_each_network_by_its_row(place: Place) -> None:
    called = place.called[0]
    assert called in names.NOT_NAMES
    assert exclusions.exclusions(f"food creators, no {place.title}")[0] == []
    said = f"our {called} has 50k followers"
    assert aside.own_audience(said, said.index("50k"), said.index(" followers"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("facebok", "facebook"),
        ("linkdin", "linkedin"),
        ("sharechaat", "sharechat"),
        ("instgram", "instagram"),
    ],
)
def test_slips_in_the_names_of_networks_are_mended(typed: str, meant: str) -> None:
    assert spelling.mended(typed) == meant
    assert spelling.mended(f"{meant}s") == f"{meant}s"
