"""The page and its parts: pay."""
