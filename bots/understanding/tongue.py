"""Which language somebody writes: by the app's setting, the script, and words no other of ours has."""

import re

from bots.phrases.languages import LANGUAGES

MARKS: dict[str, frozenset[str]] = {
    "en": frozenset(
        [
            "the",
            "and",
            "with",
            "for",
            "i",
            "we",
            "want",
            "need",
            "hello",
            "please",
            "my",
            "looking",
            "creators",
            "by",
            "under",
        ]
    ),
    "es": frozenset(
        [
            "hola",
            "quiero",
            "necesito",
            "busco",
            "para",
            "con",
            "hasta",
            "ciudad",
            "creadores",
            "seguidores",
            "soy",
            "tengo",
            "por",
            "favor",
            "gracias",
            "buenas",
            "el",
            "y",
        ]
    ),
    "pt": frozenset(
        [
            "olá",
            "oi",
            "quero",
            "preciso",
            "procuro",
            "para",
            "com",
            "até",
            "cidade",
            "criadores",
            "seguidores",
            "sou",
            "tenho",
            "obrigado",
            "obrigada",
            "em",
            "e",
            "você",
        ]
    ),
}
ALONE = frozenset({"hola", "gracias", "necesito", "olá", "obrigado", "obrigada", "você", "preciso"})
"""Words of one of our languages that tell it by themselves."""
DEVANAGARI = re.compile(r"[\u0900-\u097F]{2,}")
HINGLISH = frozenset(
    [
        *(
            "hai",
            "hain",
            "hoon",
            "hu",
            "mera",
            "meri",
            "mere",
            "mujhe",
            "kya",
            "nahi",
            "chahiye",
            "karna",
            "karti",
        ),
        *(
            "karta",
            "karte",
            "banati",
            "banata",
            "naam",
            "aur",
            "kaise",
            "mein",
            "hum",
            "humein",
            "humare",
            "hamare",
        ),
        *("apna", "apne", "paise", "kitna", "kitne", "rehti", "rehta", "liye", "wale", "wali", "namaste"),
    ]
)
"""Words of Hindi as it is written with Latin letters."""
MARKS_AT_LEAST = 2


def is_hinglish(text: str) -> bool:
    """Tell whether somebody writes Hindi with Latin letters: which of two languages they read is theirs to say."""
    return len(HINGLISH.intersection(re.findall(r"[^\W\d_]+", text.casefold()))) >= MARKS_AT_LEAST


def guess(setting: str, text: str, *, first: bool = True) -> str:
    """Return the code of a language we speak, empty when it cannot be told.

    `setting` is the language tag of the person's app, empty where the app does not say. Where the text is not
    the `first` of a talk, a single word of another language tells nothing: people thank in many.
    """
    code = setting.partition("-")[0].lower()
    if code in LANGUAGES:
        return code
    if DEVANAGARI.search(text):
        return "hi"
    words = set(re.findall(r"[^\W\d_]+", text.casefold()))
    counts = sorted(
        (
            (len(words & marks) + (len(words & marks & ALONE) if first else 0), language)
            for language, marks in MARKS.items()
        ),
        reverse=True,
    )
    (most, language), (second, _) = counts[0], counts[1]
    return language if most >= MARKS_AT_LEAST and most > second else ""
