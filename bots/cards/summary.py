"""What a brand hears now and then: what waits for it and what runs, over all its campaigns."""

from collections.abc import Callable
from uuid import UUID

from bots.conversation.card import card, press
from bots.phrases.sentences import say
from core.accounts import members, workspaces
from core.accounts.states import WorkspaceKind
from core.deals import views as deals
from core.deals.schemas import DealView
from core.deals.states import BEFORE_WORK, DealState, DeliverableState
from core.kit.process import Party
from core.kit.work import Work
from core.messaging.messages import OutgoingMessage

ANSWERABLE = (DealState.OFFERED, DealState.APPLIED)


def summary(work: Work, person_id: UUID) -> list[OutgoingMessage]:
    """Return one card per workspace where something waits or runs; two queries a workspace."""
    cards = []
    for membership in members.memberships_of(work, person_id):
        own = [membership.workspace.id]
        if membership.workspace.kind is WorkspaceKind.AGENCY:
            own += [client.id for client in workspaces.clients_of(work, membership.workspace.id)]
        lines = _lines(deals.of_workspaces(work, own))
        if lines:
            text = say("summary.card", workspace=membership.workspace.name, lines="\n".join(lines))
            buttons = [
                press(say("button.drafts"), "drafts_brand"),
                press(say("button.campaigns"), "campaigns"),
                press(say("summary.how_often"), "summaries"),
            ]
            cards.append(card(text, buttons))
    return cards


def _lines(found: list[DealView]) -> list[str]:
    def pieces(state: DeliverableState) -> int:
        agreed = (deal for deal in found if deal.state is DealState.AGREED)
        return sum(piece.state is state for deal in agreed for piece in deal.deliverables)

    def those(fits: Callable[[DealView], bool]) -> int:
        return sum(map(fits, found))

    counts = {
        "summary.drafts": pieces(DeliverableState.IN_REVIEW),
        "summary.proofs": pieces(DeliverableState.CLAIMED),
        "summary.answers": those(lambda d: d.state in ANSWERABLE and d.turn is Party.BRAND),
        "summary.overdue": pieces(DeliverableState.OVERDUE),
        "summary.offers": those(lambda d: d.state is DealState.OFFERED and d.turn is Party.CREATOR),
        "summary.running": those(lambda d: d.state in {*BEFORE_WORK, DealState.AGREED}),
        "summary.live": pieces(DeliverableState.LIVE),
    }
    return [say(key, n=count) for key, count in counts.items() if count]
