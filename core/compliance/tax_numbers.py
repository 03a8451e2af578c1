"""India's goods and services tax number: fifteen characters with a check digit.

Two digits of state, ten of PAN, one of entity, one reserved, one check character (Luhn mod 36 over the
first fourteen). Those who have no PAN, and those who withhold or collect, have shapes of their own (the
schemas of the GST network). A good check digit is not a registration: it only shows that the number was typed
right. python-stdnum 2.2 refuses states 38, 97 and 99 and a 14th character other than Z, which occur.
"""

import re

from core.compliance.errors import TaxNumberNotValid

SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SHAPES = {
    "regular, composition, casual": r"\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z][A-Z][0-9A-Z]",
    "withholds or collects tax, or an office": r"\d{2}[A-Z]{4}[A-Z0-9]\d{4}[A-Z][1-9A-Z][DCZ][0-9A-Z]",
    "online services from abroad": r"99\d{2}[A-Z]{3}\d{5}OS[0-9A-Z]",
    "not resident": r"\d{4}[A-Z]{3}\d{5}NR[0-9A-Z]",
    "of the United Nations, an embassy or another notified body": r"\d{4}[A-Z]{3}\d{5}[UO]N[0-9A-Z]",
}
SHAPE = re.compile("|".join(SHAPES.values()), re.ASCII)
STATES = frozenset(f"{number:02}" for number in (*range(1, 39), 97, 99))


def gstin(text: str) -> str:
    """Return the number in its canonical form.

    Raises:
        TaxNumberNotValid: for a wrong shape, state or check character.
    """
    number = re.sub(r"[\s-]", "", text).upper()
    right = SHAPE.fullmatch(number) is not None and number[:2] in STATES
    if not right or check_character(number[:14]) != number[14]:
        raise TaxNumberNotValid(number=number[:20])
    return number


def check_character(first_fourteen: str) -> str:
    """Return the check character: each value times 1, 2, 1, 2 …, digits of the product summed in base 36."""
    total = 0
    for position, symbol in enumerate(first_fourteen):
        product = SYMBOLS.index(symbol) * (1 + position % 2)
        total += product // 36 + product % 36
    return SYMBOLS[-total % 36]
