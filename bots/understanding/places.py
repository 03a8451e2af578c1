"""The cities, countries and languages that a text names."""

from collections.abc import Iterable, Iterator
from functools import cache

import regex as re
from rapidfuzz import fuzz, process

from bots.understanding import gazetteer, place_names, wording
from bots.understanding import lexicon as words

CITIES_MAX = 24
PLACE_BEHIND = re.compile(r"\s*[,(/-]?\s*(\p{L}[\p{L}\p{M}'-]*(?: \p{L}[\p{L}\p{M}'-]*){0,2})")
CODE_CHARACTERS = 2
"""Of a country or of a state of the United States."""


def city(text: str) -> gazetteer.City | None:
    """Return the one city of an answer that is expected to be a place; None where it may be several."""
    alone = gazetteer.called_like_words().get(gazetteer.fold(text.strip(" .!")))
    if alone:
        return alone
    found = city_spans(text, certain=True)
    if not found or _meant_region(text, found[0][0]):
        return None
    (city_, start, end) = found[0]
    return None if is_elsewhere(text, city_, end) or is_asked(text[start:end], text, end) else city_


def candidates(text: str) -> list[gazetteer.City]:
    """Return the cities to ask about where an answer names none of them: its region's, or those it is like."""
    in_region = [city_ for _, start, end in region_spans(text) for city_ in _towns(text[start:end])]
    whole = gazetteer.fold(text.strip(" .!"))
    in_state = gazetteer.every_region().get(whole, ())[:REGION_TOWNS_ASKED] if countries(text) else ()
    in_country = [c for code in countries(text) for c in gazetteer.largest_of(code, REGION_TOWNS_ASKED)]
    lands = [*in_state, *in_country[: REGION_TOWNS_ASKED - 1]] if in_state else in_country
    like = [city_ for city_, _ in _alike(text)]
    return in_region or lands or [*_towns_of_like(text)[:REGION_TOWNS_ASKED], *like]


def region_spans(text: str) -> list[tuple[str, int, int]]:
    """Return the states and provinces in a text with their spans."""
    known, taken = gazetteer.regions(), 0
    found: list[tuple[str, int, int]] = []
    for gram, start, end in wording.grams(text):
        if start >= taken and gazetteer.fold(gram) in known:
            found.append((gram, start, end))
            taken = end
    return found


def region_cities(text: str) -> list[str]:
    """Return the largest cities of the regions a text names."""
    return list(
        dict.fromkeys(c.name for _, start, end in region_spans(text) for c in _towns(text[start:end]))
    )


def _towns_of_like(text: str) -> tuple[gazetteer.City, ...]:
    """Return the towns of the region whose name a text is like: "Kerela", "Maharastra"."""
    typed = gazetteer.fold(text)
    if len(typed) < LIKE_CHARACTERS_MIN:
        return ()
    hit = process.extractOne(typed, list(gazetteer.regions()), scorer=fuzz.ratio, score_cutoff=LIKE_A_REGION)
    return gazetteer.regions()[hit[0]] if hit else ()


def _meant_region(text: str, city_: gazetteer.City) -> bool:
    """Tell whether a city's name may be a slip for the region of a larger town: Gujrat is not Gujarat."""
    towns = _towns_of_like(text)
    return bool(towns) and towns[0].population > city_.population


def _towns(region: str) -> tuple[gazetteer.City, ...]:
    return gazetteer.regions()[gazetteer.fold(region)]


def cities(text: str) -> list[str]:
    """Return the cities of an answer that is expected to be places."""
    return list(dict.fromkeys(c.name for c, _, _ in city_spans(text, certain=True)))


CITY_LIST = re.compile(r"\s*(?:,|and|&|y|e|und|dan|aur|or|o|oder|atau|ya|/|\+|और|या)\s*", re.IGNORECASE)


