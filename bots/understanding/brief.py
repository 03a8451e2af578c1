"""A brand's sentence to slots, by rules: what it states, and nothing it does not."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import Any

import regex as re

from bots.phrases.amounts import listed
from bots.understanding import dates, exclusions, numbers, pieces, places, wording
from bots.understanding import lexicon as words
from bots.understanding.numbers import Quantity
from core.campaigns.schemas import Brief
from core.kit.money import Currency, Money

COUNT_MAX = 500
SMALLEST_BUDGET = 100
NEAR = 80  # characters that are looked back for a label
DATE_CUE = re.compile(
    r"(?<!\w)(?:by|before|antes do|vor|until|till|deadline|due|on|latest|para el|antes del?|hasta el|a más tardar|para|até(?: o dia)?|antes de|"
    r"sebelum|paling lambat|sampai|pada|tanggal|bis(?: zum)?|vor dem|am|spätestens|tak|se pehle|तक|से पहले|live|within|in|en|em|dalam|innerhalb|frist|fecha límite|prazo|batas waktu|(?:no|na|el|este|neste|diesen|kommenden)(?=\s+(?:lunes|martes|miércoles|jueves|viernes|s[áa]bado|domingo|segunda|terça|quarta|quinta|sexta|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)))(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
PEOPLE = wording.joined(tuple(words.PEOPLE_WORDS))
KINDS = wording.joined(tuple(pieces.KIND_OF))
PEOPLE_NAMED = re.compile(rf"(?<!\w)(?:{PEOPLE})(?!\w)")
COUNT_BEFORE = 120  # characters
COUNT_LABEL = re.compile(
    rf"(?<!\w)(?:{PEOPLE}|jumlah|anzahl|cantidad|quantidade|number of [^\W\d_]+|no\.? of [^\W\d_]+|संख्या)\s*[:=]\s*$",
    re.IGNORECASE,
)
HOME = re.compile(r"(?:brand|company|startup|label|marca|empresa|firma|merek|agency)\s+(?:based\s+)?(?:from|de|aus|dari|out of)\s*$", re.IGNORECASE)  # fmt: skip


def slots(text: str, today: date) -> dict[str, Any]:
    """Return what a brief states.

    Keys: goal, niches, platforms, creators_count {min,max}, budget {min,max,currency,per}, cities,
    countries, languages, followers {min,max}, deliverables [{kind,count}], deadline, hashtags, exclusions.
    """
    normal = wording.normalise(text)
    found: dict[str, Any] = {}
    tags = wording.hashtags(normal)
    bare = wording.HASHTAG.sub(" ", wording.without_links(normal))
    excluded, rest = exclusions.exclusions(bare)
    quantities = numbers.quantities(rest)
    used = _numbers(rest, quantities, found)
    _put(found, "creators_count", found.get("creators_count") or _count_in_words(rest) or _bare_count(rest))
    _put(found, "deliverables", pieces.deliverables(wording.blank(rest, used)))
    _put(found, "deadline", _deadline(rest, used, today))
    _put(found, "niches", wording.topics(rest, words.NICHES))
    _put(found, "platforms", _platforms(rest))
    _put(found, "goal", _goal(rest))
    spans = [
        span for span in places.city_spans(rest) if not HOME.search(rest[max(0, span[1] - NEAR) : span[1]])
    ]
    _put(found, "cities", list(dict.fromkeys(city.name for city, _, _ in spans)))
    without_cities = wording.blank(rest, [(start, end) for _, start, end in spans])
    _put(found, "countries", places.countries(wording.blank(without_cities, used)))
    _put(found, "languages", places.languages(without_cities))
    _put(found, "hashtags", tags)
    _put(found, "exclusions", excluded)
    return found


def campaign_slots(
    text: str, today: date, currency: Currency, wish: Mapping[str, int] = MappingProxyType({})
) -> dict[str, Any]:
    """Return a brief's slots in the shape of the campaign form, amounts in the form's currency.

    `wish` is for how many creators it is as far as known: a budget for each of them needs the count.
    """
    stated = slots(text, today)
    filled: dict[str, Any] = {
        name: stated[name]
        for name in (
            "goal",
            "niches",
            "platforms",
            "cities",
            "countries",
            "languages",
            "deliverables",
            "deadline",
            "hashtags",
            "exclusions",
        )
        if name in stated
    }
    if "creators_count" in stated:
        filled["creators"] = stated["creators_count"]
    if "followers" in stated:
        filled["followers"] = {k: int(v) for k, v in stated["followers"].items()}
    budget = stated.get("budget")
    if budget and budget.get("currency", currency) == currency:
        major = budget.get("max", budget.get("min"))
        count = stated.get("creators_count", wish)
        if budget.get("per") == "creator" and count:
            major *= count.get("max", count.get("min"))
        filled["budget"] = Money.of(major, currency).minor
    links = wording.links(text)
    if links:
        filled["landing_url"] = links[0]
    return filled


def title(brief: Brief) -> str:
    """Return a short name for a campaign: its first hashtag, or what and where."""
    if brief.hashtags:
        return brief.hashtags[0].lstrip("#")
    what = listed([niche.capitalize() for niche in brief.niches[:2]], "Campaign")
    where = f" in {brief.cities[0]}" if brief.cities else ""
    return f"{what}{where}"


def _put(found: dict[str, Any], name: str, value: Any) -> None:  # noqa: ANN401  (any slot)
    if value:
        found[name] = value


def _numbers(text: str, quantities: list[Quantity], found: dict[str, Any]) -> list[tuple[int, int]]:
    """Sort a text's numbers into followers, creators and budget; returns the places that were used."""
    used: list[tuple[int, int]] = []
    for q in quantities:
        if "followers" not in found and _is_followers(text, q):
            found["followers"] = _whole(numbers.limits(text, q, "min"))
            used.append(q.span)
        elif used and "max" not in found.get("followers", {"max": 0}) and _tops(text, q, used[-1]):
            found["followers"]["max"] = int(q.high)
            used.append(q.span)
        elif "creators_count" not in found and _is_count(text, q):
            found["creators_count"] = _whole(numbers.limits(text, q, "both"))
            used.append(q.span)
    money = [q for q in quantities if q.span not in used and _is_money(text, q)]
    money.sort(key=lambda q: (not _near_budget(text, q), not q.currency, q.span[0]))
    if money:
        found["budget"] = _budget(text, money, quantities)
        used += [q.span for q in money]
    return used


