"""Declares every setting of an office once, as data; the settings page and the command line build from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.errors import Problem
from app.text import clean, half_width

Value = bool | int | str


class Kind(StrEnum):
    """What a setting's value is, hence how it is asked for."""

    BOOL = "bool"
    INT = "int"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True)
class Setting:
    """One setting of the office.

    key: stored name. title, group, note: shown. choices: (stored, shown) pairs of a choice. least, most: bounds of
    an int, in `unit`; the greatest length of a text is `most`.
    """

    key: str
    title: str
    group: str
    kind: Kind
    default: Value
    note: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 1_000_000
    unit: str = ""


def _number(
    key: str, title: str, group: str, default: int, bounds: tuple[int, int], unit: str, note: str
) -> Setting:
    return Setting(key, title, group, Kind.INT, default, note, least=bounds[0], most=bounds[1], unit=unit)


def _text(key: str, title: str, group: str, note: str, default: str = "") -> Setting:
    return Setting(key, title, group, Kind.TEXT, default, note, most=200)


def _flag(key: str, title: str, group: str, default: bool, note: str) -> Setting:
    return Setting(key, title, group, Kind.BOOL, default, note)


CUT_OFFS = ("grade_excellent_from", "grade_good_from", "grade_passed_from")
"""The settings of the least points of each grade, the best first."""
DELEGATED_TO = "approval_delegated_to"
BUREAUS = frozenset({DELEGATED_TO})
"""Settings that only a bureau changes, for they hold at its stations."""

_DECLARED = (
    Setting(
        "theme",
        "外观",
        "显示",
        Kind.CHOICE,
        "light",
        "高对比度适合光线强的窗口和视力不便的同志",
        (("light", "浅色"), ("high_contrast", "高对比度")),
    ),
    Setting(
        "ui_scale",
        "字号与界面大小",
        "显示",
        Kind.CHOICE,
        "100",
        "表格和签到密码键盘一同放大",
        (("100", "100 %"), ("125", "125 %"), ("150", "150 %"), ("175", "175 %")),
    ),
    _number(
        "idle_lock_minutes", "无人操作自动锁定", "安全", 10, (1, 120), "分钟", "离开前也可按 F9 立即锁定"
    ),
    _flag(
        "kiosk_unattended",
        "签到台开机自动启动",
        "签到台",
        False,
        "登录电脑时打开，不用输密码；钥匙存入本机系统钥匙库",
    ),
    _number("kiosk_panel_seconds", "签到成功提示停留", "签到台", 5, (2, 30), "秒", "之后回到首页"),
    _number(
        "kiosk_double_tap_seconds", "重复点按视为一次", "签到台", 5, (1, 60), "秒", "签到不会因此变成签退"
    ),
    _number(
        "kiosk_pin_attempts",
        "签到密码可连续输错",
        "签到台",
        5,
        (3, 10),
        "次",
        "之后锁定，一次比一次久；工作人员重设签到密码即解除",
    ),
    _flag("kiosk_rating", "签到台请群众评价", "签到台", True, "满意、基本满意、不满意"),
    _text("service_phone", "服务电话", "公示", "印在值班表和服务卡上"),
    _text(
        "supervision_phone", "监督电话", "公示", "印在值班表和服务卡上，也显示在签到台；不填则签到台不显示"
    ),
    _text("office_address", "服务地点", "公示", "印在值班表和服务卡上"),
    _text("document_mark", "发文机关代字", "公示", "印在通报批评的文号里，如“盐司通”；不填则留空待填"),
    _text("inbox_folder", "收件文件夹", "收发", "下级上报包放入后自动列出；留空则不监看"),
    _text("outbox_folder", "导出文件夹", "收发", "导出上报包时先打开的位置；留空则每次选择"),
    _number("freshness_days", "多久未收到上报算失联", "收发", 35, (1, 400), "天", "收发页以琥珀色标出"),
    _number(
        "parked_megabytes",
        "每个单位暂存的包最多占",
        "收发",
        2048,
        (1, 1_000_000),
        "MB",
        "再来的不存，请先补前面的包或丢弃",
    ),
    _number("backup_keep", "保留备份份数", "备份", 14, (1, 365), "份", "更早的自动清除"),
    _flag("backup_daily", "每天自动备份", "备份", True, "窗口或签到台开着时，每天一次，不打断工作"),
    _number("backup_days", "多久未备份要提醒", "备份", 7, (1, 90), "天", "今日页提醒"),
    _number("rehearsal_days", "隔多久演练一次恢复", "备份", 30, (1, 400), "天", "自动备份之后自动演练"),
    _text("backup_folder", "备份文件夹", "备份", "留空则存于本机数据目录"),
    _text(
        "case_number_template",
        "案号格式",
        "案件",
        "{年}、{号}各写一处；要补零写 {号:4}",
        default="援字〔{年}〕第{号}号",
    ),
    _text("aid_mark", "法律援助文书代字", "案件", "印在文书的文号里，如“盐”，印成“盐援决字”；不填则留空待填"),
    _number(
        "residents", "常住人口", "案件", 0, (0, 100_000_000), "人", "受援率、人均经费按它计算；填 0 则不算"
    ),
    *(
        _number(
            key, f"案卷评查“{grade}”的最低分", "案件", least, (1, 100), "分", "评查表不填等级的，按总分定"
        )
        for key, grade, least in zip(CUT_OFFS, ("优秀", "良好", "合格"), (90, 75, 60), strict=True)
    ),
    Setting(
        DELEGATED_TO,
        "受委托审批的受理点",
        "案件",
        Kind.TEXT,
        "",
        "站点代码或乡镇名，用顿号分开；从当天起自己审批援助申请，随上报包下发；去掉即收回",
        most=2_000,
    ),
    Setting(
        "audit_by",
        "咨询记录由谁审核",
        "咨询",
        Kind.CHOICE,
        "site",
        "及时审核，合格、缺项或不规范",
        (("site", "本站"), ("bureau", "县（市、区）司法局")),
    ),
)

