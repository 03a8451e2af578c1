"""Kill -9 of web, worker, Valkey and PostgreSQL in the middle of the story: it comes to the same end."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS_MAX = 400
END = {"to creators": "₹12,025.20", "commission": "₹1,639.80", "refunded": "₹16,335", "paid in": "₹30,000"}


@pytest.mark.slow(seconds=90)
def test_the_story_survives_four_killings() -> None:
    played = subprocess.run(
        [sys.executable, "-m", "market", "demo", "--kill"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
        check=False,
    )
    assert played.returncode == 0, played.stdout[-4_000:] + played.stderr[-2_000:]
    killed = re.findall(r"kill -9 (\w+)", played.stdout)
    assert killed == ["web", "worker", "valkey", "postgres"]
    table = played.stdout.rpartition("Where every rupee")[2]
    found = {m[1]: m[2] for m in re.finditer(r"│ ([a-z ]+?) +│ +(₹[\d,.]+) │", table)}
    assert found == END
