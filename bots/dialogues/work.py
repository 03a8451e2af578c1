"""A creator's work: offers, campaigns to join, drafts, more time."""

from uuid import UUID

from bots.cards import campaigns as campaign_cards
from bots.cards import deals as deal_cards
from bots.cards import offers as offer_cards
from bots.cards.things import PIECE
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Field, Form, Kind, Slots
from bots.dialogues import answers
from bots.dialogues.facts import load_piece, of_piece
from bots.phrases.amounts import moment
from bots.phrases.sentences import say
from core.campaigns import service as campaigns
from core.deals import pieces
from core.deals import views as deals
from core.deals.schemas import DealView, DeliverableView, SubmitDraft
from core.deals.states import DealState, DeliverableState
from core.kit.process import Party

DRAFTING = (DeliverableState.DRAFTING, DeliverableState.CHANGES_REQUESTED)


OPEN_CAMPAIGNS_SHOWN = 5


def offers(talk: Talk, argument: str) -> Answer:
    """Show every offer that waits for an answer."""
    del argument
    found = waiting(talk)
    if not found:
        return [card(say("offer.stopped" if _stopped(talk) else "offer.none"))]
    return list(offer_cards.offers(talk.work, talk.tools, found, talk.creator))


def waiting(talk: Talk) -> list[DealView]:
    """Return the offers that wait for a creator's answer."""
    return [d for d in own_deals(talk) if d.state is DealState.OFFERED and d.turn is Party.CREATOR]


def _stopped(talk: Talk) -> bool:
    return talk.creator is not None and talk.creator.frozen_at is not None


def offer_card(talk: Talk, deal_id: UUID) -> Answer:
    """Show one offer."""
    deal = deals.get(talk.work, deal_id)
    return [offer_cards.offer(talk.work, talk.tools, deal)]


def my_work(talk: Talk, argument: str) -> Answer:
    """Show what is agreed and still running."""
    del argument
    running = [deal for deal in own_deals(talk) if not deal.ended or _reviewable(talk, deal)]
    if not running:
        return [card(say("work.none"))]
    return [
        card(say("work.list")),
        *map(deal_cards.creator_deal, deal_cards.scenes(talk.work, running, talk.creator)),
    ]


def _reviewable(talk: Talk, deal: DealView) -> bool:
    return deal.review_until is not None and deal.review_until > talk.work.now


def find_work(talk: Talk, argument: str) -> Answer:
    """Show open campaigns whose hard wishes this creator meets."""
    del argument
    if talk.creator is None:
        return [card(say("profile.none")), Open("onboard")]
    if _stopped(talk):
        return [card(say("offer.stopped"))]
    engaged = {deal.campaign_id for deal in own_deals(talk)}
    fitting = []
    for campaign in campaigns.open_for_applications(talk.work):
        brief = campaign.brief
        fits = not brief.niches or set(brief.niches) & set(talk.creator.niches)
        near = not brief.cities or talk.creator.city in brief.cities
        if campaign.id in engaged or not fits or not near:
            continue
        fitting.append(campaign)
    if not fitting:
        return [card(say("find.none"))]
    shown = campaign_cards.open_campaigns(talk.work, fitting[:OPEN_CAMPAIGNS_SHOWN])
    return [card(say("find.list")), *shown]


def _request(piece: DeliverableView) -> str:
    return say("draft.request", text=piece.change_request) if piece.rounds else ""


DRAFT = Form(
    name="draft",
    fields=(
        Field(
            "caption",
            Kind.TEXT,
            lambda s: say(
                "draft.caption",
                what=of_piece(s).what,
                title=of_piece(s).scene.title,
                request=_request(of_piece(s).piece),
            ),
            "Caption",
            characters_max=2_200,  # as much as Instagram takes
        ),
        Field("media", Kind.MEDIA, say("draft.media"), "Files", optional=True),
    ),
    summary=lambda s: say(
        "draft.summary",
        what=of_piece(s).what,
        caption=s["caption"],
        files=say("draft.files", n=len(s["media"])) if s.get("media") else "",
        findings=deal_cards.findings(s["caption"], of_piece(s).scene.creator.country),
    ),
    confirm="Send draft",
)


