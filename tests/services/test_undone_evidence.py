"""Evidence of an undone import stays, voided with the reason, and counts nowhere (P43)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.errors import Refused
from app.models.duties import Complaint, SpotCheck, Voided
from app.models.service_desk import Consultation
from app.services.attendance.decide import Decide
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.consultations.card import ConsultationCard
from app.services.consultations.known_clients import KnownClients
from app.services.consultations.rate_consultation import RateConsultation
from app.services.consultations.register import Register
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.undo import UndoImport
from app.services.money.month_pay import ComputeSettlement
from app.services.office.health import Health
from app.services.search.everything import FindAnything
from app.values import Month
from tests.services.conftest import Desk
from tests.services.consultation_desk import LINE, lawyer, sheet
from tests.services.kiosk_desk import CENTRE, KioskDesk
from tests.services.test_attendance_decisions import sheet as table_sheet

MAY = Month(2022, 5)
SHEETS: dict[str, tuple[type[Any], tuple[str, ...], tuple[str, ...]]] = {
    "spotchecks": (
        SpotCheck,
        ("时间", "站点", "姓名", "方式", "结果", "理由", "是否正当", "核实", "抽查人"),
        ("2022-05-10 10:20", CENTRE, "卫明", "电话", "脱岗", "", "", "", "赵强"),
    ),
    "complaints": (
        Complaint,
        ("时间", "站点", "被投诉人", "咨询编号", "事由", "核实结果"),
        ("2022-05-10 10:20", CENTRE, "卫明", "", "态度生硬", "待核实"),
    ),
}


@pytest.fixture
def kiosk(county: Desk) -> KioskDesk:
    """A duty on 10 May that was sat."""
    desk = KioskDesk(county)
    desk.duty(10)
    desk.publish()
    desk.at(10, "08:55")
    desk.sign_in()
    desk.at(10, "13:01")
    desk.sign_out()
    desk.at(13, "09:00")
    return desk


def kept(desk: Desk, table: type[Any]) -> list[Any]:
    with Session(desk.office.database.reader) as session:
        return list(session.scalars(select(table)))


def waiting(desk: Desk) -> list[str]:
    return [item.id for item in desk.ask(ExceptionsList(MAY))]


@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_p43_a_check_or_complaint_of_an_undone_import_stays_voided(
    kiosk: KioskDesk, tmp_path: Path, kind: str
) -> None:
    desk, (table, *rows) = kiosk.desk, SHEETS[kind]
    file = table_sheet(tmp_path / "a.xlsx", *rows)
    before = desk.ask(ComputeSettlement("2022-05")).exceptions
    made = desk.do(ImportWorkbook(kind, file))
    [row] = kept(desk, table)
    assert row.id in waiting(desk)
    assert desk.do(UndoImport(made.id)) == 1
    [void] = kept(desk, Voided)
    assert (void.table, void.row_id, void.writer) == (table.__tablename__, row.id, "140802")
    assert void.reason == f"撤销导入 {made.id}"
    assert [one.id for one in kept(desk, table)] == [row.id]
    assert row.id not in waiting(desk)
    assert desk.ask(ComputeSettlement("2022-05")).exceptions == before
    with pytest.raises(Refused, match=r"E127.*作废"):
        desk.do(Decide(row.id, True, "属实"))
    with pytest.raises(Refused, match="E233"):
        desk.do(UndoImport(made.id))
    assert len(kept(desk, Voided)) == 1
    assert desk.do(ImportWorkbook(kind, file)).accepted == 1, "what was taken back may be told again"
    assert len(kept(desk, table)) == 2
    assert [item.key for item in desk.ask(Health()) if not item.is_good] == ["backups"]


def test_p43_a_consultation_of_an_undone_import_stays_voided_and_counts_nowhere(
    county: Desk, tmp_path: Path
) -> None:
    person = lawyer(county)
    file = sheet(tmp_path / "a.xlsx", LINE)
    made = county.do(ImportWorkbook("consultations", file))
    [row] = county.ask(Register(first=date(2022, 5, 10))).rows
    client = kept(county, Consultation)[0].client_name or ""
    assert county.ask(FindAnything(row.number)) and county.ask(KnownClients(name=client))
    county.do(UndoImport(made.id))
    assert [one.id for one in kept(county, Consultation)] == [row.id]
    found = county.ask(Register(first=date(2022, 5, 10)))
    assert (found.rows, found.total) == ((), 0)
    assert not county.ask(FindAnything(row.number)) and not county.ask(KnownClients(name=client))
    card = county.ask(ConsultationCard(row.id))
    assert card.closed == "voided" and card.versions[-1].reason == f"已作废：撤销导入 {made.id}"
    with pytest.raises(Refused, match="E255"):
        county.do(RateConsultation(row.id, "满意"))
    again = county.do(ImportWorkbook("consultations", file))
    [new] = county.ask(Register(person_id=person)).rows
    assert again.accepted == 1 and (new.number, new.id != row.id) == (row.number, True)
    assert [item.key for item in county.ask(Health()) if not item.is_good] == ["backups"]


@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_evidence_is_not_deleted_past_the_program(kiosk: KioskDesk, tmp_path: Path, kind: str) -> None:
    desk, (table, *rows) = kiosk.desk, SHEETS[kind]
    desk.do(ImportWorkbook(kind, table_sheet(tmp_path / "a.xlsx", *rows)))
    with (
        desk.office.database.writer.begin() as connection,
        pytest.raises(DatabaseError, match="kept as they are"),
    ):
        connection.execute(text(f"DELETE FROM {table.__tablename__}"))
    with desk.office.database.writer.begin() as connection:
        connection.execute(text(f"UPDATE {table.__tablename__} SET verdict = '属实'"))
    desk.office._dispatcher.set_right()
    assert [one.verdict for one in kept(desk, table)] == ["待核实"], "and what was changed is set right"
