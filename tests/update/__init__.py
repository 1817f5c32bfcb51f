"""Updates by stick, the packages and the self-test."""
