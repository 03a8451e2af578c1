"""Cards about posts that nobody can look at: a link and a screenshot show them, and the brand decides."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bots.cards import deal_buttons, words
from bots.cards import deals as deal_cards
from bots.conversation.card import card, link, press, your_turn
from bots.phrases.amounts import moment, money, percent
from bots.phrases.sentences import say
from core.creators.schemas import CreatorView
from core.deals.schemas import DealView, DeliverableView
from core.deals.states import DealState, DeliverableState
from core.kit.work import Work
from core.messaging.messages import OutgoingMessage
from core.networks.places import BY_PLATFORM
from core.posts import names
from core.posts.names import Whose

WHOSE: Mapping[Whose, str] = {
    Whose.OWN: "proof.whose_own",
    Whose.ANOTHER: "proof.whose_another",
    Whose.UNTOLD: "proof.whose_untold",
    Whose.NOBODY: "proof.whose_nobody",
}
"""How it is said whose a post is by its link."""


def waits(deal: DealView, piece: DeliverableView) -> bool:
    """Tell whether a brand is asked if link and screenshot show the post."""
    return deal.state is DealState.AGREED and piece.state is DeliverableState.CLAIMED


def proofs(work: Work, found: Sequence[tuple[DealView, DeliverableView]]) -> list[OutgoingMessage]:
    """Show a brand what is to prove posts, who has checked what of it, and what its yes means."""
    attached = deal_cards.attached(work, {piece.id: piece.post_media for _, piece in found})
    around = deal_cards.scenes(work, [deal for deal, _ in found])
    owners = names.owners(work, [piece.id for _, piece in found])
    brands = {deal.workspace_id for deal, _ in found}
    granted = {brand: deal_buttons.granted(work, brand) for brand in brands}
    shown = []
    for s, (deal, piece) in zip(around, found, strict=True):
        text = say(
            "proof.card",
            name=s.creator.name,
            what=words.bare_name(deal, piece),
            platform=words.label(piece.platform),
            title=s.title,
            url=piece.post_url,
            whose=whose(s.creator, piece, owners.get(piece.id, "")),
            words=label_check(piece.post_words, s.creator.country),
            money=_money(deal, piece),
            days=deal.terms.retention_days,
            by=moment(piece.posted_at and piece.posted_at + timedelta(hours=deal.terms.review_hours)),
        )
        buttons = [
            press(say("proof.confirm"), "confirm_post", piece.id, piece.mark),
            press(say("proof.refuse"), "refuse_post", piece.id, piece.mark),
            link(say("notice.post_open"), piece.post_url),
        ]
        offered = deal_buttons.allowed(buttons, granted[deal.workspace_id]) if waits(deal, piece) else []
        living, own = (
            deal_cards.seen_with(s.living_draft(piece), granted[deal.workspace_id]),
            [piece.post_words],
        )
        shown.append(card(your_turn(text, offered), offered, attached[piece.id], living=living, verbatim=own))
    return shown


def proof(work: Work, deal: DealView, piece: DeliverableView) -> OutgoingMessage:
    """Show a brand what is to prove one post."""
    return proofs(work, [(deal, piece)])[0]


def whose(creator: CreatorView, piece: DeliverableView, owner: str) -> str:
    """Return what a post's link says of whose it is, and what nobody but a person can tell."""
    facts = {"name": creator.name, "found": owner, "platform": words.label(piece.platform)}
    lines = [say(WHOSE[names.whose(owner, creator, piece.platform)], **facts)]
    if BY_PLATFORM[piece.platform].many_addresses:
        lines.append(say("proof.many_addresses", **facts))
    return "\n".join(lines)


def label_check(stated: str, country: str) -> str:
    """Return what a creator says stands at her post, checked for the label; or that nobody has checked."""
    if not stated:
        return say("proof.no_words")
    return say("proof.words", caption=stated, findings=deal_cards.findings(stated, country))


def _money(deal: DealView, piece: DeliverableView) -> str:
    """Return what a yes releases, empty where no money is in the deal."""
    if deal.cashless:
        return ""
    tranche, days = percent(deal.terms.first_tranche_bps), deal.terms.retention_days
    return say("proof.money", tranche=tranche, price=money(piece.price), days=days)