def city_spans(text: str, *, certain: bool = False) -> list[tuple[gazetteer.City, int, int]]:
    """Return the cities in a text with their spans.

    Without `certain`, a name counts when it is large, capitalised inside a sentence, or stands after a
    word like "in": many towns are called like common words.
    """
    known, taken = gazetteer.cities(), 0
    found: list[tuple[gazetteer.City, int, int]] = []
    for gram, start, end in wording.grams(text):
        if start < taken:
            continue
        city_ = known.get(gazetteer.fold(gram))
        if city_ is None and not gram.isascii():
            city_ = known.get(gazetteer.fold(gazetteer.plain(gram)))
        if city_ is None and (small := _small(text, gram, start, end)):
            found.append((small, start, end))
            taken = end
            continue
        if city_ is None or text[max(0, start - 1) : start] in {"#", "@"}:
            continue
        listed = bool(found) and gram[0].isupper() and CITY_LIST.fullmatch(text[taken:start])
        if certain or listed or _stands_for_place(text, gram, start, end, city_):
            found.append((_said_to_be_in(text, gram, end, city_), start, end))
            taken = end
            if len(found) == CITIES_MAX:
                break
    if certain and not found:
        found = _misspelt_city(text)
    return found


def _said_to_be_in(text: str, gram: str, end: int, likely: gazetteer.City) -> gazetteer.City:
    """Return of the cities that are called so the one in the place named right behind: "Salem, Oregon"."""
    known = (likely, *gazetteer.namesakes(gram), *gazetteer.small_towns().get(gazetteer.fold(gram), ()))
    return next(_fitting(text, end, known), likely)


def _fitting(text: str, end: int, known: Iterable[gazetteer.City]) -> Iterator[gazetteer.City]:
    """Yield of these cities those in the place that is named right behind, the longest name first."""
    for named in _places_behind(text, end):
        yield from (city_ for city_ in known if _whereabouts(city_) & named)


def _places_behind(text: str, end: int) -> Iterator[set[tuple[str, str]]]:
    behind = PLACE_BEHIND.match(text, end)
    words_behind = behind[1].split() if behind else []
    for n in range(len(words_behind), 0, -1):
        yield _places_called(" ".join(words_behind[:n]))


def _small(text: str, gram: str, start: int, end: int) -> gazetteer.City | None:
    """Return a town that is read only with its land behind it, or a word that is said to be where somebody is from."""
    if not gram[0].isupper():
        return None
    folded = gazetteer.fold(gram)
    if folded in gazetteer.called_like_words() and FROM.search(text[max(0, start - FROM_CHARACTERS) : start]):
        return gazetteer.called_like_words()[folded] if PARTED_BEHIND.match(text, end) else None
    towns = gazetteer.small_towns().get(folded)
    return next(_fitting(text, end, towns), None) if towns else None


def is_elsewhere(text: str, city_: gazetteer.City, end: int) -> bool:
    """Tell whether the place named behind a city is another than where it lies: "Whitby, UK" is none of Canada's."""
    lands = {country for named in _places_behind(text, end) for country, _ in named}
    return bool(lands) and city_.country not in lands


def is_asked(gram: str, text: str, end: int) -> bool:
    """Tell whether a city's name alone leaves open which is meant."""
    return gazetteer.fold(gram) in place_names.ASKED and not any(_places_behind(text, end))


def in_land_of(called: str, currency: str) -> gazetteer.City | None:
    """Return of the cities of a name the largest where a currency is at home."""
    return next(
        (c for c in gazetteer.namesakes(called) if gazetteer.currency_of(c.country) == currency), None
    )


def _whereabouts(city_: gazetteer.City) -> set[tuple[str, str]]:
    return {(city_.country, ""), (city_.country, city_.region)}


def _places_called(name: str) -> set[tuple[str, str]]:
    """Return the country, or country and region, that a name or a code of two letters means."""
    folded = gazetteer.fold(name)
    found = {(town.country, town.region) for town in gazetteer.every_region().get(folded, ())[:1]}
    if country := gazetteer.countries().get(folded):
        found.add((country, ""))
    if len(name) == CODE_CHARACTERS and name.isupper():
        found |= {(name, ""), ("US", name)}
    return found


