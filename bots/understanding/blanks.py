"""Names and words of the trade inside a saying: "remove Meera" is said as "remove {who}"."""

from collections.abc import Iterator, Sequence
from functools import cache

from bots.understanding import glossary, ways
from bots.understanding.ways import Token

NAME_WORDS_MAX = 3
WORDS_MAX = 14
"""Nobody names a creator in a saying longer than this and nothing else."""
NOBODY = frozenset(
    [
        "this",
        "that",
        "these",
        "those",
        "them",
        "her",
        "him",
        "he",
        "she",
        "it",
        "all",
        "everyone",
        "everybody",
        "someone",
        "somebody",
        "one",
        "ones",
        "other",
        "others",
        "more",
        "again",
        "me",
        "you",
        "us",
        "i",
        "we",
        "my",
        "the",
        "a",
        "an",
        "of",
        "on",
        "in",
        "to",
        "for",
        "with",
        "isko",
        "usko",
        "ye",
        "yeh",
        "vo",
        "woh",
        "este",
        "esta",
        "estos",
        "estas",
        "ella",
        "el",
        "ellos",
        "ese",
        "esa",
        "eso",
        "isso",
        "esse",
        "essa",
        "eles",
        "ela",
        "ele",
        "mereka",
        "dia",
        "ini",
        "itu",
        "yang",
        "lain",
        "diese",
        "dieser",
        "dieses",
        "die",
        "der",
        "das",
        "sie",
        "ihn",
        "es",
    ]
)
NAMELESS = frozenset({"introduce", "campaign_new", "none", "how_it_works"})
"""Intents whose sayings hold names and places, so that their words tell nothing."""
ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "first pehla pehle pehli पहला पहले पहली primero primera primer primeiro primeira pertama erste ersten erster",
            "second dusra dusre dusri doosra दूसरा दूसरे दूसरी segundo segunda kedua zweite zweiten zweiter",
            "third teesra teesre teesri तीसरा तीसरे तीसरी tercero tercera terceiro terceira ketiga dritte dritten dritter",
            "fourth chautha चौथा चौथे cuarto cuarta quarto quarta keempat vierte vierten vierter",
            "fifth panchva पाँचवा quinto quinta kelima fünfte fünften fünfter",
        ),
        1,
    )
    for word in map(ways.folded, words.split())
}
MEANING = frozenset(
    map(
        ways.folded,
        [
            "mean",
            "means",
            "meaning",
            "meant",
            "define",
            "stand",
            "full",
            "matlab",
            "hota",
            "significa",
            "significado",
            "bedeutet",
            "heißt",
            "arti",
            "artinya",
            "pengertian",
            "मतलब",
            "अर्थ",
        ],
    )
)


def filled(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield (saying with a blank, what stands in the blank) for everything that could be in one."""
    for start, end in _spans(tokens):
        inside = tokens[start:end]
        if all(map(_is_somebody, inside)):
            yield _with(tokens, start, end, ways.SOMEBODY), " ".join(token.written for token in inside)
        term = " ".join(token.folded for token in inside)
        rest = {token.folded for token in (*tokens[:start], *tokens[end:])}
        if glossary.term_of(term) or (rest & MEANING and not any(token.folded in NOBODY for token in inside)):
            yield _with(tokens, start, end, ways.SOMETHING), " ".join(token.written for token in inside)


def names_marked(tokens: Sequence[Token]) -> str:
    """Return a message in the compared form, with what looks like the one name in it blanked.

    Where several words look like names, German is written, or a place is told about: none is blanked.
    """
    named = [i for i in range(len(tokens)) if _is_named(tokens, i)]
    one = len(tokens) <= WORDS_MAX and named == list(range(named[0], named[-1] + 1)) if named else False
    return " ".join(ways.SOMEBODY if one and i in named else token.folded for i, token in enumerate(tokens))


def somebody(tokens: Sequence[Token], sayings: frozenset[str]) -> str | int:
    """Return whom a message is about, a name or a number on the list; empty where it names nobody.

    `sayings` are the ways of saying this with a blank, in the compared form.
    """
    for saying, inside in filled(tokens):
        if saying in sayings:
            return _name_or_number(inside)
    named = [
        token.written for i, token in enumerate(tokens) if _is_named(tokens, i) or token.folded in ORDINALS
    ]
    if not named:
        named = [token.written for token in tokens if token.folded == ways.AMOUNT and len(token.written) < 3]  # noqa: PLR2004
    return _name_or_number(" ".join(named[:NAME_WORDS_MAX])) if named else ""


def term(tokens: Sequence[Token]) -> str:
    """Return the first longest word of the trade in a message, as it was written; empty where there is none."""
    for start, end in _spans(tokens):
        inside = tokens[start:end]
        if glossary.term_of(" ".join(token.folded for token in inside)):
            return " ".join(token.written for token in inside)
    return ""


def _name_or_number(words: str) -> str | int:
    known = ORDINALS.get(ways.folded(words), 0)
    return known or (int(words) if words.isdigit() else words)


def _spans(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    if len(tokens) <= WORDS_MAX:
        for width in range(min(NAME_WORDS_MAX, len(tokens)), 0, -1):
            yield from ((start, start + width) for start in range(len(tokens) - width + 1))


def _with(tokens: Sequence[Token], start: int, end: int, blank: str) -> str:
    return " ".join([*(t.folded for t in tokens[:start]), blank, *(t.folded for t in tokens[end:])])


def _is_somebody(token: Token) -> bool:
    known = token.folded in {ways.SOMEBODY, ways.AMOUNT} or token.folded in ORDINALS
    return known or token.folded not in _vocabulary()


def _is_named(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.folded == ways.SOMEBODY:
        return True
    starts_big = token.written[:1].isupper() and not token.written.isupper()
    return starts_big and len(token.folded) > 1 and token.folded not in _vocabulary()


@cache
def _vocabulary() -> frozenset[str]:
    """Return the words that people use to say something, which are nobody's name."""
    telling = (way.words for way in ways.all_ways() if way.intent not in NAMELESS)
    return NOBODY | frozenset(token.folded for words in telling for token in ways.tokens(words))
