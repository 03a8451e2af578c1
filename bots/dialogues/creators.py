"""A creator's talks: who I am, what I am offered, what I hand in, where my money is, forget me."""

from typing import Any

from bots.cards import deals as deal_cards
from bots.cards import words
from bots.cards.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Talk
from bots.conversation.forms import Choice, Field, Form, Kind, NotUnderstood, Slots, fixed
from bots.dialogues import answers
from bots.phrases.amounts import compact, listed, moment, money
from bots.phrases.sentences import say
from bots.understanding import intro as understanding
from bots.understanding.places import LANGUAGE_NAMES, currency_of
from core.accounts import service as accounts
from core.billing import service as billing
from core.billing.schemas import Terms
from core.campaigns import service as campaigns
from core.compliance import service as compliance
from core.creators import service as creators
from core.creators.schemas import CreatorView, SaveProfile, SocialAccountView
from core.deals import service as deals
from core.deals.schemas import Apply, DealView, SubmitDraft
from core.deals.states import DealState, DeliverableState
from core.insights import privacy
from core.kit.money import Currency, Money
from core.kit.process import Party
from core.kit.vocabulary import NICHES, DeliverableKind, Platform
from core.payments import service as payments
from core.posts import service as posts
from core.trust import service as trust

RATE_KINDS = fixed(*((kind.value, words.label(kind)) for kind in DeliverableKind))
PLATFORMS = fixed(*((platform.value, words.label(platform)) for platform in Platform))
DRAFTING = (DeliverableState.DRAFTING, DeliverableState.CHANGES_REQUESTED)
PUBLISHED = (DeliverableState.POSTED, DeliverableState.LIVE, DeliverableState.MISSING)
OPEN_CAMPAIGNS_SHOWN = 5


# --- who I am


def _currencies(slots: Slots) -> list[Choice]:
    likely = currency_of(slots.get("city", {}).get("country", ""))
    codes = dict.fromkeys([likely, "INR", "USD", "EUR", "BRL", "MXN", "IDR"])
    return [Choice(code, code) for code in codes if code in Currency.__members__]


def _profile_lines(slots: Slots) -> str:
    place = slots["city"]
    lines = [
        f"• **{slots['name']}**, {place['city']}",
        f"• @{slots['handle']} on {slots['platform']}, {compact(slots['followers'])} followers",
        f"• about {listed(slots['niches'])}",
        f"• speaks {listed(LANGUAGE_NAMES.get(code, code) for code in slots['languages'])}",
        f"• one {slots['rate_kind']}: {answers.show_money(slots['rate'], slots['currency'])}",
    ]
    if slots.get("bio"):
        lines.append(f"• “{slots['bio']}”")
    return "\n".join(lines)


ONBOARD = Form(
    name="onboard",
    fields=(
        Field(
            "consent",
            Kind.CHOICE,
            say("onboard.consent", text=compliance.TERMS_TEXT, version=compliance.TERMS_VERSION),
            "Consent",
            fixed(("yes", say("onboard.agree"))),
            when=lambda s: not s.get("_consented"),
        ),
        Field("name", Kind.TEXT, say("onboard.name"), "Name", parse=answers.name),
        Field("platform", Kind.CHOICE, say("onboard.platform"), "Platform", PLATFORMS),
        Field(
            "handle",
            Kind.TEXT,
            lambda s: say("onboard.handle", platform=s["platform"]),
            "Handle",
            parse=answers.handle,
        ),
        Field(
            "followers",
            Kind.TEXT,
            lambda s: say("onboard.followers", handle=s["handle"]),
            "Followers",
            parse=answers.number("onboard.number_hint", 0),
        ),
        Field(
            "niches",
            Kind.MANY,
            say("onboard.niches"),
            "Topics",
            fixed(*((niche, words.label(niche)) for niche in NICHES)),
            show=listed,
        ),
        Field("city", Kind.TEXT, say("onboard.city"), "City", parse=answers.city),
        Field("languages", Kind.TEXT, say("onboard.languages"), "Languages", parse=answers.languages),
        Field("currency", Kind.CHOICE, say("onboard.currency"), "Currency", _currencies),
        Field("rate_kind", Kind.CHOICE, say("onboard.rate_kind"), "Booked for", RATE_KINDS),
        Field(
            "rate",
            Kind.TEXT,
            lambda s: say("onboard.rate", kind=s["rate_kind"], currency=s["currency"]),
            "Rate",
            parse=answers.amount("campaign.budget_hint", "currency"),
        ),
        Field("bio", Kind.TEXT, say("onboard.bio"), "About me", optional=True),
    ),
    summary=lambda s: say("onboard.summary", lines=_profile_lines(s)),
    confirm=say("onboard.confirm"),
    extract=understanding.profile_slots,
)


