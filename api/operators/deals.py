"""Deals before an operator. Every step is an operator transition, never a row changed by hand."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, status
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import Field, StrictInt

from api.dependencies import WithRuntime
from api.errors import status_of
from api.operators.access import Because, Minor, Order, Reason, Seeing, Shown, acting, record
from bots.phrases.errors import sentence
from core.deals import clocks, endings, freezes, messages, pieces
from core.deals import views as deals
from core.deals.errors import SharesDoNotAdd
from core.deals.schemas import DealView, DeliverableView
from core.insights import service as insights
from core.kit.consent import require
from core.kit.errors import ShownChanged
from core.kit.money import Currency, Money
from core.kit.work import Work
from core.media import service as media
from core.operators import acts, proposals
from core.operators.schemas import ProposalView
from core.operators.states import Act, Subject
from core.privacy import whom

LARGE_MAJOR: dict[Currency, int] = {
    Currency.AED: 5_000,
    Currency.AUD: 2_000,
    Currency.BRL: 7_500,
    Currency.CAD: 2_000,
    Currency.EUR: 1_500,
    Currency.GBP: 1_200,
    Currency.IDR: 20_000_000,
    Currency.INR: 100_000,
    Currency.JPY: 200_000,
    Currency.MXN: 25_000,
    Currency.SGD: 2_000,
    Currency.USD: 1_500,
}
"""From how much on, in whole units, a dispute is decided, or a deal cancelled, by two people.

In a currency without a line, always.
"""

router = APIRouter(prefix="/admin", tags=["operators"])


class Resume(Order):
    """Decision: the deal goes on."""

    decision: Literal["resume"]
    reason: Reason
    shown: Shown


class Split(Order):
    """Decision: the deal ends, and what is frozen is divided. Both shares are named, and must sum to it."""

    decision: Literal["split"]
    reason: Reason
    shown: Shown
    currency: Currency
    creator_gets_minor: Minor
    brand_gets_minor: Minor


Resolution = Annotated[Resume | Split, Field(discriminator="decision")]


class AsShown(Because):
    """Why an operator does something, and the mark of what it is done to, as it was shown."""

    shown: Shown


class Extension(AsShown):
    """How many more days."""

    days: Annotated[StrictInt, Field(ge=1, le=60)]


class ReportedSale(Order):
    """A sale that came through a deliverable; the reference keeps a repeat out."""

    reference: Annotated[str, Field(min_length=1, max_length=120)]
    amount_minor: Annotated[StrictInt, Field(gt=0, le=10**12)]
    reason: Reason


@router.get("/deals/{deal_id}")
def deal(deal_id: UUID, work: Seeing, runtime: WithRuntime) -> dict[str, Any]:
    """Return a deal with its evidence pack: who took which step and why, what both sides wrote, the files.

    Each file comes with a link that lives ten minutes.
    """
    found = _evidence(work, deal_id)
    wanted = [
        media_id for piece in found["deliverables"] for media_id in piece["draft_media"] + piece["post_media"]
    ]
    wanted += [media_id for message in found["messages"] for media_id in message["media_ids"]]
    files = runtime.tools.media
    return found | {
        "files": [
            {"name": known.name, "kind": known.kind, "link": files.link(work, known.id)}
            for known in media.many(work, wanted).values()
        ]
    }


@router.post("/deals/{deal_id}/resolve", response_model=None)
def resolve(
    deal_id: UUID, resolution: Resolution, work: Annotated[Work, acting(Act.RESOLVE_DISPUTE)]
) -> dict[str, Any] | JSONResponse:
    """Decide a dispute: as the decision says, never by what was left out, and as it was shown.

    A large one is proposed (the answer is a proposal), and decided when a colleague confirms it.
    """
    return _done(work, deal_id, lambda: _decide(work, deal_id, resolution))


def _decide(work: Work, deal_id: UUID, resolution: Resume | Split) -> DealView | ProposalView:
    present, reason, shown = deals.get(work, deal_id), resolution.reason, resolution.shown
    require(shown, present.mark, deal_id=deal_id)  # before its money is divided
    facts: dict[str, Any] = {}
    award = None
    if isinstance(resolution, Split):
        held = deals.held_for(work, present)
        award = _award(held, resolution)
        facts = {"creator_gets_minor": award.minor, "held_minor": held.minor, "currency": award.currency}
        if _is_large(held):
            return _propose(work, Act.SETTLE_LARGE, deal_id, reason, facts | {"shown": shown})
    record(work, Act.RESOLVE_DISPUTE, Subject.DEAL, deal_id, reason, facts)
    return endings.resolve(work, deal_id, reason, award, shown=shown)


def _propose(work: Work, act: Act, deal_id: UUID, reason: str, facts: dict[str, Any]) -> ProposalView:
    about = whom.concerned(work, Subject.DEAL, deal_id)
    return proposals.propose(work, act, Subject.DEAL, deal_id, reason, facts, about=about)


def _is_large(held: Money) -> bool:
    return held.minor >= LARGE_MAJOR.get(held.currency, 0) * held.currency.minor_per_major


def cancel_large(work: Work, proposal: ProposalView) -> dict[str, Any]:
    """Cancel a large deal as proposed, now that a colleague confirms it. Raises ShownChanged."""
    shown = proposal.arguments["shown"]
    return asdict(endings.cancel_by_operator(work, proposal.subject_id, proposal.reason, shown=shown))


def settle_large(work: Work, proposal: ProposalView) -> dict[str, Any]:
    """Decide a large dispute as proposed, now that a colleague confirms it. Raises ShownChanged."""
    told = proposal.arguments
    award = Money(told["creator_gets_minor"], Currency(told["currency"]))
    return asdict(endings.resolve(work, proposal.subject_id, proposal.reason, award, shown=told["shown"]))


@router.post("/deals/{deal_id}/cancel", response_model=None)
def cancel(
    deal_id: UUID, because: AsShown, work: Annotated[Work, acting(Act.CANCEL_DEAL)]
) -> dict[str, Any] | JSONResponse:
    """Cancel a deal as it was shown; what is held goes back to its campaign. A large one takes two people."""

    def end() -> DealView | ProposalView:
        present = deals.get(work, deal_id)
        held = deals.held_for(work, present)
        if _is_large(held):
            require(because.shown, present.mark, deal_id=deal_id)
            facts = {"held_minor": held.minor, "currency": held.currency, "shown": because.shown}
            return _propose(work, Act.CANCEL_LARGE, deal_id, because.reason, facts)
        record(work, Act.CANCEL_DEAL, Subject.DEAL, deal_id, because.reason)
        return endings.cancel_by_operator(work, deal_id, because.reason, shown=because.shown)

    return _done(work, deal_id, end)


@router.post("/deals/{deal_id}/freeze")
def freeze(deal_id: UUID, because: Because, work: Annotated[Work, acting(Act.FREEZE_DEAL)]) -> dict[str, Any]:
    """Let a deal stand still, its clocks too; both sides are told the reason."""
    record(work, Act.FREEZE_DEAL, Subject.DEAL, deal_id, because.reason)
    return asdict(freezes.freeze_deal(work, deal_id, because.reason))


@router.post("/deals/{deal_id}/unfreeze")
def unfreeze(
    deal_id: UUID, because: Because, work: Annotated[Work, acting(Act.UNFREEZE_DEAL)]
) -> dict[str, Any]:
    """Let a deal go on that an operator stopped; all dates move by the time it stood."""
    record(work, Act.UNFREEZE_DEAL, Subject.DEAL, deal_id, because.reason)
    return asdict(freezes.unfreeze_deal(work, deal_id, because.reason))


@router.post("/deals/{deal_id}/clocks/restart")
def restart_clocks(
    deal_id: UUID, because: Because, work: Annotated[Work, acting(Act.RESTART_CLOCKS)]
) -> dict[str, int]:
    """Let a deal's parked clocks run again."""
    record(work, Act.RESTART_CLOCKS, Subject.DEAL, deal_id, because.reason)
    return {"restarted": clocks.restart(work, deal_id)}


