"""The page and its parts: records of two sites that look like one."""
