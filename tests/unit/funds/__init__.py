"""The money of legal-aid cases, from plain facts."""
