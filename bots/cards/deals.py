"""Cards about offers, drafts and posts. Each shows what will happen to the money."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from bots.cards import campaigns as campaign_cards
from bots.cards import deal_buttons, gifts, words
from bots.conversation.card import SEEN_AS, card, headed, link, press, your_turn
from bots.conversation.dialogue import Talk, Tools
from bots.phrases.amounts import moment, money, percent, until
from bots.phrases.sentences import say
from core.accounts import workspaces
from core.accounts.schemas import WorkspaceView
from core.accounts.states import Permission
from core.campaigns import briefs
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, CampaignView
from core.compliance import disclosure
from core.compliance.disclosure import Level
from core.creators import service as creators
from core.creators.schemas import CreatorView
from core.deals import views as deals
from core.deals.schemas import DealView, DeliverableView
from core.deals.states import DeliverableState
from core.kit.consent import mark
from core.kit.process import Party
from core.kit.work import Work
from core.media import service as media
from core.messaging import cards
from core.messaging.cards import Living
from core.messaging.messages import COPIED_CHARACTERS_MAX, Attachment, Button, OutgoingMessage
from core.terms import service as conditions
from core.tracking import service as tracking
from core.trust import service as trust

ROLE_CHARACTERS = 5
"""How long the mark of a role is behind that of a deal."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a card about a deal may need, read once."""

    deal: DealView
    campaign: CampaignView
    brief: Brief
    """The version of the campaign's brief that the deal goes by."""
    brand: WorkspaceView
    creator: CreatorView
    now: datetime
    to_review: frozenset[Party] = frozenset()
    """Who may still review the other side."""

    @property
    def title(self) -> str:
        """Return the campaign's title."""
        return self.campaign.title

    @property
    def living(self) -> Living:
        """Return of which version of the deal a card is."""
        return Living(cards.deal(self.deal.id), version(self.deal, self.to_review))

    def living_draft(self, piece: DeliverableView, number: int | None = None) -> Living:
        """Return of which version of a draft a card is: of the piece's newest, or of one by its number."""
        about = cards.draft(self.deal.id, piece.id, piece.draft_number if number is None else number)
        return Living(about, draft_version(self.deal, piece))

    @property
    def pay(self) -> str:
        """Return what is paid for the work, or what is given instead."""
        return gifts.pay(self.deal.price, self.brief)

    @property
    def waits(self) -> bool:
        """Tell whether the work is to wait for a gift that is sent, or does already."""
        return self.brief.ships and self.deal.deliverables[0].draft_due_at is None

    @property
    def net(self) -> str:
        """Return what the creator gets of the whole price."""
        return money(conditions.quote(self.deal.price, self.deal.terms).creator_gets)

    @property
    def commission(self) -> str:
        """Return the commission on the whole price."""
        return money(conditions.quote(self.deal.price, self.deal.terms).commission)


def seen_with(living: Living, granted: Collection[Permission]) -> Living:
    """Return of which version a card is for somebody of a brand: it offers and tells what their role may."""
    return replace(living, version=f"{living.version}{SEEN_AS}{mark(*sorted(granted))[:ROLE_CHARACTERS]}")


def version(deal: DealView, to_review: frozenset[Party]) -> str:
    """Return the mark of everything that a card of a deal says and offers, but how long there is left."""
    pieces = (piece.mark for piece in deal.deliverables)
    return mark(deal.mark, *pieces, *sorted(to_review), "stands", *sorted(deal.stands_for))


def draft_version(deal: DealView, piece: DeliverableView) -> str:
    """Return the mark of everything that the card of a draft says and offers."""
    return mark(deal.state, piece.mark)


def scenes(work: Work, found: Sequence[DealView], own: CreatorView | None = None) -> list[Scene]:
    """Return deals with their campaigns, brands and creators; as many queries for one as for hundreds.

    `own` is the creator whose deals they all are, where one has been read already.
    """
    known = campaigns.many(work, {deal.campaign_id for deal in found})
    brands = workspaces.many(work, {deal.workspace_id for deal in found})
    people = {own.id: own} if own else creators.many(work, list({deal.creator_id for deal in found}))
    review = deals.to_review(work, found)
    versions = briefs.of_versions(work, known.values(), [(d.campaign_id, d.brief_number) for d in found])
    return [
        Scene(
            deal,
            known[deal.campaign_id],
            versions[deal.campaign_id, deal.brief_number],
            brands[deal.workspace_id],
            people[deal.creator_id],
            work.now,
            review[deal.id],
        )
        for deal in found
    ]


