"""Runs the command line inside the test's own process: the same words, codes and streams, without a start each time."""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from app.cli.main import add_commands, common_first
from app.cli.session import run
from tests.journeys.office_runner import Run

PEOPLE = ["姓名", "人员类别", "执业证号"]
ROSTER = ["日期", "站点", "时段", "姓名", "值班类型"]
ATTENDANCE = ["站点", "姓名", "签到时间", "签退时间", "确认人"]
CHECKS = ["时间", "站点", "姓名", "方式", "结果", "理由", "是否正当", "核实", "抽查人"]
COMPLAINTS = ["时间", "站点", "被投诉人", "咨询编号", "事由", "核实结果"]
REGISTER = [
    "编号",
    "时间",
    "站点",
    "值班人员",
    "咨询人",
    "性别",
    "证件号",
    "拒绝提供证件",
    "联系电话",
    "人群类别",
    "咨询方式",
    "事项类别",
    "咨询内容",
    "答复意见",
    "处理方式",
    "满意度",
    "审核结果",
]
CENTRE, STATION, OTHER_STATION = "140802-01", "解州镇", "龙居镇"


@dataclass
class Inside:
    """One office's data directory and password."""

    data: Path
    password: str

    def __call__(self, *words: object, as_json: bool = True, expect: int | None = 0) -> Run:
        """Run `huimin …`, the common options last; expect is the exit code, None for any."""
        key = self.data.with_suffix(".password")
        key.write_text(self.password, "utf-8")
        options = [
            "--data-dir",
            str(self.data),
            "--password-file",
            str(key),
            *(["--json"] if as_json else []),
        ]
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(add_commands(), common_first([*map(str, words), *options]))
        made = Run(code, out.getvalue(), err.getvalue())
        assert expect is None or made.code == expect, f"{words}: {made.code}\n{made.out}\n{made.err}"
        assert "Traceback" not in made.err and "E999" not in made.err, made.err
        return made


def bureau(folder: Path, code: str = "140802") -> Inside:
    """A new county's office."""
    office = Inside(folder, "Yanhu-2022")
    office("init", "--pack", "yuncheng-2022", "--site", code, "--admin", "admin")
    return office


def ready_to_pay(county: Any, month: str) -> str:
    """A batch made and checked by two accounts that exist for it alone, so that the one left may pay; its id."""
    key = county.data.with_suffix(".hands")
    key.write_text(county.password, "utf-8")
    for name, role in (("zhidan", "reviewer"), ("fuhe", "leader")):
        county("user", "add", name, "--role", role, "--new-password-file", key, "--user", "admin")
    made: str = county("batch", "make", month, "--cash-reason", "未开户", "--user", "zhidan").document["id"]
    county("batch", "check", made, "approve", "--user", "fuhe")
    for name in ("zhidan", "fuhe"):
        county("user", "disable", name, "--user", "admin")
    return made


def station_of(county: Inside, folder: Path, site: str = STATION) -> Inside:
    """A station's office, invited, enrolled and admitted."""
    office, files = Inside(folder, "Jiezhou-2022"), folder.parent / f"{folder.name}-enrolment"
    files.mkdir()
    county("invite", site, "--out", files / "invitation")
    office("enrol", files / "invitation", "--out", files / "answer", "--admin", "clerk")
    county("admit", files / "answer")
    return office


def carry(sender: Inside, receiver: Inside, stick: Path) -> Any:
    """What came of the bundles that one office wrote for the other."""
    stick.mkdir()
    sender("bundle", "export", "--to", stick)
    return receiver("bundle", "import", stick).document
