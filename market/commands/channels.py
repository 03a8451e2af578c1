"""`python -m market channels`: how each chat app stands."""

import json
from typing import Annotated

import typer

from bots.doors.channel import ChannelRefused, ChannelUnavailable
from bots.doors.whatsapp import checks as whatsapp
from bots.doors.whatsapp import flow
from bots.doors.whatsapp.settings import WhatsAppSettings
from core.settings import part
from market import doctor as examination
from market.commands import shell

app = typer.Typer(no_args_is_help=True, help="Chat apps: doctor.")


@app.command("doctor")
def check_channels(as_json: shell.ReadJson = False) -> None:  # noqa: FBT002
    """Say for each chat app what is configured, what it answers, and the next step.

    Example: python -m market channels doctor
    """
    shell.report(examination.examine_channels(shell.settings()), as_json=as_json)


@app.command("flow")
def whatsapp_flow(
    submit: Annotated[bool, typer.Option(help="Make it at WhatsApp and publish it.")] = False,  # noqa: FBT002
) -> None:
    """Print the Flow that shows whole forms in WhatsApp, or make it there.

    Example: python -m market channels flow --submit
    """
    if not submit:
        typer.echo(json.dumps(flow.definition(), indent=2))
        return
    api = whatsapp.api_of(part(shell.settings(), WhatsAppSettings))
    try:
        shell.console.print(f"Set WHATSAPP_FLOW_ID={whatsapp.submit_flow(api)}", highlight=False)
    except (ChannelUnavailable, ChannelRefused) as error:
        shell.fail(f"{error}. `python -m market channels doctor` says more.")
    finally:
        api.close()


@app.command("templates")
def whatsapp_templates(
    submit: Annotated[bool, typer.Option(help="Submit those that WhatsApp does not have yet.")] = False,  # noqa: FBT002
) -> None:
    """Show how WhatsApp's review of our templates stands, or submit them.

    Example: python -m market channels templates --submit
    """
    api = whatsapp.api_of(part(shell.settings(), WhatsAppSettings))
    try:
        if submit:
            sent = whatsapp.submit(api)
            shell.console.print(
                f"Submitted: {', '.join(sent) or 'none, WhatsApp has them all'}.", highlight=False
            )
        for (name, language), state in sorted(whatsapp.states(api).items()):
            typer.echo(f"{name:32} {language:8} {state}")
    except (ChannelUnavailable, ChannelRefused) as error:
        shell.fail(f"{error}. `python -m market channels doctor` says more.")
    finally:
        api.close()
