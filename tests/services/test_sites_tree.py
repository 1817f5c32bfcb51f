"""Sites: the tree, sites beyond the pack's, names, frequency with its reason."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.errors import Refused
from app.models.records import PeerKey
from app.services.office.set_up import NewOffice
from app.services.reading.sites import find_site
from app.services.sites.add_site import AddSite
from app.services.sites.change_site import CloseSite, OpenSite, RenameSite
from app.services.sites.frequency import SetFrequency
from app.services.sites.site_list import SiteList, SiteTree, SiteView
from tests.services.conftest import Desk

STATION = "140802104"
NEW = AddSite("140802999", "盐湖区西张镇公共法律服务工作站", "工作站")


def site(desk: Desk, code: str) -> SiteView:
    return next(one for one in desk.ask(SiteList(include_closed=True)) if one.code == code)


def test_y01_the_centre_is_this_offices_own_and_stations_work_on_paper(county: Desk) -> None:
    sites = county.ask(SiteList())
    assert (sites[0].code, sites[0].office, sites[0].frequency) == ("140802-01", "本单位", "每个工作日")
    assert {one.office for one in sites[1:]} == {"纸质"}
    assert {one.frequency for one in sites[1:]} == {"每周 1 次"}
    (root,) = county.ask(SiteTree())
    assert (root.site.code, len(root.below)) == ("140802", len(sites))


def test_q21_qinshui_has_its_centre_and_twelve_townships(make_desk) -> None:
    new = NewOffice(
        code="140521",
        name="沁水县司法局",
        level="县",
        parent="1405",
        pack="qinshui-2023",
        admin="admin",
        password="Qinshui-2023",
    )
    sites = make_desk(new, "qinshui").ask(SiteList())
    assert sites[0].name == "沁水县公共法律服务中心"
    names = "龙港镇 中村镇 土沃乡 张村乡 郑庄镇 端氏镇 嘉峰镇 郑村镇 胡底乡 固县乡 柿庄镇 十里乡"
    assert {one.short_name for one in sites[1:]} == set(names.split())


def test_y01_a_site_beyond_the_packs_is_added_once(county: Desk) -> None:
    assert county.do(NEW) == "140802999"
    with county.office._dispatcher.looking(county.actor) as look:
        assert find_site(look, "西张镇").id == "140802999"
    refused = {
        "E427": NEW, "E429": AddSite("140802998", "西张镇", "工作站"), "E426": AddSite("140821998", "孙吉镇", "工作站"),
        "E423": AddSite("14080299", "孙吉镇", "工作站"), "E422": AddSite("140802998", "孙吉镇", "窗口"),
        "E424": AddSite("140802998", " ", "工作站"),
    }  # fmt: skip
    for code, command in refused.items():
        with pytest.raises(Refused, match=code):
            county.do(command)


def test_a_station_cannot_change_sites(station: Desk) -> None:
    with pytest.raises(Refused, match="E425"):
        station.do(NEW)
    with pytest.raises(Refused, match="E425"):
        station.do(SetFrequency(STATION, 2, "偏远", date(2022, 5, 1)))


def test_a_site_is_renamed_closed_and_opened_with_reasons(county: Desk) -> None:
    county.do(RenameSite(STATION, "解州新镇公共法律服务工作站", "乡镇更名"))
    assert site(county, STATION).short_name == "解州新镇"
    county.do(CloseSite(STATION, "撤并"))
    assert STATION not in {one.code for one in county.ask(SiteList())}
    county.do(OpenSite(STATION, "恢复"))
    assert site(county, STATION).is_active
    with pytest.raises(Refused, match="E460"):
        county.do(CloseSite("140802-01", "撤并"))
    with pytest.raises(Refused, match="E462"):
        county.do(CloseSite(STATION, " "))
    with pytest.raises(Refused, match="E428"):
        county.do(CloseSite("140802998", "撤并"))


def test_y09_the_county_sets_a_frequency_with_its_reason_from_a_date(county: Desk) -> None:
    county.do(SetFrequency(STATION, 2, "偏远山区", date(2022, 5, 1)))
    county.do(SetFrequency(STATION, 8, "业务量大", date(2022, 6, 1)))
    now = site(county, STATION)
    assert (now.times_a_month, now.frequency, now.frequency_reason) == (2, "每月 2 次", "偏远山区")
    for command, code in (
        (SetFrequency(STATION, 0, "偏远", date(2022, 5, 1)), "E463"),
        (SetFrequency(STATION, 2, "", date(2022, 5, 1)), "E464"),
        (SetFrequency("140802-01", 2, "偏远", date(2022, 5, 1)), "E465"),
    ):
        with pytest.raises(Refused, match=code):
            county.do(command)


def test_an_admitted_office_shows_as_connected(county: Desk) -> None:
    with Session(county.office.database.writer) as session, session.begin():
        session.add(
            PeerKey(
                id="k1",
                site=STATION,
                epoch=1,
                relation="child",
                state="admitted",
                changed_at=county.clock.now().at,
            )
        )
    assert site(county, STATION).office == "已接入"
