"""Numbers in words become digits: "twenty five", "doscientos", "elftausend", "pandrah", "dua belas", "एक लाख".

A small number alone ("one reel", "do story") stays a word: whether it counts is for those who know what is
counted. It becomes digits where a multiplier or a currency follows ("das hazaar", "cinco mil reais").
"""

from functools import cache
from itertools import islice

import regex as re

from bots.understanding import lexicon as words
from bots.understanding.currencies import NAMES

SMALL_MAX = 10
TENS_MIN, TENS_MAX = 20, 90
HUNDRED, THOUSAND = 100, 1_000
TOKENS_MAX = 600
BETWEEN = re.compile(r"[ -]")
TOKEN = re.compile(r"(?<![@#/.\w])(?<!\W-)[^\W\d_]+(?![@/\w])(?!\.\w)")
LINKS = frozenset({"and", "y", "e", "und"})

_ENGLISH = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = {
    20: "twenty veinte vinte zwanzig bees बीस",
    30: "thirty treinta trinta dreißig dreissig tees तीस",
    40: "forty fourty cuarenta quarenta vierzig chalis chalees चालीस",
    50: "fifty cincuenta cinquenta fünfzig pachas pachaas पचास",
    60: "sixty sesenta sessenta sechzig saath साठ",
    70: "seventy setenta siebzig sattar सत्तर",
    80: "eighty ochenta oitenta achtzig assi अस्सी",
    90: "ninety noventa neunzig nabbe नब्बे",
}
_TEENS = {
    11: "once onze sebelas gyarah ग्यारह",
    12: "doce doze barah baara baarah बारह",
    13: "trece treze terah तेरह",
    14: "catorce catorze quatorze chaudah चौदह",
    15: "quince quinze pandrah pandra पंद्रह पन्द्रह",
    16: "dieciséis dieciseis dezesseis solah सोलह",
    17: "diecisiete dezessete satrah सत्रह",
    18: "dieciocho dezoito atharah athara अठारह",
    19: "diecinueve dezenove unnees उन्नीस",
    21: "veintiuno veintiún ikkees इक्कीस",
    22: "veintidós veintidos",
    23: "veintitrés veintitres",
    24: "veinticuatro chaubis chaubees चौबीस",
    25: "veinticinco pachees pachis पच्चीस",
    26: "veintiséis veintiseis",
    27: "veintisiete",
    28: "veintiocho",
    29: "veintinueve",
    35: "paintees पैंतीस",
    45: "paintalis paintalees पैंतालीस",
    75: "pachhattar pachattar पचहत्तर",
}
_HUNDREDS = {
    100: "cien ciento cem cento seratus einhundert",
    200: "doscientos doscientas duzentos duzentas",
    300: "trescientos trescientas trezentos trezentas",
    400: "cuatrocientos cuatrocientas quatrocentos quatrocentas",
    500: "quinientos quinientas quinhentos quinhentas",
    600: "seiscientos seiscientas seiscentos seiscentas",
    700: "setecientos setecientas setecentos setecentas",
    800: "ochocientos ochocientas oitocentos oitocentas",
    900: "novecientos novecientas novecentos novecentas",
    1_000: "seribu",
}
TIMES: dict[str, int] = {
    "hundred": 100, "sau": 100, "सौ": 100, "hundert": 100, "ratus": 100, "puluh": 10,
    "dozen": 12, "dozens": 12, "docenas": 12, "dúzias": 12, "dutzend": 12, "lusin": 12, "darjan": 12, "दर्जन": 12,
}  # fmt: skip
AMBIGUOUS = frozenset({"once", "tees", "saath", "assi", "bees", "cento", "sete", "nove", "cem"})
"""Words of other meanings too: numbers only where a multiplier, a currency or more of the number follows."""
HALVES: dict[str, float] = {
    "dedh": 1.5, "डेढ़": 1.5, "dhai": 2.5, "dhaai": 2.5, "adhai": 2.5, "ढाई": 2.5, "sava": 1.25, "सवा": 1.25,
    "aadha": 0.5, "आधा": 0.5, "half": 0.5, "medio": 0.5, "meio": 0.5, "setengah": 0.5,
}  # fmt: skip
ONE_WORD = {
    "un par de": "2",
    "um par de": "2",
    "a pair of": "2",
    "sejuta": "1 juta",
    "half a dozen": "6",
    "media docena": "6",
    "meia dúzia": "6",
    "setengah lusin": "6",
}
ONE_OF_THEM = re.compile(rf"(?<!\w)(?:{'|'.join(ONE_WORD)})(?!\w)", re.IGNORECASE)
THOUSAND_AND = re.compile(
    r"(?<![\w.,]|\d )(?:(\d{1,3}) )?(?:mil|tausend|thousand) (?:e |y |and |und )?(\d{3})(?![\d.,]*\d|\w)",
    re.IGNORECASE,
)
"""A thousand and some hundreds: "mil e quinhentos", whose last part is digits already."""
AND_A_HALF = frozenset({"sadhe", "saadhe", "साढ़े"})