@router.post("/deliverables/{deliverable_id}/extend", response_model=None)
def extend(
    deliverable_id: UUID, extension: Extension, work: Annotated[Work, acting(Act.EXTEND_PIECE)]
) -> dict[str, Any] | JSONResponse:
    """Give an overdue piece, as it was shown, more days."""
    days, shown = extension.days, extension.shown

    def give() -> DeliverableView:
        facts = {"days": days}
        record(work, Act.EXTEND_PIECE, Subject.DELIVERABLE, deliverable_id, extension.reason, facts)
        return pieces.extend(work, deliverable_id, days, shown=shown)

    return _done(work, deals.deal_of(work, deliverable_id), give)


@router.post("/deliverables/{deliverable_id}/vouch", response_model=None)
def vouch(
    deliverable_id: UUID, because: AsShown, work: Annotated[Work, acting(Act.VOUCH_PIECE)]
) -> dict[str, Any] | JSONResponse:
    """Say that a post stayed up as agreed, where no look could tell; the rest of its money is released."""

    def say() -> DeliverableView:
        record(work, Act.VOUCH_PIECE, Subject.DELIVERABLE, deliverable_id, because.reason)
        return pieces.vouch(work, deliverable_id, because.reason, shown=because.shown)

    return _done(work, deals.deal_of(work, deliverable_id), say)


@router.post("/deliverables/{deliverable_id}/sales", status_code=status.HTTP_204_NO_CONTENT)
def report_sale(
    deliverable_id: UUID, sale: ReportedSale, work: Annotated[Work, acting(Act.REPORT_SALE)]
) -> None:
    """Note a sale for a deliverable, once a reference; it counts in the report's ROI."""
    facts = {"amount_minor": sale.amount_minor}
    record(work, Act.REPORT_SALE, Subject.DELIVERABLE, deliverable_id, sale.reason, facts)
    insights.sold(work, deliverable_id, sale.reference, sale.amount_minor)


def _evidence(work: Work, deal_id: UUID) -> dict[str, Any]:
    found = deals.get(work, deal_id)
    return {
        **asdict(found),
        "held": asdict(deals.held_for(work, found)),
        "history": [asdict(event) for event in deals.evidence(work, deal_id)],
        "messages": [asdict(each) for each in messages.of_deal(work, deal_id)],
    }


def _done(
    work: Work, deal_id: UUID, act: Callable[[], DealView | DeliverableView | ProposalView]
) -> dict[str, Any] | JSONResponse:
    """Return what an act made of a deal; where it is not as it was shown, the deal as it is."""
    try:
        with work.session.begin_nested():
            return asdict(act())
    except ShownChanged as error:
        acts.refused(work)
        body = {"code": error.code, "detail": sentence(error), "now": _evidence(work, deal_id)}
        return JSONResponse(jsonable_encoder(body), status_of(error))


def _award(held: Money, split: Split) -> Money:
    award = Money(split.creator_gets_minor, split.currency)
    if split.currency is not held.currency or award.minor + split.brand_gets_minor != held.minor:
        raise SharesDoNotAdd(held=held)
    return award


def dispute_of(found: DealView, held: Money) -> dict[str, Any]:
    """Return what an operator sees of a dispute at first."""
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
