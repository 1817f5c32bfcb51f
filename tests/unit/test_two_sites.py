"""Which records of two sites look like one."""

from __future__ import annotations

from datetime import date, datetime

from app.rules.duty.two_sites import (
    Application,
    CitizenVisit,
    Stay,
    facts_digest,
    is_same_case,
    is_same_visit,
    two_places,
)


def stay(row_id: str, site: str, first: int, last: int, person: str = "卫明") -> Stay:
    return Stay(row_id, site, person, datetime(2022, 5, 6, first), datetime(2022, 5, 6, last))


def test_one_person_in_two_places_at_once() -> None:
    a, b = stay("a", "甲", 9, 13), stay("b", "乙", 12, 16)
    assert list(two_places([b, a])) == [(a, b)]
    assert list(two_places([a, stay("c", "乙", 13, 16)])) == []
    assert list(two_places([a, stay("d", "甲", 10, 12)])) == []
    assert list(two_places([a, stay("e", "乙", 10, 12, "李丽")])) == []
    long = stay("l", "甲", 8, 18)
    assert [two[1].id for two in two_places([long, stay("x", "丙", 9, 10), b])] == ["x", "b"]


def test_one_citizen_the_same_day_or_the_same_matter() -> None:
    first = CitizenVisit("a", "甲", date(2022, 5, 6), ("劳动",))
    assert is_same_visit(first, CitizenVisit("b", "乙", date(2022, 5, 6), ("婚姻家庭",)))
    assert is_same_visit(first, CitizenVisit("b", "乙", date(2022, 5, 20), ("劳动", "其他")))
    assert not is_same_visit(first, CitizenVisit("b", "乙", date(2022, 5, 20), ("婚姻家庭",)))
    assert not is_same_visit(first, CitizenVisit("b", "甲", date(2022, 5, 6), ("劳动",)))


def test_one_case_by_its_number_else_by_kind_and_matter() -> None:
    def case(site: str, matter: str, number: str = "") -> Application:
        return Application(f"{site}{matter}", site, date(2022, 5, 6), "民事", matter, number)

    assert is_same_case(case("甲", "欠薪"), case("乙", "欠薪"))
    assert not is_same_case(case("甲", "欠薪"), case("乙", "抚养费"))
    assert is_same_case(case("甲", "欠薪", "一号"), case("乙", "抚养费", "一号"))
    assert is_same_case(case("甲", "欠薪", "一号"), case("乙", "欠薪", "二号"))
    assert not is_same_case(case("甲", "欠薪"), case("甲", "欠薪"))


def test_what_a_decision_rests_on_is_the_same_either_way_round() -> None:
    assert facts_digest("甲", "乙") == facts_digest("乙", "甲") != facts_digest("甲", "丙")
