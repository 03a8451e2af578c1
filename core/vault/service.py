"""Seals what belongs to one person with a key of their own: destroying the key makes all of it unreadable.

An owner is a person, or a workspace (for what belongs to a company). The key is made with its owner, wrapped
by our ring (rotation wraps it anew and touches nothing that it sealed), and destroyed when they are
forgotten. Opened keys are kept in memory for seconds. That respects erasure: rows sealed with a key point at
it, so that they go before it does, and nothing can be written under a key that is gone; what cannot go (the
audit, a deal's steps) is read by `open_each`, which asks the database for the key every time.

Any slice may use this one; it knows none of them.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, delete, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from core.kit import crypto
from core.kit.crypto import Keyring
from core.kit.work import Work
from core.vault.errors import KeyDestroyed
from core.vault.models import DataKey

PURPOSE = "data-keys"
SEALED = "sealed"
REWRAPPED_AT_ONCE = 1_000


def make(work: Work, *owner_ids: UUID) -> None:
    """Make a key for each of some new owners, in one statement."""
    keys, rows = work.require_keys(), []
    for owner_id in owner_ids:
        plain = crypto.data_key()
        keys.remember(owner_id, plain)
        wrapped = keys.ring.seal(PURPOSE, plain, str(owner_id))
        rows.append({"owner_id": owner_id, "wrapped": wrapped, "made_at": work.now})
    if rows:
        work.session.execute(insert(DataKey), rows)


def make_missing(work: Work, owner_ids: Iterable[UUID]) -> int:
    """Make the keys that some owners of before there were keys lack; returns how many."""
    wanted = list(owner_ids)
    known = set(work.session.scalars(select(DataKey.owner_id).where(DataKey.owner_id.in_(wanted))))
    missing = [owner_id for owner_id in wanted if owner_id not in known]
    make(work, *missing)
    return len(missing)


def has_key(work: Work, owner_id: UUID | None) -> bool:
    """Tell whether something can be sealed for an owner: not for nobody, and not for who was forgotten."""
    return owner_id is not None and _key_of(work, owner_id) is not None


def seal(work: Work, owner_id: UUID, plain: str, place: str) -> str:
    """Return a text that only the owner's key opens, only in this place (a table and column of ours).

    Raises:
        KeyDestroyed: for an owner who was forgotten.
    """
    return crypto.seal_text(_required(work, owner_id), plain, place)


def open_sealed(work: Work, owner_id: UUID, sealed: str, place: str) -> str:
    """Return what was sealed; what was written in plain before there were keys is returned as it is.

    Raises:
        KeyDestroyed: when the owner was forgotten.
        NotOurs: when it was changed, or moved from elsewhere.
    """
    if not crypto.is_sealed_text(sealed):
        return sealed
    return crypto.open_text(_required(work, owner_id), sealed, place)


def seal_json(work: Work, owner_id: UUID, plain: Any, place: str) -> dict[str, Any]:  # noqa: ANN401  (JSON)
    """Return plain data, sealed, as a JSON object to keep in its stead. Raises KeyDestroyed."""
    return {SEALED: seal(work, owner_id, json.dumps(plain, separators=(",", ":")), place)}


def open_json(work: Work, owner_id: UUID | None, kept: dict[str, Any], place: str) -> Any:  # noqa: ANN401
    """Return what `seal_json` sealed, or what was kept in plain. Raises KeyDestroyed, NotOurs."""
    if owner_id is None or kept.keys() != {SEALED}:
        return kept
    return json.loads(open_sealed(work, owner_id, kept[SEALED], place))


def open_of_the_ring(work: Work, purpose: str, sealed: str, context: str) -> bytes:
    """Return what the ring itself sealed, before owners had keys. Raises NotOurs."""
    return work.require_keys().ring.open_sealed(purpose, sealed, context)


def open_each(work: Work, found: Sequence[tuple[UUID | None, str]], place: str) -> list[str | None]:
    """Open texts of rows that outlive their owner's key; None where it was destroyed. One statement.

    An owner of None is nobody's text: it was kept in plain.
    """
    owners = {owner_id for owner_id, text in found if owner_id and crypto.is_sealed_text(text)}
    keys = _read(work, owners)
    return [_opened(keys, owner_id, text, place) for owner_id, text in found]


def ahead(work: Work, owner_ids: Iterable[UUID | None]) -> None:
    """Read the keys of several owners that are not at hand, in one statement."""
    keys = work.require_keys()
    wanted = {each for each in owner_ids if each is not None and keys.at_hand(each) is None}
    _read(work, wanted)


def wrapped_key(owner_id: InstrumentedAttribute[UUID]) -> ScalarSelect[str]:
    """Return the column to read with an owner's row, so that `take` needs no query of its own."""
    return select(DataKey.wrapped).where(DataKey.owner_id == owner_id).scalar_subquery()


