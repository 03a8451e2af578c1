"""A creator's introduction to slots, by rules: what it states, and nothing it does not."""

from typing import Any

import regex as re

from bots.understanding import places, read
from bots.understanding import vocabulary as words
from bots.understanding.read import Quantity

NAME = r"([^\W\d_][\w'’-]*(?:\s+(?:de|da|do|del|van|von|dos)?\s?[^\W\d_][\w'’-]*){0,2})"
NAME_CUES = (
    rf"\b(?:my name is|my name's|name is|this is|call me|i am called|name\s*[:=-])\s+{NAME}",
    rf"\b(?:mera naam|mera nam|naam)\s+(?:hai\s+)?{NAME}",
    rf"\b(?:me llamo|mi nombre es|meu nome é|me chamo|nama saya|nama aku|namaku|nama ku|ich heiße|ich heisse|mein name ist)\s+{NAME}",
    r"(?:मेरा नाम|नाम)\s+((?:[\u0900-\u097f]+\s?|[A-Za-z]+\s?){1,2}?)\s*(?:है|हूँ|हूं)",
    r"(?:^|\W)मैं\s+((?:[\u0900-\u097f]+\s?|[A-Za-z]+\s?){1,2}?)\s*(?:हूँ|हूं|,)",
    rf"\b(?:i am|i'm|im|main|mein|soy|sou a|sou o|sou|ich bin(?: die| der)?|saya|aku|it's|eu sou a|eu sou o|eu sou|aquí|aqui é a|aqui é o|aqui é)\s+{NAME}",
    rf"(?:^|[.!]\s*|\b(?:hi|hey|hello|hola|oi|olá|hallo|halo|hai|namaste|namaskar)[,!]?\s+){NAME}\s+(?:here|this side|de este lado|hier)\b",
)  # fmt: skip
NOT_NAMES = frozenset(
    [
        "a",
        "an",
        "the",
        "from",
        "in",
        "into",
        "and",
        "with",
        "here",
        "food",
        "fashion",
        "travel",
        "beauty",
        "fitness",
        "tech",
        "based",
        "creator",
        "influencer",
        "blogger",
        "vlogger",
        "student",
        "mom",
        "mum",
        "currently",
        "located",
        "also",
        "hoon",
        "hu",
        "hun",
        "hai",
        "main",
        "mein",
        "se",
        "ke",
        "ka",
        "ki",
        "una",
        "un",
        "uma",
        "um",
        "eine",
        "ein",
        "einen",
        "seorang",
        "dari",
        "di",
        "de",
        "en",
        "em",
        "creadora",
        "creador",
        "criadora",
        "criador",
        "aus",
        "und",
        "tinggal",
        "mom",
        "lifestyle",
        "gaming",
        "yoga",
        "chef",
        "instagram",
        "insta",
        "youtube",
        "youtuber",
        "tiktok",
        "tiktoker",
        "on",
        "at",
        "living",
        "ready",
        "looking",
        "interested",
        "open",
        "available",
        "doing",
        "making",
        "new",
        "not",
        "just",
        "really",
        "very",
        "so",
        "working",
        "active",
        "adalah",
        "kreator",
        "konten",
        "suka",
        "buat",
        "posting",
        "i",
        "my",
        "me",
        "you",
        "we",
        "also",
        "apasionada",
        "apasionado",
        "content",
        "happy",
        "nano",
        "micro",
        "full",
        "part",
        "chartered",
        "certified",
        "professional",
        "passionate",
        "located",
    ]
)
STOP_NAME = re.compile(r"\s+(?:from|in|and|here|aus|de|dari|di|se|hoon|hu|hun|hai|hoo|y|und|e|dan|from|with|,|-|\||based|mumbai|living|main|mein|i|ich|yo|eu|aku|saya|soy|sou|bin|tengo|tenho|vivo|moro)\b.*$", re.IGNORECASE)  # fmt: skip
URL_HANDLE = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(instagram|tiktok|youtube|twitter|x)\.com/@?([\w.]+)",
    re.IGNORECASE,
)
NAMED_HANDLE = re.compile(
    r"(?<!\w)(insta(?:gram)?|ig|tik ?tok|youtube|yt|twitter|इंस्टाग्राम|इंस्टा|यूट्यूब|tt)(?:\s+(?:handle|id|account|channel|profile|handle is|id is|is|par|pe|name))*\s*[:=-]\s*@?([a-z0-9_](?:[a-z0-9_.]{1,28}[a-z0-9_]))",
    re.IGNORECASE,
)
RATE_CUE = re.compile(
    r"charge|rate|rates|price|per |/|cost|fee|leti|leta|lete|lena|charges|cobro|cobr|tarifa|precio|preço|valor|tarif|harga|preis|nehme|verlange|for a|for one|for 1|से|लेती|लेता|प्रति|each|pro |por |je |a ",
    re.IGNORECASE,
)
SUBSCRIBERS = re.compile(r"subs|suscriptores|inscritos|abonnenten", re.IGNORECASE)


