"""What a file of a list is, once it is read: headings, and rows of text with their lines."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.creators.errors import ListUnreadable

CELL_CHARACTERS_MAX = 100_000
HEADINGS_LOOKED_AT = 20
FEW = 2


class Wrong(StrEnum):
    """Why a file cannot be read as a list."""

    BINARY = "it is no text, no workbook and no JSON"
    PDF = "it is a PDF; please save the table as CSV or XLSX"
    OLD_WORKBOOK = "it is a workbook of the old kind; please save it as XLSX or CSV"
    ZIP = "it is a packed file and no XLSX; please unpack it, or save it as XLSX or CSV"
    PAGE = "it is a web page; please save the table as CSV or XLSX"
    LOCKED = "it is locked by a password"
    DAMAGED = "the workbook is damaged or not complete"
    JSON = "it begins like JSON and is none that can be read"
    JSON_SHAPE = "its JSON holds no list of objects"
    ENCODING = "its encoding is not recognised; please save it as UTF-8, or name it (--encoding)"
    EMPTY = "it holds no rows"
    LARGE = "it is larger than 64 MB"
    NO_COLUMNS = "no column is known that names a creator (id, handle or name)"


def refused(wrong: Wrong, detail: str = "") -> ListUnreadable:
    """Return the error that says why, in one sentence."""
    return ListUnreadable(why=f"{wrong}{f': {detail}' if detail else ''}")


@dataclass(slots=True)
class Table:
    """A list as it stands in its file, every cell as text, and what is to be said of how it was read.

    `form` says what it is, `guessed` that its encoding is one; `broken` holds lines that could not be read.
    """

    form: str
    headings: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    guessed: bool = False
    remarks: list[str] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)

    def column(self, index: int) -> list[str]:
        """Return the cells of a column that hold something."""
        return [cells[index] for _, cells in self.rows if index < len(cells) and cells[index]]
