"""Changes of published duties, copying a month, who is free, and the paper on the wall."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.dates import parse_time_ranges
from app.errors import Refused
from app.services.people.disable_person import DisablePerson
from app.services.people.leave import AddLeave
from app.services.reading.duties import duties_in_force
from app.services.roster.change_duty import ChangeDuty
from app.services.roster.copy_last_month import CopyLastMonth
from app.services.roster.export_poster import ExportPoster
from app.services.roster.free_people import FreePeople
from app.services.roster.month_view import DutyState
from app.services.roster.publish_roster import PublishRoster
from app.values import ChangeKind
from tests.services.conftest import Desk
from tests.services.roster_desk import APRIL, JIEZHOU, JUNE, MAY, add_lawyer, draft, month_of


def published(desk: Desk, *days: int) -> tuple[str, list[str]]:
    """A lawyer with published duties on days of May."""
    wang = add_lawyer(desk)
    ids = [draft(desk, day, wang) for day in days]
    desk.do(PublishRoster(JIEZHOU, MAY))
    return wang, ids


def in_force(desk: Desk, **wanted: str) -> list[tuple[int, str, str]]:
    with desk.office._dispatcher.looking(desk.actor) as look:
        return [
            (duty.on.day, duty.name, duty.hours) for duty in duties_in_force(look, MAY, JIEZHOU, **wanted)
        ]


def test_y22a_a_swap_is_kept_with_who_when_and_why_and_makes_a_version(county: Desk) -> None:
    _, (first, _) = published(county, 11, 18)
    sun = add_lawyer(county, "孙丽")
    changed = county.do(ChangeDuty(first, ChangeKind.swap, "王建国出庭", person_id=sun))
    assert changed.number == 2
    assert in_force(county) == [(11, "孙丽", "09:00-13:00"), (18, "王建国", "09:00-13:00")]
    assert in_force(county, person_id=sun) == [(11, "孙丽", "09:00-13:00")]
    view = month_of(county)
    assert [item.state for item in view.duties] == [DutyState.changed, DutyState.published]
    (change,) = view.changes
    assert (change.kind, change.before.name, change.reason, change.changed_by) == (
        "换人",
        "王建国",
        "王建国出庭",
        "管理员",
    )
    assert change.changed_at == datetime(2022, 5, 10, 9, 0)
    assert [one.number for one in view.versions] == [1, 2]
    assert view.versions[0].check_code != view.versions[1].check_code


def test_y22a_cancelling_and_changing_hours(county: Desk) -> None:
    _, (first, second) = published(county, 11, 18)
    county.do(ChangeDuty(first, ChangeKind.cancel, "停电"))
    county.do(
        ChangeDuty(
            second,
            ChangeKind.retime,
            "避开集市",
            ranges=parse_time_ranges("14:00-18:00"),
            on=date(2022, 5, 19),
        )
    )
    assert in_force(county) == [(19, "王建国", "14:00-18:00")]
    assert [item.state for item in month_of(county).duties] == [DutyState.cancelled, DutyState.changed]
    assert month_of(county).version.number == 3


def test_y22a_a_change_needs_a_reason_and_a_standing_duty(county: Desk) -> None:
    wang, (first,) = published(county, 11)
    waiting = draft(county, 25, wang)
    for code, command in (
        ("E406", ChangeDuty(first, ChangeKind.cancel, " ")),
        ("E475", ChangeDuty(first, ChangeKind.swap, "出庭")),
        ("E402", ChangeDuty(first, ChangeKind.retime, "出庭")),
        (
            "E476",
            ChangeDuty(
                first, ChangeKind.retime, "出庭", ranges=parse_time_ranges("9:00-13:00"), on=date(2022, 6, 1)
            ),
        ),
        ("E403", ChangeDuty("nothing", ChangeKind.cancel, "出庭")),
        ("E408", ChangeDuty(waiting, ChangeKind.cancel, "出庭")),
    ):
        with pytest.raises(Refused, match=code):
            county.do(command)
    county.do(ChangeDuty(first, ChangeKind.cancel, "出庭"))
    with pytest.raises(Refused, match="E408"):
        county.do(ChangeDuty(first, ChangeKind.cancel, "出庭"))


def test_p01_a_change_into_a_clash_is_refused_whole(county: Desk) -> None:
    _, (first, _) = published(county, 11, 18)
    with pytest.raises(Refused, match="E471"):
        county.do(
            ChangeDuty(
                first,
                ChangeKind.retime,
                "误排",
                ranges=parse_time_ranges("12:00-16:00"),
                on=date(2022, 5, 18),
            )
        )
    sun = add_lawyer(county, "孙丽")
    county.do(AddLeave(sun, datetime(2022, 5, 11), datetime(2022, 5, 12)))
    with pytest.raises(Refused, match="E472"):
        county.do(ChangeDuty(first, ChangeKind.swap, "出庭", person_id=sun))
    assert in_force(county) == [(11, "王建国", "09:00-13:00"), (18, "王建国", "09:00-13:00")]
    assert month_of(county).version.number == 1


def test_y04_a_change_after_the_duty_began_is_flagged_late(county: Desk) -> None:
    _, (first,) = published(county, 11)
    county.clock.go_to(datetime(2022, 5, 11, 10, 0))
    assert county.do(ChangeDuty(first, ChangeKind.cancel, "未到岗")).is_late


def test_p14_copying_leaves_a_seat_empty_with_its_reason(county: Desk) -> None:
    wang, sun, li = (add_lawyer(county, name) for name in ("王建国", "孙丽", "李明"))
    for day, person in ((6, wang), (13, sun), (20, li), (27, wang)):
        draft(county, date(2022, 4, day), person)
    county.do(PublishRoster(JIEZHOU, APRIL))
    county.do(AddLeave(sun, datetime(2022, 5, 11), datetime(2022, 5, 12)))
    county.do(DisablePerson(li, "调离"))
    copied = county.do(CopyLastMonth("解州镇", MAY))
    assert [(seat.on.day, seat.name, seat.reason) for seat in copied.empty] == [
        (4, "王建国", "放假（劳动节）"),
        (11, "孙丽", "请假"),
        (18, "李明", "人员已停用"),
    ]
    assert [(item.duty.on.day, item.duty.name) for item in month_of(county).duties] == [(25, "王建国")]
    again = county.do(CopyLastMonth("解州镇", MAY))
    assert again.made == () and again.kept == 1
    with pytest.raises(Refused, match="E400"):
        county.do(CopyLastMonth("北相镇", MAY))


def test_p14_p01_copying_never_puts_one_person_in_two_places(county: Desk) -> None:
    wang = add_lawyer(county)
    draft(county, date(2022, 4, 13), wang)
    draft(county, 11, wang, "10:00-12:00", site="北相镇")
    copied = county.do(CopyLastMonth(JIEZHOU, MAY))
    assert copied.made == () and copied.empty[0].reason == "已在北相镇值班 10:00-12:00"


def test_free_people_come_first_with_the_least_burdened(county: Desk) -> None:
    wang, (first,) = published(county, 11)
    sun, li = add_lawyer(county, "孙丽"), add_lawyer(county, "李明")
    county.do(AddLeave(li, datetime(2022, 5, 11), datetime(2022, 5, 12)))
    found = county.ask(FreePeople(date(2022, 5, 11), parse_time_ranges("12:00-16:00")))
    assert [(one.person_id, one.reason) for one in found] == [
        (sun, ""),
        (li, "请假"),
        (wang, "已在解州镇值班 09:00-13:00"),
    ]
    own = county.ask(FreePeople(date(2022, 5, 11), parse_time_ranges("12:00-16:00"), first))
    assert [one.person_id for one in own if one.is_free] in ([sun, wang], [wang, sun])


def test_y04_the_poster_carries_version_and_check_code(county: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="E477"):
        county.do(ExportPoster(JIEZHOU, MAY, tmp_path / "p.pdf"))
    _, (first,) = published(county, 11)
    assert month_of(county).wall == "第 1 版公示表还没有导出张贴"
    made = county.do(ExportPoster(JIEZHOU, MAY, tmp_path / "p.pdf"))
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")
    assert (made.version, made.check_code) == (1, month_of(county).version.check_code)
    county.do(ExportPoster(JIEZHOU, MAY, tmp_path / "p.xlsx"))
    cells = [cell for row in load_workbook(tmp_path / "p.xlsx").active.values for cell in row if cell]
    assert "王建国" in cells
    assert month_of(county).wall == ""
    county.do(ChangeDuty(first, ChangeKind.retime, "停电", ranges=parse_time_ranges("14:00-18:00")))
    assert month_of(county).wall == "墙上值班表已过期（v1→v2），请换贴新表"
    with pytest.raises(Refused, match="E508"):
        county.do(ExportPoster(JIEZHOU, MAY, tmp_path / "p.doc"))


def test_a_month_without_duties_copies_into_nothing(county: Desk) -> None:
    with pytest.raises(Refused, match="E400"):
        county.do(CopyLastMonth(JIEZHOU, JUNE))
