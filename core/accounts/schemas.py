"""What callers hand in and get back about people and workspaces."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.accounts.states import GRANTS, Permission, Role, WorkspaceKind
from core.kit.consent import mark
from core.kit.money import Currency


@dataclass(frozen=True, slots=True)
class Identity:
    """One account in one chat app. `chat_id` is where to write to this person there.

    `also` are other names that the app gives this very account. `telephone` is its number, which may also be
    its `user_id`: a number can pass to somebody else, the names cannot.
    """

    channel: str
    user_id: str
    chat_id: str
    also: tuple[str, ...] = ()
    telephone: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name of the account, the surest first and the number last."""
        sure = [name for name in (self.user_id, *self.also) if name and name != self.telephone]
        return tuple(dict.fromkeys([*sure, *([self.telephone] if self.telephone else [])]))


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
class Met:
    """Who stands behind a chat account, in which chats they were written to until now, and whose chat it was.

    `taken` tells that the chat was somebody else's: what waited in it for them is not this person's to read.
    """

    person: PersonView
    former_chats: tuple[str, ...] = ()
    taken: bool = False


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
    verified_at: datetime | None
    frozen_at: datetime | None = None
    stopped_itself: bool = False
    company_page: str = ""

    @property
    def mark(self) -> str:
        """Return the mark of a workspace as it is shown before it is frozen, or let go."""
        return mark("workspace", self.id, self.name, self.frozen_at, self.stopped_itself)


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
class InvitationView:
    """An invitation that nobody has used yet; `reference` names it and opens nothing."""

    reference: str
    role: Role
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OpenWorkspace:
    """Command: a person opens a workspace and becomes its owner."""

    name: str
    kind: WorkspaceKind
    currency: Currency
    country: str = ""
    website: str = ""
    parent_id: UUID | None = None
