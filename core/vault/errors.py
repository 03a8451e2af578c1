"""What is wrong with something sealed. These are facts or bugs, never answers to a person."""


class KeyDestroyed(Exception):
    """Its owner was forgotten, and their key with them: nobody reads it any more."""
