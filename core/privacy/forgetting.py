"""Carries out the map for one person: deletes, blanks, and destroys their key."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, String, Table, and_, false, or_, tuple_

from core import schema
from core.kit.work import Work
from core.privacy import map as places
from core.privacy.entries import Entry, Fate, Whose
from core.privacy.scope import Scope
from core.vault import service as vault


def forget(work: Work, scope: Scope) -> None:
    """Do with every row of a person what the map says, and destroy their keys.

    From here on nothing can be sealed for them, and whoever writes to them meanwhile waits, and then fails.

    Raises:
        sqlalchemy.exc.IntegrityError: when a row that is sealed with a key of theirs stands: a gap.
    """
    work.session.flush()
    vault.lock(work, *scope.owners)
    for entry in places.MAP:
        if not entry.done_by:
            _carry_out(work, entry, scope.of)
    vault.destroy(work, *scope.owners)
    work.session.expire_all()


def rows_of(entry: Entry, found: Mapping[Whose, list[Any]]) -> tuple[Table, ColumnElement[bool]]:
    """Return a table, and the condition that finds a person's rows in it.

    A chat may have been somebody else's, before a link or after it was taken back: what another's key seals
    is theirs, in whichever chat it stands.
    """
    table = schema.metadata.tables[entry.table]
    each = [_among(table, columns, found[whose]) for columns, whose in entry.found.items()]
    theirs = or_(false(), *each)
    if Whose.CHAT in entry.found.values() and "owner_id" in table.c:
        owner = table.c["owner_id"]
        theirs = and_(theirs, or_(owner.is_(None), owner.in_(found[Whose.PERSON])))
    return table, theirs


def _carry_out(work: Work, entry: Entry, found: Mapping[Whose, list[Any]]) -> None:
    if not any(found[whose] for whose in entry.found.values()):
        return
    table, theirs = rows_of(entry, found)
    if entry.fate is Fate.DELETED:
        work.session.execute(table.delete().where(theirs))
    elif entry.fate is Fate.BLANKED:
        work.session.execute(table.update().where(theirs).values(dict(entry.blank)))


def _among(table: Table, columns: str, found: list[Any]) -> ColumnElement[bool]:
    names = columns.split()
    if not found:
        return false()
    if len(names) > 1:
        return tuple_(*(table.c[name] for name in names)).in_(found)
    column = table.c[names[0]]
    return column.in_([str(each) for each in found] if isinstance(column.type, String) else found)
