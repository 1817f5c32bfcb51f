"""The city above its counties (Y01): enrolment, its pool down, figures up without persons, its targets by county."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.case_values import CaseEventKind
from app.errors import Refused
from app.models.figures import SiteFigure
from app.paths import DataDir
from app.services.consultations.record_consultation import RecordConsultation
from app.services.exchange.desk import ExchangeDesk
from app.services.exchange.enrol import AdmitSite, InviteSite, enrol_office
from app.services.exchange.join_parent import JoinParent
from app.services.people.add_person import AddPerson
from app.services.people.pool import Pool
from app.services.reports.export_rows import ExportReportRows
from app.services.targets.progress import TargetsProgress
from tests.direct_rows import write_rows
from tests.exchange.offices import JIEZHOU, Place, enrol, make_city, make_county
from tests.services.case_desk import CaseDesk

COUNTY, CENTRE, CITY = "140802", "140802-01", "1408"
NOBODY = ("申玉梅", "高文秀", "13903591234", "解除劳动合同")
LAWYER = AddPerson(name=NOBODY[0], kind="律师", licence="11408201910000009")


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Place]:
    place = make_city(tmp_path)
    yield place
    place.office.close()


@pytest.fixture
def county(city: Place, tmp_path: Path) -> Iterator[Place]:
    """A county that worked before the city invited it."""
    place = make_county(tmp_path)
    join(city, place)
    yield place
    place.office.close()


def join(city: Place, county: Place) -> None:
    city.do(InviteSite(COUNTY, city.stick / "invitation.hme"))
    county.do(JoinParent(city.stick / "invitation.hme", city.stick / "answer.hme"))
    city.do(AdmitSite(city.stick / "answer.hme"))


def advise(place: Place, site: str, rating: str = "满意") -> None:
    person = next(one.id for one in place.ask(Pool()) if one.name == NOBODY[0])
    place.do(
        RecordConsultation(
            site=site,
            person_id=person,
            client_name=NOBODY[1],
            phone=NOBODY[2],
            is_id_refused=True,
            groups=("农民工",),
            channel="来访",
            topics=("劳动", "婚姻家庭"),
            content=NOBODY[3],
            answer="告知可申请劳动仲裁",
            handling="现场解答",
            rating=rating,
        )
    )


def carry(sender: Place, receiver: Place, to: str) -> list[Any]:
    return receiver.take(*[one.file for one in sender.export(to) if one.recipient == to])


def test_y01_a_county_joins_with_all_it_has_and_figures_go_up_without_persons(
    city: Place, county: Place
) -> None:
    county.do(LAWYER)
    advise(county, CENTRE)
    advise(county, CENTRE, "不满意")
    assert [one.outcome for one in carry(county, city, CITY)] == ["APPLIED"]
    total, centre, *counties = city.ask(TargetsProgress("2022-05")).units
    yanhu = next(one for one in counties if one.code == COUNTY)
    assert (yanhu.in_period, yanhu.so_far, yanhu.topics_so_far, yanhu.target) == (2, 2, 4, 6400)
    assert (yanhu.satisfaction.satisfied, yanhu.satisfaction.counted) == (1, 2)
    assert (total.so_far, centre.so_far) == (2, 0)
    assert sum(one.so_far for one in counties) == 2 and len(counties) == 13
    with city.office.database.reader.connect() as connection:
        bodies = b"".join(connection.execute(text("SELECT body FROM received_entry")).scalars())
        sides = connection.execute(text("SELECT count(*) FROM received_personal")).scalar()
        tables = set(connection.execute(text("SELECT DISTINCT tbl FROM received_entry")).scalars())
    assert tables == {"site_figure"} and sides == 0
    assert not [one for one in NOBODY if one.encode() in bodies]


def test_y01_the_city_sees_its_counties_cases_and_no_applicant(city: Place, county: Place) -> None:
    cases = CaseDesk(county)  # type: ignore[arg-type]
    late = cases.archived(date(2022, 4, 20), entered=False)
    cases.granted(date(2022, 5, 1))
    carry(county, city, CITY)
    assert yanhu_cases(city) == (0, 0)
    cases.step(late, CaseEventKind.entered, date(2022, 5, 9), entered_number="SX9", entered_on="2022-05-09")
    carry(county, city, CITY)
    assert yanhu_cases(city) == (0, 1)
    row = next(one for one in city.ask(ExportReportRows("figures", "2022-03")).rows)
    assert (row["closed"], row["counted"], row["approved"]) == (1, 1, 0)
    with city.office.database.reader.connect() as connection:
        assert set(connection.execute(text("SELECT DISTINCT tbl FROM received_entry")).scalars()) == {
            "site_figure", "case_figure",
        }  # fmt: skip


def yanhu_cases(city: Place) -> tuple[int | None, int | None]:
    """盐湖区's counted cases at the city: of May, and of the year."""
    others = city.ask(TargetsProgress("2022-05")).others
    found = next(one for one in others if one.code == COUNTY)
    assert found.done == others[0].done and others[0].is_total
    return found.in_period, found.done


