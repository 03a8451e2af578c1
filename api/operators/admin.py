"""The operators' API and console. Every step is an operator transition, never a row changed by hand."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, status
from fastapi.encoders import jsonable_encoder
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt

from api.dependencies import InOperatorWork, WithRuntime, require_operator, require_sandbox
from api.errors import status_of
from api.pages.render import page
from bots.phrases.errors import sentence
from core.campaigns import service as campaigns
from core.conversations import service as conversations
from core.deals import clocks, endings, freezes, pieces
from core.deals import views as deals
from core.deals.errors import SharesDoNotAdd
from core.deals.schemas import DealView, DeliverableView
from core.insights import service as insights
from core.insights import workload
from core.kit.consent import require
from core.kit.errors import ShownChanged
from core.kit.money import Currency, Money
from core.kit.work import Work
from core.ledger import checks
from core.ledger import service as ledger
from core.messaging import outbox
from core.operators import tasks
from core.payments.rails.sandbox import Fault, Operation
from core.terms import service as conditions
from core.terms.errors import TermOutOfRange, TermUnknown
from core.terms.schemas import ChangeTerms

router = APIRouter(prefix="/admin", tags=["admin"])
Shown = Annotated[str, Field(min_length=1, max_length=40)]
"""The mark of what the operator was shown; the thing's own answer carries it."""
Reason = Annotated[str, Field(min_length=3, max_length=2_000)]


Minor = Annotated[StrictInt, Field(ge=0, le=10**15)]


class Act(BaseModel):
    """What an operator orders: nothing unknown in it, whole numbers only where numbers are asked for."""

    model_config = ConfigDict(extra="forbid")


class Resume(Act):
    """Decision: the deal goes on."""

    decision: Literal["resume"]
    reason: Reason
    shown: Shown


class Split(Act):
    """Decision: the deal ends, and what is frozen is divided. Both shares are named, and must sum to it."""

    decision: Literal["split"]
    reason: Reason
    shown: Shown
    currency: Currency
    creator_gets_minor: Minor
    brand_gets_minor: Minor


Resolution = Annotated[Resume | Split, Field(discriminator="decision")]


class Because(Act):
    """Why an operator does something."""

    reason: Reason


class AsShown(Because):
    """Why an operator does something, and the mark of what it is done to, as it was shown."""

    shown: Shown


class Extension(Act):
    """How many more days."""

    shown: Shown

    days: Annotated[StrictInt, Field(ge=1, le=60)]


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


class ChangedTerms(Act):
    """Which terms change, and which version of them was read: another's change in between is not undone."""

    version: Annotated[StrictInt, Field(ge=0)]
    changes: Annotated[dict[str, StrictInt], Field(min_length=1), AfterValidator(_within_limits)]
    reason: Reason


class SupportAnswer(Act):
    """What an operator answers."""

    text: Annotated[str, Field(min_length=1, max_length=4_000)]


class ReportedSale(Act):
    """A sale that came through a deliverable; the reference keeps a repeat out."""

    reference: Annotated[str, Field(min_length=1, max_length=120)]
    amount_minor: Annotated[StrictInt, Field(gt=0, le=10**12)]


class OrderedFault(Act):
    """What should go wrong on the sandbox rail, and how often."""

    operation: Operation
    fault: Fault
    calls: Annotated[StrictInt, Field(ge=0, le=1_000)]


class OrderedSilence(Act):
    """How many calls should go unanswered."""

    calls: Annotated[StrictInt, Field(ge=0, le=1_000)]


@router.get("", response_class=HTMLResponse)
def console(runtime: WithRuntime) -> HTMLResponse:
    """Show the console; it asks for the admin key and calls the API below."""
    return page("console", runtime.settings)


@router.get("/overview")
def overview(work: InOperatorWork, runtime: WithRuntime) -> dict[str, Any]:
    """Return what needs an operator."""
    disputed = deals.disputed(work)
    held = deals.held_of(work, disputed)
    return {
        "now": work.now,
        "workload": asdict(workload.waiting(work, runtime.rails.facts())),
        "tasks": [asdict(task) for task in tasks.open_tasks(work)],
        "disputes": [_dispute(deal, held[deal.id]) for deal in disputed],
        "support": [asdict(request) for request in conversations.waiting(work)],
        "parked": outbox.parked(work),
        "books": asdict(checked) if (checked := checks.latest(work)) else None,
    }


