"""Workspaces: brands, agencies and the brands that agencies look after."""

from collections.abc import Iterable
from uuid import UUID

from core.accounts import people, permissions
from core.accounts.errors import NameMissing, NameTaken, WorkspaceFrozen, WorkspaceNotFound
from core.accounts.models import ClientPlace, Member, Workspace
from core.accounts.repository import AccountRepository
from core.accounts.schemas import OpenWorkspace, WorkspaceView
from core.accounts.states import Permission, Role, WorkspaceKind
from core.events import service as events
from core.kit import names
from core.kit.text import clean
from core.kit.work import Work
from core.vault import service as vault

TAX_NUMBER = "workspace.tax_number"


def open_workspace(work: Work, command: OpenWorkspace) -> WorkspaceView:
    """Open a workspace; the acting person becomes its owner.

    Raises:
        NameMissing: without a name.
        NameNotAllowed: for a name that only we may have, or of several alphabets in one word.
        WorkspaceFrozen: for a client of an agency that an operator has stopped.
        NameTaken: where a verified brand of somebody else has a name that looks the same.
        RoleMissing: when a client brand is opened by somebody who does not run the agency's team.
    """
    if work.actor.person_id is None:
        raise NameMissing
    name = people.allowed(command.name)
    if command.parent_id is not None:
        permissions.require(work, command.parent_id, Permission.TEAM)
        require_free(work, command.parent_id)
    looks = names.skeleton(name)
    workspace = Workspace(
        name=name,
        skeleton=looks,
        twin=_number(work, name, looks),
        kind=WorkspaceKind.CLIENT if command.parent_id else command.kind,
        parent_id=command.parent_id,
        currency=command.currency,
        country=command.country.upper()[:2],
        website=clean(command.website, 200),
        created_at=work.now,
    )
    accounts = AccountRepository(work.session)
    accounts.add(workspace)
    vault.make(work, workspace.id)
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


def _number(work: Work, name: str, looks: str) -> int:
    """Return which of the workspaces that look alike a new one is. Raises NameTaken."""
    alike = AccountRepository(work.session).looking_like(looks)
    for row in alike:
        if row.verified_at and not permissions.may(work, row.id, Permission.SEE):
            raise NameTaken(name=name)
    return max((row.twin for row in alike), default=0) + 1


def _number_of_verified(work: Work, workspace: Workspace) -> int:
    """Return the number of a workspace that is verified now: the first, unless a verified one has it.

    Whoever had it gets this one's in exchange.
    """
    alike = AccountRepository(work.session).looking_like(workspace.skeleton)
    first = [row for row in alike if row.twin == 1 and row.id != workspace.id]
    if any(row.verified_at for row in first):
        return workspace.twin
    for row in first:
        row.twin = workspace.twin
    return 1


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
        workspace.twin = _number_of_verified(work, workspace)
        workspace.verified_at = work.now
        events.record(work, "workspace.verified", {"workspace_id": workspace_id})
    if tax_number:
        workspace.tax_number = vault.seal(work, workspace_id, tax_number, TAX_NUMBER)
    workspace.website = website or workspace.website


def keep_company_page(work: Work, workspace_id: UUID, page: str) -> None:
    """Keep where a business says that its page at a network is. That verifies nothing."""
    row_of(work, workspace_id).company_page = page


def require_free(work: Work, workspace_id: UUID) -> None:
    """Insist that no operator has stopped a workspace, as it is now. Raises WorkspaceFrozen.

    Whoever asks holds the lock of a campaign of it: a freeze takes all of them.
    """
    if AccountRepository(work.session).frozen_at(workspace_id) is not None:
        raise WorkspaceFrozen(workspace_id=workspace_id)


def freeze(work: Work, workspace_id: UUID, *, frozen: bool) -> WorkspaceView:
    """Note that an operator has stopped a workspace itself, or lets it go on; nothing is stopped here.

    A client whose agency is stopped stays so until the agency goes on, too.

    Raises:
        WorkspaceNotFound.
        WorkspaceFrozen: where it stands so already; where only its agency is stopped, to let it go on.
    """
    row = row_of(work, workspace_id)
    agency = _locked(work, row.parent_id) if row.parent_id else None
    row = _locked(work, workspace_id)
    if row.stopped_itself is frozen:
        raise WorkspaceFrozen(workspace_id=workspace_id)
    row.stopped_itself = frozen
    stays = frozen or (agency is not None and agency.frozen_at is not None)
    row.frozen_at = (row.frozen_at or work.now) if stays else None
    return view_of(row)


def freeze_with_agency(work: Work, agency_id: UUID, *, frozen: bool) -> list[WorkspaceView]:
    """Stop an agency's clients with it, or let those go on that are not stopped themselves; returns whom."""
    changed = []
    for client in AccountRepository(work.session).clients(agency_id):
        row = _locked(work, client.id)
        if row.stopped_itself or (row.frozen_at is not None) is frozen:
            continue
        row.frozen_at = work.now if frozen else None
        changed.append(view_of(row))
    return changed


def _locked(work: Work, workspace_id: UUID) -> Workspace:
    AccountRepository(work.session).lock_workspace(workspace_id)
    row = row_of(work, workspace_id)
    work.session.refresh(row)
    return row


def tax_number_of(work: Work, workspace_id: UUID) -> str:
    """Return a business's tax number, empty where it gave none. Raises WorkspaceNotFound."""
    sealed = row_of(work, workspace_id).tax_number
    return vault.open_sealed(work, workspace_id, sealed, TAX_NUMBER) if sealed else ""


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
        name=row.name if row.twin == 1 else f"{row.name} ({row.twin})",
        kind=row.kind,
        parent_id=row.parent_id,
        currency=row.currency,
        country=row.country,
        website=row.website,
        verified_at=row.verified_at,
        frozen_at=row.frozen_at,
        stopped_itself=row.stopped_itself,
        company_page=row.company_page,
    )