SETTINGS: Mapping[str, Setting] = {setting.key: setting for setting in _DECLARED}


def groups() -> tuple[str, ...]:
    """The groups of settings in the order they are shown."""
    return tuple(dict.fromkeys(setting.group for setting in SETTINGS.values()))


def validate(key: str, text: str) -> Value | Problem:
    """The value a typed text stands for, or the problem with it (E050 no such setting, E051 not a possible value)."""
    setting = SETTINGS.get(key)
    if setting is None:
        return Problem(key, f"没有名为“{key}”的设置项，可选：{'、'.join(SETTINGS)}", "E050")
    value = _READERS[setting.kind](setting, clean(text))
    if value is None:
        return Problem(key, f"“{setting.title}”不能设为“{clean(text)}”，{_allowed(setting)}", "E051")
    return value


def stored_text(value: Value) -> str:
    """The text a value is stored as; validate reads it back."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _read_bool(_: Setting, text: str) -> Value | None:
    return {"是": True, "否": False, "true": True, "false": False, "1": True, "0": False}.get(text.lower())


def _read_int(setting: Setting, text: str) -> Value | None:
    plain = half_width(text)
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 9):
        return None
    return int(plain) if setting.least <= int(plain) <= setting.most else None


def _read_choice(setting: Setting, text: str) -> Value | None:
    for stored, shown in setting.choices:
        if text in (stored, shown):
            return stored
    return None


def _read_text(setting: Setting, text: str) -> Value | None:
    return text if len(text) <= setting.most else None


def _allowed(setting: Setting) -> str:
    if setting.kind is Kind.BOOL:
        return "请填“是”或“否”"
    if setting.kind is Kind.INT:
        return f"请填 {setting.least} 至 {setting.most} 之间的整数（{setting.unit}）"
    if setting.kind is Kind.CHOICE:
        return "可选：" + "、".join(f"{stored}（{shown}）" for stored, shown in setting.choices)
    return f"最多 {setting.most} 个字"


_READERS = {Kind.BOOL: _read_bool, Kind.INT: _read_int, Kind.CHOICE: _read_choice, Kind.TEXT: _read_text}
