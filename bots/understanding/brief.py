"""A brand's sentence to slots, by rules: what it states, and nothing it does not."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import regex as re

from bots.understanding import (
    aside,
    budget,
    dates,
    exclusions,
    gifts,
    head_count,
    numbers,
    pieces,
    places,
    topics,
    wording,
)
from bots.understanding import lexicon as words
from bots.understanding.numbers import Quantity
from core.kit.money import Currency, Money

NEAR = 80  # characters that are looked back for a label
BUSINESS = r"brand|company|startup|start-up|label|marca|empresa|firma|merek|agency|agencia|agência|agentur|business|store|shop|studio|firm"
HOME = re.compile(
    rf"(?:{BUSINESS})(?:\s+[^\W\d_]+){{0,3}}?\s+(?:based\s+)?(?:from|de|aus|dari|out of)\s*$", re.IGNORECASE
)
HOME_BEHIND = re.compile(rf"\s*-?based\s+(?:[^\W\d_]+\s+){{0,3}}?(?:{BUSINESS})\b", re.IGNORECASE)
FACTS_ENOUGH = 2


def is_one(text: str, today: date) -> bool:
    """Tell whether a text says enough of a brief to begin with: two facts, what is wished for among them."""
    stated = slots(text, today).keys()
    return len(stated) >= FACTS_ENOUGH and bool(stated & {"creators_count", "budget", "deliverables"})


def slots(text: str, today: date, home: str = "", country: str = "") -> dict[str, Any]:
    """Return what a brief states, as one reads it who pays in `home` and lives in `country`.

    Keys: goal, niches, topics, platforms, creators_count {min,max}, budget {min,max,currency,per}, cities,
    countries, languages, followers {min,max}, deliverables [{kind,count}], deadline, hashtags, exclusions.
    """
    normal = aside.off(wording.normalise(text))
    found: dict[str, Any] = {}
    tags = wording.hashtags(normal)
    bare = gifts.without_no_cash(wording.HASHTAG.sub(" ", wording.without_links(normal)))
    excluded, rest = exclusions.exclusions(bare)
    spans = [span for span in places.city_spans(rest) if not _is_home(rest, span[1], span[2])]
    without_cities = wording.blank(rest, [(start, end) for _, start, end in spans])
    due, dated = _deadline(rest, today, country or next(iter(places.countries(without_cities)), ""))
    facts = wording.blank(pieces.without_lengths(rest), [*aside.goods(rest), *dated])
    quantities = numbers.quantities(facts)
    used = _numbers(facts, quantities, found, home, wording.currency_of_writing(normal))
    _put(
        found,
        "creators_count",
        found.get("creators_count")
        or head_count.in_words(facts)
        or head_count.bare(facts, quantities)
        or head_count.wanted(facts, [q for q in quantities if q.span not in used]),
    )
    if "creators_count" in found and "budget" not in found:
        lone = budget.alone(facts, (q for q in quantities if q.span not in used))
        _put(found, "budget", lone and budget.budget(facts, lone, home, wording.currency_of_writing(normal)))
    _put(found, "deliverables", pieces.deliverables(wording.blank(facts, used)))
    _put(found, "deadline", due)
    _put(found, "niches", topics.niches(rest))
    _put(found, "topics", topics.open_topics(rest))
    _put(found, "platforms", _platforms(_without_own_audience(rest)))
    _put(found, "goal", _goal(facts))
    _put(found, "cities", list(dict.fromkeys(city.name for city, _, _ in spans)))
    _put(found, "countries", places.sure_countries(wording.blank(without_cities, used)))
    without_regions = wording.blank(
        without_cities, [span[1:] for span in places.region_spans(without_cities)]
    )
    _put(found, "languages", places.languages(without_regions))
    _put(found, "hashtags", tags)
    _put(found, "exclusions", excluded)
    return found


def _is_home(text: str, start: int, end: int) -> bool:
    """Tell whether a city is where the brand sits, not where its creators shall be."""
    return (
        HOME.search(text[max(0, start - NEAR) : start]) is not None
        or HOME_BEHIND.match(text, end) is not None
    )


def _deadline(text: str, today: date, country: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the last day, and the places of all days, whose numbers are no amounts."""
    days = dates.mentions(text, today, country)
    found = dates.deadline(text, days)
    dated = [(m.start, m.end) for m in days if m.exact]
    return (found.day.isoformat(), [*dated, (found.start, found.end)]) if found else ("", dated)


