"""Plays the county's supervision of the month: a draw of spot checks, an inspection whose fault is mended, a meeting."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from app.demo.month import Play, try_act
from app.services.supervision.draw_spot_checks import AnnounceSpotDraw, RevealSpotDraw
from app.services.supervision.inspections import InspectionMade, RecordInspection
from app.services.supervision.meetings import RecordMeeting
from app.services.supervision.record_problem import MendProblem, RecheckProblem
from app.supervision_values import CheckMark, InspectionKind


def announce_draw_of_month(play: Play) -> None:
    """The reviewer announces the draw before the month's first duty."""
    reviewer = play.county.office.actor_of("shenhe")
    play.county.office.do(AnnounceSpotDraw(str(play.month.month)), reviewer)


def supervise_month(play: Play) -> None:
    """What the county did during the month, put on record after it; nothing of it touches anybody's pay."""
    county, month = play.county, play.month.month
    reviewer = county.office.actor_of("shenhe")
    county.office.do(RevealSpotDraw(str(month)), reviewer)
    day = month.first_day + timedelta(days=14)
    made: InspectionMade = county.do(
        RecordInspection(
            site=next(iter(play.stations)),
            kind=InspectionKind.quarterly.value,
            inspectors="县局检查组",
            marks={"群众知晓": CheckMark.good.value, "职责制度上墙": CheckMark.bad.value},
            on=day,
            owner="司法所所长",
            due_on=day + timedelta(days=7),
        )
    )
    for problem in made.problems:
        county.do(MendProblem(problem, "制度牌已上墙，照片 2 张存所"))
        try_act(play, partial(county.office.do, RecheckProblem(problem, True, "已到现场看过"), reviewer))
    county.do(RecordMeeting(day, f"{month.words}工作例会", "县局、各司法所", "通报抽查情况，布置下月排班"))
