"""How single answers are read: an amount, a number, a date, a place, a handle. Each says what would fit."""

import re
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from bots.cards import words
from bots.conversation.forms import Choice, NotUnderstood, Parse, Slots, known
from bots.phrases.amounts import listed, money
from bots.phrases.languages import translated, typed_words
from bots.phrases.sentences import say
from bots.understanding import (
    brand_intro,
    changes,
    dates,
    gazetteer,
    handles,
    head_count,
    names,
    numbers,
    pieces,
    places,
    wording,
)
from bots.understanding import topics as known_topics
from core.creators.schemas import TOPICS_MAX
from core.kit.money import Currency, Money
from core.networks import links

NAME_CHARACTERS_MAX = 60
SUGGESTED = 20
CITIES_ASKED = 4
INTRODUCES = re.compile(
    r"^(?:i'm|i am|my name is|this is|call me|me llamo|soy|mi nombre es|me chamo|meu nome é|sou)\s+(?=\w)"
    r"|^(?:eu sou|mera naam)\s+(?=\w)"
    r"|\s+(?:hai|है)$|^मेरा नाम\s+",
    re.IGNORECASE,
)
"""What people put around their name."""
YES_OR_NO = frozenset({"ok", "okay", "y", "sure", "ji", "no", "nope", "nahi", "nahin"})
F = TypeVar("F")


def key(value: object) -> UUID:
    """Read an id that a button carried. Raises ValueError for anything else."""
    return UUID(str(value))


def files(slots: Slots) -> tuple[UUID, ...]:
    """Return the files that were sent to a form's `media`, none where nobody sent any."""
    return tuple(key(item["media_id"]) for item in slots.get("media", []))


def of_slot(name: str) -> Callable[[Slots], Currency]:
    """Return a reader of the currency that was answered in a form."""
    return lambda slots: Currency(slots[name])


def amount(hint: str, currency_of: Callable[[Slots], Currency]) -> Parse:
    """Return a reader of an amount in the form's currency, kept as minor units.

    Another currency is refused: amounts are never converted. So is a number that counts something else.
    """

    def parse(text: str, slots: Slots) -> int:
        try:
            currency = currency_of(slots)
        except KeyError:
            raise NotUnderstood(say("hint.text")) from None  # it is of no use before its currency is known
        found = numbers.amount(wording.without_links(text), currency)
        if found is None or found.major <= 0 or head_count.counts(text):
            raise NotUnderstood(say(hint, currency=currency))
        if found.currency and found.currency != currency:
            raise NotUnderstood(say("campaign.currency_differs", currency=currency))
        return Money.of(found.major, currency).minor

    return parse


def maybe_key(argument: str) -> UUID | None:
    """Read an id that a button may have carried. Raises ValueError for anything else."""
    return key(argument) if argument else None


def show_money(minor: int, currency: str) -> str:
    """Return minor units as people write them."""
    return money(Money(minor, Currency(currency)))


def number(hint: str, least: int = 1, most: int = 1_000_000_000) -> Parse:
    """Return a reader of a whole number within bounds."""

    def parse(text: str, slots: Slots) -> int:
        del slots
        found = numbers.number(wording.without_links(text))
        if found is None or not least <= found <= most:
            raise NotUnderstood(say(hint))
        return found

    return parse


def day(hint: str, country_of: Callable[[Slots], str]) -> Parse:
    """Return a reader of a day to come, kept as an ISO date, its numbers in the order of a country."""

    def parse(text: str, slots: Slots) -> str:
        today = known(slots).today
        found = dates.day(text, today, country_of(slots))
        if found is None and (said := dates.undated(text)):
            raise NotUnderstood(say("day.undated", words=said))
        if found is None or found < today:
            raise NotUnderstood(say(hint))
        return found.isoformat()

    return parse


def _or_ask(found: F | None, hint: str) -> F:
    """Return what was found. Raises NotUnderstood, with what would fit, where that is nothing."""
    if not found:
        raise NotUnderstood(hint)
    return found


def cities(said: str, slots: Slots) -> list[str]:
    """Read one or more cities."""
    del slots
    found = places.cities(said) or places.region_cities(said)
    if not found:
        raise NotUnderstood(_which_city(said, "campaign.place_hint"))
    return found


def _which_city(said: str, hint: str) -> str:
    """Return the question for a place that is no one city: its region's cities, or those it is like."""
    found = list(dict.fromkeys(f"{city_.name} ({city_.country})" for city_ in places.candidates(said)))
    return say("place.which", cities=listed(found[:CITIES_ASKED])) if found else say(hint)


def suggest_cities(beginning: str) -> list[Choice]:
    """Return cities whose names begin so, the largest first."""
    return [
        Choice(name, f"{translated(name)}, {country}")
        for name, country in gazetteer.beginning(beginning, SUGGESTED)
    ]


def city(said: str, slots: Slots) -> dict[str, str]:
    """Read one city with its country."""
    del slots
    found = places.city(said)
    if found is None:
        raise NotUnderstood(_which_city(said, "onboard.city_hint"))
    return placed(found.name, found.country)


def placed(city: str, country: str) -> dict[str, str]:
    """Return the answer that a city with its country is."""
    return {"city": city, "country": country}


