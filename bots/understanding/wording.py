"""The text itself: brought to one form, what stands before and after a place, runs of words, words of a topic.

Every reader is pure. Spans are positions in the normalised text, which has the same words as the original
but ASCII digits and plain spaces.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice, pairwise

import regex as re

from bots.understanding import calendar_words, spelling, spoken
from bots.understanding import lexicon as words
from core.kit import addresses
from core.kit.addresses import Spot

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
HANDLE = re.compile(r"(?<![\w@./])@([a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?)(?!\w)", re.IGNORECASE)
HASHTAG = re.compile(r"#([^\W_]\w{1,59})")
HANDLE_LIKE = re.compile(r"//[^.]+\.(?!com$|net$|org$)[^.]+$", re.IGNORECASE)
"""The address of a host that may as well be a handle: "insta meera.life" is one."""
SENTENCE_END = re.compile(r"[;!?\n।]|\.\s")
HINDI_WORDS = re.compile(
    r"\b(?:chahiye|chaiye|karta|karte|sirf|har|ab|tha|thi|naam|bhaiya|kul|lekin|bhi|hamari|rupay|rupaye|chahte|bana|bhej|wala|walon|jo|kya|hoti|hota|raha|rahi|hai|hain|hoon|hu|karna|karo|karwana|mujhe|mera|meri|hume|hamein|humara|hamare|wale|wali|aur|ke|ki|ka|se|"
    r"mein|pe|liye|denge|dunga|leta|leti|bhai|yaar|banata|banati|tak|nahi|kam)\b"
)
GROUPED = re.compile(
    r"(?<![\w.,+-]|\d )(?:\d{1,3}(?: \d{3})+|\d{1,2}(?: \d{2}){1,3} \d{3})(?![\w-]| \d|[.,]\d{3})"
)
"""A number in groups: 12 400, as Swiss, Swedes and many in Latin America write, and 1 20 000, as Indians do."""
LABEL = re.compile(r"(?<=^|[.;|]\s|\n)(\p{Lu}[^\W\d_]+(?: [^\W\d_]+)?) - (?=\S)")
LABELS_MIN = 2
SHORTENED = re.compile(
    r"(?<!\w)(max|min|mind|máx|mín|maks|ca|approx|aprox|abt|no|nos|incl|inkl|bzw)\.(?=\s?[^\W\d_]{0,3}[₹$€£]?\s?\d)",
    re.IGNORECASE,
)
"""Words cut short before a number: their point ends no sentence."""
NUKTA, WITH_NUKTA = "\u093c", "कखगजडढफय"
SPANISH = re.compile(
    r"\b(?:por|para|con|sin|hasta|cada|busco|buscamos|necesito|necesitamos|creadores|presupuesto|seguidores|cobro|soy)\b"
)
SPOKEN_IN_HINDI = frozenset({"do", "das", "teen", "char", "saat", "bees"})
"""Hindi numbers in Latin letters that are words of other languages too."""
COMPOUND = re.compile(
    r"(?<![@#\w./-])([^\W\d_]{3,})(blogger|influencer|creator|youtuber|tiktoker|trainer)(?=(?:in|innen|n|s)?(?![\w@]))",
    re.IGNORECASE,
)
"""A person by what she is about, in one word: Buchblogger, Fitnesstrainerinnen."""
PARTED = re.compile(r"[,;:!?\n/|]|\. ")
WORD_BEGINS = re.compile(r"(?<![\w@#.])\w+")
WORD_GOES_ON = re.compile(r"\w")
SENTENCE_BEGINS = re.compile(r"[.;!?\n]\s|।")
DEVANAGARI = re.compile(r"[\u0900-\u097f]{2}")
CONTEXT = 42
READ_CHARACTERS_MAX = 3_000
WORD_CHARACTERS_MAX = 200
WORDS_MAX, HANDLES_MAX, CUES_MAX = 600, 24, 12
NO_WORD = re.compile(rf"\S{{{WORD_CHARACTERS_MAX},}}")
DASHES = re.compile(r"[–—−]")
SWISS_GROUPS = re.compile(r"(?<=\d)'(?=\d{3}(?!\d))")
"""2'400, as the Swiss write."""
BLANKS, EMPTY_LINES = re.compile(r"[^\S\n]+"), re.compile(r"\n(?: ?\n)+")
TEXTS_KEPT = 8
"""Of one message are made so many: as it is, without its cities, without what was read of it."""


