"""`python -m market`."""

from market.cli import main

main()
