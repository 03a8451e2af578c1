"""Consents and website checks."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table


class Consent(Table):
    """A person's agreement to one version of one text."""

    __tablename__ = "consent"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class WebsiteCheck(Table):
    """The code we look for on a workspace's website."""

    __tablename__ = "website_check"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    domain: Mapped[str] = mapped_column(String(200))
    code: Mapped[str] = mapped_column(String(40))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    verified_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(String(200), default="")
