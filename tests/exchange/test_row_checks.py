"""Each check between a rightly signed entry and its row stands by itself, as do those of an export without a partner."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.bundle.entries import LogEntry, Personal
from app.canonical import decode, encode
from app.errors import Refused
from app.models.schema import table
from app.services.exchange.enrol import AdmitSite, InviteSite
from app.services.exchange.row_values import NotARow, check_value
from app.services.exchange.rows import row_of
from tests.exchange.format_samples import body_fields
from tests.exchange.offices import JIEZHOU, LONGJU, Place
from tests.exchange.pair import county, station
from tests.exchange.restoring import swap

__all__ = ["county", "station"]
UP, DOWN = f"{JIEZHOU}/1/up", f"140802/1/down:{JIEZHOU}"
LEAVE = {"id": "l1", "writer": JIEZHOU, "person_id": "p1", "starts_at": "2022-05-10T00:00:00",
         "ends_at": "2022-05-11T00:00:00", "is_cancelled": 0}  # fmt: skip
REVIEW = {"id": "r1", "writer": "140802", "site": JIEZHOU, "month": "2022-05", "submission_id": "s1",
          "is_approved": 1, "reviewed_by": "x", "reviewed_at": "2022-06-02T01:00:00.000000Z"}  # fmt: skip


def entry(tbl: str, row: dict[str, Any], stream: str = UP, personal: Any = None, **fields: Any) -> LogEntry:
    """A verified entry of that row."""
    body = body_fields(1, stream) | {"table": tbl, "row": row, "id": row["id"]} | fields
    side = Personal(bytes(16), encode(personal)) if personal else None
    return LogEntry(encode(body), bytes(32), side, decode(encode(body)))


def refused(place: Place, made: LogEntry, level: str = "站") -> str:
    """Why it is no row."""
    sender = made.fields["stream"].split("/")[0]
    with Session(place.office.database.reader) as session, pytest.raises(NotARow) as fault:
        row_of(session, made, sender, level)
    return str(fault.value)


def test_a_right_entry_is_a_row(county: Place, station: Place) -> None:
    with Session(county.office.database.reader) as session:
        made = row_of(session, entry("leave", LEAVE, personal={"reason": "看病"}), JIEZHOU, "站")
        assert (made["id"], made["reason"]) == ("l1", "看病")
    with Session(station.office.database.reader) as session:
        assert row_of(session, entry("review", REVIEW, DOWN), "140802", "县")["site"] == JIEZHOU


def test_a_table_nobody_knows_is_no_row(county: Place) -> None:
    assert "不认识“treasure”" in refused(county, entry("treasure", {"id": "t1"}))


def test_a_table_goes_only_its_way(county: Place) -> None:
    own = REVIEW | {"writer": JIEZHOU}
    assert "不应由发送单位发来" in refused(county, entry("review", own))


def test_personal_values_fill_personal_columns_only_and_none_twice(county: Place) -> None:
    words = "不属于个人信息的栏目"
    rest = {name: value for name, value in LEAVE.items() if name != "person_id"}
    assert words in refused(county, entry("leave", rest, personal={"person_id": "p1"}))
    assert words in refused(county, entry("leave", LEAVE | {"reason": "看病"}, personal={"reason": "看病"}))


def test_an_entry_and_its_row_bear_one_id_and_one_writer(county: Place) -> None:
    words = "前后不一致"
    assert words in refused(county, entry("leave", LEAVE, id="l2"))
    assert words in refused(county, entry("leave", LEAVE | {"writer": LONGJU}))


@pytest.mark.parametrize("year", ["1969", "2201"])
def test_a_time_nobody_lives_in_is_no_row(county: Place, year: str) -> None:
    wrong = LEAVE | {"starts_at": f"{year}-05-10T00:00:00"}
    assert "“起”的内容不合格式" in refused(county, entry("leave", wrong))


def test_a_birthday_lies_as_far_back_as_the_oldest(county: Place) -> None:
    cases = table("legal_case")
    check_value(cases, "born_on", "1931-08-02")
    with pytest.raises(NotARow, match="出生日期"):
        check_value(cases, "born_on", "1899-12-31")


@pytest.mark.parametrize("site", [LONGJU, "140899100"])
def test_a_row_in_a_stations_own_stream_is_of_that_station(county: Place, station: Place, site: str) -> None:
    swap(county, station, JIEZHOU)  # with the list of the county's sites
    made = entry("review", REVIEW | {"site": site}, DOWN)
    assert "不是接收单位" in refused(station, made, "县")


def test_a_station_without_a_bureau_is_told_so(county: Place, station: Place) -> None:
    with station.office.database.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE peer_key SET state = 'revoked'")
    with pytest.raises(Refused) as refusal:
        station.export()
    assert refusal.value.code == "E731" and list(station.stick.glob("*.hmb")) == []


def test_the_bureaus_own_centre_is_no_office_to_invite(county: Place, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        county.do(InviteSite("140802-01", tmp_path / "in.hme"))
    assert refusal.value.code == "E732" and not (tmp_path / "in.hme").exists()


def test_an_answer_is_taken_once(county: Place, station: Place) -> None:
    before = county.digest()
    with pytest.raises(Refused) as refusal:
        county.do(AdmitSite(station.stick / "answer.hme"))
    assert refusal.value.code == "E733" and county.digest() == before


def test_nobody_to_export_to_is_said(county: Place) -> None:
    with pytest.raises(Refused) as refusal:
        county.export()
    assert refusal.value.code == "E735"
