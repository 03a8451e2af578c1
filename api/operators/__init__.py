"""What operators may do over HTTP, and their console."""
