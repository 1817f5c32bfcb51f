"""The page and its parts: spot_checks."""