@cache
def _bare_multiplier() -> re.Pattern[str]:
    """Return the pattern of a multiplier that stands for one of itself: "mil reais", "a thousand dollars"."""
    many = "|".join(sorted((word for word in words.MULTIPLIERS if len(word) > 2), key=len, reverse=True))  # noqa: PLR2004
    counted = "|".join(
        re.escape(name) for name in sorted((*NAMES, *words.FOLLOWER_WORDS), key=len, reverse=True)
    )
    return re.compile(
        rf"(?<![\w.,]|\d )(?:(?:a|an) (?=(?:{many})(?!\w))|(?=(?:{many}) (?:de )?(?:{counted})(?!\w)))",
        re.IGNORECASE,
    )


@cache
def _values() -> dict[str, int]:
    found = {
        word: n
        for word, n in words.NUMBER_WORDS.items()
        if n <= SMALL_MAX and word not in {"a", "an", "couple"}
    }
    found |= {word: n for n, word in enumerate(_ENGLISH.split())}
    for table in (_TENS, _TEENS, _HUNDREDS):
        found |= {word: n for n, many in table.items() for word in many.split()}
    return _german() | found


@cache
def _beginnings() -> frozenset[str]:
    """Return the words that a number can begin with."""
    return frozenset({*_values(), *(word for word, n in TIMES.items() if n == HUNDRED), *HALVES, *AND_A_HALF})


