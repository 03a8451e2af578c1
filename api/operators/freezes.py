"""Workspaces and creators before an operator who stops them, or lets them go on."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

from api.errors import status_of
from api.operators.access import Seeing, acting, record
from api.operators.deals import AsShown
from bots.phrases.errors import sentence
from core.accounts import workspaces
from core.accounts.schemas import WorkspaceView
from core.creators import service as creators
from core.creators.schemas import CreatorView
from core.deals import freezes
from core.kit.errors import ShownChanged
from core.kit.work import Work
from core.operators import acts
from core.operators.states import Act, Subject

router = APIRouter(prefix="/admin", tags=["operators"])
Answer = dict[str, Any] | JSONResponse


@router.get("/workspaces/{workspace_id}")
def workspace(workspace_id: UUID, work: Seeing) -> dict[str, Any]:
    """Return a workspace, with the mark of what is shown of it."""
    return _shown(workspaces.workspace_of(work, workspace_id))


@router.post("/workspaces/{workspace_id}/freeze", response_model=None)
def freeze_workspace(
    workspace_id: UUID, because: AsShown, work: Annotated[Work, acting(Act.FREEZE_WORKSPACE)]
) -> Answer:
    """Stop a workspace as it was shown: no offers, no funding, no closing; its deals stand still."""
    return _of_workspace(work, Act.FREEZE_WORKSPACE, workspace_id, because, freezes.freeze_workspace)


@router.post("/workspaces/{workspace_id}/unfreeze", response_model=None)
def unfreeze_workspace(
    workspace_id: UUID, because: AsShown, work: Annotated[Work, acting(Act.UNFREEZE_WORKSPACE)]
) -> Answer:
    """Let a workspace go on that an operator stopped; all dates move by the time it stood."""
    return _of_workspace(work, Act.UNFREEZE_WORKSPACE, workspace_id, because, freezes.unfreeze_workspace)


@router.get("/creators/{creator_id}")
def creator(creator_id: UUID, work: Seeing) -> dict[str, Any]:
    """Return a creator, with the mark of what is shown of them."""
    return _shown(creators.get(work, creator_id))


@router.post("/creators/{creator_id}/freeze", response_model=None)
def freeze_creator(
    creator_id: UUID, because: AsShown, work: Annotated[Work, acting(Act.FREEZE_CREATOR)]
) -> Answer:
    """Stop a creator as they were shown: no offers, no payouts; their deals stand still."""
    return _of_creator(work, Act.FREEZE_CREATOR, creator_id, because, freezes.freeze_creator)


@router.post("/creators/{creator_id}/unfreeze", response_model=None)
def unfreeze_creator(
    creator_id: UUID, because: AsShown, work: Annotated[Work, acting(Act.UNFREEZE_CREATOR)]
) -> Answer:
    """Let a creator go on whom an operator stopped; all dates move by the time they stood."""
    return _of_creator(work, Act.UNFREEZE_CREATOR, creator_id, because, freezes.unfreeze_creator)


def _of_workspace(
    work: Work, act: Act, workspace_id: UUID, because: AsShown, verb: Callable[..., WorkspaceView]
) -> Answer:
    try:
        with work.session.begin_nested():
            record(work, act, Subject.WORKSPACE, workspace_id, because.reason)
            return _shown(verb(work, workspace_id, because.reason, shown=because.shown))
    except ShownChanged as error:
        return _changed(work, error, workspaces.workspace_of(work, workspace_id))


def _of_creator(
    work: Work, act: Act, creator_id: UUID, because: AsShown, verb: Callable[..., CreatorView]
) -> Answer:
    try:
        with work.session.begin_nested():
            record(work, act, Subject.CREATOR, creator_id, because.reason)
            return _shown(verb(work, creator_id, because.reason, shown=because.shown))
    except ShownChanged as error:
        return _changed(work, error, creators.get(work, creator_id))


def _shown(found: WorkspaceView | CreatorView) -> dict[str, Any]:
    return {**asdict(found), "mark": found.mark}


def _changed(work: Work, error: ShownChanged, now: WorkspaceView | CreatorView) -> JSONResponse:
    acts.refused(work)
    body = {"code": error.code, "detail": sentence(error), "now": _shown(now)}
    return JSONResponse(jsonable_encoder(body), status_of(error))
