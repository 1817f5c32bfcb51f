"""What is refused of every attendance fact, whoever enters it: the future, foreign sites."""

from __future__ import annotations

from datetime import datetime

from app.clock import local
from app.dates import time_text
from app.errors import Refused
from app.kernel.work import Look
from app.services.reading.sites import is_own_site, may_write_for


def refuse_future(look: Look, at: datetime, *, field: str = "") -> None:
    """Raises Refused E120 for a naive local time that has not come yet (P12)."""
    if at > look.once(("now",), lambda: local(look.now.at)):
        raise Refused(
            "E120",
            f"时间“{at:%Y-%m-%d} {time_text(at)}”还没有到，不能登记将来的事。请核对日期和时间。",
            field=field,
        )


def refuse_other_attendance(look: Look, site: str, *, field: str = "") -> None:
    """Raises Refused E132 where the site's own office keeps its attendance."""
    if may_write_for(look, site):
        return
    if look.office.is_bureau:
        raise Refused(
            "E132",
            "该站点已有自己的办公点，考勤由该站登记后上报。县里可登记抽查、投诉和审核意见。",
            field=field,
        )
    raise Refused("E132", "只能登记本站的考勤。其他站点请由该站或县（市、区）司法局登记。", field=field)


def another_must_verify(field: str = "") -> Refused:
    """E150: who put evidence on record, or found it, does not verify it (Y24)."""
    return Refused(
        "E150", "登记的人不能自己核实，须由另一人核实。本单位只有一个账号的，请上级核实。", field=field
    )


def person_untold() -> Refused:
    """E152: the bureau reads that the person is told before anything is found against him (Y24)."""
    return Refused("E152", "还没有通知本人。请先登记为待核实，在“督导”里通知本人说明，再认定。")


def is_watched_site(look: Look, site: str) -> bool:
    """Whether checks and complaints about the site are this office's to record: its own and those below it."""
    from app.services.reading.sites import duty_sites

    below = look.once(("watched",), lambda: {one.id for one in duty_sites(look)})
    return is_own_site(look, site) or site in below
