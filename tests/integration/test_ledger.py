"""The books keep their own rules, whoever writes."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from beancount import loader
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from core.kit.actors import SYSTEM
from core.kit.clock import SetClock
from core.kit.database import Database
from core.kit.money import Currency, Money
from core.kit.work import Work, begin
from core.ledger import export
from core.ledger import service as ledger
from core.ledger.errors import NotEnoughMoney, PostingKeyReused
from core.ledger.repository import LedgerRepository
from core.ledger.schemas import Account, Line, Posting
from core.ledger.states import AccountKind, PostingKind

INR = Currency.INR
CAMPAIGN = uuid4()
CLEARING = Account(AccountKind.RAIL_CLEARING, INR)
ESCROW = Account(AccountKind.CAMPAIGN_ESCROW, INR, CAMPAIGN)
HOLD = Account(AccountKind.DELIVERABLE_HOLD, INR, uuid4())


def charge(minor: int, key: str = "charge:1") -> Posting:
    lines = (Line(CLEARING, minor), Line(ESCROW, -minor))
    return Posting(PostingKind.CHARGE, key, lines, "campaign", str(CAMPAIGN))


def hold(minor: int, key: str = "hold:1") -> Posting:
    lines = (Line(ESCROW, minor), Line(HOLD, -minor))
    return Posting(PostingKind.OFFER_HOLD, key, lines, "deal", "d")


def post(database: Database, *postings: Posting) -> list[UUID]:
    with begin(database, SYSTEM) as work:
        return [ledger.post(work, posting).id for posting in postings]


def balance(database: Database, account: Account) -> int:
    with begin(database, SYSTEM) as work:
        return ledger.balance(work, account).minor


def test_money_moves_once_per_key(database: Database) -> None:
    first, second = post(database, charge(100_00)), post(database, charge(100_00))
    assert first == second
    assert balance(database, ESCROW) == 100_00
    assert balance(database, CLEARING) == 100_00


def test_an_account_that_nothing_moved_on_has_nothing(database: Database) -> None:
    assert balance(database, Account(AccountKind.CAMPAIGN_ESCROW, Currency.INR, uuid4())) == 0


def test_a_key_with_other_lines_is_an_error(database: Database) -> None:
    post(database, charge(100_00))
    with pytest.raises(PostingKeyReused):
        post(database, charge(200_00))


def test_nothing_is_overdrawn_and_a_refused_posting_leaves_no_trace(database: Database) -> None:
    post(database, charge(50_00))
    with begin(database, SYSTEM) as work:
        with pytest.raises(NotEnoughMoney), work.session.begin_nested():
            ledger.post(work, hold(50_01))
        ledger.post(work, hold(50_00))
    assert balance(database, ESCROW) == 0
    assert balance(database, HOLD) == 50_00


def test_a_movement_of_nothing_is_not_written(database: Database) -> None:
    with begin(database, SYSTEM) as work:
        assert ledger.move(work, hold(0)) is None
        assert ledger.counts(work) == {}


def sabotage_update(work: Work) -> None:
    work.session.execute(text("UPDATE ledger.entry SET amount = amount + 1"))


def sabotage_delete(work: Work) -> None:
    work.session.execute(text("DELETE FROM ledger.transfer"))


def sabotage_truncate(work: Work) -> None:
    work.session.execute(text("TRUNCATE ledger.transfer CASCADE"))


def sabotage_balance(work: Work) -> None:
    work.session.execute(text("UPDATE ledger.account SET credits = credits + 5"))


def sabotage_identity(work: Work) -> None:
    work.session.execute(text("UPDATE ledger.account SET allow_negative = true"))


def sabotage_late_line(work: Work) -> None:
    work.session.execute(
        text(
            "INSERT INTO ledger.entry (transfer_id, line_no, account_id, currency, amount)"
            " SELECT transfer_id, 9, account_id, currency, 1 FROM ledger.entry LIMIT 1"
        )
    )


def sabotage_lonely_header(work: Work) -> None:
    work.session.execute(
        text(
            "INSERT INTO ledger.transfer (id, idempotency_key, request_hash, kind, effective_at,"
            " source_type, source_id, actor) VALUES (gen_random_uuid(), 'x', '', 'charge', now(), '', '', '')"
        )
    )


def sabotage_unbalanced(work: Work) -> None:
    lines = (Line(CLEARING, 10), Line(ESCROW, -9))
    ledger.post(work, Posting(PostingKind.CHARGE, "off", lines, "campaign", "c"))


@pytest.mark.parametrize(
    "sabotage",
    [
        sabotage_update,
        sabotage_delete,
        sabotage_truncate,
        sabotage_balance,
        sabotage_identity,
        sabotage_late_line,
        sabotage_lonely_header,
        sabotage_unbalanced,
    ],
)
def test_the_database_refuses_whoever_breaks_a_rule(
    database: Database, sabotage: Callable[[Work], None]
) -> None:
    post(database, charge(100_00))
    with pytest.raises(DBAPIError, match=r"append-only|sealed|only through|identity|line|off by"):  # noqa: SIM117
        with begin(database, SYSTEM) as work:
            sabotage(work)
    assert balance(database, ESCROW) == 100_00


def test_the_check_finds_what_a_superuser_broke(database: Database) -> None:
    post(database, charge(100_00), hold(40_00))
    with begin(database, SYSTEM) as work:
        assert ledger.violations(work) == []
        work.session.execute(text("SET LOCAL session_replication_role = replica"))
        work.session.execute(
            text("UPDATE ledger.account SET credits = 700000 WHERE kind = 'campaign_escrow'")
        )
        work.session.execute(text("DELETE FROM ledger.entry WHERE amount = -4000"))
        rules = {violation.rule for violation in ledger.violations(work)}
    assert {"balance is not the sum of its entries", "currency does not sum to zero"} <= rules
    assert {"transfer does not sum to zero", "transfer has too few lines"} <= rules


def test_balances_read_on_their_normal_side(database: Database) -> None:
    post(database, charge(100_00))
    with begin(database, SYSTEM) as work:
        shown = {view.account.kind: view.balance for view in ledger.balances(work)}
    assert shown[AccountKind.CAMPAIGN_ESCROW] == Money(100_00, INR)
    assert shown[AccountKind.RAIL_CLEARING] == Money(100_00, INR)


@pytest.mark.parametrize(("off", "agrees"), [(0, True), (1, False), (-1, False)])
def test_the_other_book_keeper_sees_one_unit_too_much(
    database: Database, tmp_path: Path, off: int, *, agrees: bool
) -> None:
    post(database, charge(100_00))
    with begin(database, SYSTEM) as work:
        lines = [
            line.replace("100.00", f"{(100_00 + off) / 100:.2f}") if " balance " in line else line
            for line in export.beancount(work)
        ]
    file = tmp_path / "books.beancount"
    file.write_text("\n".join(lines) + "\n")
    _, errors, _ = loader.load_file(str(file))
    assert (errors == []) is agrees


def test_what_the_database_refuses_for_another_reason_is_a_fault_and_no_answer(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise IntegrityError("INSERT", {}, Exception("something else"))

    monkeypatch.setattr(LedgerRepository, "post", refuse)
    with begin(database, SYSTEM) as work, pytest.raises(IntegrityError, match="something else"):
        ledger.post(work, charge(100_00))


def test_both_books_say_each_line_of_each_transfer_to_the_last_unit(database: Database) -> None:
    post(database, charge(100_00), hold(5))
    with begin(database, SYSTEM) as work:
        journal, beans = "\n".join(export.hledger(work)), "\n".join(export.beancount(work))
    for book in (journal, beans):
        lines = [line.split()[-2:] for line in book.splitlines() if line.startswith("  ")]
        said = [number for number, _ in lines]
        assert said[:4] == ["100.00", "-100.00", "0.05", "-0.05"]
        assert {currency for _, currency in lines} == {"INR"}
    assert f"Liabilities:OfferHold:X{'d'}" not in journal  # an account of its own, not of the source
    assert "campaign:" in journal
    assert '"offer_hold"' in beans


@pytest.mark.parametrize(("zone", "day"), [("UTC", "2026-11-25"), ("Asia/Kolkata", "2026-11-26")])
def test_the_days_in_the_books_are_those_of_one_clock_that_they_name(
    database: Database, clock: SetClock, zone: str, day: str
) -> None:
    with begin(database, SYSTEM) as work:
        now = work.now
    clock.advance(datetime(2026, 11, 25, 23, 53, tzinfo=UTC) - now)
    post(database, charge(100_00))
    with begin(database, SYSTEM) as work:
        for book in (export.hledger(work, ZoneInfo(zone)), export.beancount(work, ZoneInfo(zone))):
            lines = list(book)
            assert lines[0] == f"; Days and times by the clock of {zone}."
            days = {line[:10] for line in lines if line[:2] == "20" and " balance " not in line}
            assert days == {day}


def test_what_moved_on_each_account_is_its_own(database: Database) -> None:
    post(database, charge(100_00), hold(40_00))
    with begin(database, SYSTEM) as work:
        lines = LedgerRepository(work.session).lines_of("hold:1")
    assert [minor for _, minor in lines] == [40_00, -40_00]


def test_what_kinds_of_transfers_moved_on_an_account_is_summed_for_it_alone(database: Database) -> None:
    post(database, charge(100_00), hold(40_00))
    with begin(database, SYSTEM) as work:
        moved = ledger.moved(work, [ESCROW, HOLD, CLEARING], [PostingKind.OFFER_HOLD])
    assert [abs(amount.minor) for amount in moved.values()] == [40_00, 40_00, 0]
