"""The check of the whole ledger: made by the timetable, shown and acted upon by people."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from api.app import create
from core.kit.actors import SYSTEM
from core.kit.clock import SetClock
from core.kit.money import Currency, Money
from core.kit.work import begin
from core.ledger import checks
from core.ledger import service as ledger
from core.ledger.repository import LedgerRepository
from core.ledger.schemas import Account, Posting
from core.ledger.states import AccountKind, PostingKind
from core.operators import tasks
from runtime.parts import Runtime
from tests.conftest import signed_in
from workers import rounds

INR = Currency.INR


@pytest.fixture
def client(runtime: Runtime) -> Iterator[TestClient]:
    with TestClient(create(runtime), headers=signed_in(runtime)) as opened:
        yield opened


def _break_the_books(runtime: Runtime) -> None:
    """Post something, and let a superuser take one of its lines away."""
    with begin(runtime.database, SYSTEM) as work:
        lines = ledger.transfer_lines(
            Account(AccountKind.RAIL_CLEARING, INR), Account(AccountKind.SUSPENSE, INR), Money(5, INR)
        )
        ledger.post(work, Posting(PostingKind.CHARGE, "broken", lines, "test", "test"))
    with begin(runtime.database, SYSTEM) as work:
        work.session.execute(text("SET LOCAL session_replication_role = replica"))
        work.session.execute(text("DELETE FROM ledger.entry WHERE amount < 0"))


def test_a_request_reads_the_last_check_and_never_makes_one(
    client: TestClient, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/admin/overview").json()["books"] is None
    assert rounds.check_books(runtime) == 1

    def refuse(_: LedgerRepository) -> list[tuple[str, str, int, int]]:
        raise AssertionError("the whole ledger is read while somebody waits")

    monkeypatch.setattr(LedgerRepository, "violations", refuse)
    books = client.get("/admin/overview").json()["books"]
    assert books["violations"] == []
    assert books["checked_at"]


def test_the_ledger_is_checked_now_and_then_and_not_all_the_time(runtime: Runtime, clock: SetClock) -> None:
    made = []
    for minutes in (0, 1, 13, 1, 14, 1):
        clock.advance(timedelta(minutes=minutes))
        made.append(rounds.check_books(runtime))
    assert made == [1, 0, 0, 1, 0, 1]


def test_what_a_check_finds_is_kept_and_goes_before_an_operator_once(
    client: TestClient, runtime: Runtime, clock: SetClock
) -> None:
    _break_the_books(runtime)
    for _ in range(2):
        rounds.check_books(runtime)
        clock.advance(checks.CHECK_EVERY)
    found = client.get("/admin/overview").json()
    rules = {violation["rule"] for violation in found["books"]["violations"]}
    assert "transfer does not sum to zero" in rules
    (task,) = [task for task in found["tasks"] if task["kind"] == "books_are_wrong"]
    assert task["subject_kind"] == "ledger"
    assert task["facts"]["rules"]["transfer does not sum to zero"] == 1


def test_two_workers_do_not_check_at_once(runtime: Runtime) -> None:
    with runtime.database.engine.connect() as other:
        other.execute(checks.ALONE)
        assert rounds.check_books(runtime) == 0
    assert rounds.check_books(runtime) == 1
    with begin(runtime.database, SYSTEM) as work:
        assert tasks.open_tasks(work) == []


def test_balances_of_several_accounts_are_one_query_and_agree_with_their_entries(runtime: Runtime) -> None:
    clearing, escrow = (
        Account(AccountKind.RAIL_CLEARING, INR),
        Account(AccountKind.CAMPAIGN_ESCROW, INR, "one"),
    )
    never = Account(AccountKind.CAMPAIGN_ESCROW, INR, "never")
    with begin(runtime.database, SYSTEM) as work:
        for n, minor in enumerate((500, 70)):
            lines = ledger.transfer_lines(clearing, escrow, Money(minor, INR))
            ledger.post(work, Posting(PostingKind.CHARGE, f"several:{n}", lines, "test", "test"))
        wanted = {clearing: Money(570, INR), escrow: Money(570, INR), never: Money(0, INR)}
        assert dict(zip(wanted, ledger.balance_each(work, list(wanted)), strict=True)) == wanted
        assert ledger.total(work, AccountKind.RAIL_CLEARING, INR) == Money(570, INR)
        assert {view.account.code: view.balance for view in ledger.balances(work)} == {
            account.code: money for account, money in wanted.items() if money
        }
