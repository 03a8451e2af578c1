"""The card of one payment into a campaign: the way to pay, and afterwards what became of it."""

from uuid import UUID

from bots.cards import words
from bots.cards.deals import play
from bots.conversation.card import card, link, on_turn, press
from bots.conversation.dialogue import Tools
from bots.phrases.amounts import moment, money
from bots.phrases.sentences import say
from core.accounts import workspaces
from core.campaigns import service as campaigns
from core.kit.actors import ActorKind
from core.kit.consent import mark
from core.kit.work import Work
from core.messaging import cards
from core.messaging.cards import Living
from core.messaging.messages import OutgoingMessage
from core.payments import funding as payment
from core.payments.schemas import FundingView
from core.payments.states import FundingState


def asked(funding: FundingView) -> list[OutgoingMessage]:
    """Say what paying in came to: what was taken from credit, and that the page for the rest is coming."""
    told = []
    if funding.from_credit:
        told.append(card(say("fund.from_credit", amount=money(funding.from_credit))))
    if funding.by_card:
        told.append(card(say("fund.asked")))
    return told


def _asked_by(work: Work, funding: FundingView) -> str:
    """Return who asked for a payment; the brand, where that person was forgotten."""
    brand = workspaces.workspace_of(work, campaigns.get(work, funding.campaign_id).workspace_id).name
    return words.who(work, f"{ActorKind.PERSON}:{funding.asked_by}", brand)


def checkout(work: Work, tools: Tools, funding_id: UUID) -> OutgoingMessage:
    """Show a payment: its page while it waits, one line when it is over."""
    funding, url = payment.funding_of(work, funding_id)
    title = campaigns.get(work, funding.campaign_id).title
    amount, buttons = money(funding.by_card), []
    if funding.state is FundingState.READY:
        text = say("notice.checkout_ready", amount=amount, title=title, play=play(tools))
        buttons = [link(say("notice.pay_page"), url)]
        if tools.rails.is_play(funding.rail):
            pay = press(say("notice.pay_play"), "pay", funding.id, funding.mark)
            buttons.insert(0, pay)
        text = on_turn(text)
    elif funding.over_at is not None:
        state = words.state(funding.state)
        facts = {"title": title, "amount": amount, "state": state, "at": moment(funding.over_at)}
        text = say("card.payment_over", who=_asked_by(work, funding), **facts)
    else:
        text = say("card.payment", title=title, amount=amount, state=words.state(funding.state))
    shown = mark(funding.mark, funding.state)
    return card(text, buttons, living=Living(cards.checkout(funding_id), shown))
