"""Creators from files: whole rows or none, and the same file twice changes nothing."""

import csv
import json
from pathlib import Path

import pytest

from core.creators import imports
from core.creators import service as creators
from core.creators.schemas import ImportReport
from core.kit.actors import SYSTEM
from core.kit.work import begin
from runtime.parts import Runtime


def take_in(runtime: Runtime, path: Path, **options: dict[str, str]) -> ImportReport:
    report = ImportReport()
    rows = list(
        imports.rows(path, report, mapping=options.get("mapping", {}), fixed=options.get("fixed", {}))
    )
    with begin(runtime.database, SYSTEM) as work:
        creators.take_in(work, rows, report)
    return report


def write_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


GOOD = {
    "id": "a1",
    "name": "Asha",
    "platform": "instagram",
    "followers": "12,400",
    "niches": "food|travel",
    "country": "in",
    "rate_reel": "3000",
    "currency": "INR",
    "colour": "red",
}


def test_good_rows_come_in_and_bad_ones_are_named_with_their_line(runtime: Runtime, tmp_path: Path) -> None:
    rows = [
        GOOD,
        {**GOOD, "id": ""},
        {**GOOD, "id": "a2", "followers": "many"},
        {**GOOD, "id": "a3", "platform": "myspace"},
        {**GOOD, "id": "a4", "name": "مريم 🚀", "followers": ""},
        {**GOOD},
    ]
    report = take_in(runtime, write_csv(tmp_path / "c.csv", rows))
    assert (report.created, report.unknown_columns) == (2, ["colour"])
    assert [r.line for r in report.refused] == [3, 4, 5, 7]
    assert [r.reason.split()[0] for r in report.refused] == ["there", "followers", "platform", "id"]
    with begin(runtime.database, SYSTEM) as work:
        asha = creators.find(work, "a1")
        assert creators.find(work, "a3") is None
    assert asha is not None
    assert asha.accounts[0].followers == 12_400
    assert asha.niches == ("food", "travel")


# one cell of a good row -> what is wrong with it; empty: nothing is
CELLS: list[tuple[str, str, str]] = [
    ("id", "", "there is no id"),
    ("platform", "", ""),
    ("platform", "Twitter", ""),
    ("platform", "myspace", "platform 'myspace' is none of"),
    ("followers", "", ""),
    ("followers", "0", ""),
    ("followers", "1e3", ""),
    ("followers", "-1", "followers '-1' is out of range"),
    ("followers", "1e12", "followers '1e12' is out of range"),
    ("followers", "nan", "followers 'nan' is not a number"),
    ("followers", "inf", "followers 'inf' is not a number"),
    ("average_views", "x", "average_views 'x' is not a number"),
    ("engagement_rate", "4.2%", ""),
    ("engagement_rate", "10", ""),
    ("engagement_rate", "10.1", "engagement_rate '10.1' is not between"),
    ("engagement_rate", "-1%", "engagement_rate '-1%' is not between"),
    ("engagement_rate", "nan", "engagement_rate 'nan' is not between"),
    ("engagement_rate", "high", "engagement_rate 'high' is not a ratio"),
    ("like_rate", "often", "like_rate 'often' is not a ratio"),
    ("rate_reel", "0.01", ""),
    ("rate_reel", "0", "rate_reel '0' is out of range"),
    ("rate_reel", "-5", "rate_reel '-5' is out of range"),
    ("rate_reel", "10000000.01", "rate_reel '10000000.01' is out of range"),
    ("rate_reel", "cheap", "rate_reel 'cheap' is not an amount"),
    ("rate_reel", "nan", "rate_reel 'nan' is not an amount"),
    ("rate_reel", "inf", "rate_reel 'inf' is not an amount"),
    ("rate_reel", "1e999999", "rate_reel '1e999999' is not an amount"),
    ("currency", "", ""),
    ("currency", "DOGE", "currency 'DOGE' is none of"),
    ("country", "", ""),
    ("country", "IND", "country 'IND' is not a two-letter code"),
    ("country", "I1", "country 'I1' is not a two-letter code"),
    (
        "country",
        "\u00df\u00df",
        "country '\u00df\u00df' is not a two-letter code",
    ),
    ("available", "no", ""),
    ("available", "perhaps", "available 'perhaps' is neither"),
]


@pytest.mark.parametrize(("column", "cell", "wrong"), CELLS)
def test_each_cell_is_taken_within_its_limits_or_named(
    runtime: Runtime, tmp_path: Path, column: str, cell: str, wrong: str
) -> None:
    report = take_in(runtime, write_csv(tmp_path / "c.csv", [{**GOOD, column: cell}]))
    assert [refusal.reason[: len(wrong)] for refusal in report.refused] == ([wrong] if wrong else [])
    assert report.created == (0 if wrong else 1)


def test_the_same_file_again_changes_nothing(runtime: Runtime, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "c.csv", [GOOD])
    take_in(runtime, path)
    again = take_in(runtime, path)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
    changed = take_in(runtime, write_csv(tmp_path / "d.csv", [{**GOOD, "followers": "13000"}]))
    assert (changed.created, changed.updated) == (0, 1)


def test_json_lines_and_other_column_names(runtime: Runtime, tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    row = {"key": "y1", "category": "Gaming", "text": "Let's play", "views": 1200, "like_rate": 0.05}
    lines = [json.dumps(row)]
    path.write_text("\n".join([*lines, "not json", "[1]"]))
    report = take_in(runtime, path, mapping={"key": "id"}, fixed={"platform": "youtube"})
    assert report.created == 1
    assert [r.line for r in report.refused] == [2, 3]
    with begin(runtime.database, SYSTEM) as work:
        found = creators.find(work, "y1")
    assert found is not None
    assert (found.niches, found.accounts[0].engagement_bps) == (("gaming",), 500)