FROM = re.compile(
    r"(?<!\w)(?:from|based (?:in|out of)|liv(?:e|ing) in|aus|vivo en|soy de|moro em|sou de|tinggal di|dari)\s+$",
    re.IGNORECASE,
)
FROM_CHARACTERS = 24
EVE = re.compile(r"(?:antes|até|depois|before|by|at|o|do|no)\s*$")
TOWN_BEHIND = re.compile(r"\s*(?:[,.|]|$|se\b|mein\b)")
PARTED_BEFORE, PARTED_BEHIND = re.compile(r"[,.|;\n]\s*$"), re.compile(r"\s*(?:[,.|;\n]|$)")
COMMA_BEHIND = re.compile(r",\s*([^\W\d_][\w. ]{1,30})")
AMERICA = re.compile(r"\bUS\b")


def _stands_for_place(text: str, gram: str, start: int, end: int, city_: gazetteer.City) -> bool:
    if not gram.isascii() and "\u0900" <= gram[0] <= "\u097f":
        return True
    ahead, behind = wording.before(text, start, 20), wording.after(text, end, 12)
    if gram.lower() == "natal" and EVE.search(ahead):
        return False  # Christmas
    if gram.lower() in words.PLACE_BEFORE:  # "Kota: Bandung" is a label, "Kota, studies" a town
        return gram[0].isupper() and TOWN_BEHIND.match(text, end) is not None
    cued = wording.ends_with(ahead, words.PLACE_BEFORE) or wording.begins_with(behind, words.PLACE_AFTER)
    capital = gram[0].isupper()
    alone = PARTED_BEFORE.search(text[max(0, start - 3) : start]) and PARTED_BEHIND.match(text, end)
    if gram.lower() in words.NUMBER_WORDS:  # "lima" counts to five
        return cued and capital
    if city_.population >= gazetteer.POPULATION_PLAIN and (capital or cued or alone or len(gram) >= 5):  # noqa: PLR2004
        return True
    return capital and (cued or _before_country(text, end))


def _before_country(text: str, end: int) -> bool:
    """Tell whether a country's name follows: "Galway, Ireland"."""
    following = COMMA_BEHIND.match(text, end)
    first = following[1].split(".")[0].strip() if following else ""
    return any(
        gazetteer.fold(" ".join(first.split()[:n])) in gazetteer.countries() for n in range(1, 4) if first
    )


def lone_city(text: str) -> list[tuple[gazetteer.City, int, int]]:
    """Return a smaller town that stands alone between separators, by its own name: "Joan, Exeter."."""
    for match in LONE.finditer(text):
        city_ = gazetteer.cities().get(gazetteer.fold(match[1]))
        if city_ and gazetteer.fold(city_.name) == gazetteer.fold(match[1]):
            return [(city_, match.start(1), match.end(1))]
    return []


LONE = re.compile(r"(?<=[,.|;\n]\s?)(\p{Lu}[\w'-]+(?:\s\p{Lu}[\w'-]+)?)(?=\s*(?:[,.|;\n]|$))")


NEAR_ENOUGH, LIKE, LIKE_A_REGION, APART = 90, 75, 83, 4
"""Of a hundred: from where on a misspelt name is taken, from where on it is asked about, and how far the next must be."""
LIKE_CHARACTERS_MIN, REGION_TOWNS_ASKED = 5, 3


def _misspelt_city(text: str) -> list[tuple[gazetteer.City, int, int]]:
    alike = _alike(text)
    if not alike or alike[0][1] < NEAR_ENOUGH or region_spans(text) or _towns_of_like(text):
        return []
    (best, score), *others = alike
    return [] if any(score - other < APART for _, other in others) else [(best, 0, len(text))]


