"""One file an area; each offers add(cli)."""
