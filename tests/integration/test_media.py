"""Files from hand to hand: sealed where they lie, each owner's once, seen by whom they are for, then gone."""

import io
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from fastapi.testclient import TestClient
from moto.server import ThreadedMotoServer
from PIL import Image
from pydantic import SecretStr
from sqlalchemy import text

from api.app import create
from bots.doors import delivery, incoming_files
from bots.doors.attached import opened
from bots.doors.channel import ChannelRefused, ChannelUnavailable
from core import migrate
from core.accounts import people
from core.accounts.schemas import Identity
from core.deals import offers, pieces
from core.deals.schemas import SubmitDraft
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.crypto import DataKeys, Keyring, NotOurs
from core.kit.database import connect
from core.kit.work import OutsideCallInsideWork, Work, begin
from core.media import sealing, service
from core.media.errors import FilesAway, MediaNotFound
from core.media.files import Files
from core.media.models import MediaFile
from core.media.schemas import Cleaned, MediaView
from core.media.store import choose
from core.media.store.folder import FolderStore
from core.media.store.port import MediaStore, Missing
from core.media.store.s3 import S3Store
from core.messaging import outbox
from core.messaging.messages import Address, Attachment, ChannelName, OutgoingMessage
from core.privacy import erasure
from core.privacy.sealing import seal_plain
from core.settings import Settings
from market import keys
from market.stage import PNG
from runtime import parts
from runtime.parts import Runtime
from tests import seen
from tests.conftest import signed_in
from tests.integration.test_races import World
from tests.pictures import ANDROID_PLACE, CAMERA, halves, photo, saved, video
from workers import rounds

BUCKET = "files"
BEFORE_SEALS = "0034_sealed_files-1"
VALUES = {
    "uuid": "gen_random_uuid()",
    "integer": "1",
    "bigint": "1",
    "boolean": "false",
    "jsonb": "'[]'",
    "timestamp with time zone": "now()",
}
CLIP = Cleaned("clip.mp4", "video/mp4", b"the words of a secret clip")


