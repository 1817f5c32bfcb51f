"""The office pages, each found by its PAGE."""
