"""Files in S3, or in whatever speaks it (MinIO, R2, Ceph …). The only importer of boto3."""

from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from core.kit.work import require_outside
from core.media.errors import FilesAway
from core.media.store.port import Missing
from core.settings import Settings

CONNECT_SECONDS, READ_SECONDS = 3, 20
ATTEMPTS = 3
FOLDER = "media/"
NOT_THERE = frozenset({"NoSuchKey", "404"})


class S3Store:
    """Bytes in one bucket. Our names make every put and delete repeatable, so the library may try again."""

    def __init__(self, settings: Settings) -> None:
        """Speak to the bucket that the settings name; without keys there boto3 looks where it always does."""
        self._bucket = settings.s3_bucket
        self._encryption: dict[str, str] = {}
        if settings.s3_encryption != "none":
            self._encryption["ServerSideEncryption"] = settings.s3_encryption
        if settings.s3_kms_key:
            self._encryption["SSEKMSKeyId"] = settings.s3_kms_key
        self._client: Any = boto3.session.Session().client(
            "s3",
            region_name=settings.s3_region or None,
            endpoint_url=settings.s3_endpoint or None,
            aws_access_key_id=settings.s3_access_key.get_secret_value() or None,
            aws_secret_access_key=settings.s3_secret_key.get_secret_value() or None,
            config=Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
                s3={"addressing_style": "path" if settings.s3_endpoint else "auto"},
            ),
        )

    def put(self, name: str, sealed: bytes) -> None:
        """Keep bytes under a name; a repeat changes nothing. Raises FilesAway."""
        self._call(
            "put_object", name, Body=sealed, ContentType="application/octet-stream", **self._encryption
        )

    def open(self, name: str) -> bytes:
        """Return the bytes under a name. Raises Missing, FilesAway."""
        answer = self._call("get_object", name)
        try:
            content: bytes = answer["Body"].read()
        except (BotoCoreError, OSError) as error:
            raise FilesAway from error
        return content

    def delete(self, name: str) -> None:
        """Take the bytes under a name away, if any lie there. Raises FilesAway."""
        self._call("delete_object", name)

    def _call(self, operation: str, name: str, **more: object) -> dict[str, Any]:
        require_outside()
        try:
            answer: dict[str, Any] = getattr(self._client, operation)(
                Bucket=self._bucket, Key=FOLDER + name, **more
            )
        except ClientError as error:
            if operation == "get_object" and error.response.get("Error", {}).get("Code") in NOT_THERE:
                raise Missing(name) from error
            raise FilesAway from error
        except BotoCoreError as error:
            raise FilesAway from error
        return answer
