"""Whom no import brings back: keyed marks of the ids and handles of those who asked to be forgotten."""

from collections.abc import Sequence

from sqlalchemy import select

from core.creators.models import Creator, ForgottenImport
from core.creators.schemas import ImportReport, ImportRow, Refusal
from core.kit.work import Work

PURPOSE = "forgotten-import"


def remember(work: Work, creator: Creator) -> None:
    """Keep a mark of what a file may call somebody who leaves: nothing is read out of it without our keys."""
    theirs = {creator.external_id, *(account.handle for account in creator.accounts)} - {None, ""}
    for each in theirs:
        mark = work.require_keys().ring.mark(PURPOSE, str(each).casefold())
        work.session.merge(ForgottenImport(mark=mark, at=work.now))


def without(work: Work, rows: Sequence[ImportRow], report: ImportReport) -> list[ImportRow]:
    """Return the rows of those who have not asked to be forgotten; the others go into the report."""
    ring, marks = work.require_keys().ring, dict[str, set[str]]()
    for row in rows:
        named = {
            row.external_id,
            row.bare_id,
            *(account.handle for account in row.profile.accounts or ()),
        } - {""}
        marks[row.external_id] = {m for each in named for m in ring.marks(PURPOSE, each.casefold())}
    wanted = {mark for each in marks.values() for mark in each}
    query = select(ForgottenImport.mark).where(ForgottenImport.mark.in_(wanted))
    known = set(work.session.scalars(query))
    gone = [row for row in rows if known & marks[row.external_id]]
    report.refused += [Refusal(row.line, "asked to be forgotten") for row in gone]
    return [row for row in rows if not known & marks[row.external_id]]
