"""Where the money is, and the terms on which a workspace's next deals are made."""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import AfterValidator, Field, StrictInt

from api.operators.access import Order, Reason, Seeing, Shown, acting
from core.campaigns import service as campaigns
from core.deals import views as deals
from core.kit.work import Work
from core.ledger import service as ledger
from core.operators import acts
from core.operators.states import Act, Subject
from core.payments import refunds
from core.payments.states import Rest
from core.terms import service as conditions
from core.terms.errors import TermOutOfRange, TermUnknown
from core.terms.schemas import ChangeTerms

router = APIRouter(prefix="/admin", tags=["operators"])


def _within_limits(changes: dict[str, int]) -> dict[str, int]:
    try:
        conditions.check(changes)
    except TermUnknown as error:
        raise ValueError(f"there is no term {error.facts['term']}") from error
    except TermOutOfRange as error:
        raise ValueError(
            f"{error.facts['term']} is {error.facts['least']} to {error.facts['most']}"
        ) from error
    return changes


class ChangedTerms(Order):
    """Which terms change, and which version of them was read: another's change in between is not undone."""

    version: Annotated[StrictInt, Field(ge=0)]
    changes: Annotated[dict[str, StrictInt], Field(min_length=1), AfterValidator(_within_limits)]
    reason: Reason


class SettleRest(Order):
    """Where the rest of a campaign goes, why, and the mark of what was shown of it."""

    to: Rest
    reason: Reason
    shown: Shown


@router.get("/workspaces/{workspace_id}/terms")
def read_terms(workspace_id: UUID, work: Seeing) -> dict[str, Any]:
    """Return the terms that a workspace's next deal begins with, their version, and the limits of each."""
    return {**asdict(conditions.read(work, workspace_id)), "limits": conditions.LIMITS}


@router.put("/workspaces/{workspace_id}/terms")
def change_terms(
    workspace_id: UUID, changed: ChangedTerms, work: Annotated[Work, acting(Act.SET_TERMS)]
) -> dict[str, Any]:
    """Change some of a workspace's terms for its future deals; running deals keep theirs."""
    command = ChangeTerms(workspace_id, changed.version, changed.changes, changed.reason)
    acts.record(work, Act.SET_TERMS, Subject.WORKSPACE, workspace_id, changed.reason, changed.changes)
    return asdict(conditions.change(work, command))


@router.get("/campaigns/{campaign_id}/rest")
def waiting_rest(campaign_id: UUID, work: Seeing) -> dict[str, Any]:
    """Return what is left in a campaign, with the mark that an act on it must carry."""
    left, shown = refunds.waiting_rest(work, campaign_id)
    return {"left": asdict(left), "shown": shown}


@router.post("/campaigns/{campaign_id}/rest")
def settle_rest(
    campaign_id: UUID, wanted: SettleRest, work: Annotated[Work, acting(Act.SETTLE_REST)]
) -> dict[str, Any]:
    """Send what waits in an ended campaign back to its cards, or keep it as its workspace's credit."""
    acts.record(work, Act.SETTLE_REST, Subject.CAMPAIGN, campaign_id, wanted.reason, {"to": wanted.to})
    settled = refunds.settle_rest(work, campaign_id, wanted.to, wanted.reason, shown=wanted.shown)
    return {"settled": asdict(settled)}


@router.get("/campaigns/{campaign_id}/money")
def campaign_money(campaign_id: UUID, work: Seeing) -> dict[str, Any]:
    """Return where every unit paid into a campaign is; the parts sum to `paid_in`."""
    found = deals.money_of(work, campaign_id)
    parts = {name: amount.minor for name, amount in found.rows()}
    return {"paid_in": found.paid_in.minor, "adds_up": found.adds_up, "parts": parts}


@router.get("/campaigns")
def all_campaigns(work: Seeing) -> list[dict[str, Any]]:
    """Return the newest campaigns with their deals."""
    newest = campaigns.newest(work)
    found_in = deals.of_campaigns(work, [campaign.id for campaign in newest])
    return [
        {
            "id": campaign.id,
            "title": campaign.title,
            "state": campaign.state,
            "currency": campaign.currency,
            "deals": [
                {
                    "id": found.id,
                    "state": found.state,
                    "creator_id": found.creator_id,
                    "price_minor": found.price.minor,
                    "pieces": [
                        {"id": p.id, "kind": p.kind, "state": p.state, "post_url": p.post_url}
                        for p in found.deliverables
                    ],
                }
                for found in found_in[campaign.id]
            ],
        }
        for campaign in newest
    ]


@router.get("/ledger")
def balances(work: Seeing) -> list[dict[str, Any]]:
    """Return every account's balance."""
    return [{"account": view.account.code, "minor": view.balance.minor} for view in ledger.balances(work)]
