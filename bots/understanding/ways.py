"""How people say each thing: the files in `ways/`, one a way of writing, and the one form they are compared in.

A file holds `[intent]` or `[intent/topic]`, then one saying a line. `{who}` stands for a creator's name or
number, `{term}` for a word of the trade.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex as re

FOLDER = Path(__file__).parent / "ways"
WHO, TERM = "{who}", "{term}"
SOMEBODY, SOMETHING, ADDRESS, AMOUNT = "xwho", "xterm", "xlink", "7"
"""What stands in the compared form for a name, a word of the trade, a web address, any number."""
EDGE_CHARACTERS = 240
"""Of a long message its beginning and its end say what is wanted; the rest is what it is about."""
LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?<![@\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|in|net|org|be|ly|tv|gl|me|co)/\S*",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"(?:number|num|no\.?|nr\.?|número|numero|nummer|nomor|n[º°]|#|नंबर)\s*(?P<a>\d{1,2})(?!\d)|(?<!\w)(?P<b>\d{1,2})(?:st|nd|rd|th)(?:\s+one)?(?!\w)|"
    r"(?<!\w)(?P<c>\d{1,2})\s+(?:number|no\.|नंबर)(?:\s+(?:wal[aei]|वाल[ाीे]))?(?!\w)",
    re.IGNORECASE,
)
CONTRACTIONS = {
    "n't": " not",
    "'m": " am",
    "'re": " are",
    "'ve": " have",
    "'ll": " will",
    "'d": " would",
    "'s": " is",
}
CONTRACTED = re.compile(rf"({'|'.join(map(re.escape, CONTRACTIONS))})\b", re.IGNORECASE)
VARIANTS: dict[str, str] = {
    "you": "u",
    "your": "ur",
    "i am": "im",
    "i have": "ive",
    "do not": "dont",
    "can not": "cant cannot",
    "will not": "wont",
    "what is": "whats wats",
    "where is": "wheres",
    "who is": "whos",
    "how is": "hows",
    "want to": "wanna",
    "going to": "gonna",
    "instagram": "insta ig",
    "youtube": "yt",
    "account": "acc acct",
    "thanks": "thx thnx tnx thanku",
    "creator": "creators influencer influencers blogger bloggers creador creadora creadores criador criadora criadores kreator kreatornya kreatoren क्रिएटर्स इन्फ्लुएंसर इंफ्लुएंसर",
    "video": "vids vid videos",
    "me": "mein mai mei",
    "kyun": "kyu kyo kyon",
    "hoon": "hu hun",
    "hai": "h hain hein hae",
    "nahi": "nhi nahin nai",
    "karo": "kro kijiye kijie karna krna kardo krdo karni",
    "kaha": "kahan kidhar",
    "chahiye": "chaiye chahie chahye chaie",
    "kaun": "kon kaunsa kaunse kaunsi konsa konse",
    "paise": "paisa pese paisay",
    "dikhao": "dikhana dikha dikhado dikhaiye",
    "mera": "meri mere",
    "você": "vc",
    "para": "pra",
    "está": "tá",
    "tidak": "gak nggak ngga enggak tdk",
    "sudah": "udah udh sdh",
    "bagaimana": "gimana gmn",
    "mau": "pengen pingin",
    "seperti": "kayak",
    "saja": "aja",
    "draft": "drafts draf drafnya draftnya",
    "campaign": "campaigns kampanye kampanyenya campaignnya campaña campañas campanha campanhas kampagne kampagnen कैंपेन कैम्पेन अभियान",
}
"""A word, and how it is written besides, most of it on phones."""
SPELLINGS = {other: word for word, others in VARIANTS.items() for other in others.split()}
POLITE = frozenset(
    [
        "please",
        "pls",
        "plz",
        "kindly",
        "sir",
        "madam",
        "mam",
        "bro",
        "dude",
        "hey",
        "hi",
        "hello",
        "dear",
        "ji",
        "bhai",
        "yaar",
        "yar",
        "bhaiya",
        "na",
        "nako",
        "por",
        "favor",
        "porfa",
        "bitte",
        "mal",
        "tolong",
        "dong",
        "nih",
        "kak",
        "min",
        "gan",
        "deh",
        "oi",
        "olá",
        "hola",
        "namaste",
        "namaskar",
        "bonjour",
        "salut",
        "coucou",
        "svp",
        "stp",
        "कृपया",
        "जी",
        "भाई",
        "नमस्ते",
        "just",
        "actually",
        "so",
        "well",
        "now",
        "ab",
        "abhi",
    ]
)
"""Words that only make it friendlier."""
WORD = re.compile(
    r"(?<![\w.])@[\w.]*\w|\d(?:[\d.,:]*\d)?(?:[kK]\b)?|[\p{L}\p{M}\p{N}]+|👍|🙏|❤|👌|😊|🎉|🔥|⭐"
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of saying something."""

    intent: str
    topic: str
    words: str


@cache
def all_ways() -> tuple[Way, ...]:
    """Return every saying of every file."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        intent = topic = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                intent, _, topic = line.strip("[]").partition("/")
            elif line.strip():
                found.append(Way(intent, topic, line.strip()))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Token:
    """A word in the compared form, and as it was written."""

    folded: str
    written: str


def tokens(text: str) -> list[Token]:
    """Return the words of a message in the one form that is compared: no case, accents, politeness."""
    if len(text) > 2 * EDGE_CHARACTERS:
        text = f"{text[:EDGE_CHARACTERS]} {text[-EDGE_CHARACTERS:]}"
    text = (
        unicodedata.normalize("NFKC", text).replace("’", "'").replace(WHO, SOMEBODY).replace(TERM, SOMETHING)
    )
    text = NUMBERED.sub(lambda m: f" {SOMEBODY}{m['a'] or m['b'] or m['c']} ", LINK.sub(f" {ADDRESS} ", text))
    text = CONTRACTED.sub(lambda match: CONTRACTIONS[match[1].lower()], text)
    found = [token for word in WORD.findall(text) for token in _spelt(word)]
    kept = [token for token in found if token.folded not in POLITE]
    return kept or found


def folded(text: str) -> str:
    """Return a message in the one form that is compared."""
    return " ".join(token.folded for token in tokens(text))


def _spelt(word: str) -> list[Token]:
    if word.startswith(SOMEBODY):
        return [Token(SOMEBODY, word.removeprefix(SOMEBODY))]
    if word[0] == "@":
        return [Token(SOMEBODY, word)]
    if word[0].isdigit():
        return [Token(AMOUNT, word)]
    low = re.sub(r"(.)\1{2,}", r"\1\1", word.casefold())
    return [Token(_bare(part), word) for part in SPELLINGS.get(low, low).split()]


@cache
def _marks() -> dict[int, str | None]:
    """Return what becomes of accents: in Latin letters nothing is left, in Devanagari two spellings are one."""
    devanagari = {0x093C: None, 0x0901: "\u0902"}
    return {**dict.fromkeys(range(0x0300, 0x0370)), **devanagari}


def _bare(word: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_marks()))
