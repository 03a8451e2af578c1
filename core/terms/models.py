"""A workspace's own terms, where they differ from the defaults."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table


class WorkspaceTerms(Table):
    """The terms new deals of a workspace begin with."""

    __tablename__ = "workspace_terms"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    terms: Mapped[dict[str, Any]]
