"""Every query about campaigns, and no decision."""

from uuid import UUID

from sqlalchemy import ScalarSelect, delete, select, update
from sqlalchemy.orm import Session

from core.campaigns.models import Campaign, CampaignEvent, FormerBrief, Suggested
from core.campaigns.states import ENDING, CampaignState, Listed


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

    def ending_steps(self, campaign_ids: list[UUID]) -> list[CampaignEvent]:
        """Return the steps by which some campaigns ended, the oldest first."""
        query = (
            select(CampaignEvent)
            .where(CampaignEvent.campaign_id.in_(campaign_ids), CampaignEvent.step.in_(ENDING))
            .order_by(CampaignEvent.at)
        )
        return list(self._session.scalars(query))

    def former_briefs(self, campaign_ids: list[UUID]) -> list[FormerBrief]:
        """Return the briefs that some campaigns had before."""
        return list(
            self._session.scalars(select(FormerBrief).where(FormerBrief.campaign_id.in_(campaign_ids)))
        )

    def replace_found(self, campaign_id: UUID, rows: list[Suggested]) -> None:
        """Keep these creators, and of earlier ones those that the brand took out or has written to."""
        kept = Suggested.listed.in_((Listed.OFFERED, Listed.REMOVED))
        again = Suggested.creator_id.in_([row.creator_id for row in rows])
        self._session.execute(delete(Suggested).where(Suggested.campaign_id == campaign_id, ~kept | again))
        self._session.add_all(rows)
        self._session.flush()

    def listed(self, campaign_ids: list[UUID]) -> list[Suggested]:
        """Return the creators found for several campaigns, best first."""
        query = select(Suggested).where(Suggested.campaign_id.in_(campaign_ids))
        return list(self._session.scalars(query.order_by(Suggested.place, Suggested.creator_id)))

    def list_as(self, campaign_id: UUID, creator_ids: list[UUID], listed: Listed) -> None:
        """Note what the brand thinks of some of them."""
        query = update(Suggested).where(
            Suggested.campaign_id == campaign_id, Suggested.creator_id.in_(creator_ids)
        )
        self._session.execute(query.values(listed=listed))

    def put(self, row: Suggested) -> None:
        """Write one of them down, over what was noted before."""
        self._session.merge(row)
        self._session.flush()
