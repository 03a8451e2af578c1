"""The cities, countries and languages that a text names."""

import regex as re
from rapidfuzz import fuzz, process

from bots.understanding import gazetteer, wording
from bots.understanding import lexicon as words

CITIES_MAX = 24


def city(text: str) -> gazetteer.City | None:
    """Return the one city of an answer that is expected to be a place."""
    found = city_spans(text, certain=True)
    return found[0][0] if found else None


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
        city_ = known.get(gazetteer.fold(gram)) or known.get(gazetteer.fold(gazetteer.plain(gram)))
        if city_ is None or text[max(0, start - 1) : start] in {"#", "@"}:
            continue
        listed = bool(found) and gram[0].isupper() and CITY_LIST.fullmatch(text[taken:start])
        if certain or listed or _stands_for_place(text, gram, start, end, city_):
            found.append((city_, start, end))
            taken = end
            if len(found) == CITIES_MAX:
                break
    if certain and not found:
        found = _misspelt_city(text)
    return found


def _stands_for_place(text: str, gram: str, start: int, end: int, city_: gazetteer.City) -> bool:
    if not gram.isascii() and "\u0900" <= gram[0] <= "\u097f":
        return True
    ahead, behind = wording.before(text, start, 20), wording.after(text, end, 12)
    if re.search(r"(?:antes|até|depois|before|by|at|o|do|no)\s*$", ahead) and gram.lower() == "natal":
        return False  # Christmas
    cued = wording.ends_with(ahead, words.PLACE_BEFORE) or wording.begins_with(behind, words.PLACE_AFTER)
    capital = gram[0].isupper()
    if gram.lower() in words.NUMBER_WORDS:  # "lima" counts to five
        return cued and capital
    if city_.population >= gazetteer.POPULATION_PLAIN and (capital or cued or len(gram) >= 5):  # noqa: PLR2004
        return True
    return cued and capital


def _misspelt_city(text: str) -> list[tuple[gazetteer.City, int, int]]:
    typed = gazetteer.fold(text)
    if not 5 <= len(typed) <= 30:  # noqa: PLR2004
        return []
    large = {name: c for name, c in gazetteer.cities().items() if c.population >= gazetteer.POPULATION_PLAIN}
    hit = process.extractOne(typed, list(large), scorer=fuzz.ratio, score_cutoff=88)
    return [(large[hit[0]], 0, len(text))] if hit else []


def countries(text: str) -> list[str]:
    """Return the ISO codes of the countries a text names."""
    known, found, taken = gazetteer.countries(), [], 0
    text = re.sub(r"\bbahasa\s+\w+(?:\s*(?:,|dan|atau|&)\s*indonesia\b)?", " ", text, flags=re.IGNORECASE)
    for gram, start, end in wording.grams(text):
        code = known.get(gazetteer.fold(gram)) if start >= taken else None
        if code:
            found.append(code)
            taken = end
    if re.search(r"\bUS\b", text):
        found.append("US")
    return list(dict.fromkeys(found))


TAUGHT = r"\b(?:academia de|curso de|cursos de|clases de|aulas de|escola de|escuela de|learn|teach|teaching|kursus|belajar|lernen)"


def languages(text: str) -> list[str]:
    """Return the ISO codes of the languages a text names; Hinglish is Hindi."""
    known = gazetteer.languages()
    text = re.sub(rf"{TAUGHT}\s+[^\W\d_]+", " ", text, flags=re.IGNORECASE)
    spoken = "|".join(map(re.escape, known))
    text = re.sub(
        rf"\b(bahasa\s+(?:{spoken})\s+(?:dan|atau)\s+)(?=indonesia\b)",
        r"\1bahasa ",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(rf"\bbahasa\s+(?=(?!indonesia\b)(?:{spoken})\b)", " ", text, flags=re.IGNORECASE)
    found = [known[key] for gram, _, _ in wording.grams(text, 2) if (key := gazetteer.fold(gram)) in known]
    return list(dict.fromkeys(found))
