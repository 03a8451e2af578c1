"""Staff: who the operators are, their roles and their personal keys.

A key is shown once, when it is made, and kept as a fingerprint. The first two admins are added on the machine
itself; from then on every change of the staff is proposed by one and confirmed by another.
"""

import hmac
import re
import secrets
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select, update

from core.kit import crypto
from core.kit.work import Work
from core.operators.errors import LastAdmin, StaffNameNotValid, StaffNotFound
from core.operators.models import Staff, StaffKey
from core.operators.schemas import StaffKeyView, StaffView
from core.operators.states import StaffRole

HOST = "host"
"""The name in the audit of whoever runs commands on the machine itself."""
RESERVED = frozenset({HOST, "bank", "erasure", "system", "clock"})  # names that steps bear without a person
NAME = re.compile(r"[a-z][a-z0-9-]{1,30}")
KEY = re.compile(r"nano-([0-9a-f]{12})-([0-9a-f]{48})")
USED_AGAIN_AFTER = timedelta(minutes=1)
ADMINS_TO_CONFIRM = 2
NOBODYS = crypto.fingerprint(secrets.token_hex(24))


def add(
    work: Work, name: str, role: StaffRole, staff_id: UUID | None = None, seen_by: str = ""
) -> tuple[StaffView, str]:
    """Write down a new member of staff; returns them and their key, which `seen_by` is shown, this once.

    Raises:
        StaffNameNotValid: for a name that is no name, is reserved, or was ever given to anybody.
    """
    row = Staff(id=staff_id or uuid4(), name=free_name(work, name), role=role, added_at=work.now)
    work.session.add(row)
    work.session.flush()
    key = _new_key(work, row.id, seen_by)
    return _view(work, row), key


def free_name(work: Work, name: str) -> str:
    """Return `name` where it can be given to somebody new. Raises StaffNameNotValid."""
    taken = work.session.scalars(select(Staff.id).where(Staff.name == name)).first()
    if not NAME.fullmatch(name) or name in RESERVED or taken is not None:
        raise StaffNameNotValid(name=name)
    return name


def renew_key(work: Work, staff_id: UUID, seen_by: str | None = None) -> str:
    """Give a member of staff a new key and end the others. Raises StaffNotFound.

    Without `seen_by` it goes to whoever held the one before: who was shown that one may hold this one.
    """
    row = _require(work, staff_id)
    knows = _knows(work, row.name) if seen_by is None else seen_by
    _end_keys(work, row.id)
    return _new_key(work, row.id, knows)


def are_one(work: Work, name: str, other: str) -> bool:
    """Tell whether two names may be one person: the same, or one was shown the other's key."""
    return name == other or _knows(work, name) == other or _knows(work, other) == name


def _knows(work: Work, name: str) -> str:
    """Return who was shown the key that somebody has now, empty where nobody of the staff was."""
    query = select(StaffKey.seen_by).join(Staff, Staff.id == StaffKey.staff_id)
    query = query.where(Staff.name == name, StaffKey.revoked_at.is_(None))
    return work.session.scalar(query.order_by(StaffKey.created_at.desc()).limit(1)) or ""


def change_role(work: Work, staff_id: UUID, role: StaffRole) -> StaffView:
    """Give a member of staff another role. Raises StaffNotFound, LastAdmin."""
    row = _require(work, staff_id)
    if role is not StaffRole.ADMIN:
        _keep_an_admin(work, row)
    row.role = role
    return _view(work, row)


def revoke(work: Work, staff_id: UUID) -> StaffView:
    """End somebody's time on the staff, and every key of theirs. Raises StaffNotFound, LastAdmin."""
    row = _require(work, staff_id)
    _keep_an_admin(work, row)
    _end_keys(work, row.id)
    row.revoked_at = work.now
    return _view(work, row)


def bearer_of(work: Work, key: str) -> StaffView | None:
    """Return whose key this is, None where it opens nothing. The secret is compared in constant time."""
    read = KEY.fullmatch(key)
    row = work.session.get(StaffKey, read[1]) if read else None
    given = crypto.fingerprint(read[2] if read else key)
    right = hmac.compare_digest(given, row.fingerprint if row else NOBODYS)
    if row is None or not right or row.revoked_at is not None:
        return None
    found = work.session.get(Staff, row.staff_id)
    if found is None or found.revoked_at is not None:
        return None
    if row.last_used_at is None or work.now - row.last_used_at > USED_AGAIN_AFTER:
        row.last_used_at = work.now
    return _view(work, found)


def find(work: Work, name: str) -> StaffView | None:
    """Return the member of staff of that name, None where there is none, or none any more."""
    row = work.session.scalars(select(Staff).where(Staff.name == name, Staff.revoked_at.is_(None))).first()
    return _view(work, row) if row else None


def get(work: Work, staff_id: UUID) -> StaffView:
    """Return one member of staff. Raises StaffNotFound."""
    return _view(work, _require(work, staff_id))


def everybody(work: Work) -> list[StaffView]:
    """Return who is and was on the staff, the oldest first."""
    return [_view(work, row) for row in work.session.scalars(select(Staff).order_by(Staff.added_at))]


def can_confirm(work: Work) -> bool:
    """Tell whether there are admins enough that one can confirm what another proposes."""
    query = select(func.count()).where(Staff.role == StaffRole.ADMIN, Staff.revoked_at.is_(None))
    return (work.session.scalar(query) or 0) >= ADMINS_TO_CONFIRM


def _keep_an_admin(work: Work, row: Staff) -> None:
    locked = select(Staff.id).where(Staff.role == StaffRole.ADMIN, Staff.revoked_at.is_(None))
    others = list(work.session.scalars(locked.order_by(Staff.id).with_for_update()))
    if others == [row.id]:
        raise LastAdmin


def _new_key(work: Work, staff_id: UUID, seen_by: str) -> str:
    name, secret = secrets.token_hex(6), secrets.token_hex(24)  # 192 bits: a plain fingerprint suffices
    work.session.add(
        StaffKey(
            name=name,
            staff_id=staff_id,
            fingerprint=crypto.fingerprint(secret),
            created_at=work.now,
            seen_by=seen_by,
        )
    )
    work.session.flush()
    return f"nano-{name}-{secret}"


def _end_keys(work: Work, staff_id: UUID) -> None:
    work.session.execute(
        update(StaffKey)
        .where(StaffKey.staff_id == staff_id, StaffKey.revoked_at.is_(None))
        .values(revoked_at=work.now)
    )


def _require(work: Work, staff_id: UUID) -> Staff:
    row = work.session.get(Staff, staff_id)
    if row is None or row.revoked_at is not None:
        raise StaffNotFound(staff_id=staff_id)
    return row


def _view(work: Work, row: Staff) -> StaffView:
    keys = work.session.scalars(
        select(StaffKey).where(StaffKey.staff_id == row.id).order_by(StaffKey.created_at)
    )
    shown = tuple(StaffKeyView(k.name, k.created_at, k.last_used_at, k.revoked_at) for k in keys)
    return StaffView(row.id, row.name, row.role, row.added_at, row.revoked_at, shown)
