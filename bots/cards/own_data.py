"""What lies on top of the archive of somebody's own data."""

from datetime import datetime

from bots.phrases.amounts import moment
from bots.phrases.languages import speaking
from bots.phrases.sentences import say
from core.accounts.schemas import PersonView


def readme(person: PersonView, at: datetime) -> str:
    """Say in the person's language what is what, as of when."""
    with speaking(person.language, person.timezone):
        return say("data.readme", at=moment(at))
