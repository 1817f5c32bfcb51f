"""What the office sees: the shell, its widgets and pages; no rules and no database live here."""