def _whole(limits: dict[str, float]) -> dict[str, int]:
    return {name: int(value) for name, value in limits.items()}


def _tops(text: str, q: Quantity, least: tuple[int, int]) -> bool:
    """Tell whether a number ends a range that another began: "at least 8k followers, at most 40k"."""
    near = 0 <= q.span[0] - least[1] <= 40  # noqa: PLR2004  (characters)
    free = not q.currency and not _near_budget(text, q) and _per(text, q) == "total"
    return near and free and q.scaled and numbers.bound(text, q) == "max"


def _is_followers(text: str, q: Quantity) -> bool:
    if q.currency or q.high < 100:  # noqa: PLR2004
        return False
    behind, *more = re.split(r"\d", wording.after(text, q.span[1], 34))
    if more:  # "3 juta total, followers 5rb": the word belongs to the number after it
        behind = behind.partition(",")[0]
    if wording.has_word(" ".join(behind.split()[:5]), words.FOLLOWER_WORDS):
        return True
    ahead = re.split(r"[,\d]", wording.before(text, q.span[0], 34))[-1]
    if q.is_range and q.scaled and re.search(rf"(?:{PEOPLE})\s*\(\s*$", ahead):
        return True  # "40 creators (3k - 15k)"
    return wording.has_word(" ".join(ahead.split()[-5:]), words.FOLLOWER_WORDS) and not q.currency


def _is_count(text: str, q: Quantity) -> bool:
    if q.currency or q.scaled or q.high > COUNT_MAX or q.high != int(q.high) or q.low < 1:
        return False
    if COUNT_LABEL.search(text[max(0, q.span[0] - NEAR) : q.span[0]]):
        return True
    behind = re.split(r"[,;]|\d", wording.after(text, q.span[1], 60))[0]
    near = re.findall(r"[^\s]+", behind)[:6]
    for i, word in enumerate(near):
        clean = word.strip("().,:!?").rpartition("-")[2]
        if clean in pieces.KIND_OF and not set(near[i + 1 : i + 2]) & set(words.PEOPLE_WORDS):
            return False
        if clean in words.PEOPLE_WORDS:
            return not re.search(r"\b(?:by|per|from)\b", " ".join(near[:i]))
    return False


