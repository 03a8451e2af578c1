"""The words of lists of creators: topics and cities as people write them."""

from bots.understanding import gazetteer, lexicon, wording
from core.creators.imports import Vocabulary


def _topics(word: str) -> list[str]:
    return wording.topics(word, lexicon.NICHES)


def _city(name: str, country: str) -> str:
    """Return the English name of a city that is known by this name, in this country where one is named."""
    found = gazetteer.cities().get(gazetteer.fold(name))
    return found.name if found and country in {"", found.country} else ""


VOCABULARY = Vocabulary(_topics, _city)
