"""Writes a migration from what the models say and the newest migration does not: `make migration m="why"`.

A server of its own is brought to the newest migration and compared with the models, so nobody's data is near.
"""

import re
import sys
import tempfile
from pathlib import Path

from core import migrate
from core.kit.database import Database, connect
from market.embedded import EmbeddedPostgres

NAME_CHARACTERS_MAX = 32


def write(database: Database, message: str, folder: Path = migrate.HERE / "versions") -> Path:
    """Write the next migration from how the models differ from a database, and return its file.

    Raises:
        ValueError: for a message without words, or where nothing differs.
    """
    words = "_".join(re.findall(r"[a-z0-9]+", message.lower()))
    if not words:
        said = 'say why in a few words: make migration m="a reason for each refund"'
        raise ValueError(said)
    if not migrate.differs(database.engine):
        said = "the models and the newest migration agree: change a model first"
        raise ValueError(said)
    number = 1 + max(int(file.name[:4]) for file in migrate.HERE.glob("versions/[0-9]*.py"))
    name = f"{number:04d}_{words}"[:NAME_CHARACTERS_MAX].rstrip("_")
    return migrate.write(database.engine, message, name, folder)


def main(message: str) -> Path:
    """Write the next migration beside the others. Raises ValueError as `write` does."""
    with tempfile.TemporaryDirectory() as state:
        server = EmbeddedPostgres(Path(state))
        try:
            database = connect(server.start())
            try:
                migrate.upgrade(database.engine)
                return write(database, message)
            finally:
                database.engine.dispose()
        finally:
            server.stop()


if __name__ == "__main__":
    try:
        written = main(" ".join(sys.argv[1:]))
        sys.stdout.write(f"Read it, and mend what it could not know: {written}\n")
    except ValueError as error:
        sys.exit(f"No migration: {error}.")
