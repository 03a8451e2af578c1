"""Every column of every table is in the map, or known to be harmless."""

import pytest
from sqlalchemy import Column, MetaData, String, Table

from core import schema
from core.privacy import map as places
from core.privacy.entries import Entry, Fate
from core.privacy.harmless import HARMLESS


def gaps(metadata: MetaData) -> set[str]:
    """Return what is in neither list, in both, or in one and in no table."""
    columns = {
        f"{table.fullname}.{column.name}" for table in metadata.sorted_tables for column in table.columns
    }
    personal = {f"{entry.table}.{name}" for entry in places.MAP for name in entry.personal.split()}
    harmless = {f"{table}.{name}" for table, names in HARMLESS.items() for name in names.split()}
    return (columns ^ (personal | harmless)) | (personal & harmless)


def test_every_column_is_in_the_map_or_harmless() -> None:
    assert gaps(schema.metadata) == set()


def test_a_new_column_and_a_new_table_are_seen() -> None:
    metadata = MetaData()
    for table in schema.metadata.sorted_tables:
        table.to_metadata(metadata)
    metadata.tables["person"].append_column(Column("telephone", String))
    Table("diary", metadata, Column("id", String, primary_key=True))
    assert gaps(metadata) == {"person.telephone", "diary.id"}


@pytest.mark.parametrize("entry", places.MAP, ids=lambda entry: f"{entry.table}-{entry.fate}")
def test_an_entry_says_how_it_is_found_what_happens_and_why(entry: Entry) -> None:
    table = schema.metadata.tables[entry.table]
    named = {name for columns in entry.found for name in columns.split()}
    named |= {*entry.personal.split(), *entry.export.split(), *entry.blank, *entry.sealed}
    assert named <= set(table.columns.keys())
    assert entry.why.endswith(".")
    assert entry.found or (entry.fate is Fate.KEPT and not entry.export)
    assert bool(entry.blank) == (entry.fate is Fate.BLANKED and not entry.done_by)
    assert set(entry.sealed) <= set(entry.export.split())
    if entry.fate is Fate.BLANKED and not entry.done_by:
        assert set(entry.personal.split()) - set(entry.blank) <= {"about"}, "what is personal is not blanked"
