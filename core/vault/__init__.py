"""A data key for each person, and for each workspace; what it seals ends with it."""
