"""One embedded PostgreSQL for the whole run, one migrated template, one clone for each worker."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import numpy as np
import psycopg
import pytest
from numpy.typing import NDArray
from pydantic import SecretStr
from sqlalchemy import text

from core import migrate
from core.kit.actors import Actor
from core.kit.clock import SetClock
from core.kit.crypto import Keyring
from core.kit.database import Database, connect
from core.kit.work import Work, begin
from core.messaging import outbox
from core.operators import staff
from core.operators.states import StaffRole
from core.settings import Settings
from core.vault import service as vault
from market.embedded import EmbeddedPostgres
from retrieval.embeddings import encoder
from runtime import parts
from runtime.parts import Runtime
from workers import rounds

NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
hypothesis.settings.register_profile("suite", deadline=None)  # how fast the machine is is not tested
hypothesis.settings.load_profile("suite")
TEST_KEY = "test-secret-key"
MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
FOLDERS: list[Path] = []
SERVERS: list[EmbeddedPostgres] = []


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, in the process that is not a worker; TEST_DATABASE_URL names another.

    TEST_TEMPLATE says that the template stands there already.
    """
    if hasattr(config, "workerinput"):
        return
    if os.environ.get("TEST_TEMPLATE"):
        return
    url = os.environ.get("TEST_DATABASE_URL") or _start_servers()
    os.environ["TEST_DATABASE_URL"] = url
    make_template(url)


def make_template(url: str) -> None:
    """Make the migrated database that every worker gets a copy of."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS template_market WITH (FORCE)")
        connection.execute("CREATE DATABASE template_market")
    template = connect(_named(url, "template_market"))
    migrate.upgrade(template.engine)
    template.engine.dispose()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process waits for another at the end."""
    items.sort(key=_slowness, reverse=True)


def _slowness(item: pytest.Item) -> int:
    mark = item.get_closest_marker("slow")
    return int(mark.kwargs["seconds"]) if mark else 0


def _start_servers() -> str:
    state = Path(tempfile.mkdtemp(prefix="market-test-"))
    FOLDERS.append(state)
    postgres = EmbeddedPostgres(state, settings=NOT_DURABLE)
    SERVERS.append(postgres)
    return postgres.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what we started."""
    del config
    for server in SERVERS:
        server.stop()
    SERVERS.clear()
    for folder in FOLDERS:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """A migrated database of this worker's own."""
    base = os.environ["TEST_DATABASE_URL"]
    name = f"test_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template_market".encode())
    yield _named(base, name)
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
def pool(database_url: str) -> Iterator[Database]:
    """The worker's pool of connections; its clock is set anew by every test."""
    database = connect(database_url, SetClock(MORNING), Keyring(TEST_KEY))
    yield database
    database.engine.dispose()


class Remembering:
    """The encoder's model, which reads each text once a run: most tests begin with the same creators."""

    def __init__(self, model: Any) -> None:  # noqa: ANN401  (the package carries no types)
        self._model = model
        self._read: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Return one vector a text, in their order."""
        new = [text for text in dict.fromkeys(texts) if text not in self._read]
        if new:
            self._read.update(zip(new, np.atleast_2d(self._model().encode(new)), strict=True))
        return np.stack([self._read[text] for text in texts])


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    """Let the encoder remember what it read."""
    with pytest.MonkeyPatch.context() as patch:
        remembering = Remembering(encoder._model)  # noqa: SLF001  (the one place where texts meet the model)
        patch.setattr(encoder, "_model", lambda: remembering)
        yield


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands until a test moves it."""
    return SetClock(MORNING)


@pytest.fixture
def database(pool: Database, clock: SetClock) -> Iterator[Database]:
    """An empty database with the test's clock."""
    yield Database(pool.engine, pool.sessions, clock, pool.keys)
    empty(pool)


@pytest.fixture
def url_of_an_old_database() -> Iterator[str]:
    """A database of its own, to be taken back to an older shape and brought up again."""
    base, name = os.environ["TEST_DATABASE_URL"], f"old_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template_market".encode())
    yield f"{base.rsplit('/', 1)[0]}/{name}"
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


EMPTY = text(
    """
    DO $$
    DECLARE one regclass;
    BEGIN
      SET LOCAL session_replication_role = replica;
      FOR one IN SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname IN ('public', 'ledger') AND c.relkind = 'r' AND c.relname <> 'alembic_version'
      LOOP EXECUTE 'DELETE FROM ' || one; END LOOP;
    END $$
    """
)


def empty(database: Database) -> None:
    """Take every row out, past the ledger's own guards: only a test's superuser may do that."""
    with database.engine.begin() as connection:
        connection.execute(EMPTY)


def _named(url: str, database: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{database}"


@pytest.fixture
def runtime(database: Database, tmp_path: Path) -> Runtime:
    """A process's parts on the test's database, with the sandbox's vendors."""
    settings = Settings(
        _env_file=None,
        state_dir=tmp_path,
        secret_keys=SecretStr(TEST_KEY),
    )
    return parts.build(settings, database)


def staff_key(database: Database, name: str = "mira", role: StaffRole = StaffRole.ADMIN) -> str:
    """Put somebody on the staff; returns their personal key."""
    with begin(database, Actor.operator(staff.HOST)) as work:
        return staff.add(work, name, role)[1]


def signed_in(runtime: Runtime) -> dict[str, str]:
    """Put an admin on the staff; returns the headers with which they come in."""
    return {"Authorization": f"Bearer {staff_key(runtime.database)}"}


def confirmed(runtime: Runtime) -> None:
    """Let what waits to be confirmed happen now, for a test that is about what comes after it."""
    drain(runtime)
    with runtime.database.engine.begin() as connection:
        connection.execute(text("UPDATE step_up SET due_at = asked_at WHERE state = 'waiting'"))
    drain(runtime)


def promised(work: Work) -> list[dict[str, Any]]:
    """Return what every promise in the outbox says, opened, the oldest first."""
    rows = work.session.execute(text("SELECT owner_id, payload FROM outbox ORDER BY seq")).all()
    return [vault.open_json(work, row.owner_id, row.payload, outbox.PLACE) for row in rows]


def drain(runtime: Runtime) -> None:
    """Do everything that is left to do at this time, as the workers would."""
    for _ in range(100):
        if not rounds.pass_once(runtime):
            return
    raise AssertionError("the work does not end")
