"""What nobody asked for, by what is due: a link, a file and its words, a price. It opens, and never sends."""

import re
from dataclasses import dataclass, replace
from typing import Any

from bots.cards import posts as post_cards
from bots.cards import words
from bots.cards.offers import offers
from bots.cards.things import DEAL, FUNDING, PIECE
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Dialogue, Open, Seen, Talk
from bots.conversation.events import Said
from bots.conversation.forms import Choice, Field, Form, Kind, Slots, facts
from bots.dialogues import parcels, posting
from bots.dialogues import work as creators_work
from bots.dialogues.facts import load_piece, of_piece
from bots.dialogues.workspace import own_workspaces
from bots.phrases.amounts import money
from bots.phrases.sentences import say
from bots.understanding import brief, changes, gifts, numbers, pieces, wording
from bots.understanding.calendar_words import UNITS
from core.accounts.states import Permission
from core.deals import views as deals
from core.deals.schemas import DealView, DeliverableView
from core.deals.states import DealState, DeliverableState
from core.kit.money import Money
from core.kit.process import Party
from core.networks.errors import LinkNotOfThisNetwork, NetworkNotConnected
from core.networks.links import by_picture
from core.networks.places import BY_PLATFORM

PRICE_WORDS_MAX = 12
PRICE_MIN = 50
DIGITS_MANY = re.compile(r"\d{8}")
DRAFT, POSTED = "draft", "posted"


def take(talk: Talk, said: Said, form: str) -> Answer:
    """Open what a link, files or a price are for, by what is due; nothing where nothing is.

    Beside an open `form` a price is only taken where it answers the very offer.
    """
    return _of_work(talk, said, said.about) or (
        _of_price(talk, said.text, said.about) or _of_gift(talk, said) if form in {"", "accept"} else []
    )


@dataclass(frozen=True, slots=True)
class Due:
    """The pieces whose draft or post a creator owes, and the offers that wait for somebody's answer."""

    drafts: tuple[tuple[DealView, DeliverableView], ...]
    posts: tuple[tuple[DealView, DeliverableView], ...]
    offers: tuple[DealView, ...]


def _due(talk: Talk, seen: Seen | None = None) -> Due:
    del seen
    own = creators_work.own_deals(talk)
    drafts = [
        (d, p)
        for d in own
        if d.state is DealState.AGREED
        for p in d.deliverables
        if p.state in creators_work.DRAFTING
    ]
    posts = [(d, p) for d in own for p in d.deliverables if p.state is DeliverableState.APPROVED]
    return Due(tuple(drafts), tuple(posts), tuple(_offers(talk, own)))


def waiting_offers(talk: Talk) -> list[DealView]:
    """Return the offers that wait for somebody's answer, as a creator or for a brand."""
    return _offers(talk, creators_work.own_deals(talk))


def _offers(talk: Talk, own: list[DealView]) -> list[DealView]:
    teams = [workspace.id for workspace in own_workspaces(talk, Permission.RUN_CAMPAIGNS)]
    asked = deals.of_workspaces(talk.work, teams) if teams else []
    mine = [(own, Party.CREATOR), (asked, Party.BRAND)]
    return [d for found, side in mine for d in found if d.state is DealState.OFFERED and d.turn is side]


def _meant(due: Due, about: str) -> Due:
    """Return what is due of the thing whose card was answered; all of it where that has nothing due."""
    thing, _, part = about.removeprefix("deal:").partition(".")
    piece = part.partition(".")[0]
    if not about.startswith("deal:"):
        return due

    def of(
        found: tuple[tuple[DealView, DeliverableView], ...],
    ) -> tuple[tuple[DealView, DeliverableView], ...]:
        deal = tuple(each for each in found if each[0].id.hex == thing)
        return tuple(each for each in deal if each[1].id.hex == piece) or deal or found

    offers = tuple(deal for deal in due.offers if deal.id.hex == thing)
    return Due(of(due.drafts), of(due.posts), offers or due.offers)


