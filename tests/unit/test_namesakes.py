"""Cities of one name: the place beside one says which, else its prices; a region misspelt is no city."""

import pytest

from bots.understanding import brief, intro, places
from tests.evals.slots import TODAY


@pytest.mark.parametrize(
    ("said", "city", "country"),
    [
        ("Hyderabad, Pakistan", "Hyderabad", "PK"),
        ("Hyderabad, Sindh", "Hyderabad", "PK"),
        ("Hyderabad", "Hyderabad", "IN"),
        ("Hyderabad (PK)", "Hyderabad", "PK"),
        ("Salem, Oregon", "Salem", "US"),
        ("Salem, Tamil Nadu", "Salem", "IN"),
        ("Birmingham, Alabama", "Birmingham", "US"),
        ("Cambridge, MA", "Cambridge", "US"),
        ("Córdoba, España", "Córdoba", "ES"),
        ("Guadalajara España", "Guadalajara", "ES"),
        ("Kochi, Kerala", "Kochi", "IN"),
        ("Kochi, Japan", "Kochi", "JP"),
        ("London, Ontario", "London", "CA"),
        ("Perth, Scotland", "Perth", "GB"),
        ("Köln, Deutschland", "Cologne", "DE"),
        ("Colonia", "Cologne", "DE"),
        ("Granada", "Granada", "ES"),
        ("León", "León de los Aldama", "MX"),
    ],
)
def test_what_is_said_beside_a_city_tells_which_one_it_is(said: str, city: str, country: str) -> None:
    found = places.city(said)
    assert found is not None
    assert (found.name, found.country) == (city, country)
    told = intro.profile_slots(f"I'm Tom from {said}, food, insta tom.eats 9k followers")
    assert told["city"] == {"city": city, "country": country}


def test_prices_tell_in_which_land_somebody_lives() -> None:
    told = intro.profile_slots("Soy Luz, de Valencia, cocina, @luz.cocina en Instagram, 60 euros el reel")
    assert told["city"] == {"city": "Valencia", "country": "ES"}
    told = intro.profile_slots("I'm Tom from Birmingham, food, insta tom.eats, $60 per reel")
    assert told["city"] == {"city": "Birmingham", "country": "US"}
    told = intro.profile_slots("I'm Tom from Pune, food, insta tom.eats, $60 per reel")
    assert told["city"] == {"city": "Pune", "country": "IN"}


@pytest.mark.parametrize(
    ("said", "town"),
    [
        ("Kerela", "Kochi"),
        ("Maharastra", "Mumbai"),
        ("Gujrat", "Ahmedabad"),
        ("Karnatka", "Bengaluru"),
        ("Califonia", "Los Angeles"),
        ("Bavariya", "Munich"),
    ],
)
def test_a_region_with_a_slip_is_asked_about_and_is_no_far_city(said: str, town: str) -> None:
    assert places.city(said) is None
    assert town in [city.name for city in places.candidates(said)][:3]


def test_a_brief_seeks_in_the_country_that_is_named_with_the_city() -> None:
    found = brief.slots("4 food creators in Hyderabad, Pakistan, 1 reel", TODAY)
    assert (found["cities"], found["countries"]) == (["Hyderabad"], ["PK"])
