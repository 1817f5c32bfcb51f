"""The page and its parts: records sent back one by one."""
