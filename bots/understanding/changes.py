"""What a sentence does to answers that were given: set, add, take out. Pure; knows no form."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise

import regex as re

from bots.understanding import change_words as words
from bots.understanding import lexicon, numbers, wording

CLAUSES_MAX = 12
COPULA = re.compile(
    r"^\s*(?:is|are|to|as|at|es|son|a|en|é|são|para|ko|hai|should be|को|है)(?!\w)\s*|^\s*[:=-]\s*",
    re.IGNORECASE,
)
"""What stands between an answer's name and the answer."""
ENDS = re.compile(r"\s+(?:hai|hain|ho|है|हैं)\s*$", re.IGNORECASE)
ADDRESSES = 0xE000
"""The first of the private characters that stand for web addresses while a sentence is cut at its signs."""
LEADS_TO = re.compile(
    r"(?:^|(?<=\s))(?:the|my|our|a|to|for|of|in|is|are|as|el|la|los|las|mi|mis|es|o|os|as|é|meu|minha|mera|meri|mere|hai"
    r"|मेरा|मेरी|है)\s*$",
    re.IGNORECASE,
)
"""What leads to an answer's name that stands behind the answer: "20k for the budget"."""
EACH = re.compile(f"{lexicon.PER_CREATOR}|{lexicon.EACH}|(?<!\\w)(?:each|apiece)(?!\\w)", re.IGNORECASE)
STRONG = re.compile(
    r"[;\n!?।]+|,(?!\d)|\.(?=\s|$)|(?<!\w)(?:but|except|pero|porém|lekin|magar|लेकिन|मगर)(?!\w)",
    re.IGNORECASE,
)
WEAK = re.compile(r"(?<!\w)(?:and|y|e|aur|und|plus|और)(?!\w)|&|\+(?=\s)", re.IGNORECASE)
IN_PLACE_OF = re.compile(
    r"(?P<new>[^,;.\n]*?)(?<!\w)(?:instead of|rather than|in place of|en vez de|en lugar de|em vez de|no lugar de)"
    r"\s+(?P<old>[^,;.\n]+)",
    re.IGNORECASE,
)
NEW_NOT_OLD = re.compile(
    r"(?<=\w)(?<!\b(?:is|are|am|was|were|do|does|did|should|must|can|could|will|would|have|has|it's|i'm|that's|why))"
    r"\s+(?:not|and not|y no|e não)\s+(?=\w)(?!only\b|just\b)",
    re.IGNORECASE,
)
OLD_NOT_NEW = re.compile(
    r"(?<=\w)\s+(nahi|nahin|नहीं)\s+(?=\w)(?!(?:chahiye|hai|hain|karna|rakho|चाहिए|है|हैं)(?!\w))", re.IGNORECASE
)
PLACE_TAKEN = re.compile(
    r"([^,;.\n]+?)\s+(?:ki jagah|ke badle|ke bajay|की जगह|के बदले|के बजाय)(?!\w)", re.IGNORECASE
)
NO = re.compile(
    r"(?:no|não|nao|nahi|nahin|नहीं|nope|(?:(?:ok|okay|no|nah|então|bueno|achha|acha)[, ]+)?(?:forget (?:about )?it|never ?mind|olv[ií]dalo|d[eé]jalo|esquece|deixa pra l[aá]|rehne do|chh?odo|jaane do|रहने दो|छोड़ो|जाने दो))",
    re.IGNORECASE,
)
SWAPPED = re.compile(
    r"(?<!\w)(?:replace|swap|change|switch|reemplaza|cambia|sustituye|troca|troque|substitua|substitui)\s+"
    r"(?P<old>[^,;.\n]+?)\s+(?:with|to|for|by|por|a|para)\s+(?P<new>[^,;.\n]+)",
    re.IGNORECASE,
)