def take(work: Work, owner_id: UUID, wrapped: str | None) -> None:
    """Open a key that was read with its owner's row."""
    keys = work.require_keys()
    if wrapped is not None and keys.at_hand(owner_id) is None:
        keys.remember(owner_id, keys.ring.open_sealed(PURPOSE, wrapped, str(owner_id)))


def destroy(work: Work, *owner_ids: UUID) -> None:
    """Destroy the keys of some owners. Every row that points at them has to be gone.

    Raises:
        sqlalchemy.exc.IntegrityError: while a row sealed with one of them still stands.
    """
    for owner_id in owner_ids:
        work.require_keys().drop(owner_id)
    work.session.execute(delete(DataKey).where(DataKey.owner_id.in_(owner_ids)))


def lock(work: Work, *owner_ids: UUID) -> None:
    """Let nothing more be sealed with some keys until the work ends: who would do so waits."""
    query = select(DataKey.owner_id).where(DataKey.owner_id.in_(owner_ids)).order_by(DataKey.owner_id)
    work.session.execute(query.with_for_update())


def rewrap(work: Work, ring: Keyring) -> int:
    """Wrap with the ring's newest key what older ones wrapped; returns how many. Nothing sealed changes.

    Raises:
        NotOurs: when a key opens with none of ours.
    """
    current = DataKey.wrapped.startswith(f"{crypto.SEALED}.{ring.newest.id}.")
    query = select(DataKey.owner_id, DataKey.wrapped).where(~current).limit(REWRAPPED_AT_ONCE)
    changed = 0
    while rows := work.session.execute(query.with_for_update()).all():
        for row in rows:
            anew = ring.resealed(PURPOSE, row.wrapped, str(row.owner_id))
            statement = update(DataKey).where(DataKey.owner_id == row.owner_id)
            work.session.execute(statement.values(wrapped=anew))
        changed += len(rows)
    return changed


def _opened(keys: dict[UUID, bytes], owner_id: UUID | None, text: str, place: str) -> str | None:
    if owner_id is None or not crypto.is_sealed_text(text):
        return text
    key = keys.get(owner_id)
    return crypto.open_text(key, text, place) if key else None


def _required(work: Work, owner_id: UUID) -> bytes:
    key = _key_of(work, owner_id)
    if key is None:
        raise KeyDestroyed(owner_id)
    return key


def _key_of(work: Work, owner_id: UUID) -> bytes | None:
    return work.require_keys().at_hand(owner_id) or _read(work, {owner_id}).get(owner_id)


def _read(work: Work, owner_ids: set[UUID]) -> dict[UUID, bytes]:
    if not owner_ids:
        return {}
    keys, found = work.require_keys(), {}
    query = select(DataKey.owner_id, DataKey.wrapped).where(DataKey.owner_id.in_(owner_ids))
    for row in work.session.execute(query):
        found[row.owner_id] = keys.ring.open_sealed(PURPOSE, row.wrapped, str(row.owner_id))
        keys.remember(row.owner_id, found[row.owner_id])
    return found
