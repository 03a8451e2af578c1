"""People who speak another language: switched at once, paid as their country pays."""

import pytest

from bots.dialogues.wallet import payout_way
from bots.phrases.languages import speaking
from market.stage import Stage
from tests.scenarios.test_consent import newest


def test_who_switches_before_anything_else_can_go_on(stage: Stage) -> None:
    stage.say("nuevo", "language")
    stage.press("nuevo", "Español")
    assert "Soy una marca" in newest(stage, "nuevo")
    stage.press("nuevo", "Soy una marca")
    assert "¿Cómo se llama tu marca" in newest(stage, "nuevo")


def test_one_word_tells_a_language(stage: Stage) -> None:
    stage.say("nueva", "Hola")
    assert "¿Qué te trae por aquí?" in stage.last("nueva", "Soy Nano")


@pytest.mark.parametrize(
    ("country", "language", "words"),
    [
        ("IN", "en", "UPI"),
        ("IN", "hi", "UPI"),
        ("MX", "es", "CLABE"),
        ("BR", "pt", "Pix"),
        ("ES", "es", "IBAN"),
        ("DE", "en", "IBAN"),
        ("US", "en", "a name for your bank account"),
        ("", "en", "a name for your bank account"),
    ],
)
def test_an_account_is_called_as_the_country_calls_it(country: str, language: str, words: str) -> None:
    with speaking(language):
        assert words in payout_way(country)
        assert ("UPI" in payout_way(country)) is (country == "IN")
