"""What a creator and a brief say about themselves, as one text to embed."""

from core.campaigns.schemas import Brief
from core.creators.schemas import CreatorView

TEXT_CHARACTERS_MAX = 1_200  # the encoder reads no further with profit


def of_creator(creator: CreatorView) -> str:
    """Return the text that stands for a creator: niches first, then the bio, then the place."""
    parts = [", ".join((*creator.niches, *creator.topics)), creator.bio, creator.city]
    return ". ".join(part for part in parts if part)[:TEXT_CHARACTERS_MAX]


def of_brief(brief: Brief) -> str:
    """Return the text that stands for a brief."""
    parts = [", ".join((*brief.niches, *brief.topics)), brief.text]
    return ". ".join(part for part in parts if part)[:TEXT_CHARACTERS_MAX]
