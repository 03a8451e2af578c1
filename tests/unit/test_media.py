"""What somebody sends: known by its bytes, whole, of a size we can look at, and without what came along."""

import io
from pathlib import Path

import pytest
from PIL import Image

from core.media import decoder, intake, pictures, programs
from core.media.errors import (
    FileDamaged,
    FileEmpty,
    FileKindNotAccepted,
    FilesAway,
    FileTooLarge,
    PictureTooLarge,
)
from core.media.kinds import Kind
from core.media.schemas import Cleaned
from tests.pictures import (
    ANDROID_PLACE,
    APPLE_PLACE,
    CAMERA,
    HEIC,
    HTML,
    WEBM,
    bomb,
    box,
    halves,
    moving,
    noted_png,
    photo,
    png,
    saved,
    video,
    with_xmp,
)

LIMIT = 20_000_000


EXIF_OF_PHONE = Image.open(io.BytesIO(photo())).info["exif"]


def look(content: bytes, name: str = "a.bin", limit: int = LIMIT) -> Cleaned:
    return intake.look_through(name, content, limit)


def decoded(file: Cleaned) -> Image.Image:
    image = Image.open(io.BytesIO(file.content))
    image.load()
    return image


def seen_through() -> Image.Image:
    image = halves(mode="RGBA")
    image.putpixel((32, 1), (0, 0, 0, 0))
    return image


def is_halved(image: Image.Image) -> bool:
    plain = image.convert("RGB")
    left, right = plain.getpixel((4, image.height // 2)), plain.getpixel((image.width - 4, image.height // 2))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    return left[0] > 150 > left[2] and right[2] > 150 > right[0]


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (photo(), "image/jpeg"),
        (saved(halves(), "PNG"), "image/png"),
        (saved(halves(), "GIF"), "image/png"),
        (saved(halves(), "WEBP"), "image/jpeg"),
        (HEIC, "image/jpeg"),
        (saved(halves(), "AVIF"), "image/jpeg"),
        (saved(halves(mode="CMYK"), "JPEG"), "image/jpeg"),
        (saved(halves(mode="P"), "PNG"), "image/png"),
        (saved(seen_through(), "WEBP"), "image/png"),
        (saved(halves(), "JPEG", progressive=True), "image/jpeg"),
        (saved(halves(), "JPEG", icc_profile=b"not a profile"), "image/jpeg"),
    ],
    ids=[
        "jpeg",
        "png",
        "gif",
        "webp",
        "heic",
        "avif",
        "cmyk",
        "palette",
        "see-through",
        "progressive",
        "odd profile",
    ],
)
def test_a_picture_looks_as_it_did(content: bytes, content_type: str) -> None:
    file = look(content)
    assert file.content_type == content_type
    image = decoded(file)
    assert image.size == (64, 32)
    assert is_halved(image)


def test_sixteen_bits_become_eight_without_turning_white() -> None:
    deep = Image.new("I;16", (8, 8), 0x4000)
    image = decoded(look(saved(deep, "PNG")))
    assert image.mode == "L"
    assert image.getpixel((3, 3)) == 0x40


@pytest.mark.parametrize(
    "content",
    [
        photo(),
        with_xmp(photo()),
        photo(padding=60_000),
        noted_png(),
        HEIC,
        saved(halves(), "AVIF", exif=EXIF_OF_PHONE, xmp=b"<x:xmpmeta>adobe GPSLatitude</x:xmpmeta>"),
        photo(comment=HTML),
        photo(after=HTML),
    ],
    ids=["exif", "xmp", "huge exif", "png", "heic", "avif", "comment", "after its end"],
)
def test_nothing_that_came_along_is_passed_on(content: bytes) -> None:
    file = look(content)
    image = decoded(file)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for mark in (b"Exif", b"GPS", CAMERA.encode(), b"Canyon", HTML, b"xpacket", b"adobe", b"xxxx"):
        assert mark not in file.content


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_upright_without_its_note(orientation: int) -> None:
    image = decoded(look(photo(orientation)))
    shape = (32, 64) if orientation >= 5 else (64, 32)
    assert image.size == shape
    plain = image.convert("RGB")
    corners = [plain.getpixel(at) for at in ((3, 3), (shape[0] - 4, shape[1] - 4))]
    red_first = orientation in {1, 4, 5, 6}
    first, last = corners if red_first else reversed(corners)
    assert isinstance(first, tuple)
    assert isinstance(last, tuple)
    assert first[0] > 150, "the half that was left"
    assert last[2] > 150, "the half that was right"


