"""What a free sentence wants: it is shown or answered at once where that is sure, and asked where it is not.

Nothing that binds somebody runs from a sentence: it shows the thing with its buttons.
"""

from dataclasses import dataclass

from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, Aside, Command, Dialogue, Open, Talk
from bots.conversation.session import Frame
from bots.conversation.tokens import Commanded
from bots.dialogues import campaign_edit, everybody, faq, in_words, whom, workspace
from bots.dialogues import campaigns as campaign_talk
from bots.phrases.languages import LANGUAGES
from bots.phrases.sentences import say
from bots.understanding import brand_intro, brief, changes, gifts, intents, intro
from bots.understanding.intents import Intent
from core.accounts.states import Permission
from core.conversations import service as conversations

BRAND, CREATOR = "b", "c"


@dataclass(frozen=True, slots=True)
class Wish:
    """How an intent is called on a button, and which command shows it to a brand and to a creator.

    `on_its_card`: what is wanted is a button of the cards that are shown, and the person presses it.
    """

    label: str
    brand: str = ""
    creator: str = ""
    on_its_card: bool = False


def _both(label: str, command: str) -> Wish:
    return Wish(label, command, command)


WISHES: dict[str, Wish] = {
    "introduce": Wish("start.creator", creator="profile"),
    "campaign_new": Wish("button.new_campaign", "campaign"),
    "campaign_list": Wish("button.campaigns", "campaigns"),
    "campaign_edit": Wish("wish.campaign_edit", "edit_campaign"),
    "campaign_close": Wish("wish.campaign_close", "close"),
    "matches": Wish("wish.matches", "matches"),
    "more_like": Wish("wish.more_like", "like"),
    "cheaper": Wish("wish.cheaper", "cheaper"),
    "why": Wish("wish.why", "why"),
    "who_is": Wish("wish.who_is", "look"),
    "add": Wish("wish.add", "add"),
    "remove": Wish("wish.remove", "remove"),
    "fund": Wish("wish.fund", "fund"),
    "drafts": Wish("button.drafts", "drafts_brand", "draft"),
    "approve": Wish("draft.approve", "drafts_brand", on_its_card=True),
    "changes": Wish("wish.changes", "drafts_brand", on_its_card=True),
    "report": Wish("button.report", "report", "profile"),
    "offers": Wish("button.offers", creator="offers"),
    "my_work": Wish("button.my_work", "deals", "work"),
    "submit_draft": Wish("button.hand_in_draft", creator="draft"),
    "submit_post": Wish("button.i_posted", creator="post"),
    "more_time": Wish("wish.more_time", "drafts_brand", "more_time"),
    "withdraw": Wish("wish.withdraw", "deals", "work", on_its_card=True),
    "change_rate": Wish("wish.change_rate", creator="rate"),
    "accept": Wish("offer.accept", "deals", "offers", on_its_card=True),
    "decline": Wish("offer.decline", "deals", "offers", on_its_card=True),
    "counter": Wish("offer.counter", "deals", "offers", on_its_card=True),
    **dict.fromkeys(("profile", "score", "connect"), Wish("button.profile", creator="profile")),
    "payout_setup": Wish("wish.payout_setup", creator="payout"),
    "money_status": _both("button.money", "money"),
    "team": Wish("button.team", "team"),
    "verify": Wish("button.verify", "verify", "profile"),
    "dispute": Wish("button.open_a_dispute", "deals", "work", on_its_card=True),
    "cancel_deal": Wish("wish.cancel_deal", "deals", "work", on_its_card=True),
    "review": _both("wish.review", "review"),
    "message_other": _both("wish.message_other", "message"),
    "human": _both("wish.person", "human"),
    "help": _both("button.help", "help"),
    "is_this_you": _both("wish.is_this_you", "genuine"),
    "menu": _both("wish.menu", "menu"),
    "language": _both("wish.language", "language"),
    "export_data": _both("wish.export_data", "own_data"),
    "delete_data": _both("wish.delete_data", "delete"),
    "boost": Wish("wish.boost"),
    "refund": Wish("wish.refund"),
    "invoice": Wish("wish.invoice"),
    "fees": Wish("wish.fees"),
    "plan": Wish("wish.plan"),
    "how_it_works": Wish("wish.how_it_works"),
    "safety": Wish("wish.safety"),
    "gift": Wish("wish.gift"),
    "glossary": Wish("wish.glossary"),
    "thanks": Wish("wish.thanks"),
    "stop_notices": Wish("wish.stop_all"),
    "switch_side": Wish("wish.menu"),
}
ABOUT_SOMEBODY = frozenset({"more_like", "why", "who_is", "add", "remove"})
"""What is about one creator of the set: somebody who is named is found, else whoever is meant is asked."""
WHO = frozenset({"introduce", "switch_side"})
"""What says who somebody is."""
BESIDE = frozenset(
    {
        *("fees", "how_it_works", "safety", "glossary", "money_status", "refund", "invoice", "plan"),
        *("thanks", "is_this_you", "offers", "my_work", "campaign_list", "report"),
    }
)
"""What may be asked in the middle of something else, where it is said in known words or put as a question."""
ELSEWHERE = BESIDE | {
    *("campaign_close", "campaign_edit", "drafts", "team", "profile", "score", "payout_setup", "verify"),
    *("matches", "who_is", "cancel_deal", "dispute", "more_time", "message_other"),
}
"""Where somebody may go from a question that did not understand them; it is asked again afterwards."""
ALWAYS = frozenset({"human", "delete_data", "export_data", "stop_notices"})
"""What is heard in the middle of anything: nobody is kept in a form who wants out of it."""
FOR_EVERYBODY = frozenset(
    {"human", "help", "is_this_you", "menu", "language", "export_data", "delete_data", "money_status"}
)
"""What somebody may want who is nothing yet."""
FOR_NOBODY = FOR_EVERYBODY | {"thanks", "glossary", "stop_notices"}
"""What is answered in the middle of something, too, to somebody who is nothing yet."""


