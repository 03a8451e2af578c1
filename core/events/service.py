"""The stream of business events: what happened, written in the transaction in which it happened.

Append-only: no event is ever changed or taken out, by whomever. It carries ids and numbers alone, so that a
person can be forgotten without touching it. Nobody reads it yet; whoever will must go by transaction: `seq`
is given when a row is written, but a transaction that began earlier may commit later, so that a reader who
remembers the highest `seq` would pass its events over. Safe is: take the events whose `written_in` is below
`pg_snapshot_xmin(pg_current_snapshot())` (every such transaction has ended), in the order of (`written_in`,
`seq`), and remember that pair. What happened to one campaign happened in the order of `seq`, because its lock
is held from before its events are written until the commit.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from core.events.errors import EventNotDeclared
from core.events.kinds import KINDS, Fact, Kind, Subject, of_step
from core.events.models import BusinessEvent
from core.kit.process import Process
from core.kit.work import Work

Value = UUID | int | str
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}|")  # a state, a currency, a party; or no state yet


def record(
    work: Work, name: str, subjects: Mapping[str, UUID], facts: Mapping[str, Value] | None = None
) -> None:
    """Write down that something happened; it stands or falls with the caller's transaction.

    Args:
        work: the caller's unit of work; its actor is who did it.
        name: the kind of event, as `core.events.kinds` declares it.
        subjects: whom or what it is about, by column of the stream.
        facts: ids, whole numbers and words of ours, by name.

    Raises:
        EventNotDeclared: for a kind, a subject or a fact that the registry does not declare, or without one
            that it does. A bug.
    """
    work.session.add(BusinessEvent(**_row(work, name, subjects, facts or {})))


def record_each(work: Work, name: str, subjects: Sequence[Mapping[str, UUID]]) -> None:
    """Write down that the same happened to many, in one statement. Raises EventNotDeclared."""
    rows = [_row(work, name, each, {}) for each in subjects]
    if rows:
        work.session.execute(insert(BusinessEvent), rows)


def record_step(
    work: Work,
    process: Process,
    step: str,
    subjects: Mapping[str, UUID],
    facts: Mapping[str, Value],
    more: Mapping[str, Any] | None = None,
) -> None:
    """Write down a step of a process. Of `more` it takes what its kind declares and leaves out the rest.

    Raises:
        EventNotDeclared: for a step without a kind, or as `record`. A bug.
    """
    try:
        kind = of_step(process.name, step)
    except KeyError as unknown:
        raise EventNotDeclared(process.name, step) from unknown
    told = {key: value for key, value in (more or {}).items() if key in kind.may}
    record(work, kind.name, subjects, {**told, **facts, "process_version": process.version})


def _row(work: Work, name: str, subjects: Mapping[str, UUID], facts: Mapping[str, Value]) -> dict[str, Any]:
    kind = KINDS.get(name)
    if kind is None:
        raise EventNotDeclared(name)
    _require(kind, "subjects", subjects, kind.subjects, ())
    _require(kind, "facts", facts, kind.facts, kind.may)
    types = {**kind.may, **kind.facts}
    return {
        "kind": kind.name,
        "version": kind.version,
        "at": work.now,
        "actor": work.actor.kind,
        "actor_id": work.actor.person_id,
        **{Subject(key).value: value for key, value in subjects.items()},
        "facts": {key: _plain(kind, key, value, types[key]) for key, value in facts.items()},
    }


def _require(
    kind: Kind, what: str, given: Iterable[str], needed: Iterable[str], allowed: Iterable[str]
) -> None:
    missing, unknown = set(needed) - set(given), set(given) - set(needed) - set(allowed)
    if missing or unknown:
        raise EventNotDeclared(kind.name, what, sorted(missing), sorted(unknown))


def _plain(kind: Kind, key: str, value: Value, fact: Fact) -> str | int:
    if fact is Fact.ID and isinstance(value, UUID):
        return str(value)
    if fact is Fact.NUMBER and isinstance(value, int) and not isinstance(value, bool):
        return value
    if fact is Fact.WORD and isinstance(value, str) and WORD.fullmatch(value):
        return str(value)
    raise EventNotDeclared(kind.name, key, type(value).__name__)
