"""A creator's introduction to slots, by rules: what it states, and nothing it does not."""

from itertools import islice
from typing import Any

import regex as re

from bots.understanding import gazetteer, read
from bots.understanding import lexicon as words
from bots.understanding.read import Quantity
from core.kit.money import Currency, Money

NAME = r"((?:[^\W\d_][\w'’-]*)(?:[^\S\n]+(?:de|da|do|del|van|von|dos)?[^\S\n]?[^\W\d_][\w'’-]*){0,2})"
PROPER = r"((?-i:\p{Lu}[\w'’-]+(?:[^\S\n]+\p{Lu}[\w'’-]+)?))"
TITLES = frozenset({"dr", "dra", "mr", "mrs", "ms", "prof", "sr", "sra"})
NAME_CUES = (
    rf"\b{PROPER}\s+na+m\s+hai\b",
    rf"(?:^|[.!,]\s*){PROPER}\s+here\b",
    rf"\b(?:my name is|my name's|name is|this is|call me|i am called|myself|me dicen|me llaman|me chamam de|panggil(?: aja| saya)?|(?:nama|nombre|nome|name|naam)\s*[:=-])(?!\w)\s*(?:dr\.?|mrs?\.?|ms\.?|prof\.?)?\s*{NAME}",
    rf"\b(?:mera naam|mera nam|naam)\s+(?:hai\s+)?{NAME}",
    rf"\b(?:me llamo|mi nombre es|meu nome é|me chamo|nama saya|nama aku|namaku|nama ku|ich heiße|ich heisse|mein name ist)\s+{NAME}",
    r"(?:मेरा नाम|नाम)\s+((?:[\u0900-\u097f]+\s?|[A-Za-z]+\s?){1,2}?)\s*(?:है|हूँ|हूं)",
    r"नाम\s*[:=-]?\s*((?:[\u0900-\u097f]+\s?|[A-Za-z]+\s?){1,2}?)\s*(?:,|\n|।|$)",
    r"(?:^|\W)मैं\s+((?:[\u0900-\u097f]+\s?|[A-Za-z]+\s?){1,2}?)\s*(?:हूँ|हूं|,)",
    rf"\b{NAME}\s+bol rah[aie]\b",
    rf"(?:^|[.!,]\s*|\b(?:hi|hey|hello|namaste|namaskar)\s+)(?:main|mein|mai|me)\s+{NAME}\s*(?:hoon|hu|hun|hoo|,)",
    rf"\b(?:main|mein|mai)\s+{PROPER}",
    rf"\b(?:i am|i'm|im|soy|sou a|sou o|sou|(?:ich )?bin(?: die| der)?|saya|aku|it's|eu sou a|eu sou o|eu sou|aquí|aqui é a|aqui é o|aqui é)\s+{NAME}",
    rf"(?:^|[.!]\s*|\b(?:hi|hey|hello|hola|oi|olá|hallo|halo|hai|kak|namaste|namaskar|servus|moin|guten tag|grüezi|bom dia|buenas)[,!]*\s+){NAME}\s+(?:here|this side|de este lado|hier|di sini|aqui|aquí)\b",
    rf"(?:^|[.!,]\s*)(?:[^\W\d_]+\s+){{0,4}}?{PROPER}\s+(?:from|aus|dari)\b",
)  # fmt: skip
GREETINGS = frozenset({"hi", "hey", "hello", "hola", "oi", "oii", "olá", "ola", "hallo", "halo", "hai", "namaste", "namaskar", "servus", "moin", "yo", "guten", "buenas", "bom", "boa", "perkenalkan", "rates", "rate", "city", "niche"})  # fmt: skip
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
    r"(?<!\w)(insta(?:gram)?|ig|tik ?tok|youtube|yt|twitter|(?-i:X)|इंस्टाग्राम|इंस्टा|यूट्यूब|tt)(?:\s+(?:handle|id|account|channel|profile|handle is|id is|is|par|pe|name))*"
    r"(?:(?:\s*[:=]|\s+-\s)\s*@?([a-z0-9_](?:[a-z0-9_.]{1,28}[a-z0-9_]))|\s*\(?\s*((?=[\w.]*(?:\w[._]\w|[A-Za-z]\d|(?-i:[a-z][A-Z])))[a-z0-9_](?:[a-z0-9_.]{1,28}[a-z0-9_])))",
    re.IGNORECASE,
)
BESIDE_NUMBER = re.compile(
    r"(?<!\w)(insta(?:gram)?|ig|tik ?tok|youtube|yt|twitter|इंस्टाग्राम|इंस्टा|यूट्यूब)\s*(?:\(\s*|\s)([a-z0-9_.]{4,30})\s*[,(]?\s*(?=\d+(?:[.,]\d+)?\s*(?:k|mil|rb|ribu|हज़ार|tsd)?(?!\w))",
    re.IGNORECASE,
)
A_COUNT = re.compile(r"\d+(?:[.,]\d+)?(?:k|m|mil|rb|tsd)?")
NOT_HANDLES = (*words.FOLLOWER_WORDS, "video", "videos", "reel", "reels", "story", "shorts", "with", "about", "around", "have", "having", "channel", "page", "account", "over", "almost", "nearly", "tengo", "tenho", "cerca", "como", "knapp", "rund", "etwa", "dengan", "sekitar", "punya", "kanal", "canal")  # fmt: skip
RATE_CUE = re.compile(
    r"charge|rate|rates|price|per |/|cost|fee|leti|leta|lete|lena|charges|cobro|cobr|tarifa|precio|preço|valor|tarif|harga|preis|nehme|verlange|for a|for one|for 1|से|लेती|लेता|प्रति|each|pro |por |je |a ",
    re.IGNORECASE,
)
RATE_WORDS = re.compile(r"per |charge|rate|/|price|reel|story|post|cobro|tarif|preis|leti|leta")
BY_HANDLE = re.compile(
    r"@\s*[(),:-]*\s*(?:(?:with|con|com|mit|pe|par|पर|has|have|hai|tengo|tenho|ada|punya|como|unos|about|around|knapp|rund|cerca|de|baru|sekitar|almost|nearly|over|más|mais|lagbhag|करीब)\s*){0,3}$"
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
    profiles = URL_HANDLE.sub(lambda match: f" {match[1]} @ ", normal)
    facts = read.HANDLE.sub(" @ ", read.BARE_LINK.sub(" ", read.LINK.sub(" ", profiles)))
    for handle in found.get("handles", []):
        facts = re.sub(rf"(?<![\w@]){re.escape(handle['handle'])}(?!\w)", "@", facts, flags=re.IGNORECASE)
    owned = {handle.get("platform", "") for handle in found.get("handles", [])}
    followers, used = _followers(facts, owned.pop() if len(owned) == 1 else "")
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
        currency = rate.get("currency") or gazetteer.currency_of(place)
        if place or "currency" in rate:
            filled["currency"] = currency
            filled["rate"] = Money.of(rate["amount"], Currency(currency)).minor
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
    for opening in re.finditer(rf"(?:^|[.!?\n]\s*){PROPER}\s*[,|/]|^{PROPER}\s*-", text):
        name = _clean_name(opening[1] or opening[2])
        if name and not _names_something(name):
            return name
    return ""


def _names_something(phrase: str) -> bool:
    """Tell whether a phrase is a place, a topic, a platform or a greeting rather than a person."""
    lowered = phrase.lower()
    if lowered in gazetteer.cities() or lowered.split()[0] in GREETINGS or read.languages(phrase):
        return True
    return bool(read.lexicon(lowered, words.NICHES) or read.lexicon(lowered, words.PLATFORMS))


def _clean_name(candidate: str) -> str:
    candidate = STOP_NAME.sub("", f"{candidate} ").strip()
    kept: list[str] = []
    for word in candidate.split():
        bare = word.lower().strip(".,'")
        if bare in NOT_NAMES or (bare in words.NUMBER_WORDS and word.islower()) or bare in words.PEOPLE_WORDS:
            break
        if not kept and (bare in TITLES or bare in GREETINGS):
            continue
        if not kept and read.lexicon(bare, words.NICHES):
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
        if A_COUNT.fullmatch(handle):
            return
        known = (platform, handle) in found if platform else handle in seen
        if handle and not known and handle not in {"p", "reel", "watch", "channel", "shorts", "c"}:
            seen.add(handle)
            found.pop(("", handle), None)
            entry = {"platform": platform, "handle": handle} if platform else {"handle": handle}
            found[platform, handle] = entry

    for match in URL_HANDLE.finditer(text):
        add(match[2], {"twitter": "x"}.get(match[1].lower(), match[1].lower()))
    for match in NAMED_HANDLE.finditer(bare):
        names = read.lexicon(match[1].lower(), words.PLATFORMS)
        add(match[2] or match[3], "x" if match[1] == "X" else names[0] if names else "")
    for match in BESIDE_NUMBER.finditer(bare):
        if not (read.has_word(match[2].lower(), NOT_HANDLES) or match[2].lower() in NOT_NAMES):
            names = read.lexicon(match[1].lower(), words.PLATFORMS)
            add(match[2], names[0] if names else "")
    mentioned = read.lexicon(bare, words.PLATFORMS)
    if not mentioned and any(kind in {"reel", "story"} for kind in _kinds(bare.lower())):
        mentioned = ["instagram"]
    for match in islice(read.HANDLE.finditer(bare), read.HANDLES_MAX):
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
    if match := re.search(r"\b(?:on|par|pe|en|di|auf|no)\s+x(?![\w'-])", text.lower()):
        hits.append((match.start(), "x"))
    return min(hits, default=None)


def _last_platform(text: str) -> tuple[int, str] | None:
    hits = [
        (m.end(), name)
        for name, synonyms in words.PLATFORMS.items()
        for m in read._alternatives(synonyms).finditer(text.lower())  # noqa: SLF001  (one package)
    ]
    if match := re.search(r"(?:on|par|pe|en|di|auf|no)\s+x\b", text.lower()):
        hits.append((match.end(), "x"))
    return max(hits, default=None)


def _followers(text: str, only: str) -> tuple[dict[str, int], list[tuple[int, int]]]:
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
        left = _last_platform(ahead)
        right = _first_platform(re.split(r"[,;@]" if left else "@", behind)[0])
        named = named or (BY_HANDLE.search(ahead) is not None and not _is_rate(text, q))
        close = bool(right and right[0] <= 12) or bool(left and len(ahead) - left[0] <= 6)  # noqa: PLR2004
        if not named and not (close and not _is_rate(text, q)):
            continue
        platform = _platform_of(behind, right, left, ahead)
        if not platform and SUBSCRIBERS.search(near):
            platform = "youtube"
        if not platform and (only or len(mentioned) == 1):
            platform = only or mentioned[0]
        if platform and platform not in found:
            found[platform] = int(q.high)
            used.append(q.span)
        elif named:
            used.append(q.span)
    return found, used


def _platform_of(behind: str, right: tuple[int, str] | None, left: tuple[int, str] | None, ahead: str) -> str:
    if right and re.match(r"[^,;@]{0,14}\b(?:on|at|in|en|no|na|em|di|auf|bei|par|pe|पर|followers)\b", behind):
        return right[1]
    if left and (len(ahead) - left[0] <= 24 or BY_HANDLE.search(ahead)):  # noqa: PLR2004
        return left[1]
    return right[1] if right else ""


def _is_rate(text: str, q: Quantity) -> bool:
    ahead = re.split(r"[(,]", read.before(text, q.span[0], 24))[-1]
    behind = re.split(r"[),]", read.after(text, q.span[1], 18))[0]
    return bool(RATE_WORDS.search(f"{ahead} | {behind}"))


def _rates(text: str, used: list[tuple[int, int]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    currency_seen = read.currency_of_writing(text)
    for q in read.quantities(text):
        if q.span in used or q.high < 3:  # noqa: PLR2004
            continue
        kind = _rate_kind(text, q)
        around = read.before(text, q.span[0], 40) + " " + read.after(text, q.span[1], 26)
        named_before = re.search(r"[^\W\d_]\s*[:=]?\s*$", read.before(text, q.span[0], 20)) and _kinds(
            read.before(text, q.span[0], 20)[-9:]
        )
        if not kind or not (q.currency or currency_seen or named_before or RATE_CUE.search(around)):
            continue
        if (
            read.begins_with(read.after(text, q.span[1], 16), (*words.UNITS, *read.KIND_OF))
            and not q.currency
            and not named_before
        ):
            continue
        rupiah = read.RUPIAH.search(text[q.span[0] : q.span[1]].lower())
        currency_seen = q.currency or ("INR" if q.indian else "IDR" if rupiah else "") or currency_seen
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
    behind = re.split(r"[;\n।]|\. |\d", text[q.span[1] : q.span[1] + 30].lower())[0]
    ahead = re.split(r"[,;\n।]| / |\. |\d", text[max(0, q.span[0] - 34) : q.span[0]].lower())[-1]
    after_comma = behind.split(",")[0]
    right = _kinds(after_comma)
    left = _kinds(ahead)
    if right and (
        not left
        or re.match(
            r"\s*(?:/-)?\s*(?:per|/(?!\s)|for|a\b|each|por|pro|je|für|untuk|para|ek|har|प्रति|per)",
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
