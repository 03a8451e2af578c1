"""What a creator shows of herself to brands: a picture, and posts of her own from before there were deals."""

from uuid import UUID

from core.creators.errors import CreatorNotFound, PictureNotAPhoto
from core.creators.profiles import view
from core.creators.repository import CreatorRepository
from core.creators.schemas import CreatorView, ShowOfWork
from core.kit.text import clean
from core.kit.work import Work
from core.media import service as media

POSTS_MAX = 3
LINK_CHARACTERS_MAX = 500


def show(work: Work, person_id: UUID, command: ShowOfWork) -> CreatorView:
    """Keep what a creator shows. The posts are links as somebody recognised them, the first three count.

    Raises:
        CreatorNotFound: for a person without a profile.
        PictureNotAPhoto: for a video or a document.
        MediaNotFound: for a file that is somebody else's, or gone.
    """
    creator = CreatorRepository(work.session).of_person(person_id)
    if creator is None:
        raise CreatorNotFound
    if command.picture_id is not None:
        if media.get(work, command.picture_id).kind != "photo":
            raise PictureNotAPhoto
        media.need(work, [command.picture_id])
        creator.picture_id = command.picture_id
    if command.sample_posts is not None:
        posts = [clean(link, LINK_CHARACTERS_MAX) for link in command.sample_posts]
        creator.sample_posts = list(dict.fromkeys(posts))[:POSTS_MAX]
    creator.updated_at = work.now
    work.session.flush()
    return view(creator)
