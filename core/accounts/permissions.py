"""What a person may do in a workspace. Every other topic asks here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from core.accounts.errors import RoleMissing, WorkspaceFrozen, WorkspaceNotFound
from core.accounts.repository import AccountRepository
from core.accounts.states import GRANTS, Permission, Role
from core.kit.work import Work
from core.vault import service as vault


@dataclass(frozen=True, slots=True)
class Team:
    """Who looks after a workspace: its own members, the oldest first, and those of its agency."""

    workspace_id: UUID
    members: Mapping[UUID, Role]
    agency: Mapping[UUID, Role]
    frozen: bool = False

    def require_free(self) -> None:
        """Insist that no operator has stopped the workspace. Raises WorkspaceFrozen.

        For whoever holds the lock of a campaign of it: a freeze takes all of them.
        """
        if self.frozen:
            raise WorkspaceFrozen(workspace_id=self.workspace_id)

    def may(self, person_id: UUID | None, permission: Permission) -> bool:
        """Tell whether a person may do that; agency members act for the agency's clients."""
        role = (self.members.get(person_id) or self.agency.get(person_id)) if person_id else None
        return role is not None and permission in GRANTS[role]

    def require(self, person_id: UUID | None, permission: Permission) -> None:
        """Insist that a person may do that.

        Raises:
            WorkspaceNotFound: for somebody who may not even see the workspace.
            RoleMissing: for a member whose role does not grant it.
        """
        if self.may(person_id, permission):
            return
        if self.may(person_id, Permission.SEE):
            raise RoleMissing(permission=permission)
        raise WorkspaceNotFound(workspace_id=self.workspace_id)

    def belongs(self, person_id: UUID) -> bool:
        """Tell whether a person is a member of the workspace, or of the agency that looks after it."""
        return person_id in self.members or person_id in self.agency

    def who_may(self, permission: Permission) -> list[UUID]:
        """Return the own members whose role grants `permission`; where none does, those of the agency."""
        own = [person_id for person_id, role in self.members.items() if permission in GRANTS[role]]
        return own or [person_id for person_id, role in self.agency.items() if permission in GRANTS[role]]


def team(work: Work, workspace_id: UUID) -> Team:
    """Return who looks after a workspace: one query, read once a work.

    For steps that ask several things of it. Whoever changes a team asks the functions below, which read
    it as it is.
    """

    def read() -> Team:
        rows = AccountRepository(work.session).team(workspace_id)
        for _, person_id, _, _, wrapped in rows:
            vault.take(work, person_id, wrapped)  # who asks is going to tell them something
        own = {row.person_id: row.role for row in rows if row.workspace_id == workspace_id}
        agency = {row.person_id: row.role for row in rows if row.workspace_id != workspace_id}
        return Team(workspace_id, own, agency, frozen=any(row.frozen_at for row in rows))

    return work.once(("team", workspace_id), read)


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
    """Return the own members whose role grants `permission`; where none does, those of the agency.

    Their keys come along: who asks is going to tell them something.
    """
    accounts = AccountRepository(work.session)
    rows = accounts.members(workspace_id)
    for person_id, wrapped in accounts.keys.items():
        vault.take(work, person_id, wrapped)
    own = [person.id for member, person in rows if permission in GRANTS[member.role]]
    parent = None if own else accounts.parents_of([workspace_id]).get(workspace_id)
    return people_who_may(work, parent, permission) if parent else own
