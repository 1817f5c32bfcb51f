"""Erases one person's personal values where the law asks for it, and remembers by ids only that it did."""