def scene(work: Work, deal: DealView) -> Scene:
    """Return a deal with its campaign, brand and creator."""
    return scenes(work, [deal])[0]


def play(tools: Tools) -> str:
    """Return the label of play money, empty where money is real."""
    return say("notice.play") if tools.rails.present.facts.play_money else ""


def drafts(work: Work, found: Sequence[tuple[DealView, DeliverableView]]) -> list[OutgoingMessage]:
    """Show a brand drafts with what the disclosure linter found, and what approving means."""
    known = files(work, [piece for _, piece in found])
    around = scenes(work, [deal for deal, _ in found])
    granted = {brand: deal_buttons.granted(work, brand) for brand in {s.brand.id for s in around}}
    return [
        _draft(s, piece, known[piece.id], granted[s.brand.id])
        for s, (_, piece) in zip(around, found, strict=True)
    ]


def draft(work: Work, deal: DealView, piece: DeliverableView) -> OutgoingMessage:
    """Show a brand one draft."""
    return drafts(work, [(deal, piece)])[0]


def _draft(
    s: Scene, piece: DeliverableView, attached: list[Attachment], granted: Collection[Permission]
) -> OutgoingMessage:
    deal = s.deal
    text = say(
        "draft.gift_card" if deal.cashless else "draft.card",
        name=s.creator.name,
        what=words.piece_name(deal, piece),
        title=s.title,
        caption=piece.draft_caption or say("draft.file_only"),
        findings=findings(piece.draft_caption, s.creator.country),
        price=money(piece.price),
        tranche=percent(deal.terms.first_tranche_bps),
        days=deal.terms.retention_days,
        by=moment(piece.submitted_at and piece.submitted_at + timedelta(hours=deal.terms.review_hours)),
    )
    text = "\n".join(filter(None, (text, words.beforehand(deal, piece, Party.BRAND))))
    buttons = [
        press(say("draft.approve"), "approve", piece.id, piece.mark),
        press(say("draft.changes"), "changes", piece.id, piece.mark),
    ]
    open_ = piece.state is DeliverableState.IN_REVIEW
    shown = deal_buttons.allowed(buttons, granted) if open_ else []
    living = seen_with(s.living_draft(piece), granted)
    return card(your_turn(text, shown), shown, attached, living=living, verbatim=[piece.draft_caption])


def files(work: Work, pieces: Sequence[DeliverableView]) -> dict[UUID, list[Attachment]]:
    """Return the files of drafts, by piece."""
    return attached(work, {piece.id: piece.draft_media for piece in pieces})


def attached(work: Work, wanted: Mapping[UUID, Sequence[UUID]]) -> dict[UUID, list[Attachment]]:
    """Return files as cards carry them, by what they belong to; one query."""
    known = media.many(work, {media_id for own in wanted.values() for media_id in own})
    found = {thing: [known[media_id] for media_id in own] for thing, own in wanted.items()}
    return {thing: [Attachment(str(m.id), m.kind, m.name) for m in own] for thing, own in found.items()}


def findings(caption: str, country: str) -> str:
    """Return the linter's findings on a caption, one a line."""
    lines = []
    for finding in disclosure.lint(caption, country):
        key = "draft.finding_good" if finding.level is Level.GOOD else "draft.finding_bad"
        lines.append(say(key, message=words.remark(finding.remark)))
    return "\n".join(lines)


def publish(
    work: Work, tools: Tools, deal: DealView, piece: DeliverableView, *, silent: bool
) -> OutgoingMessage:
    """Tell a creator what to publish: caption, label, hashtags, counted link."""
    s = scene(work, deal)
    public = tools.settings.public_url.rstrip("/")
    hints = [say("publish.label", label=disclosure.label_for(s.creator.country))]
    if s.brief.hashtags:
        hints.append(say("publish.tags", tags=words.tags(s.brief)))
    if proof := words.beforehand(deal, piece, Party.CREATOR):
        hints.append(f"• {proof}")
    if code := tracking.code_of(work, piece.id):
        hints.append(say("publish.link", url=f"{public}/l/{code}"))
    text = say(
        "publish.card",
        what=words.piece_name(deal, piece).capitalize(),
        silence=say("publish.silence") if silent else "",
        due=moment(piece.post_due_at),
        caption=piece.draft_caption or "–",
        hints="\n".join(hints),
    )
    buttons = [press(say("piece.submit_post"), "post", piece.id, piece.mark)]
    if tools.networks.play:
        buttons.append(press(say("publish.sandbox"), "publish", piece.id))
    if 0 < len(piece.draft_caption) <= COPIED_CHARACTERS_MAX:
        buttons.append(Button(say("publish.copy_caption"), copies=piece.draft_caption))
    if code:
        buttons.append(Button(say("publish.copy_link"), copies=f"{public}/l/{code}"))
    open_ = piece.state is DeliverableState.APPROVED
    shown = buttons if open_ else []
    own = [piece.draft_caption]
    return card(your_turn(text, shown), shown, living=s.living_draft(piece), verbatim=own)


