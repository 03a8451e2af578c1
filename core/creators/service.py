"""Creators' profiles: written by their owners or imported, read by matching.

Every change promises `creator.index`, so that the search follows within seconds.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute, class_mapper

from core.accounts import people
from core.creators import forgotten, profiles
from core.creators.errors import CreatorNotFound
from core.creators.models import Creator, Rate, SocialAccount
from core.creators.repository import CreatorRepository
from core.creators.schemas import (
    Behind,
    CreatorView,
    ImportReport,
    ImportRow,
    NewVector,
    SaveProfile,
    SocialAccountView,
    VectorView,
)
from core.kit.money import Money
from core.kit.vocabulary import DeliverableKind
from core.kit.work import Work
from core.kit.zones import zone_of
from core.messaging import outbox
from core.messaging.states import PromiseKind
from core.vault import service as vault

INDEX_BATCH = 100


def join(work: Work, person_id: UUID, profile: SaveProfile) -> CreatorView:
    """Give a person a creator's profile, or change the one there is. Raises NameNotAllowed."""
    creators = CreatorRepository(work.session)
    creator = creators.of_person(person_id)
    if creator is None:
        person = people.person_of(work, person_id)
        creator = profiles.blank(work, person_id, person.name, None)
        work.session.add(creator)
    if profile.name and profile.name != creator.name:
        people.rename(work, person_id, profile.name)
    profiles.write(creator, profile)
    creator.updated_at = work.now
    work.session.flush()
    if profile.city or profile.country:
        people.live_in(work, person_id, creator.country, creator.city)
    promise_index(work, [creator.id])
    return profiles.view(creator)


def of_person(work: Work, person_id: UUID) -> CreatorView | None:
    """Return a person's profile, if they have one."""
    creator = CreatorRepository(work.session).of_person(person_id)
    return profiles.view(creator) if creator else None


def get(work: Work, creator_id: UUID) -> CreatorView:
    """Return one profile. Raises CreatorNotFound."""
    creator = CreatorRepository(work.session).get(creator_id)
    if creator is None:
        raise CreatorNotFound(creator_id=creator_id)
    met(work, creator_id, creator.person_id, creator.country, None)
    return profiles.view(work.hold(creator))


def person_behind(work: Work, creator_id: UUID) -> UUID:
    """Return the person of a profile, in one narrow query. Raises CreatorNotFound."""
    found = people_behind(work, [creator_id])
    if creator_id not in found:
        raise CreatorNotFound(creator_id=creator_id)
    return found[creator_id]


def behind(work: Work, creator_id: UUID) -> Behind:
    """Return who stands behind a profile and where, read once a work. Raises CreatorNotFound."""

    def read() -> Behind:
        rows = CreatorRepository(work.session).all_behind([creator_id])
        if not rows:
            raise CreatorNotFound(creator_id=creator_id)
        _, person_id, country, wrapped = rows[0]
        vault.take(work, person_id, wrapped)
        return Behind(person_id, country)

    return work.once(("behind", creator_id), read)


Along = tuple[ScalarSelect[UUID], ScalarSelect[str], ScalarSelect[str]]


def along(creator_id: InstrumentedAttribute[UUID]) -> Along:
    """Return a creator's person, country and key as columns, for `met`: then `behind` costs nothing."""
    return (
        select(Creator.person_id).where(Creator.id == creator_id).scalar_subquery(),
        select(Creator.country).where(Creator.id == creator_id).scalar_subquery(),
        select(vault.wrapped_key(Creator.person_id)).where(Creator.id == creator_id).scalar_subquery(),
    )


def handles_along(creator_id: UUID) -> ScalarSelect[list[str] | None]:
    """Return the names of a creator's accounts as a column, for a query that one reads anyway."""
    handles = func.array_agg(SocialAccount.handle)
    return select(handles).where(SocialAccount.creator_id == creator_id).scalar_subquery()


def met(work: Work, creator_id: UUID, person_id: UUID, country: str, wrapped: str | None) -> None:
    """Note who stands behind a profile, as a query of this work has just read it."""
    vault.take(work, person_id, wrapped)
    work.once(("behind", creator_id), lambda: Behind(person_id, country))


def meet(work: Work, creator_ids: Sequence[UUID]) -> None:
    """Read who stands behind several profiles, for `behind`; one narrow query."""
    for row in CreatorRepository(work.session).all_behind(creator_ids):
        met(work, *row)


