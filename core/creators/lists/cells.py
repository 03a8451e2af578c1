"""One cell: what is empty, what a spreadsheet wrote around it, and the figures in it.

A column decides how its figures are written (decimal comma or point) and what unit they have; a cell never.
"""

import statistics
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import regex as re

EMPTY = frozenset(
    {
        *(
            "nan",
            "null",
            "none",
            "n/a",
            "na",
            "nil",
            "undefined",
            "unknown",
            "not available",
            "not specified",
        ),
        *("tbd", "<na>", "(blank)", "[]", "{}", "-", "--", "---", "–", "—", ".", "?", "n.a.", "n.d.", "s/d"),
        *("desconocido", "desconocida", "desconhecido", "desconhecida", "unbekannt", "अज्ञात", "sin dato"),
        *("#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!"),
    }
)
"""What stands for nothing in a list, in small letters. A name keeps its capital: "Nan" is somebody."""
CAPITALISED = frozenset({"Nan", "Na", "Nil"})
HYPERLINK = re.compile(r"=\s*HYPERLINK\(\s*\"([^\"]+)\".*", re.IGNORECASE | re.DOTALL)
TEXT_FORMULA = re.compile(r"=\s*\"([^\"]*)\"")
FORMULA = re.compile(r"=\s*[A-Za-z$(+-]")
THOUSANDS = {
    **dict.fromkeys(("k", "thousand", "thousands", "tsd", "tausend", "mil", "mila"), 3),
    **dict.fromkeys(("ribu", "rb", "tys", "тыс"), 3),
    **dict.fromkeys(("hazar", "hazaar", "हज़ार", "हज़ार", "हजार", "千", "천"), 3),
    **dict.fromkeys(("万", "萬", "만"), 4),
    **dict.fromkeys(("l", "lac", "lacs", "lakh", "lakhs", "लाख"), 5),
    **dict.fromkeys(("m", "mm", "mn", "mio", "mill", "million", "millions"), 6),
    **dict.fromkeys(("millionen", "millón", "millon"), 6),
    **dict.fromkeys(("millones", "mi", "milhão", "milhao", "milhões", "milhoes"), 6),
    **dict.fromkeys(("mln", "juta", "jt", "млн"), 6),
    **dict.fromkeys(("cr", "crs", "crore", "crores", "करोड़", "करोड़"), 7),
    **dict.fromkeys(("億", "亿", "억"), 8),
    **dict.fromkeys(("b", "bn", "billion", "billions", "mrd"), 9),
}  # fmt: skip
"""Words behind a figure, and how many noughts they are."""
FIGURE = re.compile(
    r"([+-]?)\s*(\d[\d.,'’ ]*|[.,]\d+)(?:e([+-]?\d{1,6}))?\s*([\p{L}\p{M}]*)\.?\s*(.*)", re.IGNORECASE
)
GROUPED = re.compile(r"\d{1,3}(?:([.,'’ ])\d{3})+|\d{1,2}(?:(,)\d{2})+,\d{3}")
AROUND = re.compile(
    r"^(?:~|≈|>|<|ca\.?|c\.|about|approx\.?|around|über|over|más de|mais de|aprox\.?)\s*|\s*\+$",
    re.IGNORECASE,
)
BEHIND = frozenset(
    {
        *(
            "followers",
            "follower",
            "fans",
            "subscribers",
            "subs",
            "views",
            "seguidores",
            "suscriptores",
            "likes",
        ),
        *("inscritos", "abonnenten", "pengikut", "फॉलोअर्स", "visualizaciones", "visualizações", "aufrufe"),
    }
)
CURRENCIES = {
    **dict.fromkeys(("₹", "rs", "rupees", "rupee", "रुपये", "रु"), "INR"),
    **dict.fromkeys(("€", "euro", "euros"), "EUR"),
    **dict.fromkeys(("£", "pounds"), "GBP"),
    **dict.fromkeys(("r$", "reais"), "BRL"),
    **dict.fromkeys(("mx$",), "MXN"),
    **dict.fromkeys(("$", "us$", "dollars"), "USD"),
    **dict.fromkeys(("¥", "円", "yen"), "JPY"),
    **dict.fromkeys(("rp",), "IDR"),
    **dict.fromkeys(("a$",), "AUD"),
    **dict.fromkeys(("c$",), "CAD"),
    **dict.fromkeys(("s$",), "SGD"),
}
CURRENCY = re.compile(
    r"(?<![\p{L}])(?:R\$|MX\$|US\$|A\$|C\$|S\$|₹|€|£|\$|¥|円|Rs\.?|Rp\.?|rupees?|रुपये|रु|euros?|pounds|reais|dollars|yen|"
    r"(?-i:[A-Z]{3}))(?![\p{L}])|\p{Sc}",
    re.IGNORECASE,
)
PERCENT_FROM, COUNTS_FROM = 0.3, 100
LARGEST_POWER = 300


class Unit(StrEnum):
    """What a column of shares means by its bare figures."""

    RATIO = "a ratio"
    PERCENT = "per cent"
    COUNT = "a count, divided by the followers"


