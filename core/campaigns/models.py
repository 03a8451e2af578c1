"""Campaigns and the creators suggested for them."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.campaigns.states import CampaignState, Listed
from core.kit.database import Table, named
from core.kit.money import Currency


class Campaign(Table):
    """A brand's brief with a budget. `place` is the team's channel its news go to, empty for private chats.

    `brief_number` counts the versions of what creators are told; `version` guards concurrent changes.
    """

    __tablename__ = "campaign"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    process_version: Mapped[int]
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    created_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    request_key: Mapped[str] = mapped_column(String(160), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    budget_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[Currency] = mapped_column(named(Currency, 3))
    brief: Mapped[dict[str, Any]]
    brief_number: Mapped[int] = mapped_column(default=1, server_default="1")
    state: Mapped[CampaignState] = mapped_column(named(CampaignState))
    state_before_freeze: Mapped[CampaignState | None] = mapped_column(named(CampaignState))
    place: Mapped[str] = mapped_column(String(120), default="", server_default="")
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads it once)


class FormerBrief(Table):
    """A brief as it was before it changed: deals that rest on it go by it still."""

    __tablename__ = "former_brief"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    brief: Mapped[dict[str, Any]]
    replaced_at: Mapped[datetime]


class Suggested(Table):
    """A creator found for a campaign, at a price that may be an estimate, and what its brand thinks of it."""

    __tablename__ = "campaign_suggestion"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    creator_id: Mapped[UUID] = mapped_column(ForeignKey("creator.id"), primary_key=True)
    price_minor: Mapped[int] = mapped_column(BigInteger)
    price_between: Mapped[dict[str, Any]]
    score: Mapped[float]
    reasons: Mapped[list[dict[str, Any]]]
    listed: Mapped[Listed] = mapped_column(named(Listed))
    place: Mapped[int]


class CampaignEvent(Table):
    """One step of a campaign; append-only."""

    __tablename__ = "campaign_event"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), index=True)
    step: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(120), index=True)
    from_state: Mapped[str] = mapped_column(String(32))
    to_state: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