@pytest.fixture(scope="module")
def s3_url() -> Iterator[str]:
    """An S3 on loopback."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def settings_of(tmp_path: Path, s3_url: str, **more: object) -> Settings:
    where = {"media_store": "s3", "s3_bucket": BUCKET, "s3_region": "eu-west-1", "s3_endpoint": s3_url}
    keys = {"s3_access_key": SecretStr("a"), "s3_secret_key": SecretStr("s"), "secret_keys": SecretStr("k")}
    return Settings(_env_file=None, state_dir=tmp_path, **{**where, **keys, **more})  # type: ignore[arg-type]


@pytest.fixture
def bucket(s3_url: str) -> Iterator[Any]:
    """A bucket that is empty at first."""
    client = boto3.client(
        "s3", endpoint_url=s3_url, region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="s"
    )
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    yield client
    for each in client.list_objects_v2(Bucket=BUCKET).get("Contents", ()):
        client.delete_object(Bucket=BUCKET, Key=each["Key"])
    client.delete_bucket(Bucket=BUCKET)


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    """Each place for files that there is."""
    if request.param == "folder":
        return choose.choose(Settings(_env_file=None, state_dir=tmp_path))
    request.getfixturevalue("bucket")
    return choose.choose(settings_of(tmp_path, request.getfixturevalue("s3_url")))


@pytest.fixture
def files(runtime: Runtime, store: MediaStore) -> Files:
    return replace(runtime.tools.media, store=store)


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


@pytest.fixture
def asha(runtime: Runtime) -> UUID:
    with begin(runtime.database, SYSTEM) as work:
        return people.register(work, "Asha").id


def keep(files: Files, owner: UUID, file: Cleaned = CLIP) -> MediaView:
    with begin(files.database, Actor.person(owner)) as work:
        coming = files.expect(work, file)
    return files.put(coming)


def count(files: Files, where: str = "true") -> int:
    with begin(files.database, SYSTEM) as work:
        return int(work.session.scalar(text(f"SELECT count(*) FROM media_file WHERE {where}")) or 0)  # noqa: S608


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


# --- places


def test_a_place_keeps_gives_and_takes_away(store: MediaStore) -> None:
    store.put("abc1", b"one")
    store.put("abc1", b"one again")
    store.put("abc2", b"two")
    assert store.open("abc1") == b"one again"
    store.delete("abc1")
    store.delete("abc1")
    with pytest.raises(Missing):
        store.open("abc1")
    assert store.open("abc2") == b"two"


def test_no_place_is_asked_inside_a_transaction(store: MediaStore, runtime: Runtime) -> None:
    with begin(runtime.database, SYSTEM):
        for ask in (
            lambda: store.put("a", b""),
            lambda: store.open("a"),
            lambda: store.delete("a"),
        ):
            with pytest.raises(OutsideCallInsideWork):
                ask()


@pytest.mark.parametrize("name", ["../secret", "a/b", "", ".", "a\0b", "ä", "/etc/passwd"])
def test_a_folder_takes_no_path_for_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
        FolderStore(tmp_path).put(name, b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_says_so(tmp_path: Path) -> None:
    (tmp_path / "ab").write_text("no folder")
    store = FolderStore(tmp_path)
    for ask in (lambda: store.put("abc", b"x"), lambda: store.open("abc"), lambda: store.delete("abc")):
        with pytest.raises(FilesAway):
            ask()


def test_s3_is_told_to_encrypt(bucket: Any, tmp_path: Path, s3_url: str) -> None:  # noqa: ANN401  (boto3's)
    S3Store(settings_of(tmp_path, s3_url)).put("abc", b"x")
    found = bucket.head_object(Bucket=BUCKET, Key="media/abc")
    assert found["ServerSideEncryption"] == "AES256"
    assert found["ContentType"] == "application/octet-stream"
    kms = settings_of(tmp_path, s3_url, s3_encryption="aws:kms", s3_kms_key="key-1")
    S3Store(kms).put("abd", b"x")
    found = bucket.head_object(Bucket=BUCKET, Key="media/abd")
    assert (found["ServerSideEncryption"], found["SSEKMSKeyId"]) == ("aws:kms", "key-1")


def test_an_s3_that_is_not_there_or_refuses_says_so_in_time(
    tmp_path: Path, s3_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = S3Store(settings_of(tmp_path, s3_url, s3_bucket="nobody-s"))
    for ask in (lambda: away.put("a", b""), lambda: away.open("a"), lambda: away.delete("a")):
        with pytest.raises(FilesAway):
            ask()
    monkeypatch.setattr("time.sleep", lambda _: None)  # the library waits between its tries
    closed = S3Store(settings_of(tmp_path, "http://127.0.0.1:9"))
    with pytest.raises(FilesAway) as refused:
        closed.put("a", b"")
    assert isinstance(refused.value.__cause__, EndpointConnectionError)


def test_s3_is_tried_three_times_and_no_longer(tmp_path: Path, s3_url: str) -> None:
    config = S3Store(settings_of(tmp_path, s3_url))._client.meta.config  # noqa: SLF001
    assert (config.connect_timeout, config.read_timeout) == (3, 20)
    assert config.retries["total_max_attempts"] == 3


# --- sealed, once, seen


def test_what_lies_in_the_store_is_sealed_and_opens_again(
    files: Files, asha: UUID, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kept = keep(files, asha)
    assert files.open(kept.id) == (kept, CLIP.content)
    if isinstance(files.store, FolderStore):
        lies = everything_in(tmp_path)
    else:
        key = f"media/{kept.id.hex}"
        lies = request.getfixturevalue("bucket").get_object(Bucket=BUCKET, Key=key)["Body"].read()
    assert len(lies) == len(CLIP.content) + 28
    assert b"secret" not in lies
    assert sha256(CLIP.content).hexdigest().encode() not in lies


def test_the_same_file_of_one_owner_is_stored_once(
    files: Files, asha: UUID, clock: SetClock, tmp_path: Path
) -> None:
    first = keep(files, asha)
    clock.now += timedelta(days=20)
    again = keep(files, asha, replace(CLIP, name="again.mp4"))
    assert again == first
    with begin(files.database, SYSTEM) as work:
        ravi = people.register(work, "Ravi").id
    other = keep(files, ravi)
    assert other.id != first.id, "whether somebody else has it is nobody's business"
    assert count(files) == 2
    clock.now += timedelta(days=20)
    assert files.collect() == 0, "asked for again, it is wanted for thirty days more"


def test_two_who_send_the_same_at_once_keep_it_once(files: Files, asha: UUID) -> None:
    both = threading.Barrier(2)
    found: list[MediaView] = []

    def send() -> None:
        both.wait(10)
        found.append(keep(files, asha))

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0].id == found[1].id
    assert count(files) == 1
    assert files.open(found[0].id)[1] == CLIP.content


def test_a_file_does_not_open_as_another(files: Files, asha: UUID) -> None:
    one = keep(files, asha)
    other = keep(files, asha, replace(CLIP, content=b"another"))
    files.store.put(one.id.hex, files.store.open(other.id.hex))
    with pytest.raises(MediaNotFound):
        files.open(one.id)
    with begin(files.database, SYSTEM) as work:
        swap = text("UPDATE media_file a SET sealed_key = b.sealed_key FROM media_file b WHERE a.id <> b.id")
        work.session.execute(swap)
    with pytest.raises(MediaNotFound):
        files.open(other.id)


def test_a_file_whose_bytes_are_lost_is_not_found(files: Files, asha: UUID) -> None:
    kept = keep(files, asha)
    files.store.delete(kept.id.hex)
    with pytest.raises(MediaNotFound):
        files.open(kept.id)


def test_what_never_arrived_is_not_there_and_is_put_again(files: Files, asha: UUID) -> None:
    with begin(files.database, Actor.person(asha)) as work:
        coming = files.expect(work, CLIP)
        assert service.many(work, [coming.view.id]) == {}
    with pytest.raises(MediaNotFound):
        files.open(coming.view.id)
    again = keep(files, asha)
    assert again.id == coming.view.id
    assert files.open(again.id)[1] == CLIP.content


def test_a_file_made_in_a_turn_lies_in_its_row_until_it_moves(files: Files, asha: UUID) -> None:
    with begin(files.database, Actor.person(asha)) as work:
        made = files.keep_here(work, CLIP)
        assert files.keep_here(work, CLIP).id == made.id
        here = work.session.scalar(text("SELECT here FROM media_file"))
    assert b"secret" not in bytes(here)
    assert files.open(made.id)[1] == CLIP.content
    assert files.move() == 1
    assert count(files, "here IS NULL") == 1
    assert files.open(made.id)[1] == CLIP.content
    assert files.move() == 0


# --- wanted, and not


def leaves(files: Files) -> int:
    done = files.collect()
    return done if not count(files, "state = 'leaving'") else -1


def test_a_file_nobody_needs_goes_after_thirty_days(files: Files, asha: UUID, clock: SetClock) -> None:
    kept = keep(files, asha)
    clock.now += timedelta(days=29)
    assert files.collect() == 0
    clock.now += timedelta(days=2)
    assert leaves(files) == 1
    assert count(files) == 0
    with pytest.raises(Missing):
        files.store.open(kept.id.hex)
    again = keep(files, asha)
    assert files.open(again.id)[1] == CLIP.content


def test_a_file_that_never_came_goes_after_an_hour(files: Files, asha: UUID, clock: SetClock) -> None:
    with begin(files.database, Actor.person(asha)) as work:
        coming = files.expect(work, CLIP)
    assert coming.sealed is not None
    files.store.put(coming.key, coming.sealed)  # and then the process dies
    clock.now += timedelta(minutes=59)
    assert files.collect() == 0
    clock.now += timedelta(minutes=2)
    assert files.collect() == 1
    with pytest.raises(Missing):
        files.store.open(coming.key)
    with pytest.raises(MediaNotFound):
        files.put(coming)


def hand_in(work: Work, deal_id: UUID, *media_ids: UUID) -> None:
    piece = offers.accept(work, deal_id, shown=seen.deal(work, deal_id)).deliverables[0].id
    pieces.submit_draft(work, SubmitDraft(piece, "look", media_ids), shown=seen.piece(work, piece))


def test_what_a_draft_was_made_of_stays(world: World, clock: SetClock) -> None:
    files, deal_id = world.runtime.tools.media, world.offer()
    mine, unused = keep(files, world.person), keep(files, world.person, replace(CLIP, content=b"unused"))
    with begin(files.database, Actor.person(world.person)) as work:
        hand_in(work, deal_id, mine.id, mine.id)
    clock.now += timedelta(days=31)
    assert files.collect() == 1
    assert files.open(mine.id)[1] == CLIP.content
    with pytest.raises(MediaNotFound):
        files.open(unused.id)


def test_nobody_hands_in_a_file_of_somebody_else(world: World) -> None:
    files, deal_id = world.runtime.tools.media, world.offer()
    own, foreign = keep(files, world.person), keep(files, world.brand)
    for media_id in (foreign.id, uuid4()):
        with pytest.raises(MediaNotFound), begin(files.database, Actor.person(world.person)) as work:
            hand_in(work, deal_id, own.id, media_id)


def test_the_files_of_who_leaves_open_no_more_and_then_are_gone(files: Files, asha: UUID) -> None:
    kept = keep(files, asha)
    with begin(files.database, Actor.person(asha)) as work:
        made = files.keep_here(work, replace(CLIP, content=b"chart"))
        erasure.erase(work, asha)
    for media_id in (kept.id, made.id):
        with pytest.raises(MediaNotFound):
            files.open(media_id)
    assert (
        count(files, "name = '' AND digest = '' AND sealed_key = '' AND here IS NULL AND owner_id IS NULL")
        == 2
    )
    assert leaves(files) == 2
    with pytest.raises(Missing):
        files.store.open(kept.id.hex)


def test_so_many_are_collected_at_once_and_a_store_that_is_away_stops_nothing(
    files: Files, asha: UUID, clock: SetClock
) -> None:
    for number in range(5):
        keep(files, asha, replace(CLIP, content=b"%d" % number))
    clock.now += timedelta(days=31)

    class Away:
        def put(self, *_: object) -> None:
            raise FilesAway

        def open(self, _: str) -> bytes:
            raise FilesAway

        def delete(self, _: str) -> None:
            raise FilesAway

    assert replace(files, store=Away()).collect() == 0
    assert files.collect(2) == 2
    assert files.collect(2) == 2
    assert files.collect(2) == 1
    assert count(files) == 0


def test_a_worker_does_it(runtime: Runtime, asha: UUID, clock: SetClock) -> None:
    files = runtime.tools.media
    keep(files, asha)
    with begin(files.database, Actor.person(asha)) as work:
        files.keep_here(work, replace(CLIP, content=b"chart"))
    assert rounds.keep_files(runtime) == 1
    clock.now += timedelta(days=31)
    assert rounds.keep_files(runtime) == 2
    assert count(files) == 0


# --- files of before


def of_before(work: Work, owner: UUID, content: bytes, name: str) -> UUID:
    media_id, digest = uuid4(), sha256(content).hexdigest()
    work.session.execute(
        text(
            "INSERT INTO media_file (id, owner_id, digest, name, content_type, size_bytes, created_at, state,"
            " store_name, sealed_key)"
            " VALUES (:id, :owner, :own, :name, 'image/jpeg', :size, now(), 'kept', :at, '')"
        ),
        {
            "id": media_id,
            "owner": owner,
            "own": media_id.hex,
            "name": name,
            "size": len(content),
            "at": digest,
        },
    )
    return media_id


def test_files_of_before_are_read_then_looked_through_and_sealed(files: Files, asha: UUID) -> None:
    content, broken = photo(6), b"\xff\xd8\xff no picture"
    with begin(files.database, SYSTEM) as work:
        ravi = people.register(work, "Ravi").id
        first = of_before(work, asha, content, "my.jpeg")
        second = of_before(work, ravi, content, "his.jpeg")
        third = of_before(work, asha, broken, "x.jpg")
        lost = of_before(work, asha, b"lost", "y.jpg")
    plain = sha256(content).hexdigest()
    files.store.put(plain, content)
    files.store.put(sha256(broken).hexdigest(), broken)
    assert files.open(first)[1] == content
    assert files.move(1) == 1
    assert files.store.open(plain) == content, "somebody else needs it still"
    while files.move():
        pass
    for media_id, name in ((first, "my.jpg"), (second, "his.jpg")):
        view, now = files.open(media_id)
        assert (view.name, view.size_bytes) == (name, len(now))
        assert CAMERA.encode() not in now
        assert Image.open(io.BytesIO(now)).size == (32, 64)
        assert b"JFIF" not in files.store.open(media_id.hex)
    assert files.open(third)[1] == broken
    for digest in (plain, sha256(broken).hexdigest()):
        with pytest.raises(Missing):
            files.store.open(digest)
    with pytest.raises(MediaNotFound):
        files.open(lost)


def test_plain_bytes_that_others_need_stay_when_one_of_them_leaves(files: Files, asha: UUID) -> None:
    with begin(files.database, SYSTEM) as work:
        ravi = people.register(work, "Ravi").id
        of_before(work, asha, b"shared", "a.jpg")
        his = of_before(work, ravi, b"shared", "b.jpg")
    files.store.put(sha256(b"shared").hexdigest(), b"shared")
    with begin(files.database, SYSTEM) as work:
        service.forget(work, asha)
    assert files.collect() == 1
    assert files.open(his)[1] == b"shared"


def test_the_rows_of_before_know_where_their_bytes_lie(url_of_an_old_database: str) -> None:
    database = connect(url_of_an_old_database)
    owner, drafted, unused, nobody_s = (uuid4() for _ in range(4))
    migrate.downgrade(database.engine, BEFORE_SEALS)
    with database.engine.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        for media_id, whose in ((drafted, owner), (unused, owner), (nobody_s, None)):
            connection.execute(
                text(
                    "INSERT INTO media_file"
                    " (id, owner_id, digest, name, content_type, size_bytes, created_at)"
                    " VALUES (:id, :owner, 'd1', 'a.jpg', 'image/jpeg', 9, now())"
                ),
                {"id": media_id, "owner": whose},
            )
        columns = connection.execute(
            text(
                "SELECT column_name, data_type FROM information_schema.columns"
                " WHERE table_name = 'deliverable' AND is_nullable = 'NO' AND column_default IS NULL"
            )
        )
        values = {name: VALUES.get(kind, "'x'") for name, kind in columns} | {
            "draft_media": f"'[\"{drafted}\"]'"
        }
        what = f"({', '.join(values)}) VALUES ({', '.join(values.values())})"
        connection.execute(text(f"INSERT INTO deliverable {what}"))
    migrate.upgrade(database.engine)
    with begin(database, SYSTEM) as work:
        query = text("SELECT id, state, store_name, digest, keep_until - now() AS left FROM media_file")
        rows = {row.id: row for row in work.session.execute(query)}
    assert {row.store_name for row in rows.values()} == {"d1"}
    assert len({row.digest for row in rows.values()}) == 3
    assert rows[drafted].left is None
    assert timedelta(days=29) < rows[unused].left < timedelta(days=31)
    assert [rows[each].state for each in (drafted, unused, nobody_s)] == ["kept", "kept", "leaving"]
    database.engine.dispose()


# --- through the doors


IDENTITY = Identity(ChannelName.WEB, "asha", "asha")


def client_of(runtime: Runtime, user: str = "asha") -> TestClient:
    client = TestClient(create(runtime))
    client.post("/enter", data={"user": user})
    return client


def send(client: TestClient, content: bytes, name: str = "a.png") -> str:
    csrf = client.get("/chat/asha").text.split('data-csrf="')[1].split('"')[0]
    form, headers = {"event_id": uuid4().hex}, {"X-CSRF": csrf}
    answer = client.post("/chat/asha/files", data=form, files={"file": (name, content)}, headers=headers)
    assert answer.status_code == 204
    letters = client.get("/chat/asha/letters").json()["letters"]
    return str(letters[-1]["body"]["text"])


def last_file(client: TestClient) -> dict[str, str]:
    letters = client.get("/chat/asha/letters").json()["letters"]
    found: dict[str, str] = [each for x in letters for each in x["body"].get("attachments", ())][-1]
    return found


def test_a_picture_goes_through_the_chat_without_its_place(runtime: Runtime) -> None:
    client = client_of(runtime)
    send(client, photo(), "../holiday.pdf")
    file = last_file(client)
    assert (file["kind"], file["name"]) == ("photo", "holiday.jpg")
    answer = client.get(f"/chat/asha/media/{file['media_id']}")
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["content-disposition"] == "inline; filename*=UTF-8''holiday.jpg"
    assert CAMERA.encode() not in answer.content
    assert Image.open(io.BytesIO(answer.content)).size == (64, 32)


def test_a_video_is_played_in_parts_and_without_its_place(runtime: Runtime) -> None:
    client = client_of(runtime)
    send(client, video())
    url = f"/chat/asha/media/{last_file(client)['media_id']}"
    whole = client.get(url).content
    assert ANDROID_PLACE[8:] not in whole
    size = len(whole)
    for asked, status, got in (
        ("bytes=0-9", 206, whole[:10]),
        ("bytes=10-", 206, whole[10:]),
        ("bytes=-5", 206, whole[-5:]),
        (f"bytes=5-{size * 9}", 206, whole[5:]),
        (f"bytes={size}-", 416, b""),
        ("bytes=9-2", 416, b""),
        ("bytes=-", 200, whole),
        ("bytes=0-1,4-5", 200, whole),
        ("lines=0-1", 200, whole),
        ("bytes=-0", 416, b""),
    ):
        answer = client.get(url, headers={"Range": asked})
        assert (answer.status_code, answer.content) == (status, got), asked
        if status == 206:
            assert answer.headers["content-range"].endswith(f"/{size}")


def test_a_pdf_is_saved_and_not_opened_among_our_pages(runtime: Runtime) -> None:
    client = client_of(runtime)
    send(client, b"%PDF-1.7 x")
    answer = client.get(f"/chat/asha/media/{last_file(client)['media_id']}")
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (photo()[:-200], "damaged or not complete"),
        (saved(halves(), "BMP"), "I can take photos"),
    ],
)
def test_what_cannot_be_taken_is_explained(runtime: Runtime, content: bytes, said: str) -> None:
    assert said in send(client_of(runtime), content)


def test_a_refused_file_takes_neither_the_words_nor_the_other_files_along(runtime: Runtime) -> None:
    client = client_of(runtime)
    csrf = client.get("/chat/asha").text.split('data-csrf="')[1].split('"')[0]
    files = [("file", ("a.docx", b"PK\x03\x04")), ("file", ("b.png", PNG)), ("file", ("c.docx", b"PK"))]
    for event_id, sent in (("one", files), ("two", files[:1])):
        form = {"event_id": event_id, "text": "help"}
        answer = client.post("/chat/asha/files", data=form, files=sent, headers={"X-CSRF": csrf})
        assert answer.status_code == 204
    letters = client.get("/chat/asha/letters").json()["letters"]
    mine = [line["body"] for line in letters if line["incoming"]]
    assert [(body["text"], len(body["attachments"])) for body in mine] == [("help", 1), ("help", 0)]
    said = [line["body"]["text"] for line in letters if not line["incoming"]]
    assert sum("I can take photos" in words for words in said) == 2, (
        "once a message, however many are refused"
    )
    assert "I can take photos" not in said[-1], "the words are answered"


def test_a_store_that_is_away_is_explained_and_nothing_is_lost(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise FilesAway

    monkeypatch.setattr(FolderStore, "put", fails)
    client = client_of(runtime)
    assert "can't keep files at this moment" in send(client, PNG)
    monkeypatch.undo()
    assert "don't need a file" in send(client, PNG)
    assert last_file(client)["kind"] == "photo"


def test_a_door_waits_for_a_store_and_leaves_out_what_is_gone(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = incoming_files.keep(runtime, IDENTITY, "Asha", "a.png", PNG).file
    files = runtime.tools.media
    assert opened(files, kept.media_id)[0].name == "a.png"

    def fails(*_: object) -> None:
        raise FilesAway

    monkeypatch.setattr(FolderStore, "open", fails)
    with pytest.raises(ChannelUnavailable):
        opened(files, kept.media_id)
    with pytest.raises(ChannelRefused):
        opened(files, str(uuid4()))


def test_the_words_are_said_though_their_file_is_gone(runtime: Runtime) -> None:
    heard: list[OutgoingMessage] = []

    class Door:
        def send(self, _: Address, message: OutgoingMessage, __: str) -> None:
            heard.append(message)

    kept = incoming_files.keep(runtime, IDENTITY, "Asha", "a.png", PNG).file
    gone = Attachment(str(uuid4()), "photo", "b.png")
    house = replace(runtime, channels={"telegram": Door()})  # type: ignore[dict-item]
    with begin(runtime.database, SYSTEM) as work:
        look = OutgoingMessage("look", attachments=(kept, gone))
        (promise,) = outbox.say(work, Address("telegram", "7"), None, look)
    delivery.deliver(house, promise)
    assert [message.text for message in heard] == ["look"]
    assert heard[0].attachments == (kept,)


# --- links


def test_a_link_opens_one_file_for_ten_minutes_without_a_seat(
    runtime: Runtime, asha: UUID, clock: SetClock
) -> None:
    files, client = runtime.tools.media, TestClient(create(runtime))
    kept = keep(files, asha)
    with begin(runtime.database, SYSTEM) as work:
        link = files.link(work, kept.id)
    path = link.removeprefix(runtime.settings.public_url)
    answer = client.get(path)
    assert (answer.status_code, answer.content) == (200, CLIP.content)
    assert answer.headers["cache-control"] == "private, no-store"
    clock.now += timedelta(minutes=12)
    assert client.get(path).status_code == 404


def test_a_link_that_is_not_ours_opens_nothing(runtime: Runtime, asha: UUID) -> None:
    files, client = runtime.tools.media, TestClient(create(runtime))
    kept = keep(files, asha)
    forged = Keyring("another key").sign("file", {"file": kept.id.hex}, runtime.now(), timedelta(minutes=5))
    other = runtime.settings.keys.sign("report", {"file": kept.id.hex}, runtime.now(), timedelta(minutes=5))
    for token in (forged, other, "x", kept.id.hex):
        assert client.get(f"/files/{token}").status_code == 404


def test_an_operator_sees_the_files_of_a_draft(world: World) -> None:
    files, deal_id = world.runtime.tools.media, world.offer()
    kept = keep(files, world.person)
    with begin(files.database, Actor.person(world.person)) as work:
        hand_in(work, deal_id, kept.id)
    client = TestClient(create(world.runtime))
    found = client.get(f"/admin/deals/{deal_id}", headers=signed_in(world.runtime)).json()["files"]
    assert [(file["name"], file["kind"]) for file in found] == [("clip.mp4", "video")]
    path = found[0]["link"].removeprefix(world.runtime.settings.public_url)
    assert client.get(path).content == CLIP.content


def test_the_settings_choose_the_place(tmp_path: Path, s3_url: str, runtime: Runtime) -> None:
    assert isinstance(runtime.tools.media.store, FolderStore)
    chosen = parts.build(settings_of(tmp_path, s3_url), runtime.database)
    assert isinstance(chosen.tools.media.store, S3Store)
    with pytest.raises(ValueError, match="S3_BUCKET names no bucket"):
        Settings(_env_file=None, media_store="s3")


def test_a_file_s_key_opens_with_its_owner_s_only_and_for_that_file_alone(
    runtime: Runtime, asha: UUID, world: World
) -> None:
    files = runtime.tools.media
    kept, other = keep(files, asha), keep(files, asha, replace(CLIP, content=b"another"))
    with begin(files.database, SYSTEM) as work:
        row = work.session.get_one(MediaFile, kept.id)
        assert sealing.unwrap(work, asha, row.sealed_key, kept.id)
        for whose, which in ((world.person, kept.id), (asha, other.id)):
            with pytest.raises(NotOurs):
                sealing.unwrap(work, whose, row.sealed_key, which)


def test_a_file_ends_with_its_owner_s_key_though_a_copy_of_all_is_kept(runtime: Runtime, asha: UUID) -> None:
    files = runtime.tools.media
    kept = keep(files, asha)
    with begin(files.database, SYSTEM) as work:
        copy = work.session.get_one(MediaFile, kept.id).sealed_key
        erasure.erase(work, asha)
    with begin(files.database, SYSTEM) as work, pytest.raises(MediaNotFound):
        sealing.unwrap(work, asha, copy, kept.id)


def test_files_that_the_ring_sealed_are_sealed_with_their_owners_keys(runtime: Runtime, asha: UUID) -> None:
    files = runtime.tools.media
    kept = keep(files, asha)
    lies = files.store.open(kept.id.hex)
    with begin(files.database, SYSTEM) as work:
        row = work.session.get_one(MediaFile, kept.id)
        key = sealing.unwrap(work, asha, row.sealed_key, kept.id)
        row.sealed_key = files.keys.seal(sealing.BY_THE_RING, key, f"{asha}:{kept.id}")
    with pytest.raises(MediaNotFound):
        files.open(kept.id)
    assert seal_plain(files.database) == 1
    assert seal_plain(files.database) == 0
    assert files.open(kept.id)[1] == CLIP.content
    assert files.store.open(kept.id.hex) == lies, "the store is not touched"


def test_files_live_through_a_change_of_keys(runtime: Runtime, asha: UUID) -> None:
    files = runtime.tools.media
    kept, again = keep(files, asha), keep(files, asha, replace(CLIP, content=b"another"))
    lies = files.store.open(kept.id.hex)
    both, new = Keyring("a new key", "test-secret-key"), Keyring("a new key")
    assert keys.rotate(files.database, both) > 0
    assert keys.rotate(files.database, both) == 0
    assert files.store.open(kept.id.hex) == lies, "the store is not touched"
    after = replace(files, database=replace(files.database, keys=DataKeys(new)))
    assert after.open(kept.id)[1] == CLIP.content
    assert after.open(again.id)[1] == b"another"