def ask_draft(talk: Talk, piece: Seen) -> Answer:
    """Ask for the draft of one piece."""
    del talk
    return [Open("draft", seen=piece)]


def piece_to_draft(talk: Talk) -> UUID | Answer:
    """Find the piece whose draft is due first."""
    due = [
        (piece.draft_due_at or talk.work.now, piece.id)
        for deal in own_deals(talk)
        if deal.state is DealState.AGREED
        for piece in deal.deliverables
        if piece.state in DRAFTING
    ]
    return min(due)[1] if due else [card(say("draft.nothing"))]


def submit_draft(talk: Talk, slots: Slots, key: str) -> Answer:
    """Send the draft to the brand."""
    del key
    about = of_piece(slots)
    command = SubmitDraft(about.seen.id, slots["caption"], answers.files(slots))
    pieces.submit_draft(talk.work, command, shown=about.seen.mark)
    return [card(say("draft.done", brand=about.other, hours=about.deal.terms.review_hours))]


def _asked_until(slots: Slots) -> str:
    about = of_piece(slots)
    due = moment(about.piece.due_at)
    return say("more_time.ask", what=about.what, title=about.scene.title, due=due)


MORE_TIME = Form(
    name="more_time",
    fields=(
        Field(
            "days", Kind.TEXT, _asked_until, "Days", parse=answers.number("extend.hint", 1, pieces.DAYS_MAX)
        ),
        Field("reason", Kind.TEXT, say("more_time.why"), "Reason", optional=True),
    ),
)


def ask_more_time(talk: Talk, piece_id: UUID | None) -> Answer:
    """Ask for how many days more; of what is due first where nothing is named."""
    found = piece_id or _due_first(talk)
    if found is None:
        return [card(say("more_time.nothing"))]
    _, piece = deals.get_by_piece(talk.work, found)
    return [Open("more_time", seen=Seen(piece.id, piece.mark))]


def _due_first(talk: Talk) -> UUID | None:
    due = [
        (piece.due_at or talk.work.now, piece.id)
        for deal in own_deals(talk)
        if deal.state is DealState.AGREED
        for piece in deal.deliverables
        if piece.state in {*DRAFTING, DeliverableState.APPROVED, DeliverableState.OVERDUE}
    ]
    return min(due)[1] if due else None


def more_time(talk: Talk, slots: Slots, key: str) -> Answer:
    """Pass the question on."""
    del key
    about = of_piece(slots)
    pieces.ask_more_time(talk.work, about.seen.id, slots["days"], slots.get("reason", ""))
    return [card(say("more_time.done", brand=about.other, days=slots["days"]))]


def own_deals(talk: Talk) -> list[DealView]:
    """Return the creator's deals, none for one who has no profile yet."""
    return deals.of_creator(talk.work, talk.creator.id) if talk.creator else []


DIALOGUES = (
    Dialogue(DRAFT, submit_draft, {"DraftEmpty": "caption"}, load_piece, PIECE),
    Dialogue(MORE_TIME, more_time, load=load_piece),
)
COMMANDS = (
    Command("offers", offers, ("offers",), Audience.CREATOR, "offers that wait for you"),
    Command("offer_card", offer_card, takes=answers.key),
    Command("work", my_work, ("work", "my work"), Audience.CREATOR, "what you have agreed to"),
    Command("find", find_work, ("find work", "find"), Audience.CREATOR, "campaigns you could join"),
    Command(
        "draft",
        ask_draft,
        ("draft", "drafts", "submit draft"),
        Audience.CREATOR,
        "hand in a draft",
        binds=PIECE,
        finds=piece_to_draft,
    ),
    Command(
        "more_time",
        ask_more_time,
        ("more time",),
        Audience.CREATOR,
        "ask for more time",
        takes=answers.maybe_key,
    ),
)
