"""Links that count: one a deliverable, with UTM parameters, ignoring robots and previews.

A click is a person's: robots, previews and prefetches are none, and one address counts CLICKS_PER_SOURCE
times a day at a link, whatever browsers it names. Marks of visitors are made with a salt that is deleted on
the next day, so that no address can be found again from them.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

from crawleruseragents import is_crawler
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from core.kit import crypto
from core.kit.addresses import is_web_address
from core.kit.vocabulary import Platform
from core.kit.work import Work
from core.tracking.errors import CountedLinkNotFound, TargetNotALink
from core.tracking.models import Click, ClickSalt, Sale, TrackingLink

CODE_LENGTH = 8
CLICKS_PER_SOURCE = 10
AGENT_CHARACTERS_MAX = 512
ROBOTS = re.compile(
    r"bot|crawl|spider|preview|whatsapp|telegram|slack|discord|embedly|headless|lighthouse|monitor|okhttp|java/",
    re.IGNORECASE,
)
"""Beside the kept list of `crawleruseragents`: what it does not name."""


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a link leads, and for which deliverable."""

    target: str
    deliverable_id: UUID


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


def follow(work: Work, code: str, visit: Visit) -> Followed:
    """Return where a link leads, counting the visit unless a robot, a preview or too busy a source made it.

    Raises:
        CountedLinkNotFound: for an unknown code.
    """
    link = work.session.scalars(
        select(TrackingLink).where(TrackingLink.code == code.lower()[:16])
    ).one_or_none()
    if link is None:
        raise CountedLinkNotFound(code=code)
    if _is_person(visit):
        salt = _salt(work)
        source, visitor = _mark(salt, visit.address), _mark(salt, visit.address, visit.user_agent)
        query = select(func.count()).where(Click.link_id == link.id, Click.source == source)
        if int(work.session.scalar(query) or 0) < CLICKS_PER_SOURCE:
            at = work.now.replace(microsecond=0)
            row = insert(Click).values(link_id=link.id, visitor=visitor, source=source, at=at)
            work.session.execute(row.on_conflict_do_nothing())
    return Followed(link.target, link.deliverable_id)


def leads_home(target: str, website: str) -> bool:
    """Tell whether an address is of this website: its own host, or one below it."""
    host = _host(target)
    home = _host(f"https://{website}").removeprefix("www.")
    return bool(home) and (host == home or host.endswith(f".{home}"))


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
    if visit.method != "GET" or not visit.user_agent or AHEAD.search(visit.purpose):
        return False
    agent = visit.user_agent[:AGENT_CHARACTERS_MAX]
    return ROBOTS.search(agent) is None and not is_crawler(agent)


AHEAD = re.compile(r"prefetch|preview|prerender", re.IGNORECASE)
"""Purposes of a browser that looks before its person does: `prefetch;prerender` is one of them."""


def _salt(work: Work) -> str:
    """Return the day's salt. The first click of a day makes it, and deletes those of other days."""
    today = work.now.date()
    known = select(ClickSalt.salt).where(ClickSalt.on == today)
    found = work.session.scalar(known)
    if found is None:
        fresh = insert(ClickSalt).values(on=today, salt=secrets.token_hex(32))
        work.session.execute(fresh.on_conflict_do_nothing())
        work.session.execute(delete(ClickSalt).where(ClickSalt.on < today))
        found = str(work.session.scalar(known))
    return found


def _mark(salt: str, *parts: str) -> str:
    return hmac.new(salt.encode(), "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def _host(url: str) -> str:
    """Return an address's host in ASCII, without the final dot, empty where it has none."""
    try:
        host = (urlsplit(url).hostname or "").removesuffix(".")
        return host.encode("idna").decode().lower()
    except ValueError:
        return ""


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
