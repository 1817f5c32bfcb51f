"""The roster workbook, the report and the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.cli.main import add_commands
from app.cli.session import run
from app.errors import Refused
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.undo import UndoImport
from app.services.reports.report import find_report, make_sheet
from app.services.roster.change_duty import ChangeDuty
from app.services.roster.publish_roster import PublishRoster
from app.values import ChangeKind, Period
from tests.services.conftest import COUNTY, Desk
from tests.services.roster_desk import JIEZHOU, MAY, add_lawyer, draft, month_of

HEADINGS = ["日期", "站点", "时段", "姓名", "值班类型"]
GOOD = [
    ["2022-05-11", "解州镇", "09:00-13:00", "王建国", "站点值班"],
    ["2022-05-12", "140802-01", "08:30-12:00；14:30-19:00", "王建国", "中心值班"],
]


def workbook(path: Path, rows: list[list[str]], headings: list[str] | None = None) -> Path:
    book = Workbook()
    for row in [headings or HEADINGS, *rows]:
        book.active.append(row)
    book.save(path)
    return path


def test_y09_import_makes_drafts_and_counts_unchanged(county: Desk, tmp_path: Path) -> None:
    add_lawyer(county)
    made = county.do(ImportWorkbook("roster", workbook(tmp_path / "r.xlsx", GOOD)))
    assert (made.accepted, made.unchanged, made.refused) == (2, 0, ())
    assert [item.duty.hours for item in month_of(county, site="140802-01").duties] == [
        "08:30-12:00；14:30-19:00"
    ]
    again = county.do(ImportWorkbook("roster", workbook(tmp_path / "r.xlsx", GOOD)))
    assert (again.accepted, again.unchanged) == (0, 2)
    county.do(PublishRoster(JIEZHOU, MAY))
    assert county.do(ImportWorkbook("roster", tmp_path / "r.xlsx")).unchanged == 2


def test_y22a_a_cancelled_duty_can_be_imported_again(county: Desk, tmp_path: Path) -> None:
    duty = draft(county, 11, add_lawyer(county))
    county.do(PublishRoster(JIEZHOU, MAY))
    county.do(ChangeDuty(duty, ChangeKind.cancel, "停电"))
    assert county.do(ImportWorkbook("roster", workbook(tmp_path / "r.xlsx", GOOD[:1]))).accepted == 1


@pytest.mark.parametrize(
    ("place", "text", "code"),
    [
        (0, "2022-02-30", "E210"),
        (1, "天宫镇", "E420"),
        (2, "13:00-09:00", "E212"),
        (3, "无此人", "E430"),
        (4, "坐班", "E478"),
        (4, "", "E231"),
    ],
)
def test_one_bad_row_stores_nothing(county: Desk, tmp_path: Path, place: int, text: str, code: str) -> None:
    add_lawyer(county)
    bad = [*GOOD[0][:place], text, *GOOD[0][place + 1 :]]
    made = county.do(ImportWorkbook("roster", workbook(tmp_path / "r.xlsx", [GOOD[1], bad])))
    assert [(fault.row, fault.column, fault.code) for fault in made.refused] == [(3, HEADINGS[place], code)]
    assert month_of(county, site="140802-01").duties == ()


def test_namesakes_need_the_licence(county: Desk, tmp_path: Path) -> None:
    add_lawyer(county, licence="11408202210000001")
    add_lawyer(county, licence="11408202210000002")
    assert (
        county.do(ImportWorkbook("roster", workbook(tmp_path / "a.xlsx", GOOD[:1]))).refused[0].code == "E431"
    )
    sheet = workbook(tmp_path / "b.xlsx", [[*GOOD[0], "11408202210000002"]], [*HEADINGS, "执业证号"])
    assert county.do(ImportWorkbook("roster", sheet)).accepted == 1


def test_an_import_is_undone_until_it_is_published(county: Desk, tmp_path: Path) -> None:
    add_lawyer(county)
    first = county.do(ImportWorkbook("roster", workbook(tmp_path / "r.xlsx", GOOD)))
    county.do(UndoImport(first.id))
    assert month_of(county).duties == ()
    second = county.do(ImportWorkbook("roster", tmp_path / "r.xlsx"))
    county.do(PublishRoster(JIEZHOU, MAY))
    with pytest.raises(Refused, match="E234"):
        county.do(UndoImport(second.id))


def test_y22a_the_report_lists_duties_with_their_changes(county: Desk) -> None:
    wang = add_lawyer(county)
    kept, gone = draft(county, 11, wang), draft(county, 18, wang)
    county.do(PublishRoster(JIEZHOU, MAY))
    county.do(ChangeDuty(kept, ChangeKind.swap, "出庭", person_id=add_lawyer(county, "孙丽")))
    county.do(ChangeDuty(gone, ChangeKind.cancel, "停电"))
    with county.office._dispatcher.looking(county.actor) as look:
        sheet = make_sheet(find_report("roster"), look, Period.parse("2022-05"))
    assert [(row[0], row[3], row[7]) for row in sheet.rows] == [
        (date(2022, 5, 11), "孙丽", 2),
        (date(2022, 5, 18), "王建国", 1),
    ]
    assert "换人：出庭" in sheet.rows[0][8] and "取消：停电" in sheet.rows[1][8]


class Terminal:
    """The command line on an office's own data directory."""

    def __init__(self, desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
        self.root, self._capsys, self._patch = desk.office.data.root, capsys, monkeypatch
        monkeypatch.setenv("HUIMIN_PASSWORD", COUNTY.password)
        desk.office.close()

    def __call__(self, *words: str) -> tuple[int, str, str]:
        self._patch.setattr("sys.argv", ["huimin", "--data-dir", str(self.root), *words])
        code = run(add_commands())
        said = self._capsys.readouterr()
        return code, said.out, said.err


def test_roster_on_the_command_line(
    county: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wang = add_lawyer(county)
    draft(county, 11, wang)
    draft(county, 12, wang, site="北相镇")
    huimin = Terminal(county, capsys, monkeypatch)
    code, out, _ = huimin("--json", "roster", "check", "--month", "2022-05", "--site", "解州镇")
    document = json.loads(out)
    assert code == 0 and document["refusals"] == 0
    assert {"E418", "E416"} == {one["code"] for one in document["problems"]}
    code, out, _ = huimin("--json", "roster", "publish", "--month", "2022-05")
    made = json.loads(out)["published"]
    assert code == 0 and [(one["version"], one["backfilled"]) for one in made] == [(1, True), (1, True)]
    code, _, err = huimin("roster", "publish", "--month", "2022-05")
    assert code == 1 and err.startswith("E407")
    code, out, _ = huimin(
        "roster", "poster", "--month", "2022-05", "--site", "解州镇", "--out", str(tmp_path / "p.pdf")
    )
    assert code == 0 and (tmp_path / "p.pdf").exists()


def test_roster_check_exits_1_where_publication_would_be_refused(
    county: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wang = add_lawyer(county)
    draft(county, 11, wang)
    draft(county, 11, wang, "10:00-12:00")
    huimin = Terminal(county, capsys, monkeypatch)
    code, out, err = huimin("--json", "roster", "check", "--month", "2022-05")
    assert code == 1 and json.loads(out)["refusals"] == 2 and err.startswith("E471")
    code, _, err = huimin("roster", "publish", "--month", "2022-05", "--site", "解州镇")
    assert code == 1 and err.count("E471") == 2
    code, _, err = huimin("roster", "check", "--month", "2022-13")
    assert code == 1 and err.startswith("E921")
