"""What callers hand in and get back about people and workspaces."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.accounts.states import GRANTS, Permission, Role, WorkspaceKind
from core.kit.money import Currency


@dataclass(frozen=True, slots=True)
class Identity:
    """One account in one chat app. `chat_id` is where to write to this person there."""

    channel: str
    user_id: str
    chat_id: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person, whatever they use to talk to us."""

    id: UUID
    name: str
    language: str
    timezone: str
    erased: bool = False
    referred_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class WorkspaceView:
    """A brand, an agency or an agency's client."""

    id: UUID
    name: str
    kind: WorkspaceKind
    parent_id: UUID | None
    currency: Currency
    country: str
    website: str
    tax_number: str
    verified_at: datetime | None


@dataclass(frozen=True, slots=True)
class MembershipView:
    """What one person is to one workspace."""

    workspace: WorkspaceView
    person: PersonView
    role: Role

    def may(self, permission: Permission) -> bool:
        """Tell whether the role grants `permission`."""
        return permission in GRANTS[self.role]


@dataclass(frozen=True, slots=True)
class OpenWorkspace:
    """Command: a person opens a workspace and becomes its owner."""

    name: str
    kind: WorkspaceKind
    currency: Currency
    country: str = ""
    website: str = ""
    parent_id: UUID | None = None