def brand_deal(s: Scene, granted: Collection[Permission]) -> OutgoingMessage:
    """Show somebody of a brand one deal with what they can do about it."""
    deal, sees_money = s.deal, Permission.SEE_MONEY in granted
    text = say(
        "deal.brand_card",
        name=s.creator.name,
        state=words.state(deal.state),
        price=s.pay if deal.cashless else campaign_cards.for_role(deal.price, sees_money=sees_money),
        pieces=words.pieces_lines(deal, s.now, sees_money=sees_money),
    )
    buttons, living = deal_buttons.of_brand(deal, s.to_review, granted), seen_with(s.living, granted)
    return card(your_turn(text + deal_buttons.stands(deal), buttons), buttons, living=living)


def creator_deal(s: Scene) -> OutgoingMessage:
    """Show a creator one deal with what they can do about it."""
    deal = s.deal
    text = say(
        "work.card",
        title=s.title,
        brand=s.brand.name,
        state=words.state(deal.state),
        pieces=words.pieces_lines(deal, s.now),
    )
    buttons = deal_buttons.of_creator(deal, s.to_review)
    return card(your_turn(text + deal_buttons.stands(deal), buttons), buttons, living=s.living)


def counter_for_brand(work: Work, deal: DealView, before_minor: int) -> OutgoingMessage:
    """Show a brand a creator's price."""
    s = scene(work, deal)
    text = say(
        "counter.brand_card",
        name=s.creator.name,
        price=money(deal.price),
        what=words.what(deal),
        title=s.title,
        before=gifts.pay(type(deal.price)(before_minor, deal.price.currency), s.brief),
        note="",
        left=until(deal.answer_by, work.now),
    )
    buttons, needed = deal_buttons.answers(deal), deals.needed_for(work, deal)
    if needed:
        fund = campaign_cards.fund(work, s.campaign, say("shortlist.pay", amount=money(needed)), needed)
        needs = say("counter.needs", amount=money(needed))
        text, buttons = f"{text}\n{needs}", [*buttons, fund]
    buttons = deal_buttons.allowed(buttons, deal_buttons.granted(work, deal.workspace_id))
    return card(your_turn(text, buttons), buttons, living=s.living)


def application(work: Work, deal: DealView) -> OutgoingMessage:
    """Show a brand an application, with the scores it can decide by."""
    s = scene(work, deal)
    reliable = trust.reliability(work, [s.creator.id])[s.creator.id]
    facts = [words.score(trust.influence(s.creator, reliable)), words.kept(reliable)]
    text = say(
        "application.card",
        name=s.creator.name,
        title=s.title,
        price=s.pay,
        note=say("offer.note", note=deal.note) if deal.note else "",
        score=facts[0],
        reliability=facts[1],
    )
    buttons = deal_buttons.allowed(deal_buttons.answers(deal), deal_buttons.granted(work, deal.workspace_id))
    return headed(card(your_turn(text, buttons), buttons, living=s.living), *facts)


def other_name(talk: Talk, deal: DealView) -> str:
    """Return how the other side of a deal is called."""
    s = scene(talk.work, deal)
    return s.creator.name if deals.side_of(talk.work, deal) is Party.BRAND else s.brand.name


def page(tools: Tools, path: str) -> str:
    """Return a full address on our public host."""
    return f"{tools.settings.public_url.rstrip('/')}{path}"


def post_link(piece: DeliverableView) -> list[Button]:
    """Return a button to a published post."""
    return [link(say("notice.post_open"), piece.post_url)] if piece.post_url else []
