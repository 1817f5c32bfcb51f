"""Delivers bundles to a network folder or a server, as soon as a connection allows."""
