"""Holds the one lock of the PDF engine, which must not be entered by two threads at once."""

from __future__ import annotations

from threading import RLock

pdfium_lock = RLock()
