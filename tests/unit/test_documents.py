"""The words of documents: read within bounds, and what cannot be read says why."""

from pathlib import Path

import pytest

from bots.understanding import told
from core.kit.errors import DomainError
from core.media import documents, intake, kinds, reader
from core.media.errors import (
    DocumentDamaged,
    DocumentLocked,
    DocumentTooHeavy,
    DocumentTooLong,
    DocumentWithoutWords,
    FileKindNotAccepted,
    PicturesNotRead,
)
from core.media.kinds import Kind
from market.stage import PNG
from tests.documents import docx, pdf

LINES = ["Product: masala chai", "Do: show the first sip"]
OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def words(content: bytes) -> str:
    return documents.words_of(kinds.of(content), content)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf(LINES), Kind.PDF),
        (docx(LINES), Kind.DOCX),
        ("\n".join(LINES).encode(), Kind.TEXT),
        ("\n".join(LINES).encode("utf-16"), Kind.TEXT),
        ("\n".join(LINES).encode("utf-8-sig"), Kind.TEXT),
    ],
)
def test_words_are_read_whatever_they_came_in(content: bytes, kind: Kind) -> None:
    assert kinds.of(content) is kind
    read = words(content)
    assert all(line in read for line in LINES)
    assert told.slots(read) == {"product": "masala chai", "dos": ["show the first sip"]}


def test_a_text_of_an_old_windows_keeps_its_letters() -> None:
    assert "Dirección: Calle Peñón" in words("Dirección: Calle Peñón 5, Puebla\n".encode("cp1252"))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (pdf(LINES, locked=True), DocumentLocked),
        (OFFICE + "EncryptedPackage".encode("utf-16-le"), DocumentLocked),
        (OFFICE, FileKindNotAccepted),
        (pdf(LINES)[:150], DocumentDamaged),
        (b"PK\x03\x04 word/document.xml, and nothing of it", DocumentDamaged),
        (docx(LINES, bomb_bytes=reader.UNPACKED_BYTES_MAX + 1), DocumentTooHeavy),
        (pdf(LINES, pages=1_000), DocumentTooLong),
        (pdf([]), DocumentWithoutWords),
        (PNG, PicturesNotRead),
    ],
)
def test_what_is_not_read_says_why(
    content: bytes, refusal: type[DomainError], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bare = tmp_path / "reader.py"  # whatever this machine has for pictures
    bare.write_text(documents.READER.read_text().replace("/usr/", "/nowhere/"))
    monkeypatch.setattr(documents, "READER", bare)
    with pytest.raises(refusal):
        words(content)


def test_how_many_pages_there_are_is_said() -> None:
    with pytest.raises(DocumentTooLong) as refused:
        words(pdf(LINES, pages=1_000))
    assert refused.value.facts == {"pages": 1_000, "most": reader.PAGES_MAX}


def test_both_sides_mean_the_same_by_how_it_ends() -> None:
    ours = (documents.LOCKED, documents.TOO_LONG, documents.NOT_HERE, documents.PAGES_MAX)
    assert ours == (reader.LOCKED, reader.TOO_LONG, reader.NOT_HERE, reader.PAGES_MAX)
    assert reader.TOO_MUCH in documents.TOO_HEAVY


@pytest.mark.parametrize(
    "program",
    ["import time\nwhile True: time.sleep(9)", "raise SystemExit(4)", "import os; os.kill(os.getpid(), 9)"],
)
def test_a_document_that_takes_too_much_is_let_go(
    program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    greedy = tmp_path / "greedy.py"
    greedy.write_text(program)
    monkeypatch.setattr(documents, "READER", greedy)
    monkeypatch.setattr(documents, "SECONDS_MAX", 1)
    with pytest.raises(DocumentTooHeavy):
        words(pdf(LINES))


def test_whoever_reads_has_little_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hungry = tmp_path / "hungry.py"
    hungry.write_text(
        f"import sys; sys.path.insert(0, {str(documents.READER.parent)!r}); import reader\n"
        "reader._bound_ourselves()\n"
        "try: bytearray(reader.MEMORY_BYTES_MAX)\n"
        "except MemoryError: raise SystemExit(reader.TOO_MUCH)\n"
    )
    monkeypatch.setattr(documents, "READER", hungry)
    with pytest.raises(DocumentTooHeavy):
        words(pdf(LINES))


def test_a_document_keeps_its_ending_and_its_words() -> None:
    for content, ending in ((docx(LINES), "docx"), (b"some words of a brief\n", "txt"), (pdf(LINES), "pdf")):
        kept = intake.look_through("brief.exe", content, 1_000_000)
        assert (kept.name, kept.content) == (f"brief.{ending}", content)


@pytest.mark.parametrize(
    "content",
    [
        b"  <html><body>hi there</body></html>",
        b"#!/bin/sh\nrm -rf /",
        b"hello world <script>alert(1)</script>",
        b"two words and some more \x00",
        b"only four words here",
        b"MZ and words of a program",
        b"two words" + b" more" * 200_000,
    ],
)
def test_what_is_more_than_words_is_no_text(content: bytes) -> None:
    with pytest.raises(FileKindNotAccepted):
        kinds.of(content)


def test_what_a_document_says_of_money_and_numbers_is_found() -> None:
    found = told.secrets("Our brief.\nBudget: 50k in total\nWe want 5 food creators, ₹20,000 each at most.")
    assert any("5 food creators" in part for part in found)
    assert any("20,000" in part for part in found)
    assert any("50k" in part for part in found)
    assert told.secrets("Show the tea. Film at home.") == []


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        (
            "Do:\n- show the cup\n- smile\n\nDon't:\n- name others\nBudget: 20k",
            {"dos": ["show the cup", "smile"], "donts": ["name others"]},
        ),
        ("Dirección: Calle 5, Puebla", {"address": "Calle 5, Puebla"}),
        ("Direitos de uso: 6 meses", {"rights": "6 meses"}),
        ("उत्पाद: मसाला चाय", {"product": "मसाला चाय"}),
        ("Do: use the whole budget of 20k", {}),
        ("must show 5 creators together", {}),
        ("5 food creators in Pune, 1 reel each, 20k", {}),
        ("we will send you a box of six cups", {"goods": "a box of six cups"}),
        ("come to us at 12 MG Road, Pune.", {"address": "12 MG Road, Pune"}),
    ],
)
def test_what_creators_are_told_is_read_and_no_more(text: str, slots: dict[str, object]) -> None:
    assert told.slots(text) == slots