def _of_work(talk: Talk, said: Said, about: str) -> Answer:
    links = wording.links(said.text)
    if talk.creator is None or not (links or said.media):
        return []
    due = _meant(_due(talk), about)
    if shown := _of_picture(said, links, due):
        return shown
    beside = changes.content(wording.without_links(said.text))
    alone = not due.drafts or not beside  # a link of its own is no caption: why it fits not is said of it
    if due.posts and links and not said.media and (_is_post(talk, links[0]) or alone):
        fitting = tuple(each for each in due.posts if by_picture(links[0], each[1].platform))
        return _open(POSTED, fitting or due.posts, {"link": links[0]})
    if not due.drafts or not (said.media or beside):
        return []
    kind, caption = pieces.led_in(said.text)
    named = tuple(each for each in due.drafts if each[1].kind == kind)
    slots: dict[str, Any] = {
        "caption": caption if named else said.text.strip(),
        "media": list(map(dict, said.media)),
    }
    return _open(DRAFT, named or due.drafts, {name: value for name, value in slots.items() if value})


def _of_picture(said: Said, links: list[str], due: Due) -> Answer:
    """Open the post that a screenshot shows: by the link that came with it, or where nothing else is due."""
    if not said.media:
        return []
    link = next((one for one in links if any(by_picture(one, p.platform) for _, p in due.posts)), "")
    fitting = tuple(each for each in due.posts if not link or by_picture(link, each[1].platform))
    fitting = tuple(each for each in fitting if BY_PLATFORM[each[1].platform].by_picture)
    if not fitting or (due.drafts and not link):
        return []
    beside = wording.without_links(said.text).strip()
    slots: dict[str, Any] = {
        "link": link,
        "media": list(map(dict, said.media)),
        "words": beside if "#" in beside else "",
    }
    return _open(POSTED, fitting, {name: value for name, value in slots.items() if value})


def _is_post(talk: Talk, link: str) -> bool:
    try:
        talk.tools.networks.recognise(link)
    except (LinkNotOfThisNetwork, NetworkNotConnected):
        return False
    return True


def _open(form: str, due: tuple[tuple[DealView, DeliverableView], ...], slots: dict[str, Any]) -> Answer:
    if len(due) == 1:
        piece = due[0][1]
        return [Open(form, slots, seen=Seen(piece.id, piece.mark))]
    return [Open("which_piece", {**slots, "to": form})]


def _of_price(talk: Talk, text: str, about: str) -> Answer:
    """Open the counter-offer at a price; the very price that is offered opens the yes to it."""
    stated = _price_in(talk, text)
    waiting = _meant(_due(talk), about).offers if stated else ()
    if not waiting or stated is None:
        return []
    if len(waiting) > 1:
        return [Open("which_offer", {"price": text.strip()})]
    return _counter(talk, waiting[0], text)


def _of_gift(talk: Talk, said: Said) -> Answer:
    return _of_pay(talk, said) or parcels.of_words(talk, said.text)


def _of_pay(talk: Talk, said: Said) -> Answer:
    """Show the gift that waits for an answer to who says that they work for pay only."""
    if talk.creator is None or not gifts.paid_only(said.text):
        return []
    waiting = [deal for deal in _meant(_due(talk), said.about).offers if deal.cashless]
    own = [deal for deal in waiting if deal.creator_id == talk.creator.id]
    return [card(say("unasked.paid_only")), *offers(talk.work, talk.tools, own)] if own else []


def _counter(talk: Talk, deal: DealView, text: str) -> Answer:
    stated = _price_in(talk, text)
    if stated is None or stated.currency not in {"", deal.price.currency}:
        return list(DEAL.show(talk, deal.id))
    price = Money.of(stated.major, deal.price.currency)
    if price == deal.price:
        return agree(talk, deal)
    return [Open("counter", {"price": price.minor}, seen=Seen(deal.id, deal.mark))]


