"""Every query about creators, and no decision."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, joinedload

from core.creators.models import (
    THIS_TRANSACTION,
    VECTOR_REVISION,
    Creator,
    CreatorVector,
    Rate,
    SocialAccount,
)
from core.vault import service as vault

# built once: nearly every turn asks it
OF_PERSON = select(Creator).where(Creator.person_id == bindparam("person_id"))


class CreatorRepository:
    """Finds creators through one session."""

    def __init__(self, session: Session) -> None:
        """Use `session`; never commit it."""
        self._session = session

    def add(self, creator: Creator) -> None:
        """Save a new creator and give it its id."""
        self._session.add(creator)
        self._session.flush()

    def get(self, creator_id: UUID) -> Creator | None:
        """Return one creator with accounts and rates, in one query."""
        whole = (joinedload(Creator.accounts), joinedload(Creator.rates))
        return self._session.get(Creator, creator_id, options=whole)

    def all_behind(self, creator_ids: Sequence[UUID]) -> Sequence[Row[UUID, UUID, str, str | None]]:
        """Return (creator, person, country, key as it is kept) of several profiles, in one narrow query."""
        key = vault.wrapped_key(Creator.person_id)
        query = select(Creator.id, Creator.person_id, Creator.country, key)
        return self._session.execute(query.where(Creator.id.in_(creator_ids))).all()

    def lock(self, creator_id: UUID) -> Creator | None:
        """Return one profile, locked until the work ends; what only names it can be written meanwhile."""
        lock = {"key_share": True}
        return self._session.get(Creator, creator_id, with_for_update=lock, populate_existing=True)

    def get_shared(self, creator_id: UUID) -> tuple[Creator, str | None] | None:
        """Return a creator as `get` does, with their key, afresh; not frozen until the work ends."""
        query = (
            select(Creator, vault.wrapped_key(Creator.person_id))
            .options(joinedload(Creator.accounts), joinedload(Creator.rates))
            .where(Creator.id == creator_id)
            .with_for_update(read=True, of=Creator)
        )
        fresh = query.execution_options(populate_existing=True)
        row = self._session.execute(fresh).unique().one_or_none()
        return (row[0], row[1]) if row else None

    def frozen(self) -> list[UUID]:
        """Return the creators who are frozen."""
        return list(self._session.scalars(select(Creator.id).where(Creator.frozen_at.is_not(None))))

    def of_person(self, person_id: UUID) -> Creator | None:
        """Return the profile of a person."""
        return self._session.scalars(OF_PERSON, {"person_id": person_id}).one_or_none()

    def many(self, ids: Sequence[UUID]) -> list[Creator]:
        """Return several creators in three queries, whatever their number."""
        return list(self._session.scalars(select(Creator).where(Creator.id.in_(ids))))

    def by_external(self, ids: Sequence[str]) -> dict[str, Creator]:
        """Return creators by the keys of their import."""
        query = select(Creator).where(Creator.external_id.in_(ids))
        return {row.external_id or "": row for row in self._session.scalars(query)}

    def by_bare_id(self, bare_id: str) -> Creator | None:
        """Return the creator of an id in whichever list has it, none where several have."""
        query = select(Creator).where(Creator.external_id.endswith(f":{bare_id}", autoescape=True)).limit(2)
        found = self._session.scalars(query).all()
        return found[0] if len(found) == 1 else None

    def page(self, *, after: str, limit: int) -> list[Creator]:
        """Return creators by name, after a name."""
        query = select(Creator).where(Creator.name > after).order_by(Creator.name).limit(limit)
        return list(self._session.scalars(query))

    def count(self) -> int:
        """Count the creators."""
        return int(self._session.scalar(select(func.count()).select_from(Creator)) or 0)

    def by_name(self, name: str) -> Creator | None:
        """Return the oldest creator of exactly this name."""
        query = select(Creator).where(Creator.name == name).order_by(Creator.created_at).limit(1)
        return self._session.scalars(query).one_or_none()

    def count_unindexed(self) -> int:
        """Count the creators that have no vector yet."""
        query = (
            select(func.count())
            .select_from(Creator)
            .outerjoin(CreatorVector, CreatorVector.creator_id == Creator.id)
            .where(CreatorVector.creator_id.is_(None))
        )
        return int(self._session.scalar(query) or 0)

    def unindexed(self, limit: int) -> list[Creator]:
        """Return creators without a vector, the newest first: workers keep promises oldest first."""
        query = (
            select(Creator)
            .outerjoin(CreatorVector, CreatorVector.creator_id == Creator.id)
            .where(CreatorVector.creator_id.is_(None))
            .order_by(Creator.created_at.desc(), Creator.id.desc())
            .limit(limit)
        )
        return list(self._session.scalars(query))

    def add_many(self, table: type[Creator | SocialAccount | Rate], rows: list[dict[str, Any]]) -> None:
        """Write many new rows of one table in few statements."""
        if rows:
            self._session.execute(insert(table), rows)

    def put_vectors(self, rows: list[dict[str, Any]]) -> None:
        """Store embeddings with their marks, each under a fresh revision of this transaction."""
        statement = insert(CreatorVector).values(rows)
        kept = ("model", "embedding", "text_mark", "profile_mark")
        self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["creator_id"],
                set_={
                    **{name: statement.excluded[name] for name in kept},
                    "revision": VECTOR_REVISION.next_value(),
                    "written_in": THIS_TRANSACTION,
                },
            )
        )

    def vectors_of(self, model: str, ids: Sequence[UUID]) -> list[CreatorVector]:
        """Return the stored embeddings of some creators under one model."""
        query = select(CreatorVector).where(CreatorVector.model == model, CreatorVector.creator_id.in_(ids))
        return list(self._session.scalars(query))

    def oldest_open_transaction(self) -> int:
        """Return the number that no transaction still open is below."""
        found = self._session.scalar(text("SELECT (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint"))
        return int(found or 0)

    def written_since(self, model: str, transaction: int) -> Sequence[Row[UUID, int]]:
        """Return (creator, revision) of every vector written in that transaction or a later one."""
        query = select(CreatorVector.creator_id, CreatorVector.revision).where(
            CreatorVector.model == model, CreatorVector.written_in >= transaction
        )
        return self._session.execute(query).all()

    def plain(self, ids: Sequence[UUID]) -> list[Any]:
        """Return the columns of creators and their vectors, without the weight of mapped rows."""
        query = (
            select(
                *Creator.__table__.columns,
                CreatorVector.revision,
                CreatorVector.embedding,
            )
            .join(CreatorVector, CreatorVector.creator_id == Creator.id)
            .where(Creator.id.in_(ids))
        )
        return list(self._session.execute(query))

    def plain_accounts(self, ids: Sequence[UUID]) -> Sequence[Row[Any]]:
        """Return the columns of creators' social accounts, by platform."""
        query = select(*SocialAccount.__table__.columns).where(SocialAccount.creator_id.in_(ids))
        return self._session.execute(query.order_by(SocialAccount.platform)).all()

    def plain_rates(self, ids: Sequence[UUID]) -> Sequence[Row[Any]]:
        """Return the columns of creators' rates, by kind."""
        query = select(*Rate.__table__.columns).where(Rate.creator_id.in_(ids))
        return self._session.execute(query.order_by(Rate.kind)).all()
