"""Names of states and things, as people say them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from bots.phrases.amounts import listed, moment, money, percent, pieces, until
from bots.phrases.languages import locale, translated
from bots.phrases.sentences import say
from core.accounts import people
from core.campaigns.schemas import Brief
from core.creators.schemas import AudienceShare, CreatorView, ShareOf
from core.deals.piece_table import REMINDED_AHEAD
from core.deals.schemas import DealView, DeliverableView
from core.deals.states import DeliverableState
from core.kit.estimates import Estimate
from core.kit.money import Currency, Money
from core.kit.process import Party
from core.kit.remarks import Remark
from core.kit.work import Work
from core.networks.places import BY_PLATFORM, PLACES
from core.trust.schemas import InfluenceScore, Punctuality, Rating, Reliability, ScorePart

STATE_WORDS: dict[str, str] = {
    "awaiting_funds": "waiting for funds",
    "in_review": "draft to be approved",
    "changes_requested": "changes asked for",
    "approved": "approved, to be posted",
    "posted": "posted, being checked",
    "claimed": "posted, for the brand to look at",
    "drafting": "draft to come",
    "planned": "planned",
    "live": "live",
    "missing": "gone from the network",
    "awaiting_address": "agreed, address to come",
    "to_send": "agreed, gift to be sent",
    "on_its_way": "gift on its way",
    "cancelling": "cancelling, waiting for an answer",
}
ACTORS = {"operator": "the marketplace", "clock": "the clock", "system": "the system"}
LABELS = {
    **{place.platform.value: place.title for place in PLACES},
    "diy": "DIY",
    "ugc": "Content (UGC)",
}
SCORED = (
    *("engagement", "audience", "profile", "reliability"),
    *("bio", "niches", "languages", "place", "rates"),
)
"""Parts of the Influence Score, and of the profile among them."""
VOCABULARY = frozenset({"found", "agreed", "platform"})
"""Facts of remarks that are words of ours."""
RELAX = {
    "without_platforms": "relax.platforms",
    "without_cities": "relax.cities",
    "without_countries": "relax.countries",
    "without_languages": "relax.languages",
    "without_followers": "relax.followers",
    "without_exclusions": "relax.exclusions",
}
"""What the button says that gives up the wish a remark names."""
GENDERS = {"women": "audience.women", "men": "audience.men"}
DUE = frozenset({DeliverableState.DRAFTING, DeliverableState.CHANGES_REQUESTED, DeliverableState.APPROVED})
"""States in which the creator's next step has a date."""
STARS = {n: "★" * n + "☆" * (5 - n) for n in range(1, 6)}


def label(word: str) -> str:
    """Return a word of our vocabulary as a button shows it."""
    return LABELS.get(word) or translated(word.capitalize())


def names(vocabulary: Sequence[str]) -> str:
    """Return words of our vocabulary as a sentence lists them, empty for none."""
    return listed(LABELS.get(word) or translated(word) for word in vocabulary) if vocabulary else ""


def kind(value: str) -> str:
    """Return what one piece of work is called."""
    return translated(str(value))


def country(code: str) -> str:
    """Return a country's name."""
    return str(locale().territories.get(code, code))


def countries(codes: Sequence[str]) -> str:
    """Return countries' names."""
    return listed(country(code) for code in codes)


def languages(codes: Sequence[str]) -> str:
    """Return languages' names."""
    return listed(locale().languages.get(code, code) for code in codes)


def step(name: str) -> str:
    """Return a step of a process in words."""
    return translated(name.replace("_", " "))


def rating(found: Rating) -> str:
    """Return a rating in stars, and of how many reviews."""
    if found.stars is None:
        return say("rating.none")
    return say("rating.stars", stars=found.stars, n=found.reviews)


def cash(amount: Money) -> str:
    """Return what is paid in words; where it is nothing, that no cash is paid, and never a zero."""
    return money(amount) if amount else say("remark.price_gift")


def price(between: Estimate, currency: Currency) -> str:
    """Return a price with what it rests on, and between what it lies where it is not certain."""
    low, value, high = (money(Money(minor, currency)) for minor in (between.low, between.value, between.high))
    if between.exact:
        return cash(Money(between.value, currency))
    return say(f"remark.{between.basis.code}", value=value, low=low, high=high, **between.basis.facts)


def score(found: InfluenceScore) -> str:
    """Return a score with how sure it is, and why it is no surer."""
    between, basis = found.between, remark(found.between.basis)
    if between.exact:
        return say("estimate.exact", value=between.value, basis=basis)
    even = abs(between.high + between.low - 2 * between.value) <= 1
    key = "estimate.even" if even else "estimate.uneven"
    by = between.give_or_take
    return say(key, value=between.value, low=between.low, high=between.high, by=by, basis=basis)


def score_part(part: ScorePart) -> str:
    """Return one part of a score, and what it rests on."""
    return say(
        "score.part", name=translated(part.name), value=round(part.value * 100), basis=remark(part.because)
    )


def kept(found: Reliability) -> str:
    """Return how reliable somebody is, as far as anybody has seen."""
    if not found.observations:
        return say("reliability.unknown")
    by = round(found.give_or_take)
    return say("reliability.known", value=found.score, by=by, n=found.observations)


def city(name: str) -> str:
    """Return a city's name in the language spoken, as far as we know it."""
    return translated(name)


def cities(names_: Sequence[str]) -> str:
    """Return cities' names."""
    return listed(city(name) for name in names_)