@dataclass(frozen=True, slots=True)
class Writing:
    """How a column writes its figures: its decimal sign (empty where none shows), and what it counts in."""

    decimal: str = ""
    noughts: int = 0


def told(cell: str) -> str:
    """Return what a cell says, empty where it says that it says nothing."""
    text = cell.strip().strip("\ufeff\u200b\u00a0").strip()
    if len(text) > 1 and text[0] == text[-1] == "'":
        text = text[1:-1].strip()
    if text.startswith("="):
        for form in (HYPERLINK, TEXT_FORMULA):
            if found := form.fullmatch(text):
                return str(found[1]).strip()
        return "" if FORMULA.match(text) else text
    return "" if text.casefold() in EMPTY and text not in CAPITALISED else text


def plain_digits(text: str) -> str:
    """Return a figure in ASCII digits and plain spaces: ३०० is 300."""
    text = unicodedata.normalize("NFKC", text)
    kept = (str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    return re.sub(r"\s+", " ", "".join(kept)).replace("٫", ".").replace("٬", ",").strip()


def writing_of(cells: Iterable[str], *, default: str = "", noughts: int = 0) -> Writing:
    """Return how a column writes: its decimal sign is one that stands before one, two or four digits.

    `default` is what the file or the currency suggests where the column itself shows nothing.
    """
    votes = {".": 0, ",": 0}
    for cell in cells:
        found = FIGURE.fullmatch(AROUND.sub("", plain_digits(cell)))
        digits = found[2].strip() if found else ""
        signs = [sign for sign in ".," if sign in digits]
        last = max(signs, key=digits.rfind, default="")
        if len(signs) == 1 and digits.count(last) > 1:
            votes["," if last == "." else "."] += 1  # it parts thousands, so it is not the decimal sign
        elif len(signs) > 1 or (signs and digits.count(last) == 1 and not GROUPED.fullmatch(digits)):
            votes[last] += 1
    if votes["."] == votes[","]:
        return Writing(default, noughts)
    return Writing("." if votes["."] > votes[","] else ",", noughts)


def figure(text: str, writing: Writing, *, whole: bool = False) -> float | None:
    """Return the number that a cell holds, None where it holds no single one.

    `whole` says that it counts people or money: what could be thousands is, 12.400 as 12,400.
    """
    found = FIGURE.fullmatch(AROUND.sub("", plain_digits(text)))
    if found is None:
        return None
    sign, digits, power, word, rest = found.groups()
    word = word.casefold()
    if word in BEHIND:
        word, rest = "", ""
    if (word and word not in THOUSANDS) or (rest and rest.casefold().removeprefix("de ") not in BEHIND):
        return None
    scaled = bool(word or writing.noughts)
    value = _value(digits.strip(), "" if whole and not scaled else writing.decimal, scaled=scaled)
    if value is None or abs(int(power or 0)) > LARGEST_POWER:
        return None
    noughts = THOUSANDS[word] if word else writing.noughts
    return float(f"{'-' if sign == '-' else ''}{value}e{int(power or 0) + noughts}")


def _value(digits: str, decimal: str, *, scaled: bool) -> str | None:
    """Return a figure's digits with a point as its decimal sign; None where its groups make no sense."""
    if found := GROUPED.fullmatch(digits):
        group = found[1] or found[2]
        several = digits.count(group) > 1
        if (
            several
            or group not in ".,"
            or (group != decimal and not (scaled and group == "." and not decimal))
        ):
            return re.sub(r"[.,'’ ]", "", digits)
    digits = re.sub(r"(?<=\d)['’ ](?=\d{3}(?!\d))", "", digits)
    last = max(".,", key=digits.rfind)
    whole, sign, part = digits.rpartition(last) if last in digits else (digits, "", "")
    other = "," if last == "." else "."
    whole = whole.replace(other, "")
    if not re.fullmatch(r"\d*", whole) or not re.fullmatch(r"\d*", part):
        return None
    return f"{whole or 0}.{part or 0}" if sign else whole


def unit_of(cells: Iterable[str], writing: Writing, *, percent: bool) -> Unit:
    """Return what a column of shares means by a bare figure: half of all creators are below 30 per cent."""
    bare = [abs(value) for cell in cells if "%" not in cell and (value := figure(cell, writing)) is not None]
    if percent or not bare:
        return Unit.PERCENT if percent else Unit.RATIO
    middle = statistics.median(bare)
    if middle > COUNTS_FROM:
        return Unit.COUNT
    above = sum(value > 1 for value in bare)
    return Unit.PERCENT if middle > PERCENT_FROM or above * 10 > len(bare) else Unit.RATIO


def without_currency(cell: str) -> tuple[str, str]:
    """Return an amount without its currency, and the currency, empty where it names none: "Rs. 1,500/-"."""
    text = cell.strip().removesuffix("/-").strip()
    found = CURRENCY.search(text)
    if found is None:
        return text, ""
    name = found[0].strip(" .").casefold()
    return (text[: found.start()] + text[found.end() :]).strip(" ."), CURRENCIES.get(name, name.upper())