def test_a_note_of_an_orientation_that_does_not_exist_is_let_be() -> None:
    assert decoded(look(photo(77))).size == (64, 32)


def test_a_large_picture_is_kept_in_the_size_that_is_of_use() -> None:
    image = decoded(look(saved(Image.new("RGB", (6_000, 3_000)), "JPEG")))
    assert max(image.size) == decoder.SIDE_MAX
    assert image.width == 2 * image.height


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_what_moves_goes_on_moving(kind: str) -> None:
    file = look(moving(kind))
    image = decoded(file)
    assert image.n_frames == 3  # type: ignore[attr-defined]
    assert file.content_type == f"image/{kind.lower()}"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", FileEmpty),
        (bomb(), PictureTooLarge),
        (png(60_000, 60_000, b""), PictureTooLarge),
        (moving("GIF", frames=200, width=600, height=600), PictureTooLarge),
        (moving("GIF", frames=decoder.FRAMES_MAX + 1, width=2, height=2), PictureTooLarge),
        (png(0, 0, b""), FileDamaged),
        (png(5, 0, b""), FileDamaged),
        (png(40, 40, b"\0" * 9), FileDamaged),
        (photo()[:-200], FileDamaged),
        (photo()[:100], FileDamaged),
        (saved(halves(), "PNG")[:-40], FileDamaged),
        (HEIC[:-300], FileDamaged),
        (b"\xff\xd8\xff" + HTML, FileDamaged),
        (b"GIF89a" + HTML, FileDamaged),
        (b"RIFF\0\0\0\0WEBP" + HTML, FileDamaged),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", FileKindNotAccepted),
        (b"<?xml version='1.0'?><svg/>", FileKindNotAccepted),
        (HTML, FileKindNotAccepted),
        (b"MZ" + b"\0" * 99, FileKindNotAccepted),
        (b"PK\x03\x04" + b"\0" * 99, FileKindNotAccepted),
        (saved(halves(), "BMP"), FileKindNotAccepted),
        (saved(halves(), "TIFF"), FileKindNotAccepted),
        (box(b"ftyp", b"avif\0\0\0\0avifmif1"), FileDamaged),
        (saved(halves(), "AVIF")[:-20], FileDamaged),
        (box(b"ftyp", b"crx \0\0\0\0crx isom"), FileKindNotAccepted),
        (box(b"ftyp", b"M4A \0\0\0\0M4A isom"), FileKindNotAccepted),
        (b"\x1a\x45\xdf\xa3\x42\x82\x88matroska" + b"\0" * 40, FileKindNotAccepted),
        (b"\n%PDF-1.7", FileKindNotAccepted),
        (b"x" * 30, FileKindNotAccepted),
        (video()[:-5], FileDamaged),
        (video(index=False), FileDamaged),
        (video() + b"\0\0\0", FileDamaged),
        (video() + HTML, FileDamaged),
        (box(b"ftyp", b"isom\0\0\0\0") + b"\0\0\0\1mdat" + b"\xff" * 8, FileDamaged),
        (box(b"ftyp", b"isom\0\0\0\0") + b"\0\0\0\3moov", FileDamaged),
    ],
)
def test_what_cannot_be_taken_is_refused_by_its_name(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal) as refused:
        look(content)
    assert type(refused.value) is refusal


def test_a_file_above_the_limit_is_not_even_looked_at() -> None:
    look(photo(), limit=len(photo()) + 9_000)
    with pytest.raises(FileTooLarge) as refused:
        look(photo(), limit=200)
    assert refused.value.facts == {"limit_mb": 0}


def test_a_picture_that_would_be_kept_above_the_limit_is_refused_too() -> None:
    noise = Image.effect_noise((400, 400), 90)
    sent = saved(noise.convert("RGB"), "JPEG", quality=10)
    with pytest.raises(FileTooLarge):
        look(sent, limit=len(sent) + 100)


def test_a_name_says_nothing_about_what_a_file_is() -> None:
    assert look(photo(), "holiday.pdf").name == "holiday.jpg"
    assert look(b"%PDF-1.7 ...", "../../etc/passwd").content_type == "application/pdf"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("chai.jpeg", "chai.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("..\\..\\boot.ini", "boot.jpg"),
        ("/", "file.jpg"),
        ("..", "file.jpg"),
        ("", "file.jpg"),
        (".htaccess", "file.jpg"),
        ("a\0b\r\nSet-Cookie: x.png", "ab Set-Cookie x.jpg"),
        ('"><script>.png', "script.jpg"),
        ("photo.php.jpg", "photo.php.jpg"),
        ("\u202egpj.exe", "gpj.jpg"),
        ("चाय की फोटो.png", "चाय की फोटो.jpg"),
        ("x" * 500 + ".png", "x" * 80 + ".jpg"),
        ("C:\\fakepath\\a b.heic", "a b.jpg"),
    ],
)
def test_a_name_is_kept_as_far_as_it_does_no_harm(given: str, kept: str) -> None:
    assert intake.named(given, Kind.JPEG) == kept


