"""What a justice office does, one folder an area, one file a verb; no Qt."""
