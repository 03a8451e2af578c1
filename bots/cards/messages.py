"""Cards of what the two sides of a deal write to each other."""

from collections.abc import Sequence

from bots.cards.deals import Scene
from bots.conversation.card import card, press
from bots.phrases.amounts import moment
from bots.phrases.sentences import say
from core.deals.schemas import DealView, MessageView
from core.kit.process import Party
from core.kit.work import Work
from core.media import service as media
from core.messaging.messages import Attachment, Button, OutgoingMessage

LIST_SHOWN = 10


def message(work: Work, s: Scene, written: MessageView) -> OutgoingMessage:
    """Show one message to the side that did not write it, with how to answer it and how to report it."""
    key = "message.evidence_card" if written.evidence else "message.card"
    text = say(key, who=_name(s, written.side), title=s.title, words=_quoted(written))
    if written.held_back:
        text += "\n" + say("message.left_out", who=_name(s, written.side))
    buttons = [answer_button(s.deal), press(say("message.report"), "report_message", written.id)]
    return card(text, buttons, _files(work, [written]))


def conversation(work: Work, s: Scene, written: Sequence[MessageView]) -> OutgoingMessage:
    """Show the newest of what was written in a deal, with its files."""
    shown = written[-LIST_SHOWN:]
    lines = [
        say("message.line", at=moment(each.at), who=_name(s, each.side), words=_quoted(each))
        for each in shown
    ]
    text = say("message.list", title=s.title, lines="\n".join(lines))
    return card(text, [answer_button(s.deal)], _files(work, shown))


def answer_button(deal: DealView) -> Button:
    """Return the button that opens a message to the other side."""
    return press(say("message.answer"), "message", deal.id)


def _name(s: Scene, side: Party) -> str:
    return s.brand.name if side is Party.BRAND else s.creator.name


def _quoted(written: MessageView) -> str:
    files = say("draft.files", n=len(written.media_ids)).strip() if written.media_ids else ""
    return f"“{written.words}”" if written.words else files


def _files(work: Work, written: Sequence[MessageView]) -> list[Attachment]:
    known = media.many(work, [media_id for each in written for media_id in each.media_ids])
    return [Attachment(str(file.id), file.kind, file.name) for file in known.values()]