def free_text(talk: Talk, text: str) -> Answer:
    """Make the best of a sentence that no form waits for."""
    if not text:
        return everybody.hello(talk, "")
    found = talk.wanted(text)
    is_sure = found.name != intents.NONE and found.sure
    opened = in_words.opened(talk, found, text) if is_sure else in_words.begun_by(talk, found, text)
    if begun := _said_so_far(talk, text) or _begun(talk, text, found) or opened:
        return begun
    if is_sure:
        return _switched(talk, text) if found.topic == "switch" else granted(talk, found)
    if conversations.answered_lately(talk.work):
        return everybody.passed_on(talk, text)
    if not talk.sides:
        return [card(say("start.unsure"), [*everybody.sides_to_take(), press(say("wish.person"), "human")])]
    return _asked(talk, found)


def _switched(talk: Talk, text: str) -> Answer:
    """Answer who wants to be in another workspace: with its campaigns, or which workspaces there are."""
    own = workspace.own_workspaces(talk, Permission.SEE)
    known = any(each.name.casefold() in text.casefold() for each in own)
    return [Commanded("campaigns")] if known or not talk.memberships else workspace.named(talk)


def _said_so_far(talk: Talk, text: str) -> Answer:
    """Do what only what was shown before gives its meaning: names of a set, a yes to a request."""
    return in_words.of_the_set(talk, text) or in_words.more_days(talk, text)


def aside(talk: Talk, text: str, frame: Frame, how: Aside) -> Answer:
    """Answer what is asked beside an open question; nothing where that is not sure: it may be the answer.

    What the open form itself is for is none of it.
    """
    found = talk.wanted(text)
    if found.name in WISHES and frame.form in {WISHES[found.name].brand, WISHES[found.name].creator}:
        return []
    instead = in_words.instead(talk, found, text, frame) if how is Aside.MISSED else []
    if how is Aside.MISSED and frame.form == "fund":
        instead = in_words.of_the_set(talk, text)
        if not instead and campaign_edit.wants(talk, text):
            instead = campaign_edit.in_words(talk, text)
    return instead or (_told(talk, found, text) if _is_beside(found, text, how) else [])


def _is_beside(found: Intent, text: str, how: Aside) -> bool:
    """Tell whether words are for sure no answer, but what may be wanted in the middle of it."""
    if found.name == "human" and how is Aside.MISSED:
        return True  # sure or not: asking for a person must never fail
    if not found.sure or (not found.literal and (how is Aside.PROSE or len(text.split()) == 1)):
        return False
    asks = how is Aside.ASKED and (found.literal or changes.asks(text))
    heard = ELSEWHERE if how is Aside.MISSED else BESIDE if asks else ALWAYS
    return found.name in heard | ALWAYS


def _told(talk: Talk, found: Intent, text: str) -> Answer:
    """Answer or show what is wanted in the middle of something; who is nothing yet hears when it can be."""
    topic = found.topic or found.name
    if found.name != "human" and faq.has(topic):
        return faq.answer(talk, topic)
    if not talk.sides and found.name not in FOR_NOBODY:
        return [card(say("wish.after_this", wish=say(WISHES[found.name].label)))]
    if found.name == "campaign_edit" and talk.memberships:
        return campaign_edit.in_words(talk, text)
    return granted(talk, found)


