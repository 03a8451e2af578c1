"""Files people send: what is known of them, whose they are, how long they are wanted.

Bytes reach the store outside of any transaction, so each file is written down first, as coming: what a crash
leaves behind is known, and collected. Each owner has the same file once. A file that nothing needs is kept
for thirty days; what a draft was made of is kept as long as its owner is.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from core.kit.work import Work
from core.media import sealing
from core.media.errors import FilesAway, MediaNotFound
from core.media.models import MediaFile
from core.media.schemas import Cleaned, Coming, MediaView
from core.media.states import MediaState

KEPT_FOR = timedelta(days=30)
ARRIVES_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where a file's bytes lie, and the key that opens them; no key for one of before there were seals."""

    view: MediaView
    store_name: str
    key: bytes | None = field(repr=False)
    here: bytes | None = field(repr=False)


def expect(work: Work, file: Cleaned) -> Coming:
    """Write down that a file of the acting person is coming, and seal it.

    The same file again is the one that is there; on its way still, it is put again.
    """
    row, new = _row_of(work, file, here=False)
    if new is not None:
        return Coming(_view(row), row.store_name, new)
    if row.state is MediaState.COMING:
        key = sealing.unwrap(work, _owner_of(row), row.sealed_key, row.id)
        return Coming(_view(row), row.store_name, sealing.seal(key, file.content, row.id))
    row.keep_until = row.keep_until and work.now + KEPT_FOR
    return Coming(_view(row), row.store_name, None)


def arrived(work: Work, media_id: UUID) -> None:
    """Note that a file's bytes lie in the store. Raises MediaNotFound for one that is wanted no more."""
    change = update(MediaFile).where(MediaFile.id == media_id, MediaFile.state != MediaState.LEAVING)
    if not work.session.execute(change.values(state=MediaState.KEPT).returning(MediaFile.id)).first():
        raise MediaNotFound(media_id=media_id)


def keep_here(work: Work, file: Cleaned) -> MediaView:
    """Keep a small file of the acting person that we made within a turn; a worker moves it to the store."""
    row, _ = _row_of(work, file, here=True)
    row.keep_until = row.keep_until and work.now + KEPT_FOR
    return _view(row)


def get(work: Work, media_id: UUID) -> MediaView:
    """Return what is known about a file. Raises MediaNotFound."""
    return _view(_kept(work, media_id))


def many(work: Work, media_ids: Iterable[UUID]) -> dict[UUID, MediaView]:
    """Return what is known about several files; one query, none for no file."""
    ids = list(media_ids)
    query = select(MediaFile).where(MediaFile.id.in_(ids), MediaFile.state == MediaState.KEPT)
    rows = work.session.scalars(query) if ids else ()
    return {row.id: _view(row) for row in rows}


def digests(work: Work, media_ids: Collection[UUID]) -> set[str]:
    """Return the marks of what is in some files: whoever sent it, the same bytes have the same."""
    return set(work.session.scalars(select(MediaFile.digest).where(MediaFile.id.in_(media_ids))))


def of_people(work: Work, owner_ids: Collection[UUID]) -> list[MediaView]:
    """Return the files of some people, the oldest first."""
    query = select(MediaFile).where(MediaFile.owner_id.in_(owner_ids), MediaFile.state == MediaState.KEPT)
    return [_view(row) for row in work.session.scalars(query.order_by(MediaFile.created_at))]


def sealed(work: Work, media_id: UUID) -> Sealed:
    """Return what is needed to open a file. Raises MediaNotFound."""
    row = _kept(work, media_id)
    key = sealing.unwrap(work, _owner_of(row), row.sealed_key, row.id) if row.sealed_key else None
    return Sealed(_view(row), row.store_name, key, row.here)


def need(work: Work, media_ids: Collection[UUID]) -> None:
    """Keep files of the acting person as long as they are: something was made of them; one statement.

    Raises:
        MediaNotFound: for a file that is somebody else's, or gone.
    """
    if not media_ids:
        return
    change = (
        update(MediaFile)
        .where(MediaFile.id.in_(media_ids), MediaFile.owner_id == work.actor.person_id)
        .where(MediaFile.state == MediaState.KEPT)
        .values(keep_until=None)
        .returning(MediaFile.id)
    )
    found = set(work.session.scalars(change))
    for media_id in media_ids:
        if media_id not in found:
            raise MediaNotFound(media_id=media_id)


def forget(work: Work, person_id: UUID) -> None:
    """Let a person's files go: nobody opens them from now on, and a worker takes their bytes away."""
    _let_go(work, MediaFile.owner_id == person_id)


