"""What a brief does not want, named in English whatever the language."""

from collections.abc import Iterator
from functools import cache
from itertools import islice

import regex as re

from bots.understanding import gazetteer, refusals, topics, wording
from bots.understanding import lexicon as words
from core.networks.places import PLACES

WORDS_IN_A_THING = 3
TOKEN = re.compile(r"\s*([^\W\d_][\w'&-]*|[^\w\s]|\d\S*|\n)")
PORTUGUESE = re.compile(
    r"\b(?:não|mais|perfis|quero|lojas?|vendas|meninas|moças|precisamos|preciso|procuro|orçamento|criador\w*|influenciador\w*|até|campanha|com|seguidores no|reais|vídeos?|você|uma?)\b|[ãõ]|r\$"
)
SPANISH_NO = re.compile(
    r"[¿¡ñ]|\b(?:el|los|las|con|una|busco|buscamos|necesito|presupuesto|creadores|hasta|y)\b"
)
CLAUSE = re.compile(
    r"[,.;:!?\n|()।]|\s-\s|\b(?:sirf|lekin|magar|but|only|aur sirf|सिर्फ|लेकिन|mas|pero)\b", re.IGNORECASE
)
ENDS_CLAUSE = re.compile(
    r"\s*(?:[,.;!?\n|)।]|$|-\s|(?:sirf|lekin|only|सिर्फ|लेकिन|aur|और|bas)\b)", re.IGNORECASE
)
OTHER_PLATFORMS = frozenset(
    {
        *(place.title.casefold() for place in PLACES),
        *("twitch", "snapchat", "snap", "pinterest", "josh", "kwai", "telegram", "whatsapp"),
    }
)
"""Networks by their bare titles, "threads" too, and those where nothing is posted for us."""


@cache
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w'-])(?:{wording.joined(refusals.BEFORE)})(?P<label>\s*:)?(?=\s)", re.IGNORECASE
    )


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s)(?:{wording.joined(refusals.AFTER)})(?!\w)", re.IGNORECASE)


def exclusions(text: str) -> tuple[list[str], str]:
    """Return what must not be, and the text without those words, so that nobody wishes for them.

    A platform, a place or a goal that is ruled out is taken out of the text and is no exclusion.
    """
    found: list[str] = []
    spans: list[tuple[int, int]] = []
    lowered = text.lower()
    portuguese = PORTUGUESE.search(lowered) is not None and SPANISH_NO.search(lowered) is None
    for match in islice(_before().finditer(text), wording.CUES_MAX):
        if match.start() < max((end for _, end in spans), default=0) or (
            portuguese and match[0].lower() == "no"
        ):
            continue  # "no" is "in the" there
        things, end = _things(text, match.end(), listed=match["label"] is not None)
        if things:
            found += things
            spans.append((match.start(), end))
    for match in islice(_after().finditer(text), wording.CUES_MAX):
        things, start = _things_before(text, match)
        if things and not any(s < match.end() and start < e for s, e in spans):
            found += things
            spans.append((start, match.end()))
    named = [english(thing) for thing in found if not is_structure(thing, text)]
    return list(dict.fromkeys(named)), wording.blank(text, spans)


