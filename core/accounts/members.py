"""The members of a workspace, and how somebody becomes one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from core.accounts import codes, people, permissions, workspaces
from core.accounts.errors import CodeNotValid
from core.accounts.models import Member
from core.accounts.repository import AccountRepository
from core.accounts.schemas import MembershipView, WorkspaceView
from core.accounts.states import GRANTS, CodePurpose, Permission, Role
from core.events import service as events
from core.kit.actors import Actor
from core.kit.work import Work

INVITATION_LIVES_FOR = timedelta(days=7)


def memberships_of(work: Work, person_id: UUID) -> list[MembershipView]:
    """Return a person's workspaces, the oldest first."""
    person = people.person_of(work, person_id)
    return [
        MembershipView(workspaces.view_of(workspace), person, member.role)
        for member, workspace in AccountRepository(work.session).memberships(person_id)
    ]


def members_of(work: Work, workspace_id: UUID) -> list[MembershipView]:
    """Return a workspace's members."""
    workspace = workspaces.workspace_of(work, workspace_id)
    return [
        MembershipView(workspace, people.view_of(person), member.role)
        for member, person in AccountRepository(work.session).members(workspace_id)
    ]


def invite(work: Work, workspace_id: UUID, role: Role) -> str:
    """Return a one-time code that makes its bearer a member. Raises RoleMissing."""
    permissions.require(work, workspace_id, Permission.TEAM)
    return codes.issue(work, CodePurpose.JOIN_TEAM, INVITATION_LIVES_FOR, workspace_id, role)


def join(work: Work, code: str) -> WorkspaceView:
    """Use an invitation, while whoever gave it may still change the team. Raises CodeNotValid."""
    found = codes.use(work, code, CodePurpose.JOIN_TEAM)
    if found.workspace_id is None or found.role is None or work.actor.person_id is None:
        raise CodeNotValid
    inviter = work.acting_as(Actor.person(found.person_id))
    if not permissions.may(inviter, found.workspace_id, Permission.TEAM):
        raise CodeNotValid  # whoever gave it has left, was forgotten, or may change the team no more
    accounts = AccountRepository(work.session)
    if accounts.membership(found.workspace_id, work.actor.person_id) is None:
        accounts.add(
            Member(
                workspace_id=found.workspace_id,
                person_id=work.actor.person_id,
                role=found.role,
                since=work.now,
            )
        )
        about = {"workspace_id": found.workspace_id, "person_id": work.actor.person_id}
        events.record(work, "member.joined", about, {"role": found.role})
    return workspaces.workspace_of(work, found.workspace_id)


def hand_over_all(work: Work, from_person: UUID, to_person: UUID) -> list[dict[str, str]]:
    """Let a person be what another was in every team; returns what was, for `take_back_all`.

    Who was in a team already keeps the role that may do more.
    """
    accounts, moved = AccountRepository(work.session), []
    for member, _ in accounts.memberships(from_person):
        other = accounts.membership(member.workspace_id, to_person)
        before = other.role.value if other else ""
        accounts.hand_over_invitations(member.workspace_id, from_person, to_person)
        if other is None:
            row = Member(
                workspace_id=member.workspace_id, person_id=to_person, role=member.role, since=member.since
            )
            accounts.add(row)
        elif GRANTS[other.role] < GRANTS[member.role]:
            other.role = member.role
        moved.append(
            {
                "workspace_id": str(member.workspace_id),
                "role": member.role.value,
                "since": member.since.isoformat(),
                "before": before,
            }
        )
        accounts.drop(member)
    return moved


def lock_teams(work: Work, person_id: UUID) -> None:
    """Lock every team of a person until the work ends, so that none changes while they go."""
    accounts = AccountRepository(work.session)
    for workspace_id in sorted(member.workspace_id for member, _ in accounts.memberships(person_id)):
        accounts.lock_workspace(workspace_id)


def take_back_all(work: Work, from_person: UUID, to_person: UUID, moved: Sequence[dict[str, Any]]) -> None:
    """Give memberships back that were handed over, as far as they still are what they were then."""
    accounts = AccountRepository(work.session)
    for was in sorted(moved, key=lambda each: str(each["workspace_id"])):
        workspace_id = UUID(was["workspace_id"])
        accounts.lock_workspace(workspace_id)
        other = accounts.membership(workspace_id, to_person)
        if other is None:
            continue  # somebody took them out of the team since
        role, before = Role(was["role"]), [Role(was["before"])] if was["before"] else []
        merged = max([role, *before], key=lambda each: len(GRANTS[each]))
        if not GRANTS[role] <= GRANTS[other.role]:
            role = other.role  # somebody gave them less since: that counts for both
        if GRANTS[merged] < GRANTS[other.role]:
            pass  # somebody gave them more since, who knew them in the team: that is theirs
        elif was["before"]:
            other.role = min(Role(was["before"]), other.role, key=lambda each: len(GRANTS[each]))
        else:
            accounts.drop(other)
        since = datetime.fromisoformat(was["since"])
        accounts.add(Member(workspace_id=workspace_id, person_id=from_person, role=role, since=since))
