"""Invents the older register of cases, the county's standards and the money that arrived, as sheets to be imported."""

from __future__ import annotations

from datetime import date, timedelta

from app.case_values import Fund
from app.demo.sample.case_records import Row
from app.demo.sample.case_words import SampleWords

Kind = dict[str, str]
_CIVIL: Kind = {}
_PLAIN = (_CIVIL, {"质量等级": "优秀"}, {"质量等级": "良好"}, {"承办人类别": "法律援助机构工作人员"})
_KINDS: tuple[Kind, ...] = (
    *_PLAIN,
    {"省系统编号": "", "录入日期": ""},
    {"资金来源": "彩票公益金"},
    {"质量等级": "不合格"},
    {"诉讼或非诉讼": "非诉讼", "诉讼阶段": "仲裁"},
    {"案件类型": "刑事", "诉讼阶段": "侦查", "法律依据": "援25-1"},
    {"案件类型": "刑事", "诉讼阶段": "一审", "法律依据": "援25-1", "程序": "普通"},
    {"案件类型": "刑事", "诉讼阶段": "二审", "法律依据": "援25-2"},
    {"案件类型": "行政"},
    {"诉讼阶段": "二审"},
    {"资金来源": "业务经费"},
    {"质量等级": ""},
)
SMALL_ROWS, FULL_ROWS = 4, 36
_QUARTER_DAYS = 85


def invent_register(words: SampleWords, quarter: date, *, is_small: bool) -> tuple[Row, ...]:
    """Lines of cases archived in the quarter that begins on a day; every kind of outcome comes early."""
    kinds = (_CIVIL, _CIVIL, _KINDS[3], _KINDS[4]) if is_small else _KINDS
    count = SMALL_ROWS if is_small else FULL_ROWS
    numbers: dict[int, int] = {}
    rows = []
    for at in range(count):
        archived = words.day(quarter, 1 + at * _QUARTER_DAYS // count)
        rows.append(
            _line(words, at, archived, kinds[at % len(kinds)] if at < len(kinds) * 2 else {}, numbers)
        )
    return tuple(rows)


def _line(words: SampleWords, at: int, archived: date, kind: Kind, numbers: dict[int, int]) -> Row:
    closed = archived - timedelta(days=words.rng.randint(8, 28))
    assigned = closed - timedelta(days=words.rng.randint(35, 80))
    approved = assigned - timedelta(days=2)
    number = numbers[approved.year] = numbers.get(approved.year, 0) + 1
    said = words.applicant(approved, at)
    is_staff = kind.get("承办人类别") == "法律援助机构工作人员"
    handler = words.staff() if is_staff else words.handler()
    row = {
        "案号": f"援字〔{approved.year}〕第{number}号",
        "省系统编号": f"SX{approved.year}{number:05d}",
        "录入日期": (closed + timedelta(days=3)).isoformat(),
        "受援人": said["applicant"],
        "人群类别": "、".join(said["groups"]),
        "案件类型": "民事",
        "事项": said["matter"],
        "诉讼或非诉讼": "诉讼",
        "诉讼阶段": "一审",
        "程序": "",
        "法律依据": words.ground(approved),
        "承办机构": str(handler["firm"]),
        "承办人": str(handler["handler"]),
        "承办人类别": str(handler["handler_kind"]),
        "申请日": (approved - timedelta(days=4)).isoformat(),
        "批准日": approved.isoformat(),
        "指派日": assigned.isoformat(),
        "结案日": closed.isoformat(),
        "归档日": archived.isoformat(),
        "质量等级": "合格",
        "核验人": words.examiner,
        "资金来源": "",
    }
    changed = {**row, **kind}
    if changed["案件类型"] == "刑事":
        changed |= {"事项": words.one_of("crimes"), "法律依据": words.ground(approved, kind["法律依据"])}
    return changed


def late_entries(register: tuple[Row, ...], on: date) -> tuple[Row, ...]:
    """The first line that was not entered in the provincial system, as it is once it was."""
    waiting = [row for row in register if not row["省系统编号"]][:1]
    return tuple(
        {**row, "省系统编号": "SX" + row["案号"][3:7] + "90001", "录入日期": on.isoformat()}
        for row in waiting
    )


def standards(first: date) -> tuple[Row, ...]:
    """The county's table: by kind, and by stage for criminal cases."""
    table = (
        ("民事", "", 1800), ("民事", "仲裁", 1200), ("行政", "", 1800), ("刑事", "", 1500), ("刑事", "侦查", 800),
        ("刑事", "审查起诉", 800), ("刑事", "一审", 1600),
    )  # fmt: skip
    return tuple(
        {"生效日": first.isoformat(), "案件类型": kind, "诉讼阶段": stage, "标准元": str(yuan)}
        for kind, stage, yuan in table
    )


def funds(first: date, *, has_special: bool) -> tuple[Row, ...]:
    """What was ordered, arrived and spent; the special fund bears duty and case subsidies."""
    special = (
        (0, Fund.special, "下达", "省", 120000, "", ""),
        (18, Fund.special, "到位", "省", 120000, "", "拨-001"),
    )
    usual = (
        (20, Fund.business, "到位", "县", 150000, "", "拨-002"),
        (25, Fund.lottery, "到位", "中央", 30000, "", "拨-003"),
        (40, Fund.business, "支出", "", 3200, "案卷装订印刷", "记-0415"),
    )
    rows = (*special, *usual) if has_special else usual
    return tuple(
        {
            "日期": (first + timedelta(days=days)).isoformat(),
            "资金": fund.value,
            "收支": flow,
            "来源": source,
            "金额": str(yuan),
            "用途": use,
            "凭证号": voucher,
        }
        for days, fund, flow, source, yuan, use, voucher in rows
    )
