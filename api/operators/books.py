"""Where the money is, and the terms on which a workspace's next deals are made."""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, status
from pydantic import AfterValidator, Field, StrictInt

from api.operators.access import Minor, Order, Reason, Seeing, Shown, acting, record
from core.campaigns import service as campaigns
from core.deals import views as deals
from core.kit.consent import require
from core.kit.money import Currency, Money
from core.kit.work import Work
from core.ledger import service as ledger
from core.operators import proposals
from core.operators.schemas import ProposalView
from core.operators.states import Act, Subject
from core.payments import losses, refunds
from core.payments.states import Rest, SettledFrom
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


class SettleLoss(Order):
    """How much of what a brand owes is covered, from where, why, and the mark of what was shown of it."""

    amount_minor: Minor
    currency: Currency
    source: SettledFrom
    reason: Reason
    shown: Shown


class WriteOff(Order):
    """Why the platform should bear a loss, and the mark of what was shown of it."""

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
    record(work, Act.SET_TERMS, Subject.WORKSPACE, workspace_id, changed.reason, changed.changes)
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
    record(work, Act.SETTLE_REST, Subject.CAMPAIGN, campaign_id, wanted.reason, {"to": wanted.to})
    settled = refunds.settle_rest(work, campaign_id, wanted.to, wanted.reason, shown=wanted.shown)
    return {"settled": asdict(settled)}


@router.get("/campaigns/{campaign_id}/loss")
def open_loss(campaign_id: UUID, work: Seeing) -> dict[str, Any]:
    """Return what a brand owes after a lost chargeback, the credit it has, and the mark an act must carry."""
    owed, credit, shown = losses.owed(work, campaign_id)
    places = owed.currency.decimal_places
    return {"owed": asdict(owed), "credit": asdict(credit), "decimal_places": places, "shown": shown}


@router.post("/campaigns/{campaign_id}/loss/settle")
def settle_loss(
    campaign_id: UUID, wanted: SettleLoss, work: Annotated[Work, acting(Act.SETTLE_LOSS)]
) -> dict[str, Any]:
    """Cover what a brand owes, or part of it: from its credit, or with money that came to our own account."""
    amount = Money(wanted.amount_minor, wanted.currency)
    facts = {"from": wanted.source, "amount_minor": amount.minor, "currency": amount.currency}
    record(work, Act.SETTLE_LOSS, Subject.CAMPAIGN, campaign_id, wanted.reason, facts)
    still = losses.settle(work, campaign_id, amount, wanted.source, wanted.reason, shown=wanted.shown)
    return {"still_owed": asdict(still)}


@router.post("/campaigns/{campaign_id}/loss/write_off", status_code=status.HTTP_202_ACCEPTED)
def propose_write_off(
    campaign_id: UUID, because: WriteOff, work: Annotated[Work, acting(Act.WRITE_OFF)]
) -> dict[str, Any]:
    """Propose that the platform bears what a brand owes: it does once a colleague confirms it."""
    owed, _, present = losses.owed(work, campaign_id)
    require(because.shown, present, campaign_id=campaign_id)
    facts = {"amount_minor": owed.minor, "currency": owed.currency, "shown": present}
    about = (Subject.CAMPAIGN, campaign_id, because.reason)
    return asdict(proposals.propose(work, Act.WRITE_OFF, *about, facts))


def write_off(work: Work, proposal: ProposalView) -> dict[str, Any]:
    """Write a loss off as proposed, now that a colleague confirms it. Raises ShownChanged."""
    shown = proposal.arguments["shown"]
    return asdict(losses.write_off(work, proposal.subject_id, proposal.reason, shown=shown))


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