def normalise(text: str) -> str:
    """Return text in NFKC with ASCII digits, plain dashes and single spaces (lines stay, empty ones once).

    Numbers in words become digits, "20 000" one number, and what is often misspelt is mended.

    Reads the first READ_CHARACTERS_MAX characters; a "word" above WORD_CHARACTERS_MAX is no word.
    """
    text = NO_WORD.sub(" ", text[:READ_CHARACTERS_MAX])
    text = unicodedata.normalize("NFKC", text)[:READ_CHARACTERS_MAX]  # "½" and others become longer
    text = text.replace("\u200b", "").replace("’", "'").replace("İ", "I")
    if not text.isascii():
        text = DASHES.sub("-", text)
        text = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    text = SWISS_GROUPS.sub("", text)
    text = SHORTENED.sub(r"\1 ", COMPOUND.sub(r"\1 \2", text))
    text = EMPTY_LINES.sub("\n\n", BLANKS.sub(" ", text))
    if len(LABEL.findall(text)) >= LABELS_MIN:  # "Goal - sales. Market - Ireland."
        text = LABEL.sub(r"\1: ", text)
    return GROUPED.sub(lambda match: match[0].replace(" ", ""), spoken.digits(spelling.mended(text)))


def currency_of_writing(text: str) -> str:
    """Return the currency of the only country that writes like this: rupees for Hindi and Hinglish."""
    hindi = DEVANAGARI.search(text) or len(set(HINDI_WORDS.findall(text.lower()))) > 1
    return "INR" if hindi else ""


def counted(word: str, text: str) -> int:
    """Return the number a word means in a text, 0 for none: "do" is two only where Hindi is written."""
    word = word.lower()
    if word in SPOKEN_IN_HINDI and not currency_of_writing(text):
        return 0
    return int(word) if word.isdigit() else words.NUMBER_WORDS.get(word, 0)


def before(text: str, start: int, width: int = CONTEXT) -> str:
    """Return the lower-case words before a place, of the same sentence."""
    return SENTENCE_BEGINS.split(text[max(0, start - width) : start])[-1].lower().rstrip()


def after(text: str, end: int, width: int = CONTEXT) -> str:
    """Return the lower-case words after a place, of the same sentence."""
    return SENTENCE_END.split(text[end : end + width])[0].lower()


def ends_with(text: str, endings: Iterable[str]) -> bool:
    """Tell whether text ends with one of these words."""
    return one_of(r"(?<!\w)(?:{})\s*[:=]?$", tuple(endings)).search(text) is not None


def begins_with(text: str, beginnings: Iterable[str]) -> bool:
    """Tell whether text begins with one of these words."""
    return one_of(r"\s*(?:{})(?!\w)", tuple(beginnings)).match(text) is not None