def test_y01_figures_that_did_not_change_do_not_travel_again(city: Place, county: Place) -> None:
    county.do(LAWYER)
    advise(county, CENTRE)
    first = county.export(CITY)[0]
    city.take(first.file)
    county.take(*[one.file for one in city.export(COUNTY)])
    again = county.export(CITY)[0]
    assert (first.entries, again.entries) == (1, 0)
    advise(county, CENTRE)
    assert county.export(CITY)[0].entries == 1


def test_y01_the_citys_people_come_down_and_are_of_the_pool(city: Place, county: Place) -> None:
    city.do(AddPerson(name="柳市明", kind="律师", licence="11408201910000010", phone="13803590000"))
    assert [one.outcome for one in carry(city, county, COUNTY)] == ["APPLIED"]
    found = {one.name: one for one in county.ask(Pool())}
    assert not found["柳市明"].is_proposal and not found["柳市明"].is_mine


def test_y01_a_new_county_is_made_from_the_invitation_with_its_own_stations(
    city: Place, tmp_path: Path
) -> None:
    city.do(InviteSite("永济市", tmp_path / "invitation.hme"))
    office, _, _ = enrol_office(
        DataDir(tmp_path / "yongji"),
        tmp_path / "invitation.hme",
        tmp_path / "answer.hme",
        "admin",
        "County-2022",
        city.clock,
    )
    city.do(AdmitSite(tmp_path / "answer.hme"))
    stick = tmp_path / "stick-yongji"
    stick.mkdir()
    county = Place(office, office.actor_of("admin"), city.clock, stick)
    assert (office.identity.level, office.identity.parent) == ("县", CITY)
    assert [(one.site, one.relation) for one in county.ask(ExchangeDesk()).peers] == [(CITY, "parent")]
    assert county.count("site") > 2
    city.do(LAWYER)
    assert [one.outcome for one in carry(city, county, "140881")] == ["APPLIED"]
    office.close()


def test_y01_a_county_gives_its_stations_and_its_city_what_is_theirs(
    city: Place, county: Place, tmp_path: Path
) -> None:
    station = enrol(county, tmp_path, JIEZHOU)
    county.do(LAWYER)
    files = {one.recipient: one.file for one in county.export()}
    assert set(files) == {CITY, JIEZHOU}
    assert [one.outcome for one in station.take(files[JIEZHOU])] == ["APPLIED"]
    advise(station, JIEZHOU)
    county.take(*[one.file for one in station.export()])
    carry(county, city, CITY)
    units = {one.code: one.so_far for one in city.ask(TargetsProgress("2022")).units}
    assert units[COUNTY] == 1
    station.office.close()


def test_y01_a_city_writes_nothing_for_a_countys_station(city: Place) -> None:
    city.do(LAWYER)
    with pytest.raises(Refused, match="E240"):
        advise(city, JIEZHOU)


def test_y01_rows_of_another_county_are_refused(city: Place, county: Place) -> None:
    county.do(LAWYER)
    advise(county, CENTRE)
    county.export(CITY)
    with county.office.database.reader.connect() as connection:
        told = dict(connection.execute(text("SELECT * FROM site_figure")).mappings().one())
    forged = {**told, "id": "140881-01/2022-05", "site": "140881-01", "is_final": False}
    write_rows(county.office, SiteFigure(**forged))
    assert [(one.outcome, one.code) for one in carry(county, city, CITY)] == [("ALARM", "E724")]


@pytest.mark.parametrize("who", ["another county", "a station"])
def test_y01_an_invitation_for_somebody_else_is_no_way_in(
    city: Place, county: Place, tmp_path: Path, who: str
) -> None:
    file = tmp_path / "other.hme"
    (city if who == "another county" else county).do(
        InviteSite("140881" if who == "another county" else JIEZHOU, file)
    )
    with pytest.raises(Refused, match="E743"):
        county.do(JoinParent(file, tmp_path / "answer2.hme"))
    assert not (tmp_path / "answer2.hme").exists()
    with pytest.raises(Refused, match="E732"):
        city.do(InviteSite(JIEZHOU, file))