def _begun(talk: Talk, text: str, found: Intent) -> Answer:
    """Begin what a brief, a change of one or an introduction begins; nothing where it is none of them."""
    edits = found.name == "campaign_edit" and found.sure
    about_somebody = found.name in ABOUT_SOMEBODY and found.sure
    if talk.memberships and (edits or (not about_somebody and campaign_edit.wants(talk, text))):
        return campaign_edit.in_words(talk, text)
    told_of_a_gift = found.name == "gift" and not changes.asks(text)
    begins = found.name == "campaign_new" or not found.sure or told_of_a_gift
    if talk.memberships and begins:
        facts = brief.slots(text, talk.today)
        gives = gifts.no_cash(text) and gifts.goods(text)
        if len(facts) >= brief.FACTS_ENOUGH or "budget" in facts or gives:
            return campaign_talk.begin(talk, text)
    return [] if talk.sides else _introduced(text, found)


def _introduced(text: str, found: Intent) -> Answer:
    """Begin with somebody who is nothing yet, as the side they speak for."""
    if brand_intro.is_brand(text) or (found.name == "campaign_new" and found.sure):
        return [Open("workspace", {}, text)]
    if changes.asks(text) or (found.sure and found.name not in WHO):
        return []
    if brand_intro.says_brand(text):
        return [Open("workspace", {}, text)]
    introduces = brand_intro.says_creator(text) or len(intro.slots(text)) > brief.FACTS_ENOUGH
    return [Open("onboard", {}, text)] if introduces else []


def granted(talk: Talk, found: Intent) -> Answer:
    """Show what is wanted, to whom it can be shown."""
    match found.name:
        case "thanks":
            return [card(say("wish.welcome"), public=True)]
        case "stop_notices":
            buttons = [press(say("wish.stop_all"), "stop"), press(say("wish.quiet"), "quiet")]
            return [card(say("wish.stop_ask"), buttons)]
        case "language" if found.args.get("language") in LANGUAGES:
            return [Commanded("language", str(found.args["language"]))]
        case "glossary" if found.args.get("term"):
            return faq.word(talk, str(found.args["term"]))
        case "switch_side":
            return [Commanded("onboard" if talk.memberships else "brand")]
    return _answered(talk, found) or _shown(talk, found)


def _answered(talk: Talk, found: Intent) -> Answer:
    """Answer a question; what has a place of its own is shown behind the answer."""
    topic = found.topic or found.name
    if not faq.has(topic):
        return []
    return [*faq.answer(talk, topic), *(_shown(talk, found) if found.name == "money_status" else [])]


def _shown(talk: Talk, found: Intent) -> Answer:
    if not talk.sides and found.name not in FOR_EVERYBODY:
        return everybody.hello(talk, "")
    wish = WISHES[found.name]
    commands = [wish.brand] if BRAND in talk.sides or not talk.sides else []
    commands += [wish.creator] if CREATOR in talk.sides and wish.creator not in commands else []
    commands = [command for command in commands if command]
    if not commands:
        return [card(say("wish.other_side")), *everybody.menu(talk, "")]
    if wish.on_its_card and not in_words.waits(talk, found.name):
        return in_words.payment_that_waits(talk) or [card(say("wish.nothing_waits"))]
    first = [card(say("wish.on_its_card", wish=say(wish.label)))] if wish.on_its_card else []
    who = str(found.args.get("who", "")) if found.name in ABOUT_SOMEBODY else ""
    named = who if who and whom.names_somebody(talk, who) else ""
    other = _other_command(talk, found, named)
    return [*first, *(Commanded(command, named) for command in [other] * bool(other) or commands)]


def _other_command(talk: Talk, found: Intent, named: str) -> str:
    """Return the command that shows what is wanted better than its wish's own, empty where none does."""
    if found.topic == "shortlist":
        return "shortlist" if whom.choosing(talk) else "money"
    if found.name == "why" and not named:
        return "matches"  # each of the set has its reasons there
    return "swap" if found.topic == "swap" and named else ""


def _asked(talk: Talk, found: Intent) -> Answer:
    """Offer the nearest two beside a person, and what can be done anyway."""
    near = [name for name in (found.name, found.second) if name in WISHES and name != "human"]
    buttons = {say(WISHES[name].label): press(say(WISHES[name].label), "wish", name) for name in near}
    person = press(say("wish.person"), "human")
    text = say("wish.unsure") if near else say("wish.not_ours" if found.sure else "talk.not_understood")
    return [card(text, [*buttons.values(), person]), *everybody.menu(talk, "")]


def wish(talk: Talk, name: str) -> Answer:
    """Show what was pressed. Raises ValueError for what nobody can want."""
    if name not in WISHES:
        raise ValueError(name)
    return granted(talk, Intent(name))


DIALOGUES: tuple[Dialogue, ...] = ()
COMMANDS = (Command("wish", wish),)
