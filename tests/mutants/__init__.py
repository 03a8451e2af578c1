"""Take rules out one at a time and see whether a test notices: `make mutants`."""
