"""The operators' API about money that waits: what is left in campaigns that have ended."""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import InOperatorWork
from core.payments import refunds
from core.payments.states import Rest

router = APIRouter(prefix="/admin", tags=["admin"])


class SettleRest(BaseModel):
    """Where the rest of a campaign goes, why, and the mark of what was shown of it."""

    model_config = ConfigDict(extra="forbid")

    to: Rest
    reason: Annotated[str, Field(min_length=3, max_length=2_000)]
    shown: Annotated[str, Field(min_length=1, max_length=40)]


@router.get("/campaigns/{campaign_id}/rest")
def waiting_rest(campaign_id: UUID, work: InOperatorWork) -> dict[str, Any]:
    """Return what is left in a campaign, with the mark that an act on it must carry."""
    left, shown = refunds.waiting_rest(work, campaign_id)
    return {"left": asdict(left), "shown": shown}


@router.post("/campaigns/{campaign_id}/rest")
def settle_rest(campaign_id: UUID, wanted: SettleRest, work: InOperatorWork) -> dict[str, Any]:
    """Send what waits in an ended campaign back to its cards, or keep it as its workspace's credit."""
    settled = refunds.settle_rest(work, campaign_id, wanted.to, wanted.reason, shown=wanted.shown)
    return {"settled": asdict(settled)}
