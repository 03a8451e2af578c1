"""Names that people choose, so that none can pass for another: what is stripped, reserved, and looks alike.

A name is brought to NFKC and loses what nobody sees. Signs that we use ourselves (✓), words that only our
staff or a check of ours may say, and words whose letters are of scripts that look alike are not taken. Names
look alike where their skeletons are the same (UTS #39, and case, accents, spaces and signs left out).
"""

import unicodedata
from enum import StrEnum

from core.kit.confusables import PROTOTYPES
from core.kit.text import clean

SKELETON_CHARACTERS_MAX = 240
VIRAMA = 9  # the combining class: behind one a joiner changes what is read, in Indian scripts
JOINERS = frozenset("\u200c\u200d")
UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\U00016fe4") | {
    chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
}
ACCENTS = (
    *((0x02B0, 0x036F), (0x0483, 0x0489), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF)),
    *((0x20D0, 0x20FF), (0xFE20, 0xFE2F)),
)
"""Blocks of marks and small letters that change a name's look and not what is read. The vowel signs of Indian
scripts are in none of them."""
DRAWN_ALIKE = (
    *(("\u0905\u093e", "\u0906"), ("\u0905\u094b", "\u0913"), ("\u0905\u094c", "\u0914")),
    *(("\u0905\u0949", "\u0911"), ("\u090f\u0947", "\u0910"), ("\u0909\u0941", "\u090a")),
    *(("\u0985\u09be", "\u0986"), ("\u0b85\u0bbe", "\u0b86"), ("\u0b92\u0bd7", "\u0b94")),
    *(("\u0a85\u0abe", "\u0a86"), ("\u0a05\u0a3e", "\u0a06"), ("\u0c05\u0c3e", "\u0c06")),
)
"""Letters with a vowel sign that are drawn as one other letter (Unicode standard, chapter 12: do not use)."""
OUR_NAME = "nanoinfluencer"
RESERVED = frozenset(
    {
        *("admin", "admins", "administrator", "moderator", "verified", "verificado", "verificada"),
        *("verifiziert", "सत्यापित", "staff"),
    }
)
"""Words that stand in no name of anybody's: only we say them."""
OFFICES = frozenset(
    {
        *("support", "help", "helpdesk", "official", "team", "service", "customer", "care", "system"),
        *("security", "desk", "human", "person", "the", "center", "centre", "bot", "market", "marketplace"),
        *("payment", "payments", "payout", "payouts", "operator", "operators", "soporte", "suporte", "ayuda"),
        *("ajuda", "equipe", "equipo", "oficial", "sahayata", "सहायता", "मदद"),
    }
)
"""Words of which alone no name consists: "Customer Support" is refused, "Support Coffee" is a café."""
IN_TITLES = frozenset({"verified", "verificado", "verificada", "सत्यापित"})
ALIKE_SCRIPTS = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
NEVER_KEPT = frozenset({"Cf", "Cc", "Co", "Cn"})
_LAST = str.maketrans({"0": "o", "1": "l", "i": "l", "m": "rn", "w": "vv"})


class Wrong(StrEnum):
    """What is wrong with a name."""

    EMPTY = "empty"
    SIGN = "sign"
    WORD = "word"
    SCRIPTS = "scripts"


def plain(text: str, limit: int) -> str:
    """Return a name as it is kept: NFKC, one line, single spaces, nothing unseen, cut to `limit`."""
    seen: list[str] = []
    for character in unicodedata.normalize("NFKC", clean(text, limit)):
        joins = character in JOINERS and bool(seen) and unicodedata.combining(seen[-1]) == VIRAMA
        unseen = character in UNSEEN or unicodedata.category(character) in NEVER_KEPT
        if joins or not unseen:
            seen.append(character)
        elif character.isspace():
            seen.append(" ")
    return " ".join("".join(seen).split())[:limit].strip()


def skeleton(name: str) -> str:
    """Return what a name looks like: names that look alike have the same. Empty without a letter or digit."""
    whole = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name))
    for drawn, letter in DRAWN_ALIKE:
        whole = whole.replace(drawn, letter)
    bare = "".join(c for c in whole if c not in UNSEEN and not _is_accent(ord(c)))
    folded = bare.translate(PROTOTYPES).casefold().translate(_LAST)
    kept = (c for c in folded if unicodedata.category(c)[0] in "LNM")
    return "".join(kept)[:SKELETON_CHARACTERS_MAX]


def _is_accent(code: int) -> bool:
    return any(first <= code <= last for first, last in ACCENTS)


def wrong_with(name: str) -> Wrong | None:
    """Return what is wrong with the name of a person, a creator or a workspace; None where nothing is."""
    found = _odd(name)
    if found is not None:
        return found
    if not skeleton(name):
        return Wrong.EMPTY
    words = [skeleton(word) for word in _words(name)]
    whole = skeleton(name)
    said = [*words, whole]
    if any(word in _RESERVED for word in said) or skeleton(OUR_NAME) in whole:
        return Wrong.WORD
    if whole in _OFFICES or (words and all(word in _OFFICES for word in words)):
        return Wrong.WORD
    return None


def wrong_with_title(title: str) -> Wrong | None:
    """Return what is wrong with the title of a campaign: it may say "support", it may not say "verified"."""
    found = _odd(title)
    if found is not None:
        return found
    whole, words = skeleton(title), [skeleton(word) for word in _words(title)]
    reserved = any(word in _IN_TITLES for word in words) or skeleton(OUR_NAME) in whole
    return Wrong.WORD if reserved else None


def tamed(name: str, limit: int) -> str:
    """Return as much of a name as may be kept, for names that an app or a file gives; it may be empty."""
    kept = plain("".join(" " if is_reserved_sign(character) else character for character in name), limit)
    if wrong_with(kept) is None:
        return kept
    words = [word for word in kept.split() if wrong_with(word) is None]
    return " ".join(words) if words and wrong_with(" ".join(words)) is None else ""


def tamed_title(title: str, limit: int) -> str:
    """Return as much of a campaign's title as may be kept: it is made of the brief's own words."""
    kept = plain("".join(" " if is_reserved_sign(character) else character for character in title), limit)
    if wrong_with_title(kept) is None:
        return kept
    words = " ".join(word for word in kept.split() if wrong_with_title(word) is None)
    return words if wrong_with_title(words) is None else ""


def is_reserved_sign(character: str) -> bool:
    """Tell whether this is a check mark or looks like one: ✓ is said of a verified brand, by us alone."""
    if character.isascii():
        return False
    name = unicodedata.name(character, "")
    return "CHECK" in name or character == "\u221a" or (name.startswith("BALLOT BOX WITH"))


def _odd(name: str) -> Wrong | None:
    if any(map(is_reserved_sign, name)):
        return Wrong.SIGN
    if any(len(_scripts(word)) > 1 for word in _words(name)):
        return Wrong.SCRIPTS
    return None


def _words(name: str) -> list[str]:
    """Return the words of a name, by anything that is no letter, digit or mark."""
    return "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in name).split()


def _scripts(word: str) -> frozenset[str]:
    """Return the scripts of a word's letters, of those that look alike."""
    letters = (unicodedata.name(c, "").split(" ")[0] for c in word if unicodedata.category(c)[0] == "L")
    return ALIKE_SCRIPTS.intersection(letters)


_RESERVED = frozenset(map(skeleton, RESERVED))
_OFFICES = frozenset(map(skeleton, OFFICES))
_IN_TITLES = frozenset(map(skeleton, IN_TITLES))
