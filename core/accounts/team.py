"""Changing a team: roles, who leaves it, whose it is, and invitations that are taken back.

Of a brand or an agency somebody is always the owner. What is changed in an agency is changed in the brands
it looks after, where a member of it would otherwise keep an older role.
"""

from uuid import UUID

from core.accounts import members, permissions, workspaces
from core.accounts.errors import CodeNotValid, LastOwnerStays, MemberNotFound
from core.accounts.models import Member
from core.accounts.repository import AccountRepository
from core.accounts.schemas import InvitationView
from core.accounts.states import Permission, Role
from core.events import service as events
from core.kit.consent import binding, mark, require
from core.kit.work import Work
from core.messaging import cards, outbox

REFERENCE_CHARACTERS = 16


def mark_of(work: Work, workspace_id: UUID) -> str:
    """Return the mark of a team as it stands: who is in it, as what."""
    found = members.members_of(work, workspace_id)
    return mark(workspace_id, *(f"{each.person.id}:{each.role}" for each in found))


@binding
def remove(work: Work, workspace_id: UUID, person_id: UUID, *, shown: str) -> None:
    """Take somebody out of a team; the invitations they gave are void.

    Raises:
        RoleMissing, WorkspaceNotFound, ShownChanged.
        MemberNotFound: for somebody who is not in it.
        LastOwnerStays: for the only owner.
    """
    permissions.require(work, workspace_id, Permission.TEAM)
    member = _locked(work, workspace_id, person_id, shown)
    _take_out(work, member)
    outbox.tell(work, person_id, "left_team", {"workspace_id": str(workspace_id)})


def leave(work: Work, workspace_id: UUID) -> None:
    """Leave a team oneself. Raises MemberNotFound, LastOwnerStays."""
    if work.actor.person_id is None:
        raise MemberNotFound
    AccountRepository(work.session).lock_workspace(workspace_id)
    _afresh(work)
    _take_out(work, _member(work, workspace_id, work.actor.person_id))


@binding
def change_role(work: Work, workspace_id: UUID, person_id: UUID, role: Role, *, shown: str) -> None:
    """Give a member another role. Raises as `remove`."""
    permissions.require(work, workspace_id, Permission.TEAM)
    member = _locked(work, workspace_id, person_id, shown)
    if member.role is Role.OWNER and role is not Role.OWNER:
        _keep_an_owner(work, member)
    _give(work, member, role)


@binding
def hand_over(work: Work, workspace_id: UUID, person_id: UUID, *, shown: str) -> None:
    """Make a member the owner in the acting owner's place, who becomes a manager. Raises as `remove`."""
    permissions.require(work, workspace_id, Permission.TEAM)
    member = _locked(work, workspace_id, person_id, shown)
    _give(work, member, Role.OWNER)
    own = work.actor.person_id and AccountRepository(work.session).membership(
        workspace_id, work.actor.person_id
    )
    if own and own.person_id != person_id:
        _give(work, own, Role.MANAGER, told=False)


def invitations(work: Work, workspace_id: UUID) -> list[InvitationView]:
    """Return the invitations that nobody has used yet. Raises RoleMissing, WorkspaceNotFound."""
    permissions.require(work, workspace_id, Permission.TEAM)
    rows = AccountRepository(work.session).open_invitations([workspace_id], work.now)
    return [
        InvitationView(row.fingerprint[:REFERENCE_CHARACTERS], row.role, row.expires_at)
        for row in rows
        if row.role is not None
    ]


def revoke_invitation(work: Work, workspace_id: UUID, reference: str) -> None:
    """Take an invitation back. Raises RoleMissing, WorkspaceNotFound, CodeNotValid."""
    permissions.require(work, workspace_id, Permission.TEAM)
    for row in AccountRepository(work.session).open_invitations([workspace_id], work.now):
        if row.fingerprint.startswith(reference) and len(reference) == REFERENCE_CHARACTERS:
            row.used_at = work.now
            return
    raise CodeNotValid


def _locked(work: Work, workspace_id: UUID, person_id: UUID, shown: str) -> Member:
    AccountRepository(work.session).lock_workspace(workspace_id)
    _afresh(work)
    require(shown, mark_of(work, workspace_id), workspace_id=workspace_id)
    return _member(work, workspace_id, person_id)


def _afresh(work: Work) -> None:
    """Let every membership be read anew: who held the lock before may have changed it."""
    for row in work.session:
        if isinstance(row, Member):
            work.session.expire(row)


def _member(work: Work, workspace_id: UUID, person_id: UUID) -> Member:
    member = AccountRepository(work.session).membership(workspace_id, person_id)
    if member is None:
        raise MemberNotFound(person_id=person_id)
    return member


def _keep_an_owner(work: Work, member: Member) -> None:
    """Insist on another owner. A client's brand is answered for by its agency."""
    if workspaces.workspace_of(work, member.workspace_id).parent_id is not None:
        return
    team = members.members_of(work, member.workspace_id)
    if not any(each.role is Role.OWNER and each.person.id != member.person_id for each in team):
        raise LastOwnerStays


def _take_out(work: Work, member: Member) -> None:
    if member.role is Role.OWNER:
        _keep_an_owner(work, member)
    accounts = AccountRepository(work.session)
    places = [member.workspace_id, *(each.id for each in workspaces.clients_of(work, member.workspace_id))]
    for row in accounts.open_invitations(places, work.now):
        if row.person_id == member.person_id:
            row.used_at = work.now
    for workspace_id in places:
        found = accounts.membership(workspace_id, member.person_id)
        if found is not None:
            accounts.drop(found)
    outbox.redraw(work, *map(cards.team, places))
    about = {"workspace_id": member.workspace_id, "person_id": member.person_id}
    events.record(work, "member.left", about)


def _give(work: Work, member: Member, role: Role, *, told: bool = True) -> None:
    accounts = AccountRepository(work.session)
    clients = workspaces.clients_of(work, member.workspace_id)
    for client in clients:
        found = accounts.membership(client.id, member.person_id)
        if found is not None:
            found.role = role
    member.role = role
    outbox.redraw(work, *(cards.team(each) for each in (member.workspace_id, *(c.id for c in clients))))
    about = {"workspace_id": member.workspace_id, "person_id": member.person_id}
    events.record(work, "member.role_changed", about, {"role": role})
    if told:
        facts = {"workspace_id": str(member.workspace_id), "role": role}
        outbox.tell(work, member.person_id, "role_changed", facts)
