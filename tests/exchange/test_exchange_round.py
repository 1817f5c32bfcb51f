"""Bundles between a real county and real stations: outcomes, receipts, and what must never happen."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.errors import Refused
from app.models.bundle_files import SentBundle
from app.models.engine import connect
from app.models.organisation import Person
from app.models.records import Acknowledgement, ChangeEntry, ReceivedEntry, SecurityEvent
from app.services.exchange.desk import ExchangeDesk
from app.services.money.month_pay import ComputeSettlement
from app.services.money.review_matrix import ReviewMatrix
from app.services.reports.export_report import ExportReport
from app.services.reports.show_report import ShowReport
from app.services.targets.progress import TargetsProgress
from tests.exchange.offices import JIEZHOU, LONGJU, Place, enrol, make_county
from tests.exchange.pair import TypePerson, county, station

__all__ = ["county", "station"]


def test_pool_travels_down_and_proposals_up_and_a_receipt_comes_back(county: Place, station: Place) -> None:
    lawyer = county.do(TypePerson("卫明"))
    down = county.export()[0]
    [outcome] = station.take(down.file)
    assert (outcome.outcome, outcome.check_code) == ("APPLIED", down.check_code)
    with Session(station.office.database.reader) as session:
        row = session.get_one(Person, lawyer)
        assert (row.name, row.writer) == ("卫明", "140802")
    mine = station.do(TypePerson("孙丽"))
    up = station.export()[0]
    assert [o.outcome for o in county.take(up.file)] == ["APPLIED"]
    with Session(county.office.database.reader) as session:
        assert session.get_one(Person, mine).name == "孙丽"
        assert session.query(Acknowledgement).count() == 1
    [back] = station.take(county.export()[0].file)
    assert back.outcome == "NOOP"
    with Session(station.office.database.reader) as session:
        held = session.query(Acknowledgement).one()
        assert held.stream == f"{JIEZHOU}/1/up"
        assert session.query(SentBundle).one().receipted_at is not None


def test_case_01_p31_the_same_bundle_twice_is_a_noop(county: Place, station: Place) -> None:
    station.do(TypePerson("孙丽"))
    up = station.export()[0].file
    county.take(up)
    before = county.digest()
    [again] = county.take(up)
    assert (again.outcome, again.text) == ("NOOP", "没有新内容，0 条")
    before_heard = before.pop("received_stream")
    after = county.digest()
    assert len(after.pop("received_stream")) == len(before_heard)
    assert after == before


def test_case_02_every_order_ends_the_same(county: Place, station: Place) -> None:
    files = []
    for name in ("甲", "乙", "丙"):
        station.do(TypePerson(name))
        files.append(_export_only_newest(station))
    outcomes = [county.take(files[place])[0].outcome for place in (2, 1, 0)]
    assert outcomes == ["PARKED", "PARKED", "APPLIED"]
    assert county.count("person") == 3
    assert not list(county.office.data.quarantine.glob("*.hmb"))


def test_case_03_a_lost_bundle_heals_itself(county: Place, station: Place) -> None:
    station.do(TypePerson("甲"))
    Path(station.export()[0].file).unlink()
    station.do(TypePerson("乙"))
    [outcome] = county.take(station.export()[0].file)
    assert (outcome.outcome, outcome.applied) == ("APPLIED", 2)


def test_case_04_a_gap_that_stays_names_site_and_range(county: Place, station: Place) -> None:
    station.do(TypePerson("甲"))
    _export_only_newest(station)
    station.do(TypePerson("乙"))
    [outcome] = county.take(_export_only_newest(station))
    assert outcome.outcome == "PARKED"
    assert "解州镇" in outcome.text
    assert "第 1 条到第 1 条" in outcome.text
    assert county.count("person") == 0


def test_case_04_every_sum_that_lacks_a_site_says_so_until_the_gap_closes(
    county: Place, station: Place, tmp_path: Path
) -> None:
    station.do(TypePerson("甲"))
    first = _export_only_newest(station)
    station.do(TypePerson("乙"))

    def marks() -> list[str]:
        book = tmp_path / "targets.xlsx"
        county.do(ExportReport("targets", "2022-05", book))
        cells = [str(cell.value or "") for row in load_workbook(book).active for cell in row]
        return [
            " ".join(cells),
            " ".join(county.ask(ShowReport("indicators", "2022")).notes),
            county.ask(ComputeSettlement("2022-05")).validity_note,
            county.ask(TargetsProgress("2022-05")).incomplete,
            " ".join(row.name for row in county.ask(ReviewMatrix("2022-05")).rows if row.is_incomplete),
        ]

    assert not any("解州镇" in words for words in marks()[1:]) and "合计不完整" not in marks()[0]
    assert county.take(_export_only_newest(station))[0].outcome == "PARKED"
    found = marks()
    assert all("解州镇" in words for words in found)
    assert all("合计不完整：解州镇的包还没有收全" in words for words in found[:4])
    assert not county.ask(ReviewMatrix("2022-05")).is_complete
    assert county.take(first)[0].outcome == "APPLIED"
    assert not any("合计不完整" in words for words in marks()) and marks()[4] == ""


def test_case_05_overlap_applies_only_what_is_new(county: Place, station: Place) -> None:
    station.do(TypePerson("甲"))
    county.take(station.export()[0].file)
    station.do(TypePerson("乙"))
    [outcome] = county.take(station.export()[0].file)
    assert (outcome.outcome, outcome.applied) == ("APPLIED", 1)


def test_case_06_a_rewritten_entry_raises_an_alarm(county: Place, station: Place) -> None:
    station.do(TypePerson("甲"))
    saved = _file_of(station)
    station.do(TypePerson("乙"))
    county.take(station.export()[0].file)
    station.office.close()
    for extra in ("-wal", "-shm"):
        Path(f"{station.office.data.database}{extra}").unlink(missing_ok=True)
    Path(station.office.data.database).write_bytes(saved)
    station.do(TypePerson("丁"))
    before = county.digest()
    [outcome] = county.take(station.export()[0].file)
    assert (outcome.outcome, outcome.code) == ("ALARM", "E702")
    assert county.digest() == before
    with Session(county.office.database.reader) as session:
        event = session.query(SecurityEvent).filter_by(is_alarm=True).one()
        held = session.query(ReceivedEntry).filter_by(seq=2).one()
    with Session(station.office.database.reader) as session:
        theirs = session.query(ChangeEntry).filter_by(seq=2, stream=f"{JIEZHOU}/1/up").one()
    assert event.dismissed_at is None
    both = f"（已收 {held.hash.hex()[:16]}，来件 {theirs.hash.hex()[:16]}）"
    for words in (event.detail, outcome.text):
        assert f"第 2 条记录与已收记录不一致{both}，没有接收" in words
    assert outcome.text.endswith("来件已留作证据，丢弃以前一直在。")
    assert [path.name for path in county.office.data.quarantine.glob("*.hmb")] == [f"{outcome.sha256}.hmb"]


def test_case_07_an_export_without_changes_is_a_sign_of_life(county: Place, station: Place) -> None:
    [outcome] = county.take(station.export()[0].file)
    assert outcome.outcome == "NOOP"
    [peer] = county.ask(ExchangeDesk()).peers
    assert peer.heard_at is not None


def test_case_15_a_bundle_for_another_county_is_refused(
    county: Place, station: Place, tmp_path: Path
) -> None:
    other = make_county(tmp_path, "140881", "永济市司法局")
    before = other.digest()
    [outcome] = other.take(station.export()[0].file)
    assert (outcome.outcome, outcome.code) == ("REFUSED", "E704")
    assert other.digest() == before
    other.office.close()


def test_no_bundle_at_all_is_refused_plainly(county: Place, tmp_path: Path) -> None:
    (tmp_path / "月报.hmb").write_text("不是上报包")
    outcomes = county.take(tmp_path / "月报.hmb", tmp_path / "没有.hmb")
    assert [o.code for o in outcomes] == ["E701", "E734"]


@pytest.mark.parametrize(("fault", "code", "words"), [
    ("DELETE FROM peer_key", "E722", "没有登记"),
    ("UPDATE peer_key SET state = 'revoked'", "E722", "已注销"),
    ("UPDATE peer_key SET to_seq = 1", "E748", "到第 1 条，来件签到第 2 条"),
    ("UPDATE peer_key SET from_seq = 3", "E748", "只能签第 3 条以后各条，来件签到第 2 条"),
])  # fmt: skip
def test_case_17_an_unknown_revoked_or_out_of_range_key_raises_an_alarm(
    county: Place, station: Place, fault: str, code: str, words: str
) -> None:
    for name in "甲乙":
        station.do(TypePerson(name))
    file = station.export()[0].file
    with county.office.database.writer.begin() as connection:
        connection.execute(text(fault))
    before = county.digest()
    [outcome] = county.take(file)
    assert (outcome.outcome, outcome.code) == ("ALARM", code)
    assert words in outcome.text and "没有接收" in outcome.text and "隔离" not in outcome.text
    assert county.digest() == before
    assert county.ask(ExchangeDesk()).alarms == 1
    assert not list(county.office.data.quarantine.glob("*.hmb")), "of a stranger nothing is kept"


def test_case_17_a_key_within_its_range_is_good(county: Place, station: Place) -> None:
    station.do(TypePerson("甲"))
    with county.office.database.writer.begin() as connection:
        connection.execute(text("UPDATE peer_key SET from_seq = 1, to_seq = 1"))
    assert county.take(station.export()[0].file)[0].outcome == "APPLIED"
    assert county.take(station.export()[0].file)[0].outcome == "NOOP"


def test_case_22_an_edited_log_row_stops_the_export(station: Place) -> None:
    station.do(TypePerson("甲"))
    with station.office.database.writer.begin() as connection:
        connection.execute(text("DROP TRIGGER keep_change_entry_update"))
        body = connection.execute(text("SELECT body FROM change_entry")).scalar_one()
        edited = body.replace("律师".encode(), "教师".encode())
        connection.execute(text("UPDATE change_entry SET body = :body"), {"body": edited})
    with pytest.raises(Refused, match="第 1 条"):
        station.export()
    assert not list(station.stick.glob("*.hmb"))
    assert station.count("sent_bundle") == 0


@pytest.mark.parametrize("values", [b'{"name":"\xe4\xb9\x99"}', b"{ }", b"x"])
def test_case_22_edited_personal_values_stop_the_export(station: Place, values: bytes) -> None:
    station.do(TypePerson("甲"))
    with station.office.database.writer.begin() as connection:
        for (name,) in connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'change_personal'")
        ).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE change_personal SET vals = :values"), {"values": values})
    with pytest.raises(Refused, match="第 1 条") as refusal:
        station.export()
    assert refusal.value.code == "E715"
    assert not list(station.stick.glob("*.hmb"))


def test_case_10_one_bad_bundle_hinders_no_other(county: Place, station: Place, tmp_path: Path) -> None:
    other = enrol(county, tmp_path, LONGJU)
    station.do(TypePerson("甲"))
    other.do(TypePerson("乙"))
    good, bad = station.export()[0].file, other.export()[0].file
    content = bytearray(Path(bad).read_bytes())
    content[len(content) // 2] ^= 1
    Path(bad).write_bytes(content)
    outcomes = county.take(bad, good)
    assert [o.outcome for o in outcomes] == ["REFUSED", "APPLIED"]
    other.office.close()


def _export_only_newest(station: Place) -> str:
    """A bundle that begins after everything exported before, as when earlier ones are believed delivered."""
    file = station.export()[0].file
    with station.office.database.writer.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO acknowledgement (stream, site, seq, head, countersignature, at) "
                "SELECT id, '140802', seq, head, '', '2022-05-10T00:00:00.000000Z' FROM stream WHERE audience = 'up' "
                "ON CONFLICT (stream, site) DO UPDATE SET seq = excluded.seq, head = excluded.head"
            )
        )
    return file


def _file_of(place: Place) -> bytes:
    """The database file with everything in it, as a disk copy of a switched-off machine has it."""
    place.office.close()
    connection = connect(place.office.data.database, place.office.safe.key)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return place.office.data.database.read_bytes()
