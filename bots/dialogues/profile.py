"""Who a creator is: introduction, rates, availability."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bots.cards import words
from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Choice, Field, Form, Kind, Slots, facts, fixed
from bots.dialogues import answers, profile_fields
from bots.phrases.amounts import compact, listed, money
from bots.phrases.languages import translated
from bots.phrases.sentences import say
from bots.understanding.gazetteer import currency_of, namesakes, plain
from core.compliance import service as compliance
from core.creators import service as creators
from core.creators.errors import CreatorNotFound
from core.creators.schemas import CreatorView, SaveProfile, SocialAccountView
from core.kit.money import OFFERED, Currency, Money
from core.kit.vocabulary import NICHES, DeliverableKind, Platform
from core.payments import payee_accounts
from core.trust import service as trust

RATE_KINDS = fixed(*((kind.value, words.label(kind)) for kind in DeliverableKind))


PLATFORMS = fixed(*((platform.value, words.label(platform)) for platform in Platform))


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """The profile that changes; a new one has none, and wants consent first."""

    creator: CreatorView | None


def _load_profile(talk: Talk, seen: Seen) -> ProfileFacts:
    del seen
    return ProfileFacts(talk.creator)


def _load_creator(talk: Talk, seen: Seen) -> CreatorView:
    del seen
    if talk.creator is None:
        raise CreatorNotFound
    return talk.creator


def _currencies(slots: Slots) -> list[Choice]:
    likely = currency_of(slots.get("city", {}).get("country", ""))
    codes = dict.fromkeys([likely, "INR", "USD", "EUR", "BRL", "MXN", "IDR"])
    return [Choice(code, code) for code in codes if code in OFFERED]


def _consent(slots: Slots) -> str:
    del slots
    return translated(compliance.TERMS_TEXT)


def _home(city: str, country: str) -> str:
    """Return where somebody lives, with the country where other countries have a city of that name."""
    elsewhere = {other.country for other in namesakes(city) if plain(other.name) == plain(city)} - {country}
    return f"{words.city(city)}, {words.country(country)}" if country and elsewhere else words.city(city)


def _profile_lines(slots: Slots) -> str:
    lines = [
        f"• **{slots['name']}**, {_home(**slots['city'])}",
        *map(_account_line, [slots, *slots.get("more_accounts", [])]),
        say("profile.about", topics=words.names([*slots["niches"], *slots.get("topics", [])])),
        say("profile.speaks", languages=words.languages(slots["languages"])),
        *(
            _rate_line(kind, answers.show_money(minor, slots["currency"]))
            for kind, minor in profile_fields.rates_of(slots).items()
        ),
    ]
    bio = slots.get("bio")
    lines.append(f"• “{bio}”" if bio else say("onboard.no_bio", title=translated("About me")))
    return "\n".join(lines)


def _account_line(account: Mapping[str, Any]) -> str:
    platform = words.label(account["platform"])
    if account.get("followers") is None:
        return say("profile.account_only", handle=account["handle"], platform=platform)
    return say(
        "profile.account", handle=account["handle"], platform=platform, n=compact(account["followers"])
    )


def _rate_line(kind: str, price: str) -> str:
    return say("profile.rate", kind=words.kind(kind), price=price)


ONBOARD = Form(
    name="onboard",
    fields=(
        Field(
            "consent",
            Kind.CHOICE,
            _consent,
            "Consent",
            fixed(("yes", say("onboard.agree"))),
            when=lambda s: facts(ProfileFacts, s).creator is None,
        ),
        Field("name", Kind.TEXT, say("onboard.name"), "Name", parse=answers.name),
        Field("platform", Kind.CHOICE, say("onboard.platform"), "Platform", PLATFORMS),
        Field(
            "handle",
            Kind.TEXT,
            lambda s: say("onboard.handle", platform=words.label(s["platform"])),
            "Handle",
            parse=answers.handle,
        ),
        Field(
            "followers",
            Kind.TEXT,
            lambda s: say("onboard.followers", handle=s["handle"]),
            "Followers",
            parse=answers.number("onboard.number_hint", 0),
            show=lambda n: say("range.one", n=n),
        ),
        Field(
            "niches",
            Kind.MANY,
            say("onboard.niches"),
            "Topics",
            fixed(*((niche, words.label(niche)) for niche in NICHES)),
            show=listed,
            otherwise="topics",
        ),
        Field(
            "topics",
            Kind.TEXT,
            say("onboard.topics"),
            "Special topics",
            parse=answers.topics,
            optional=True,
            on_request=True,
            show=words.names,
        ),
        Field(
            "city",
            Kind.TEXT,
            say("onboard.city"),
            "City",
            parse=answers.city,
            show=lambda place: _home(**place),
            near=answers.placed,
        ),
        Field(
            "languages",
            Kind.TEXT,
            say("onboard.languages"),
            "Languages",
            parse=answers.languages,
            show=words.languages,
        ),
        Field("currency", Kind.CHOICE, say("onboard.currency"), "Currency", _currencies),
        Field("rate_kind", Kind.CHOICE, say("onboard.rate_kind"), "Booked for", RATE_KINDS),
        Field(
            "rate",
            Kind.TEXT,
            lambda s: say("onboard.rate", kind=words.kind(s["rate_kind"]), currency=s["currency"]),
            "Rate",
            parse=answers.amount("campaign.budget_hint", answers.of_slot("currency")),
            amount=answers.of_slot("currency"),
        ),
        Field(
            "more_accounts",
            Kind.TEXT,
            say("onboard.more_accounts"),
            "Other accounts",
            parse=profile_fields.more_accounts,
            show=profile_fields.show_accounts,
            optional=True,
            on_request=True,
        ),
        Field(
            "more_rates",
            Kind.TEXT,
            say("onboard.more_rates"),
            "Other rates",
            parse=profile_fields.more_rates,
            show=lambda rates: listed(map(profile_fields.show_rate, rates)),
            optional=True,
            on_request=True,
        ),
        Field("bio", Kind.TEXT, say("onboard.bio"), "About me", optional=True, on_request=True),
    ),
    summary=lambda s: say("onboard.summary", lines=_profile_lines(s)),
    confirm=say("onboard.confirm"),
    extract=profile_fields.introduced,
)


def ask_onboard(talk: Talk, argument: str) -> Answer:
    """Begin, or change, one's profile."""
    del argument
    if talk.creator is not None:
        return [Open("onboard", _known(talk.creator))]
    return [card(say("onboard.intro")), Open("onboard")]


