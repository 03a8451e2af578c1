"""The places to post are one table: a brief, an introduction, a list and a deal know each of them."""

from datetime import date

import pytest

from bots.cards import words
from bots.understanding import brief, intro
from core.campaigns.schemas import Brief
from core.creators.lists import headings
from core.kit.vocabulary import DeliverableKind, Platform
from core.networks.places import PLACES

TODAY = date(2026, 11, 28)


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
