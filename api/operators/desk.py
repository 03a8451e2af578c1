"""The console's page, what waits for an operator, and the tasks, promises and people that wait."""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, status
from fastapi.responses import HTMLResponse
from pydantic import Field

from api.dependencies import WithRuntime
from api.operators.access import Because, Order, Seeing, SignedIn, acting, record
from api.operators.deals import dispute_of
from api.pages.render import page
from core.accounts import seats
from core.conversations import service as conversations
from core.deals import views as deals
from core.insights import workload
from core.kit.limits import Limit
from core.kit.work import Work
from core.ledger import checks
from core.messaging import outbox
from core.operators import proposals, tasks
from core.operators.states import RIGHTS, Act, Subject
from core.privacy import export

router = APIRouter(prefix="/admin", tags=["operators"])


class SupportAnswer(Order):
    """What an operator answers."""

    text: Annotated[str, Field(min_length=1, max_length=4_000)]


@router.get("", response_class=HTMLResponse)
def console(runtime: WithRuntime) -> HTMLResponse:
    """Show the console; it asks for a personal key and calls the API below."""
    return page("console", runtime.settings)


@router.get("/overview")
def overview(work: Seeing, staff: SignedIn, runtime: WithRuntime) -> dict[str, Any]:
    """Return what needs an operator."""
    disputed = deals.disputed(work)
    held = deals.held_of(work, disputed)
    return {
        "now": work.now,
        "me": {"name": staff.name, "role": staff.role, "rights": sorted(RIGHTS[staff.role])},
        "workload": asdict(workload.waiting(work, runtime.rails.facts())),
        "tasks": [asdict(task) for task in tasks.open_tasks(work)],
        "proposals": [asdict(proposal) for proposal in proposals.waiting(work)],
        "disputes": [dispute_of(deal, held[deal.id]) for deal in disputed],
        "support": [asdict(request) for request in conversations.waiting(work)],
        "parked": outbox.parked(work),
        "books": asdict(checked) if (checked := checks.latest(work)) else None,
    }


@router.post("/promises/{promise_id}/retry", status_code=status.HTTP_204_NO_CONTENT)
def retry(promise_id: UUID, because: Because, work: Annotated[Work, acting(Act.RETRY_PROMISE)]) -> None:
    """Let a parked promise be tried again."""
    record(work, Act.RETRY_PROMISE, Subject.PROMISE, promise_id, because.reason)
    outbox.unpark(work, promise_id)


@router.post("/tasks/{task_id}/close")
def close_task(
    task_id: UUID, because: Because, work: Annotated[Work, acting(Act.CLOSE_TASK)]
) -> dict[str, Any]:
    """Close a task, saying what came of it."""
    record(work, Act.CLOSE_TASK, Subject.TASK, task_id, because.reason)
    return asdict(tasks.close(work, task_id, because.reason))


@router.post("/support/{request_id}/answer", status_code=status.HTTP_204_NO_CONTENT)
def answer(request_id: UUID, given: SupportAnswer, work: Annotated[Work, acting(Act.ANSWER_SUPPORT)]) -> None:
    """Answer somebody who asked for a person; the answer itself stays with the request."""
    record(work, Act.ANSWER_SUPPORT, Subject.SUPPORT, request_id, "asked for a person")
    conversations.answer_person(work, request_id, given.text)


@router.post("/people/{person_id}/own-data", status_code=status.HTTP_202_ACCEPTED)
def send_own_data(
    person_id: UUID,
    because: Because,
    runtime: WithRuntime,
    work: Annotated[Work, acting(Act.SEND_OWN_DATA)],
) -> dict[str, str]:
    """Send somebody who asked for it by letter the link to their own data: into their chat, not to you.

    It counts to the links they may have in a day.
    """
    runtime.tools.limits.spend(Limit.OWN_DATA, str(person_id))
    record(work, Act.SEND_OWN_DATA, Subject.PERSON, person_id, because.reason)
    export.send(work, person_id)
    return {"sent": "to their own chat"}


@router.post("/people/{person_id}/sign-out")
def sign_out(
    person_id: UUID, because: Because, work: Annotated[Work, acting(Act.SIGN_OUT_PERSON)]
) -> dict[str, int]:
    """End every browser session of a person, as when a device was lost."""
    record(work, Act.SIGN_OUT_PERSON, Subject.PERSON, person_id, because.reason)
    return {"ended": seats.end_of_person(work, person_id)}
