"""Whom a creator says that she reaches: shares of countries, ages and genders, as people write them."""

import regex as re

from bots.understanding import places, wording
from core.creators.schemas import AudienceShare, ShareOf

PARTS = re.compile(r"[;\n|]|,(?!\d)|(?<!\w)(?:and|y|e|aur|dan|und|और)(?!\w)")
PERCENT = re.compile(
    r"(?<![\d.,])(\d{1,3})(?:[.,]\d+)?\s?(?:%|percent|per cent|por ciento|por cento|persen|prozent|प्रतिशत)"
)
AGES = re.compile(r"(?<!\d)(\d{2})\s?(?:-|–|to|a|bis|sampai|se)\s?(\d{2})(?!\d)|(?<!\d)(\d{2})\s?\+")
GENDERS: dict[str, re.Pattern[str]] = {
    "women": re.compile(
        r"(?<!\w)(?:wom[ae]n|females?|girls|ladies|mujeres|mulheres|femenin[oa]|feminin[oa]|perempuan|wanita|frauen|weiblich|"
        r"mahila\w*|auratein|ladkiyan|महिला\w*|औरतें|लड़कियाँ)(?!\w)"
    ),
    "men": re.compile(
        r"(?<!\w)(?:m[ae]n|males?|boys|hombres|homens|masculin[oa]|laki-laki|pria|männer|männlich|purush|aadmi|ladke|पुरुष|लड़के)(?!\w)"
    ),
}


def shares(text: str) -> tuple[list[AudienceShare], list[str]]:
    """Return what a text says of an audience, and the parts with a share that are of nothing known."""
    found, unknown = list[AudienceShare](), list[str]()
    for part in PARTS.split(wording.normalise(text)):
        said = PERCENT.search(part.lower())
        if said is None:
            continue
        whom = _whom((part[: said.start()] + " " + part[said.end() :]).strip(" :.-–"))
        if whom is None:
            unknown.append(part.strip())
        else:
            found.append(AudienceShare(*whom, int(said[1])))
    return found, unknown


def _whom(words: str) -> tuple[ShareOf, str] | None:
    lowered = words.lower()
    if ages := AGES.search(lowered):
        return ShareOf.AGE, f"{ages[3]}+" if ages[3] else f"{ages[1]}–{ages[2]}"
    for gender, spoken in GENDERS.items():
        if spoken.search(lowered):
            return ShareOf.GENDER, gender
    countries = places.countries(words)
    return (ShareOf.COUNTRY, countries[0]) if len(countries) == 1 else None
