"""A new key in front of the old ones ends no session, no link and no installation."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import text
from typer.testing import CliRunner

from api.app import create
from bots.doors import registry
from bots.doors.slack.installations import SignedStateStore
from bots.doors.telegram import listen as telegram
from bots.doors.whatsapp import listen as whatsapp
from core.grants import service as grants
from core.grants.service import Place
from core.insights import links
from core.kit.actors import SYSTEM
from core.kit.clock import SetClock
from core.kit.crypto import Keyring, NotOurs
from core.kit.database import Database
from core.kit.work import begin
from core.settings import Settings
from market import cli, keys
from market.commands import shell
from runtime import parts

OLD, NEW = "an-old-key-of-the-marketplace-0001", "a-new-key-of-the-marketplace-00002"
TEAM = Place("slack", "", "T1")


def settings_with(tmp_path: Path, *secret_keys: str) -> Settings:
    return Settings(
        _env_file=None,
        state_dir=tmp_path,
        secret_keys=SecretStr(",".join(secret_keys)),
    )


def client_of(settings: Settings, database: Database) -> TestClient:
    return TestClient(create(parts.build(settings, database)), follow_redirects=False)


def installed(database: Database, ring: Keyring) -> str | None:
    with begin(database, SYSTEM) as work:
        return grants.find(work, ring, TEAM)


def install(database: Database, ring: Keyring) -> None:
    with begin(database, SYSTEM) as work:
        grants.keep(work, ring, TEAM, "U1", '{"bot_token": "xoxb-1"}')


def test_an_installation_lives_through_a_rotation_and_the_old_key_s_end(database: Database) -> None:
    install(database, Keyring(OLD))
    assert installed(database, Keyring(NEW, OLD)) == '{"bot_token": "xoxb-1"}'
    assert keys.rotate(database, Keyring(NEW, OLD)) == 1
    assert keys.rotate(database, Keyring(NEW, OLD)) == 0
    assert installed(database, Keyring(NEW)) == '{"bot_token": "xoxb-1"}'
    assert installed(database, Keyring(OLD)) is None


def test_sealing_anew_without_the_old_key_changes_nothing_and_says_so(database: Database) -> None:
    install(database, Keyring(OLD))
    with pytest.raises(NotOurs):
        keys.rotate(database, Keyring(NEW))
    assert installed(database, Keyring(OLD)) is not None


def test_an_installation_s_secret_opens_in_its_own_row_only(database: Database) -> None:
    install(database, Keyring(OLD))
    with begin(database, SYSTEM) as work:
        grants.keep(work, Keyring(OLD), Place("slack", "", "T2"), "U2", '{"bot_token": "xoxb-2"}')
        moved = (
            "UPDATE app_installation SET sealed = (SELECT sealed FROM app_installation WHERE team_id = 'T2')"
        )
        work.session.execute(text(moved))
    assert installed(database, Keyring(OLD)) is None


def test_a_seat_and_its_page_live_through_a_rotation(database: Database, tmp_path: Path) -> None:
    before = client_of(settings_with(tmp_path, OLD), database)
    before.post("/enter", data={"user": "asha"})
    csrf = before.get("/chat/asha").text.split('data-csrf="')[1].split('"')[0]
    for ring, status in (((NEW, OLD), 204), ((NEW,), 403)):  # the seat is stored; its page is to be reloaded
        after = client_of(settings_with(tmp_path, *ring), database)
        after.cookies = before.cookies
        said = {"event_id": uuid4().hex, "text": "hi"}
        assert after.post("/chat/asha/messages", json=said, headers={"X-CSRF": csrf}).status_code == status


def test_a_report_link_lives_through_a_rotation_until_its_end(database: Database, clock: SetClock) -> None:
    campaign = uuid4()
    with begin(database, SYSTEM) as work:
        token = links.token(work, Keyring(OLD), campaign)

    def opens(*ring: str) -> bool:
        with begin(database, SYSTEM) as work:
            return links.campaign_of(work, Keyring(*ring), token) == campaign

    assert opens(NEW, OLD)
    assert not opens(NEW)
    clock.advance(links.LIVES_FOR + timedelta(minutes=2))
    assert not opens(NEW, OLD)


def test_the_webhooks_secrets_live_through_a_rotation(tmp_path: Path) -> None:
    before, between, after = (
        settings_with(tmp_path, *ring) for ring in ((OLD,), (NEW, OLD), (NEW,))
    )  # fmt: skip
    assert telegram.is_secret(between, telegram.secret(before))
    assert not telegram.is_secret(after, telegram.secret(before))
    assert whatsapp.is_verify_token(between, whatsapp.verify_token(before))
    assert not whatsapp.is_verify_token(after, whatsapp.verify_token(before))


def test_slack_s_state_lives_through_a_rotation_and_works_once(database: Database) -> None:
    state = SignedStateStore(database, Keyring(OLD)).issue()
    assert not SignedStateStore(database, Keyring(NEW)).consume(state)
    assert SignedStateStore(database, Keyring(NEW, OLD)).consume(state)
    assert not SignedStateStore(database, Keyring(NEW, OLD)).consume(state)


def test_a_sandbox_gets_its_new_key_from_the_command(
    database_url: str, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # no .env of whoever runs this
    monkeypatch.delenv("SECRET_KEYS", raising=False)
    monkeypatch.setenv("STATE_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setattr(shell, "configure", lambda *_: None)  # logs stay the suite's
    registry.load.cache_clear()
    try:
        old = registry.load().keys
        install(database, old)
        assert CliRunner().invoke(cli.app, ["rotate-keys"]).exit_code == 0
        new = registry.load().keys
    finally:
        registry.load.cache_clear()
    assert new.newest.id != old.newest.id
    assert installed(database, Keyring(new.newest.secret)) is not None
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_ended_links_open_nothing_and_new_ones_do(database: Database) -> None:
    keys_, one, other = Keyring(OLD), uuid4(), uuid4()

    def opens(token: str) -> UUID | None:
        with begin(database, SYSTEM) as work:
            return links.campaign_of(work, keys_, token)

    def fresh(campaign: UUID) -> str:
        with begin(database, SYSTEM) as work:
            return links.token(work, keys_, campaign)

    first, of_other = fresh(one), fresh(other)
    for _ in range(2):
        assert opens(first) == one
        with begin(database, SYSTEM) as work:
            links.end(work, one)
        assert opens(first) is None
        first = fresh(one)
    assert opens(of_other) == other
