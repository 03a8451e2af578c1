"""A word of a button is a yes; what only points, or asks for the speaker, is none."""

import pytest

from bots.understanding import changes


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("call me", "Call it off"),
        ("send me", "Send it back"),
        ("send it to me", "Send offers"),
        ("ask me please", "Ask to cancel"),
        ("that's", "That's the post"),
        ("es", "Es mi publicación"),
    ],
)
def test_a_word_of_the_button_is_no_yes_by_itself(said: str, label: str) -> None:
    assert not changes.affirms(said, label)


@pytest.mark.parametrize(
    ("said", "label"),
    [("send it", "Send draft"), ("send it please", "Send draft"), ("agree", "Agree"), ("that's right", "")],
)
def test_a_button_s_word_is_still_a_yes(said: str, label: str) -> None:
    assert changes.affirms(said, label)