@router.get("/deals/{deal_id}")
def deal(deal_id: UUID, work: InOperatorWork) -> dict[str, Any]:
    """Return a deal with its evidence pack: every step, with who took it and why."""
    return _evidence(work, deal_id)


@router.post("/deals/{deal_id}/resolve", response_model=None)
def resolve(deal_id: UUID, resolution: Resolution, work: InOperatorWork) -> dict[str, Any] | JSONResponse:
    """Decide a dispute: as the decision says, never by what was left out, and as it was shown."""

    def decide() -> DealView:
        require(
            resolution.shown, deals.get(work, deal_id).mark, deal_id=deal_id
        )  # before its money is divided
        award = _award(work, deal_id, resolution) if isinstance(resolution, Split) else None
        return endings.resolve(work, deal_id, resolution.reason, award, shown=resolution.shown)

    return _done(work, deal_id, decide)


@router.post("/deals/{deal_id}/cancel", response_model=None)
def cancel(deal_id: UUID, because: AsShown, work: InOperatorWork) -> dict[str, Any] | JSONResponse:
    """Cancel a deal as it was shown; what is held goes back to its campaign."""
    reason, shown = because.reason, because.shown
    return _done(work, deal_id, lambda: endings.cancel_by_operator(work, deal_id, reason, shown=shown))


@router.post("/deals/{deal_id}/freeze")
def freeze(deal_id: UUID, because: Because, work: InOperatorWork) -> dict[str, Any]:
    """Let a deal stand still, its clocks too; both sides are told the reason."""
    return asdict(freezes.freeze_deal(work, deal_id, because.reason))


@router.post("/deals/{deal_id}/unfreeze")
def unfreeze(deal_id: UUID, because: Because, work: InOperatorWork) -> dict[str, Any]:
    """Let a deal go on that an operator stopped; all dates move by the time it stood."""
    return asdict(freezes.unfreeze_deal(work, deal_id, because.reason))


@router.post("/deals/{deal_id}/clocks/restart")
def restart_clocks(deal_id: UUID, work: InOperatorWork) -> dict[str, int]:
    """Let a deal's parked clocks run again."""
    return {"restarted": clocks.restart(work, deal_id)}


@router.post("/deliverables/{deliverable_id}/extend", response_model=None)
def extend(deliverable_id: UUID, extension: Extension, work: InOperatorWork) -> dict[str, Any] | JSONResponse:
    """Give an overdue piece, as it was shown, more days."""
    days, shown = extension.days, extension.shown
    deal_id = deals.deal_of(work, deliverable_id)
    return _done(work, deal_id, lambda: pieces.extend(work, deliverable_id, days, shown=shown))


@router.post("/deliverables/{deliverable_id}/vouch", response_model=None)
def vouch(deliverable_id: UUID, because: AsShown, work: InOperatorWork) -> dict[str, Any] | JSONResponse:
    """Say that a post stayed up as agreed, where no look could tell; the rest of its money is released."""
    reason, shown = because.reason, because.shown
    deal_id = deals.deal_of(work, deliverable_id)
    return _done(work, deal_id, lambda: pieces.vouch(work, deliverable_id, reason, shown=shown))


@router.post("/deliverables/{deliverable_id}/sales", status_code=status.HTTP_204_NO_CONTENT)
def report_sale(deliverable_id: UUID, sale: ReportedSale, work: InOperatorWork) -> None:
    """Note a sale for a deliverable, once a reference; it counts in the report's ROI."""
    insights.sold(work, deliverable_id, sale.reference, sale.amount_minor)


@router.get("/workspaces/{workspace_id}/terms")
def read_terms(workspace_id: UUID, work: InOperatorWork) -> dict[str, Any]:
    """Return the terms that a workspace's next deal begins with, their version, and the limits of each."""
    return {**asdict(conditions.read(work, workspace_id)), "limits": conditions.LIMITS}


