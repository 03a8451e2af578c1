"""Which person an act of the staff concerns: with their key its reason is sealed."""

from uuid import UUID

from sqlalchemy import text

from core.kit.work import Work
from core.operators.states import Subject

QUERIES = {
    Subject.PERSON: "SELECT id FROM person WHERE id = :id",
    Subject.CREATOR: "SELECT person_id FROM creator WHERE id = :id",
    Subject.DEAL: "SELECT c.person_id FROM deal d JOIN creator c ON c.id = d.creator_id WHERE d.id = :id",
    Subject.DELIVERABLE: "SELECT c.person_id FROM deliverable p JOIN deal d ON d.id = p.deal_id"
    " JOIN creator c ON c.id = d.creator_id WHERE p.id = :id",
    Subject.PAYOUT: "SELECT c.person_id FROM payout p JOIN creator c ON c.id = p.creator_id WHERE p.id = :id",
    Subject.SUPPORT: "SELECT person_id FROM support_request WHERE id = :id",
    Subject.PROMISE: "SELECT owner_id FROM outbox WHERE id = :id",
}


def concerned(work: Work, kind: Subject, subject_id: UUID | None) -> UUID | None:
    """Return the person whom something is about, None where it is about nobody, or a company; one query.

    A task is about whom its own subject is about.
    """
    if kind is Subject.TASK:
        query = text("SELECT subject_kind, subject_id FROM operator_task WHERE id = :id")
        row = work.session.execute(query, {"id": subject_id}).one_or_none()
        return concerned(work, Subject(row.subject_kind), row.subject_id) if row else None
    if subject_id is None or kind not in QUERIES:
        return None
    found: UUID | None = work.session.scalar(text(QUERIES[kind]), {"id": subject_id})
    return found
