"""What somebody calls themselves."""

from functools import cache

import regex as re

from bots.understanding import gazetteer, places, wording
from bots.understanding import lexicon as words
from bots.understanding.place_names import CITY_ALIASES

NAME = r"((?:[^\W\d_][\w'’-]*)(?:[^\S\n]+(?:de|da|do|del|van|von|dos)?[^\S\n]?[^\W\d_][\w'’-]*){0,2})"
PROPER = r"((?-i:\p{Lu}[\w'’-]+(?:[^\S\n]+\p{Lu}[\w'’-]+)?))"
TITLES = frozenset(
    {
        "bhai",
        "bro",
        "dear",
        "sir",
        "mam",
        "madam",
        "team",
        "ji",
        "dosto",
        "yaar",
        "dr",
        "dra",
        "mr",
        "mrs",
        "ms",
        "prof",
        "sr",
        "sra",
    }
)
NAME_CUES = tuple(re.compile(cue, re.IGNORECASE) for cue in (
    rf"\b{PROPER}\s+na+m\s+hai\b",
    rf"(?:^|[.!,]\s*){PROPER}\s+here\b",
    rf"\b(?:my names?(?: is)?|my name's|je m'appelle|moi c'est|name is|this is|call me|i am called|myself|me dicen|me llaman|me chamam de|panggil(?: aja| saya)?|(?:nama|nombre|nome|name|naam)\s*[:=-])(?!\w)\s*(?:dr\.?|mrs?\.?|ms\.?|prof\.?)?\s*{NAME}",
    rf"\b(?:mera naam|mera nam|naam)\s+(?:hai\s+)?{NAME}",
    rf"\b(?:me llamo|mi nombre es|meu nome é|me chamo|nama saya|nama aku|namaku|nama ku|ich heiße|ich heisse|mein name ist)\s+{NAME}",
    r"(?:मेरा नाम|नाम)\s+((?:[\u0900-\u097f]+\s?|[A-Za-z]+\s?){1,2}?)\s*(?:है|हूँ|हूं)",
    r"नाम\s*[:=-]?\s*((?:[\u0900-\u097f]+\s?|[A-Za-z]+\s?){1,2}?)\s*(?:,|\n|।|$)",
    r"(?:^|\W)मैं\s+((?:[\u0900-\u097f]+\s?|[A-Za-z]+\s?){1,2}?)\s*(?:हूँ|हूं|,)",
    rf"\b{NAME}\s+bol rah[aie]\b",
    rf"(?:^|[.!,]\s*|\b(?:hi|hey|hello|namaste|namaskar)\s+)(?:main|mein|mai|me)\s+{NAME}\s*(?:hoon|hu|hun|hoo|,)",
    rf"\b(?:main|mein|mai)\s+{PROPER}",
    rf"\b(?:i am|i'm|im|soy|sou a|sou o|sou|(?:ich )?bin(?: die| der)?|saya|aku|it's|je suis|eu sou a|eu sou o|eu sou|aquí|aqui é a|aqui é o|aqui é)\s+{NAME}",
    rf"(?:^|[.!]\s*|\b(?:hi|hey|hello|hola|oi|olá|hallo|halo|hai|kak|namaste|namaskar|servus|moin|guten tag|grüezi|bom dia|buenas)[,!]*\s+){NAME}\s+(?:here|this side|de este lado|hier|di sini|aqui|aquí)\b",
    rf"(?:^|[.!,]\s*)(?:[^\W\d_]+\s+){{0,4}}?{PROPER}\s+(?:from|aus|dari)\b",
))  # fmt: skip
GREETINGS = frozenset({"hi", "hey", "hello", "hola", "oi", "oii", "olá", "ola", "hallo", "halo", "hai", "namaste", "namaskar", "servus", "moin", "yo", "guten", "kenalin", "kenalkan", "perkenalan", "salam", "bonjour", "salut", "coucou", "hiya", "heya", "buenas", "bom", "boa", "perkenalkan", "rates", "rate", "city", "niche"})  # fmt: skip
NOT_NAMES = frozenset(
    [
        "all",
        "now",
        "only",
        "still",
        "a",
        "an",
        "the",
        "from",
        "in",
        "into",
        "and",
        "with",
        "here",
        "food",
        "fashion",
        "travel",
        "beauty",
        "fitness",
        "tech",
        "based",
        "creator",
        "influencer",
        "blogger",
        "vlogger",
        "papá",
        "mamá",
        "padre",
        "madre",
        "student",
        "mom",
        "mum",
        "currently",
        "located",
        "also",
        "hoon",
        "hu",
        "hun",
        "hai",
        "main",
        "mein",
        "se",
        "ke",
        "ka",
        "ki",
        "una",
        "un",
        "uma",
        "um",
        "eine",
        "ein",
        "einen",
        "seorang",
        "dari",
        "di",
        "de",
        "en",
        "em",
        "creadora",
        "creador",
        "criadora",
        "criador",
        "aus",
        "und",
        "tinggal",
        "mom",
        "lifestyle",
        "gaming",
        "yoga",
        "chef",
        *(word for many in words.PLATFORMS.values() for word in many),
        "on",
        "at",
        "living",
        "ready",
        "looking",
        "interested",
        "open",
        "available",
        "doing",
        "making",
        "new",
        "not",
        "just",
        "really",
        "very",
        "so",
        "working",
        "active",
        "adalah",
        "kreator",
        "konten",
        "suka",
        "buat",
        "posting",
        "i",
        "my",
        "me",
        "you",
        "we",
        "also",
        "apasionada",
        "apasionado",
        "content",
        "happy",
        "nano",
        "micro",
        "full",
        "part",
        "chartered",
        "certified",
        "professional",
        "passionate",
        "located",
        "im",
        "i'm",
        "i’m",
        "ive",
        "i've",
        "it's",
        "we're",
        "we’re",
        "we",
        "i",
        "who's",
        "who’s",
    ]
)
STOP_NAME = re.compile(r"\s+(?:from|in|and|here|aus|de|dari|di|se|hoon|hu|hun|hai|hoo|y|und|e|dan|from|with|,|-|\||based|mumbai|living|main|mein|i|ich|yo|eu|aku|saya|soy|sou|bin|tengo|tenho|vivo|moro)\b.*$", re.IGNORECASE)  # fmt: skip


