"""Takes down a sign-in that was written on paper: villages and markets have no kiosk, and power fails (Q05 Q06)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.organisation import Person
from app.services.attendance.enter_punches import store_punches
from app.services.reading.sites import find_site
from app.text import clean

LONGEST = 200


@dataclass(frozen=True)
class RecordPaper:
    """What a signed sheet says. in_at, out_at: naive local, one of them at least. confirmed_by: who confirmed it on the
    sheet. reason: why there was no kiosk. site "": this office's own."""

    person_id: str
    in_at: datetime | None
    out_at: datetime | None
    confirmed_by: str
    reason: str
    site: str = ""

    def problems(self) -> Iterable[Problem]:
        """A person, who confirmed it, and why it is paper."""
        if not self.person_id:
            yield Problem("person_id", "请选择纸上签到的人员。", "E275")
        for field, title in (("confirmed_by", "确认人"), ("reason", "为什么用纸质")):
            if not clean(getattr(self, field)) or len(getattr(self, field)) > LONGEST:
                yield Problem(field, f"请填写{title}，最多 {LONGEST} 字。", "E275")


@handles(RecordPaper, title="登记纸质签到", permission=Permission.RECORD_ATTENDANCE)
def record_paper(work: Work, command: RecordPaper) -> str:
    """The id of the first punch made. Raises Refused E110, E111, E120, E122, E130 … E132, E276 for what is there already,
    E277, E420, E421."""
    site = find_site(work, command.site, field="site").id if command.site else work.office.own_site
    if work.session.get(Person, command.person_id) is None:
        raise Refused("E122", "没有找到要补签的人员或考勤记录，请刷新后重选。", field="person_id")
    made = store_punches(
        work,
        site,
        command.person_id,
        (command.in_at, command.out_at),
        confirmed_by=command.confirmed_by,
        reason=command.reason,
    )
    if not made:
        raise Refused("E276", "这次签到已经登记过，不用再登记。时间写错的，请登记补签。", field="in_at")
    return made[0][1]
