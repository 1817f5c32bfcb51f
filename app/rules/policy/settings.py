"""What a document leaves open is a named setting of its pack: the reading taken, and what else may be chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.errors import Refused
from app.values import yuan_text

SettingValue = int | str | bool | None

_WORDS = {"true": True, "是": True, "1": True, "false": False, "否": False, "0": False}


@dataclass(frozen=True, kw_only=True)
class PackSetting:
    """An open reading. type: bool, int or choice. choices: (value, its Chinese words); low/high bound an int.

    is_verified False: the default is this program's own guess and waits for an office's word. waits_for: the work, not
    yet in the program, that brings the facts it decides about; "" where it decides something now.
    """

    name: str
    value: SettingValue
    title: str
    clause: str
    choices: tuple[tuple[str, str], ...]
    note: str
    type: str = "choice"
    unit: str = ""
    low: int | None = None
    high: int | None = None
    may_be_null: bool = False
    is_verified: bool = True
    default: SettingValue = None
    waits_for: str = ""

    @property
    def is_offered(self) -> bool:
        """Whether choosing changes a result: there is another value, and the program has the facts it decides about."""
        return not self.waits_for and (self.type != "choice" or len(self.choices) > 1)

    @property
    def words(self) -> str:
        """The value in Chinese, for screens and pay lines."""
        if self.value is None:
            return "不定"
        if self.type == "bool":
            return "是" if self.value else "否"
        if self.unit == "分" and isinstance(self.value, int):
            return f"{yuan_text(self.value)} 元"
        return dict(self.choices).get(str(self.value), f"{self.value}{self.unit}")


def changed(setting: PackSetting, value: SettingValue) -> PackSetting:
    """The setting with another value; a text is read by the setting's type. Raises Refused E957."""
    read = _read(setting, value.strip() if isinstance(value, str) else value)
    if not is_allowed(setting, read):
        raise Refused(
            "E957", f"设置“{setting.title}”不能取“{value}”，{_allowed_words(setting)}", field=setting.name
        )
    return replace(setting, value=read)


def may_become(setting: PackSetting, value: SettingValue) -> bool:
    """Whether `changed` would take the value."""
    return is_allowed(setting, _read(setting, value.strip() if isinstance(value, str) else value))


def is_allowed(setting: PackSetting, value: SettingValue) -> bool:
    """Whether a value, already of its type, may stand in the setting."""
    if value is None:
        return setting.may_be_null
    if setting.type == "bool":
        return isinstance(value, bool)
    if setting.type == "choice":
        return value in dict(setting.choices)
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    return (setting.low is None or value >= setting.low) and (setting.high is None or value <= setting.high)


def _read(setting: PackSetting, value: SettingValue) -> SettingValue:
    if not isinstance(value, str):
        return value
    if value == "" and setting.may_be_null:
        return None
    if setting.type == "bool":
        return _WORDS.get(value.lower(), value)
    if setting.type == "int" and value.lstrip("-").isascii() and value.lstrip("-").isdigit():
        return int(value)
    return value


def _allowed_words(setting: PackSetting) -> str:
    if setting.type == "bool":
        return "请填 是 或 否"
    if setting.type == "choice":
        return "请在下列之中选择：" + "、".join(f"{value}（{words}）" for value, words in setting.choices)
    empty = "，或者留空" if setting.may_be_null else ""
    return f"请填 {setting.low} 至 {setting.high} 的整数（{setting.unit}）{empty}"
