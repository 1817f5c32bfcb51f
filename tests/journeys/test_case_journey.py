"""One case by the command line: a township's application with its scan, the county's decision, closing, money, receipts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.exchange.case_scans import scan
from tests.journeys.cli_inside import Inside, bureau, carry, station_of
from tests.journeys.office_runner import Run, write_sheet

PEOPLE = (
    ("shouli", "clerk"), ("shencha", "aid_reviewer"), ("fuze", "aid_head"), ("shenhe", "reviewer"),
    ("caiwu", "cashier"),
)  # fmt: skip
STANDARDS = (["生效日", "案件类型", "诉讼阶段", "标准元"], [["2022-01-01", "民事", "", "1800"]])
FUNDS = (
    ["日期", "资金", "收支", "来源", "金额", "用途", "凭证号"],
    [
        ["2022-01-10", "惠民专项", "到位", "省", "5000", "", ""],
        ["2022-01-10", "业务经费", "到位", "县", "5000", "", ""],
    ],
)


class Case:
    """The case as the command line writes it."""

    def __init__(self, office: Inside, case: str):
        self.office, self.id = office, case

    def step(self, kind: str, on: str, *facts: str, by: str, expect: int = 0, reason: str = "") -> Run:
        said = [word for fact in facts for word in ("--fact", fact)] + ["--reason", reason]
        return self.office("case", "event", self.id, kind, "--on", on, *said, "--user", by, expect=expect)

    @property
    def shown(self) -> dict[str, Any]:
        found: dict[str, Any] = self.office("case", "show", self.id, "--user", "admin").document
        return found


def county_with_people(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Inside:
    county = bureau(folder / "county")
    monkeypatch.setenv("HUIMIN_NEW_PASSWORD", county.password)
    for name, role in PEOPLE:
        county("user", "add", name, "--role", role, "--user", "admin")
    county("import", "standards", write_sheet(folder / "s.xlsx", *STANDARDS), "--user", "admin")
    county("import", "funds", write_sheet(folder / "f.xlsx", *FUNDS), "--user", "admin")
    return county


def outcomes(made: Any) -> list[str]:
    return [one["outcome"] for one in made]


def test_a_townships_application_to_the_countys_payment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county = county_with_people(tmp_path, monkeypatch)
    station = station_of(_as_admin(county), tmp_path / "station")

    # The township takes the application in, with a scan.
    made = station(
        "case", "apply", "--applicant", "李桂花", "--kind", "民事", "--form", "诉讼", "--stage", "一审",
        "--ground", "援31", "--matter", "劳动报酬", "--group", "农民工", "--on", "2022-04-01",
        "--phone", "13800006021",
    ).document  # fmt: skip
    picture = tmp_path / "card.png"
    picture.write_bytes(scan())
    station("case", "attach", made["id"], picture, "--paper", "身份证明")
    refused = Case(station, made["id"]).office(
        "case", "event", made["id"], "受理审查", "--fact", "reviewer=甲", expect=1
    )
    assert refused.err.startswith("E3")
    assert outcomes(_carry(station, _as_admin(county), tmp_path / "up")) == ["APPLIED"]

    # The county decides and assigns.
    case = Case(county, made["id"])
    assert [one["paper"] for one in case.shown["papers"]] == ["身份证明"]
    case.step("受理审查", "2022-04-02", "reviewer=李审查", by="shencha")
    signed = ("reviewer=李审查", "head=王主任")
    grant = ("ground=援31", "means=免核查", "exemption=农民工讨薪", *signed)
    assert case.step("给予", "2022-04-06", *grant, by="shencha", expect=1).err.startswith("E")
    case.step("给予", "2022-04-06", *grant, by="fuze")
    handler = ("handler=卫明", "firm=河东律师事务所", "handler_kind=社会律师")
    case.step("指派", "2022-04-07", *handler, by="shencha")
    assert outcomes(_carry(_as_admin(county), station, tmp_path / "down")) == ["APPLIED"]
    theirs = Case(station, made["id"])
    shown = theirs.office("case", "show", made["id"]).document
    assert (shown["state"], shown["handler"], shown["number"]) == (
        "已指派", "卫明", case.shown["number"],
    )  # fmt: skip
    assert shown["clocks"] == case.shown["clocks"]

    # Closing, archive, list, examination, payment.
    case.step("签约", "2022-04-09", by="shencha")
    case.step("结案", "2022-05-20", "result=胜诉", "paper_on=2022-05-20", by="shencha")
    case.step("交卷", "2022-06-01", by="shencha")
    case.step("录入", "2022-06-01", "entered_number=SX1", "entered_on=2022-06-01", by="shencha")
    case.step("归档", "2022-06-02", "grade=合格", "examiner=赵验", by="fuze", reason="纸质卷宗齐全")
    number = case.shown["number"]
    line = county("case", "settle", "--quarter", "2022-Q2", "--user", "fuze").document["cases"][0]
    assert (line["number"], line["special_fen"], line["business_fen"]) == (number, 100_000, 80_000)
    refused = county("erase", "case", number, "--reason", "期满", "--dry-run", "--user", "admin", expect=1)
    assert refused.err.startswith(("E363", "E001"))
    county("case", "settle", "--quarter", "2022-Q2", "--final", "--user", "fuze")
    county("case", "review", "2022-Q2", number, "pass", "--user", "shenhe")
    for fund, fen in (("惠民专项", 100_000), ("业务经费", 80_000)):
        paid = county(
            "case", "pay", "2022-Q2", "--fund", fund, "--date", "2022-07-10", "--voucher", f"V-{fund}",
            "--user", "caiwu",
        ).document  # fmt: skip
        assert (paid["fen"], [one["number"] for one in paid["items"]]) == (fen, [number])

    # Receipts on both sides, and nothing left to be done.
    assert outcomes(_carry(_as_admin(county), station, tmp_path / "down2")) == ["APPLIED"]
    _carry(station, _as_admin(county), tmp_path / "up2")
    assert theirs.office("case", "show", made["id"]).document["state"] == "已归档"
    for office in (_as_admin(county), station):
        items = {one["key"]: one for one in office("check", expect=None).document["items"]}
        assert all(items[key]["is_good"] for key in ("papers", "cases", "received_chain", "rows"))
        assert "待补前包 0 个" in items["queue"]["text"]


def _as_admin(county: Inside) -> Any:
    """The county's commands as its administrator."""
    return lambda *words, **more: county(*words, "--user", "admin", **more)


_carry = carry
