"""The page and its parts: review."""