def _tokens(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield (word or sign, where it ends) from a place on."""
    for match in islice(TOKEN.finditer(text, start), 40):
        yield match[1], match.end()


def _things(text: str, start: int, *, listed: bool) -> tuple[list[str], int]:
    """Return what follows a "no", and where it ends: one thing, or those that "or", "ni", "dan" join to it.

    What follows a comma belongs to it only in a list that ends so, or after "Avoid:".
    """
    items: list[str] = []
    held: list[str] = []  # after a comma: taken once a conjunction has come
    end = start
    comma = False
    for thing, after, sign in _runs(text, start):
        held.append(thing)
        if not comma or listed or sign == LAST_OF_A_LIST:
            items, held, end = items + held, [], after
        comma = comma or sign == ","
    return items, end


LAST_OF_A_LIST = "last"


def _runs(text: str, start: int) -> Iterator[tuple[str, int, str]]:
    """Yield (thing, where it ends, the sign that goes on with the next one) as long as one follows another."""
    kept: list[str] = []
    end, first, joined, comma = start, True, "", False
    for sign, after in [*_tokens(text, start), (".", len(text))]:
        low = sign.lower()
        known = None if kept else _phrases().match(text, after - len(sign))
        if known:
            start = known.end()
            yield known[0].lower(), start, LAST_OF_A_LIST if joined and joined != "," else low
            return
        joins = low in refusals.CONNECTORS
        goes_on = sign[0].isalpha() and not joins and low not in refusals.BORDERS
        if goes_on and not kept and low in refusals.FILLERS:
            continue
        if goes_on and first and not kept and low in refusals.STOPS:
            return
        if goes_on and len(kept) < WORDS_IN_A_THING:
            kept.append(low)
            end = after
            continue
        thing = _trimmed(kept)
        people = not words_of_people().isdisjoint(kept)
        if not thing or (people and comma):
            return
        yield thing, end, LAST_OF_A_LIST if joined and joined != "," else low
        if not joins or (low == ":" and not first):
            return
        kept, first, joined, comma = [], False, low, comma or low == ","


OF_OTHERS = r"(?:other|rival|competing|otras?|outras?|andere[nr]?|autres?)\s+(?:[^\W\d_]+\s+){0,2}?(?:brands?|marcas?|marken?|marques?)(?:\s+(?:promos?|promotions?|collabs?))?"
"""Brands that compete: what they sell is not ruled out."""


@cache
def _phrases() -> re.Pattern[str]:
    """Return the pattern of what has a name of several words: "pruebas en animales"."""
    several = tuple(phrase for phrase in refusals.IN_ENGLISH if " " in phrase)
    return re.compile(rf"(?:{wording.joined(several)}|{OF_OTHERS})(?!\w)", re.IGNORECASE)


@cache
def words_of_people() -> frozenset[str]:
    """Return the words for creators: what is said of them is wished for."""
    return frozenset(words.PEOPLE_WORDS)


def _trimmed(kept: list[str]) -> str:
    parts = [word.strip("'.") for word in kept]
    while parts and parts[-1] in refusals.TAIL:
        parts.pop()
    return " ".join(parts)


def _things_before(text: str, match: re.Match[str]) -> tuple[list[str], int]:
    """Return what stands before a "nahi chahiye", and where it begins: a word, or two that are joined."""
    if match[0].lower() in ENDINGS and not ENDS_CLAUSE.match(text, match.end()):
        return [], match.start()
    clause = CLAUSE.split(text[max(0, match.start() - 60) : match.start()])[-1]
    parts = [(m[0].lower(), m.start()) for m in re.finditer(r"[^\W_][\w'-]*", clause)]
    offset = match.start() - len(clause)
    while parts and parts[-1][0] in refusals.TAIL:
        parts.pop()
    if not parts or parts[-1][0] in refusals.STOPS or parts[-1][0].isdigit():
        return [], match.start()
    things = [_known_phrase(parts)]
    parts = parts[: -len(things[0].split())] if len(parts) > len(things[0].split()) else parts[:1]
    begin = clause.lower().rfind(things[0])
    while parts:
        joined = len(parts) > 1 and parts[-1][0] in refusals.CONNECTORS
        thing, at = parts[-2] if joined else parts[-1]
        if thing in refusals.STOPS or not (joined or _is_ruled_out_often(thing)):
            break  # "daaru sigret nahi": what is often ruled out needs no "aur"
        things.insert(0, thing)
        begin = at
        parts = parts[: -2 if joined else -1]
    return things, offset + begin


def _is_ruled_out_often(thing: str) -> bool:
    return thing in refusals.IN_ENGLISH or thing in refusals.ENGLISH


ENDINGS = frozenset({"não", "excluded", "not allowed", "vermeiden", "dilarang", "mat", "मत"})
"""Words that rule out what stands before them only at the end of a clause."""


def _known_phrase(parts: list[tuple[str, int]]) -> str:
    two = " ".join(word for word, _ in parts[-2:])
    known = two in refusals.IN_ENGLISH or (
        " " in two
        and wording.topics(two, topics.words_of_topics())
        and wording.hits(two, topics.words_of_topics())[0][:2] == (0, len(two))
    )
    return two if known else parts[-1][0]


def english(thing: str) -> str:
    """Return what is ruled out, in English where we know the word."""
    for form in (thing, gazetteer.plain(thing)):
        if form in refusals.IN_ENGLISH:
            return refusals.IN_ENGLISH[form]
    if thing.endswith("werbung") and (told := refusals.IN_ENGLISH.get(thing.removesuffix("werbung"))):
        return told
    known = [refusals.IN_ENGLISH[word] for word in thing.split() if word in refusals.IN_ENGLISH]
    return known[0] if known and not thing.isascii() else thing


def is_structure(thing: str, text: str) -> bool:
    """Tell whether what is ruled out is a platform, a place or a goal rather than a subject."""
    if thing in refusals.IN_ENGLISH:
        return False
    if thing in OTHER_PLATFORMS or set(thing.split()) <= _platforms() or thing in _goals():
        return True
    city = gazetteer.cities().get(gazetteer.fold(thing))
    written = next(wording.whole_words(thing, text), None)
    capital = written is not None and text[written].isupper()
    large = city is not None and city.population >= gazetteer.POPULATION_PLAIN
    return (city is not None and (capital or large)) or gazetteer.fold(thing) in gazetteer.countries()


@cache
def _platforms() -> frozenset[str]:
    return frozenset(name for many in words.PLATFORMS.values() for name in many)


@cache
def _goals() -> frozenset[str]:
    return frozenset(name for many in words.GOALS.values() for name in many)
