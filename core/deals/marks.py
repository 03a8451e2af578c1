"""What people are shown of a deal and of its pieces, as marks: they agree to that, or to nothing.

A mark changes with everything a card says that binds somebody: the state, whose turn it is, the round, the
price, the draft's number, the due dates, the address and parcel of a gift, what was paid already. It does not
change with reminders.
"""

import json
from typing import Any

from core.campaigns.schemas import CampaignView
from core.deals.models import Deal, Deliverable
from core.kit.actors import ActorKind
from core.kit.consent import mark, require
from core.kit.money import Money
from core.kit.work import Work

PEOPLE = frozenset({ActorKind.PERSON, ActorKind.OPERATOR})
"""Who is shown something before they act; clocks and the system's own follow-ups are not."""
BIND_NOBODY = frozenset({"freeze", "unfreeze", "ask_more_time"})
"""Steps that agree to nothing: a deal is stopped however it stands by now, a question is only asked."""


def of_deal(deal: Deal) -> str:
    """Return the mark of a deal as it stands."""
    return mark(
        deal.id,
        deal.state,
        deal.turn,
        deal.round,
        deal.price_minor,
        deal.currency,
        deal.note,
        deal.brief_number,
        deal.brief_asked,
        json.dumps(deal.amendment, sort_keys=True),
        json.dumps(deal.terms, sort_keys=True),
        deal.terms_hash,
        deal.cancel_by,
        deal.dispute_by,
        deal.dispute_reason,
        deal.dispute_answer,
        deal.review_until,
        *(("parcel", deal.parcel_steps) if deal.parcel_steps else ()),
        *((piece.price_minor, piece.released_minor) for piece in deal.deliverables),
    )


def of_piece(piece: Deliverable) -> str:
    """Return the mark of one piece of work as it stands."""
    return mark(
        piece.id,
        piece.state,
        piece.price_minor,
        piece.released_minor,
        piece.draft_number,
        piece.rounds,
        piece.overdue_from,
        piece.draft_due_at,
        piece.post_due_at,
        piece.post_url,
        piece.posted_at,
        *piece.post_media,
    )


def of_closing(campaign: CampaignView, left: Money) -> str:
    """Return the mark of a campaign about to be closed, with what is left in it."""
    return mark("close", campaign.mark, campaign.state, left.minor)


def require_seen(work: Work, step: str, shown: str | None, present: str, **facts: object) -> None:
    """Insist that whoever acts was shown what is; clocks and the system are shown nothing.

    Raises:
        ShownChanged: when it has changed since.
        TypeError: when somebody acts who was shown nothing, which is a bug.
    """
    if work.actor.kind not in PEOPLE or step in BIND_NOBODY:
        return
    if shown is None:
        raise TypeError(f"{work.actor} takes {step} and was shown nothing")
    require(shown, present, **facts)


def stood(deal: Deal, piece: Deliverable | None) -> dict[str, Any]:
    """Return how a deal stands after a step, so that it can be said later what has changed since."""
    found: dict[str, Any] = {
        "mark": of_deal(deal),
        "state": deal.state,
        "round": deal.round,
        "price_minor": deal.price_minor,
        "brief": deal.brief_number,
    }
    if piece is not None:
        found["piece"] = {"mark": of_piece(piece), "state": piece.state, "draft_number": piece.draft_number}
    return found
