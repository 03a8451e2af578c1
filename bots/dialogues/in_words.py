"""What binds somebody, said in a sentence: the one thing it can be about is shown, and a yes is asked for.

Where nothing, or more than one thing, can be meant, nothing is opened here: the cards are shown instead.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from bots.cards import deals as deal_cards
from bots.cards import payments
from bots.cards.things import CLOSING, DEAL, FUNDING, PAYEE, PIECE
from bots.conversation import tokens
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import answered
from bots.conversation.session import Frame
from bots.conversation.tokens import Commanded
from bots.dialogues import campaigns, drafts, funding, messages, reviews, unasked, whom
from bots.dialogues import work as creators_work
from bots.phrases.sentences import say
from bots.understanding import brief, payees, set_words
from bots.understanding import changes as understanding
from bots.understanding.intents import Intent
from core.conversations import service as conversations
from core.deals import pieces
from core.deals.states import DealState
from core.kit.money import Money

REQUEST_WORDS_MIN = 3
DEALS_SHOWN = 4
NEWEST = 3
ANSWERS = {"accept": True, "decline": True, "counter": True, "approve": False, "changes": False}
"""What answers an offer, and what answers a draft."""
NOES = {"accept": {"decline"}, "approve": {"changes"}}
"""What may be meant instead of a yes, by the yes."""


def opened(talk: Talk, found: Intent, text: str) -> Answer:
    """Open what a sentence is sure to want, nothing where that is not one thing of theirs."""
    opens = _OPENS.get(found.name)
    return opens(talk, found, text) if opens else []


def begun_by(talk: Talk, found: Intent, text: str) -> Answer:
    """Open what a sentence can only be about as things stand, though it is not sure what it wants.

    What may be a yes is one to the one offer or draft that waits, unless it may as well be a no. An account
    is where money shall go; plain words while one draft waits are what should change in it.
    """
    if found.second not in NOES.get(found.name, {found.second}) and (yes := opened(talk, found, text)):
        return yes
    if talk.creator is not None and (label := payees.account(text, talk.creator.country)):
        return _payout(talk, Intent("payout_setup"), label)
    is_request = len(text.split()) >= REQUEST_WORDS_MIN and not understanding.asks(text)
    return _changes(talk, Intent("changes"), text) if is_request else []


def instead(talk: Talk, found: Intent, text: str, frame: Frame) -> Answer:
    """Take words that are no answer to a review for what they ask instead of a yes.

    At the review of a draft that is what should change in it; before a workspace is open, its first brief.
    """
    asks = understanding.asks(text)
    if frame.form == "approve" and not asks and (found.name == "changes" or not found.sure):
        if len(text.split()) < REQUEST_WORDS_MIN:
            return []
        reason = str(found.args.get("reason") or text).strip()
        return [Open("changes", {"reason": reason}, seen=Seen(UUID(frame.about), frame.shown))]
    if frame.form == "workspace" and not asks and brief.is_one(text, talk.today):
        return [card(say("workspace.brief_kept")), Open("workspace", answered(frame.slots), text)]
    return []


def of_the_set(talk: Talk, text: str) -> Answer:
    """Do what a sentence says of the chosen set that names people: those alone, or one for another."""
    if not talk.memberships or understanding.asks(text):
        return []
    names, pair = set_words.only(text), set_words.swapped(text)
    if names and not names.isdecimal() and whom.names_somebody(talk, names):  # "only 2" may be how many
        return [Commanded("only", names)]
    if pair and all(whom.names_somebody(talk, name) for name in pair):
        return [Commanded("swap", " with ".join(pair))]
    return []


def waits(talk: Talk, name: str) -> bool:
    """Tell whether there is an offer, or a draft, that such words can answer; true of any other wish."""
    if name not in ANSWERS:
        return True
    return bool(unasked.waiting_offers(talk) if ANSWERS[name] else drafts.waiting(talk))


def payment_that_waits(talk: Talk) -> Answer:
    """Show the payment whose page was shown and is not paid yet; nothing where there is none."""
    pressed = _checkout(talk)
    return [payments.checkout(talk.work, talk.tools, UUID(pressed.argument))] if pressed else []


def _checkout(talk: Talk) -> Commanded | None:
    read = (tokens.read(action) for _, action in conversations.offered(talk.work, talk.address))
    pays = (each for each in read if isinstance(each, Commanded) and each.command == "pay")
    return next((each for each in pays if funding.waits(talk, each)), None)


def campaign_from(talk: Talk, text: str) -> Answer:
    """Open the campaign form where a text says enough of one; nothing where it does not."""
    return campaigns.begin(talk, text) if brief.is_one(text, talk.today) else []


def _accept(talk: Talk, found: Intent, text: str) -> Answer:
    del found, text
    waiting = unasked.waiting_offers(talk)
    return unasked.agree(talk, waiting[0]) if len(waiting) == 1 else []


def _decline(talk: Talk, found: Intent, text: str) -> Answer:
    del found, text
    waiting = unasked.waiting_offers(talk)
    return [Open("decline_said", seen=Seen(waiting[0].id, waiting[0].mark))] if len(waiting) == 1 else []


def _approve(talk: Talk, found: Intent, text: str) -> Answer:
    """Open the yes to the one thing that waits for it: a draft, or a post shown by a picture."""
    del found, text
    waiting = [("approve", piece) for _, piece in drafts.waiting(talk)]
    waiting += [("confirm_post", piece) for _, piece in drafts.to_confirm(talk)]
    return [Open(form, seen=Seen(p.id, p.mark)) for form, p in waiting] if len(waiting) == 1 else []


def _changes(talk: Talk, found: Intent, text: str) -> Answer:
    """Open the no to the one thing that waits, with the words as its reason."""
    waiting = [("changes", piece) for _, piece in drafts.waiting(talk)]
    waiting += [("refuse_post", piece) for _, piece in drafts.to_confirm(talk)]
    if len(waiting) != 1:
        return []
    form, piece = waiting[0]
    reason = str(found.args.get("reason") or text).strip()
    return [Open(form, {"reason": reason}, seen=Seen(piece.id, piece.mark))]


def _review(talk: Talk, found: Intent, text: str) -> Answer:
    deal = reviews.newest_to_review(talk)
    if not isinstance(deal, UUID) or "stars" not in found.args:
        return []
    slots = {"stars": str(found.args["stars"]), "text": text.strip()}
    return [Open("review", slots, seen=Seen(deal, DEAL.mark(talk, deal)))]


def _fund(talk: Talk, found: Intent, text: str) -> Answer:
    """Open the payment of the chosen set; where its payment page waits, its button is what was meant."""
    del found, text
    if (pressed := _checkout(talk)) is not None:
        return [pressed]
    campaign = funding.campaign_to_fund(talk)
    if not isinstance(campaign, UUID):
        return []
    seen = Seen(campaign, FUNDING.mark(talk, campaign))
    slots = funding.of_the_set(talk, seen)
    return [Open("fund", slots, seen=seen)] if slots else []


def _close(talk: Talk, found: Intent, text: str) -> Answer:
    del found
    campaign, rest = funding.campaign_to_close(talk, text), funding.rest_of(text)
    if not isinstance(campaign, UUID):
        return campaign
    return [Open("close", {"rest": rest} if rest else {}, seen=Seen(campaign, CLOSING.mark(talk, campaign)))]


def _cancel_deal(talk: Talk, found: Intent, text: str) -> Answer:
    """Ask to cancel the running deal with somebody who is named; where there is none, show what there is."""
    del text
    who = str(found.args.get("who", ""))
    running = messages.running_deals(talk)
    if not who or not running:
        return []
    scenes = deal_cards.scenes(talk.work, running)
    theirs = [s.deal for s in scenes if whom.is_called(messages.other_side(talk, s), who)]
    if not theirs:
        shown = [DEAL.show(talk, deal.id)[0] for deal in running[-DEALS_SHOWN:]]
        return [card(say("deal.none_with", who=who)), *shown]
    if len(theirs) == 1 and theirs[0].state is DealState.AGREED:
        return [Open("cancel_deal", seen=Seen(theirs[0].id, theirs[0].mark))]
    return [one for deal in theirs for one in DEAL.show(talk, deal.id)]


def _message(talk: Talk, found: Intent, text: str) -> Answer:
    """Ask what to pass on to whoever is named, where there is one running deal with them."""
    del text
    who = str(found.args.get("who", ""))
    scenes = deal_cards.scenes(talk.work, messages.running_deals(talk)) if who else []
    theirs = [s.deal for s in scenes if whom.is_called(messages.other_side(talk, s), who)]
    return [Open("message", seen=Seen(theirs[0].id, theirs[0].mark))] if len(theirs) == 1 else []


def more_days(talk: Talk, text: str) -> Answer:
    """Take a yes to a request for more days that was the last thing shown; the days are shown first."""
    if not talk.memberships or not understanding.affirms(text):
        return []
    read = (tokens.read(action) for _, action in conversations.offered(talk.work, talk.address)[:NEWEST])
    asked = (each for each in read if isinstance(each, Commanded) and each.command == "extend")
    pressed = next(asked, None)
    seen = Seen.read(pressed.argument, pressed.shown) if pressed else None
    if seen is None or not seen.detail.isdecimal() or PIECE.mark(talk, seen.id) != seen.mark:
        return []
    return [Open("extend_said", {"days": int(seen.detail)}, seen=seen)]


def _rate(talk: Talk, found: Intent, text: str) -> Answer:
    del text
    if talk.creator is None or not found.args:
        return []
    slots: dict[str, Any] = {"kind": found.args["kind"]} if "kind" in found.args else {}
    if isinstance(amount := found.args.get("amount"), (int, float)):
        slots["amount"] = Money.of(amount, talk.creator.currency).minor
    return [Open("rate", slots)]


def _more_time(talk: Talk, found: Intent, text: str) -> Answer:
    """Ask for the days that were said; the form asks for how many where they are too many, or none."""
    del text
    days = found.args.get("days")
    if talk.creator is None or not isinstance(days, int) or not 1 <= days <= pieces.DAYS_MAX:
        return []
    return [
        Open(part.form, {"days": days}, seen=part.seen) if isinstance(part, Open) else part
        for part in creators_work.ask_more_time(talk, None)
    ]


def _payout(talk: Talk, found: Intent, text: str) -> Answer:
    del found
    label = payees.account(text, talk.creator.country) if talk.creator else ""
    if talk.creator is None or not label:
        return []
    mark = PAYEE.mark(talk, talk.creator.id)
    return [Open("payout", {"label": label}, seen=Seen(talk.creator.id, mark))]


_OPENS: Mapping[str, Callable[[Talk, Intent, str], Answer]] = {
    "accept": _accept,
    "decline": _decline,
    "approve": _approve,
    "changes": _changes,
    "review": _review,
    "fund": _fund,
    "campaign_close": _close,
    "cancel_deal": _cancel_deal,
    "message_other": _message,
    "payout_setup": _payout,
    "change_rate": _rate,
    "more_time": _more_time,
}

DIALOGUES: tuple[Dialogue, ...] = ()
COMMANDS = (Command("campaign_from", campaign_from),)
