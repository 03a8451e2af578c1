"""Notices about people and businesses: proofs, answers from support, summaries."""

from uuid import UUID

from bots.cards import step_up as step_up_cards
from bots.cards.links import link_card
from bots.cards.summary import summary
from bots.conversation.card import card, link, press
from bots.notices.telling import Render, Telling
from bots.phrases.amounts import moment
from bots.phrases.languages import translated
from bots.phrases.sentences import say
from core.accounts import workspaces
from core.linking import service as linking
from core.linking.schemas import LinkView
from core.messaging.messages import Button, OutgoingMessage
from core.privacy import export
from core.step_up import service as step_up
from core.step_up.errors import ChangeNotFound
from core.step_up.schemas import StepUpView


def _website(t: Telling) -> list[OutgoingMessage]:
    key = "notice.website_found" if t.facts["found"] else "notice.website_missing"
    return [card(say(key, domain=t.facts["domain"], code=t.facts["code"]))]


def _answer(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.answer", text=t.facts["text"]), [press(say("human.reply"), "reply")])]


def _link(t: Telling) -> LinkView:
    return linking.view_of(t.work, UUID(t.facts["request_id"]))


def _link_asked(t: Telling) -> list[OutgoingMessage]:
    found = _link(t)
    return [link_card(t.work, found, found.to_person)]


def _linked(t: Telling) -> list[OutgoingMessage]:
    found = _link(t)
    until = moment(found.undo_until) if found.undo_until else ""
    text = say("notice.linked", app=found.channel.capitalize(), name=found.from_name, until=until)
    return [card(text, [press(say("notice.undo_link"), "unlink")])]


def _link_refused(t: Telling) -> list[OutgoingMessage]:
    del t
    return [card(say("notice.link_refused"))]


def _link_undone(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.link_undone", app=_link(t).channel.capitalize()))]


def _change(t: Telling) -> StepUpView | None:
    try:
        return step_up.view_of(t.work, UUID(t.facts["step_up_id"]))
    except ChangeNotFound:
        return None  # forgotten with its person


def _step_up_asked(t: Telling) -> list[OutgoingMessage]:
    found = _change(t)
    return [step_up_cards.asked(t.work, found)] if found and found.waits else []


def _step_up_told(t: Telling) -> list[OutgoingMessage]:
    found = _change(t)
    return [step_up_cards.stands(t.work, found)] if found and not found.waits else []


def _data_asked(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.data_asked", app=t.facts["app"].capitalize()), [_end_links()])]


def _data_sent(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.data_sent", app=t.facts["app"].capitalize()), [_end_links()])]


def _end_links() -> Button:
    return press(say("data.end"), "end_data_links")


def _data_ready(t: Telling) -> list[OutgoingMessage]:
    files = t.tools.media
    url = export.link_for(t.work, files.keys, files.public_url, UUID(t.facts["person_id"]))
    return [card(say("notice.data_ready"), [link(say("data.open"), url)])]


def _workspace(t: Telling) -> str:
    return workspaces.workspace_of(t.work, UUID(t.facts["workspace_id"])).name


def _left_team(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.left_team", workspace=_workspace(t)))]


def _role_changed(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.role_changed", workspace=_workspace(t), role=translated(t.facts["role"])))]


def _workspace_told(key: str) -> Render:
    def tell(t: Telling) -> list[OutgoingMessage]:
        return [card(say(key, workspace=_workspace(t), reason=t.reason))]

    return tell


def _creator_told(key: str) -> Render:
    return lambda t: [card(say(key, reason=t.reason))]


def _summary(t: Telling) -> list[OutgoingMessage]:
    return summary(t.work, UUID(t.facts["person_id"]))


RENDERERS: dict[str, Render] = {
    "website_checked": _website,
    "answer": _answer,
    "summary": _summary,
    "workspace_frozen": _workspace_told("notice.workspace_frozen"),
    "workspace_unfrozen": _workspace_told("notice.workspace_unfrozen"),
    "creator_frozen": _creator_told("notice.creator_frozen"),
    "creator_unfrozen": _creator_told("notice.creator_unfrozen"),
    "left_team": _left_team,
    "role_changed": _role_changed,
    "step_up_asked": _step_up_asked,
    "step_up_stopped": _step_up_told,
    "step_up_failed": _step_up_told,
    "data_asked": _data_asked,
    "data_ready": _data_ready,
    "data_sent": _data_sent,
    "link_asked": _link_asked,
    "linked": _linked,
    "link_refused": _link_refused,
    "link_undone": _link_undone,
}
