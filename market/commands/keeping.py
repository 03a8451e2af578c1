"""What keeps an installation well: its schema, its keys, its check-up."""

from typing import Annotated

import typer

from bots.doors import registry
from core import migrate as migrations
from market import doctor as examination
from market import keys, servers
from market.commands import shell


def migrate(
    revision: Annotated[str, typer.Argument(help="head, base, or a revision.")] = "head",
) -> None:
    """Bring the database to the present schema, or to a revision.

    Example: python -m market migrate
    """
    settings = shell.settings()
    with servers.opened(settings) as database:
        if revision != "head":  # opening brought it to head
            migrations.downgrade(database.engine, revision)
    shell.console.print(f"The database is at {revision}.")


def rotate_keys() -> None:
    """Seal everything anew with the newest of SECRET_KEYS; a sandbox that keeps its own first makes one.

    Example: python -m market rotate-keys
    """
    made = registry.put_new_key_in_front()
    settings = shell.settings()
    with servers.opened(settings) as database:
        changed = keys.rotate(database, settings.keys)
    if made:
        shell.console.print("A new key stands in front. Start every process again.")
    shell.console.print(
        f"Sealed anew: {changed}. In 30 days the older keys may be taken out.", highlight=False
    )


def doctor(as_json: shell.ReadJson = False) -> None:  # noqa: FBT002
    """Check every setting and service, and say how to mend each.

    Example: python -m market doctor
    """
    shell.report(examination.examine(shell.settings()), as_json=as_json)
