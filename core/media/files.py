"""The files of this installation, for whoever stands outside of a transaction: put, open, link, collect.

Nobody else speaks to the store. What needs both a transaction and the store is done in steps here, so that
no transaction waits for another machine, and what a crash interrupts is done again or collected.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from core.kit.actors import SYSTEM
from core.kit.crypto import Keyring, NotOurs
from core.kit.database import Database
from core.kit.errors import DomainError
from core.kit.work import Work, begin
from core.media import intake, sealing, service
from core.media.errors import FilesAway, MediaNotFound
from core.media.schemas import Cleaned, Coming, MediaView
from core.media.store.port import MediaStore, Missing

LINK, LINK_LIVES_FOR = "file", timedelta(minutes=10)
COLLECTED_AT_ONCE, MOVED_AT_ONCE = 100, 20
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Files:
    """A store with what its files need: the database that knows them, the keys that sign our links."""

    database: Database
    store: MediaStore
    keys: Keyring
    public_url: str
    limit_bytes: int

    def expect(self, work: Work, file: Cleaned) -> Coming:
        """Write down within a transaction that a file of the acting person is coming; then `put` it."""
        return service.expect(work, file)

    def put(self, coming: Coming) -> MediaView:
        """Put a file into the store that was written down as coming. Raises FilesAway, MediaNotFound."""
        if coming.sealed is not None:
            self.store.put(coming.key, coming.sealed)
            with begin(self.database, SYSTEM) as work:
                service.arrived(work, coming.view.id)
        return coming.view

    def keep_here(self, work: Work, file: Cleaned) -> MediaView:
        """Keep a small file that we made, within a transaction; it moves to the store later."""
        return service.keep_here(work, file)

    def open(self, media_id: UUID) -> tuple[MediaView, bytes]:
        """Return what is known about a file, and its bytes. Raises MediaNotFound, FilesAway."""
        try:
            with begin(self.database, SYSTEM) as work:
                found = service.sealed(work, media_id)
            content = found.here if found.here is not None else self.store.open(found.store_name)
            if found.key is not None:
                content = sealing.open_sealed(found.key, content, media_id)
        except (Missing, NotOurs) as error:
            log.exception("a file's bytes are lost", media=str(media_id))
            raise MediaNotFound(media_id=media_id) from error
        return found.view, content

    def link(self, work: Work, media_id: UUID) -> str:
        """Return an address under which whoever holds it sees a file, for ten minutes from now."""
        token = self.keys.sign(LINK, {"file": media_id.hex}, work.now, LINK_LIVES_FOR)
        return f"{self.public_url.rstrip('/')}/files/{token}"

    def linked(self, token: str, now: datetime) -> UUID:
        """Return the file that a link leads to. Raises MediaNotFound for one that is not ours, or over."""
        claims = self.keys.verify(LINK, token, now)
        if claims is None:
            raise MediaNotFound
        return UUID(claims["file"])

    def collect(self, limit: int = COLLECTED_AT_ONCE) -> int:
        """Take away the bytes of files that nobody wants; returns how many, `limit` at most."""
        with begin(self.database, SYSTEM) as work:
            unwanted = service.leaving(work, limit)
        for done, (media_id, name) in enumerate(unwanted):
            try:
                if name:
                    self.store.delete(name)
            except FilesAway:
                log.warning("unwanted files wait for their store", count=len(unwanted) - done)
                return done
            with begin(self.database, SYSTEM) as work:
                service.gone(work, media_id)
        return len(unwanted)

    def move(self, limit: int = MOVED_AT_ONCE) -> int:
        """Put into the store what lies in rows, and seal what was kept in plain; returns how many moved."""
        with begin(self.database, SYSTEM) as work:
            waiting = service.to_move(work, limit)
        moved = 0
        for media_id in waiting:
            try:
                moved += self._move(media_id)
            except FilesAway:
                log.warning("files wait for their store", count=len(waiting) - moved)
                break
        return moved

    def _move(self, media_id: UUID) -> bool:
        try:
            with begin(self.database, SYSTEM) as work:
                found = service.sealed(work, media_id)
            if found.key is None:
                self._seal_plain(found)
                return True
            if found.here is not None:
                self.store.put(found.store_name, found.here)
                with begin(self.database, SYSTEM) as work:
                    service.moved(work, media_id)
        except MediaNotFound:
            return False
        except Missing:
            log.exception("a file's bytes are lost", media=str(media_id))
            with begin(self.database, SYSTEM) as work:
                service.lost(work, media_id)
        return True

    def _seal_plain(self, found: service.Sealed) -> None:
        """Look a file of before through, put it sealed under its own name, and take its plain bytes away."""
        content, media_id = self.store.open(found.store_name), found.view.id
        try:
            file = intake.look_through(found.view.name, content, self.limit_bytes)
        except FilesAway:
            raise
        except DomainError:
            file = Cleaned(found.view.name, found.view.content_type, content)
        key = sealing.new_key()
        self.store.put(media_id.hex, sealing.seal(key, file.content, media_id))
        with begin(self.database, SYSTEM) as work:
            plain = service.sealed_anew(work, media_id, key, file)
        if plain is not None:
            self.store.delete(plain)
