"""The value of a setting in force: what the office chose, else the default; and the bureau's readings of its document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.kernel.identity import OfficeIdentity
from app.kernel.work import Look
from app.models.bare_rows import bare_columns, bare_rows
from app.models.organisation import SettingRow
from app.models.readings import PackReading
from app.settings import SETTINGS, validate

_SETTING, _READING = bare_columns(SettingRow), bare_columns(PackReading)
_VALUE = select(_SETTING.value).where(_SETTING.name == bindparam("name"))
_READINGS = (
    select(_READING.name, _READING.value, _READING.reason)
    .where(_READING.writer == bindparam("writer"))
    .order_by(_READING.name)
)
"""Made once, for every command and query waits for them."""


def setting_value(look: Look, key: str) -> bool | int | str:
    """The value of a declared setting, in its own type."""
    return setting_in_force(key, bare_rows(look.session, _VALUE, {"name": key}).scalar())


def setting_in_force(key: str, stored: str | None) -> bool | int | str:
    """What holds where that is stored of a declared setting, None for nothing."""
    if stored is None:
        return SETTINGS[key].default
    value = validate(key, stored)
    return value if isinstance(value, bool | int | str) else SETTINGS[key].default


def readings_of(session: Session, identity: OfficeIdentity) -> Sequence[Any]:
    """Name, value and reason of the readings that hold in an office, by name: a bureau's own, at a station those of its bureau."""
    deciding = identity.code if identity.is_bureau else identity.parent
    return bare_rows(session, _READINGS, {"writer": deciding}).all()
