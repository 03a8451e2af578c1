"""Reads the words of one document: a program of its own, which knows nothing but its input.

`core.media.documents` runs it. A document comes from a stranger and meets libraries written in C, so it is
read where there are no keys, no connections, no files to write, little memory and little time.

Usage: reader.py CONTENT_TYPE < document > answer. The answer is JSON: how many pages there are, and the
words. Exit codes: 3 damaged, 4 too much, 5 locked, 6 too many pages, 7 pictures are not read here.
"""

import io
import json
import resource
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

PAGES_MAX = 30
CHARACTERS_MAX = 12_000
UNPACKED_BYTES_MAX, PARTS_MAX = 60_000_000, 2_000
MEMORY_BYTES_MAX, CPU_SECONDS_MAX = 1_000_000_000, 15
DAMAGED, TOO_MUCH, LOCKED, TOO_LONG, NOT_HERE = 3, 4, 5, 6, 7
TRAINED = ("/usr/share/tesseract-ocr/*/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata")
LANGUAGES = ("eng", "hin", "spa", "por")
Answer = tuple[int, str]
"""How many pages, and the words."""


class Refused(Exception):
    """It is not read; the exit code says why, and `pages` how many there were."""

    def __init__(self, code: int, pages: int = 0) -> None:
        """Say why."""
        super().__init__(code)
        self.code, self.pages = code, pages


def of_pdf(content: bytes) -> Answer:
    """Return the words of a PDF. Raises Refused, and whatever the library does for a damaged one."""
    import pypdfium2  # noqa: PLC0415  (each kind needs its own library alone)
    from pypdfium2.raw import FPDF_ERR_PASSWORD  # noqa: PLC0415

    try:
        found = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refused(LOCKED if error.err_code == FPDF_ERR_PASSWORD else DAMAGED) from error
    if len(found) > PAGES_MAX:
        raise Refused(TOO_LONG, len(found))
    words = []
    for page in found:
        words.append(page.get_textpage().get_text_bounded())
        if sum(map(len, words)) > CHARACTERS_MAX:
            break
    return len(found), "\n".join(words)


def of_docx(content: bytes) -> Answer:
    """Return the words of a Word document; one that unpacks to too much is not unpacked.

    More than its index says of a part is never unpacked: the rest of it makes the part damaged.
    """
    packed = zipfile.ZipFile(io.BytesIO(content))
    parts = packed.infolist()
    if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_BYTES_MAX:
        raise Refused(TOO_MUCH)
    import docx2python  # noqa: PLC0415

    with docx2python.docx2python(io.BytesIO(content)) as found:
        return 1, found.text


def of_text(content: bytes) -> Answer:
    """Return the words of a text file, in whichever of the usual encodings it is."""
    for encoding in ("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "cp1252"):
        try:
            return 1, content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(DAMAGED)


def of_picture(content: bytes) -> Answer:
    """Return the words in a picture, where what recognises them is there."""
    folders = [folder for place in TRAINED for folder in sorted(Path("/").glob(place.lstrip("/")))]
    folder = next((folder for folder in folders if list(folder.glob("*.traineddata"))), None)
    if folder is None:
        raise Refused(NOT_HERE)
    import tesserocr  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    there = [name for name in LANGUAGES if (folder / f"{name}.traineddata").exists()]
    if not there:
        raise Refused(NOT_HERE)
    with tesserocr.PyTessBaseAPI(path=str(folder), lang="+".join(there)) as api:
        api.SetImage(Image.open(io.BytesIO(content)).convert("RGB"))
        return 1, str(api.GetUTF8Text())


READERS: dict[str, Callable[[bytes], Answer]] = {
    "application/pdf": of_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": of_docx,
    "text/plain": of_text,
}


def _bound_ourselves() -> None:
    """Take as little as the task needs; what a system does not know is let be."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES_MAX),
        (resource.RLIMIT_CPU, CPU_SECONDS_MAX),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue


def main() -> int:
    """Read a document, write the answer; returns the exit code."""
    _bound_ourselves()
    try:
        pages, words = READERS.get(sys.argv[1], of_picture)(sys.stdin.buffer.read())
    except Refused as refused:
        sys.stdout.write(json.dumps({"pages": refused.pages, "words": ""}))
        return refused.code
    except MemoryError:
        return TOO_MUCH
    except Exception:  # noqa: BLE001  (whatever a damaged document makes a library do)
        return DAMAGED
    sys.stdout.write(json.dumps({"pages": pages, "words": words[:CHARACTERS_MAX]}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
