"""Which place for files this installation has."""

from collections.abc import Callable

from core.media.store.folder import FolderStore
from core.media.store.port import MediaStore
from core.settings import Settings


def _s3(settings: Settings) -> MediaStore:
    # boto3 is 29 MB and a third of a second to every process, also to those that have no use for it
    from core.media.store.s3 import S3Store  # noqa: PLC0415

    return S3Store(settings)


STORES: dict[str, Callable[[Settings], MediaStore]] = {
    "folder": lambda settings: FolderStore(settings.media_dir),
    "s3": _s3,
}
"""Every place that MEDIA_STORE may name."""


def choose(settings: Settings) -> MediaStore:
    """Return the place for files that the settings name."""
    return STORES[settings.media_store](settings)
