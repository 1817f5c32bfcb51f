"""Reads the office's cut-offs, by which the score of a reviewed file earns its grade (J09)."""

from __future__ import annotations

from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.rules.cases.quality import CutOffs
from app.settings import CUT_OFFS


def cut_offs(look: Look, **changed: int) -> CutOffs:
    """The cut-offs in force; changed: by the setting's key, what they would be with it."""
    return CutOffs(*(changed[key] if key in changed else int(setting_value(look, key)) for key in CUT_OFFS))
