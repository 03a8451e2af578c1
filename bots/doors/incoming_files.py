"""Files that somebody sent, looked through and kept; those of brands are read, since they may be a brief."""

from dataclasses import dataclass

from bots.doors.house import House
from core.accounts import chats, members
from core.accounts.schemas import Identity
from core.kit.actors import SYSTEM, Actor
from core.kit.errors import DomainError, TooOften
from core.kit.limits import Limit
from core.kit.work import begin
from core.media import documents, intake
from core.media.errors import FileNotFetched, TooManyFiles, VoiceWithoutWords
from core.media.kinds import Kind
from core.media.speech import sounds
from core.media.speech.port import Transcriber
from core.messaging import arrivals
from core.messaging.arrivals import Arrival
from core.messaging.messages import Attachment, Document, RemoteFile


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept, and what was read in it, nothing where nobody looked."""

    file: Attachment
    document: Document | None = None


def keep(
    house: House,
    owner: Identity,
    owner_name: str,
    name: str,
    content: bytes,
    came_with: Arrival | None = None,
) -> Kept:
    """Check and store what somebody sent; nothing of what came with an arrival that is gone by now.

    Raises:
        FileTooLarge, FileEmpty, FileKindNotAccepted, FileDamaged, PictureTooLarge: when it cannot be taken.
        TooManyFiles: when somebody sent more than we take in an hour.
        FilesAway: when it can be neither looked through nor kept at the moment.
        FileNotFetched: when whoever sent it was forgotten meanwhile.
    """
    _count_bytes(house, owner, len(content))
    file = intake.look_through(name, content, house.settings.media_max_bytes)
    with begin(house.database, SYSTEM) as work:
        if came_with is not None and not arrivals.still_waits(work, came_with):
            raise FileNotFetched
        person = chats.recognise(work, owner, owner_name)
        coming = house.tools.media.expect(work.acting_as(Actor.person(person.id)), file)
        of_a_brand = bool(members.memberships_of(work, person.id))
    stored = house.tools.media.put(coming)
    kept = Attachment(str(stored.id), stored.kind, stored.name)
    return Kept(kept, _read(kept, Kind(file.content_type), file.content) if of_a_brand else None)


def listen(house: House, listener: Transcriber, owner: Identity, file: RemoteFile, content: bytes) -> str:
    """Return what a voice note says. Its bytes are kept nowhere.

    Raises:
        VoiceTooLong, SoundKindNotAccepted, VoiceWithoutWords: when nothing can be heard in it.
        TooManyFiles: when somebody sent more than we take in an hour.
        SpeechAway: when whoever listens for us does not answer.
    """
    _count_bytes(house, owner, len(content))
    words = listener.words(sounds.of(content, file.seconds))
    if not words:
        raise VoiceWithoutWords
    return words


def _read(file: Attachment, kind: Kind, content: bytes) -> Document | None:
    if not kind.has_words:
        return None
    try:
        return Document(file, documents.words_of(kind, content))
    except DomainError as error:
        return Document(file, problem=error.code, facts=error.facts)


def _count_bytes(house: House, owner: Identity, size: int) -> None:
    try:
        house.tools.limits.spend(Limit.UPLOADED_BYTES, f"{owner.channel}:{owner.user_id}", max(size, 1))
    except TooOften as error:
        raise TooManyFiles(seconds=error.seconds) from error
