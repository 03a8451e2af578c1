"""A brand's or an agency's team: who is in it, invitations, roles, and whose it is."""

from dataclasses import dataclass
from uuid import UUID

from bots.cards import deep
from bots.cards.teams import TEAM, team_card
from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Choice, Field, Form, Kind, Slots, facts, fixed
from bots.dialogues import answers
from bots.dialogues.workspace import acting_workspaces, load_workspace, of_workspace, own_workspaces
from bots.phrases.languages import translated
from bots.phrases.sentences import say
from core.accounts import members, permissions, team, workspaces
from core.accounts.schemas import MembershipView, WorkspaceView
from core.accounts.states import Permission, Role

ROLES = fixed(
    ("manager", "Manager"),
    ("approver", "Approver"),
    ("finance", "Finance"),
    ("viewer", "Viewer"),
    ("owner", "Owner"),
)
REMOVE, HAND_OVER = "remove", "hand_over"


def show(talk: Talk, argument: str) -> Answer:
    """Show who belongs to the team."""
    del argument
    own = own_workspaces(talk, Permission.SEE)
    if not own:
        return [card(say("nothing.brand")), Open("workspace")]
    return [team_card(talk, own[0], own[1:])]


INVITE = Form(name="invite", fields=(Field("role", Kind.CHOICE, say("team.role"), "Role", ROLES),))


def ask_invite(talk: Talk, workspace_id: UUID) -> Answer:
    """Ask for the role of a new colleague."""
    permissions.require(talk.work, workspace_id, Permission.TEAM)
    return [Open("invite", seen=Seen(workspace_id, ""))]


def invite(talk: Talk, slots: Slots, key: str) -> Answer:
    """Make an invitation code."""
    del key
    role = Role(slots["role"])
    code = members.invite(talk.work, of_workspace(slots).id, role)
    return [
        card(
            say("team.code", code=code, role=translated(role)),
            deep.buttons(talk.tools, f"join_{code}"),
        )
    ]


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation into a team, by the reference that its button carries."""

    workspace_id: UUID
    reference: str

    @classmethod
    def read(cls, argument: str) -> "Invitation":
        """Read what a button carried. Raises ValueError for anything else."""
        workspace, _, reference = argument.partition(".")
        return cls(UUID(workspace), reference)


def uninvite(talk: Talk, invitation: Invitation) -> Answer:
    """Take an invitation back."""
    team.revoke_invitation(talk.work, invitation.workspace_id, invitation.reference)
    return [card(say("team.uninvited"))]


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """A team that is about to change."""

    seen: Seen
    workspace: WorkspaceView
    members: tuple[MembershipView, ...]

    def name_of(self, person_id: str) -> str:
        """Return how a member is called."""
        return next((m.person.name for m in self.members if m.person.id.hex == person_id), "–")


def _load(talk: Talk, seen: Seen) -> TeamFacts:
    permissions.require(talk.work, seen.id, Permission.TEAM)
    found = tuple(members.members_of(talk.work, seen.id))
    return TeamFacts(seen, workspaces.workspace_of(talk.work, seen.id), found)


def _who(slots: Slots) -> list[Choice]:
    found = facts(TeamFacts, slots).members
    return [Choice(m.person.id.hex, f"{m.person.name} ({translated(m.role)})") for m in found]


def _changes(slots: Slots) -> list[Choice]:
    ways = ((HAND_OVER, say("team.hand_over")), (REMOVE, say("team.remove")))
    return [*ROLES(slots), *(Choice(name, label) for name, label in ways)]


def _summary(slots: Slots) -> str:
    about = facts(TeamFacts, slots)
    name, change = about.name_of(slots["who"]), slots["change"]
    if change == REMOVE:
        return say("team.remove_summary", name=name, workspace=about.workspace.name)
    if change == HAND_OVER:
        return say("team.hand_over_summary", name=name, workspace=about.workspace.name)
    return say("team.role_summary", name=name, workspace=about.workspace.name, role=translated(change))


MEMBER = Form(
    name="member",
    title=say("team.change"),
    fields=(
        Field("who", Kind.CHOICE, say("team.who"), "Who", _who),
        Field(
            "change",
            Kind.CHOICE,
            lambda s: say("team.what", name=facts(TeamFacts, s).name_of(s["who"])),
            "Change",
            _changes,
        ),
    ),
    summary=_summary,
    confirm=say("team.confirm"),
)


def ask_member(talk: Talk, seen: Seen) -> Answer:
    """Ask whose role changes, or who leaves."""
    del talk
    return [Open("member", seen=seen)]


def own_team(talk: Talk) -> UUID | Answer:
    """Find the first team that whoever talks may change."""
    own = acting_workspaces(talk, Permission.TEAM)
    return own[0].id if own else [card(say("talk.not_for_you"))]


def change(talk: Talk, slots: Slots, key: str) -> Answer:
    """Change the team as it was shown."""
    del key
    seen, person, wanted = facts(TeamFacts, slots).seen, answers.key(slots["who"]), slots["change"]
    if wanted == REMOVE:
        team.remove(talk.work, seen.id, person, shown=seen.mark)
    elif wanted == HAND_OVER:
        team.hand_over(talk.work, seen.id, person, shown=seen.mark)
    else:
        team.change_role(talk.work, seen.id, person, Role(wanted), shown=seen.mark)
    talk.refresh()
    return [card(say("team.changed")), *show(talk, "")]


def ask_leave(talk: Talk, argument: str) -> Answer:
    """Say what leaving means; the button does it."""
    del argument
    own = [found.workspace for found in talk.memberships]
    if not own:
        return [card(say("talk.not_for_you"))]
    buttons = [press(say("team.leave", workspace=found.name), "leave_now", found.id) for found in own]
    return [card(say("team.leave_ask"), buttons)]


def leave(talk: Talk, workspace_id: UUID) -> Answer:
    """Leave a team."""
    name = workspaces.workspace_of(talk.work, workspace_id).name
    team.leave(talk.work, workspace_id)
    talk.refresh()
    return [card(say("team.left", workspace=name))]


DIALOGUES = (Dialogue(INVITE, invite, load=load_workspace), Dialogue(MEMBER, change, load=_load, binds=TEAM))
COMMANDS = (
    Command("team", show, ("team",), Audience.BRAND, "who may do what"),
    Command("invite", ask_invite, takes=UUID),
    Command("uninvite", uninvite, takes=Invitation.read),
    Command("member", ask_member, ("change team",), Audience.BRAND, binds=TEAM, finds=own_team),
    Command("leave_team", ask_leave, ("leave team",), Audience.BRAND),
    Command("leave_now", leave, takes=UUID),
)
