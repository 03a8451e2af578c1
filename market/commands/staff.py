"""`python -m market staff`: the first admins, and who is on the staff.

Whoever may run this can read the database anyway: it stands in the audit as the host. Once there are two
admins the host proposes new staff as everybody does, and an admin confirms.
"""

import json
from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console

from bots.doors import registry
from core.kit.actors import Actor
from core.kit.errors import DomainError
from core.kit.work import begin
from core.operators import acts, proposals
from core.operators import staff as members
from core.operators.errors import StaffNotFound
from core.operators.schemas import StaffView
from core.operators.states import Act, StaffRole, Subject
from market import servers

app = typer.Typer(no_args_is_help=True, help="Staff: the operators, their roles and personal keys.")
console = Console(stderr=True, soft_wrap=True)
HOST = Actor.operator(members.HOST)
Why = Annotated[str, typer.Option(help="Why; it stands in the audit.")]


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Small letters, digits, hyphens; given once for ever.")],
    role: Annotated[StaffRole, typer.Option(help="What they may do.")] = StaffRole.SUPPORT,
    reason: Why = "added on the machine",
) -> None:
    """Add somebody and print their personal key, this once. With two admins it is only proposed.

    Example: python -m market staff add asha --role admin
    """
    with servers.opened(registry.load()) as database, begin(database, HOST) as work:
        try:
            name = members.free_name(work, name)
        except DomainError as error:
            raise typer.BadParameter(str(error)) from error
        facts = {"name": name, "role": role}
        if members.can_confirm(work):
            proposals.propose(work, Act.ADD_STAFF, Subject.STAFF, uuid4(), reason, facts)
            console.print(f"Proposed: {name}. An admin confirms it in the console within three days.")
            return
        added, key = members.add(work, name, role)
        acts.record(work, Act.ADD_STAFF, Subject.STAFF, added.id, reason, facts)
    console.print(f"{name} is {role}. This key is shown once; it cannot be read again:")
    typer.echo(key)


@app.command("list")
def show(as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")] = False) -> None:  # noqa: FBT002
    """Show who is and was on the staff, and when their keys were last used.

    Example: python -m market staff list
    """
    with servers.opened(registry.load()) as database, begin(database, HOST) as work:
        found = members.everybody(work)
    if as_json:
        typer.echo(json.dumps([_line(each) for each in found], indent=2))
        return
    for row in map(_line, found):
        seen = f"left {row['until']}" if row["until"] else f"last seen {row['last_seen'] or 'never'}"
        typer.echo(f"{row['name']:31} {row['role']:8} {seen}")


def _line(found: StaffView) -> dict[str, str]:
    seen = max((key.last_used_at for key in found.keys if key.last_used_at), default=None)
    moments = {"since": found.added_at, "until": found.revoked_at, "last_seen": seen}
    shown = {name: at.isoformat(timespec="minutes") if at else "" for name, at in moments.items()}
    return {"name": found.name, "role": found.role, **shown}


@app.command("revoke")
def revoke(
    name: Annotated[str, typer.Argument(help="Whom.")], reason: Why = "revoked on the machine"
) -> None:
    """End somebody's time on the staff and all their keys, at once; the last admin stays.

    Example: python -m market staff revoke asha --reason "has left us"
    """
    with servers.opened(registry.load()) as database, begin(database, HOST) as work:
        try:
            found = members.find(work, name)
            if found is None:
                raise StaffNotFound(name=name)
            acts.record(work, Act.REVOKE_STAFF, Subject.STAFF, found.id, reason)
            members.revoke(work, found.id)
        except DomainError as error:
            raise typer.BadParameter(str(error)) from error
    console.print(f"{name} is not on the staff any more.")
