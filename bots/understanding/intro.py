"""A creator's introduction to slots, by rules: what it states, and nothing it does not."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import regex as re

from bots.understanding import aside, gazetteer, handles, names, numbers, pieces, places, topics, wording
from bots.understanding import lexicon as words
from bots.understanding.calendar_words import UNITS
from bots.understanding.numbers import Quantity
from core.kit.money import Currency, Money

RATE_CUE = re.compile(
    r"charge|rate|rates|price|per |/|cost|fee|leti|leta|lete|lena|charges|cobro|cobr|tarifa|precio|preço|valor|tarif|harga|preis|nehme|verlange|for a|for one|for 1|से|लेती|लेता|प्रति|each|pro |por |je |a ",
    re.IGNORECASE,
)
RATE_WORDS = re.compile(r"per |charge|rate|/|price|reel|story|post|cobro|tarif|preis|leti|leta")
SMALLEST_RATE = 100
"""A number before "reels" that is smaller counts them."""
SEPARATOR = re.compile(
    rf"\s[|•·]\s|\s?\|\s?|\s/\s(?!(?:{wording.joined(tuple(set(pieces.KIND_OF) - {'tiktok', 'tiktoks'}))})\b(?!\s*[:=-]?\s*[₹$€£\d]))",
    re.IGNORECASE,
)
SAME_HANDLE = re.compile(
    rf"(?<!\w)({wording.joined(tuple(name for many in words.PLATFORMS.values() for name in many))})((?:\s+(?:par|pe|on|is|auch|también|também|juga|bhi|handle|id))*\s*[,:=-]?\s*)"
    r"(?:the )?(?:same(?: (?:name|handle|id|username|hi|there|as above))?|igual|(?:el |con el )?mismo(?: (?:nombre|usuario))?|(?:com o )?mesmo(?: (?:nome|usuário|@))?|sama(?: aja| juga)?|gleiche?[rn]?(?: name)?|(?:unter )?(?:dem )?gleichen namen|genauso|wahi|ditto|idem|same)(?!\w)",
    re.IGNORECASE,
)
BY_HANDLE = re.compile(
    r"@\s*[(),:-]*\s*(?:(?:with|con|com|mit|pe|par|पर|on|auf|en|em|di|no|insta|instagram|ig|tiktok|youtube|yt|hit|crossed|reached|passed|just|now|at|avec|sur|has|have|hai|tengo|tenho|ada|punya|como|unos|about|around|knapp|rund|cerca|de|baru|sekitar|almost|nearly|over|más|mais|lagbhag|करीब)[\s,]*){0,5}$"
)
SUBSCRIBERS = re.compile(r"subs|suscriptores|inscritos|abonnenten", re.IGNORECASE)


def slots(text: str) -> dict[str, Any]:
    """Return what an introduction states.

    Keys: name, handles [{platform,handle}], niches, topics, city, country, languages, followers {platform: n},
    rates [{kind,amount,currency}], links.
    """
    return _read(text)[0]


def _read(text: str) -> tuple[dict[str, Any], gazetteer.City | None]:
    """Return what an introduction states, and its city with the country."""
    normal = _same_handles(SEPARATOR.sub(", ", aside.off(wording.normalise(text))))
    found: dict[str, Any] = {}
    bare = wording.without_links(normal)
    _put(found, "name", names.name(bare))
    _put(found, "handles", handles.handles(normal, bare))
    _put(found, "links", wording.links(normal))
    facts = wording.without_links(handles.profiles_in_words(normal))
    for handle in found.get("handles", []):
        facts = _without_handle(facts, handle["handle"])
    facts = wording.HANDLE.sub(" @ ", facts)
    owned = {handle.get("platform", "") for handle in found.get("handles", [])}
    followers, used = _followers(facts, owned.pop() if len(owned) == 1 else "")
    _put(found, "followers", followers)
    _put(found, "rates", _rates(facts, used))
    rest = _without_name(facts, found.get("name", ""))
    _put(found, "niches", topics.own_niches(rest))
    _put(found, "topics", topics.open_topics(rest))
    spans = places.city_spans(rest)[:1] or places.lone_city(rest)
    city = None
    if spans:
        found["city"], city = spans[0][0].name, _home(rest, spans[0], found)
        rest = wording.blank(rest, [spans[0][1:]])
    countries = places.sure_countries(rest)
    if countries:
        found["country"] = countries[0]
    _put(found, "languages", places.languages(rest))
    return found, city


def _home(
    text: str, span: tuple[gazetteer.City, int, int], found: Mapping[str, Any]
) -> gazetteer.City | None:
    """Return where somebody lives: of two cities of one name that where her prices are money; None where it is open."""
    likely, start, end = span
    paid_in = next((rate["currency"] for rate in found.get("rates", []) if "currency" in rate), "")
    if places.is_elsewhere(text, likely, end) or (
        not paid_in and places.is_asked(text[start:end], text, end)
    ):
        return None
    at_home = not paid_in or gazetteer.currency_of(likely.country) == paid_in
    return likely if at_home else places.in_land_of(likely.name, paid_in) or likely


def accounts(text: str, stated: Mapping[str, Any] = MappingProxyType({})) -> list[dict[str, Any]]:
    """Return the accounts of a text whose network is told, with their followers where those are."""
    stated = stated or slots(text)
    counted = stated.get("followers", {})
    first: dict[str, str] = {}
    for each in stated.get("handles", []):
        first.setdefault(each.get("platform", ""), each["handle"])
    return [
        {"platform": platform, "handle": handle, "followers": counted.get(platform)}
        for platform, handle in first.items()
        if platform
    ]


def _main_platform(
    theirs: list[dict[str, Any]], counted: Mapping[str, int], answered: Mapping[str, Any]
) -> str:
    """Return where somebody is followed most, as far as they say: of accounts with a handle, else of any."""
    named = [each["platform"] for each in theirs] or list(counted)
    asked = answered.get("platform", "")
    return (
        asked if asked in {*named, *counted} else max(named, key=lambda one: counted.get(one, 0), default="")
    )


def profile_slots(text: str, answered: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
    """Return an introduction's slots in the shape of the onboarding form, beside what is answered there."""
    stated, city = _read(text)
    filled: dict[str, Any] = {
        name: stated[name] for name in ("name", "niches", "topics", "languages") if name in stated
    }
    theirs, counted = accounts(text, stated), stated.get("followers", {})
    has_main = "platform" in answered and "handle" in answered
    platform = answered["platform"] if has_main else _main_platform(theirs, counted, answered)
    main = next((each for each in theirs if each["platform"] == platform), None)
    loose = next((each["handle"] for each in stated.get("handles", []) if "platform" not in each), "")
    if platform and (main or loose or platform in counted):
        handle = main["handle"] if main else loose
        filled |= {"platform": platform} | ({"handle": handle} if handle else {})
        filled |= {"followers": int(counted[platform])} if platform in counted else {}
    others = [each for each in theirs if each["platform"] != platform]
    if others:
        filled["more_accounts"] = others
    if city:
        filled["city"] = {"city": city.name, "country": city.country}
    lives = filled.get("city", answered.get("city", {}))
    return filled | _priced(stated, lives.get("country", stated.get("country", "")), answered)


