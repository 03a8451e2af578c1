"""A file of a list, whatever it is called: its kind is told by its content."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from core.creators.lists import encodings, text
from core.creators.lists.table import CELL_CHARACTERS_MAX, Table, Wrong, refused
from core.kit.text import storable

FILE_BYTES_MAX = 64 * 1024 * 1024
UNPACKED_BYTES_MAX = 512 * 1024 * 1024
WORKBOOK_CELLS_MAX = 5_000_000
CELL_PLACE = re.compile(rb'<c[^>]{0,80}? r="([A-Z]{1,3})(\d{1,7})"')
NESTED_MAX = 4
SHOWN = 5
Known = Callable[[str], bool]


def read(raw: bytes, known: Known, *, encoding: str = "", sheet: str = "") -> Table:
    """Return the table in a file; `known` tells whether a cell is a heading. Raises ListUnreadable."""
    if len(raw) > FILE_BYTES_MAX:
        raise refused(Wrong.LARGE)
    if not raw.strip():
        raise refused(Wrong.EMPTY)
    if raw.startswith(b"%PDF"):
        raise refused(Wrong.PDF)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused(_old_or_locked(raw))
    table = _workbook(raw, known, sheet) if raw.startswith(b"PK") else _text(raw, known, encoding)
    if not table.rows and not table.broken:
        raise refused(Wrong.EMPTY)
    return table


def _old_or_locked(raw: bytes) -> Wrong:
    return Wrong.LOCKED if "EncryptedPackage".encode("utf-16-le") in raw else Wrong.OLD_WORKBOOK


def _text(raw: bytes, known: Known, encoding: str) -> Table:
    words, named, guessed = encodings.decoded(raw, encoding)
    start = words.lstrip("\ufeff \t\r\n")[:1]
    if start not in {"{", "["}:
        return text.read(words, known, encoding=named, guessed=guessed)
    body = _whole(words)
    if body is None:
        return _json_lines(words, named, guessed=guessed)
    found = _list_in(body)
    if found is None:
        raise refused(Wrong.JSON_SHAPE)
    return _of_objects(enumerate(found, 1), f"JSON, {named}", guessed=guessed)


def _whole(words: str) -> Any:  # noqa: ANN401  (any JSON)
    try:
        return json.loads(words.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None


def _list_in(body: Any, depth: int = 0) -> list[Any] | None:  # noqa: ANN401  (any JSON)
    """Return the longest list of objects in JSON: itself, in one of its parts, or objects by their names."""
    if isinstance(body, list):
        return body if any(isinstance(one, dict) for one in body) else None
    if not isinstance(body, dict) or depth == NESTED_MAX:
        return None
    inside = [found for one in body.values() if (found := _list_in(one, depth + 1))]
    named = [{"id": name, **one} for name, one in body.items() if isinstance(one, dict)]
    if len(named) > 1 and len(named) == len(body) and not inside:
        return named
    if not inside and depth == 0 and not named:
        return [body]
    return max(inside, key=len, default=None)


def _json_lines(words: str, named: str, *, guessed: bool) -> Table:
    broken: list[tuple[int, str]] = []

    def objects() -> Iterator[tuple[int, Any]]:
        for number, line in enumerate(words.split("\n"), 1):
            bare = line.strip("\ufeff \t\r,")
            if bare:
                body = _whole(bare)
                if body is None:
                    broken.append((number, "not JSON that can be read"))
                else:
                    yield number, body

    table = _of_objects(objects(), f"JSON Lines, {named}", guessed=guessed)
    if not table.rows:
        raise refused(Wrong.JSON)
    table.broken += broken
    return table


def _of_objects(found: Iterable[tuple[int, Any]], form: str, *, guessed: bool) -> Table:
    table = Table(form, guessed=guessed)
    places: dict[str, int] = {}
    for number, body in found:
        if not isinstance(body, dict):
            table.broken.append((number, "not an object"))
            continue
        cells: dict[int, str] = {}
        for name, value in _flat(body):
            cells[places.setdefault(name, len(places))] = value
        table.rows.append((number, [cells.get(i, "") for i in range(len(places))]))
    table.headings = list(places)
    return table


def _flat(body: dict[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    for name, value in body.items():
        path = f"{before}{name}"
        if isinstance(value, dict) and depth < NESTED_MAX:
            yield from _flat(value, f"{path}.", depth + 1)
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value) and depth < NESTED_MAX:
            first = next(one for one in value if isinstance(one, dict))
            yield from _flat(first, f"{path}.", depth + 1)
        elif value is not None:
            yield path, _cell(value)


def _cell(value: Any) -> str:  # noqa: ANN401  (any JSON, or what a workbook's cell holds)
    """Return a value as text. A number keeps its point: that it was one, no column of text has to guess."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 10**15:
            return str(int(value))
        written = repr(value)
        return f"{written}0" if re.fullmatch(r"-?\d{1,3}\.\d{3}", written) else written
    if isinstance(value, list):
        return "|".join(map(_cell, value))
    if isinstance(value, date | time | timedelta):
        return f"date {value}"
    return storable(str(value)).strip()


def _workbook(raw: bytes, known: Known, sheet: str) -> Table:
    """Read the sheet of an XLSX that looks most like a list of creators, or the one that is named."""
    _require_bounded(raw)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
            names = [one for one in shown if one.casefold() == sheet.casefold()] if sheet else shown
            if not names:
                raise refused(Wrong.EMPTY, f"its sheets are {', '.join(shown)}")
            read = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except PasswordError:
        raise refused(Wrong.LOCKED) from None
    except (CalamineError, ValueError, OSError):
        raise refused(Wrong.DAMAGED) from None
    found = {}
    for name, rows in read.items():
        records = [
            (line, [_cell(one)[:CELL_CHARACTERS_MAX] for one in row]) for line, row in enumerate(rows, 1)
        ]
        if any(any(cells) for _, cells in records):
            table = Table(f"XLSX, sheet {name!r}")
            text.with_headings(table, records, known)
            found[name] = table
    if not found:
        raise refused(Wrong.EMPTY)
    best = max(found, key=lambda name: (sum(map(known, found[name].headings)), len(found[name].rows)))
    others = [name for name in found if name != best]
    if others:
        named = ", ".join(others[:SHOWN])
        found[best].remarks.append(
            f"Other sheets of the workbook are left out ({named}); say --sheet NAME for one."
        )
    return found[best]


def _require_bounded(raw: bytes) -> None:
    """Refuse what is no XLSX, or is more than a list: a cell far away makes a sheet of all between."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            infos = packed.infolist()
            if not any(info.filename.startswith("xl/") for info in infos):
                raise refused(Wrong.ZIP)
            if sum(info.file_size for info in infos) > UNPACKED_BYTES_MAX:
                raise refused(Wrong.LARGE)
            for info in infos:
                if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                    _require_near(packed.read(info))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError):
        raise refused(Wrong.DAMAGED) from None


def _require_near(sheet: bytes) -> None:
    rows = columns = 0
    for letters, number in CELL_PLACE.findall(sheet):
        place = 0
        for letter in letters:
            place = place * 26 + letter - 64
        rows, columns = max(rows, int(number)), max(columns, place)
    if rows * columns > WORKBOOK_CELLS_MAX:
        raise refused(Wrong.LARGE, f"its sheet has {rows:,} rows of {columns:,} columns")