def is_called(said: str) -> bool:
    """Tell whether what stands behind "I'm" is a name, and not where from or what somebody is."""
    return bool(_clean_name(said)) and not places.cities(said)


def name(text: str) -> str:
    """Return what somebody calls themselves in a text, empty where they do not."""
    for cue in NAME_CUES:
        for match in cue.finditer(text):
            name = _clean_name(match[1])
            if name:
                return name
    for opening in _openings().finditer(text):
        name = _clean_name(next(filter(None, opening.groups())))
        if name and (not _names_something(name) or _before_city(name, text[opening.end() :])):
            return name
    return ""


@cache
def _openings() -> re.Pattern[str]:
    """Return the pattern of a name that stands alone where a sentence begins: "Tara. Kochi. cakes."."""
    greeting = "|".join(sorted(GREETINGS, key=len, reverse=True))
    title = "|".join(sorted(TITLES, key=len, reverse=True))
    hindi = r"((?-i:[\u0900-\u097f]+(?:\s[\u0900-\u097f]+)?))"
    return re.compile(
        rf"^(?i:{greeting})[\s,!.]+{PROPER}\s*[,.|/]|(?:^|[.!?\n]\s*)(?i:(?:{title})\.?\s+)?{PROPER}\s*[,|/]|^{PROPER}\s*[-.]|^{hindi}\s*[,|]"
    )


def _before_city(name: str, following: str) -> bool:
    """Tell whether a name that is a city's too stands before the city: "Sofia, Lisbon, books"."""
    first = re.match(r"\s*(\p{Lu}[\w'-]+)\s*(?:[,.|]|$)", following)
    is_city = gazetteer.fold(name) in gazetteer.cities()
    return is_city and first is not None and gazetteer.fold(first[1]) in gazetteer.cities()


def _names_something(phrase: str) -> bool:
    """Tell whether a phrase is a place, a topic, a platform or a greeting rather than a person."""
    lowered = phrase.lower()
    city = gazetteer.cities().get(lowered)
    if (
        (city and (lowered in CITY_ALIASES or gazetteer.fold(city.name) == lowered or not lowered.isascii()))
        or lowered.split()[0] in GREETINGS
        or places.languages(phrase)
    ):
        return True
    return bool(wording.topics(lowered, words.NICHES) or wording.topics(lowered, words.PLATFORMS))


def _clean_name(candidate: str) -> str:
    candidate = STOP_NAME.sub("", f"{candidate} ").strip()
    kept: list[str] = []
    for word in candidate.split():
        bare = word.lower().strip(".,'")
        if bare in NOT_NAMES or (bare in words.NUMBER_WORDS and word.islower()) or bare in words.PEOPLE_WORDS:
            break
        if not kept and (bare in TITLES or bare in GREETINGS):
            continue
        if not kept and wording.topics(bare, words.NICHES):
            break
        if kept and kept[0][0].isupper() and not word[0].isupper() and word.isascii():
            break
        kept.append(word.strip(".,"))
    return " ".join(word if not word.islower() else word.capitalize() for word in kept)
