"""Tables in text: the delimiter is found, then the line of headings, and records are read one by one."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator

import regex as re

from core.creators.lists import encodings
from core.creators.lists.handles import is_handle
from core.creators.lists.table import CELL_CHARACTERS_MAX, FEW, HEADINGS_LOOKED_AT, Table, Wrong, refused

DELIMITERS = (",", ";", "\t", "|", "^", "~", "¦", "\x1f", "\x01", ":")
SAMPLE_CHARACTERS = 200_000
SAMPLE_RECORDS = 200
PAGE = re.compile(r"\s*<(?:!doctype|html|\?xml|table|body)", re.IGNORECASE)
NAMED_DELIMITER = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
Known = Callable[[str], bool]


def read(text: str, known: Known, *, encoding: str, guessed: bool) -> Table:
    """Read the table in a text; `known` tells whether a cell is a heading. Raises ListUnreadable."""
    if PAGE.match(text):
        raise refused(Wrong.PAGE)
    first, _, rest = text.partition("\n")
    named = NAMED_DELIMITER.fullmatch(first.removesuffix("\r"))
    delimiter = named[1] if named else _delimiter(text[:SAMPLE_CHARACTERS], known)
    table = Table(
        f"text of {NAMES.get(delimiter, repr(delimiter))}-separated columns, {encoding}", guessed=guessed
    )
    if "\ufffd" in text:
        table.remarks.append(
            "Some letters were lost before the file came here (�); it is better exported again."
        )
    records = list(_records(rest if named else text, delimiter, table, 1 if named else 0))
    if encodings.TWICE.search(text):
        records = [(line, [encodings.once(cell) for cell in cells]) for line, cells in records]
        table.remarks.append("Letters that had been encoded twice (Ã©) are read as they were before (é).")
    with_headings(table, records, known)
    _refuse_open_quotes(table, delimiter)
    return table


def with_headings(table: Table, records: list[tuple[int, list[str]]], known: Known) -> None:
    """Take the headings out of the first records, where most are known. Raises ListUnreadable."""
    filled = [(line, cells) for line, cells in records if any(cells)]
    if not filled:
        raise refused(Wrong.EMPTY)
    first = filled[:HEADINGS_LOOKED_AT]
    best = max(range(len(first)), key=lambda i: (sum(map(known, first[i][1])), -i))
    if sum(map(known, first[best][1])) < FEW:
        best = max(range(len(first)), key=lambda i: (sum(map(bool, first[i][1])), -i))
    table.headings = filled[best][1]
    if not any(map(known, table.headings)) and any(map(is_handle, table.headings)):
        table.headings = [f"column {number}" for number in range(1, len(table.headings) + 1)]
        best -= 1  # there is no line of headings: the first is somebody
    for line, cells in filled[best + 1 :]:
        if cells == table.headings:
            continue  # some exports repeat their headings on every page
        if any(cells[len(table.headings) :]):
            table.broken.append((line, "more cells than columns"))
        else:
            table.rows.append((line, cells))


def _refuse_open_quotes(table: Table, delimiter: str) -> None:
    """Refuse rows that swallowed others, because a quotation mark was not closed."""
    width, kept = max(len(table.headings) - 1, 1), []
    for line, cells in table.rows:
        if any("\n" in cell and cell.count(delimiter) >= 2 * width for cell in cells):
            table.broken.append((line, "a quotation mark is not closed, so that rows run into each other"))
        else:
            kept.append((line, cells))
    table.rows = kept


def _records(text: str, delimiter: str, table: Table, before: int) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(CELL_CHARACTERS_MAX)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=delimiter != "\t"
    )
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.broken.append((before + reader.line_num, f"not readable: {error}"))
            continue
        yield before + reader.line_num, [cell.strip() for cell in cells]


def _delimiter(sample: str, known: Known) -> str:
    """Return the sign that parts the columns: with it most headings are known, most rows of one width."""
    return max(DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter, known))


def _fitness(sample: str, delimiter: str, known: Known) -> tuple[int, float, int]:
    found = []
    for _, cells in _records(sample, delimiter, Table(""), 0):
        if any(cells):
            found.append(cells)
        if len(found) == SAMPLE_RECORDS:
            break
    width, rows = Counter(map(len, found)).most_common(1)[0] if found else (1, 0)
    headings = max((sum(map(known, cells)) for cells in found[:HEADINGS_LOOKED_AT]), default=0)
    return headings, rows / len(found) if width > 1 else 0.0, width