def agree(talk: Talk, deal: DealView) -> Answer:
    """Open the yes to an offer; for a brand first the payment of what its campaign lacks for it."""
    lacking = deals.needed_for(talk.work, deal) if deals.side_of(talk.work, deal) is Party.BRAND else None
    if not lacking:
        return [Open("accept", seen=Seen(deal.id, deal.mark))]
    campaign = Seen(deal.campaign_id, FUNDING.mark(talk, deal.campaign_id))
    first = card(say("counter.needs", amount=money(lacking)))
    return [first, Open("fund", {"amount": lacking.minor}, seen=campaign)]


def _price_in(talk: Talk, text: str) -> numbers.Amount | None:
    """Return the price that a short sentence names, None where its number counts something else."""
    normal = wording.normalise(text)
    found = numbers.quantities(normal)
    if len(found) != 1 or len(normal.split()) > PRICE_WORDS_MAX or wording.links(text):
        return None
    behind = wording.after(normal, found[0].span[1], 16)
    counts = wording.begins_with(behind, (*UNITS, "%"))
    about_more = set(brief.slots(text, talk.today)) - {"budget"}
    telephone = DIGITS_MANY.search(normal) is not None
    if counts or telephone or about_more or found[0].high < PRICE_MIN:
        return None
    return numbers.amount(text)


def _pieces(slots: Slots) -> list[Choice]:
    due = facts(Due, slots)
    found = due.posts if slots.get("to") == POSTED else due.drafts
    return [Choice(piece.id.hex, words.piece_name(deal, piece)) for deal, piece in found]


WHICH_PIECE = Form(
    name="which_piece",
    fields=(
        Field("to", Kind.TEXT, "", "Piece", on_request=True),
        Field("link", Kind.TEXT, "", "Link", on_request=True),
        Field("caption", Kind.TEXT, "", "Caption", on_request=True),
        Field("media", Kind.MEDIA, "", "Files", on_request=True),
        Field("words", Kind.TEXT, "", "Words at the post", on_request=True),
        Field("piece", Kind.CHOICE, say("unasked.which_piece"), "Piece", _pieces),
    ),
)


def hand_in(talk: Talk, slots: Slots, key: str) -> Answer:
    """Open the draft or the post of the piece that was meant."""
    del key
    due = facts(Due, slots)
    found = next((p for _, p in (*due.drafts, *due.posts) if p.id.hex == slots["piece"]), None)
    if found is None:
        return creators_work.my_work(talk, "")
    given = {name: slots[name] for name in ("link", "caption", "media", "words") if name in slots}
    return [Open(slots["to"], given, seen=Seen(found.id, found.mark))]


def _waiting(slots: Slots) -> list[Choice]:
    return [Choice(d.id.hex, f"{words.what(d)} · {words.cash(d.price)}") for d in facts(Due, slots).offers]


WHICH_OFFER = Form(
    name="which_offer",
    fields=(
        Field("price", Kind.TEXT, "", "Price", on_request=True),
        Field("deal", Kind.CHOICE, say("unasked.which_offer"), "Offer", _waiting),
    ),
)


def propose(talk: Talk, slots: Slots, key: str) -> Answer:
    """Open the counter-offer to the offer that was meant."""
    del key
    found = next((d for d in facts(Due, slots).offers if d.id.hex == slots["deal"]), None)
    return _counter(talk, found, slots["price"]) if found else creators_work.offers(talk, "")


def _post_summary(slots: Slots) -> str:
    about = of_piece(slots)
    stated = {"what": about.what, "title": about.scene.title, "link": slots["link"]}
    if not by_picture(slots["link"], about.piece.platform):
        return say("post.summary", **stated)
    return say(
        "post.claim_summary",
        **stated,
        label=post_cards.label_check(slots.get("words", ""), about.scene.creator.country),
        brand=about.other,
        hours=about.deal.terms.review_hours,
    )


FOUND_POST = replace(
    posting.POST,
    name=POSTED,
    summary=_post_summary,
    confirm=say("post.confirm"),
)

DIALOGUES = (
    Dialogue(WHICH_PIECE, hand_in, load=_due),
    Dialogue(WHICH_OFFER, propose, load=_due),
    Dialogue(FOUND_POST, posting.submit_post, posting.POST_REPAIRS, load_piece, PIECE),
)
COMMANDS = ()
