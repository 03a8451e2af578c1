"""`make migration` writes what the models say more than the newest migration."""

import importlib.util
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, Table

from core import schema
from core.kit.database import Database
from market import migration


def test_a_new_table_becomes_a_migration(pool: Database, tmp_path: Path) -> None:
    table = Table("shelf", schema.metadata, Column("id", Integer, primary_key=True))
    try:
        file = migration.write(pool, "A shelf for each brand!", tmp_path)
    finally:
        schema.metadata.remove(table)
    assert file.name.endswith("_a_shelf_for_each_brand.py")
    text = file.read_text()
    assert '"""A shelf for each brand!.' in text or '"""A shelf for each brand' in text
    assert "op.create_table" in text
    assert "op.drop_table" in text
    spec = importlib.util.spec_from_file_location("written", file)
    assert spec is not None
    assert spec.loader is not None
    written = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(written)
    assert len(written.revision) <= 32
    assert written.down_revision is not None


@pytest.mark.parametrize("message", ["", "!!!", "nothing changed"])
def test_nothing_is_written_without_a_reason_or_a_change(
    pool: Database, tmp_path: Path, message: str
) -> None:
    with pytest.raises(ValueError, match=r"few words|agree"):
        migration.write(pool, message, tmp_path)
    assert list(tmp_path.iterdir()) == []