def ask_onboard(talk: Talk, argument: str) -> Answer:
    """Begin, or change, one's profile."""
    del argument
    if talk.creator is not None:
        return [Open("onboard", _known(talk.creator))]
    return [card(say("onboard.intro")), Open("onboard")]


def _known(creator: CreatorView) -> dict[str, Any]:
    known: dict[str, Any] = {
        "_consented": True,
        "name": creator.name,
        "niches": list(creator.niches),
        "languages": list(creator.languages),
        "currency": creator.currency,
    }
    if creator.bio:
        known["bio"] = creator.bio
    if creator.city:
        known["city"] = {"city": creator.city, "country": creator.country}
    if creator.accounts:
        account = creator.accounts[0]
        known |= {
            "platform": account.platform,
            "handle": account.handle,
            "followers": account.followers or 0,
        }
    if creator.rates:
        kind, rate = next(iter(creator.rates.items()))
        known |= {"rate_kind": kind, "rate": rate.minor}
    return {name: value for name, value in known.items() if value != []}


def onboard(talk: Talk, slots: Slots, key: str) -> Answer:
    """Save the profile, and the consent where it was given just now."""
    del key
    if slots.get("consent") == "yes":
        compliance.consent(talk.work, "creator_profile")
    currency = Currency(slots["currency"])
    platform = Platform(slots["platform"])
    known = {a.platform: a for a in talk.creator.accounts} if talk.creator else {}
    account = SocialAccountView(
        platform,
        slots["handle"],
        slots["followers"],
        known[platform].engagement_bps if platform in known else None,
        known[platform].average_views if platform in known else None,
    )
    creator = creators.join(
        talk.work,
        talk.person.id,
        SaveProfile(
            name=slots["name"],
            bio=slots.get("bio"),
            niches=tuple(slots["niches"]),
            languages=tuple(slots["languages"]),
            city=slots["city"]["city"],
            country=slots["city"]["country"],
            currency=currency,
            accounts=(account,),
            rates={DeliverableKind(slots["rate_kind"]): Money(slots["rate"], currency)},
        ),
    )
    replies: Answer = [card(say("onboard.done", name=creator.name))]
    if payments.payee_of(talk.work, creator.id) is None:
        replies.append(card(say("onboard.payout_hint"), [press("Payout", "payout")]))
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
    accounts_ = [f"@{a.handle} on {a.platform} ({compact(a.followers or 0)})" for a in creator.accounts]
    rates = [f"one {kind}: {money(rate)}" for kind, rate in creator.rates.items()]
    lines = [
        f"• {listed(accounts_, 'no account')}",
        f"• about {listed(creator.niches, 'nothing yet')}, {creator.city or 'nowhere yet'}",
        f"• {listed(rates, 'no rate')}",
    ]
    text = say(
        "profile.card",
        name=creator.name,
        available="" if creator.available else say("profile.away"),
        lines="\n".join(lines),
        score=influence.score,
        version=influence.version,
        parts="; ".join(f"{p.name} {round(p.value * 100)} ({p.because})" for p in influence.parts),
        reliability=reliable.score,
        observations=reliable.observations,
        rating=f"{rating.stars} ★ of {rating.reviews}" if rating.stars else "none yet",
    )
    pause = say("profile.pause") if creator.available else say("profile.resume")
    buttons = [
        press(say("profile.edit"), "onboard"),
        press("Add a rate", "rate"),
        press(pause, "availability"),
    ]
    return [card(text, buttons)]


