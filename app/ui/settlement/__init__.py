"""The page and its parts: settlement."""
