"""Accounts, roles, passwords, key slots, and who may do what."""