def _alike(text: str) -> list[tuple[gazetteer.City, float]]:
    """Return large cities with names like a text, the nearest first, each once."""
    typed = gazetteer.fold(text)
    if not LIKE_CHARACTERS_MIN <= len(typed) <= 30:  # noqa: PLR2004
        return []
    large = {name: c for name, c in gazetteer.cities().items() if c.population >= gazetteer.POPULATION_PLAIN}
    hits = process.extract(typed, list(large), scorer=fuzz.ratio, score_cutoff=LIKE, limit=8)
    found: dict[gazetteer.City, float] = {}
    for name, score, _ in hits:
        found.setdefault(large[name], score)
    return list(found.items())[:3]


JOINED_COUNTRY = re.compile(
    r"(?<!\w)(?:pan|all|se)-(?=\p{Lu})|(?<=\p{Ll}|UK|US|UAE)-(?:based|wide|weit)(?!\w)", re.IGNORECASE
)
SPOKEN_INDONESIAN = re.compile(r"\bbahasa\s+\w+(?:\s*(?:,|dan|atau|&)\s*indonesia\b)?", re.IGNORECASE)


def countries(text: str) -> list[str]:
    """Return the ISO codes of the countries a text names."""
    known, found, taken = gazetteer.countries(), [], 0
    text = SPOKEN_INDONESIAN.sub(" ", text)
    if "-" in text:
        text = JOINED_COUNTRY.sub(lambda match: match[0].replace("-", " "), text)
    for gram, start, end in wording.grams(text):
        code = known.get(gazetteer.fold(gram)) if start >= taken else None
        if code:
            found.append(code)
            taken = end
    if AMERICA.search(text):
        found.append("US")
    return list(dict.fromkeys(found))


def sure_countries(text: str) -> list[str]:
    """Return the countries a text names, without one that is called as a state of the United States is: Georgia."""
    found = countries(text)
    alike = {found_ for name in place_names.STATES_TOO for found_ in countries(name)} & set(found)
    folded = {gazetteer.fold(gram) for gram, _, _ in wording.grams(text)} if alike else set()
    return [code for code in found if code not in alike or not folded & place_names.STATES_TOO]


def is_state_or_country(text: str) -> bool:
    """Tell whether a text names a place that may be a state or a country, and nothing that tells which."""
    normal = wording.normalise(text)
    return bool(set(countries(normal)) - set(sure_countries(normal))) and not city_spans(normal)


def named_countries(text: str) -> list[str]:
    """Return the ISO codes of the countries a text names, itself or by their cities."""
    return list(dict.fromkeys([*countries(text), *(city_.country for city_, _, _ in city_spans(text))]))


TAUGHT = re.compile(
    r"\b(?:academia de|curso de|cursos de|clases de|aulas de|escola de|escuela de|learn|teach|teaching|kursus|belajar|lernen)\s+[^\W\d_]+",
    re.IGNORECASE,
)
BAHASA = re.compile(r"\bbahasa\b", re.IGNORECASE)


@cache
def _bahasa() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of "bahasa X dan indonesia" and of "bahasa" before another language's name."""
    spoken = "|".join(map(re.escape, gazetteer.languages()))
    return (
        re.compile(rf"\b(bahasa\s+(?:{spoken})\s+(?:dan|atau)\s+)(?=indonesia\b)", re.IGNORECASE),
        re.compile(rf"\bbahasa\s+(?=(?!indonesia\b)(?:{spoken})\b)", re.IGNORECASE),
    )


def languages(text: str) -> list[str]:
    """Return the ISO codes of the languages a text names; Hinglish is Hindi."""
    known = gazetteer.languages()
    text = TAUGHT.sub(" ", text)
    if BAHASA.search(text):
        joined, alone = _bahasa()
        text = alone.sub(" ", joined.sub(r"\1bahasa ", text))
    found = [known[key] for gram, _, _ in wording.grams(text, 2) if (key := gazetteer.fold(gram)) in known]
    return list(dict.fromkeys(found))
