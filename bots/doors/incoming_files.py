"""Files that somebody sent, looked through and kept."""

from bots.doors.house import House
from core.accounts import chats
from core.accounts.schemas import Identity
from core.kit.actors import SYSTEM, Actor
from core.kit.errors import TooOften
from core.kit.limits import Limit
from core.kit.work import begin
from core.media import intake
from core.media.errors import FileNotFetched, TooManyFiles
from core.messaging import arrivals
from core.messaging.arrivals import Arrival
from core.messaging.messages import Attachment


def keep(
    house: House,
    owner: Identity,
    owner_name: str,
    name: str,
    content: bytes,
    came_with: Arrival | None = None,
) -> Attachment:
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
    stored = house.tools.media.put(coming)
    return Attachment(str(stored.id), stored.kind, stored.name)


def _count_bytes(house: House, owner: Identity, size: int) -> None:
    try:
        house.tools.limits.spend(Limit.UPLOADED_BYTES, f"{owner.channel}:{owner.user_id}", max(size, 1))
    except TooOften as error:
        raise TooManyFiles(seconds=error.seconds) from error
