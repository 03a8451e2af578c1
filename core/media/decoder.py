"""Decodes one picture and encodes it anew: a program of its own, which knows nothing but its input.

`core.media.pictures` runs it. A picture comes from a stranger and meets libraries written in C, so it is
decoded where there are no keys, no connections, no files to write and little memory, and where being stuck or
dying harms nobody. What is written is the pixels, upright, in sRGB, and no byte that only came along: no
EXIF, XMP, place, comment, thumbnail or trailing data.

Usage: decoder.py CONTENT_TYPE < picture > answer. The answer's first line is its content type, the rest the
picture. Exit codes: 3 damaged, 4 too large, any other: damaged.
"""

import io
import resource
import sys
import warnings

import pi_heif
from PIL import Image, ImageCms, ImageSequence

PIXELS_MAX = 50_000_000
"""Of a still, or of all frames of an animation together: a phone's 48 megapixels pass."""
FRAMES_MAX = 600
SIDE_MAX = 4_000
"""The longer side of what is kept, in pixels: more than any network shows."""
JPEG_QUALITY = 90
MEMORY_BYTES_MAX, CPU_SECONDS_MAX = 1_500_000_000, 15
DAMAGED, TOO_LARGE = 3, 4
FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
    "image/avif": "AVIF",
}
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF 2.32, 4.6.4: where the first row and column of the pixels belong."""
DEEP_MODES = frozenset({"I", "I;16", "I;16B", "I;16L", "F"})
DEEP_BITS_LOST = 256


class TooLarge(Exception):
    """More pixels than we look at."""


def remake(content_type: str, content: bytes) -> tuple[str, bytes]:
    """Return a picture's content type and bytes, made anew.

    Raises:
        TooLarge: above the bounds.
        Exception: whatever the library raises for what it cannot read.
    """
    wanted = FORMATS[content_type]
    with Image.open(io.BytesIO(content), formats=[wanted]) as image:
        if image.width * image.height > PIXELS_MAX:
            raise TooLarge
        if wanted in {"GIF", "WEBP", "PNG"} and getattr(image, "n_frames", 1) > 1:
            return content_type, _moving(image, wanted)
        return _still(image, wanted)


def _still(image: Image.Image, wanted: str) -> tuple[str, bytes]:
    if wanted == "JPEG":
        image.draft(image.mode, (SIDE_MAX, SIDE_MAX))  # decodes at half the size where that is enough
    turn = _turn(image)
    upright = _plain(image)
    if turn is not None:
        upright = upright.transpose(turn)
    upright.thumbnail((SIDE_MAX, SIDE_MAX))
    upright.info.clear()
    out = io.BytesIO()
    if wanted in {"JPEG", "HEIF", "AVIF"} or (wanted == "WEBP" and upright.mode != "RGBA"):
        upright.convert("RGB").save(out, "JPEG", quality=JPEG_QUALITY)
        return "image/jpeg", out.getvalue()
    upright.save(out, "PNG")
    return "image/png", out.getvalue()


def _moving(image: Image.Image, wanted: str) -> bytes:
    """Return an animation of the same frames."""
    count = getattr(image, "n_frames", 1)
    if count > FRAMES_MAX or count * image.width * image.height > PIXELS_MAX:
        raise TooLarge
    loop, frames, durations = image.info.get("loop"), [], []
    for frame in ImageSequence.Iterator(image):
        durations.append(int(frame.info.get("duration") or 0))
        plain = _plain(frame.copy())
        plain.info.clear()
        frames.append(plain.convert("RGBA"))
    looping = {} if loop is None else {"loop": int(loop)}
    clearing = {"disposal": 2} if wanted == "GIF" else {}
    out = io.BytesIO()
    frames[0].save(
        out, wanted, save_all=True, append_images=frames[1:], duration=durations, **looping, **clearing
    )
    return out.getvalue()


def _plain(image: Image.Image) -> Image.Image:
    """Return the pixels in 8 bits and sRGB: L, RGB or RGBA."""
    profile = image.info.get("icc_profile")
    image.load()
    if image.mode in DEEP_MODES:
        image = image.point(lambda value: value * (1 / DEEP_BITS_LOST)).convert("L")
    if image.mode == "P" or (image.mode != "RGBA" and image.has_transparency_data):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        image = _in_srgb(image, profile)
    if image.mode not in {"L", "RGB", "RGBA"}:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _turn(image: Image.Image) -> Image.Transpose | None:
    """Return how to put a picture upright, by what its camera noted; an unreadable note says nothing."""
    try:
        return UPRIGHT.get(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001  (whatever a damaged note makes the library do)
        return None


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Return the pixels in sRGB; a profile that nobody can read is let be."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = image.mode if image.mode in {"RGB", "RGBA"} else "RGB"
        return (
            ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode) or image
        )
    except (ImageCms.PyCMSError, ValueError, OSError):
        return image


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
    """Read a picture, write the answer; returns the exit code."""
    _bound_ourselves()
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # its size is looked at above, once, before it is decoded
    pi_heif.register_heif_opener(thumbnails=False)
    try:
        content_type, content = remake(sys.argv[1], sys.stdin.buffer.read())
    except (TooLarge, MemoryError):
        return TOO_LARGE
    except Exception:  # noqa: BLE001  (whatever a damaged picture makes a library do)
        return DAMAGED
    sys.stdout.buffer.write(content_type.encode() + b"\n" + content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
