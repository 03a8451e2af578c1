"""The sandbox network: a small social network of our own, behind the same port as the real ones.

It has accounts, posts, captions, metrics that grow with time, deletions, and faults on demand. It is
labelled as a sandbox wherever a person meets it.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select, update

from core.kit import crypto
from core.kit.actors import SYSTEM
from core.kit.database import Database
from core.kit.text import clean
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import begin, require_outside
from core.networks import links
from core.networks.errors import NetworkUnavailable
from core.networks.models import SandboxNetworkFault, SandboxPost
from core.networks.port import Metrics, PostReading

HALF_LIFE_HOURS = 18.0


@dataclass(frozen=True, slots=True)
class NewPost:
    """What somebody publishes on the sandbox network."""

    platform: Platform
    owner: str
    kind: DeliverableKind
    caption: str
    followers: int


class SandboxNetwork:
    """The door of the sandbox network."""

    name = links.SANDBOX
    is_play = True

    def __init__(self, database: Database, public_url: str) -> None:
        """Keep posts in `database`; links begin with `public_url`."""
        self._database = database
        self._public_url = public_url.rstrip("/")

    def read(self, link: str, now: datetime) -> PostReading | None:
        """Return the post behind a link, or None where it is deleted or never was.

        Raises:
            NetworkUnavailable: while faults are ordered.
        """
        require_outside()
        self._maybe_fail()
        code = links.sandbox_code(link, self._public_url)
        if not code:
            return None
        with begin(self._database, SYSTEM) as work:
            row = work.session.get(SandboxPost, code)
            return _reading(row, now) if row is not None and row.deleted_at is None else None

    def peek(self, code: str, now: datetime) -> PostReading | None:
        """Return a post for its own page; ordered faults do not count here."""
        with begin(self._database, SYSTEM) as work:
            row = work.session.get(SandboxPost, code.lower()[:16])
            return _reading(row, now) if row is not None and row.deleted_at is None else None

    def publish(self, post: NewPost, request_key: str) -> str:
        """Publish a post once a request key and return its link."""
        require_outside()
        with begin(self._database, SYSTEM) as work:
            query = select(SandboxPost).where(SandboxPost.request_key == request_key)
            row = work.session.scalars(query).one_or_none()
            if row is None:
                row = SandboxPost(
                    code=crypto.code(10).lower(),
                    request_key=request_key,
                    platform=post.platform,
                    owner=_handle(post.owner),
                    kind=post.kind,
                    caption=clean(post.caption, 2_200),
                    final_views=_final_views(post),
                    followers=post.followers,
                    published_at=work.now,
                )
                work.session.add(row)
            return f"{self._public_url}/sandbox/network/p/{row.code}"

    def delete(self, link: str) -> bool:
        """Delete a post; False where there was none."""
        return self._set_deleted(link, deleted=True)

    def restore(self, link: str) -> bool:
        """Bring a deleted post back; False where there was none."""
        return self._set_deleted(link, deleted=False)

    def posts_of(self, owner: str) -> list[tuple[str, PostReading, bool]]:
        """Return an account's posts: link, reading, whether deleted; newest first."""
        require_outside()
        with begin(self._database, SYSTEM) as work:
            query = select(SandboxPost).order_by(SandboxPost.published_at.desc()).limit(50)
            if owner:
                query = query.where(SandboxPost.owner == _handle(owner))
            return [
                (
                    f"{self._public_url}/sandbox/network/p/{row.code}",
                    _reading(row, work.now),
                    row.deleted_at is not None,
                )
                for row in work.session.scalars(query)
            ]

    def fail_next(self, calls: int) -> None:
        """Leave the next reads unanswered."""
        require_outside()
        with begin(self._database, SYSTEM) as work:
            work.session.merge(SandboxNetworkFault(id=1, failures_left=calls))

    def _maybe_fail(self) -> None:
        with begin(self._database, SYSTEM) as work:
            failing = work.session.execute(
                update(SandboxNetworkFault)
                .where(SandboxNetworkFault.failures_left > 0)
                .values(failures_left=SandboxNetworkFault.failures_left - 1)
                .returning(SandboxNetworkFault.id)
            ).first()
        if failing:
            raise NetworkUnavailable

    def _set_deleted(self, link: str, *, deleted: bool) -> bool:
        require_outside()
        code = links.sandbox_code(link, self._public_url)
        with begin(self._database, SYSTEM) as work:
            row = work.session.get(SandboxPost, code) if code else None
            if row is not None:
                row.deleted_at = work.now if deleted else None
            return row is not None


def _reading(row: SandboxPost, now: datetime) -> PostReading:
    hours = max((now - row.published_at).total_seconds() / 3_600, 0.0)
    views = int(row.final_views * (1 - 0.5 ** (hours / HALF_LIFE_HOURS)))
    return PostReading(
        network_id=row.code,
        platform=row.platform,
        owner=row.owner,
        kind=row.kind,
        caption=row.caption,
        published_at=row.published_at,
        metrics=Metrics(
            views=views,
            likes=views * 7 // 100,
            comments=views * 8 // 1_000,
            saves=views * 12 // 1_000,
            shares=views * 4 // 1_000,
            reach=views * 7 // 10,
        ),
        followers=row.followers,
    )


def _final_views(post: NewPost) -> int:
    """Return 40 % to 120 % of the followers, fixed by account and kind, so that a story repeats."""
    part = sha256(f"{_handle(post.owner)}:{post.kind}".encode()).digest()[0]
    return max(post.followers, 500) * (40 + part * 80 // 255) // 100


def _handle(owner: str) -> str:
    return owner.strip().lstrip("@").lower()
