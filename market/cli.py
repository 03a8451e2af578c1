"""The command line. Each command says what it does and shows an example; `--json` is for scripts."""

import typer
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from core.kit.crypto import NotOurs
from core.settings import PlayInProduction
from market.commands import channels, creators, keeping, ledger, running, staff, understanding
from market.commands.shell import fail
from market.embedded import ServerNotStarted

app = typer.Typer(no_args_is_help=True, add_completion=False, help="NanoInfluencer MarketPlace.")
app.command()(running.start)
app.command()(running.demo)
app.command()(keeping.migrate)
app.command("rotate-keys")(keeping.rotate_keys)
app.command()(keeping.doctor)
app.command()(running.chat)
app.command()(running.listen)
app.command()(understanding.understand)
app.add_typer(creators.app, name="creators")
app.add_typer(channels.app, name="channels")
app.add_typer(ledger.app, name="ledger")
app.add_typer(staff.app, name="staff")


def main() -> None:
    """Run the command line; what goes wrong is one sentence."""
    try:
        app()
    except ServerNotStarted as error:
        fail(str(error))
    except PlayInProduction as error:
        fail(str(error))
    except ValidationError as error:
        wrong = error.errors()[0]
        name = ".".join(map(str, wrong["loc"])).upper()
        reason = wrong["msg"].removeprefix("Value error, ")
        fail(f"The setting {name} cannot be used: {reason}." if name else f"Settings: {reason}.")
    except SQLAlchemyError as error:
        fail(f"The database does not answer: {str(error.__cause__ or error).splitlines()[0]}")
    except NotOurs as error:
        fail(f"Something sealed does not open with SECRET_KEYS ({error}): was a key taken out too early?")
    except OSError as error:
        fail(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}.")