def place(creator: CreatorView) -> str:
    """Return where a creator lives."""
    return (
        ", ".join(
            part for part in (city(creator.city), country(creator.country) if creator.country else "") if part
        )
        or "–"
    )


def remark(found: Remark) -> str:
    """Return the core's remark in words."""
    return say(f"remark.{found.code}", **{name: _fact(name, fact) for name, fact in found.facts.items()})


def relax(found: Remark) -> str:
    """Return the label of the button that gives up the wish a remark names."""
    return say(RELAX[found.code], **{name: _fact(name, fact) for name, fact in found.facts.items()})


SEVERAL = {"countries": countries, "languages": languages, "cities": cities}
"""How facts of remarks that are several are said."""


def _fact(name: str, fact: object) -> object:
    if isinstance(fact, list):
        return SEVERAL.get(name, names)(fact)
    if name == "place":
        return city(str(fact))
    if name in VOCABULARY:
        return LABELS.get(str(fact)) or translated(str(fact))
    return fact


def state(value: str) -> str:
    """Return a state in words."""
    return translated(STATE_WORDS.get(value, value.replace("_", " ")))


def actor(kind: str) -> str:
    """Return in words who takes a step, where it is nobody's own."""
    return translated(ACTORS.get(kind, kind))


def who(work: Work, actor_name: str, otherwise: str) -> str:
    """Return who took a step, as their own team knows them; another name for who was forgotten since."""
    kind, _, person_id = actor_name.partition(":")
    if kind != "person":
        return actor(kind)
    person = people.person_of(work, UUID(person_id))
    return otherwise if person.erased else person.name


def what(deal: DealView) -> str:
    """Return a deal's work in words: 1 reel and 2 stories, with their places where those differ."""
    counts = Counter((piece.kind, piece.platform) for piece in deal.deliverables)
    several = len({place for _, place in counts}) > 1
    return work((kind, count, place if several else "") for (kind, place), count in counts.items())


def piece_name(deal: DealView, piece: DeliverableView) -> str:
    """Return one piece's name, with its place where those of a deal differ: "reel", "story 2 of 3"."""
    name = bare_name(deal, piece)
    if len({one.platform for one in deal.deliverables}) == 1:
        return name
    return say("piece.at", piece=name, platform=label(piece.platform))


def bare_name(deal: DealView, piece: DeliverableView) -> str:
    """Return one piece's name where its place is said beside it."""
    same = [p.id for p in deal.deliverables if (p.kind, p.platform) == (piece.kind, piece.platform)]
    if len(same) == 1:
        return kind(piece.kind)
    return say("piece.of_several", kind=kind(piece.kind), number=same.index(piece.id) + 1, all=len(same))


def work(asked: Iterable[tuple[str, int, str]]) -> str:
    """Return pieces in words, each (kind, count, its own place or none): 2 posts on LinkedIn and 1 reel."""
    return listed(
        say("piece.at", piece=pieces([(each, count)]), platform=label(place))
        if place
        else pieces([(each, count)])
        for each, count, place in asked
    )


def asked(brief: Brief) -> str:
    """Return what each creator is asked for, in words."""
    return work((spec.kind, spec.count, spec.platform or "") for spec in brief.deliverables)


def due_of(piece: DeliverableView, now: datetime) -> str:
    """Return when a piece is due, in words, empty where nothing is."""
    at = piece.due_at if piece.state in DUE else None
    if at is None:
        return ""
    is_near = now >= at - max(REMINDED_AHEAD)  # from the first reminder on
    return say("piece.left", left=until(at, now)) if is_near else say("piece.due", at=moment(at))


def pieces_lines(deal: DealView, now: datetime, *, sees_money: bool = True) -> str:
    """Return a deal's pieces, one a line, with state, price and due date."""
    return "\n".join(
        say(
            "piece.line",
            piece=bare_name(deal, piece),
            platform=label(piece.platform),
            state=state(piece.state),
            due=due_of(piece, now),
            price=cash(piece.price) if sees_money or not piece.price else say("money.not_for_role"),
        )
        for piece in deal.deliverables
    )


def beforehand(deal: DealView, piece: DeliverableView, side: Party) -> str:
    """Return how a post will be proved at a place where nobody can look, empty where somebody can."""
    if not BY_PLATFORM[piece.platform].by_picture:
        return ""
    platform, terms = label(piece.platform), deal.terms
    key = "proof.beforehand_brand" if side is Party.BRAND else "proof.beforehand"
    return say(key, platform=platform, hours=terms.review_hours, days=terms.retention_days)


def tags(brief: Brief) -> str:
    """Return the hashtags of a brief."""
    return " ".join(f"#{tag.lstrip('#')}" for tag in brief.hashtags)


def punctuality(hours: int, punctual: Punctuality, found: Rating) -> str:
    """Return how soon a brand decides on drafts, within so many hours, and how it is rated."""
    if punctual.median_hours is None or punctual.decided_share is None:
        return say("offer.new_brand", hours=hours)
    return say(
        "offer.punctual",
        hours=punctual.median_hours,
        count=punctual.decisions,
        share=percent(round(punctual.decided_share * 10_000)),
        rating=rating(found),
    )


def audience(shares: Sequence[AudienceShare]) -> str:
    """Return the shares of an audience: "India 70%, women 60% and 18–24 55%"."""
    return listed(say("audience.share", whom=_whom(share), n=share.percent) for share in shares)


def _whom(share: AudienceShare) -> str:
    if share.of is ShareOf.COUNTRY:
        return countries([share.name])
    return say(GENDERS[share.name]) if share.of is ShareOf.GENDER else share.name
