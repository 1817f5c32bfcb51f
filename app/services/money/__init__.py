"""Duty pay and case subsidies: what is owed, why, and how it is fixed."""