def slots(text: str) -> dict[str, Any]:
    """Return what an introduction states.

    Keys: name, handles [{platform,handle}], niches, city, country, languages, followers {platform: n},
    rates [{kind,amount,currency}], links.
    """
    normal = read.normalise(text)
    found: dict[str, Any] = {}
    links = [link for link in read.links(normal) if "@" not in link.split("//")[-1].split("/")[0]]
    bare = read.BARE_LINK.sub(" ", read.LINK.sub(" ", normal))
    _put(found, "name", _name(bare))
    _put(found, "handles", _handles(normal, bare))
    _put(found, "links", [link for link in links if _is_link(normal, link)])
    facts = read.HANDLE.sub(" ", bare)
    followers, used = _followers(facts)
    _put(found, "followers", followers)
    _put(found, "rates", _rates(facts, used))
    topics = _without_name(facts, found.get("name", ""))
    _put(found, "niches", read.lexicon(topics, words.NICHES))
    spans = read.city_spans(topics)
    if spans:
        found["city"] = spans[0][0].name
        topics = topics[: spans[0][1]] + " " * (spans[0][2] - spans[0][1]) + topics[spans[0][2] :]
    countries = read.countries(topics)
    if countries:
        found["country"] = countries[0]
    _put(found, "languages", read.languages(topics))
    return found


def profile_slots(text: str, known: Any) -> dict[str, Any]:  # noqa: ANN401  (form slots)
    """Return an introduction's slots in the shape of the onboarding form."""
    stated = slots(text)
    filled: dict[str, Any] = {
        name: stated[name] for name in ("name", "niches", "languages") if name in stated
    }
    handles = stated.get("handles", [])
    platform = next((h["platform"] for h in handles if "platform" in h), None)
    platform = platform or next(iter(stated.get("followers", {})), None)
    if platform:
        filled["platform"] = platform
        handle = next((h["handle"] for h in handles if h.get("platform", platform) == platform), None)
        if handle:
            filled["handle"] = handle
        if platform in stated.get("followers", {}):
            filled["followers"] = int(stated["followers"][platform])
    if "city" in stated:
        city = read.city(stated["city"])
        filled["city"] = {"city": stated["city"], "country": city.country if city else ""}
    for rate in stated.get("rates", [])[:1]:
        filled["rate_kind"] = rate["kind"]
        place = filled.get("city", {}).get("country", stated.get("country", ""))
        currency = rate.get("currency") or places.currency_of(place)
        if place or "currency" in rate:
            filled["currency"] = currency
            filled["rate"] = round(rate["amount"] * 100)
    del known
    return filled


def _put(found: dict[str, Any], name: str, value: Any) -> None:  # noqa: ANN401  (any slot)
    if value:
        found[name] = value


def _name(text: str) -> str:
    for cue in NAME_CUES:
        for match in re.finditer(cue, text, re.IGNORECASE):
            name = _clean_name(match[1])
            if name:
                return name
    opening = re.match(r"\s*([A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?)\s*[,|/-]", text)
    if opening and (name := _clean_name(opening[1])) and name.lower() not in places.cities():
        return name
    return ""


def _clean_name(candidate: str) -> str:
    candidate = STOP_NAME.sub("", f"{candidate} ").strip()
    kept: list[str] = []
    for word in candidate.split():
        if word.lower().strip(".,'") in NOT_NAMES or word.lower() in words.NUMBER_WORDS:
            break
        if kept and kept[0][0].isupper() and not word[0].isupper() and word.isascii():
            break
        kept.append(word.strip(".,"))
    return " ".join(word if not word.islower() else word.capitalize() for word in kept)


