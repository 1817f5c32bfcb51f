"""Says which module holds a command, so that a command line loads what was typed and not every command there is."""

from __future__ import annotations

HOLDERS = {
    "alarms": ("alarm",),
    "activities": ("activity",),
    "attendance": ("exceptions", "decide"),
    "batches": ("batch",),
    "cases": ("case",),
    "changes": ("leave", "correct", "swap"),
    "consultations": ("consultation",),
    "deliver": ("deliver",),
    "demo": ("demo",),
    "erase": ("erase",),
    "errands": ("errand",),
    "exchange": ("invite", "enrol", "admit", "bundle"),
    "focus": ("focus",),
    "follow_up": ("follow",),
    "found": ("found",),
    "importing": ("import",),
    "keys": ("keys",),
    "markets": ("market",),
    "measures": ("measure", "meeting"),
    "money": ("submit", "pay"),
    "money_changes": ("adjust", "reverse"),
    "moving": ("office",),
    "office": ("init", "check", "backup", "rehearse", "restore"),
    "opening": ("open",),
    "packs": ("packs",),
    "paper": ("paper",),
    "payees": ("payee",),
    "people": ("person",),
    "postings": ("posting",),
    "problems": ("inspect", "problem"),
    "reports": ("report",),
    "review": ("review",),
    "roster": ("roster",),
    "self_test": ("self-test",),
    "settings": ("setting",),
    "settle": ("settle",),
    "sites": ("site",),
    "supervision": ("hear", "draw"),
    "statements": ("statement",),
    "targets": ("target",),
    "trial": ("trial",),
    "update": ("update",),
    "users": ("user",),
}
"""Module of app.cli.commands → the words it answers to; a word that stands nowhere is found by loading them all."""


def holder_of(command: str) -> str | None:
    """The module of a command; None for a word that is none."""
    return next((module for module, words in HOLDERS.items() if command in words), None)
