"""Speech to text: a port, and one file a way to do it."""
