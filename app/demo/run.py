"""Runs the demonstration whole: offices, month, documents, pictures, summary."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import orjson

from app.demo.aftermath import judge_after_payment
from app.demo.case_documents import write_case_documents
from app.demo.case_pictures import take_cases
from app.demo.cases import play_cases, summarise_cases
from app.demo.documents import write_documents
from app.demo.month import Play, close, live, prepare_month, settle_month
from app.demo.offices import PASSWORD, DemoOffice, enrol, make_county
from app.demo.pictures import AT_WORK, Camera
from app.demo.restored import restore_station
from app.demo.sample.month import DEFAULT_MONTH, FULL, SMALL, invent_month
from app.demo.sample.vocabulary import Vocabulary
from app.demo.summary import summarise
from app.demo.supervising import announce_draw_of_month, supervise_month
from app.errors import Refused
from app.kernel.packs import load_pack
from app.rules.policy.parts import BUREAU
from app.values import Level, Month
from app.workdays import WorkCalendar

MARK = "huimin-demo.txt"
Say = Callable[[str], None]


@dataclass(frozen=True)
class DemoOrder:
    """What to play: into which folder, which pack and month, which chance, how much, with pictures or without."""

    out: Path
    pack: str = "yuncheng-2022"
    month: Month = DEFAULT_MONTH
    seed: int = 1
    is_small: bool = False
    has_pictures: bool = True


def usual_month(pack_key: str) -> Month:
    """The month that is played where none is named: May of the first year that the document is valid in."""
    pack = load_pack(pack_key)
    return DEFAULT_MONTH if not pack.outside_words(DEFAULT_MONTH) else Month(pack.valid_from.year, 5)


def run_demo(order: DemoOrder, say: Say) -> dict[str, Any]:
    """The summary, which is also written to summary.json; the same order gives the same figures."""
    _clear(order.out)
    play = _set_up(order, say)
    try:
        say("人员、排班下发")
        prepare_month(play, order.out / "workbooks")
        announce_draw_of_month(play)
        say("一个月的签到、签退和咨询")
        camera = _camera(order)
        live(play, lambda office: _take_at_work(camera, play, office))
        say("抽查、投诉、月报上报、审核，实地检查和整改")
        close(play)
        supervise_month(play)
        say("结算、发放、回执")
        settle_month(play)
        say("公示表、台账、发放表、工作牌")
        documents = write_documents(play, order.out / "documents")
        say("发放以后才核实的脱岗：应收回")
        judge_after_payment(play)
        say("一个站的电脑坏了：从备份恢复，县局电话认可，记录找回，上报以后写的更改由县局决定")
        restore_station(play)
        if camera:
            say("窗口图片")
            camera.take_pages(play.county, "county", month=order.month)
            camera.take_aftermath(play.county, "county", order.month, list(play.stations)[-1])
            camera.take_start(play.county, order.out / "empty")
        say("援助案件：台账、申请、办理、归档，办案补贴定稿、审核、发放、冲销")
        cases = play_cases(play, order.out / "workbooks", is_small=order.is_small)
        say("案件的台账、补贴发放表、资金使用报表、挂图、案卷、文书一览")
        documents = sorted({*documents, *write_case_documents(cases, order.out / "documents")})
        if camera:
            take_cases(camera, cases)
        screens = sorted(camera.names) if camera else []
        summary = {**summarise(play, order.seed, order.pack), "cases": summarise_cases(cases)}
        summary |= {"documents": documents, "screens": screens}
    finally:
        for office in (play.county, *play.stations.values()):
            office.office.close()
    shutil.rmtree(order.out / "sticks")
    (order.out / "summary.json").write_bytes(orjson.dumps(summary, option=orjson.OPT_INDENT_2))
    return summary


def _set_up(order: DemoOrder, say: Say) -> Play:
    pack = load_pack(order.pack)
    bureau = next((site for site in pack.sites if site.kind == BUREAU and site.level is Level.county), None)
    if bureau is None:
        raise Refused("E916", f"方案 {order.pack} 里没有县级司法局，不能演示。")
    sites = [
        (site.code, site.name, site.kind)
        for site in pack.sites
        if site.parent == bureau.code and site.duty_kind
    ]
    month = invent_month(
        order.seed,
        sites,
        order.month,
        is_workday=WorkCalendar().is_workday,
        size=SMALL if order.is_small else FULL,
        vocabulary=Vocabulary(
            pack.topics, pack.consultation_groups, pack.handlings, tuple(rule.kind for rule in pack.personnel)
        ),
    )
    start = datetime.combine(order.month.first_day - timedelta(days=6), time(9, 0))
    say(f"建立{bureau.name}和下属工作站")
    county = make_county(order.out, order.pack, bureau.code, start)
    on_paper = {row.site.code for row in month.attendance if row.confirmed_by}
    play = Play(county, {}, month, order.out / "bundles")
    play.bundles.mkdir()
    for number, site in enumerate(
        site for site in month.sites if not site.is_centre and site.code not in on_paper
    ):
        folder = "station" if number == 0 else f"station-{number + 1}"
        play.stations[site.code] = enrol(county, order.out, site.code, folder)
    return play


def _camera(order: DemoOrder) -> Camera | None:
    return Camera(order.out / "screens") if order.has_pictures else None


def _take_at_work(camera: Camera | None, play: Play, office: DemoOffice) -> None:
    """The first station in the middle of a duty: its pages and its kiosk; the county's desk."""
    if camera and office is play.county:
        camera.take_pages(office, "county", AT_WORK)
    elif camera and office is next(iter(play.stations.values())):
        camera.take_pages(office, "station")
        camera.take_kiosk(office, "station")


def _clear(out: Path) -> None:
    """Empty the folder of an earlier demonstration. Raises Refused E917 for a folder with anything else in it."""
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        raise Refused("E917", f"“{out}”里有别的文件，演示不会覆盖。请换一个空文件夹。")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    (out / MARK).write_text(f"演示数据，人物均为虚构。登录名 admin，密码 {PASSWORD}\n", "utf-8")
