"""A centre on duty with records for consultation tests; the clock stands at 2022-05-10 09:30."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy.orm import Session

from app.dates import parse_time_ranges
from app.models.service_desk import Consultation
from app.services.consultations.record_consultation import RecordConsultation, Recorded
from app.services.people.add_person import AddPerson
from app.services.roster.draft_duty import DraftDuty
from app.services.roster.publish_roster import PublishRoster
from app.values import DutyKind, Month
from tests.services.conftest import Desk

CENTRE = "140802-01"
ELDER = "140800195003072040"
"""An identity number whose check digit holds: a woman born 1950-03-07."""
FULL: dict[str, Any] = {
    "client_name": "李桂花", "phone": "13800006021", "is_id_refused": True, "groups": ("农民",), "channel": "来访",
    "topics": ("劳动",), "content": "工地欠薪三个月。", "answer": "先向劳动监察大队投诉。", "handling": "解答",
}  # fmt: skip


def lawyer(desk: Desk, name: str = "卫明", serial: int = 1) -> str:
    """Somebody of the pool."""
    return str(
        desk.do(
            AddPerson(name=name, kind="律师", organisation="河东律师事务所", licence=f"114082011{serial:08d}")
        )
    )


def on_duty(desk: Desk, *people: tuple[str, str], on: date = date(2022, 5, 10), site: str = CENTRE) -> None:
    """Publish duties of the centre: (person, hours) each."""
    kind = DutyKind.centre if site.endswith("-01") else DutyKind.station
    for person, hours in people:
        desk.do(DraftDuty(site, on, person, parse_time_ranges(hours), kind))
    desk.do(PublishRoster(site, Month.of(on)))


def go_to(desk: Desk, clock: str, day: int = 10) -> None:
    """Let the time go on to a moment of May 2022."""
    desk.clock.go_to(datetime.fromisoformat(f"2022-05-{day:02d} {clock}"))


def record(desk: Desk, **changes: Any) -> Recorded:
    """Register a complete record, but for the changes."""
    made: Recorded = desk.do(RecordConsultation(**FULL | changes))
    return made


def stored(desk: Desk, row_id: str) -> Consultation:
    """The row as it lies in the database."""
    with Session(desk.office.database.reader) as session:
        row = session.get(Consultation, row_id)
        assert row is not None
        session.expunge(row)
        return row


def sheet(path: Path, *rows: dict[str, Any], headings: Callable[[], tuple[str, ...]] | None = None) -> Path:
    """A workbook of consultations as a clerk would fill it."""
    book = Workbook()
    page = book.active
    assert page is not None
    titles = headings() if headings else HEADINGS
    page.append(list(titles))
    for row in rows:
        page.append([row.get(title, "") for title in titles])
        for cell in page[page.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    book.save(path)
    return path


def cells(path: Path) -> list[tuple[Any, ...]]:
    """Every row of a workbook's first sheet."""
    return list(load_workbook(path).worksheets[0].iter_rows(values_only=True))


HEADINGS = (
    "编号", "时间", "站点", "值班人员", "咨询人", "性别", "证件号", "拒绝提供证件", "联系电话", "人群类别", "咨询方式",
    "事项类别", "咨询内容", "答复意见", "处理方式", "满意度", "审核结果",
)  # fmt: skip
LINE: dict[str, Any] = {
    "编号": "0007", "时间": "2022-05-10 08:40", "站点": CENTRE, "值班人员": "卫明", "咨询人": "李桂花", "性别": "女",
    "证件号": ELDER, "拒绝提供证件": "否", "联系电话": "13800006021", "人群类别": "农民、老年人", "咨询方式": "来访",
    "事项类别": "劳动；社会保障", "咨询内容": "=工地欠薪", "答复意见": "先投诉", "处理方式": "解答", "满意度": "满意",
    "审核结果": "合格",
}  # fmt: skip