def availability(talk: Talk, argument: str) -> Answer:
    """Take offers, or take none."""
    del argument
    if talk.creator is None:
        return [card(say("profile.none")), Open("onboard")]
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
            lambda s: say("rate.amount", kind=s["kind"], currency=s["_currency"]),
            "Rate",
            parse=answers.amount("campaign.budget_hint"),
        ),
    ),
)


def ask_rate(talk: Talk, argument: str) -> Answer:
    """Name a rate for one kind of work."""
    del argument
    if talk.creator is None:
        return [card(say("profile.none")), Open("onboard")]
    return [Open("rate", {"_currency": talk.creator.currency})]


def rate(talk: Talk, slots: Slots, key: str) -> Answer:
    """Keep the rate."""
    del key
    price = Money(slots["amount"], Currency(slots["_currency"]))
    kind = DeliverableKind(slots["kind"])
    creators.join(talk.work, talk.person.id, SaveProfile(rates={kind: price}))
    return [card(say("rate.done", price=money(price), kind=kind))]


# --- what I am offered, what I could join


def offers(talk: Talk, argument: str) -> Answer:
    """Show every offer that waits for an answer."""
    del argument
    waiting = [
        deal for deal in _deals(talk) if deal.state is DealState.OFFERED and deal.turn is Party.CREATOR
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
    running = [deal for deal in _deals(talk) if not deal.ended or _reviewable(talk, deal)]
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
    engaged = {deal.campaign_id for deal in _deals(talk)}
    shown: Answer = []
    for campaign in campaigns.open_for_applications(talk.work):
        brief = campaign.brief
        fits = not brief.niches or set(brief.niches) & set(talk.creator.niches)
        near = not brief.cities or talk.creator.city in brief.cities
        if campaign.id in engaged or not fits or not near:
            continue
        brand = accounts.workspace_of(talk.work, campaign.workspace_id)
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
    quote = billing.quote(Money(slots["price"], Currency(slots["_currency"])), Terms())
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
    brand = accounts.workspace_of(talk.work, campaign.workspace_id)
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
    deal = deals.apply(talk.work, Apply(campaign_id, price, slots.get("note", "")))
    hours = deal.terms.application_hours
    return [card(say("apply.done", brand=slots["_brand"], hours=hours))]


# --- what I hand in


DRAFT = Form(
    name="draft",
    fields=(
        Field(
            "caption",
            Kind.TEXT,
            lambda s: say("draft.caption", what=s["_what"], title=s["_title"], request=s["_request"]),
            "Caption",
        ),
        Field("media", Kind.MEDIA, say("draft.media"), "Files", optional=True),
    ),
    summary=lambda s: say(
        "draft.summary",
        what=s["_what"],
        caption=s["caption"],
        files=len(s.get("media", [])),
        findings=deal_cards.findings(s["caption"], s["_country"]),
    ),
    confirm="Send draft",
)


def ask_draft(talk: Talk, argument: str) -> Answer:
    """Ask for the draft of one piece; without a piece, of the one due first."""
    if not argument:
        due = [
            (piece.draft_due_at or talk.work.now, piece.id.hex)
            for deal in _deals(talk)
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
    piece = deals.submit_draft(talk.work, command)
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
            for deal in _deals(talk)
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


# --- where my money is


def wallet(talk: Talk, argument: str) -> Answer:
    """Show a creator's money, wherever it is."""
    del argument
    creator = talk.creator
    if creator is None:
        return [card(say("profile.none")), Open("onboard")]
    held: dict[Currency, Money] = {}
    for deal in _deals(talk):
        if not deal.ended:
            amount = deals.held_for(talk.work, deal)
            held[amount.currency] = held.get(amount.currency, Money(0, amount.currency)) + amount
    wallets = {w.available.currency: w for w in payments.wallets(talk.work, creator.id)}
    lines = []
    for currency in sorted({*held, *wallets}):
        w, nothing = wallets.get(currency), Money(0, currency)
        lines.append(
            say(
                "money.wallet",
                currency=currency,
                held=money(held.get(currency, nothing)),
                delay=Terms().security_delay_days,
                waiting=money(w.waiting if w else nothing),
                next=f" (next {moment(w.next_available_at)})" if w and w.next_available_at else "",
                available=money(w.available if w else nothing),
                in_transit=money(w.on_its_way if w else nothing),
                paid=money(w.paid_out if w else nothing),
            )
        )
    payee = payments.payee_of(talk.work, creator.id)
    goes = say("money.payee", label=payee.label, state=payee.state) if payee else say("money.no_payee")
    text = "\n\n".join([*lines, goes]) if lines else f"{say('money.none')}\n\n{goes}"
    return [
        card(
            say("money.creator", play=deal_cards.play(talk.tools), lines=text),
            [press("Payout", "payout")],
        )
    ]


PAYOUT = Form(
    name="payout",
    fields=(
        Field(
            "label",
            Kind.TEXT,
            lambda s: say("payout.ask", play=say("payout.play") if s["_play"] else ""),
            "Goes to",
        ),
    ),
    summary=lambda s: say("payout.summary", label=s["label"]),
    confirm=say("payout.confirm"),
)


def ask_payout(talk: Talk, argument: str) -> Answer:
    """Ask where money should go."""
    del argument
    if talk.creator is None:
        return [card(say("profile.none")), Open("onboard")]
    return [Open("payout", {"_play": talk.tools.settings.payment_rail == "sandbox"})]


def payout(talk: Talk, slots: Slots, key: str) -> Answer:
    """Have the account made at the payment provider."""
    del key
    payments.set_up_payee(talk.work, slots["label"])
    return [card(say("payout.done"))]


# --- forget me


def _exactly(text: str, slots: Slots) -> str:
    del slots
    if text.casefold().strip(" .!") != "delete my data":
        raise NotUnderstood(say("delete.hint"))
    return "yes"


DELETE = Form(
    name="delete",
    fields=(Field("sure", Kind.TEXT, lambda s: say("delete.ask", open=s["_open"]), "Sure", parse=_exactly),),
)


def ask_delete(talk: Talk, argument: str) -> Answer:
    """Say what deleting means, and ask for the words."""
    del argument
    running = [deal for deal in _deals(talk) if not deal.ended]
    if any(p.state in PUBLISHED for deal in running for p in deal.deliverables):
        return [card(say("delete.published"))]
    held = [money(deals.held_for(talk.work, deal)) for deal in running]
    note = say("delete.open", count=len(running), held=listed(held)) if running else ""
    return [Open("delete", {"_open": note})]


def delete(talk: Talk, slots: Slots, key: str) -> Answer:
    """Delete everything but the payment records."""
    del slots, key
    receipt, digests = privacy.erase(talk.work, talk.person.id)
    for digest in digests:
        talk.tools.media.path(digest).unlink(missing_ok=True)
    return [card(say("delete.done", receipt=receipt))]


def _deals(talk: Talk) -> list[DealView]:
    return deals.of_creator(talk.work, talk.creator.id) if talk.creator else []


DIALOGUES = (
    Dialogue(ONBOARD, onboard, {"FollowersOutOfRange": "followers", "RateOutOfRange": "rate"}),
    Dialogue(RATE, rate, {"RateOutOfRange": "amount"}),
    Dialogue(APPLY, apply, {"PriceOutOfRange": "price"}),
    Dialogue(DRAFT, submit_draft, {"DraftEmpty": "caption"}),
    Dialogue(POST, submit_post, {"LinkNotOfThisNetwork": "link", "NetworkNotConnected": "link"}),
    Dialogue(PAYOUT, payout, {"PayoutDetailsMissing": "label"}),
    Dialogue(DELETE, delete),
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
    Command("wallet", wallet),
    Command("payout", ask_payout, ("payout",), Audience.CREATOR, "where your money goes"),
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
    Command(
        "delete",
        ask_delete,
        ("delete my data", "forget me"),
        Audience.ANYBODY,
        "delete everything about you",
    ),
)
