"""Which language is spoken and whose clock it goes by, and gettext's catalogues of the other languages.

English is written in the code; a catalogue in `locale/` has the other words for it. A turn, a notice or a
drawing speaks its person's language from `speaking` on, without handing it through every call.
"""

import gettext as gnu
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ENGLISH = "en"
LANGUAGES: dict[str, str] = {ENGLISH: "English", "hi": "हिन्दी", "es": "Español", "pt": "Português"}
"""The languages we speak, each by its own name."""
CATALOGUES = Path(__file__).parent / "locale"
WISHES_MAX = 20
WEIGHT = re.compile(r"q=([01](?:\.\d{0,3})?)", re.IGNORECASE)
COMMAND = "command"
"""The context of words that people type, so that they can differ from the same words in a sentence."""

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)
_zone: ContextVar[str] = ContextVar("zone", default="UTC")


def spoken() -> str:
    """Return the code of the language spoken now."""
    return _spoken.get()


@contextmanager
def speaking(language: str, timezone: str = "UTC") -> Iterator[None]:
    """Speak a language from here on, and tell times by somebody's clock; an unknown language is English."""
    language_before = _spoken.set(language if language in LANGUAGES else ENGLISH)
    zone_before = _zone.set(timezone)
    try:
        yield
    finally:
        _zone.reset(zone_before)
        _spoken.reset(language_before)


def speak(language: str) -> None:
    """Speak another language for the rest of what `speaking` surrounds."""
    _spoken.set(language)


def wanted(accept_language: str) -> str:
    """Return which of our languages a browser wants most (RFC 9110), English where it names none of ours."""
    best, most = ENGLISH, 0.0
    for one in accept_language.split(",")[:WISHES_MAX]:
        tag, _, weight = one.partition(";")
        code = tag.strip().lower().partition("-")[0]
        stated = WEIGHT.fullmatch(weight.strip()) if weight else None
        how_much = float(stated[1]) if stated else 0.0 if weight else 1.0
        if code in LANGUAGES and how_much > most:
            best, most = code, how_much
    return best


def local(at: datetime) -> datetime:
    """Return an instant by the clock of whoever is spoken to."""
    return at.astimezone(ZoneInfo(_zone.get()))


def translated(text: str) -> str:
    """Return our English words in the language spoken now; anything that is not ours comes back as it is."""
    return _catalogue(spoken()).gettext(text) if text and spoken() != ENGLISH else text


@cache
def typed_words(word: str) -> frozenset[str]:
    """Return a word people type, in every language we speak. Looked up once: every typed turn asks for all."""
    return frozenset({word, *(_catalogue(code).pgettext(COMMAND, word) for code in LANGUAGES)})


def typed_word(word: str) -> str:
    """Return a word people type, in the language spoken now."""
    return _catalogue(spoken()).pgettext(COMMAND, word)


def locale(territory: str = "") -> Locale:
    """Return how numbers and dates are written, in a territory where its people have a way of their own."""
    return _locale(spoken(), territory)


@lru_cache(maxsize=64)
def _locale(language: str, territory: str) -> Locale:
    known = Locale.parse(f"{language}_{territory}", resolve_likely_subtags=False) if territory else None
    return known or Locale.parse({ENGLISH: "en_GB"}.get(language, language))


def in_every_language(text: str) -> tuple[str, ...]:
    """Return what English words of ours are called in each of the other languages."""
    return tuple(_catalogue(language).gettext(text) for language in LANGUAGES if language != ENGLISH)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> gnu.NullTranslations:
    """Read a catalogue; compiled in memory, so that the repository holds text alone."""
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return gnu.NullTranslations()
    with path.open("rb") as written:
        catalogue = read_po(written, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gnu.GNUTranslations(compiled)