def leaving(work: Work, limit: int) -> list[tuple[UUID, str]]:
    """Return (id, name in the store) of files that nobody wants, or that never came; so many at most.

    The name is empty where other files need the same bytes: of before each had its own.
    """
    late = (MediaFile.state == MediaState.COMING) & (MediaFile.created_at < work.now - ARRIVES_WITHIN)
    over = (MediaFile.state == MediaState.KEPT) & (MediaFile.keep_until < work.now)
    ended = select(MediaFile.id).where(or_(late, over)).limit(limit).with_for_update(skip_locked=True)
    _let_go(work, MediaFile.id.in_(ended))
    other = aliased(MediaFile)
    needed = exists().where(other.store_name == MediaFile.store_name, other.state != MediaState.LEAVING)
    unwanted = select(MediaFile.id, MediaFile.store_name, needed.label("needed"))
    unwanted = unwanted.where(MediaFile.state == MediaState.LEAVING).order_by(MediaFile.created_at)
    rows = work.session.execute(unwanted.limit(limit))
    return [(row.id, "" if row.needed else row.store_name) for row in rows]


def gone(work: Work, media_id: UUID) -> None:
    """Delete the row of a file whose bytes were taken away."""
    row = work.session.get(MediaFile, media_id)
    if row is not None:
        work.session.delete(row)


def to_move(work: Work, limit: int) -> list[UUID]:
    """Return the files whose bytes are to be put into the store, or put there anew, sealed."""
    query = select(MediaFile.id).where(
        MediaFile.state == MediaState.KEPT,
        or_(MediaFile.here.is_not(None), MediaFile.sealed_key == ""),
        MediaFile.owner_id.is_not(None),
    )
    return list(work.session.scalars(query.order_by(MediaFile.created_at).limit(limit)))


def lost(work: Work, media_id: UUID) -> None:
    """Let a file go whose bytes are not where they should be."""
    _let_go(work, MediaFile.id == media_id)


def moved(work: Work, media_id: UUID) -> None:
    """Note that a file that lay in its row lies in the store."""
    work.session.execute(update(MediaFile).where(MediaFile.id == media_id).values(here=None))


def sealed_anew(work: Work, media_id: UUID, key: bytes, file: Cleaned) -> str | None:
    """Note that a file of before there were seals lies in the store sealed, under its own name.

    Returns the name under which its plain bytes lie, None while another file needs them.
    """
    row = _kept(work, media_id)
    plain, row.store_name = row.store_name, media_id.hex
    row.sealed_key = sealing.wrap(work, _owner_of(row), key, media_id)
    row.name, row.content_type, row.size_bytes = file.name, file.content_type, len(file.content)
    work.session.flush()
    still = work.session.scalar(select(MediaFile.id).where(MediaFile.store_name == plain).limit(1))
    return None if still else plain


def _row_of(work: Work, file: Cleaned, *, here: bool) -> tuple[MediaFile, bytes | None]:
    """Return the row of a file, and its sealed bytes if the row is new."""
    owner_id, media_id, key = work.actor.person_id, uuid4(), sealing.new_key()
    if owner_id is None:
        message = "a file belongs to a person"
        raise ValueError(message)
    content = sealing.seal(key, file.content, media_id)
    row = {
        "id": media_id,
        "owner_id": owner_id,
        "digest": hashlib.sha256(file.content).hexdigest(),
        "name": file.name,
        "content_type": file.content_type,
        "size_bytes": len(file.content),
        "created_at": work.now,
        "state": MediaState.KEPT if here else MediaState.COMING,
        "store_name": media_id.hex,
        "sealed_key": sealing.wrap(work, owner_id, key, media_id),
        "keep_until": work.now + KEPT_FOR,
        "here": content if here else None,
    }
    statement = insert(MediaFile).values(row).on_conflict_do_nothing().returning(MediaFile)
    made = work.session.scalars(statement).one_or_none()
    if made is not None:
        return made, content
    query = select(MediaFile).where(MediaFile.owner_id == owner_id, MediaFile.digest == row["digest"])
    there = work.session.scalars(query.where(MediaFile.state != MediaState.LEAVING)).one_or_none()
    if there is None:  # it left between the two statements
        raise FilesAway
    return there, None


def _kept(work: Work, media_id: UUID) -> MediaFile:
    row = work.session.get(MediaFile, media_id)
    if row is None or row.state is not MediaState.KEPT:
        raise MediaNotFound(media_id=media_id)
    return row


def _owner_of(row: MediaFile) -> UUID:
    if row.owner_id is None:
        raise MediaNotFound(media_id=row.id)
    return row.owner_id


def _let_go(work: Work, whose: ColumnElement[bool]) -> None:
    """Forget what files were; only where their bytes lie is known until those are gone."""
    blank = {"owner_id": None, "digest": "", "name": "", "sealed_key": "", "here": None, "keep_until": None}
    change = update(MediaFile).where(whose).values(state=MediaState.LEAVING, **blank)
    work.session.execute(change.execution_options(synchronize_session="fetch"))


def _view(row: MediaFile) -> MediaView:
    return MediaView(row.id, row.name, row.content_type, row.size_bytes, row.owner_id)
