"""Documents for tests, made as the programs that write them do."""

import io
import zipfile
from collections.abc import Sequence

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "</Types>"
)
RELATIONSHIPS = (
    '<?xml version="1.0"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def docx(lines: Sequence[str], bomb_bytes: int = 0) -> bytes:
    """Return a Word document with a paragraph a line, and something beside it that unpacks to so much."""
    written = io.BytesIO()
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    body = f'<?xml version="1.0"?><w:document {NAMESPACES}><w:body>{paragraphs}</w:body></w:document>'
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", CONTENT_TYPES)
        packed.writestr("_rels/.rels", RELATIONSHIPS)
        packed.writestr("word/document.xml", body)
        if bomb_bytes:
            packed.writestr("word/media/image1.bmp", bytes(bomb_bytes))
    return written.getvalue()


def pdf(lines: Sequence[str], pages: int = 1, *, locked: bool = False) -> bytes:
    """Return a PDF with these lines on its first page, so many pages, and a password on it where asked."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 20 700 Td {shown} ET"
    kids = " ".join(f"{5 + n} 0 R" for n in range(pages))
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 4 0 R>>>>{}>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *(page.format("/Contents 3 0 R" if n == 0 else "") for n in range(pages)),
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    nobody = "<" + "41" * 32 + ">"
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/P -44/O{nobody}/U{nobody}>>/ID[{nobody}{nobody}]"
    size = len(objects) + 1
    trailer = f"trailer<</Size {size}/Root 1 0 R{lock if locked else ''}>>"
    return (
        f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}\nstartxref\n{len(out)}\n%%EOF".encode()
    )
