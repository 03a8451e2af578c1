"""A creator's work: offers, campaigns to join, drafts, posts."""

from bots.cards import deals as deal_cards
from bots.cards import words
from bots.cards.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Talk
from bots.conversation.forms import Field, Form, Kind, Slots
from bots.dialogues import answers
from bots.phrases.amounts import money
from bots.phrases.sentences import say
from core.accounts import workspaces
from core.campaigns import service as campaigns
from core.deals import offers as deal_offers
from core.deals import pieces
from core.deals import views as deals
from core.deals.schemas import Apply, DealView, SubmitDraft
from core.deals.states import DealState, DeliverableState
from core.kit.money import Currency, Money
from core.kit.process import Party
from core.posts import service as posts
from core.terms import service as conditions
from core.terms.schemas import Terms

DRAFTING = (DeliverableState.DRAFTING, DeliverableState.CHANGES_REQUESTED)


PUBLISHED = (DeliverableState.POSTED, DeliverableState.LIVE, DeliverableState.MISSING)


OPEN_CAMPAIGNS_SHOWN = 5


def offers(talk: Talk, argument: str) -> Answer:
    """Show every offer that waits for an answer."""
    del argument
    waiting = [
        deal for deal in own_deals(talk) if deal.state is DealState.OFFERED and deal.turn is Party.CREATOR
    ]
    if not waiting:
        return [card(say("offer.none"))]
    return [deal_cards.offer(talk.work, talk.tools, deal) for deal in waiting]


def offer_card(talk: Talk, argument: str) -> Answer:
    """Show one offer."""
    deal = deals.get(talk.work, answers.key(argument))
    return [deal_cards.offer(talk.work, talk.tools, deal)]


def my_work(talk: Talk, argument: str) -> Answer:
    """Show what is agreed and still running."""
    del argument
    running = [deal for deal in own_deals(talk) if not deal.ended or _reviewable(talk, deal)]
    if not running:
        return [card(say("work.none"))]
    return [card(say("work.list")), *(deal_cards.creator_deal(talk.work, d) for d in running)]


def _reviewable(talk: Talk, deal: DealView) -> bool:
    return deal.review_until is not None and deal.review_until > talk.work.now


def find_work(talk: Talk, argument: str) -> Answer:
    """Show open campaigns whose hard wishes this creator meets."""
    del argument
    if talk.creator is None:
        return [card(say("profile.none")), Open("onboard")]
    engaged = {deal.campaign_id for deal in own_deals(talk)}
    shown: Answer = []
    for campaign in campaigns.open_for_applications(talk.work):
        brief = campaign.brief
        fits = not brief.niches or set(brief.niches) & set(talk.creator.niches)
        near = not brief.cities or talk.creator.city in brief.cities
        if campaign.id in engaged or not fits or not near:
            continue
        brand = workspaces.workspace_of(talk.work, campaign.workspace_id)
        text = say(
            "find.card",
            title=campaign.title,
            brand=brand.name,
            badge=say("offer.badge") if brand.verified_at else "",
            brief=words.brief_lines(campaign),
            what=words.asked(brief),
            budget=money(campaign.budget),
        )
        shown.append(card(text, [press(say("find.apply"), "apply", campaign.id)]))
    if not shown:
        return [card(say("find.none"))]
    return [card(say("find.list")), *shown[:OPEN_CAMPAIGNS_SHOWN]]


def _apply_summary(slots: Slots) -> str:
    quote = conditions.quote(Money(slots["price"], Currency(slots["_currency"])), Terms())
    return say(
        "apply.summary",
        title=slots["_title"],
        what=slots["_what"],
        price=money(quote.price),
        commission=money(quote.commission),
        net=money(quote.creator_gets),
        note=slots.get("note", ""),
    )


APPLY = Form(
    name="apply",
    fields=(
        Field(
            "price",
            Kind.TEXT,
            lambda s: say("apply.price", what=s["_what"], currency=s["_currency"]),
            "Price",
            parse=answers.amount("campaign.budget_hint"),
        ),
        Field("note", Kind.TEXT, say("apply.note"), "Why me", optional=True),
    ),
    summary=_apply_summary,
    confirm=say("apply.confirm"),
)


def ask_apply(talk: Talk, argument: str) -> Answer:
    """Ask for the price of an application."""
    campaign = campaigns.get(talk.work, answers.key(argument))
    brand = workspaces.workspace_of(talk.work, campaign.workspace_id)
    facts = {
        "_campaign": campaign.id.hex,
        "_title": campaign.title,
        "_brand": brand.name,
        "_what": words.asked(campaign.brief),
        "_currency": campaign.currency,
    }
    return [Open("apply", facts)]


def apply(talk: Talk, slots: Slots, key: str) -> Answer:
    """Send the application."""
    del key
    price = Money(slots["price"], Currency(slots["_currency"]))
    campaign_id = answers.key(slots["_campaign"])
    deal = deal_offers.apply(talk.work, Apply(campaign_id, price, slots.get("note", "")))
    hours = deal.terms.application_hours
    return [card(say("apply.done", brand=slots["_brand"], hours=hours))]