@router.put("/workspaces/{workspace_id}/terms")
def change_terms(workspace_id: UUID, changed: ChangedTerms, work: InOperatorWork) -> dict[str, Any]:
    """Change some of a workspace's terms for its future deals; running deals keep theirs."""
    command = ChangeTerms(workspace_id, changed.version, changed.changes, changed.reason)
    return asdict(conditions.change(work, command))


@router.post("/promises/{promise_id}/retry", status_code=status.HTTP_204_NO_CONTENT)
def retry(promise_id: UUID, work: InOperatorWork) -> None:
    """Let a parked promise be tried again."""
    outbox.unpark(work, promise_id)


@router.post("/tasks/{task_id}/close")
def close_task(task_id: UUID, because: Because, work: InOperatorWork) -> dict[str, Any]:
    """Close a task, saying what came of it."""
    return asdict(tasks.close(work, task_id, because.reason))


@router.post("/support/{request_id}/answer", status_code=status.HTTP_204_NO_CONTENT)
def answer(request_id: UUID, given: SupportAnswer, work: InOperatorWork) -> None:
    """Answer somebody who asked for a person."""
    conversations.answer_person(work, request_id, given.text)


@router.get("/campaigns/{campaign_id}/money")
def campaign_money(campaign_id: UUID, work: InOperatorWork) -> dict[str, Any]:
    """Return where every unit paid into a campaign is; the parts sum to `paid_in`."""
    found = deals.money_of(work, campaign_id)
    parts = {name: amount.minor for name, amount in found.rows()}
    return {"paid_in": found.paid_in.minor, "adds_up": found.adds_up, "parts": parts}


@router.get("/campaigns")
def all_campaigns(work: InOperatorWork) -> list[dict[str, Any]]:
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
def balances(work: InOperatorWork) -> list[dict[str, Any]]:
    """Return every account's balance."""
    return [{"account": view.account.code, "minor": view.balance.minor} for view in ledger.balances(work)]


@router.post(
    "/sandbox/faults",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(require_operator), Depends(require_sandbox)],
)
def order_fault(ordered: OrderedFault, runtime: WithRuntime) -> None:
    """Let the next calls of the sandbox rail go wrong."""
    runtime.rail.order_fault(ordered.operation, ordered.fault, ordered.calls)


@router.post(
    "/sandbox/network_faults",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(require_operator), Depends(require_sandbox)],
)
def order_network_fault(ordered: OrderedSilence, runtime: WithRuntime) -> None:
    """Leave the next looks at the sandbox network unanswered."""
    runtime.network.fail_next(ordered.calls)


def _evidence(work: Work, deal_id: UUID) -> dict[str, Any]:
    found = deals.get(work, deal_id)
    return {
        **asdict(found),
        "held": asdict(deals.held_for(work, found)),
        "history": [asdict(event) for event in deals.history(work, deal_id)],
    }


def _done(
    work: Work, deal_id: UUID, act: Callable[[], DealView | DeliverableView]
) -> dict[str, Any] | JSONResponse:
    """Return what an act made of a deal; where it is not as it was shown, the deal as it is."""
    try:
        return asdict(act())
    except ShownChanged as error:
        body = {"code": error.code, "detail": sentence(error), "now": _evidence(work, deal_id)}
        return JSONResponse(jsonable_encoder(body), status_of(error))


def _award(work: Work, deal_id: UUID, split: Split) -> Money:
    held = deals.held_for(work, deals.get(work, deal_id))
    award = Money(split.creator_gets_minor, split.currency)
    if split.currency is not held.currency or award.minor + split.brand_gets_minor != held.minor:
        raise SharesDoNotAdd(held=held)
    return award


def _dispute(found: DealView, held: Money) -> dict[str, Any]:
    return {
        "deal_id": found.id,
        "mark": found.mark,
        "price": asdict(found.price),
        "held": asdict(held),
        "decimal_places": found.price.currency.decimal_places,
        "by": found.dispute_by,
        "reason": found.dispute_reason,
        "answer": found.dispute_answer,
    }
