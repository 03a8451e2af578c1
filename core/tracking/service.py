"""Links that count: one a deliverable, with UTM parameters, ignoring robots and previews.

A click is a person's (`core.tracking.visits`), one a WINDOW, and an address counts CLICKS_PER_SOURCE times a
day at a link, whatever browsers it names. Marks of visitors are made with a salt that is deleted on the next
day, so that no address can be found again from them.

The address led to is the brand's own, byte for byte. Behind it stand our UTM parameters and what the
visitor's app added to the link: ids of its clicks and `utm_*`, which win over ours, not over the brand's.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote_plus, urlencode, urlsplit
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from core.kit import crypto
from core.kit.addresses import is_web_address
from core.kit.vocabulary import Platform
from core.kit.work import Work
from core.tracking.errors import CountedLinkNotFound, TargetNotALink
from core.tracking.models import Click, ClickSalt, Sale, TrackingLink
from core.tracking.visits import Visit, by_a_person

CODE_LENGTH = 8
CLICKS_PER_SOURCE = 10
WINDOW = timedelta(minutes=30)
CLICK_IDS = frozenset(
    {
        *("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "ttclid", "twclid", "msclkid", "igsh"),
        *("igshid", "li_fat_id", "sccid", "epik", "rdt_cid", "yclid", "mc_cid", "mc_eid", "srsltid"),
    }
)
"""What networks and their advertising add to a link, each to know its own click again."""
PASSED_ON_MAX, PASSED_CHARACTERS_MAX = 20, 1_500
PARAMETER = re.compile(r"[A-Za-z0-9_.-]{1,40}(?:=[A-Za-z0-9._~%+:@!$'()*,;/?=-]{0,600})?")


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a link leads, and for which deliverable."""

    target: str
    deliverable_id: UUID


def create(work: Work, deliverable_id: UUID, target: str, platform: Platform, campaign: str) -> str:
    """Return the code of a deliverable's link, making it at the first call.

    UTM parameters: utm_source=<platform>, utm_medium=influencer, utm_campaign=<slug>,
    utm_content=<deliverable>. Parameters the target already has stay, and stay alone.

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
        target=_full(target),
        utm=_utm(target, platform, campaign, deliverable_id),
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

    Signs that a sentence put behind the code are not of it.

    Raises:
        CountedLinkNotFound: for an unknown code.
    """
    bare = re.search(r"[a-z0-9]+", code.lower())
    known = select(TrackingLink).where(TrackingLink.code == (bare[0] if bare else "")[:16])
    link = work.session.scalars(known).one_or_none()
    if link is None:
        raise CountedLinkNotFound(code=code)
    if by_a_person(visit):
        _count(work, link.id, visit)
    return Followed(_led_to(link, visit.query), link.deliverable_id)


def _count(work: Work, link_id: UUID, visit: Visit) -> None:
    """Count a visit, unless its visitor was counted a moment ago or its address too often today."""
    salt = _salt(work)
    source, visitor = _mark(salt, visit.address), _mark(salt, visit.address, visit.user_agent)
    latest = func.max(Click.at).filter(Click.visitor == visitor)
    query = select(func.count(), latest).where(Click.link_id == link_id, Click.source == source)
    counted, before = work.session.execute(query).one()
    if counted < CLICKS_PER_SOURCE and (before is None or before <= work.now - WINDOW):
        at = work.now.replace(microsecond=0)
        row = insert(Click).values(link_id=link_id, visitor=visitor, source=source, at=at)
        work.session.execute(row.on_conflict_do_nothing())


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


def _full(target: str) -> str:
    if not is_web_address(target.strip()):
        raise TargetNotALink(target=target[:200])
    return target.strip()


def _utm(target: str, platform: Platform, campaign: str, deliverable_id: UUID) -> str:
    """Return our parameters for a target, without those that it has already."""
    slug = re.sub(r"[^a-z0-9]+", "-", campaign.lower()).strip("-")[:60] or "campaign"
    utm = {
        "utm_source": platform.value,
        "utm_medium": "influencer",
        "utm_campaign": slug,
        "utm_content": str(deliverable_id)[:8],
    }
    own = _names(target)
    return urlencode({name: value for name, value in utm.items() if name not in own})


def _led_to(link: TrackingLink, query: str) -> str:
    """Return the brand's address with our parameters and the visitor's behind its own."""
    own = _names(link.target)
    theirs = [one for one in _passed_on(query) if _name(one) not in own]
    named = {_name(one) for one in theirs}
    ours = [one for one in link.utm.split("&") if one and _name(one) not in named]
    before, sign, fragment = link.target.partition("#")
    added = "&".join((*ours, *theirs))
    glue = "" if not added or before.endswith(("?", "&")) else "&" if "?" in before else "?"
    return f"{before}{glue}{added}{sign}{fragment}"


def _passed_on(query: str) -> list[str]:
    """Return what a visitor's app added to the link, as it is written, each name once."""
    found: dict[str, str] = {}
    for one in query[:PASSED_CHARACTERS_MAX].split("&"):
        name = _name(one)
        known = name.lower() in CLICK_IDS or name.startswith("utm_")
        if known and len(found) < PASSED_ON_MAX and PARAMETER.fullmatch(one):
            found.setdefault(name, one)
    return list(found.values())


def _names(address: str) -> frozenset[str]:
    query = address.partition("#")[0].partition("?")[2]
    return frozenset(_name(one) for one in query.split("&"))


def _name(parameter: str) -> str:
    return unquote_plus(parameter.partition("=")[0])
