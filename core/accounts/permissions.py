"""What a person may do in a workspace. Every other topic asks here."""

from collections.abc import Collection
from uuid import UUID

from core.accounts.errors import RoleMissing, WorkspaceNotFound
from core.accounts.repository import AccountRepository
from core.accounts.states import GRANTS, Permission
from core.kit.work import Work


def may(work: Work, workspace_id: UUID, permission: Permission) -> bool:
    """Tell whether the acting person may do that; agency members act for the agency's clients."""
    person_id = work.actor.person_id
    if person_id is None:
        return False
    accounts = AccountRepository(work.session)
    member = accounts.membership(workspace_id, person_id)
    if member is None:
        workspace = accounts.workspace(workspace_id)
        if workspace is not None and workspace.parent_id is not None:
            member = accounts.membership(workspace.parent_id, person_id)
    if member is not None:
        work.hold(member)
    return member is not None and permission in GRANTS[member.role]


def granted(work: Work, workspace_ids: Collection[UUID]) -> dict[UUID, frozenset[Permission]]:
    """Return what the acting person may do in workspaces; two queries, however many they are."""
    accounts, person_id = AccountRepository(work.session), work.actor.person_id
    roles = accounts.roles_of(person_id) if person_id else {}
    parents = accounts.parents_of(workspace_ids)
    found = {}
    for workspace_id in workspace_ids:
        role = roles.get(workspace_id) or roles.get(parents.get(workspace_id) or workspace_id)
        found[workspace_id] = GRANTS[role] if role else frozenset()
    return found


def belongs(work: Work, workspace_id: UUID, person_id: UUID) -> bool:
    """Tell whether a person is a member of a workspace, or of the agency that looks after it."""
    accounts = AccountRepository(work.session)
    if accounts.membership(workspace_id, person_id) is not None:
        return True
    workspace = accounts.workspace(workspace_id)
    if workspace is None:
        raise WorkspaceNotFound(workspace_id=workspace_id)
    parent_id = workspace.parent_id
    return parent_id is not None and accounts.membership(parent_id, person_id) is not None


def require(work: Work, workspace_id: UUID, permission: Permission) -> None:
    """Insist that the acting person may do that.

    Raises:
        WorkspaceNotFound: for somebody who may not even see the workspace.
        RoleMissing: for a member whose role does not grant it.
    """
    if may(work, workspace_id, permission):
        return
    if may(work, workspace_id, Permission.SEE):
        raise RoleMissing(permission=permission)
    raise WorkspaceNotFound(workspace_id=workspace_id)


def people_who_may(work: Work, workspace_id: UUID, permission: Permission) -> list[UUID]:
    """Return the members whose role grants `permission`."""
    rows = AccountRepository(work.session).members(workspace_id)
    return [person.id for member, person in rows if permission in GRANTS[member.role]]
