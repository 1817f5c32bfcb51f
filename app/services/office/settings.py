"""Reads and changes the office's settings and its bureau's readings of the policy pack, each change with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.errors import Problem, Refused
from app.kernel.handlers import answers, handles
from app.kernel.packs import load_pack
from app.kernel.permissions import Permission
from app.kernel.setting_values import readings_of, setting_in_force
from app.kernel.work import Look, Work
from app.models.organisation import SettingRow
from app.models.readings import PackReading
from app.rules.cases.case_numbers import check_template
from app.rules.policy.settings import PackSetting, changed
from app.services.office.setting_effects import take_effect
from app.settings import BUREAUS, SETTINGS, Kind, Setting, stored_text, validate
from app.text import clean

PACK = "pack."
CASE_NUMBERS = "case_number_template"
PACK_GROUP = "方案文件未明确的读法"


@dataclass(frozen=True)
class ChangeSetting:
    """A setting by its key, or `pack.` and a reading of the pack; the value as typed; the default's value resets it."""

    name: str
    value: str
    reason: str = ""

    def problems(self) -> Iterable[Problem]:
        """A possible value; a reading of the programme's document needs a reason."""
        if self.name.startswith(PACK):
            if not clean(self.reason):
                yield Problem("reason", "改变对文件的读法会影响结算，请写明理由或批准文号。", "E052")
        elif isinstance(found := validate(self.name, self.value), Problem):
            yield found
        elif self.name == CASE_NUMBERS:
            yield from _template_problems(str(found))


def _template_problems(template: str) -> Iterable[Problem]:
    """A form of 案号 by which no number could be given is not stored."""
    try:
        check_template(template)
    except Refused as refusal:
        yield from refusal.problems


@dataclass(frozen=True)
class Settings:
    """Every setting with its value."""


@dataclass(frozen=True, kw_only=True)
class SettingView:
    """A setting as shown; values and default are stored texts. choices: (stored, shown).

    clause and clause_text: where the document stands on it, for readings of the pack. may_change: by this actor here.
    """

    name: str
    title: str
    group: str
    kind: str
    value: str
    shown: str
    default: str
    default_shown: str
    note: str
    unit: str
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 0
    clause: str = ""
    clause_text: str = ""
    reason: str = ""
    is_verified: bool = True
    may_change: bool = True

    @property
    def is_default(self) -> bool:
        return self.value == self.default


@handles(ChangeSetting, title="修改设置", permission=Permission.CHANGE_SETTINGS)
def change_setting(work: Work, command: ChangeSetting) -> str:
    """The value as stored. Raises Refused E050 … E053 (the bureau's), E084, E396, E397, E420, E421, E957, E985."""
    work.subjects.append(command.name)
    work.why = clean(command.reason)
    if command.name.startswith(PACK):
        return _change_reading(work, command.name.removeprefix(PACK), clean(command.value))
    value = validate(command.name, command.value)
    assert not isinstance(value, Problem)
    if command.name in BUREAUS and not work.office.is_bureau:
        title = SETTINGS[command.name].title
        raise Refused("E053", f"“{title}”由县（市、区）司法局决定，本站不能改动。", field="value")
    wanted = stored_text(take_effect(work, command.name, value))
    return _store(work, command.name, wanted, stored_text(SETTINGS[command.name].default), work.why)


@answers(Settings, permission=Permission.LOOK)
def settings(look: Look, query: Settings) -> tuple[SettingView, ...]:
    """The office's settings by group, then the pack's open readings, as far as another value changes something."""
    rows = {row.name: row for row in look.session.scalars(select(SettingRow))}
    may = look.actor.may(Permission.CHANGE_SETTINGS)
    own = [
        _view(one, rows.get(one.key), may and (look.office.is_bureau or one.key not in BUREAUS))
        for one in SETTINGS.values()
    ]
    chosen = {row.name: row for row in readings_of(look.session, look.office)}
    readings = [
        _reading_view(look, one, chosen.get(one.name), may and look.office.is_bureau)
        for one in look.pack.settings.values()
        if one.is_offered
    ]
    return (*own, *readings)


def _change_reading(work: Work, name: str, value: str) -> str:
    if not work.office.is_bureau:
        raise Refused("E053", "对方案文件的读法由县（市、区）司法局决定，本站不能改动。", field="value")
    wanted = _reading_text(changed(_offered(work, name), value))
    row_id = f"{work.office.code}/{name}"
    row = work.session.get(PackReading, row_id)
    if row is None:
        work.add(PackReading(id=row_id, name=name, value=wanted, reason=work.why))
    else:
        work.mine(row)
        row.value, row.reason = wanted, work.why
    return wanted


def _offered(work: Work, name: str) -> PackSetting:
    shipped = load_pack(work.office.pack_key)
    shipped.setting(name)
    found = shipped.settings[name]
    if not found.is_offered:
        why = f"要等“{found.waits_for}”功能启用以后才用得上" if found.waits_for else "只有一种读法"
        raise Refused("E084", f"“{found.title}”{why}，现在不能改。", field="value")
    return found


def _store(work: Work, name: str, value: str, default: str, reason: str) -> str:
    row = work.session.get(SettingRow, name)
    if value == default:
        if row is not None:
            work.session.delete(row)
        return value
    if row is None:
        row = SettingRow(name=name)
        work.session.add(row)
    row.value, row.reason = value, reason
    return value


def _view(one: Setting, row: SettingRow | None, may: bool) -> SettingView:
    value, default = (
        stored_text(setting_in_force(one.key, row.value if row else None)),
        stored_text(one.default),
    )
    words = dict(one.choices)
    most = one.most if one.kind in (Kind.INT, Kind.TEXT) else 0
    return SettingView(
        name=one.key,
        title=one.title,
        group=one.group,
        kind=one.kind.value,
        value=value,
        shown=words.get(value, value),
        default=default,
        default_shown=words.get(default, default),
        note=one.note,
        unit=one.unit,
        choices=one.choices,
        least=one.least,
        most=most,
        reason=row.reason if row else "",
        may_change=may,
    )


def _reading_view(look: Look, one: PackSetting, row: Any, may: bool) -> SettingView:
    shipped = load_pack(look.office.pack_key).settings[one.name]
    note = one.note if one.is_verified else f"{one.note}（未经核实，请按本单位实际确认）"
    return SettingView(
        name=PACK + one.name,
        title=one.title,
        group=PACK_GROUP,
        kind=_kind(one),
        value=_reading_text(one),
        shown=one.words,
        default=_reading_text(shipped),
        default_shown=shipped.words,
        note=note,
        unit=one.unit,
        choices=one.choices,
        least=one.low or 0,
        most=one.high or 0,
        clause=one.clause,
        clause_text=look.pack.clause_text(one.clause),
        reason=(row.reason or "") if row else "",
        is_verified=one.is_verified,
        may_change=may,
    )


def _kind(one: PackSetting) -> str:
    return {"bool": Kind.BOOL, "int": Kind.INT}.get(one.type, Kind.CHOICE).value


def _reading_text(one: PackSetting) -> str:
    if one.value is None:
        return ""
    return stored_text(one.value)
