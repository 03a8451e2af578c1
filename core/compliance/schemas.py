"""What callers get back from compliance."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ConsentView:
    """That a person agreed to a text, and to which version of it."""

    purpose: str
    version: str
    text: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class WebsiteCheckView:
    """A business website waiting to be recognised by a code placed on it."""

    workspace_id: UUID
    domain: str
    code: str
    verified_at: datetime | None
    last_error: str