def _handles(text: str, bare: str) -> list[dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    seen: set[str] = set()

    def add(handle: str, platform: str) -> None:
        handle = handle.strip(".").lower()
        if handle and handle not in seen and handle not in {"p", "reel", "watch", "channel", "shorts", "c"}:
            seen.add(handle)
            entry = {"platform": platform, "handle": handle} if platform else {"handle": handle}
            found[platform, handle] = entry

    for match in URL_HANDLE.finditer(text):
        add(match[2], {"twitter": "x"}.get(match[1].lower(), match[1].lower()))
    for match in NAMED_HANDLE.finditer(bare):
        names = read.lexicon(match[1].lower(), words.PLATFORMS)
        add(match[2], names[0] if names else "")
    mentioned = read.lexicon(bare, words.PLATFORMS)
    for match in read.HANDLE.finditer(bare):
        near = _near_platform(bare, match.start(), match.end())
        add(match[1], near or (mentioned[0] if len(mentioned) == 1 else ""))
    return list(found.values())


def _near_platform(text: str, start: int, end: int) -> str:
    """Return the platform named nearest to a place: just before it, or just after."""
    ahead = re.split(r"[;\n]|\. |@", text[max(0, start - 40) : start])[-1]
    behind = re.split(r"[;\n]|\. |@", text[end : end + 34])[0]
    left = _last_platform(ahead)
    right = _first_platform(behind)
    if left and right:
        return left[1] if len(ahead) - left[0] <= right[0] + 14 else right[1]
    return (left or right or (0, ""))[1]


def _first_platform(text: str) -> tuple[int, str] | None:
    hits = [
        (m.start(), name)
        for name, synonyms in words.PLATFORMS.items()
        for m in read._alternatives(synonyms).finditer(text.lower())  # noqa: SLF001  (one package)
    ]
    if match := re.search(r"(?:on|par|pe|en|di|auf)\s+X\b", text):
        hits.append((match.start(), "x"))
    return min(hits, default=None)


def _last_platform(text: str) -> tuple[int, str] | None:
    hits = [
        (m.end(), name)
        for name, synonyms in words.PLATFORMS.items()
        for m in read._alternatives(synonyms).finditer(text.lower())  # noqa: SLF001  (one package)
    ]
    return max(hits, default=None)


def _followers(text: str) -> tuple[dict[str, int], list[tuple[int, int]]]:
    found: dict[str, int] = {}
    used: list[tuple[int, int]] = []
    mentioned = read.lexicon(text, words.PLATFORMS)
    for q in read.quantities(text):
        if q.currency or q.high < 100:  # noqa: PLR2004
            continue
        behind = re.split(r"\d|₹|\$|€", read.after(text, q.span[1], 48))[0]
        ahead = re.split(r"\d", read.before(text, q.span[0], 40))[-1]
        close_ahead = ahead.rpartition(",")[2]
        near = " ".join(behind.split()[:4])
        named = read.has_word(near, words.FOLLOWER_WORDS) or read.has_word(
            " ".join(close_ahead.split()[-4:]), words.FOLLOWER_WORDS
        )
        right, left = _first_platform(behind), _last_platform(ahead)
        close = bool(right and right[0] <= 12) or bool(left and len(ahead) - left[0] <= 6)  # noqa: PLR2004
        if not named and not (close and not _is_rate(text, q)):
            continue
        platform = _platform_of(behind, right, left, ahead)
        if not platform and SUBSCRIBERS.search(near):
            platform = "youtube"
        if not platform and len(mentioned) == 1:
            platform = mentioned[0]
        if platform and platform not in found:
            found[platform] = int(q.high)
            used.append(q.span)
        elif named:
            used.append(q.span)
    return found, used


def _platform_of(behind: str, right: tuple[int, str] | None, left: tuple[int, str] | None, ahead: str) -> str:
    if right and re.match(r"[^,;]{0,14}\b(?:on|at|in|en|no|na|em|di|auf|bei|par|pe|पर|followers)\b", behind):
        return right[1]
    if left and len(ahead) - left[0] <= 24:  # noqa: PLR2004
        return left[1]
    return right[1] if right else ""


def _is_rate(text: str, q: Quantity) -> bool:
    around = read.before(text, q.span[0], 24) + " | " + read.after(text, q.span[1], 18)
    return bool(re.search(r"per |charge|rate|/|price|reel|story|post|cobro|tarif|preis|leti|leta", around))


def _rates(text: str, used: list[tuple[int, int]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    currency_seen = ""
    for q in read.quantities(text):
        if q.span in used or q.high < 3:  # noqa: PLR2004
            continue
        kind = _rate_kind(text, q)
        around = read.before(text, q.span[0], 40) + " " + read.after(text, q.span[1], 26)
        if not kind or not (q.currency or currency_seen or RATE_CUE.search(around)):
            continue
        if (
            read.begins_with(read.after(text, q.span[1], 16), (*words.UNITS, *read.KIND_OF))
            and not q.currency
        ):
            continue
        currency_seen = q.currency or ("INR" if q.indian else "") or currency_seen
        entry: dict[str, Any] = {
            "kind": kind,
            "amount": int(q.high) if q.high == int(q.high) else q.high,
        }
        if currency_seen:
            entry["currency"] = currency_seen
        found.setdefault(kind, entry)
    if currency_seen:
        for entry in found.values():
            entry.setdefault("currency", currency_seen)
    return list(found.values())


def _rate_kind(text: str, q: Quantity) -> str:
    """Return the kind of work a price stands for: named right after it, else right before it."""
    behind = re.split(r"[;\n]|\. |\d", text[q.span[1] : q.span[1] + 30].lower())[0]
    ahead = re.split(r"[,;\n]|\. |\d", text[max(0, q.span[0] - 34) : q.span[0]].lower())[-1]
    after_comma = behind.split(",")[0]
    right = _kinds(after_comma)
    left = _kinds(ahead)
    if right and (
        not left
        or re.match(
            r"\s*(?:/-)?\s*(?:per|/|for|a\b|each|por|pro|je|für|untuk|para|ek|har|प्रति|per)",
            after_comma,
        )
    ):
        return right[0]
    if left:
        return left[-1]
    return right[0] if right else ""


def _kinds(text: str) -> list[str]:
    hits = [
        (m.start(), kind)
        for kind, synonyms in words.DELIVERABLES.items()
        for m in read._alternatives(synonyms).finditer(text)  # noqa: SLF001  (one package)
    ]
    return [kind for _, kind in sorted(hits)]


def _is_link(text: str, link: str) -> bool:
    return "//" in link and link.removeprefix("https://")[:6].lower() in text.lower()


def _without_name(text: str, name: str) -> str:
    return text.replace(name, " ", 1) if name else text
