"""Pictures and videos as people send them, and as those do who mean harm: made here, byte by byte."""

import base64
import io
import struct
import zlib
from functools import cache

from PIL import ExifTags, Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

PLACE = (IFDRational(19, 1), IFDRational(4, 1), IFDRational(3301, 100))
CAMERA = "Canyon Five 5"
HTML = b"<html><script>alert(1)</script></html>"
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRp"
    "bG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAAFQAAgAAAAACNgABAAAAAAAAAHwAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABo"
    "dmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA"
    "/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMD"
    "IAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAIAAA"
    "AAEAAAAAAAAAAv///+AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNj"
    "AAIAAQABAAAA2G1kYXQAAABQKAGvE4D4EOGn//wJKP/5y88P0aGJif/6q9Ef3kEv/09Pj8kpFs6x5fJ6+/4h1KpEsLtQB97DmwUDYS7X"
    "modaxTbobSt5z9Wd/JTMzT9u41sAAAAGRXhpZgAATU0AKgAAAAgAAwEQAAIAAAAJAAAAMgESAAMAAAABAAEAAIglAAQAAAABAAAAPAAA"
    "AABDYW55b24gNQAAAAIAAQACAAAAAk4AAAAAAgAFAAAAAwAAAFoAAAAAAAAAEwAAAAEAAAAEAAAAAQAAAB4AAAAB"
)
"""64 × 32 pixels of a phone, the left half red, with a place in it. libx265 made it; we only decode."""


def halves(width: int = 64, height: int = 32, mode: str = "RGB") -> Image.Image:
    """Return a picture that is red on its left and blue on its right."""
    image = Image.new("RGB", (width, height), (10, 10, 250))
    image.paste((250, 10, 10), (0, 0, width // 2, height))
    return image.convert(mode)


def photo(orientation: int = 1, *, padding: int = 0, comment: bytes = b"", after: bytes = b"") -> bytes:
    """Return a JPEG as a phone takes it: with its camera, its place, a thumbnail's worth of `padding`."""
    exif = Image.Exif()
    exif[ExifTags.Base.Model], exif[ExifTags.Base.Orientation] = CAMERA, orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: PLACE, 3: "E", 4: PLACE})
    if padding:
        exif[ExifTags.Base.ImageDescription] = "x" * padding
    out = io.BytesIO()
    halves().save(out, "JPEG", quality=95, exif=exif.tobytes(), comment=comment)
    return out.getvalue() + after


def with_xmp(content: bytes) -> bytes:
    """Return a JPEG with a packet of XMP that names a place."""
    packet = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>exif:GPSLatitude=19,4.55N</x:xmpmeta>"
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(packet) + 2) + packet + content[2:]


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return a picture as a file of this kind."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def noted_png() -> bytes:
    """Return a PNG with texts and a place in it."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", HTML.decode(), zip=True)
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = CAMERA
    return saved(halves(), "PNG", pnginfo=notes, exif=exif)


def png(width: int, height: int, rows: bytes | None = None, depth: int = 8, color: int = 0) -> bytes:
    """Return a PNG of this size by its header, with whatever data."""
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    data = zlib.compress(b"\0" * ((width + 1) * height) if rows is None else rows, 9)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part))
        for kind, part in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@cache
def bomb() -> bytes:
    """Return 100 megapixels of nothing in some 100 KB."""
    return png(10_000, 10_000)


def moving(kind: str, frames: int = 3, width: int = 16, height: int = 16) -> bytes:
    """Return an animation whose frames differ."""
    images = [Image.new("RGB", (width, height), (number * 40 % 256, 9, 9)) for number in range(frames)]
    return saved(images[0], kind, save_all=True, append_images=images[1:], duration=80, loop=0)


def box(kind: bytes, content: bytes = b"") -> bytes:
    """Return a box of an ISO base media file."""
    return struct.pack(">I", 8 + len(content)) + kind + content


APPLE_PLACE = b"com.apple.quicktime.location.ISO6709+19.0760+072.8777/"
ANDROID_PLACE = b"\xa9xyz\x00\x12\x15\xc7+19.0760+072.8777/"


def video(brand: bytes = b"isom", sound: bytes = b"\x01" * 64, *, index: bool = True) -> bytes:
    """Return a video as phones record it: a table of offsets, a place in three ways, its camera."""
    notes = box(b"udta", box(ANDROID_PLACE[:4], ANDROID_PLACE[4:])) + box(b"meta", APPLE_PLACE)
    track = box(b"trak", box(b"udta", CAMERA.encode()) + box(b"mdia", box(b"stco", b"offsets")))
    moov = box(b"moov", box(b"mvhd", b"\0" * 100) + track + notes) if index else b""
    xmp = box(b"uuid", b"\xbe\x7a\xcf\xcb" * 4 + b"exif:GPSLatitude=19,4.55N")
    kinds = box(b"ftyp", brand + b"\0\0\x02\0" + brand + b"mp41")
    return kinds + moov + xmp + box(b"mdat", sound)


WEBM = (
    b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"
    + b"\0" * 40
)
