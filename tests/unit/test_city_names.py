"""A city has one name with us, and is shown by the one it has in the language spoken."""

import pytest

from bots.cards import words
from bots.phrases.languages import LANGUAGES, in_every_language, speaking
from bots.understanding import gazetteer, place_names, places


@pytest.mark.parametrize("english", place_names.SHOWN)
def test_what_is_shown_can_be_typed(english: str) -> None:
    ours = gazetteer.cities()[gazetteer.fold(english)]
    for name in in_every_language(english):
        found = gazetteer.cities()[gazetteer.fold(name)]
        assert found.name == ours.name or (found.name, english) == ("Delhi", "New Delhi"), name


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        *(("köln", "Cologne"), ("Colonia", "Cologne"), ("Sevilla", "Seville"), ("seville", "Seville")),
        *(
            ("Zúrich", "Zurich"),
            ("Rājkot", "Rajkot"),
            ("Rajkot", "Rajkot"),
            ("Ciudad de México", "Mexico City"),
        ),
        *(
            ("मुंबई", "Mumbai"),
            ("Bombay", "Mumbai"),
            ("Nova York", "New York City"),
            ("Los Ángeles", "Los Angeles"),
        ),
    ],
)
def test_a_city_has_one_name_however_it_is_said(said: str, ours: str) -> None:
    found = places.city(said)
    assert found is not None
    assert found.name == ours


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "Mexico City"), ("es", "Ciudad de México"), ("hi", "मेक्सिको सिटी"), ("pt", "Cidade do México")],
)
def test_a_city_is_shown_in_the_language_spoken(language: str, shown: str) -> None:
    assert language in LANGUAGES
    with speaking(language):
        assert words.cities(["Mexico City"]) == shown
        assert words.city("Zipaquirá") == "Zipaquirá"
