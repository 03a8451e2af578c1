"""A creator as a brand sees them: in a list, as a card, side by side with others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bots.cards import words
from bots.conversation.card import card, headed, press
from bots.phrases.amounts import compact
from bots.phrases.sentences import say
from core.campaigns.schemas import CampaignView, Suggestion
from core.creators import service as creators
from core.creators.schemas import CreatorView, SocialAccountView
from core.deals import views as deals
from core.deals.schemas import Published
from core.kit.work import Work
from core.media import service as media
from core.messaging.messages import Attachment, Button, OutgoingMessage
from core.networks.port import Metrics
from core.posts import service as posts
from core.trust import service as trust
from core.trust.schemas import InfluenceScore, Rating, Reliability

POSTS_SHOWN = 3
KEY_CHARACTERS = 12
"""So much of an id tells the creators of one campaign apart; two whole ones fit no button."""


@dataclass(frozen=True, slots=True)
class Look:
    """A creator found for a campaign, with what is known of them."""

    creator: CreatorView
    found: Suggestion
    influence: InfluenceScore
    reliable: Reliability
    rating: Rating
    posts: tuple[Published, ...]
    metrics: Mapping[UUID, Metrics]
    picture: Attachment | None = None

    @property
    def name(self) -> str:
        """Return how the creator is called."""
        return self.creator.name

    @property
    def price(self) -> str:
        """Return the price with its interval."""
        return words.price(self.found.price_between, self.found.currency)


def looks(work: Work, found: Sequence[Suggestion]) -> list[Look]:
    """Look at several creators; as many queries for one as for many."""
    ids = [suggestion.creator_id for suggestion in found]
    people = creators.many(work, ids)
    reliable, ratings = trust.reliability(work, ids), trust.ratings(work, ids)
    made = deals.published(work, ids, POSTS_SHOWN)
    pictures = _pictures(work, people.values())
    metrics = posts.latest_metrics(work, [post.piece_id for own in made.values() for post in own])
    return [
        Look(
            people[s.creator_id],
            s,
            trust.influence(people[s.creator_id], reliable[s.creator_id]),
            reliable[s.creator_id],
            ratings[s.creator_id],
            tuple(made[s.creator_id]),
            metrics,
            pictures.get(s.creator_id),
        )
        for s in found
        if s.creator_id in people
    ]


def _pictures(work: Work, people: Iterable[CreatorView]) -> dict[UUID, Attachment]:
    """Return the pictures that creators gave, by creator."""
    wanted = {c.picture_id: c.id for c in people if c.picture_id}
    found = media.many(work, wanted)
    return {wanted[m.id]: Attachment(str(m.id), m.kind, m.name) for m in found.values()}


def line(look: Look, number: int) -> str:
    """Return a creator as a list has them."""
    return say(
        "match.line",
        number=number,
        name=look.name,
        price=look.price,
        accounts="; ".join(account(look.creator, a) for a in look.creator.accounts) or say("creator.nowhere"),
        reasons="; ".join(words.remark(reason) for reason in look.found.reasons),
    )


def account(creator: CreatorView, a: SocialAccountView) -> str:
    """Return an account with its followers, and who says how many they are."""
    followers = say("creator.unknown")
    if a.followers is not None:
        said = "creator.followers_listed" if creator.external_id else "creator.followers_said"
        source = "creator.followers_verified" if a.verified else said
        followers = say(source, n=a.followers)
    handle = a.handle.lstrip("@")
    return say("creator.account", handle=handle, platform=words.label(a.platform), followers=followers)


def whole(look: Look, number: int, all_: int) -> str:
    """Return a creator's card; `number` is the place in the chosen set, zero outside of it."""
    c = look.creator
    lines = [
        say("creator.title", number=number, all=all_, name=c.name)
        if number
        else say("creator.only", name=c.name),
        *(account(c, a) for a in c.accounts),
        say("creator.about", topics=words.names((*c.niches, *c.topics)) or "–", place=words.place(c)),
        say("creator.languages", languages=words.languages(c.languages)) if c.languages else "",
        say("creator.audience", shares=words.audience(c.audience)) if c.audience else "",
        f"“{c.bio}”" if c.bio else "",
        _posts(look),
        say("creator.price", price=look.price),
        say("creator.why", reasons=_reasons(look)),
        say("creator.score", score=words.score(look.influence)),
        say("creator.rating", rating=words.rating(look.rating)),
    ]
    return "\n".join(part for part in lines if part)


