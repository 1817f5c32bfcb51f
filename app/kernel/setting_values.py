"""The value of a setting in force: what the office chose, else the default."""

from __future__ import annotations

from app.kernel.work import Look
from app.models.organisation import SettingRow
from app.settings import SETTINGS, validate


def setting_value(look: Look, key: str) -> bool | int | str:
    """The value of a declared setting, in its own type."""
    row = look.session.get(SettingRow, key)
    if row is None:
        return SETTINGS[key].default
    value = validate(key, row.value)
    return value if isinstance(value, bool | int | str) else SETTINGS[key].default
