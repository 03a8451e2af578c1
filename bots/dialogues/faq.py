"""Questions about the product, answered with the person's own figures, and the words of the trade."""

from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, Command, Dialogue, Talk
from bots.phrases.amounts import listed, moment, money, percent
from bots.phrases.faq import SENTENCES
from bots.phrases.sentences import say
from bots.understanding import glossary, ways
from core.campaigns import service as campaigns
from core.kit.money import Money
from core.networks.places import PLACES
from core.payments import payouts
from core.terms import service as conditions
from core.terms.schemas import Terms

SHOWN_NEXT = {
    "fees": (("wish.how_it_works", "faq", "how_it_works"),),
    "money_status": (("button.money", "money", ""),),
    "refund": (("wish.campaign_close", "close", ""), ("button.money", "money", "")),
    "invoice": (("button.money", "money", ""),),
    "safety": (("wish.is_this_you", "genuine", ""),),
    "boost": (("button.find_work", "find", ""), ("button.profile", "profile", "")),
    "who_am_i": (("wish.how_it_works", "faq", "how_it_works"), ("wish.is_this_you", "genuine", "")),
    "pay_when": (("wish.fees", "faq", "fees"), ("wish.refund", "faq", "refund")),
    "see_first": (("wish.how_it_works", "faq", "how_it_works"),),
    "how_it_works": (("wish.fees", "faq", "fees"), ("wish.safety", "faq", "safety")),
    "gift": (("button.new_campaign", "campaign", ""),),
}
"""(label, command, argument) of what one may want after an answer; a person is always among them."""


def has(topic: str) -> bool:
    """Tell whether we answer a question."""
    return f"faq.{topic}" in SENTENCES


def answer(talk: Talk, topic: str) -> Answer:
    """Answer a question. Raises ValueError for one that we do not."""
    if not has(topic):
        raise ValueError(topic)
    own = _own(talk, topic)
    lines = [say(f"faq.{topic}", **_terms(talk)), *own]
    buttons = [press(say(label), command, argument) for label, command, argument in SHOWN_NEXT.get(topic, ())]
    person = press(say("wish.person"), "human")
    return [card("\n\n".join(lines), [*buttons, person], public=not own and _are_standard(talk))]


def word(talk: Talk, words: str) -> Answer:
    """Say what a word of the trade means."""
    term = glossary.term_of(ways.folded(words))
    text = say(f"word.{term}", **_terms(talk)) if term else say("word.unknown", term=words)
    return [card(text, [press(say("wish.person"), "human")], public=_are_standard(talk))]


def _are_standard(talk: Talk) -> bool:
    """Tell whether somebody's terms are everybody's: others are their own business."""
    return _own_terms(talk) == Terms()


def _own_terms(talk: Talk) -> Terms:
    own = talk.memberships[0].workspace.id if talk.memberships else None
    return conditions.terms_of(talk.work, own) if own else Terms()


def _terms(talk: Talk) -> dict[str, object]:
    own = _own_terms(talk)
    return {
        "rate": percent(own.commission_bps),
        "tranche": percent(own.first_tranche_bps),
        "retention_days": own.retention_days,
        "delay": own.security_delay_days,
        "accept": own.accept_hours,
        "draft": own.draft_days,
        "publish": own.publish_days,
        "review": own.review_hours,
        "revisions": own.revisions,
        "restore": own.restore_hours,
        "platforms": listed([place.title for place in PLACES]),
    }


def _own(talk: Talk, topic: str) -> list[str]:
    """Return what the answer comes to for whoever asks."""
    if topic == "money_status" and talk.creator is not None:
        return _payouts(talk)
    return _fee(talk) if topic == "fees" and talk.memberships else []


def _payouts(talk: Talk) -> list[str]:
    assert talk.creator is not None  # noqa: S101  (asked just before)
    lines = []
    for wallet in payouts.wallets(talk.work, talk.creator.id):
        if wallet.waiting and wallet.next_available_at:
            at = moment(wallet.next_available_at)
            lines.append(say("faq.your_next", amount=money(wallet.waiting), at=at))
        if wallet.available:
            lines.append(say("faq.your_ready", amount=money(wallet.available)))
    return lines


def _fee(talk: Talk) -> list[str]:
    """Return the commission on what the newest campaign pays a creator."""
    workspaces = [membership.workspace.id for membership in talk.memberships]
    newest = next(iter(campaigns.of_workspaces(talk.work, workspaces)), None)
    if newest is None or newest.cashless:
        return []
    each = Money(newest.budget.minor // (newest.brief.creators_min or 1), newest.currency)
    quote = conditions.quote(each, conditions.terms_of(talk.work, newest.workspace_id))
    facts = {"title": newest.title, "fee": money(quote.commission), "price": money(each)}
    return [say("faq.your_campaign", **facts)]


DIALOGUES: tuple[Dialogue, ...] = ()
COMMANDS = (Command("faq", answer), Command("word", word))
