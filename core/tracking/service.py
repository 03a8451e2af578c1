"""Links that count: one a deliverable, with UTM parameters, ignoring robots and previews."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from core.kit import crypto
from core.kit.addresses import is_web_address
from core.kit.vocabulary import Platform
from core.kit.work import Work
from core.tracking.errors import LinkNotFound, TargetNotALink
from core.tracking.models import Click, Sale, TrackingLink

CODE_LENGTH = 8
ROBOTS = re.compile(
    r"bot|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|telegram|slack|twitter|discord|embedly"
    r"|curl|wget|python|httpx|okhttp|java/|go-http|headless|lighthouse|monitor",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What a request for a link tells about its visitor."""

    user_agent: str
    address: str
    method: str = "GET"
    purpose: str = ""


def create(work: Work, deliverable_id: UUID, target: str, platform: Platform, campaign: str) -> str:
    """Return the code of a deliverable's link, making it at the first call.

    UTM parameters (rules.md): utm_source=<platform>, utm_medium=influencer, utm_campaign=<slug>,
    utm_content=<deliverable>. Parameters the target already has stay.

    Raises:
        TargetNotALink: when `target` is not an http(s) address.
    """
    known = work.session.scalars(
        select(TrackingLink).where(TrackingLink.deliverable_id == deliverable_id)
    ).one_or_none()
    if known is not None:
        return known.code
    link = TrackingLink(
        code=crypto.code(CODE_LENGTH).lower(),
        deliverable_id=deliverable_id,
        target=_with_utm(target, platform, campaign, deliverable_id),
        created_at=work.now,
    )
    work.session.add(link)
    work.session.flush()
    return link.code


def code_of(work: Work, deliverable_id: UUID) -> str:
    """Return the code of a deliverable's link, empty where there is none."""
    query = select(TrackingLink.code).where(TrackingLink.deliverable_id == deliverable_id)
    return work.session.scalar(query) or ""


def follow(work: Work, code: str, visit: Visit) -> str:
    """Return where a link leads, counting the visit unless a robot or a preview made it.

    Raises:
        LinkNotFound: for an unknown code.
    """
    link = work.session.scalars(
        select(TrackingLink).where(TrackingLink.code == code.lower()[:16])
    ).one_or_none()
    if link is None:
        raise LinkNotFound(code=code)
    if _is_person(visit):
        visitor = hashlib.sha256(
            f"{work.now:%Y-%m-%d}|{visit.address}|{visit.user_agent}".encode()
        ).hexdigest()
        work.session.execute(
            insert(Click)
            .values(link_id=link.id, visitor=visitor, at=work.now.replace(microsecond=0))
            .on_conflict_do_nothing()
        )
    return link.target


def clicks(work: Work, deliverable_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Count the clicks on several deliverables' links in one query."""
    query = (
        select(TrackingLink.deliverable_id, func.count(Click.id))
        .join(Click, Click.link_id == TrackingLink.id)
        .where(TrackingLink.deliverable_id.in_(deliverable_ids))
        .group_by(TrackingLink.deliverable_id)
    )
    return {deliverable: int(count) for deliverable, count in work.session.execute(query)}


def record_sale(work: Work, deliverable_id: UUID, reference: str, amount_minor: int) -> None:
    """Note a sale the brand reports, once a reference."""
    work.session.execute(
        insert(Sale)
        .values(
            deliverable_id=deliverable_id,
            reference=reference[:120],
            amount_minor=amount_minor,
            at=work.now,
        )
        .on_conflict_do_nothing()
    )


def revenue(work: Work, deliverable_ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """Return (sales, revenue in minor units) of several deliverables in one query."""
    query = (
        select(Sale.deliverable_id, func.count(Sale.id), func.sum(Sale.amount_minor))
        .where(Sale.deliverable_id.in_(deliverable_ids))
        .group_by(Sale.deliverable_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in work.session.execute(query)}


def _is_person(visit: Visit) -> bool:
    if visit.method != "GET" or not visit.user_agent or visit.purpose in {"prefetch", "preview"}:
        return False
    return ROBOTS.search(visit.user_agent) is None


def _with_utm(target: str, platform: Platform, campaign: str, deliverable_id: UUID) -> str:
    if not is_web_address(target.strip()):
        raise TargetNotALink(target=target[:200])
    parts = urlsplit(target.strip())
    slug = re.sub(r"[^a-z0-9]+", "-", campaign.lower()).strip("-")[:60] or "campaign"
    utm = {
        "utm_source": platform.value,
        "utm_medium": "influencer",
        "utm_campaign": slug,
        "utm_content": str(deliverable_id)[:8],
    }
    own = parse_qsl(parts.query, keep_blank_values=True)
    query = own + [(key, value) for key, value in utm.items() if key not in dict(own)]
    return urlunsplit(parts._replace(query=urlencode(query)))
