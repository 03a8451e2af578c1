"""A workspace's own terms, where they differ from the defaults; every version is kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table


class WorkspaceTerms(Table):
    """One version of the terms that new deals of a workspace begin with; the highest counts."""

    __tablename__ = "workspace_terms"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    terms: Mapped[dict[str, Any]]
    set_by: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(2_000))
    set_at: Mapped[datetime]