@cache
def one_of(shape: str, vocabulary: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of any of these words in a shape: one search, not one for each word."""
    return re.compile(shape.format("|".join(map(_spelt, vocabulary))))


@cache
def joined(vocabulary: tuple[str, ...]) -> str:
    """Return the inside of a pattern for any of these words, the longest first."""
    return "|".join(map(_spelt, sorted(vocabulary, key=len, reverse=True)))


def _spelt(word: str) -> str:
    """Return the pattern of a word; Hindi is written with and without its dots and moons."""
    escaped = re.escape(word)
    if not DEVANAGARI.search(word):
        return escaped
    dotted = re.sub(rf"([{WITH_NUKTA}]){NUKTA}?", rf"\1{NUKTA}?", escaped)
    return re.sub("[ँं]", "[ँं]", dotted)


def has_word(text: str, vocabulary: Iterable[str]) -> bool:
    """Tell whether one of these words is in a text, as a whole word."""
    return one_of(r"(?<!\w)(?:{})(?!\w)", tuple(vocabulary)).search(text) is not None


def whole_words(word: str, text: str) -> Iterator[int]:
    """Yield where a word stands by itself in a text, in any case: a pattern made for one word costs more than the search."""
    word, lowered, at = word.lower(), text.lower(), 0
    while (start := lowered.find(word, at)) >= 0:
        at = start + max(len(word), 1)
        before_it = start > 0 and WORD_GOES_ON.match(text, start - 1)
        if not before_it and WORD_GOES_ON.match(text, at) is None:
            yield start


def link_spots(text: str) -> list[Spot]:
    """Return where web addresses stand in a text; a handle behind its network's name is none."""
    return [
        spot
        for spot in addresses.in_text(text, lambda word: word in _vocabulary())
        if not (spot.bare and HANDLE_LIKE.search(spot.url) and _handle_cue().search(before(text, spot.start)))
    ]


def links(text: str) -> list[str]:
    """Return the web addresses in a text; one without a scheme gets its https://."""
    return list(dict.fromkeys(spot.url for spot in link_spots(text)))


def without_links(text: str) -> str:
    """Return the text with a space for each web address."""
    for spot in reversed(link_spots(text)):
        text = f"{text[: spot.start]} {text[spot.end :]}"
    return text


@lru_cache(maxsize=TEXTS_KEPT)
def grams(text: str, most: int = 3) -> tuple[tuple[str, int, int], ...]:
    """Return every run of up to `most` words, longest first at each place, with its span.

    A message is asked for them by each kind of place, mostly with the same words.
    """
    found = [match.span() for match in islice(WORD.finditer(text), WORDS_MAX)]
    parted = [PARTED.search(text, end, following) is not None for (_, end), (following, _) in pairwise(found)]
    runs: list[tuple[str, int, int]] = []
    for i, (start, _) in enumerate(found):
        longest = 1
        while longest < most and i + longest < len(found) and not parted[i + longest - 1]:
            longest += 1
        for n in range(longest, 0, -1):
            end = found[i + n - 1][1]
            runs.append((text[start:end], start, end))
    return tuple(runs)


def hits(text: str, table: dict[str, tuple[str, ...]]) -> list[tuple[int, int, str]]:
    """Return (start, end, entry) of the words of a word list that stand alone in a lower-case text.

    A handle, a hashtag or an address is none. Latin words are found without their accents too.
    """
    index = _index(table)
    found = []
    for match in WORD_BEGINS.finditer(text):
        start = match.start()
        for phrase, name in index.get(match[0], ()):
            end = start + len(phrase)
            if text.startswith(phrase, start) and WORD_GOES_ON.match(text, end) is None:
                found.append((start, end, name))
    return found


_INDEXES: dict[int, tuple[object, dict[str, list[tuple[str, str]]]]] = {}


def _index(table: dict[str, tuple[str, ...]]) -> dict[str, list[tuple[str, str]]]:
    """Return a word list's phrases by their first words; it is kept as long as the list, which nobody changes."""
    if id(table) not in _INDEXES:
        index: dict[str, list[tuple[str, str]]] = {}
        for name, synonyms in table.items():
            for phrase in dict.fromkeys([*synonyms, *map(unaccented, synonyms)]):
                first = WORD_BEGINS.match(phrase)
                if first:
                    index.setdefault(first[0], []).append((phrase, name))
        _INDEXES[id(table)] = (table, index)
    return _INDEXES[id(table)][1]


def topics(text: str, table: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the entries of a word list whose words a text contains, in order of their places."""
    found = sorted(hits(text.lower(), table), key=lambda hit: (hit[0], -hit[1], hit[2]))
    whole: dict[str, None] = {}
    reach, since = 0, 0  # where the farthest of the hits so far ends, and where it began
    for start, end, name in found:
        if end < reach or (end == reach and since < start):
            continue  # inside a longer one: "comida para perros" is about dogs, not about food
        if end > reach:
            reach, since = end, start
        whole.setdefault(name)
    return list(whole)


@cache
def any_of(synonyms: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of any of these words, standing alone and not in a handle, a hashtag or an address.

    Latin words are found without their accents too.
    """
    without = (unaccented(word) for word in synonyms)
    return re.compile(rf"(?<![\w@#.])(?:{joined((*synonyms, *without))})(?!\w)")


def unaccented(text: str) -> str:
    """Return text without accents (Latin only: Devanagari's marks are letters)."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not ("\u0300" <= c <= "\u036f")))


@cache
def _handle_cue() -> re.Pattern[str]:
    """Return the pattern of what says that a handle follows."""
    named = joined(tuple(word for synonyms in words.PLATFORMS.values() for word in synonyms))
    return re.compile(
        rf"(?<!\w)(?:{named}|handle|username|user name)(?:\s+(?:handle|id|account|is|hai|par|pe))*\s*[:=(-]?\s*$"
    )


@cache
def _vocabulary() -> frozenset[str]:
    """Return the words that a brief is made of: before ".in" they end a sentence and name no website."""
    tables = (words.DELIVERABLES, words.PLATFORMS, words.NICHES, words.GOALS)
    lists = (
        words.PEOPLE_WORDS,
        words.FOLLOWER_WORDS,
        words.BUDGET_CUES,
        calendar_words.UNITS,
        calendar_words.MONTHS,
    )
    return frozenset(
        word
        for some in (*lists, words.NUMBER_WORDS, *(one for table in tables for one in table.values()))
        for word in some
    )


def hashtags(text: str) -> list[str]:
    """Return the hashtags of a text with their sign, in order, each once."""
    return list(dict.fromkeys(f"#{tag}" for tag in HASHTAG.findall(text)))


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text with these places blanked, so that nothing is read twice."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