def _is_money(text: str, q: Quantity) -> bool:
    behind = wording.after(text, q.span[1], 20)
    if wording.begins_with(behind, words.UNITS) or wording.has_word(
        behind.split(" ")[0], words.FOLLOWER_WORDS
    ):
        return False
    if q.currency:
        return True
    if q.high < SMALLEST_BUDGET or (1_900 < q.high < 2_100 and not q.scaled):  # noqa: PLR2004
        return False
    return (
        _near_budget(text, q)
        or _per(text, q) != "total"
        or (q.scaled and q.indian)
        or (q.scaled and numbers.bound(text, q) == "max")
        or bool(numbers.RUPIAH.search(text[q.span[0] : q.span[1]].lower()))
    )


def _near_budget(text: str, q: Quantity) -> bool:
    ahead = wording.before(text, q.span[0], 40)
    behind = wording.after(text, q.span[1], 18)
    return wording.has_word(ahead, words.BUDGET_CUES) or wording.has_word(behind, words.BUDGET_CUES)


def _budget(text: str, money: list[Quantity], everything: list[Quantity]) -> dict[str, Any]:
    best = money[0]
    low, high = best.low, best.high
    for q in everything:  # "2 lakh 50 thousand"
        close = 0 <= q.span[0] - best.span[1] <= 1
        if close and q.scaled and best.scaled and not best.is_range and q.high < best.high:
            low, high = low + q.high, high + q.high
    joined = Quantity(low, high, best.span, best.currency, best.scaled, best.indian, best.open_top)
    budget: dict[str, Any] = {k: _neat(v) for k, v in numbers.limits(text, joined, "max").items()}
    currency = best.currency or next((q.currency for q in money if q.currency), "")
    if currency == "MXN":
        currency = _pesos(text)
    if not currency and numbers.RUPIAH.search(text[best.span[0] : best.span[1]].lower()):
        currency = "IDR"
    currency = currency or ("INR" if best.indian else wording.currency_of_writing(text))
    if currency:
        budget["currency"] = currency
    budget["per"] = _per(text, best)
    return budget


def _pesos(text: str) -> str:
    """Return whose pesos they are."""
    if re.search(r"mxn|mx\$", text.lower()):
        return "MXN"
    named = places.countries(text) + [city.country for city, _, _ in places.city_spans(text)]
    return next(({"AR": "ARS", "CO": "COP", "CL": "CLP", "PH": "PHP"}[c] for c in named if c in {"AR", "CO", "CL", "PH"}), "MXN")  # fmt: skip


