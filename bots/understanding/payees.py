"""Where money shall go, as people write it in a sentence: a UPI address, an IBAN, a CLABE, a Pix key."""

import regex as re

UPI = re.compile(r"(?<![\w.@-])[\w.-]{2,60}@[a-z][a-z0-9]{2,20}(?![\w@-]|\.\w)", re.IGNORECASE)
"""NPCI's virtual payment address: unlike an e-mail address it has no dot behind the sign."""
IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
CLABE = re.compile(r"(?<!\d)\d{18}(?!\d)")


PIX = re.compile(r"(?<![\w.@-])[\w.+-]{1,60}@[\w-]+(?:\.[\w-]+)+|(?<!\d)\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)")
"""A Pix key of Banco Central do Brasil that is an e-mail address, or a CPF as it is written."""


def account(text: str, country: str = "") -> str:
    """Return the account that a text names, as people of a country are paid; empty where it names none."""
    for shape in (*((PIX,) if country == "BR" else ()), UPI, IBAN, CLABE):
        if match := shape.search(text):
            return str(match[0])
    return ""
