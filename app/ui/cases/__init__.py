"""The page of legal-aid cases."""
