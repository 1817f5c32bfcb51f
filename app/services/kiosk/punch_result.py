"""What a sign-in or sign-out says back: all that the green panel shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.dates import duration_text, time_text
from app.models.duties import Punch
from app.services.kiosk.shifts import OpenShift
from app.services.reading.duties import DutyView


@dataclass(frozen=True, kw_only=True)
class PunchResult:
    """One recorded event, or the same one again for a double tap (is_repeat).

    at: naive local. hours: the duty's ranges, "" for 临时值班. late, early: whole seconds against the duty.
    open_shifts: earlier sign-ins that nobody signed out.
    """

    punch_id: str
    person_id: str
    name: str
    direction: str
    at: datetime
    hours: str
    grade: str
    grade_reason: str
    late: int = 0
    early: int = 0
    is_repeat: bool = False
    open_shifts: tuple[OpenShift, ...] = ()

    @property
    def headline(self) -> str:
        """卫明 已签到 08:57 · 班次 09:00–13:00."""
        verb = "已签到" if self.direction == "in" else "已签退"
        duty = f"班次 {self.hours.replace('-', '–')}" if self.hours else "临时值班，待审定"
        return f"{self.name} {verb} {time_text(self.at)} · {duty}"

    @property
    def notices(self) -> tuple[str, ...]:
        """Lateness, early leaving and a doubted clock, in plain words."""
        return tuple(
            filter(
                None,
                (
                    f"迟到 {duration_text(self.late)}" if self.late else "",
                    f"早退 {duration_text(self.early)}" if self.early else "",
                    self.grade_reason if self.grade in ("amber", "red") else "",
                ),
            )
        )


def result_of(
    punch: Punch,
    name: str,
    at: datetime,
    duty: DutyView | None,
    *,
    late: int = 0,
    early: int = 0,
    is_repeat: bool = False,
    open_shifts: tuple[OpenShift, ...] = (),
) -> PunchResult:
    """The result of a stored punch."""
    return PunchResult(
        punch_id=punch.id,
        person_id=punch.person_id,
        name=name,
        direction=punch.direction,
        at=at,
        hours=duty.hours if duty else "",
        grade=punch.grade,
        grade_reason=punch.grade_reason,
        late=late,
        early=early,
        is_repeat=is_repeat,
        open_shifts=open_shifts,
    )