@pytest.mark.parametrize(
    ("brand", "content_type", "ending"),
    [
        (b"isom", "video/mp4", "mp4"),
        (b"mp42", "video/mp4", "mp4"),
        (b"3gp5", "video/mp4", "mp4"),
        (b"qt  ", "video/quicktime", "mov"),
    ],
)
def test_a_video_loses_its_places_and_nothing_moves(brand: bytes, content_type: str, ending: str) -> None:
    sent = video(brand)
    file = look(sent, "clip")
    assert (file.content_type, file.name) == (content_type, f"clip.{ending}")
    assert len(file.content) == len(sent)
    assert file.content.index(b"mdat") == sent.index(b"mdat"), "the offsets are still right"
    assert file.content.endswith(b"\x01" * 64)
    assert b"stco" in file.content
    for mark in (ANDROID_PLACE[8:], APPLE_PLACE[-18:], b"19,4.55N", CAMERA.encode(), b"udta", b"uuid"):
        assert mark in sent
        assert mark not in file.content


def test_a_brand_that_is_named_further_on_counts() -> None:
    sent = video().replace(b"isom\0\0\x02\0isom", b"XAVC\0\0\x02\0isom", 1)
    assert look(sent).content_type == "video/mp4"


def test_a_webm_and_a_pdf_are_passed_on_as_they_are() -> None:
    assert look(WEBM, "a").name == "a.webm"
    assert look(WEBM).content == WEBM
    assert look(b"%PDF-1.7 x", "a").name == "a.pdf"


def test_whoever_decodes_is_stopped_when_it_takes_too_long(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass")
    monkeypatch.setattr(pictures, "DECODER", endless)
    monkeypatch.setattr(pictures, "SECONDS_MAX", 0.3)
    with pytest.raises(PictureTooLarge):
        look(photo())


@pytest.mark.parametrize(
    ("program", "refusal"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", FileDamaged),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", PictureTooLarge),
        ("raise SystemExit(9)", FileDamaged),
    ],
)
def test_a_library_that_dies_takes_nobody_along(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str, refusal: type[Exception]
) -> None:
    dying = tmp_path / "dying.py"
    dying.write_text(program)
    monkeypatch.setattr(pictures, "DECODER", dying)
    with pytest.raises(refusal):
        look(photo())


def test_whoever_decodes_writes_no_file_and_gets_no_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_KEYS", "the-house-s-own")
    curious = tmp_path / "curious.py"
    curious.write_text(
        f"import os, sys; sys.path.insert(0, {str(pictures.DECODER.parent)!r}); import decoder\n"
        "decoder._bound_ourselves()\n"
        "assert 'SECRET_KEYS' not in os.environ\n"
        f"made = os.open({str(tmp_path / 'made')!r}, os.O_CREAT | os.O_WRONLY)\n"
        "try: os.write(made, b'x')\n"
        "except OSError: pass\n"
        "else: raise SystemExit(9)\n"
        "try: bytearray(decoder.MEMORY_BYTES_MAX)\n"
        "except MemoryError: raise SystemExit(decoder.TOO_LARGE)\n"
    )
    monkeypatch.setattr(pictures, "DECODER", curious)
    with pytest.raises(PictureTooLarge):
        look(photo())
    assert (tmp_path / "made").read_bytes() == b""


def test_many_pictures_wait_for_each_other_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "WAIT_SECONDS_MAX", 0.05)
    taken = [programs.AT_ONCE.acquire(blocking=False) for _ in range(3)]
    assert taken == [True, True, False]
    try:
        with pytest.raises(FilesAway):
            look(photo())
    finally:
        for _ in range(2):
            programs.AT_ONCE.release()
    assert look(photo()).content_type == "image/jpeg"


def test_both_sides_mean_the_same_by_too_large() -> None:
    assert decoder.TOO_LARGE in pictures.TOO_LARGE
    assert decoder.PIXELS_MAX == pictures.MEGAPIXELS_MAX * 1_000_000
