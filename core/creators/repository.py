"""Every query about creators, and no decision."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.creators.models import VECTOR_REVISION, Creator, CreatorVector


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
        """Return one creator."""
        return self._session.get(Creator, creator_id)

    def person_id(self, creator_id: UUID) -> UUID | None:
        """Return whose profile this is, in one narrow query."""
        return self._session.scalar(select(Creator.person_id).where(Creator.id == creator_id))

    def of_person(self, person_id: UUID) -> Creator | None:
        """Return the profile of a person."""
        query = select(Creator).where(Creator.person_id == person_id)
        return self._session.scalars(query).one_or_none()

    def many(self, ids: Sequence[UUID]) -> list[Creator]:
        """Return several creators in three queries, whatever their number."""
        return list(self._session.scalars(select(Creator).where(Creator.id.in_(ids))))

    def by_external(self, ids: Sequence[str]) -> dict[str, Creator]:
        """Return creators by the keys of their import."""
        query = select(Creator).where(Creator.external_id.in_(ids))
        return {row.external_id or "": row for row in self._session.scalars(query)}

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
        """Return creators that have no vector yet."""
        query = (
            select(Creator)
            .outerjoin(CreatorVector, CreatorVector.creator_id == Creator.id)
            .where(CreatorVector.creator_id.is_(None))
            .order_by(Creator.created_at)
            .limit(limit)
        )
        return list(self._session.scalars(query))

    def put_vectors(self, rows: list[dict[str, Any]]) -> None:
        """Store embeddings, each under a fresh revision."""
        statement = insert(CreatorVector).values(rows)
        self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["creator_id"],
                set_={
                    "model": statement.excluded.model,
                    "embedding": statement.excluded.embedding,
                    "revision": VECTOR_REVISION.next_value(),
                },
            )
        )

    def vectors_after(self, model: str, revision: int, limit: int) -> Sequence[Row[CreatorVector, Creator]]:
        """Return vectors that changed after a revision, oldest change first."""
        query = (
            select(CreatorVector, Creator)
            .join(Creator, Creator.id == CreatorVector.creator_id)
            .where(CreatorVector.model == model, CreatorVector.revision > revision)
            .order_by(CreatorVector.revision)
            .limit(limit)
        )
        return self._session.execute(query).all()
