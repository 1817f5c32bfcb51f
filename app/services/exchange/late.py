"""Takes a station's entries and holds back what it wrote about a month after reporting it (rules: late changes)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update

from app.bundle.entries import LogEntry
from app.canonical import decode
from app.clock import new_id
from app.kernel.work import Work
from app.models.late import REPORTED, WAITING, LateChange, LateEntry
from app.models.pay import Review, Submission
from app.models.records import ReceivedEntry
from app.services.exchange.late_months import LATE_TABLES, Images, words_of
from app.services.exchange.row_values import NotARow
from app.services.exchange.rows import level_beyond, row_of
from app.services.exchange.storing import Faults, kept_entry, store_entries
from app.values import Origin

ID_START = "late-"
"""Ids of late changes begin with it, so that they are told from the ids of rows."""
_FIXED = "已上报的月报不能改动或撤回"
_KIOSK = "签到台的打卡不能作废"


@dataclass(frozen=True)
class _Report:
    """A submission in a station's stream."""

    id: str
    month: str
    answers: str


def take_from_station(work: Work, placed: Sequence[tuple[int, LogEntry]], sender: str) -> Faults:
    """Store what may be stored, hold back what is late; which entries can be no rows, by their place.

    An entry that stands after a submission of its month waits: the next submission takes it along if it names the
    bureau's return of the one before, else the bureau decides.
    """
    taking = _Taking(work, sender)
    taking.images.load([entry for _, entry in placed])
    for place, entry in placed:
        taking.take(place, entry)
    taking.store_run()
    return taking.faults


def apply_held(work: Work, sender: str, entries: Sequence[LogEntry]) -> Faults:
    """Store images that were held back, in the order of seq; a void takes the row's later images with it."""
    gone: set[tuple[str, str]] = set()
    kept = []
    for entry in entries:
        key = (entry.fields["table"], entry.fields["id"])
        if key not in gone:
            kept.append(entry)
        if entry.fields["op"] == "void":
            gone.add(key)
    for entry in kept:
        place = (LateEntry.stream == entry.fields["stream"], LateEntry.seq == entry.fields["seq"])
        work.session.execute(update(LateEntry).where(*place).values(is_taken=True))
    return store_entries(work.session, enumerate(kept), sender)


def held_entries(work: Work, change_id: str) -> list[LogEntry]:
    """The images of a late change that still wait, in the order of seq."""
    rows = work.session.scalars(
        select(LateEntry).where(LateEntry.change_id == change_id, LateEntry.is_waiting)
    )
    places = sorted((_order(row.stream, row.seq), row.stream, row.seq) for row in rows)
    return [_kept(work, stream, seq) for _, stream, seq in places]


def _kept(work: Work, stream: str, seq: int) -> LogEntry:
    return kept_entry(work.session, work.session.get_one(ReceivedEntry, (stream, seq)))


def settle_held(work: Work, change_id: str, state: str, decision_id: str = "") -> None:
    """Nothing of a late change waits any more."""
    work.session.execute(update(LateEntry).where(LateEntry.change_id == change_id).values(is_waiting=False))
    work.session.execute(
        update(LateChange).where(LateChange.id == change_id).values(state=state, decision_id=decision_id)
    )


def _order(stream: str, seq: int) -> tuple[int, int]:
    return (int(stream.split("/", 2)[1]), seq)


