"""Releases of escrow per second through the public service, next to pgbench with the same statements.

Both run in turn on the same embedded PostgreSQL, with the same number of clients, the same accounts and the
same rows; each release is one transaction: what a creator earned this year, the posting with four lines,
the payable. pgbench speaks to the server from C with prepared statements; we from Python through SQLAlchemy.

    python -m benchmarks.releases [--seconds 10] [--clients 4]
"""

import argparse
import multiprocessing
import os
import re
import subprocess
import tempfile
import time
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import event

from core import migrate
from core.creators import service as creators
from core.kit.actors import SYSTEM
from core.kit.crypto import Keyring
from core.kit.database import Database, connect
from core.kit.money import Currency, Money
from core.kit.work import begin
from core.ledger import service as ledger
from core.ledger.schemas import Account, Line, Posting
from core.ledger.states import AccountKind, PostingKind
from core.payments import books, payouts
from core.payments.schemas import Release
from core.terms.schemas import Terms
from market.embedded import EmbeddedPostgres, postgres_bin
from market.seed import plant

INR = Currency.INR
HOLDS = 400
HELD_MINOR = 10**11
GROSS_MINOR = 1_000
FLOOR_PER_SECOND, FLOOR_OF_PGBENCH = 200, 0.5

SCRIPT = """
\\set n random(0, {last})
BEGIN;
SELECT coalesce(sum(amount_minor), 0) FROM payable
  WHERE creator_id = (SELECT creator FROM bench_hold WHERE n = :n)
  AND available_at >= date_trunc('year', now());
SELECT transfer_id, created FROM ledger.post(gen_random_uuid(), 'bench:' || gen_random_uuid(), 'release',
  now(), (SELECT lines FROM bench_hold WHERE n = :n), 'deliverable', 'bench', NULL, 'system') \\gset
INSERT INTO payable (id, creator_id, source_id, amount_minor, currency, available_at)
  SELECT gen_random_uuid(), creator, :transfer_id, net, 'INR', now() FROM bench_hold WHERE n = :n;
COMMIT;
"""
"""What one call of `payouts.release` sends, statement by statement."""


def furnish(database: Database) -> list[tuple[UUID, UUID, UUID]]:
    """Fill accounts to release from; returns (deliverable, campaign, creator) of each."""
    plant(database)
    with begin(database, SYSTEM) as work:
        people = [creator.id for creator in creators.page(work, after="", limit=1_000)]
        campaign = uuid4()
        clearing = Account(AccountKind.RAIL_CLEARING, INR)
        escrow = Account(AccountKind.CAMPAIGN_ESCROW, INR, campaign)
        everything = HELD_MINOR * HOLDS
        charged = (Line(clearing, everything), Line(escrow, -everything))
        ledger.post(work, Posting(PostingKind.CHARGE, "bench:charge", charged, "campaign", str(campaign)))
        found = []
        for n in range(HOLDS):
            piece = uuid4()
            held = (Line(escrow, HELD_MINOR), Line(books.hold_account(piece, INR), -HELD_MINOR))
            ledger.post(work, Posting(PostingKind.OFFER_HOLD, f"bench:hold:{n}", held, "deal", str(piece)))
            found.append((piece, campaign, people[n % len(people)]))
    return found


def release_for(
    url: str, holds: list[tuple[UUID, UUID, UUID]], seconds: float, start: Barrier, done: object
) -> None:
    """Release again and again for a while, as one client; puts the count."""
    database = connect(url)
    terms, count = Terms(), 0
    start.wait()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        piece, campaign, creator = holds[(count * 7919) % len(holds)]
        command = Release(
            piece, campaign, creator, "IN", Money(GROSS_MINOR, INR), 0, 0, terms, f"bench:{uuid4()}"
        )
        with begin(database, SYSTEM) as work:
            payouts.release(work, command)
        count += 1
    done.put(count)  # type: ignore[attr-defined]


def ours(url: str, holds: list[tuple[UUID, UUID, UUID]], clients: int, seconds: float) -> float:
    """Return releases per second through `payouts.release`, a process a client."""
    spawn = multiprocessing.get_context("spawn")
    start, done = spawn.Barrier(clients), spawn.Queue()
    workers = [
        spawn.Process(target=release_for, args=(url, holds[i::clients], seconds, start, done))
        for i in range(clients)
    ]
    for worker in workers:
        worker.start()
    total = sum(done.get() for _ in workers)
    for worker in workers:
        worker.join()
    return float(total / seconds)


def prepare_pgbench(database: Database, url: str, holds: list[tuple[UUID, UUID, UUID]]) -> None:
    """Keep the lines of a real release from each account, for pgbench to post again."""
    lines: list[str] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def keep(_c: object, _k: object, _s: str, parameters: object, _x: object, _m: object) -> None:
        if isinstance(parameters, dict) and "lines" in parameters:
            lines.append(parameters["lines"])

    with psycopg.connect(plain(url), autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE bench_hold (n int PRIMARY KEY, creator uuid, net bigint, lines jsonb)"
        )
        for n, (piece, campaign, creator) in enumerate(holds):
            command = Release(
                piece, campaign, creator, "IN", Money(GROSS_MINOR, INR), 0, 0, Terms(), f"bench:{uuid4()}"
            )
            with begin(database, SYSTEM) as work:
                net = payouts.release(work, command).net.minor
            row = (n, creator, net, lines[-1])
            connection.execute("INSERT INTO bench_hold VALUES (%s, %s, %s, %s)", row)
    event.remove(database.engine, "before_cursor_execute", keep)


def theirs(url: str, clients: int, seconds: float) -> float:
    """Return transactions per second of pgbench over the same statements."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT.format(last=HOLDS - 1))
        script.flush()
        run = subprocess.run(  # noqa: S603  (our own binary)
            [postgres_bin() / "pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", str(clients),
             "-T", str(int(seconds)), "-f", script.name, plain(url)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    found = re.search(r"tps = ([\d.]+) \(without", run.stdout)
    if run.returncode or not found:
        raise SystemExit(f"pgbench did not run: {run.stderr.strip()[-400:]}")
    return float(found[1])


def plain(url: str) -> str:
    """Return a URL as libpq reads it."""
    return url.replace("+psycopg", "")


def main() -> None:
    """Run both in turn, several times, and print the medians with the median ratio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=8.0)
    options.add_argument("--clients", type=int, default=os.cpu_count() or 2)
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder))
        try:
            url = server.start()
            database = connect(url, keys=Keyring("bench"))
            migrate.upgrade(database.engine)
            holds = furnish(database)
            prepare_pgbench(database, url, holds)
            pairs = [
                (ours(url, holds, asked.clients, asked.seconds), theirs(url, asked.clients, asked.seconds))
                for _ in range(asked.rounds)
            ]
            ratio = median(mine / peer for mine, peer in pairs)
            mine, peer = median(p[0] for p in pairs), median(p[1] for p in pairs)
            print(f"payments.release  {mine:8.0f} /s   ({asked.clients} processes)")
            print(f"pgbench           {peer:8.0f} /s   ({asked.clients} clients, prepared)")
            print(f"ratio             {ratio:8.2f}   (floors: {FLOOR_OF_PGBENCH}, {FLOOR_PER_SECOND} /s)")
            with begin(database, SYSTEM) as work:
                broken = ledger.violations(work)
            database.engine.dispose()
            print(f"violations        {len(broken):8d}")
        finally:
            server.stop()
    if broken or ratio < FLOOR_OF_PGBENCH or mine < FLOOR_PER_SECOND:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