def _known(creator: CreatorView) -> dict[str, Any]:
    known: dict[str, Any] = {
        "name": creator.name,
        "niches": list(creator.niches),
        "topics": list(creator.topics),
        "languages": list(creator.languages),
        "currency": creator.currency,
    }
    if creator.bio:
        known["bio"] = creator.bio
    if creator.city:
        known["city"] = {"city": creator.city, "country": creator.country}
    if creator.accounts:
        account, *others = creator.accounts
        known["more_accounts"] = [
            {"platform": a.platform, "handle": a.handle, "followers": a.followers} for a in others
        ]
        known |= {
            "platform": account.platform,
            "handle": account.handle,
            "followers": account.followers or 0,
        }
    if creator.rates:
        kind, rate = next(iter(creator.rates.items()))
        known |= {"rate_kind": kind, "rate": rate.minor}
    return {name: value for name, value in known.items() if value != []}


def _account(talk: Talk, stated: Mapping[str, Any]) -> SocialAccountView:
    """Return an account as it is stated, with the figures that are known of it."""
    platform = Platform(stated["platform"])
    known = next((a for a in talk.creator.accounts if a.platform == platform), None) if talk.creator else None
    figures = (known.engagement_bps, known.average_views) if known else (None, None)
    return SocialAccountView(platform, stated["handle"], stated.get("followers"), *figures)


def onboard(talk: Talk, slots: Slots, key: str) -> Answer:
    """Save the profile, and the consent where it was given just now."""
    del key
    if slots.get("consent") == "yes":
        compliance.consent(talk.work, "creator_profile")
    currency = Currency(slots["currency"])
    accounts = [_account(talk, each) for each in (slots, *slots.get("more_accounts", []))]
    rates = profile_fields.rates_of(slots).items()
    creator = creators.join(
        talk.work,
        talk.person.id,
        SaveProfile(
            name=slots["name"],
            bio=slots.get("bio"),
            niches=tuple(slots["niches"]),
            topics=tuple(slots.get("topics", [])),
            languages=tuple(slots["languages"]),
            city=slots["city"]["city"],
            country=slots["city"]["country"],
            currency=currency,
            accounts=tuple(accounts),
            rates={DeliverableKind(kind): Money(minor, currency) for kind, minor in rates},
        ),
    )
    menu = [press(say("button.find_work"), "find"), press(say("wish.menu"), "menu")]
    replies: Answer = [card(say("onboard.done", name=creator.name), menu)]
    if not payee_accounts.is_on_its_way(talk.work, creator.id):
        replies.append(card(say("onboard.payout_hint"), [press(say("button.payout"), "payout")]))
    return replies