class _Taking:
    """One run through a station's entries, in the order of seq."""

    def __init__(self, work: Work, sender: str):
        self.work, self.sender = work, sender
        self.faults: Faults = {}
        self.images = Images(work.session, sender)
        self.reports: dict[str, list[_Report]] = defaultdict(list)
        self.held: dict[tuple[str, int], LogEntry] = {}
        self.run: list[tuple[int, LogEntry]] = []
        for report in self._known_reports():
            self.reports[report.month].append(report)
        self.report_ids = {report.id for reports in self.reports.values() for report in reports}

    def take(self, place: int, entry: LogEntry) -> None:
        """Store, hold back or refuse one entry."""
        fault = self._fault(entry)
        if fault:
            self.faults[place] = fault
            return
        months = self._holding_months(entry)
        if months:
            self._hold(entry, months)
        else:
            self.run.append((place, entry))
        self.images.note(entry, is_held=bool(months))
        if entry.fields["table"] == "submission":
            self._report(entry)

    def store_run(self) -> None:
        """Store what was let through so far."""
        self.faults |= store_entries(self.work.session, self.run, self.sender)
        self.run.clear()

    def _fault(self, entry: LogEntry) -> str:
        """What no decision may let through."""
        name, op, row_id = entry.fields["table"], entry.fields["op"], entry.fields["id"]
        if name == "submission" and (op == "void" or row_id in self.report_ids):
            return _FIXED
        target = row_id if (name, op) == ("punch", "void") else _voided_punch(entry)
        if target and self.images.of("punch", target).get("origin") == Origin.kiosk:
            self.work.alarm("late", f"{self.sender} 第 {entry.fields['seq']:,} 条")
            return _KIOSK
        return ""

    def _holding_months(self, entry: LogEntry) -> dict[str, str]:
        """Month → the submission of it that the entry stands after."""
        if entry.fields["table"] not in LATE_TABLES or not self.reports:
            return {}
        if entry.fields["op"] == "put":
            level = level_beyond(self.work.office.level, entry.fields["stream"])
            try:
                row_of(self.work.session, entry, self.sender, level)
            except NotARow:
                return {}
        months = self.images.months_of(entry)
        return {month: self.reports[month][-1].id for month in sorted(months) if self.reports.get(month)}

    def _hold(self, entry: LogEntry, months: dict[str, str]) -> None:
        fields, session = entry.fields, self.work.session
        name, row_id, (month, after) = fields["table"], fields["id"], min(months.items())
        row = self.images.row_after(entry)
        change = session.scalars(
            select(LateChange).where(
                LateChange.table == name, LateChange.row_id == row_id, LateChange.state == WAITING
            )
        ).first()
        if change is None:
            change = LateChange(id=f"{ID_START}{new_id()}", table=name, row_id=row_id, site=self.sender)
            session.add(change)
        change.month, change.after = month, after
        change.on = date.fromisoformat(str(row.get("on") or f"{month}-01"))
        change.person_id = str(row.get("person_id") or "")
        change.words = words_of(entry, row, self.images)
        change.noticed_at = self.work.now.at
        session.add(LateEntry(stream=fields["stream"], seq=fields["seq"], change_id=change.id, months=months))
        session.flush()
        self.held[fields["stream"], fields["seq"]] = entry

    def _report(self, entry: LogEntry) -> None:
        """A submission: what was written since the one before belongs to it, if it answers the bureau's return."""
        report = _report_of(entry.fields["row"], entry.fields["id"])
        if report is None:
            return
        self.store_run()
        before = self.reports[report.month][-1:]
        if before and self._is_return(report.answers, before[0]):
            self._let_in(report.month, before[0].id)
        self.reports[report.month].append(report)
        self.report_ids.add(report.id)

    def _is_return(self, review_id: str, before: _Report) -> bool:
        review = self.work.session.get(Review, review_id) if review_id else None
        is_ours = review is not None and review.writer == self.work.office.code
        return bool(is_ours and review and review.submission_id == before.id and not review.is_approved)

    def _let_in(self, month: str, after: str) -> None:
        """The month holds nothing back any more that came after that submission; an older image goes with a newer."""
        let_in: list[LateEntry] = []
        for change in self._waiting_changes():
            waiting = sorted(self._waiting_entries(change.id), key=lambda one: _order(one.stream, one.seq))
            for one in waiting:
                if one.months.get(month) == after:
                    one.months = {other: before for other, before in one.months.items() if other != month}
            if waiting[-1].months:
                change.month, change.after = min(waiting[-1].months.items())
            else:
                let_in += waiting
                settle_held(self.work, change.id, REPORTED)
        let_in.sort(key=lambda one: _order(one.stream, one.seq))
        apply_held(self.work, self.sender, [self._entry(one) for one in let_in])

    def _waiting_changes(self) -> Sequence[LateChange]:
        query = select(LateChange).where(LateChange.site == self.sender, LateChange.state == WAITING)
        return self.work.session.scalars(query).all()

    def _waiting_entries(self, change_id: str) -> Sequence[LateEntry]:
        query = select(LateEntry).where(LateEntry.change_id == change_id, LateEntry.is_waiting)
        return self.work.session.scalars(query).all()

    def _entry(self, one: LateEntry) -> LogEntry:
        return self.held.get((one.stream, one.seq)) or _kept(self.work, one.stream, one.seq)

    def _known_reports(self) -> Iterable[_Report]:
        """As the log has them, for a row of a submission is what its station says of it last."""
        own = select(Submission.id).where(Submission.writer == self.sender)
        rows = self.work.session.execute(
            select(ReceivedEntry.stream, ReceivedEntry.seq, ReceivedEntry.body, ReceivedEntry.row_id).where(
                ReceivedEntry.row_id.in_(own),
                ReceivedEntry.table == "submission",
                ReceivedEntry.fault == "",
            )
        ).all()
        for _, _, body, row_id in sorted(rows, key=lambda row: _order(row.stream, row.seq)):
            report = _report_of(decode(body)["row"], row_id)
            if report is not None:
                yield report


def _report_of(row: dict[str, Any], row_id: str) -> _Report | None:
    month, answers = row.get("month"), row.get("answers")
    if not isinstance(month, str):
        return None
    return _Report(row_id, month, answers if isinstance(answers, str) else "")


def _voided_punch(entry: LogEntry) -> str:
    """Id of the punch that a row of 作废 names, else ""."""
    row = entry.fields["row"]
    is_one = entry.fields["table"] == "voided" and row.get("tbl") == "punch"
    return str(row.get("row_id")) if is_one else ""
