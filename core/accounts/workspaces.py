"""Workspaces: brands, agencies and the brands that agencies look after."""

from collections.abc import Iterable
from uuid import UUID

from core.accounts import people, permissions
from core.accounts.errors import NameMissing, WorkspaceNotFound
from core.accounts.models import ClientPlace, Member, Workspace
from core.accounts.repository import AccountRepository
from core.accounts.schemas import OpenWorkspace, WorkspaceView
from core.accounts.states import Permission, Role, WorkspaceKind
from core.events import service as events
from core.kit.text import clean
from core.kit.work import Work


def open_workspace(work: Work, command: OpenWorkspace) -> WorkspaceView:
    """Open a workspace; the acting person becomes its owner.

    Raises:
        NameMissing: without a name.
        RoleMissing: when a client brand is opened by somebody who does not run the agency's team.
    """
    name = clean(command.name, 120)
    if not name or work.actor.person_id is None:
        raise NameMissing
    if command.parent_id is not None:
        permissions.require(work, command.parent_id, Permission.TEAM)
    workspace = Workspace(
        name=name,
        kind=WorkspaceKind.CLIENT if command.parent_id else command.kind,
        parent_id=command.parent_id,
        currency=command.currency,
        country=command.country.upper()[:2],
        website=clean(command.website, 200),
        created_at=work.now,
    )
    accounts = AccountRepository(work.session)
    accounts.add(workspace)
    accounts.add(
        Member(
            workspace_id=workspace.id,
            person_id=work.actor.person_id,
            role=Role.OWNER,
            since=work.now,
        )
    )
    _record_opened(work, workspace)
    if people.row_of(work, work.actor.person_id).timezone == people.UNKNOWN_ZONE:
        people.live_in(work, work.actor.person_id, workspace.country)
    return view_of(workspace)


def workspace_of(work: Work, workspace_id: UUID) -> WorkspaceView:
    """Return one workspace. Raises WorkspaceNotFound."""
    return view_of(row_of(work, workspace_id))


def many(work: Work, workspace_ids: Iterable[UUID]) -> dict[UUID, WorkspaceView]:
    """Return several workspaces, by id; one query."""
    rows = AccountRepository(work.session).workspaces(list(workspace_ids))
    return {row.id: view_of(row) for row in rows}


def clients_of(work: Work, agency_id: UUID) -> list[WorkspaceView]:
    """Return the brands an agency looks after."""
    return [view_of(row) for row in AccountRepository(work.session).clients(agency_id)]


def assign_place(work: Work, place: str, workspace_id: UUID) -> None:
    """Let a team's channel be for one workspace. Raises WorkspaceNotFound, RoleMissing."""
    permissions.require(work, workspace_id, Permission.RUN_CAMPAIGNS)
    work.session.merge(ClientPlace(place=place, workspace_id=workspace_id))


def workspace_at(work: Work, place: str) -> UUID | None:
    """Return the workspace a team's channel is for, None where nobody said."""
    row = work.session.get(ClientPlace, place) if place else None
    return row.workspace_id if row else None


def mark_verified(work: Work, workspace_id: UUID, *, tax_number: str = "", website: str = "") -> None:
    """Note a business's details. Only a website that showed our code makes it verified."""
    workspace = row_of(work, workspace_id)
    if website:
        workspace.verified_at = work.now
        events.record(work, "workspace.verified", {"workspace_id": workspace_id})
    workspace.tax_number = tax_number or workspace.tax_number
    workspace.website = website or workspace.website


def _record_opened(work: Work, workspace: Workspace) -> None:
    if work.actor.person_id is None:
        return
    about = {"workspace_id": workspace.id, "person_id": work.actor.person_id}
    facts: dict[str, events.Value] = {"kind": workspace.kind, "currency": workspace.currency}
    if workspace.parent_id is not None:
        facts["parent_id"] = workspace.parent_id
    events.record(work, "workspace.opened", about, facts)


def row_of(work: Work, workspace_id: UUID) -> Workspace:
    """Return one workspace's row. Raises WorkspaceNotFound."""
    row = AccountRepository(work.session).workspace(workspace_id)
    if row is None:
        raise WorkspaceNotFound(workspace_id=workspace_id)
    return row


def view_of(row: Workspace) -> WorkspaceView:
    """Return what callers see of a workspace."""
    return WorkspaceView(
        id=row.id,
        name=row.name,
        kind=row.kind,
        parent_id=row.parent_id,
        currency=row.currency,
        country=row.country,
        website=row.website,
        tax_number=row.tax_number,
        verified_at=row.verified_at,
    )