def _priced(stated: Mapping[str, Any], country: str, answered: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rate that is asked for, and the others beside it; one that is answered stays the first."""
    rates = stated.get("rates", [])
    named = next((rate["currency"] for rate in rates if "currency" in rate), "")
    currency = named or answered.get("currency", "") or (gazetteer.currency_of(country) if country else "")
    minor = {
        rate["kind"]: Money.of(rate["amount"], Currency(currency)).minor
        for rate in rates
        if currency and rate.get("currency", currency) == currency
    }
    if not minor:
        return {}
    asked = answered["rate_kind"] if "rate" in answered else ""
    first = asked or next(iter(minor))
    found = {"rate_kind": first, "currency": currency, "rate": minor[first]} if first in minor else {}
    others = [f"{kind}:{amount}:{currency}" for kind, amount in minor.items() if kind != first]
    kept = [rate for rate in answered.get("more_rates", []) if rate.partition(":")[0] not in minor]
    return found | ({"more_rates": [*kept, *others]} if others else {})


def _put(found: dict[str, Any], name: str, value: Any) -> None:  # noqa: ANN401  (any slot)
    if value:
        found[name] = value


def _without_handle(text: str, handle: str) -> str:
    """Return the text with a sign for each mention of a handle; behind a second @ it is none."""
    for start in reversed(list(wording.whole_words(handle, text))):
        begin = start - text[:start].endswith("@")
        if not BEGUN.search(text[:begin][-1:]):
            text = f"{text[:begin]} @ {text[start + len(handle) :]}"
    return text


BEGUN = re.compile(r"[\w@]")


def _followers(text: str, only: str) -> tuple[dict[str, int], list[tuple[int, int]]]:
    found: dict[str, int] = {}
    used: list[tuple[int, int]] = []
    mentioned = wording.topics(text, words.PLATFORMS)
    for q in numbers.quantities(text):
        if q.currency or q.high < 100:  # noqa: PLR2004
            continue
        behind = MONEY_OR_DIGIT.split(wording.after(text, q.span[1], 48))[0]
        ahead = DIGIT.split(wording.before(text, q.span[0], 40))[-1]
        close_ahead = ahead.rpartition(",")[2]
        near = " ".join(behind.split()[:4])
        named = wording.has_word(near, words.FOLLOWER_WORDS) or wording.has_word(
            " ".join(close_ahead.split()[-4:]), words.FOLLOWER_WORDS
        )
        left = handles.last_platform(ahead)
        right = handles.first_platform((PART_OR_HANDLE if left else A_HANDLE).split(behind)[0])
        named = named or (BY_HANDLE.search(ahead) is not None and not _is_rate(text, q))
        close = bool(right and right[0] <= 12) or bool(left and len(ahead) - left[0] <= 6)  # noqa: PLR2004
        close = (close and not FOR_A_PRICE.search(ahead)) or bool(left and A_NAME.fullmatch(ahead[left[0] :]))
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


DIGIT, MONEY_OR_DIGIT = re.compile(r"\d"), re.compile(r"\d|₹|\$|€")
A_HANDLE, PART_OR_HANDLE, BRACKET_OR_COMMA = re.compile("@"), re.compile(r"[,;@]"), re.compile(r"[(,]")
END_OF_A_PRICE = re.compile(r"[),\d]|(?:^|\s)- ")
PART_BEHIND, PART_AHEAD = re.compile(r"[;\n।]|\. |\d"), re.compile(r"[,;\n।]| / |\. |\d")
COMMA_OR_DASH, A_LETTER_BEFORE = re.compile(r",|(?:^|\s)- "), re.compile(r"[^\W\d_]\s*[:=]?\s*$")
ON_IT = re.compile(r"[^,;@]{0,14}\b(?:on|at|in|en|no|na|em|di|auf|bei|par|pe|पर|followers)\b")
FOR_IT = re.compile(r"\s*(?:/-)?\s*(?:per|/(?!\s)|for|a\b|each|por|pro|je|für|untuk|para|ek|har|प्रति|per)")
A_NAME = re.compile(
    r"\s+(?!(?:for|at|por|para|für|untuk|ke|charge|rate|pe|par|with|con|com|from)(?:\s|$))[^\W\d_]{2,}(?:\s[^\W\d_]{2,})?\s*"
)
"""What a channel is called where its network is named before: "youtube farhan moto 6k"."""
FOR_A_PRICE = re.compile(r"\s(?:for|por|para|für|untuk|pour)\s*$")
ANOTHER = re.compile(r"[^,;@]{0,24}(?<!\w)(?:and|dan|y|e|und|aur|और|&|plus|\+)(?!\w)")


def _platform_of(behind: str, right: tuple[int, str] | None, left: tuple[int, str] | None, ahead: str) -> str:
    if left and right and ANOTHER.match(behind):
        return left[1]
    if right and ON_IT.match(behind):
        return right[1]
    if left and (len(ahead) - left[0] <= 24 or BY_HANDLE.search(ahead)):  # noqa: PLR2004
        return left[1]
    return right[1] if right else ""


def _is_rate(text: str, q: Quantity) -> bool:
    ahead = BRACKET_OR_COMMA.split(wording.before(text, q.span[0], 24))[-1]
    behind = END_OF_A_PRICE.split(wording.after(text, q.span[1], 18))[0]
    return bool(RATE_WORDS.search(f"{ahead} | {behind}"))


def _rates(text: str, used: list[tuple[int, int]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    shared: dict[str, dict[str, Any]] = {}
    currency_seen = wording.currency_of_writing(text)
    for q in numbers.quantities(text):
        if q.span in used or q.high < 3:  # noqa: PLR2004
            continue
        kind = _rate_kind(text, q)
        around = wording.before(text, q.span[0], 40) + " " + wording.after(text, q.span[1], 26)
        named_before = A_LETTER_BEFORE.search(wording.before(text, q.span[0], 20)) and pieces.kinds(
            wording.before(text, q.span[0], 20)[-9:]
        )
        behind = wording.after(text, q.span[1], 16)
        direct = wording.begins_with(behind, tuple(pieces.KIND_OF))
        priced = q.scaled or q.high >= SMALLEST_RATE
        known = q.currency or currency_seen or named_before or RATE_CUE.search(around) or (direct and priced)
        counted = wording.begins_with(behind, tuple(UNITS)) or (direct and not priced)
        if not kind or not known or (counted and not q.currency and not named_before):
            continue
        rupiah = numbers.RUPIAH.search(text[q.span[0] : q.span[1]].lower())
        named = numbers.currency_of(text, q.currency)
        currency_seen = named or ("INR" if q.indian else "IDR" if rupiah else "") or currency_seen
        entry: dict[str, Any] = {
            "kind": kind,
            "amount": int(q.high) if q.high == int(q.high) else q.high,
        }
        if currency_seen:
            entry["currency"] = currency_seen
        found.setdefault(kind, entry)
        for other in _also_priced(text, q, kind):
            shared.setdefault(other, {**entry, "kind": other})
    found = {**shared, **found}
    if currency_seen:
        for entry in found.values():
            entry.setdefault("currency", currency_seen)
    return list(found.values())


PRICED_BEFORE = re.compile(
    rf"\d[\d.,]+\s*(?:[^\W\d_]{{1,6}}\.?|[₹$€£])?\s+(?:a |per |for |/ ?|el |la |o |por |pro |je )?(?:{wording.joined(tuple(pieces.KIND_OF))})[\s,]*(?:and |y |e |und |dan |aur )?(?:[₹$€£]|rs\.? ?)?$"
)
"""A piece that has its price before it: the next price is another piece's."""


def _also_priced(text: str, q: Quantity, kind: str) -> list[str]:
    """Return the kinds that a price is for besides, where it is said once for all: "350 for a reel and a story"."""
    behind = re.split(r"[,;\n।]|\. |\d", text[q.span[1] : q.span[1] + 40].lower())[0]
    others = [other for other in pieces.kinds(behind) if other != kind]
    return others if AND_ANOTHER.search(behind) else []


AND_ANOTHER = re.compile(
    rf"(?:{wording.joined(tuple(pieces.KIND_OF))})\s*(?:and|&|\+|e|y|aur|und|dan|और)\s+(?:a |one |un |una |um |uma |ek |एक )?(?:{wording.joined(tuple(pieces.KIND_OF))})",
    re.IGNORECASE,
)


def _rate_kind(text: str, q: Quantity) -> str:
    """Return the kind of work a price stands for: named right after it, else right before it."""
    behind = PART_BEHIND.split(text[q.span[1] : q.span[1] + 30].lower())[0]
    ahead = PART_AHEAD.split(text[max(0, q.span[0] - 34) : q.span[0]].lower())[-1]
    after_comma = COMMA_OR_DASH.split(behind)[0]
    right = pieces.kinds(after_comma)
    left = [] if right and PRICED_BEFORE.search(text[: q.span[0]].lower()[-48:]) else pieces.kinds(ahead)
    if right and (not left or FOR_IT.match(after_comma)):
        return right[0]
    if left:
        return left[-1]
    return right[0] if right else ""


def _same_handles(text: str) -> str:
    """Return the text with "tiktok same name" as the handle that was named before it."""
    if not SAME_HANDLE.search(text):
        return text
    named = handles.handles(text, wording.without_links(SAME_HANDLE.sub(" ", text)))
    return SAME_HANDLE.sub(rf"\1\2@{named[0]['handle']}", text) if named else text


def _without_name(text: str, name: str) -> str:
    return text.replace(name, " ", 1) if name else text
