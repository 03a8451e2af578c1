"""What an intent is about: who, how much, until when, which link, which word, as far as the message says it."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

import regex as re

from bots.understanding import blanks, dates, gazetteer, numbers, pieces, ways, wording
from bots.understanding import lexicon as words
from core.networks import links
from core.networks.errors import LinkHidesItsPost, LinkNotOfThisNetwork

Facts = dict[str, object]
FILE_HOSTS = re.compile(
    r"drive\.google|docs\.google|dropbox|we\.tl|wetransfer|icloud|onedrive|1drv|sharepoint|photos\.app|vimeo\.com|frame\.io|mega\.nz",
    re.IGNORECASE,
)
DAYS = re.compile(
    r"(\d{1,2}|[^\W\d_]+)(?:\s+(?:more|extra|additional|aur|और|de plus|más|mais|weitere|zusätzliche))?\s+(days?|din|दिन|días?|dias?|jours?|hari|tagen?|tage|weeks?|haft[ea]|हफ़्ते|हफ्ते|हफ़्ता|हफ्ता|semanas?|semaines?|minggu|wochen?)(?!\w)",
    re.IGNORECASE,
)
A_PAIR_OF = re.compile(
    r"(?<!\w)(?:un par de|um par de|a couple(?: of)?|a pair of|ein paar|do ek|दो एक)\s+", re.IGNORECASE
)
WEEK = re.compile(r"week|haft|हफ|semana|minggu|woche", re.IGNORECASE)
DAYS_A_WEEK = 7
HOURS = re.compile(
    r"(?<!\d)([01]?\d|2[0-3])(?::\d\d)?\s*(am|pm)?\s*(?:-|–|to|and|a|e|y|e as|bis|und|se|sampai|से|till|until)\s*(?:subah\s+|सुबह\s+|las\s+|às\s+)?([01]?\d|2[0-3])(?::\d\d)?\s*(am|pm)?(?!\d)",
    re.IGNORECASE,
)
STARS = re.compile(
    r"(?<![\d.,])([1-5])\s*(?:/\s*5|(?:out )?of 5|stars?|स्टार|estrellas?|estrelas?|étoiles?|bintang|sterne?)(?!\w)|(?:bintang|estrellas|rating|rate)\s+([1-5])(?!\d)",
    re.IGNORECASE,
)
STARS_IN_WORDS = re.compile(
    rf"(?<!\w)({wording.joined(tuple(words.NUMBER_WORDS))})[\s-]+(?:stars?|estrellas?|estrelas?|sterne?|स्टार)(?!\w)",
    re.IGNORECASE,
)
LANGUAGES_READ = ("en", "hi", "es", "pt", "id", "de")
NOT_SPOKEN = re.compile(
    r"n[o']t (?:speak|know|understand)|no hablo|não falo|nahi (?:aati|samajh)|नहीं आती|kein|(?:tidak|nggak) bisa",
    re.IGNORECASE,
)
ABOUT_SOMEBODY = ("more_like", "why", "who_is", "add", "remove", "cancel_deal", "review", "message_other")
REASON = re.compile(
    r"(?:changes?|draft|reel|video|caption|approved|redo|please|cambios?|borrador|rascunho|revisi|direvisi|entwurf|बदलाव|ड्राफ़्ट)\s*[,:;–-]\s*(?P<why>.+)$|(?:because|since|porque|weil|karena|kyunki|क्योंकि)\s+(?P<cause>.+)$",
    re.IGNORECASE,
)


def of(intent: str, text: str, today: date) -> Facts:
    """Return the arguments of an intent that a message states; what it does not say is left out."""
    reader = _READERS.get(intent)
    found = reader(text, today) if reader else {}
    if intent in ABOUT_SOMEBODY:
        text = STARS.sub(" ", text) if intent == "review" else text  # how many stars is nobody's number
        found |= {"who": blanks.somebody(ways.tokens(text), _blanked(intent))}
    return {name: value for name, value in found.items() if value not in (None, "")}


def kind_of_link(link: str) -> str:
    """Return what a link alone hands in: a post, a draft, or nothing that we know."""
    try:
        links.recognise(link if "://" in link else f"https://{link}")
    except LinkHidesItsPost:
        return "submit_post"
    except LinkNotOfThisNetwork:
        return "submit_draft" if FILE_HOSTS.search(link) else ""
    return "submit_post"


@cache
def _blanked(intent: str) -> frozenset[str]:
    return frozenset(
        ways.folded(way.words) for way in ways.all_ways() if way.intent == intent and ways.WHO in way.words
    )


def _neat(value: float) -> int | float:
    return int(value) if value == int(value) else value


NOT_ENOUGH = re.compile(
    r"[^,.;:!?\d]*(?:too (?:less|little|low|few|small)|not enough|very less|is low|won't do|mache ich|reicht nicht|zu wenig|es poco|muy poco|no me alcanza|é pouco|muito pouco|não dá|kam h|kam hai|bahut kam|kurang|terlalu (?:kecil|rendah|sedikit)|कम है|कम हैं|c'est trop peu)"
)
REFUSED = re.compile(
    r"(?:nicht|not|no|instead of|rather than|statt|en vez de|em vez de|daripada)\s+(?:für|for|por|para|under|below|unter)?\s*$"
)


def _amount(text: str, today: date) -> Facts:
    """Return the amount that is asked for: of several not the one that is called too little."""
    del today
    normal = wording.normalise(ways.LINK.sub(" ", text))
    stated = numbers.quantities(normal)
    lowered = normal.lower()
    taken = (
        q
        for q in stated
        if not NOT_ENOUGH.match(lowered, q.span[1]) and not REFUSED.search(lowered[: q.span[0]])
    )
    found = next(taken, stated[0] if stated else None)
    return {"amount": _neat(found.high)} if found else {}


def _rate(text: str, today: date) -> Facts:
    return {**_amount(text, today), **_kind(text)}


def _kind(text: str) -> Facts:
    kinds = pieces.kinds(ways.LINK.sub(" ", text).lower())
    return {"kind": kinds[0]} if kinds else {}


def _handed_in(text: str, today: date) -> Facts:
    del today
    links = wording.links(text)
    return {"url": links[0] if links else "", **_kind(text)}


def _time(text: str, today: date) -> Facts:
    match = DAYS.search(A_PAIR_OF.sub("2 ", text))
    if match:
        number = int(match[1]) if match[1].isdigit() else words.NUMBER_WORDS.get(match[1].lower(), 0)
        if number:
            return {"days": number * (DAYS_A_WEEK if WEEK.search(match[2]) else 1)}
    day = dates.day(text, today)
    return {"date": day.isoformat()} if day else {}


def _term(text: str, today: date) -> Facts:
    del today
    tokens = ways.tokens(text)
    for saying, inside in blanks.filled(tokens):
        if saying in _sayings_of_terms():
            return {"term": inside}
    return {"term": blanks.term(tokens)}


@cache
def _sayings_of_terms() -> frozenset[str]:
    return frozenset(ways.folded(way.words) for way in ways.all_ways() if ways.TERM in way.words)


def _stars(text: str, today: date) -> Facts:
    del today
    if drawn := sum(text.count(star) for star in "⭐★🌟"):
        return {"stars": min(drawn, 5)}
    if match := STARS.search(text):
        return {"stars": int(match[1] or match[2])}
    match = STARS_IN_WORDS.search(text)
    return {"stars": words.NUMBER_WORDS[match[1].lower()]} if match else {}


def _language(text: str, today: date) -> Facts:
    del today
    named = [gazetteer.languages().get(gazetteer.fold(word), "") for word in wording.WORD.findall(text)]
    known = [code for code in named if code in LANGUAGES_READ]
    if NOT_SPOKEN.search(text):
        known = known[1:]
    return {"language": known[-1] if known else ""}


def _hours(text: str, today: date) -> Facts:
    del today
    match = HOURS.search(text)
    if not match:
        return {}
    night = re.search(r"night|raat|रात|noche|noite|nacht|malam", text, re.IGNORECASE) is not None
    start = _hour(match[1], match[2] or ("pm" if night and int(match[1]) in range(6, 12) else ""))
    return {"hours": f"{start}-{_hour(match[3], match[4])}"}


def _hour(hour: str, half: str | None) -> int:
    return int(hour) % 12 + 12 * (half.lower() == "pm") if half else int(hour)


def _reason(text: str, today: date) -> Facts:
    del today
    match = REASON.search(text)
    return {"reason": (match["why"] or match["cause"] or "").strip(" .") if match else ""}


def _changes(text: str, today: date) -> Facts:
    del today
    return {"changes": text.strip()}


_READERS: Mapping[str, Callable[[str, date], Facts]] = {
    "campaign_edit": _changes,
    "counter": _amount,
    "change_rate": _rate,
    "submit_draft": _handed_in,
    "submit_post": _handed_in,
    "more_time": _time,
    "glossary": _term,
    "review": _stars,
    "language": _language,
    "stop_notices": _hours,
    "changes": _reason,
}
