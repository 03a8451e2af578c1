"""Where everything personal is, and what becomes of it: one map, which erasure and export both follow.

A test walks all tables: each column is personal in an entry here, or harmless (`core.privacy.harmless`). The
order is the order of erasure: what points at something goes before it.
"""

from core.privacy.map_of_people import OF_PEOPLE, OF_STAFF, OF_TALK
from core.privacy.map_of_work import OF_BOOKS, OF_CREATORS, OF_TEAMS, OF_WORK

MAP = (*OF_TALK, *OF_PEOPLE, *OF_CREATORS, *OF_WORK, *OF_STAFF, *OF_TEAMS, *OF_BOOKS)
"""Every entry, in the order of erasure."""
