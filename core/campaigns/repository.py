"""Every query about campaigns, and no decision."""

from uuid import UUID

from sqlalchemy import ScalarSelect, delete, select
from sqlalchemy.orm import Session

from core.campaigns.models import Campaign, CampaignEvent, Suggested
from core.campaigns.states import CampaignState


class CampaignRepository:
    """Finds campaigns through one session."""

    def __init__(self, session: Session) -> None:
        """Use `session`; never commit it."""
        self._session = session

    def add(self, row: Campaign) -> None:
        """Save a new campaign and give it its id."""
        self._session.add(row)
        self._session.flush()

    def note(self, event: CampaignEvent) -> None:
        """Write down a step, with all else that the work writes."""
        self._session.add(event)

    def get(self, campaign_id: UUID) -> Campaign | None:
        """Return one campaign."""
        return self._session.get(Campaign, campaign_id)

    def lock(self, campaign_id: UUID | ScalarSelect[UUID]) -> Campaign | None:
        """Return one campaign, by its id or a query for it, locked until the work ends and read afresh."""
        query = select(Campaign).where(Campaign.id == campaign_id).with_for_update()
        return self._session.scalars(query.execution_options(populate_existing=True)).one_or_none()

    def many(self, ids: list[UUID]) -> list[Campaign]:
        """Return several campaigns."""
        return list(self._session.scalars(select(Campaign).where(Campaign.id.in_(ids))))

    def by_key(self, key: str) -> Campaign | None:
        """Return the campaign a request made."""
        return self._session.scalars(select(Campaign).where(Campaign.request_key == key)).one_or_none()

    def of_workspaces(self, workspace_ids: list[UUID]) -> list[Campaign]:
        """Return campaigns of several workspaces, the newest first."""
        query = (
            select(Campaign)
            .where(Campaign.workspace_id.in_(workspace_ids))
            .order_by(Campaign.created_at.desc(), Campaign.id)
        )
        return list(self._session.scalars(query))

    def in_states(self, states: tuple[CampaignState, ...], limit: int) -> list[Campaign]:
        """Return campaigns in some states, the newest first."""
        query = (
            select(Campaign)
            .where(Campaign.state.in_(states))
            .order_by(Campaign.created_at.desc(), Campaign.id)
            .limit(limit)
        )
        return list(self._session.scalars(query))

    def replace_suggestions(self, campaign_id: UUID, rows: list[Suggested]) -> None:
        """Keep these suggestions and no others."""
        self._session.execute(delete(Suggested).where(Suggested.campaign_id == campaign_id))
        self._session.add_all(rows)
        self._session.flush()

    def suggestions(self, campaign_id: UUID) -> list[Suggested]:
        """Return a campaign's suggestions, best first."""
        query = select(Suggested).where(Suggested.campaign_id == campaign_id).order_by(Suggested.place)
        return list(self._session.scalars(query))

    def suggestions_of(self, campaign_ids: list[UUID]) -> list[Suggested]:
        """Return the suggestions of several campaigns."""
        return list(self._session.scalars(select(Suggested).where(Suggested.campaign_id.in_(campaign_ids))))
