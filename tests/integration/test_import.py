"""Creators from files: whole rows or none, and the same file twice changes nothing."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from bots.doors import registry
from core.creators import imports
from core.creators import service as creators
from core.creators.schemas import CreatorView, ImportReport
from core.kit.actors import SYSTEM
from core.kit.database import Database
from core.kit.work import begin
from market import cli
from runtime.parts import Runtime
from tests.conftest import TEST_KEY


def take_in(
    runtime: Runtime,
    path: Path,
    mapping: dict[str, str] | None = None,
    fixed: dict[str, str] | None = None,
    source: str | None = None,
) -> ImportReport:
    report = ImportReport()
    table = imports.read(path.read_bytes())
    made = imports.plan(table, path.name, mapping=mapping or {}, fixed=fixed or {}, source=source)
    rows = list(imports.rows(table, made, report))
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
        {**GOOD, "id": "", "name": ""},
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
    ("id", "", ""),
    ("platform", "", ""),
    ("platform", "Twitter", ""),
    ("platform", "myspace", "platform 'myspace' is none of"),
    ("followers", "", ""),
    ("followers", "0", ""),
    ("followers", "1e3", ""),
    ("followers", "-1", "followers '-1' is out of range"),
    ("followers", "1e12", "followers '1e12' is out of range"),
    ("followers", "nan", ""),
    ("followers", "inf", "followers 'inf' is not a number"),
    ("average_views", "x", "average_views 'x' is not a number"),
    ("engagement_rate", "4.2%", ""),
    ("engagement_rate", "10", ""),
    ("engagement_rate", "10.1", ""),
    ("engagement_rate", "1001%", "engagement_rate '1001%' is not between"),
    ("engagement_rate", "-1%", "engagement_rate '-1%' is not between"),
    ("engagement_rate", "nan", ""),
    ("engagement_rate", "high", "engagement_rate 'high' is not a ratio"),
    ("like_rate", "often", "like_rate 'often' is not a ratio"),
    ("rate_reel", "0.01", ""),
    ("rate_reel", "0", "rate_reel '0' is out of range"),
    ("rate_reel", "-5", "rate_reel '-5' is out of range"),
    ("rate_reel", "10000000.01", "rate_reel '10000000.01' is out of range"),
    ("rate_reel", "cheap", "rate_reel 'cheap' is not an amount"),
    ("rate_reel", "nan", ""),
    ("rate_reel", "inf", "rate_reel 'inf' is not an amount"),
    ("rate_reel", "1e999999", "rate_reel '1e999999' is not an amount"),
    ("currency", "", ""),
    ("currency", "DOGE", "currency 'DOGE' is none of"),
    ("country", "", ""),
    ("country", "IND", ""),
    ("country", "I1", "country 'I1' is none that I know"),
    (
        "country",
        "\u00df\u00df",
        "country '\u00df\u00df' is none that I know",
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
    changed = take_in(runtime, write_csv(path, [{**GOOD, "followers": "13000"}]))
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


def found(runtime: Runtime, name: str) -> CreatorView | None:
    with begin(runtime.database, SYSTEM) as work:
        return creators.find(work, name)


def test_what_a_second_list_leaves_blank_stays_as_it_is_known(runtime: Runtime, tmp_path: Path) -> None:
    whole = {
        **GOOD,
        "handle": "asha.eats",
        "bio": "Slow food",
        "languages": "mr",
        "city": "Pune",
        "engagement_rate": "3.1%",
        "average_views": "900",
        "available": "no",
    }
    first = write_csv(tmp_path / "first.csv", [whole])
    take_in(runtime, first)
    before = found(runtime, "a1")
    blank = dict.fromkeys(whole, "") | {"id": "a1", "platform": "instagram"}
    report = take_in(runtime, write_csv(tmp_path / "second.csv", [blank]), source="first")
    assert (report.created, report.updated, report.unchanged, report.refused) == (0, 0, 1, [])
    assert found(runtime, "a1") == before
    half = {**blank, "followers": "13000"}
    assert take_in(runtime, write_csv(tmp_path / "third.csv", [half]), source="first").updated == 1
    after = found(runtime, "a1")
    assert after is not None
    assert before is not None
    assert after.accounts[0] == replace(before.accounts[0], followers=13_000)


def test_two_lists_that_count_their_rows_are_two_sets_of_people(runtime: Runtime, tmp_path: Path) -> None:
    one = [{"rank": "2", "name": "Chalk Talk", "bio": "Mathematics", "platform": "youtube"}]
    other = [{"id": "2", "name": "Mesa de Lu", "platform": "instagram", "followers": "8300"}]
    take_in(runtime, write_csv(tmp_path / "ranked.csv", one), mapping={"rank": "id"})
    report = take_in(runtime, write_csv(tmp_path / "others.csv", other))
    assert (report.created, report.updated) == (1, 0)
    chalk, mesa = found(runtime, "ranked:2"), found(runtime, "others:2")
    assert chalk is not None
    assert mesa is not None
    assert (chalk.name, chalk.bio, chalk.accounts[0].platform) == ("Chalk Talk", "Mathematics", "youtube")
    assert (mesa.name, mesa.bio, mesa.accounts[0].handle) == ("Mesa de Lu", "", "")
    assert found(runtime, "2") is None  # two lists have it


def test_a_list_without_a_name_has_ids_of_its_own(runtime: Runtime, tmp_path: Path) -> None:
    take_in(runtime, write_csv(tmp_path / "a.csv", [GOOD]), source="")
    assert take_in(runtime, write_csv(tmp_path / "b.csv", [GOOD]), source="").unchanged == 1


def test_a_row_that_says_nothing_of_a_stranger_is_refused(runtime: Runtime, tmp_path: Path) -> None:
    report = take_in(runtime, write_csv(tmp_path / "x.csv", [{"id": "k1", "platform": "instagram"}]))
    assert [(r.line, r.reason) for r in report.refused] == [(2, "there is nothing in it but an id")]
    assert report.created == 0


def test_an_id_of_before_lists_had_names_is_still_one_who_was_forgotten(
    runtime: Runtime, tmp_path: Path
) -> None:
    take_in(runtime, write_csv(tmp_path / "a.csv", [GOOD]), source="")
    with begin(runtime.database, SYSTEM) as work:
        [creator] = creators.page(work)
        creators.withdraw(work, creator.id)
    assert (
        take_in(runtime, write_csv(tmp_path / "named.csv", [GOOD])).refused[0].reason
        == "asked to be forgotten"
    )


def test_who_has_no_name_is_called_by_handle_and_not_by_the_list(runtime: Runtime, tmp_path: Path) -> None:
    rows = [
        {"id": "7", "platform": "instagram", "handle": "@bo.k", "bio": ""},
        {"id": "y1", "platform": "", "handle": "", "bio": "Hi"},
    ]
    take_in(runtime, write_csv(tmp_path / "x.csv", rows))
    names = [one.name if (one := found(runtime, key)) else "" for key in ("x:7", "x:y1")]
    assert names == ["bo.k", "y1"]


# --- the command


@pytest.fixture
def command(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    url = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    secrets = {"database_url": SecretStr(url), "secret_keys": SecretStr(TEST_KEY)}
    settings = registry.Settings(_env_file=None, state_dir=tmp_path, **secrets)  # type: ignore[arg-type]
    monkeypatch.setattr("market.commands.shell.settings", lambda: settings)

    def run(*arguments: str, answer: str = "") -> Result:
        return CliRunner().invoke(cli.app, ["creators", *arguments], input=answer)

    return run


GUESSED = "Username,Follower Count\nkola,12.4K\nene,8K\n"


def test_guessed_columns_are_shown_and_asked_about(command: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "creators.csv"
    path.write_text(GUESSED)
    silent = command("import", str(path))
    assert silent.exit_code == 1
    assert "guessed: the platform is instagram" in silent.stderr
    assert "Nothing was taken in" in silent.stderr
    assert command("import", str(path), answer="n\n").exit_code == 1
    agreed = command("import", str(path), answer="y\n")
    assert agreed.exit_code == 0
    assert "2 new" in agreed.stdout
    told = json.loads(command("import", str(path), "--yes", "--json").stdout)
    assert (told["unchanged"], told["source"]) == (2, "creators")
    assert "2 new" in command("import", str(path), "--yes", "--source", "Other list").stdout
    assert '"followers": 12400' in command("show", "creators:kola").stdout


def test_columns_that_are_ours_are_taken_without_a_question(
    command: Callable[..., Result], tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "x.csv", [GOOD, {**GOOD, "id": "b1", "platform": "reddit"}])
    done = command("import", str(path))
    assert done.exit_code == 3
    assert "platform 'reddit' is none of instagram" in done.stdout


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it holds no rows"),
        (b"id,name\n", "it holds no rows"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"PK\x03\x04 nothing", "damaged"),
        (b"colour,shape\nred,round\n", "no column is known that names a creator"),
        (b"id,name\nm1,\x81\x8d\x90\n", "its encoding is not recognised"),
    ],
)
def test_a_file_that_yields_nothing_is_one_sentence_and_no_success(
    command: Callable[..., Result], tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    done = command("import", str(path), "--yes")
    assert done.exit_code == 1
    assert why in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_of_which_every_row_is_refused_is_no_success(
    command: Callable[..., Result], tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "x.csv", [{**GOOD, "platform": "reddit"}])
    done = command("import", str(path))
    assert done.exit_code == 1
    assert "every row was refused" in done.stderr
