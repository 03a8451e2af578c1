"""What a file is, by its bytes. Its name, and what its sender calls it, say nothing."""

from enum import StrEnum

from core.media.errors import DocumentLocked, FileEmpty, FileKindNotAccepted

BRAND_BYTES, BRANDS_MAX = 4, 32
EBML_HEADER_BYTES = 128
DOC_TYPE = b"\x42\x82"
PICTURE_BRANDS = {
    b"heic": "heic",
    b"heix": "heic",
    b"heim": "heic",
    b"heis": "heic",
    b"avif": "avif",
    b"avis": "avif",
}
NEITHER = frozenset({b"crx ", b"M4A ", b"M4B ", b"M4P "})  # a camera's raw picture, sound alone
QUICKTIME = b"qt  "
VIDEO_BRANDS = frozenset(
    {b"isom", b"avc1", b"dash", b"MSNV", b"mp41", b"mp42", b"M4V ", b"M4VH", b"M4VP", b"f4v "}
    | {b"iso%d" % number for number in range(2, 10)}
)
PHONE_BRANDS = (b"3gp", b"3g2")
OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_BYTES_MAX, LOOKED_AT, WORDS_MIN = 500_000, 1_024, 5
MARKUP = ("<html", "<svg", "<script", "<!doctype", "%pdf-", "<?")
NO_LETTERS = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D, *range(9), *range(14, 32)})
"""Bytes that no text in Windows' code page has."""


class Kind(StrEnum):
    """What we take, by its content type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    GIF = "image/gif"
    WEBP = "image/webp"
    HEIC = "image/heic"
    AVIF = "image/avif"
    MP4 = "video/mp4"
    MOV = "video/quicktime"
    WEBM = "video/webm"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    TEXT = "text/plain"

    @property
    def is_picture(self) -> bool:
        """Tell whether it is decoded and encoded anew."""
        return self.startswith("image/")

    @property
    def extension(self) -> str:
        """Return how a file of this kind ends."""
        if self in {Kind.DOCX, Kind.TEXT}:
            return "docx" if self is Kind.DOCX else "txt"
        return {"jpeg": "jpg", "quicktime": "mov"}.get(self.partition("/")[2], self.partition("/")[2])

    @property
    def has_words(self) -> bool:
        """Tell whether it is read for its words."""
        return self in {Kind.PDF, Kind.DOCX, Kind.TEXT} or self.is_picture


def of(content: bytes) -> Kind:
    """Return what a file is.

    Raises:
        FileEmpty: without any byte.
        DocumentLocked: for an office document with a password on it.
        FileKindNotAccepted: for everything that is not on the list.
    """
    if not content:
        raise FileEmpty
    for signature, kind in (
        (b"\xff\xd8\xff", Kind.JPEG),
        (b"\x89PNG\r\n\x1a\n", Kind.PNG),
        (b"GIF87a", Kind.GIF),
        (b"GIF89a", Kind.GIF),
        (b"%PDF-", Kind.PDF),
    ):
        if content.startswith(signature):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    if content[4:8] == b"ftyp":
        return _by_brand(content)
    if content.startswith(b"\x1a\x45\xdf\xa3") and DOC_TYPE + b"\x84webm" in content[:EBML_HEADER_BYTES]:
        return Kind.WEBM
    if content.startswith(b"PK\x03\x04") and b"word/document.xml" in content:
        return Kind.DOCX
    if content.startswith(OFFICE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise DocumentLocked
    if _is_text(content):
        return Kind.TEXT
    raise FileKindNotAccepted


def _is_text(content: bytes) -> bool:
    """Tell whether it is plain words: nothing that a browser or another program would make more of."""
    if len(content) > TEXT_BYTES_MAX:
        return False
    wide = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    try:
        words = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        if wide or any(byte in NO_LETTERS for byte in content):
            return False
        words = content.decode("cp1252", "replace")
    if any(ord(sign) < ord(" ") and sign not in "\t\n\r\f" for sign in words):
        return False
    beginning = words[:LOOKED_AT].casefold()
    markup = beginning.lstrip().startswith(("<", "#!", "%", "mz")) or any(tag in beginning for tag in MARKUP)
    return not markup and len(words.split()) >= WORDS_MIN


def _by_brand(content: bytes) -> Kind:
    """Tell what is in an ISO base media file (ISO 14496-12) by the brands that it names."""
    ends = min(int.from_bytes(content[:4]), 16 + BRANDS_MAX * BRAND_BYTES)
    major = content[8:12]
    others = [content[at : at + BRAND_BYTES] for at in range(16, ends, BRAND_BYTES)]
    for brand in (major, *others):
        if brand in NEITHER:
            break
        if brand in PICTURE_BRANDS:
            return Kind(f"image/{PICTURE_BRANDS[brand]}")
        if brand == QUICKTIME:
            return Kind.MOV
        if brand in VIDEO_BRANDS or brand.startswith(PHONE_BRANDS):
            return Kind.MP4
    raise FileKindNotAccepted
