"""Who may come in to the operators' API: a personal key, a role for each route, a trace of each act.

A route that changes something takes `acting(Act.…)`: the role is looked at before the body, and an act that
left no row in the audit is rolled back. A route that only shows takes `Seeing`.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, HTTPException, Request, status
from pydantic import BaseModel, ConfigDict, Field, StrictInt

from api.dependencies import WithRuntime, find_runtime
from api.quotas import address_of
from core.kit.actors import SYSTEM, Actor
from core.kit.work import Work, begin
from core.operators import acts, sign_ins
from core.operators.errors import StaffRoleMissing
from core.operators.schemas import StaffView
from core.operators.states import NEEDS, Act, Right, Subject
from core.privacy import whom

Reason = Annotated[str, Field(min_length=3, max_length=2_000)]
Shown = Annotated[str, Field(min_length=1, max_length=40)]
"""The mark of what the operator was shown; the thing's own answer carries it."""
Minor = Annotated[StrictInt, Field(ge=0, le=10**15)]


class Order(BaseModel):
    """What an operator orders: nothing unknown in it, whole numbers only where numbers are asked for."""

    model_config = ConfigDict(extra="forbid")


class Because(Order):
    """Why an operator does something."""

    reason: Reason


def sign_in(request: Request) -> StaffView:
    """Return whose personal key a request bears, looking once a request.

    Answers 401 for a key that opens nothing; `api.quotas` shuts out an address that brings too many of those.
    """
    known: StaffView | None = getattr(request.state, "staff", None)
    if known is not None:
        return known
    key = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    with begin(find_runtime(request).database, SYSTEM) as work:
        found = sign_ins.sign_in(work, key, address_of(request))
    if found is None:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "The personal key is missing or wrong.")
    request.state.staff = found
    return found


SignedIn = Annotated[StaffView, Depends(sign_in)]


def begin_seeing(runtime: WithRuntime, staff: SignedIn) -> Iterator[Work]:
    """One request that only shows, in the name of a member of staff."""
    if not staff.may(Right.SEE):
        raise StaffRoleMissing(right=Right.SEE)
    with begin(runtime.database, Actor.operator(staff.name)) as work:
        yield work


Seeing = Annotated[Work, Depends(begin_seeing, scope="function")]


def record(
    work: Work,
    act: Act,
    kind: Subject,
    subject_id: UUID | None,
    reason: str,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write an act into the audit; what is said of a person is sealed with that person's key."""
    acts.record(work, act, kind, subject_id, reason, facts, about=whom.concerned(work, kind, subject_id))


class ActLeftNoTrace(RuntimeError):
    """A route changed something and wrote nothing into the audit. This is a bug; it was rolled back."""


def acting(*kinds: Act) -> Any:  # noqa: ANN401  (what FastAPI's Depends returns)
    """Return the dependency of a route that does one of these acts: one request, one transaction."""

    def begin_act(runtime: WithRuntime, staff: SignedIn) -> Iterator[Work]:
        if not any(staff.may(NEEDS[act]) for act in kinds):
            raise StaffRoleMissing(act=kinds[0])
        with begin(runtime.database, Actor.operator(staff.name)) as work:
            yield work
            if not acts.noted(work):
                raise ActLeftNoTrace

    return Depends(begin_act, scope="function")