def campaign_slots(
    text: str,
    today: date,
    currency: Currency,
    wish: Mapping[str, int] = MappingProxyType({}),
    country: str = "",
) -> dict[str, Any]:
    """Return a brief's slots in the shape of the campaign form, amounts in the form's currency.

    `wish` is for how many creators it is as far as known: a budget for each of them needs the count.
    """
    stated = slots(text, today, currency, country)
    filled: dict[str, Any] = {
        name: stated[name]
        for name in (
            "goal",
            "niches",
            "topics",
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
    money = stated.get("budget")
    if money and money.get("currency", currency) == currency:
        major = money.get("max", money.get("min"))
        count = stated.get("creators_count", wish)
        if money.get("per") == "creator" and count:
            major *= count.get("max", count.get("min"))
        filled["budget"] = Money.of(major, currency).minor
    if "cities" not in filled and (towns := places.region_cities(wording.normalise(text))):
        filled["cities"] = towns
    links = wording.links(text)
    if links:
        filled["landing_url"] = links[0]
    return filled


def _put(found: dict[str, Any], name: str, value: Any) -> None:  # noqa: ANN401  (any slot)
    if value:
        found[name] = value


def _numbers(
    text: str, quantities: list[Quantity], found: dict[str, Any], home: str, spoken: str
) -> list[tuple[int, int]]:
    """Sort a text's numbers into followers, creators and budget; returns the places that were used."""
    used: list[tuple[int, int]] = []
    for q in quantities:
        if head_count.is_followers(text, q) and aside.own_audience(text, *q.span):
            used.append(q.span)
        elif "followers" not in found and head_count.is_followers(text, q):
            found["followers"] = head_count.whole(numbers.limits(text, q, "min"))
            used.append(q.span)
        elif used and "max" not in found.get("followers", {"max": 0}) and head_count.tops(text, q, used[-1]):
            found["followers"]["max"] = int(q.high)
            used.append(q.span)
        elif "creators_count" not in found and head_count.is_count(text, q):
            found["creators_count"] = head_count.whole(numbers.limits(text, q, "both"))
            used.append(q.span)
    money = [q for q in quantities if q.span not in used and budget.is_money(text, q)]
    if money:
        found["budget"] = budget.budget(text, money, home, spoken)
        used += [q.span for q in money]
    return used


def _without_own_audience(text: str) -> str:
    """Return the text without the clauses in which the writer tells of followers of her own."""
    found = [
        aside.own_audience(text, *q.span)
        for q in numbers.quantities(text)
        if head_count.is_followers(text, q)
    ]
    return wording.blank(text, [span for span in found if span])


ON_X = re.compile(r"(?:\b(?:on|for|di|en|no|auf|em|par|pe|and)|,|/)\s+X\b(?!\d)")


def _platforms(text: str) -> list[str]:
    found = wording.topics(text, words.PLATFORMS)
    if "x" not in found and ON_X.search(text):
        found.append("x")
    return found


GOAL_CUE = re.compile(
    r"(?:want|need|wants|goal|aim|objective|target|looking for|objetivo|meta|quiero|queremos|quero|busco|buscamos|ziel|tujuan|mau|butuh|wollen|chahiye|after)(?: (?:is|es|é|ist|more|más|mais|mehr|to|a|the|some|our|just|only))*\s*[:=-]?\s*$"
)


OWN_TRADE = re.compile(
    r"(?<!\w)(?:(?:we|i|who|which|that|brand|company|shop|store) (?:make and |also |only |mainly |just |currently )*sells?(?! more)|(?:wir|ich) verkaufen?(?! mehr)|(?:kami|saya|kita) (?:ber)?jual(?:an)?|(?:hum|ham|main) [^,.;]{1,24}bechte|que vend(?:e|emos)(?! m[áa]s| mais))(?!\w)"
)
"""What the brand does is no goal: "we sell candles"."""
NEW_COMES = re.compile(
    r"(?<!\w)(?:(?:naya|nayi|naye|नया|नई|नए)\s[^,.;\n]{1,40}(?:aa rah[aie]|aane wal[aie]|आ रह[ाीे]|आने वाल[ाीे])|(?:bringen|bringe) [^.;\n]{0,48}neue\w* [^.;\n]{0,32}(?:heraus|raus|auf den markt)|new [^,.;\n]{1,32}(?:is |are )?(?:coming out|coming soon|drops|dropping|hits the shelves|out soon))(?!\w)"
)
"""Something new comes: a launch, whatever it is called."""


def _goal(text: str) -> str:
    """Return the goal that is called one, else the one that says most."""
    lowered = OWN_TRADE.sub(lambda match: " " * len(match[0]), text.lower())
    hits = wording.hits(lowered, words.GOALS)
    found = [
        hit for hit in hits if not any(o[0] <= hit[0] and hit[1] <= o[1] and o[:2] != hit[:2] for o in hits)
    ]
    if NEW_COMES.search(lowered):
        found.append((0, 0, "launch"))
    called = [goal for start, _, goal in found if GOAL_CUE.search(lowered[max(0, start - 30) : start])]
    order = ("ugc", "launch", "footfall", "traffic", "sales", "awareness")
    stated = called or [goal for _, _, goal in found]
    return next((goal for goal in order if goal in stated), "")