def profile(talk: Talk, argument: str) -> Answer:
    """Show one's profile, the scores and what they rest on."""
    del argument
    creator = talk.creator
    if creator is None:
        return [card(say("profile.none")), Open("onboard")]
    reliable = trust.reliability(talk.work, [creator.id])[creator.id]
    influence = trust.influence(creator, reliable)
    rating = trust.rating(talk.work, creator.id)
    lines = [
        *(
            _account_line({"platform": a.platform, "handle": a.handle, "followers": a.followers})
            for a in creator.accounts
        ),
        say("profile.about", topics=words.names((*creator.niches, *creator.topics)) or "–"),
        say("profile.place", place=_home(creator.city, creator.country) or "–"),
        *([say("profile.speaks", languages=words.languages(creator.languages))] if creator.languages else []),
        *(_rate_line(kind, money(rate)) for kind, rate in creator.rates.items()),
        *([say("creator.audience", shares=words.audience(creator.audience))] if creator.audience else []),
    ]
    text = say(
        "profile.card",
        name=creator.name,
        available=_availability(creator),
        lines="\n".join(lines),
        score=words.score(influence),
        parts="\n".join(words.score_part(part) for part in influence.parts),
        reliability=words.kept(reliable),
        rating=words.rating(rating),
    )
    pause = say("profile.pause") if creator.available else say("profile.resume")
    buttons = [
        press(say("profile.edit"), "onboard"),
        press(say("button.add_a_rate"), "rate"),
        press(say("button.portfolio"), "portfolio"),
        press(say("button.audience"), "audience"),
        *([] if creator.frozen_at else [press(pause, "availability")]),
    ]
    return [card(text, buttons)]


def _availability(creator: CreatorView) -> str:
    if creator.frozen_at:
        return say("profile.stopped")
    return "" if creator.available else say("profile.away")


def availability(talk: Talk, argument: str) -> Answer:
    """Take offers, or take none."""
    del argument
    if talk.creator is None:
        return [card(say("profile.none")), Open("onboard")]
    if talk.creator.frozen_at:
        return [card(say("offer.stopped"))]
    now = not talk.creator.available
    creators.join(talk.work, talk.person.id, SaveProfile(available=now))
    talk.refresh()
    return [card(say("profile.resumed" if now else "profile.paused"))]


RATE = Form(
    name="rate",
    fields=(
        Field("kind", Kind.CHOICE, say("rate.kind"), "Kind", RATE_KINDS),
        Field(
            "amount",
            Kind.TEXT,
            lambda s: say("rate.amount", kind=words.kind(s["kind"]), currency=facts(CreatorView, s).currency),
            "Rate",
            parse=answers.amount("campaign.budget_hint", lambda s: facts(CreatorView, s).currency),
        ),
    ),
)


def ask_rate(talk: Talk, argument: str) -> Answer:
    """Name a rate for one kind of work."""
    del argument
    if talk.creator is None:
        return [card(say("profile.none")), Open("onboard")]
    return [Open("rate")]


def rate(talk: Talk, slots: Slots, key: str) -> Answer:
    """Keep the rate."""
    del key
    price = Money(slots["amount"], facts(CreatorView, slots).currency)
    kind = DeliverableKind(slots["kind"])
    creators.join(talk.work, talk.person.id, SaveProfile(rates={kind: price}))
    return [card(say("rate.done", price=money(price), kind=words.kind(kind)))]


DIALOGUES = (
    Dialogue(
        ONBOARD,
        onboard,
        {
            "FollowersOutOfRange": "followers",
            "RateOutOfRange": "rate",
            "NameNotAllowed": "name",
            "NameMissing": "name",
        },
        _load_profile,
    ),
    Dialogue(RATE, rate, {"RateOutOfRange": "amount"}, _load_creator),
)
COMMANDS = (
    Command("profile", profile, ("profile", "my profile"), Audience.CREATOR, "your profile and scores"),
    Command("onboard", ask_onboard),
    Command("rate", ask_rate, ("rate", "rates"), Audience.CREATOR, "name a rate"),
    Command(
        "availability",
        availability,
        ("pause", "resume"),
        Audience.CREATOR,
        "pause or resume offers",
    ),
)
