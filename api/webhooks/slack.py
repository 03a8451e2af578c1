"""Slack's requests, handed to Bolt in a thread: it proves them, our listeners keep them."""

from fastapi import APIRouter, HTTPException, Request, Response, status
from fastapi.concurrency import run_in_threadpool
from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_bolt.oauth import OAuthFlow

from api.dependencies import WithRuntime
from bots.doors.slack import app as slack
from runtime.parts import Runtime

router = APIRouter(tags=["webhooks"], include_in_schema=False)


@router.post(slack.EVENTS_PATH)
async def receive(request: Request, runtime: WithRuntime) -> Response:
    """Take an event, a command or a press."""
    _require_connected(runtime)
    bolt: App = request.app.state.slack
    asked = to_bolt_request(request, await request.body())
    return to_starlette_response(await run_in_threadpool(bolt.dispatch, asked))


@router.get(slack.INSTALL_PATH)
async def install(request: Request, runtime: WithRuntime) -> Response:
    """Show the way to install the app in a workspace."""
    _require_connected(runtime)
    flow: OAuthFlow = request.app.state.slack_oauth
    return to_starlette_response(
        await run_in_threadpool(flow.handle_installation, to_bolt_request(request, b""))
    )


@router.get(slack.REDIRECT_PATH)
async def installed(request: Request, runtime: WithRuntime) -> Response:
    """Take what Slack gives after the workspace has agreed."""
    _require_connected(runtime)
    flow: OAuthFlow = request.app.state.slack_oauth
    return to_starlette_response(await run_in_threadpool(flow.handle_callback, to_bolt_request(request, b"")))


def _require_connected(runtime: Runtime) -> None:
    if runtime.slack is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "Slack is not connected here.")
