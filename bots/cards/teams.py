"""A team before its people: who is in it as what, invitations that are open, and what can be changed."""

from collections.abc import Sequence
from uuid import UUID

from bots.conversation.card import card, press
from bots.conversation.dialogue import Talk
from bots.phrases.amounts import listed, moment
from bots.phrases.languages import translated
from bots.phrases.sentences import say
from core.accounts import members, permissions, team, workspaces
from core.accounts.schemas import WorkspaceView
from core.accounts.states import Permission
from core.messaging.messages import OutgoingMessage


class TeamThing:
    """A team: who is in it, as what."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of the team. Raises RoleMissing, WorkspaceNotFound for who may not change it."""
        permissions.require(talk.work, thing_id, Permission.TEAM)
        return team.mark_of(talk.work, thing_id)

    def show(self, talk: Talk, thing_id: UUID) -> list[OutgoingMessage]:
        """Show the team."""
        return [team_card(talk, workspaces.workspace_of(talk.work, thing_id))]

    def changes(self, talk: Talk, thing_id: UUID, shown: str) -> list[str]:
        """Return nothing: the card says who is in it now."""
        del talk, thing_id, shown
        return []


TEAM = TeamThing()


def team_card(talk: Talk, found: WorkspaceView, clients: Sequence[WorkspaceView] = ()) -> OutgoingMessage:
    """Return a team with what whoever looks may change about it."""
    own = members.members_of(talk.work, found.id)
    lines = "\n".join(f"• {m.person.name}: {translated(m.role)}" for m in own)
    text = say("team.card", workspace=found.name, lines=lines)
    if clients:
        text += "\n\n" + say("team.clients", clients=listed([client.name for client in clients]))
    if not permissions.may(talk.work, found.id, Permission.TEAM):
        return card(text)
    buttons = [press(say("team.invite"), "invite", found.id)]
    buttons.append(press(say("team.change"), "member", found.id, team.mark_of(talk.work, found.id)))
    for invitation in team.invitations(talk.work, found.id):
        label = say("team.uninvite", role=translated(invitation.role), until=moment(invitation.expires_at))
        buttons.append(press(label, "uninvite", f"{found.id.hex}.{invitation.reference}"))
    return card(text, buttons)
