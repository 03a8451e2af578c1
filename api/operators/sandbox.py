"""What an operator may order in a sandbox only: that something goes wrong."""

from typing import Annotated

from fastapi import APIRouter, Depends, status
from pydantic import Field, StrictInt

from api.dependencies import WithRuntime, require_sandbox
from api.operators.access import Order, acting, record
from core.kit.work import Work
from core.operators.states import Act, Subject
from core.payments.rails.sandbox import Fault, Operation

router = APIRouter(prefix="/admin/sandbox", tags=["operators"], dependencies=[Depends(require_sandbox)])
PLAY = "to see what happens then"


class OrderedFault(Order):
    """What should go wrong on the sandbox rail, and how often."""

    operation: Operation
    fault: Fault
    calls: Annotated[StrictInt, Field(ge=0, le=1_000)]


class OrderedSilence(Order):
    """How many calls should go unanswered."""

    calls: Annotated[StrictInt, Field(ge=0, le=1_000)]


@router.post("/faults", status_code=status.HTTP_204_NO_CONTENT)
def order_fault(
    ordered: OrderedFault, runtime: WithRuntime, work: Annotated[Work, acting(Act.ORDER_FAULT)]
) -> None:
    """Let the next calls of the sandbox rail go wrong."""
    record(work, Act.ORDER_FAULT, Subject.SANDBOX, None, PLAY, ordered.model_dump(mode="json"))
    runtime.rail.order_fault(ordered.operation, ordered.fault, ordered.calls)


@router.post("/network_faults", status_code=status.HTTP_204_NO_CONTENT)
def order_network_fault(
    ordered: OrderedSilence, runtime: WithRuntime, work: Annotated[Work, acting(Act.ORDER_FAULT)]
) -> None:
    """Leave the next looks at the sandbox network unanswered."""
    record(work, Act.ORDER_FAULT, Subject.SANDBOX, None, PLAY, ordered.model_dump(mode="json"))
    runtime.network.fail_next(ordered.calls)
