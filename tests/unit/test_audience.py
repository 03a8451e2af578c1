"""Whom a creator says that she reaches, in the ways in which people write it."""

import pytest

from bots.understanding.audience import shares
from core.creators.schemas import AudienceShare, ShareOf

C, A, G = ShareOf.COUNTRY, ShareOf.AGE, ShareOf.GENDER


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("India 70%, US 10%", [(C, "IN", 70), (C, "US", 10)]),
        ("women 60%; 18-24 55%", [(G, "women", 60), (A, "18–24", 55)]),
        ("70% India and 20% Nepal", [(C, "IN", 70), (C, "NP", 20)]),
        ("80% mujeres, 20% hombres", [(G, "women", 80), (G, "men", 20)]),
        ("35+ 12,5%", [(A, "35+", 12)]),
        ("25 to 34: 40 percent", [(A, "25–34", 40)]),
        ("भारत 90%", [(C, "IN", 90)]),
        ("men 40%\nwomen 60%", [(G, "men", 40), (G, "women", 60)]),
        ("mostly women", []),
        ("", []),
    ],
)
def test_shares_are_read(text: str, told: list[tuple[ShareOf, str, int]]) -> None:
    assert shares(text) == ([AudienceShare(*each) for each in told], [])


@pytest.mark.parametrize("text", ["dog lovers 40%", "40%", "India 50%, moon people 50%"])
def test_a_share_of_nothing_known_is_not_dropped(text: str) -> None:
    assert len(shares(text)[1]) == 1