DRAFT = Form(
    name="draft",
    fields=(
        Field(
            "caption",
            Kind.TEXT,
            lambda s: say("draft.caption", what=s["_what"], title=s["_title"], request=s["_request"]),
            "Caption",
            characters_max=2_200,  # as much as Instagram takes
        ),
        Field("media", Kind.MEDIA, say("draft.media"), "Files", optional=True),
    ),
    summary=lambda s: say(
        "draft.summary",
        what=s["_what"],
        caption=s["caption"],
        files=say("draft.files", n=len(s["media"])) if s.get("media") else "",
        findings=deal_cards.findings(s["caption"], s["_country"]),
    ),
    confirm="Send draft",
)


def ask_draft(talk: Talk, argument: str) -> Answer:
    """Ask for the draft of one piece; without a piece, of the one due first."""
    if not argument:
        due = [
            (piece.draft_due_at or talk.work.now, piece.id.hex)
            for deal in own_deals(talk)
            if deal.state is DealState.AGREED
            for piece in deal.deliverables
            if piece.state in DRAFTING
        ]
        if not due:
            return [card(say("draft.nothing"))]
        argument = min(due)[1]
    deal, piece = deals.get_by_piece(talk.work, answers.key(argument))
    s = deal_cards.scene(talk.work, deal)
    request = say("draft.request", text=piece.change_request) if piece.rounds else ""
    facts = {
        "_piece": piece.id.hex,
        "_what": words.piece_name(deal, piece),
        "_title": s.title,
        "_brand": s.brand.name,
        "_request": request,
        "_country": s.creator.country,
    }
    return [Open("draft", facts)]


def submit_draft(talk: Talk, slots: Slots, key: str) -> Answer:
    """Send the draft to the brand."""
    del key
    files = tuple(answers.key(item["media_id"]) for item in slots.get("media", []))
    command = SubmitDraft(answers.key(slots["_piece"]), slots["caption"], files)
    piece = pieces.submit_draft(talk.work, command)
    hours = deals.get(talk.work, piece.deal_id).terms.review_hours
    return [card(say("draft.done", brand=slots["_brand"], hours=hours))]


POST = Form(
    name="post",
    fields=(
        Field(
            "link",
            Kind.TEXT,
            lambda s: say("post.ask", what=s["_what"]),
            "Link",
            parse=answers.link("post.link_hint"),
        ),
    ),
)


def ask_post(talk: Talk, argument: str) -> Answer:
    """Ask for the link to one piece; without a piece, to the one due first."""
    if not argument:
        due = [
            (piece.post_due_at or talk.work.now, piece.id.hex)
            for deal in own_deals(talk)
            for piece in deal.deliverables
            if piece.state is DeliverableState.APPROVED
        ]
        if not due:
            return [card(say("post.nothing"))]
        argument = min(due)[1]
    piece_hex, _, code = argument.partition(".")
    deal, piece = deals.get_by_piece(talk.work, answers.key(piece_hex))
    facts = {"_piece": piece.id.hex, "_what": words.piece_name(deal, piece)}
    if code:
        link = deal_cards.page(talk.tools, f"/sandbox/network/p/{code}")
        return [Open("post", {**facts, "link": link})]
    return [Open("post", facts)]


def submit_post(talk: Talk, slots: Slots, key: str) -> Answer:
    """Take the link as proof and have it checked."""
    del key
    posts.submit(talk.work, answers.key(slots["_piece"]), slots["link"])
    return [card(say("post.done"))]


def publish_card(talk: Talk, argument: str) -> Answer:
    """Show what to publish once more."""
    deal, piece = deals.get_by_piece(talk.work, answers.key(argument))
    return [deal_cards.publish(talk.work, talk.tools, deal, piece, silent=False)]


def publish_in_sandbox(talk: Talk, argument: str) -> Answer:
    """Publish an approved draft on the sandbox network, which is a network of our own."""
    posts.publish_in_sandbox(talk.work, answers.key(argument))
    return [card(say("publish.sandbox_asked"))]


def own_deals(talk: Talk) -> list[DealView]:
    """Return the creator's deals, none for one who has no profile yet."""
    return deals.of_creator(talk.work, talk.creator.id) if talk.creator else []


DIALOGUES = (
    Dialogue(APPLY, apply, {"PriceOutOfRange": "price"}),
    Dialogue(DRAFT, submit_draft, {"DraftEmpty": "caption"}),
    Dialogue(POST, submit_post, {"LinkNotOfThisNetwork": "link", "NetworkNotConnected": "link"}),
)
COMMANDS = (
    Command("offers", offers, ("offers",), Audience.CREATOR, "offers that wait for you"),
    Command("offer_card", offer_card),
    Command("work", my_work, ("work", "my work"), Audience.CREATOR, "what you have agreed to"),
    Command("find", find_work, ("find work", "find"), Audience.CREATOR, "campaigns you could join"),
    Command("apply", ask_apply),
    Command("draft", ask_draft, ("draft", "drafts", "submit draft"), Audience.CREATOR, "hand in a draft"),
    Command(
        "post",
        ask_post,
        ("post", "posted", "submit post"),
        Audience.CREATOR,
        "send the link to your post",
    ),
    Command("publish_card", publish_card),
    Command("publish", publish_in_sandbox),
)
