"""The office's tables on a PostgreSQL server, for a bureau with several seats; loaded only where an office has one."""
