"""Where money shall go, as people write it in a sentence: a UPI address, an IBAN, a CLABE."""

import regex as re

UPI = re.compile(r"(?<![\w.@-])[\w.-]{2,60}@[a-z][a-z0-9]{2,20}(?![\w@-]|\.\w)", re.IGNORECASE)
"""NPCI's virtual payment address: unlike an e-mail address it has no dot behind the sign."""
IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
CLABE = re.compile(r"(?<!\d)\d{18}(?!\d)")


def account(text: str) -> str:
    """Return the account that a text names, empty where it names none."""
    for shape in (UPI, IBAN, CLABE):
        if match := shape.search(text):
            return match[0]
    return ""
