"""Starts it all on one machine, and the command line: `python -m market`."""