class How(StrEnum):
    """What is done to an answer. RAISE and LOWER set it where the new one is on that side, else move it.

    ONLY leaves nothing beside what is named.
    """

    PLAIN = "plain"
    SET = "set"
    ADD = "add"
    REMOVE = "remove"
    NOT = "not"
    RAISE = "raise"
    LOWER = "lower"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing said: its words without those of changing, and how it was written.

    `corrects` says that something said is taken back, `meant` that it was the last answer.
    """

    text: str
    how: How
    said: str
    corrects: bool = False
    meant: bool = False

    @property
    def empty(self) -> bool:
        """Tell whether nothing is left but words that say nothing."""
        return not content(self.text)


def clauses(text: str) -> list[Clause]:
    """Return what a sentence says, one thing after the other; the words that only join are gone."""
    normal = _rephrased(wording.normalise(text))
    spots = wording.link_spots(normal)
    for number, spot in reversed(list(enumerate(spots))):
        normal = f"{normal[: spot.start]}{chr(ADDRESSES + number)}{normal[spot.end :]}"
    parts = [part for strong in STRONG.split(normal) for part in _weakly(strong)]
    for number, spot in enumerate(spots):
        parts = [part.replace(chr(ADDRESSES + number), spot.url) for part in parts]
    read = [_clause(part) for part in parts if wording.WORD.search(part) or wording.HASHTAG.search(part)]
    return _joined(read[:CLAUSES_MAX])


def pieces(text: str) -> list[tuple[int, int]]:
    """Return the spans of the smallest parts of a normalised text that may say something."""
    cuts = [0]
    whole = [q.span for q in numbers.quantities(text)]
    whole += [(spot.start, spot.end) for spot in wording.link_spots(text)]
    for found in re.finditer(f"{STRONG.pattern}|{WEAK.pattern}", text, re.IGNORECASE):
        if not any(start < found.start() < end for start, end in whole):  # "between 20k and 30k"
            cuts += [found.start(), found.end()]
    return [(a, b) for a, b in list(pairwise([*cuts, len(text)]))[::2] if text[a:b].strip()]


def content(text: str) -> list[str]:
    """Return the words of a text that say something by themselves."""
    found = re.findall(r"[^\s,;:.!?।\"“”()]+", text.casefold())
    return [word for word in found if word not in words.FILLERS and any(c.isalnum() for c in word)]


def labelled(text: str, name: str, titles: tuple[str, ...]) -> str | None:
    """Return what a text says beside an answer's name, None where it does not name it.

    "Do" and "don't" name what creators shall do only where they are set apart: "what do I pay?" names nothing.
    """
    own = (title.strip(" ?!.:").casefold() for title in titles)
    called = tuple(dict.fromkeys(filter(None, (*own, *words.LABELS.get(name, ())))))
    if not called:
        return None
    match = _whole(called).search(text.casefold())
    if match is None or len(text.casefold()) != len(text):
        return None
    ahead, behind = text[: match.start()], text[match.end() :]
    while (shorter := LEADS_TO.sub("", ahead)) != ahead:
        ahead = shorter
    behind = re.sub(r"^['’]s(?!\w)", "", behind)
    if name in words.EVERYDAY and (ahead.strip() or behind.lstrip()[:1] not in {"", ":", "："}):
        return None
    return " ".join(f"{ahead} {ENDS.sub('', COPULA.sub('', behind))}".split())


def is_label(text: str) -> bool:
    """Tell whether a text is nothing but what an answer of some form is called: "budget", "fecha límite"."""
    return " ".join(content(text)) in _labels()


@cache
def _labels() -> frozenset[str]:
    return frozenset(" ".join(content(label)) for many in words.LABELS.values() for label in many)


def asks(text: str) -> bool:
    """Tell whether a sentence is put as a question."""
    typed = text.strip().casefold()
    return typed.endswith(("?", "？")) or _leading(words.QUESTIONS).match(typed) is not None


def refuses(text: str) -> bool:
    """Tell whether somebody says no, and nothing else."""
    return NO.fullmatch(text.strip(" .,!")) is not None


def is_yes(text: str) -> bool:
    """Tell whether somebody says the one word yes."""
    return text.casefold().strip(" .,!") in words.BARE_YES


def affirms(text: str, label: str = "") -> bool:
    """Tell whether somebody says yes to what was shown, by its button's words or others, and nothing else.

    A button's first word is a yes too, but not where it only points, nor where it asks for the speaker: whoever
    writes "call me" under "Call it off" calls nothing off.
    """
    found = re.findall(r"[^\s,;:.!।¡\"“”()]+", text.casefold())
    own = label.casefold().split()
    known = words.YES | words.YES_SIGNS
    is_own = not known.intersection(found) and words.ME.isdisjoint(found)
    yes = known | (set(own[:1]) - words.POINTS if is_own else set())
    return any(word in yes for word in found) and known.union(own, words.YES_BESIDE).issuperset(found)


def is_enough(text: str) -> bool:
    """Tell whether somebody says that no more is to come."""
    return affirms(text) or declines(text) or text.casefold().strip(" .,!") in words.ENOUGH


def declines(text: str) -> bool:
    """Tell whether somebody has nothing to say to a question that can be left out."""
    return refuses(text) or text.casefold().strip(" .,!") in words.NOTHING


def is_each(text: str) -> bool:
    """Tell whether an amount is for each person and not for all of them."""
    return EACH.search(text) is not None


def _rephrased(text: str) -> str:
    """Return the ways to name both the old and the new as "not the old, the new"."""
    text = PLACE_TAKEN.sub(r"not \1, ", IN_PLACE_OF.sub(_old_first, text))
    text = NEW_NOT_OLD.sub(", not ", OLD_NOT_NEW.sub(r" \1, ", text))
    match = SWAPPED.search(text)
    if match is None or _names_an_answer(match["old"]):
        return text
    return f"{text[: match.start()]}not {match['old']}, {match['new']}{text[match.end() :]}"


def _old_first(match: re.Match[str]) -> str:
    new = match["new"].strip()
    return f"not {match['old']}, {new}" if new else f"not {match['old']}"


def _names_an_answer(text: str) -> bool:
    bare = " ".join(content(text)).strip()
    return not bare or any(bare == label for named in words.LABELS.values() for label in named)


def _weakly(text: str) -> list[str]:
    """Split at "and" where another change begins, or the one before is closed."""
    parts: list[str] = []
    rest = text
    while (found := _change_begins(rest)) is not None:
        parts.append(rest[: found[0]])
        rest = rest[found[1] :]
    return [*parts, rest]


def _change_begins(text: str) -> tuple[int, int] | None:
    whole = [quantity.span for quantity in numbers.quantities(text)]  # "between 20k and 30k" is one
    for found in WEAK.finditer(text):
        left, right = text[: found.start()].strip(), text[found.end() :].strip()
        if not left or not right or _clause(right).empty:
            continue
        closed = _closing().search(left) is not None
        amount = _is_amount(right) and not any(q[0] < found.start() < q[1] for q in whole)
        if closed or amount or _opening().match(right) or (_verb(left) and _verb(right)):
            return found.span()
    return None


def _is_amount(text: str) -> bool:
    """Tell whether a text is an amount and nothing else: "15k", "9 mil pesos"."""
    found = numbers.quantities(text)
    return len(found) == 1 and not content(wording.blank(text, [found[0].span]))


def _clause(part: str) -> Clause:
    said = part.strip(" .,:-")
    text, corrects, meant = said, False, False
    changed = True
    while changed:
        changed = False
        for vocabulary, back in ((words.MEANT, True), (words.CORRECTS, False)):
            match = _leading(vocabulary).match(text)
            if match:
                text, corrects, meant, changed = text[match.end() :].lstrip(" ,:"), True, meant or back, True
        match = re.match(
            r"(?:yes|yeah|ok|okay|sí|si|sim|haan|हाँ|mas|but|and|y|e|aur|और)(?!\w)\s*", text, re.IGNORECASE
        )
        if match and match.end() < len(text):
            text, changed = text[match.end() :], True
        match = re.match(
            r"(?:no|não|nahi|नहीं)\s+(?=\d|(?:make|change|set|put|i meant|que sean|faz|pon)\b)",
            text,
            re.IGNORECASE,
        )
        if match:
            text, corrects, changed = text[match.end() :], True, True
    how, text = _how(text)
    if not text and NO.fullmatch(said):
        return Clause("", How.PLAIN, said, corrects=True)
    return Clause(text, how, said, corrects, meant)


def _how(text: str) -> tuple[How, str]:
    """Return what is done, and the words to which it is done."""
    for how, vocabulary in ((How.LOWER, words.LOWER), (How.RAISE, words.RAISE)):
        if _whole(vocabulary).search(text):
            rest = _whole(vocabulary).sub(" ", text)
            by = re.search(rf"(?<!\w)(?:{'|'.join(words.BY)})\s+[^\d\s]?\d|\d\S*\s+(?:se|से)(?!\w)", rest)
            to = re.search(
                rf"(?<!\w)(?:{'|'.join(words.UP_TO)})\s+[^\d\s]{{0,3}}\d|\d\S*\s+(?:tak|तक)(?!\w)", rest
            )
            moved = How.ADD if how is How.RAISE else How.REMOVE
            return (How.SET if to else moved if by else how), _tidied(rest)
    for how, pattern in (
        (How.NOT, _whole(words.ANY)),
        (How.REMOVE, _whole(words.REMOVE)),
        (How.ADD, _whole(words.ADD)),
        (How.ADD, _more()),
        (How.REMOVE, _fewer()),
        (How.NOT, _whole(words.NOT)),
        (How.SET, _whole(words.SET)),
    ):
        if pattern.search(text):
            rest = _whole(words.SET).sub(" ", pattern.sub(" ", text))
            only = how is How.SET and _whole(words.ONLY).search(rest)
            return (How.ONLY, _tidied(_whole(words.ONLY).sub(" ", rest))) if only else (how, _tidied(rest))
    if _whole(words.ONLY).search(text):
        return How.ONLY, _tidied(_whole(words.ONLY).sub(" ", text))
    if re.search(r"(?<!\w)too\s*$", text, re.IGNORECASE):
        return How.ADD, _tidied(re.sub(r"\s*too\s*$", "", text, flags=re.IGNORECASE))
    return How.PLAIN, text


def _tidied(text: str) -> str:
    text = re.sub(
        r"^\s*(?:it|them|that|to|by|en|em|por)\s+(?=\S)", "", " ".join(text.split()), flags=re.IGNORECASE
    )
    return text.strip(" ,.:-")


def _joined(read: list[Clause]) -> list[Clause]:
    """Put verbs that stand alone to what they are said of, and what follows a verb under it."""
    found: list[Clause] = []
    for clause in read:
        before = found[-1] if found else None
        alone = clause.empty and clause.how in {How.ADD, How.REMOVE, How.SET, How.RAISE, How.LOWER}
        if before and not before.empty and alone and before.how is How.PLAIN:
            found[-1] = Clause(
                before.text, clause.how, f"{before.said}, {clause.said}", before.corrects, before.meant
            )
        elif before and before.empty and before.how is not How.PLAIN and clause.how is How.PLAIN:
            found[-1] = Clause(
                clause.text, before.how, f"{before.said} {clause.said}", before.corrects, before.meant
            )
        elif before and before.empty and before.corrects:
            found[-1] = Clause(
                clause.text, clause.how, clause.said, corrects=True, meant=clause.meant or before.meant
            )
        else:
            found.append(clause)
    return found


def _verb(text: str) -> bool:
    return _clause(text).how is not How.PLAIN


@cache
def _whole(vocabulary: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w#@])(?:{wording.joined(vocabulary)})(?![\w])", re.IGNORECASE)


@cache
def _leading(vocabulary: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{wording.joined(vocabulary)})(?!\w)", re.IGNORECASE)


@cache
def _opening() -> re.Pattern[str]:
    labels = tuple(label for named in words.LABELS.values() for label in named)
    verbs = (*words.ADD, *words.REMOVE, *words.NOT, *words.SET, *words.RAISE, *words.LOWER, *words.ONLY)
    return re.compile(
        rf"\s*(?:the |my |el |la |o )?(?:{wording.joined((*verbs, *labels))})(?!\w)", re.IGNORECASE
    )


@cache
def _closing() -> re.Pattern[str]:
    """Return the pattern of a verb at the end, where Hindi has it."""
    ends = tuple(
        w
        for w in (*words.ADD, *words.REMOVE, *words.SET, *words.RAISE, *words.LOWER)
        if " " in w or w.endswith(("o", "ओ", "ye", "ें", "ए"))
    )
    hindi = tuple(w for w in ends if re.search(r"[\u0900-\u097f]|(?:do|ao|jo|iye|kho|rna|alo|dlo)$", w))
    return re.compile(rf"(?<!\w)(?:{wording.joined(hindi)})\s*$", re.IGNORECASE)


@cache
def _more() -> re.Pattern[str]:
    more = wording.joined(words.MORE)
    return re.compile(
        rf"(?<!\w)(?<!\b(?:or|o|ou|ya|या|no|at|not) )(?:{more})(?!\w)(?!\s+(?:than|de|que|do que)\b)",
        re.IGNORECASE,
    )


@cache
def _fewer() -> re.Pattern[str]:
    fewer = wording.joined(words.FEWER)
    return re.compile(
        rf"(?<!\w)(?<!\b(?:or|o|ou|ya|या) )(?:{fewer})(?!\w)(?!\s+(?:than|de|que|do que|se kam)\b)",
        re.IGNORECASE,
    )