def _german() -> dict[str, int]:
    ones = ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
    small = dict(enumerate(ones, 1)) | dict(
        enumerate(
            [
                "zehn",
                "elf",
                "zwölf",
                "dreizehn",
                "vierzehn",
                "fünfzehn",
                "sechzehn",
                "siebzehn",
                "achtzehn",
                "neunzehn",
            ],
            10,
        )
    )
    tens = dict(zip(range(20, 100, 10), ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"], strict=True))  # fmt: skip
    for ten, word in tens.items():
        small |= {ten: word} | {ten + i: f"{one}und{word}" for i, one in enumerate(ones, 1)}
    hundreds = {n * HUNDRED: f"{one}hundert" for n, one in enumerate(ones, 1)}
    all_small = small | hundreds
    all_small |= {h + n: f"{word}{tail}" for h, word in hundreds.items() for n, tail in small.items()}
    found = {word: n for n, word in all_small.items() if word != "ein"}
    return found | {f"{word}tausend": n * THOUSAND for n, word in (small | hundreds).items()}


class _Number:
    """A number being read, word by word."""

    def __init__(self, start: int) -> None:
        self.start = self.end = start
        self.value: float = 0
        self.words = 0

    def takes(self, word: str) -> bool:
        """Take one more word, or tell that it begins another number."""
        if word == "belas" and self.words and 0 < self.value < SMALL_MAX:
            self.value += SMALL_MAX
        elif word in TIMES and (self.words or TIMES[word] == HUNDRED):
            tail = self.value % THOUSAND if self.value >= THOUSAND else self.value
            self.value += (tail or 1) * TIMES[word] - tail
        elif (more := _values().get(word)) is not None and self._fits(more):
            self.value += more
        else:
            return False
        self.words += 1
        return True

    def _fits(self, more: int) -> bool:
        if not self.words:
            return True
        tail = self.value % HUNDRED
        if more < SMALL_MAX:
            return tail == 0 or (TENS_MIN <= tail <= TENS_MAX and tail % SMALL_MAX == 0)
        return more < HUNDRED and tail == 0 and self.value >= HUNDRED


def digits(text: str) -> str:
    """Return the text with its spelt numbers as digits, where they are certain to be numbers."""
    tokens = list(islice(TOKEN.finditer(text), TOKENS_MAX))
    lowered = [token[0].lower() for token in tokens]
    pieces: list[str] = []
    at = i = 0
    while i < len(tokens):
        if lowered[i] not in _beginnings():
            i += 1
            continue
        number, after = _number(text, tokens, lowered, i)
        if number is None:
            i += 1
            continue
        pieces += [text[at : number.start], _written(number.value)]
        at, i = number.end, after
    text = "".join(pieces) + text[at:] if pieces else text
    text = ONE_OF_THEM.sub(lambda match: ONE_WORD[match[0].lower()], text)
    text = THOUSAND_AND.sub(lambda match: str(int(match[1] or 1) * THOUSAND + int(match[2])), text)
    return _bare_multiplier().sub("1 ", text)


def _number(text: str, tokens: list[re.Match[str]], lowered: list[str], i: int) -> tuple[_Number | None, int]:
    """Return the number that begins at a word and which word comes after it; None where none does."""
    first = lowered[i]
    scaled_next = _follows(text, tokens, lowered, i + 1, words.MULTIPLIERS)
    if first in HALVES and (scaled_next or (lowered[i + 1 : i + 2] == ["a"] and _follows(text, tokens, lowered, i + 2, words.MULTIPLIERS))):  # fmt: skip
        number = _Number(tokens[i].start())
        number.value = HALVES[first]
        skip = 1 if scaled_next else 2
        number.end = tokens[i + skip - 1].end()
        return number, i + skip
    half = first in AND_A_HALF
    number = _Number(tokens[i].start())
    j = i + half
    while j < len(tokens) and (not number.words or BETWEEN.fullmatch(text[number.end : tokens[j].start()])):
        word = lowered[j]
        if number.words and word in LINKS and _joins(number, lowered, j):
            number.end = tokens[j].end()
            j += 1
            continue
        if not number.takes(word):
            break
        number.end = tokens[j].end()
        j += 1
    if not number.words:
        return None, i
    number.value += 0.5 * half
    follows = _follows(text, tokens, lowered, j, words.MULTIPLIERS) or _money_follows(
        text, tokens, lowered, j
    )
    alone = number.words == 1 and (number.value <= SMALL_MAX or first in AMBIGUOUS)
    return (None, i) if alone and not follows and not half else (number, j)


def _joins(number: _Number, lowered: list[str], j: int) -> bool:
    """Tell whether "and" stands inside a number: "two hundred and fifty", "treinta y cinco"."""
    more = _values().get(lowered[j + 1]) if j + 1 < len(lowered) else None
    tail = number.value % HUNDRED
    large = number.value >= HUNDRED and tail == 0
    tens = TENS_MIN <= tail <= TENS_MAX and tail % SMALL_MAX == 0 and lowered[j] in {"y", "e"}
    return more is not None and ((large and more < HUNDRED) or (tens and more < SMALL_MAX))


def _follows(
    text: str, tokens: list[re.Match[str]], lowered: list[str], j: int, table: dict[str, int]
) -> bool:
    near = 0 < j < len(tokens) and text[tokens[j - 1].end() : tokens[j].start()] in {" ", "-"}
    return near and len(lowered[j]) > 1 and lowered[j] in table


def _money_follows(text: str, tokens: list[re.Match[str]], lowered: list[str], j: int) -> bool:
    while 0 < j < len(tokens) and text[tokens[j - 1].end() : tokens[j].start()] == " " and lowered[j] == "de":
        j += 1
    near = 0 < j < len(tokens) and text[tokens[j - 1].end() : tokens[j].start()] == " "
    return near and len(lowered[j]) > 2 and lowered[j] in NAMES  # noqa: PLR2004  (a word, no code)


def _written(value: float) -> str:
    return f"{value:g}" if value < THOUSAND * THOUSAND or value % 1 else str(int(value))