def _reasons(look: Look) -> str:
    return "; ".join(words.remark(reason) for reason in look.found.reasons)


def _posts(look: Look) -> str:
    own = look.creator.sample_posts[: POSTS_SHOWN - len(look.posts)]
    lines = [say("creator.posts")] if look.posts else []
    for post in look.posts:
        views = look.metrics[post.piece_id].views if post.piece_id in look.metrics else None
        seen = say("creator.views", views=compact(views)) if views is not None else ""
        lines.append(say("creator.post", what=words.kind(post.kind), url=post.url, views=seen))
    if own:
        lines.append(say("creator.own_posts", name=look.name))
        lines += [say("creator.own_post", url=url) for url in own]
    return "\n".join(lines) or say("creator.no_posts")


def why(look: Look) -> str:
    """Return why somebody is proposed: the reasons, and each part of the score with what it rests on."""
    parts = "\n".join(words.score_part(part) for part in look.influence.parts)
    score = words.score(look.influence)
    return say("creator.why_card", name=look.name, reasons=_reasons(look), score=score, parts=parts)


def compared(campaign: CampaignView, found: Sequence[tuple[int, Look]]) -> OutgoingMessage:
    """Show several side by side, fact by fact. What is self-declared is said to be wherever it stands."""
    names = [f"{number}. {look.name}" if number else look.name for number, look in found]
    people = [look.creator for _, look in found]
    rows = (
        ("compare.price", [look.price for _, look in found]),
        ("compare.followers", [_largest(look.creator) for _, look in found]),
        ("compare.score", [words.score(look.influence) for _, look in found]),
        ("compare.kept", [words.kept(look.reliable) for _, look in found]),
        ("compare.about", [words.names((*c.niches, *c.topics)) or "–" for c in people]),
        ("compare.place", [words.place(look.creator) for _, look in found]),
        ("compare.posts", [str(len(look.posts)) for _, look in found]),
        ("compare.rating", [words.rating(look.rating) for _, look in found]),
    )
    lines = [f"{say(key)}\n    " + "\n    ".join(_named(found, cells)) for key, cells in rows]
    text = "\n".join([" · ".join(f"**{name}**" for name in names), *lines])
    table = (("–", *names), *((say(key), *cells) for key, cells in rows))
    back = [press(say("creator.all"), "shortlist", campaign.id)]
    return replace(card(text, back), table=table)


def _named(found: Sequence[tuple[int, Look]], cells: Sequence[str]) -> list[str]:
    return [f"{look.name}: {cell}" for (_, look), cell in zip(found, cells, strict=True)]


def _largest(creator: CreatorView) -> str:
    known = [a for a in creator.accounts if a.followers is not None]
    if not known:
        return say("creator.unknown")
    return account(creator, max(known, key=lambda a: a.followers or 0))


def about(campaign: CampaignView, creator_id: UUID) -> str:
    """Return what a button carries that is about a creator of a campaign."""
    return f"{campaign.id.hex}.{creator_id.hex[:KEY_CHARACTERS]}"


def shown(look: Look, buttons_: Sequence[Button], number: int = 0, all_: int = 0) -> OutgoingMessage:
    """Show a creator's card with the picture she gave."""
    facts = [look.price, words.score(look.influence), words.rating(look.rating)]
    picture = [look.picture] if look.picture else []
    return headed(card(whole(look, number, all_), buttons_, picture), *facts)


def buttons(campaign: CampaignView, look: Look, beside: tuple[UUID, UUID] | None) -> list[Button]:
    """Return what can be done about a creator of the chosen set; `beside` are the one before and after."""
    own = about(campaign, look.creator.id)
    found = []
    if beside is not None:
        before, after = beside
        if before != after:  # of two, the other one is the next: no app takes one button twice
            found.append(press(say("creator.previous"), "look", about(campaign, before)))
        found.append(press(say("creator.next"), "look", about(campaign, after)))
    return [
        *found,
        press(say("creator.swap"), "swap", own),
        press(say("creator.remove"), "remove", own),
        press(say("creator.like"), "like", own),
        press(say("creator.why_button"), "why", own),
        press(say("creator.all"), "shortlist", campaign.id),
    ]


def proposed(campaign: CampaignView, look: Look) -> list[Button]:
    """Return what can be done about a creator who is not in the set."""
    own = about(campaign, look.creator.id)
    return [
        press(say("creator.add"), "add", own),
        press(say("creator.like"), "like", own),
        press(say("creator.why_button"), "why", own),
        press(say("creator.all"), "shortlist", campaign.id),
    ]
