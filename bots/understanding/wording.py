"""The text itself: brought to one form, what stands before and after a place, runs of words, words of a topic.

Every reader is pure. Spans are positions in the normalised text, which has the same words as the original
but ASCII digits and plain spaces.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

import regex as re

from bots.understanding import lexicon as words
from core.kit import addresses
from core.kit.addresses import Spot

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
HANDLE = re.compile(r"(?<![\w@./])@([a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?)(?!\w)", re.IGNORECASE)
HASHTAG = re.compile(r"#([^\W_]\w{1,59})")
HANDLE_LIKE = re.compile(r"//[^.]+\.(?!com$|net$|org$)[^.]+$", re.IGNORECASE)
"""The address of a host that may as well be a handle: "insta meera.life" is one."""
SENTENCE_END = re.compile(r"[;!?\n।]|\.\s")
HALVES = {"dedh": "1.5", "डेढ़": "1.5", "dhai": "2.5", "dhaai": "2.5", "adhai": "2.5", "ढाई": "2.5"}
HINDI_WORDS = re.compile(
    r"\b(?:chahiye|chaiye|hai|hain|hoon|hu|karna|karo|karwana|mujhe|mera|meri|hume|hamein|humara|hamare|wale|wali|aur|ke|ki|ka|se|"
    r"mein|pe|liye|denge|dunga|leta|leti|bhai|yaar|banata|banati|tak|nahi|kam)\b"
)
SPOKEN_IN_HINDI = frozenset({"do", "das", "teen", "char", "saat", "bees"})
"""Hindi numbers in Latin letters that are words of other languages too."""
COMPOUND = re.compile(
    r"(?<![@#\w./])(reise|mode|food|fitness|beauty|eltern|technik|mama|familien|bücher|auto|tier|hunde|koch|back|sport|musik|kunst|diy)"
    r"(blogger|influencer|creator|youtuber|tiktoker)",
    re.IGNORECASE,
)
CONTEXT = 42
READ_CHARACTERS_MAX = 3_000
WORD_CHARACTERS_MAX = 200
WORDS_MAX, HANDLES_MAX, CUES_MAX = 600, 24, 12


def normalise(text: str) -> str:
    """Return text in NFKC with ASCII digits, plain dashes and single spaces (lines stay, empty ones once).

    Reads the first READ_CHARACTERS_MAX characters; a "word" above WORD_CHARACTERS_MAX is no word.
    """
    text = re.sub(rf"\S{{{WORD_CHARACTERS_MAX},}}", " ", text[:READ_CHARACTERS_MAX])
    text = unicodedata.normalize("NFKC", text)[:READ_CHARACTERS_MAX]  # "½" and others become longer
    text = text.replace("\u200b", "").replace("’", "'")
    text = re.sub(r"[–—−]", "-", text)
    text = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    text = re.sub(r"(?<=\d)'(?=\d{3}(?!\d))", "", text)  # 2'400, as the Swiss write
    text = COMPOUND.sub(r"\1 \2", text)
    halves = re.compile(
        rf"(?<!\w)({'|'.join(HALVES)})(?=\s+(?:lakh|lac|hazaa?r|crore|karod|लाख|हज़ार|हजार|करोड़))",
        re.IGNORECASE,
    )
    text = halves.sub(lambda match: HALVES[match[1].lower()], text)
    return re.sub(r"\n(?: ?\n)+", "\n\n", re.sub(r"[^\S\n]+", " ", text))


def currency_of_writing(text: str) -> str:
    """Return the currency of the only country that writes like this: rupees for Hindi and Hinglish."""
    hindi = re.search(r"[\u0900-\u097f]{2}", text) or len(set(HINDI_WORDS.findall(text.lower()))) > 1
    return "INR" if hindi else ""


def counted(word: str, text: str) -> int:
    """Return the number a word means in a text, 0 for none: "do" is two only where Hindi is written."""
    word = word.lower()
    if word in SPOKEN_IN_HINDI and not currency_of_writing(text):
        return 0
    return int(word) if word.isdigit() else words.NUMBER_WORDS.get(word, 0)


def before(text: str, start: int, width: int = CONTEXT) -> str:
    """Return the lower-case words before a place, of the same sentence."""
    return re.split(r"[.;!?\n]\s|।", text[max(0, start - width) : start])[-1].lower().rstrip()


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
    return re.compile(shape.format("|".join(map(re.escape, vocabulary))))


@cache
def joined(vocabulary: tuple[str, ...]) -> str:
    """Return the inside of a pattern for any of these words, the longest first."""
    return "|".join(sorted(map(re.escape, vocabulary), key=len, reverse=True))


def has_word(text: str, vocabulary: Iterable[str]) -> bool:
    """Tell whether one of these words is in a text, as a whole word."""
    return one_of(r"(?<!\w)(?:{})(?!\w)", tuple(vocabulary)).search(text) is not None


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


def grams(text: str, most: int = 3) -> Iterator[tuple[str, int, int]]:
    """Yield every run of up to `most` words, longest first at each place, with its span."""
    found = list(islice(WORD.finditer(text), WORDS_MAX))
    for i in range(len(found)):
        for n in range(min(most, len(found) - i), 0, -1):
            start, end = found[i].start(), found[i + n - 1].end()
            gap = text[start:end]
            if n == 1 or not re.search(r"[,;:!?\n/|]|\. ", gap):
                yield gap, start, end


def topics(text: str, table: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the entries of a word list whose words a text contains, in order of their places."""
    lowered = text.lower()
    hits = [
        (match.start(), match.end(), name)
        for name, synonyms in table.items()
        for match in any_of(synonyms).finditer(lowered)
    ]
    hits.sort(key=lambda hit: (hit[0], -hit[1], hit[2]))
    whole: dict[str, None] = {}
    reach, since = 0, 0  # where the farthest of the hits so far ends, and where it began
    for start, end, name in hits:
        if end < reach or (end == reach and since < start):
            continue  # inside a longer one: "comida para perros" is about dogs, not about food
        if end > reach:
            reach, since = end, start
        whole.setdefault(name)
    return list(whole)


@cache
def any_of(synonyms: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of any of these words, standing alone and not in a handle, a hashtag or an address."""
    return re.compile(rf"(?<![\w@#.])(?:{joined(synonyms)})(?!\w)")


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
    lists = (words.PEOPLE_WORDS, words.FOLLOWER_WORDS, words.BUDGET_CUES, words.UNITS, words.MONTHS)
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