def people_behind(work: Work, creator_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return the persons of several profiles, by profile, with their keys at hand; one narrow query."""
    found = {}
    for creator_id, person_id, _, wrapped in CreatorRepository(work.session).all_behind(creator_ids):
        vault.take(work, person_id, wrapped)
        found[creator_id] = person_id
    return found


def many(work: Work, ids: Sequence[UUID]) -> dict[UUID, CreatorView]:
    """Return several profiles at once."""
    return {row.id: profiles.view(row) for row in CreatorRepository(work.session).many(ids)}


def page(work: Work, *, after: str = "", limit: int = 50) -> list[CreatorView]:
    """Return profiles by name."""
    return [profiles.view(row) for row in CreatorRepository(work.session).page(after=after, limit=limit)]


def count(work: Work) -> int:
    """Count the creators."""
    return CreatorRepository(work.session).count()


def take_in(work: Work, rows: Sequence[ImportRow], report: ImportReport) -> None:
    """Write one batch of checked import rows; a row that changes nothing is counted as such.

    The new ones are written in four statements, however many they are.
    """
    creators, rows = CreatorRepository(work.session), forgotten.without(work, rows, report)
    known = creators.by_external([row.external_id for row in rows])
    changed = [known[row.external_id].id for row in rows if _taken_over(work, known, row, report)]
    work.session.flush()
    fresh = [row for row in rows if row.external_id not in known and not row.refused_as_empty(report)]
    promise_index(work, changed + _write_new(work, creators, fresh))
    report.created += len(fresh)


def _taken_over(work: Work, known: dict[str, Creator], row: ImportRow, report: ImportReport) -> bool:
    """Write what a row says over the profile there is; tell whether that changed anything.

    What a row leaves blank stays as it is known.
    """
    creator = known.get(row.external_id)
    if creator is None:
        return False
    before = profiles.view(creator)
    profiles.write(creator, row.profile.filled_from(before))
    if profiles.view(creator) == before:
        report.unchanged += 1
        return False
    creator.updated_at = work.now
    report.updated += 1
    return True


def _write_new(work: Work, creators: CreatorRepository, rows: Sequence[ImportRow]) -> list[UUID]:
    """Write profiles nobody has yet, each with its person; returns their ids."""
    names = []
    for row in rows:
        zone = zone_of(row.profile.country or "", row.profile.city or "")
        names.append((row.shown_name, zone or people.UNKNOWN_ZONE))
    made: list[Creator] = []
    for person_id, row in zip(people.register_many(work, names), rows, strict=True):
        creator = profiles.blank(work, person_id, row.shown_name, row.external_id)
        creator.id = uuid4()
        profiles.write(creator, row.profile)
        made.append(creator)
    creators.add_many(Creator, [_columns(creator) for creator in made])
    for table, parts in ((SocialAccount, "accounts"), (Rate, "rates")):
        found = [{**_columns(part), "creator_id": c.id} for c in made for part in getattr(c, parts)]
        creators.add_many(table, found)
    return [creator.id for creator in made]


def _columns(row: Creator | SocialAccount | Rate) -> dict[str, Any]:
    """Return a new row's columns as they go into the table."""
    return {column.key: getattr(row, column.key) for column in class_mapper(type(row)).column_attrs}


def hand_over(work: Work, creator_id: UUID, person_id: UUID) -> None:
    """Let a profile, and with it its deals and its money, be another person's. Raises CreatorNotFound."""
    creator = CreatorRepository(work.session).lock(creator_id)
    if creator is None:
        raise CreatorNotFound(creator_id=creator_id)
    creator.person_id = person_id
    work.session.flush()


def withdraw(work: Work, creator_id: UUID) -> None:
    """Offer a profile to nobody any more, and have search made anew of what is left of it."""
    creator = CreatorRepository(work.session).get(creator_id)
    if creator is None:
        raise CreatorNotFound(creator_id=creator_id)
    creator.available = False
    promise_index(work, [creator.id])
    forgotten.remember(work, creator)


def find(work: Work, name: str) -> CreatorView | None:
    """Return the creator of "list:id", of an id that one list alone has, or of exactly this name."""
    creators = CreatorRepository(work.session)
    found = creators.by_external([name]).get(name) or creators.by_bare_id(name) or creators.by_name(name)
    return profiles.view(found) if found else None


def count_unindexed(work: Work) -> int:
    """Count the creators that search cannot find yet."""
    return CreatorRepository(work.session).count_unindexed()


def unindexed(work: Work, limit: int) -> list[CreatorView]:
    """Return creators that search cannot find yet."""
    return [profiles.view(row) for row in CreatorRepository(work.session).unindexed(limit)]


def store_vectors(work: Work, model: str, vectors: Sequence[NewVector]) -> None:
    """Keep embeddings of creators under a model's name, for every process to follow."""
    if vectors:
        rows = [{**asdict(vector), "model": model} for vector in vectors]
        CreatorRepository(work.session).put_vectors(rows)


def vectors_of(work: Work, model: str, ids: Sequence[UUID]) -> dict[UUID, NewVector]:
    """Return what is stored for some creators, with the marks of what it was made from."""
    rows = CreatorRepository(work.session).vectors_of(model, ids)
    return {r.creator_id: NewVector(r.creator_id, r.embedding, r.text_mark, r.profile_mark) for r in rows}


def written_since(work: Work, model: str, transaction: int) -> tuple[dict[UUID, int], int]:
    """Return the revisions of vectors written in that transaction or later, and where to go on from.

    The place to go on from is the oldest transaction that was still open: whatever commits late is read
    the next time. What was read already may come again; its revision tells.
    """
    creators = CreatorRepository(work.session)
    following = creators.oldest_open_transaction()
    return dict(creators.written_since(model, transaction)), following


def vectors(work: Work, ids: Sequence[UUID]) -> list[VectorView]:
    """Return the embeddings of creators with their profiles, in three statements, whatever their number."""
    creators = CreatorRepository(work.session)
    accounts_of: dict[UUID, list[SocialAccountView]] = defaultdict(list)
    for a in creators.plain_accounts(ids):
        accounts_of[a.creator_id].append(SocialAccountView.of(a))
    rates: dict[UUID, dict[DeliverableKind, Money]] = defaultdict(dict)
    for r in creators.plain_rates(ids):
        rates[r.creator_id][r.kind] = Money(r.amount_minor, r.currency)
    return [
        VectorView(
            profiles.picture(c, tuple(accounts_of[c.id]), rates[c.id]),
            c.revision,
            c.embedding,
        )
        for c in creators.plain(ids)
    ]


def promise_index(work: Work, ids: list[UUID]) -> None:
    """Promise that the search follows a change of some profiles."""
    for start in range(0, len(ids), INDEX_BATCH):
        batch = [str(creator_id) for creator_id in ids[start : start + INDEX_BATCH]]
        outbox.promise(work, PromiseKind.INDEX_CREATOR, f"index:{batch[0]}", {"creator_ids": batch})
