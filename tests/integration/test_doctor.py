"""The doctor finds what is not well, and says how to mend it."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from core import migrate
from core.accounts import people
from core.kit.actors import SYSTEM
from core.kit.checks import Finding
from core.kit.crypto import Keyring
from core.kit.database import connect
from core.kit.work import begin
from core.settings import Settings
from market import doctor
from market.embedded import EmbeddedValkey, free_port
from tests.conftest import TEST_KEY


@pytest.fixture
def ascii_url() -> Iterator[str]:
    """A database that was made without a thought for letters."""
    base, name = os.environ["TEST_DATABASE_URL"], "test_ascii"
    make = f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0"
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(make.encode())
    yield f"{base.rsplit('/', 1)[0]}/{name}"
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def examined(tmp_path: Path, **urls: str) -> dict[str, Finding]:
    secret = {name: SecretStr(url) for name, url in urls.items()}
    settings = Settings(_env_file=None, state_dir=tmp_path, port=free_port(), **secret)  # type: ignore[arg-type]
    return {finding.what: finding for finding in doctor.examine(settings)}


def test_all_is_well_where_everything_answers(tmp_path: Path, database_url: str) -> None:
    valkey = EmbeddedValkey(tmp_path / "valkey")
    url = valkey.start()
    try:
        found = examined(tmp_path, database_url=database_url, broker_url=url, cache_url=url)
    finally:
        valkey.stop()
    assert all(finding.good for finding in found.values()), found
    assert found["BROKER_URL"].found == "redis answers"


def test_what_does_not_answer_is_named_with_its_setting(tmp_path: Path) -> None:
    nobody = f"127.0.0.1:{free_port()}"
    found = examined(
        tmp_path,
        database_url=f"postgresql://x:pw-of-x@{nobody}/x",
        broker_url=f"amqp://x:pw-of-x@{nobody}//",
        cache_url=f"redis://:pw-of-x@{nobody}/0",
    )
    for name, setting in (
        ("PostgreSQL", "DATABASE_URL"),
        ("BROKER_URL", "BROKER_URL"),
        ("CACHE_URL", "CACHE_URL"),
    ):
        assert not found[name].good
        assert setting in found[name].mend
        assert "pw-of-x" not in found[name].found


def test_a_database_of_another_encoding_works_and_is_warned_of(tmp_path: Path, ascii_url: str) -> None:
    database = connect(ascii_url, keys=Keyring(TEST_KEY))
    migrate.upgrade(database.engine)
    with begin(database, SYSTEM) as work:
        person = people.register(work, "आशा Ñandú").id
    with begin(database, SYSTEM) as work:
        assert people.person_of(work, person).name == "आशा Ñandú"
    database.engine.dispose()
    found = examined(tmp_path, database_url=ascii_url)
    assert not found["Encoding"].good
    assert "UTF8" in found["Encoding"].mend
