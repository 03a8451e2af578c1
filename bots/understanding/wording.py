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

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'|]+[^\s<>\"'|.,;:!?)\]]", re.IGNORECASE)
BARE_LINK = re.compile(
    r"(?<![@\w.])(?:[a-z0-9-]+\.)+(?:com|in|co|io|shop|store|net|org|de|mx|br|id|es|me|app)(?:/[^\s,;]*)?(?![\w@])",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w@./])@([a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?)(?!\w)", re.IGNORECASE)
HASHTAG = re.compile(r"#([^\W_]\w{1,59})")
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


def links(text: str) -> list[str]:
    """Return the web addresses in a text; a bare domain gets its https://."""
    found = [match[0] for match in LINK.finditer(text)]
    rest = LINK.sub(" ", text)
    found += [match[0] for match in BARE_LINK.finditer(rest)]
    return list(dict.fromkeys(link if "//" in link else f"https://{link}" for link in found))


def handle(text: str) -> str | None:
    """Return the handle of an answer that is expected to be one, without the @."""
    profile = re.search(r"(?:instagram|tiktok|youtube|twitter|x)\.com/@?([\w.]+)", text, re.IGNORECASE)
    found = profile or HANDLE.search(text)
    if found:
        return found[1].strip(".").lower()
    typed = text.strip().lstrip("@").lower()
    return typed if re.fullmatch(r"[a-z0-9_.]{2,30}", typed) else None


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


def hashtags(text: str) -> list[str]:
    """Return the hashtags of a text with their sign, in order, each once."""
    return list(dict.fromkeys(f"#{tag}" for tag in HASHTAG.findall(text)))


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text with these places blanked, so that nothing is read twice."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