def hours(said: str, slots: Slots) -> list[int]:
    """Read two hours of the day, such as "22-8" or "10 pm to 7 am"; "never" is an empty list.

    Hours are whole: half an hour more is quiet at either end.
    """
    del slots
    if said.casefold().strip(" .!") in {"no", "off", "none", *typed_words("never")}:
        return []
    found = re.findall(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(?:([ap])\.?m\b\.?)?", said.casefold())
    read_hours = [(int(hour) % 12 + 12 * (half == "p")) if half else int(hour) for hour, _, half in found[:2]]
    if len(read_hours) == 2 and found[1][1].strip("0"):  # noqa: PLR2004  (6:30 is quiet until 7)
        read_hours[1] = (read_hours[1] + 1) % 24
    if len(read_hours) != 2 or not all(0 <= hour < 24 for hour in read_hours):  # noqa: PLR2004  (two hours of a day)
        raise NotUnderstood(say("quiet.hours_hint"))
    return read_hours


def country(said: str, slots: Slots) -> str:
    """Read a country, kept as its ISO code."""
    del slots
    return _or_ask(places.countries(said), say("workspace.country_hint"))[0]


def countries(said: str, slots: Slots) -> list[str]:
    """Read one or more countries."""
    del slots
    return _or_ask(places.countries(said), say("workspace.country_hint"))


def languages(said: str, slots: Slots) -> list[str]:
    """Read one or more languages, kept as ISO codes."""
    del slots
    return _or_ask(places.languages(said), say("hint.languages"))


def business(said: str, slots: Slots) -> str:
    """Read what a business is called; a yes to something else is no name."""
    del slots
    if _is_yes_or_no(said):
        raise NotUnderstood(say("workspace.name_hint"))
    return brand_intro.name(said) or said.strip()


def _is_yes_or_no(said: str) -> bool:
    return changes.is_yes(said) or said.casefold().strip(" .,!") in YES_OR_NO.union(typed_words("no"))


def name(said: str, slots: Slots) -> str:
    """Read a name; a whole introduction is read for its facts instead."""
    del slots
    if _is_yes_or_no(said):
        raise NotUnderstood(say("onboard.name_hint"))
    called = INTRODUCES.sub("", said.strip())
    if called != said.strip() and not names.is_called(called):
        raise NotUnderstood(say("onboard.name_hint"))
    said = called
    if not said or len(said) > NAME_CHARACTERS_MAX or any(c.isdigit() or c in "@,?\n" for c in said):
        raise NotUnderstood(say("onboard.name_hint"))
    return said


def handle(said: str, slots: Slots) -> str:
    """Read a social handle, written or as the address of a profile."""
    platform = str(slots.get("platform", ""))
    addresses = [found for url in wording.links(said) if (found := links.profile(url)) is not None]
    fitting = [found for found in addresses if platform in {"", found.platform}]
    named = [found.handle for found in fitting if found.handle]
    if read := next(iter(named), "") or handles.answer(said, platform):
        return read
    if fitting:
        raise NotUnderstood(say("onboard.handle_hidden"))
    if addresses:
        other = words.label(addresses[0].platform)
        raise NotUnderstood(say("onboard.handle_elsewhere", other=other, platform=words.label(platform)))
    raise NotUnderstood(say("onboard.handle_hint"))


def link(hint: str) -> Parse:
    """Return a reader of a full web address."""

    def parse(said: str, slots: Slots) -> str:
        del slots
        found = wording.links(said)
        if not found:
            raise NotUnderstood(say(hint))
        return found[0]

    return parse


def post_link(said: str, slots: Slots) -> str:
    """Read the address of a post; of several, the one that is at a network."""
    del slots
    found = _or_ask(wording.links(said), say("post.link_hint"))
    return next((url for url in found if links.profile(url) is not None), found[0])


def hashtags(said: str, slots: Slots) -> list[str]:
    """Read hashtags, with or without the sign."""
    del slots
    return _or_ask([word.strip("#,;.") for word in said.split() if word.strip("#,;.")], say("hint.hashtags"))[
        :10
    ]


def points(said: str, slots: Slots) -> list[str]:
    """Read points, one a line or with a semicolon between them."""
    del slots
    found = [part.strip(" -•*\t") for line in said.splitlines() for part in line.split(";")]
    return _or_ask([part for part in found if part][:12], say("hint.text"))


def topics(said: str, slots: Slots) -> list[str]:
    """Read topics beside the niches: known ones by any of their words, others as said."""
    del slots
    parts = [part.strip(" -•*.") for part in re.split(r"[,;\n]|\s(?:and|y|e|aur|और)\s", said)]
    found = [topic for part in parts for topic in known_topics.open_topics(part) or _own_words(part)]
    return _or_ask(list(dict.fromkeys(found))[:TOPICS_MAX], say("hint.text"))


def _own_words(part: str) -> list[str]:
    """Return a topic that nobody knows as it was said; what a niche says needs no words beside it."""
    return [] if not part or known_topics.niches(part) else [part.casefold()]


def deliverables(said: str, slots: Slots) -> list[dict[str, Any]]:
    """Read pieces of work and how many of each."""
    found = _or_ask(pieces.deliverables(said), say("campaign.deliverables_hint"))
    return pieces.placed(said, found, slots.get("platforms", []))


def followers(said: str, slots: Slots) -> dict[str, int]:
    """Read a range of followers."""
    del slots
    return _or_ask(numbers.follower_range(said), say("onboard.number_hint"))


def one_word_list(said: str, slots: Slots) -> list[str]:
    """Read a list of words separated by commas."""
    del slots
    return _or_ask([part.strip() for part in said.split(",") if part.strip()], say("hint.words"))[:10]
