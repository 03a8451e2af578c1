"""Ways to reach somebody outside the marketplace, in what people write to each other."""

import re

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

LEFT_OUT = "•••"
CHAT_HOSTS = (
    "wa.me",
    "whatsapp.com",
    "t.me",
    "telegram.me",
    "signal.me",
    "m.me",
    "discord.gg",
    "line.me",
    "linktr.ee",
)
_HOSTS = "|".join(map(re.escape, CHAT_HOSTS))
_AT = r"(?:@|\s*[(\[]\s*(?:at|arroba|@)\s*[)\]]\s*|\s+(?:at|arroba)\s+)"
_DOT = r"(?:\.|\s*[(\[]\s*(?:dot|punto|ponto|\.)\s*[)\]]\s*|\s+(?:dot|punto|ponto)\s+)"
_DIGIT = (
    "zero|one|two|three|four|five|six|seven|eight|nine|oh|double|triple|"
    "shunya|ek|do|teen|char|chaar|paanch|panch|chhe|chah|saat|aath|nau|"
    "cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|um|dois|três|quatro|sete|oito|nove|"
    "nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
)
ISO_DATE = re.compile(r"(?<!\d)20\d\d-\d\d-\d\d(?!\d)")
PATTERNS = (
    re.compile(
        rf"[\w.+-]+{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}(?:com|net|org|in|co|io|mx|br|es|id|de|me|info)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:https?://)?(?:[\w-]+\.)*(?:{_HOSTS})(?:/\S*)?(?![\w.])", re.IGNORECASE),
    re.compile(
        r"(?:whats\s?app|telegram|signal|skype|discord|wechat|line id|snapchat|insta(?:gram)? dm)\s*"
        r"(?:me|id|handle|no\.?|number|user(?:name)?)?\s*(?::|=|-|at|on|is|@)+\s*@?[\w.+-]{3,}",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<!\w)(?:(?:{_DIGIT})[\s,-]+){{6,}}(?:{_DIGIT})(?!\w)", re.IGNORECASE),
    re.compile(r"(?<![\w₹$€£.,/])\+?\(?\d(?:[\s().\-–_/]{0,3}\d){8,14}(?![\w%])"),
)
"""Mail (spelt out too), a link into a chat app, a name there, a telephone number in words, one in digits."""


def without(text: str, country: str) -> tuple[str, int]:
    """Return a text without the ways to reach somebody, and how many were left out.

    `country` is the ISO code by which a telephone number without its own is read. Amounts stay: money is
    grouped with commas or has its sign.
    """
    spans = [match.span() for pattern in PATTERNS for match in pattern.finditer(text)]
    region = country if country in phonenumbers.SUPPORTED_REGIONS else None
    spans += [(m.start, m.end) for m in PhoneNumberMatcher(text, region, leniency=Leniency.VALID)]
    kept, count, place = [], 0, 0
    dates = [match.span() for match in ISO_DATE.finditer(text)]
    for start, end in sorted(spans):
        if any(start < until and since < end for since, until in dates):
            continue
        if start < place:
            place = max(place, end)
            continue
        kept += [text[place:start], LEFT_OUT]
        count, place = count + 1, end
    return "".join([*kept, text[place:]]), count