def _neat(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _per(text: str, q: Quantity) -> str:
    behind = re.match(r"\D*\d?", wording.after(text, q.span[1], 34))
    ahead = wording.before(text, q.span[0], 26)
    near = " ".join(behind[0].split()[:5]) if behind else ""
    if re.search(rf"(?<!\w){words.TOTAL}\W*(?:\w+\s+)?$", ahead) or re.match(
        rf"\W*{words.TOTAL}(?!\w)", near
    ):
        return "total"
    bounded = r"(?:\s+(?:bekommt|erhält|gets|receives|recibe|recebe|dapat|milega|bis|zu|up|to|max\.?|hasta|até|de|maksimal|about|around|=|is)){0,2}\s*[:=-]?$"
    for unit, name in ((words.PER_CREATOR, "creator"), (words.PER_POST, "post"), (words.EACH, "creator")):
        stated = re.search(unit, near)
        of_work = stated and (
            pieces.deliverables(near[: stated.start()] + " ")
            or re.match(r"\s*(?:\d|ein|eine|un|una|um|uma|one|ek|satu)\b", near[stated.end() :])
        )
        if stated and not of_work:
            return name
        if re.search(rf"{unit}(?: ko| को)?{bounded}", ahead):
            return name
    return "total"


@cache
def _counted_people() -> re.Pattern[str]:
    counts = wording.joined(tuple(words.NUMBER_WORDS))
    return re.compile(
        rf"(?<![\w-])(?:a\s+(?=couple|dozen))?({counts})\s+(?:(?:(?:or|to|o|ou|oder|bis|atau|ya|या|से|se|a)\s+)?({counts})\s+|of\s+)?"
        rf"(?:(?!(?:{KINDS}|per|pro|por|je|each|by)\s)[^\W\d_][\w/-]*\s+){{0,4}}?(?:[^\W\d_]+-)?(?:{PEOPLE})(?!\w)"
    )


def _count_in_words(text: str) -> dict[str, int]:
    """Return a count in words: looked for before the words for people alone, since it costs much elsewhere."""
    lowered = text.lower()
    named = (match.span() for match in islice(PEOPLE_NAMED.finditer(lowered), wording.CUES_MAX))
    tries = (_counted_people().search(lowered, max(0, start - COUNT_BEFORE), end) for start, end in named)
    match = next(filter(None, tries), None)
    number = wording.counted(match[1], text) if match else 0
    if not match or not number:
        return {}
    if match[2]:
        return {"min": number, "max": wording.counted(match[2], text) or number}
    plural = match[0].rstrip().endswith("s")
    if match[1] in {"a", "an", "un", "una", "um", "uma", "ein", "eine", "do"} and plural:
        return {}
    return {"min": number, "max": number}


def _bare_count(text: str) -> dict[str, int]:
    """Return a small number that stands alone between commas: "Instagram, at least 5, budget …"."""
    for q in numbers.quantities(text):
        ahead, behind = re.split(r"[,(\n]", text[max(0, q.span[0] - 200) : q.span[0]])[-1], text[q.span[1] :]
        cue = re.sub(
            r"^\s*(?:between|entre|zwischen|antara|around|about|etwa|ca\.?|unos|unas|cerca de|sekitar)\s*$",
            "",
            ahead.lower(),
        )
        plain = not q.currency and not q.scaled and q.low >= 1 and q.high <= COUNT_MAX  # fmt: skip
        stated = q.is_range or bool(numbers.bound(text, q))
        alone = not cue.strip() or wording.ends_with(cue, (*words.MIN_BEFORE, *words.MAX_BEFORE))
        if plain and stated and alone and re.match(r"\s*(?:[,;)\n।]|\.(?!\d)|$)", behind):
            return _whole(numbers.limits(text, q, "both"))
    return {}


def _platforms(text: str) -> list[str]:
    found = wording.topics(text, words.PLATFORMS)
    if "x" not in found and re.search(r"(?:\b(?:on|for|di|en|no|auf|em|par|pe|and)|,|/)\s+X\b(?!\d)", text):
        found.append("x")
    return found


def _goal(text: str) -> str:
    found = wording.topics(text, words.GOALS)
    order = ("ugc", "launch", "footfall", "traffic", "sales", "awareness")
    return next((goal for goal in order if goal in found), "")


def _deadline(text: str, used: list[tuple[int, int]], today: date) -> str:
    clean = wording.blank(text, used)
    months = wording.joined(tuple(words.MONTHS))
    named = re.search(rf"\d{{1,2}}(?:st|nd|rd|th|\.)?\s*(?:of |de )?(?:{months})(?!\w)|(?<!\w)(?:{months})\.?\s+\d{{1,2}}(?!\d)|20\d\d-\d\d-\d\d|(?<![\d.])\d{{1,2}}[./]\d{{1,2}}[./]20\d\d", clean.lower())  # fmt: skip
    if named:
        found = dates.day(clean[max(0, named.start() - 2) :], today)
        return found.isoformat() if found else ""
    for cue in islice(DATE_CUE.finditer(clean), wording.CUES_MAX):
        tail = wording.SENTENCE_END.split(clean[cue.end() : cue.end() + 34])[0]
        found = dates.day(tail, today)
        if found is not None:
            return found.isoformat()
    for phrase in (
        words.END_OF_MONTH,
        words.NEXT_WEEK,
        words.NEXT_MONTH,
        words.THIS_WEEKEND,
        words.TOMORROW,
    ):
        match = re.search(phrase, clean.lower())
        if match:
            found = dates.day(match[0], today)
            return found.isoformat() if found else ""
    units = wording.joined(tuple(words.UNITS))
    match = re.search(
        rf"(?:\d{{1,2}}|[^\W\d_]+)\s+(?:{units})\s+(?:mein|me|में|ke andar|tak|तक|to go)",
        clean.lower(),
    )
    if match:
        found = dates.day(match[0], today)
        return found.isoformat() if found else ""
    return ""
