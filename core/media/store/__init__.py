"""Where the sealed bytes of files lie: a folder, or S3."""
