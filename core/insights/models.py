"""Which links to a campaign's report still open."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table


class ReportLinks(Table):
    """How often a campaign's links were ended: a link of an earlier edition opens nothing."""

    __tablename__ = "report_links"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    edition: Mapped[int]
