"""Rows as the shapes the rules take; read by every area above."""
