"""The page and its parts: inbox."""
