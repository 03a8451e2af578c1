"""The door to Telegram."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's durations as durations, not as numbers
