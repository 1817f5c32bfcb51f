"""The search of everything: what it finds, in which order, and that it shows no number whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from app.kernel.permissions import Actor, Permission
from app.services.consultations.register import Register
from app.services.people.add_person import AddPerson
from app.services.people.disable_person import DisablePerson
from app.services.search.everything import MOST, FindAnything, Found
from tests.services.conftest import Desk
from tests.services.consultation_desk import CENTRE, go_to, lawyer, on_duty, record

pytestmark = pytest.mark.both_engines


@pytest.fixture
def desk(county: Desk) -> Desk:
    """卫明 sits duty at the centre on the 10th from nine."""
    on_duty(county, (lawyer(county), "09:00-13:00"))
    go_to(county, "09:30")
    return county


def found(desk: Desk, words: str, kind: str = "", **more: Any) -> list[Found]:
    return [one for one in desk.ask(FindAnything(words), **more) if not kind or one.kind == kind]


def titles(desk: Desk, words: str, kind: str) -> list[str]:
    return [one.title for one in found(desk, words, kind)]


@pytest.mark.parametrize("words", ["卫明", "卫", "wm", "weiming", "13800004321", "4321", "00000001"])
def test_a_person_by_name_initials_pinyin_and_the_end_of_a_number(desk: Desk, words: str) -> None:
    desk.do(AddPerson(name="单晓明", kind="律师", organisation="解州律师事务所", licence="11408201100000077"))
    if words in ("13800004321", "4321"):
        desk.do(AddPerson(name="卫明", kind="律师", phone="13800004321", licence="11408201100000055"))
    people = found(desk, words, "人员")
    assert [one.title for one in people][:1] == ["卫明"]
    assert "单晓明" not in [one.title for one in people]


def test_people_the_newest_first_those_no_longer_in_use_last(desk: Desk) -> None:
    ids = [desk.do(AddPerson(name="李明", kind="律师", licence=f"1140820110000012{n}")) for n in range(3)]
    desk.do(DisablePerson(ids[2], "调离"))
    people = found(desk, "李明", "人员")
    assert [one.key for one in people] == [ids[1], ids[0], ids[2]]
    assert people[2].is_closed and "已停用" in people[2].hint


def test_at_most_eight_of_a_kind(desk: Desk) -> None:
    for n in range(MOST + 3):
        desk.do(AddPerson(name="李明", kind="律师", licence=f"114082011000002{n:02d}"))
    assert len(found(desk, "李明", "人员")) == MOST


@pytest.mark.parametrize("words", ["李桂花", "李", "13800006021", "6021", "0001", "1"])
def test_a_consultation_by_number_name_and_telephone(desk: Desk, words: str) -> None:
    made = record(desk)
    record(desk, client_name="周芳", phone="13900001122")
    hits = found(desk, words, "咨询")
    assert [one.key for one in hits] == [made.id]
    assert hits[0].title == "第 0001 号　李**"


def test_q02_no_number_and_no_client_is_shown_whole(desk: Desk) -> None:
    desk.do(AddPerson(name="李桂兰", kind="律师", phone="13800006021", licence="11408201100000099"))
    record(desk)
    shown = " ".join(f"{one.title} {one.hint}" for one in found(desk, "6021"))
    assert "138****6021" in shown
    assert "13800006021" not in shown and "李桂花" not in shown


def test_consultations_the_newest_first(desk: Desk) -> None:
    first = record(desk)
    go_to(desk, "10:30")
    second = record(desk, phone="13800007777")
    assert [one.key for one in found(desk, "李桂花", "咨询")] == [second.id, first.id]


@pytest.mark.parametrize("words", ["欠薪三个月", "薪", "监察大队", "lgh", "gh", "桂花", "劳动"])
def test_a_consultation_by_what_it_was_about_and_by_the_client_s_initials(desk: Desk, words: str) -> None:
    made = record(desk)
    record(
        desk,
        client_name="周芳",
        phone="13900001122",
        topics=("婚姻家庭",),
        content="离婚。",
        answer="可调解。",
    )
    assert [one.key for one in found(desk, words, "咨询")] == [made.id]
    assert [row.id for row in desk.ask(Register(words=words)).rows] == [made.id]


@pytest.mark.parametrize(("words", "name"), [
    ("解州", "盐湖区解州镇公共法律服务工作站"), ("jzz", "盐湖区解州镇公共法律服务工作站"),
    ("140802100", "盐湖区解州镇公共法律服务工作站"), ("盐湖区公共法律服务中心", "盐湖区公共法律服务中心"),
])  # fmt: skip
def test_a_site_by_name_initials_and_code(desk: Desk, words: str, name: str) -> None:
    assert name in titles(desk, words, "站点")


def test_a_report_only_for_those_who_may_read_it(desk: Desk) -> None:
    assert titles(desk, "考勤", "报表")
    reader = Actor("r", "r", "查阅", frozenset({Permission.LOOK}), is_account=False)
    assert not found(desk, "考勤", "报表", actor=reader)
    assert found(desk, "卫明", "人员", actor=reader)


@pytest.mark.parametrize("words", ["", "  ", "a", "没有这个人", "%", "_", "\u202e"])
def test_nothing_for_nothing(desk: Desk, words: str) -> None:
    record(desk)
    assert found(desk, words) == []


def test_another_site_s_records_are_named_with_their_site(desk: Desk) -> None:
    record(desk, site=CENTRE, at=datetime(2022, 5, 10, 9, 10))
    assert "盐湖区" in found(desk, "李桂花", "咨询")[0].hint
