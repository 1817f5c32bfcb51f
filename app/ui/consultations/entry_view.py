"""Takes down one visit after another, or corrects a record, with what helps at its side (Y10, P29)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import Refused
from app.services.consultations.card import OpenRecord
from app.services.consultations.correct_consultation import CorrectConsultation
from app.services.consultations.desk_words import DeskWords, WordsOffered
from app.services.consultations.entry import ENTRY_FIELDS
from app.services.consultations.judge_entry import EntryJudgement, JudgeEntry
from app.services.consultations.known_clients import KnownClient
from app.services.consultations.on_duty import DutyPerson, OnDuty
from app.services.consultations.record_consultation import RecordConsultation, Recorded
from app.services.people.pool import Pool
from app.services.sites.site_list import SiteList, SiteOffice, SiteView
from app.ui.consultations.entry_form import EntryForm
from app.ui.consultations.entry_side import EntrySide, Host
from app.ui.consultations.offered import duty_hit, pool_hit, record_values
from app.ui.widgets.card import Card, columns
from app.ui.widgets.fields import LineField
from app.ui.widgets.person import PersonHit
from app.ui.widgets.text import label
from app.values import yuan_text

SIDE = 316
DRAFT = "consultation"


class EntryView(QWidget):
    """saved(id): a record was stored. told(sentence, state): the page's one sentence changed."""

    saved = Signal(str)
    told = Signal(str, str)

    def __init__(self, host: Host) -> None:
        super().__init__()
        self._host = host
        self.record: OpenRecord | None = None
        self.saved_id = ""
        self._on_duty: tuple[DutyPerson, ...] = ()
        self._agreed: tuple[str, ...] | None = None
        self._asked: object = None
        self.prints_after = False
        self._ticker = QTimer(self, interval=1000)
        self._ticker.timeout.connect(self.tell)

    def build(self) -> Iterator[None]:
        """The form and its side part by part, as a page is built."""
        self.form = EntryForm(self._host.desk)
        self.form.setParent(self)  # its fields take their style as they come
        yield from self.form.build(self._find_people)
        self.reason = LineField("更正原因", is_required=True, hint="原记录会保留，原因会留在记录里")
        self.foot = label("", "small2", wraps=True)
        yield
        self.side = EntrySide(self._host)
        self.clients, self.guidance, self.shift = self.side.clients, self.side.guidance, self.side.shift
        yield
        form = Card(spacing=12)
        form.add(self.reason, self.form, self.foot).fill()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addLayout(columns((form, 1), (self.side, SIDE)), 1)
        self.reason.hide()
        self.form.to_judge.connect(self._judge)
        self.form.changed.connect(self._changed)
        self.clients.taken.connect(self._adopt)

    # showing

    def refresh(self) -> None:
        """The words once; who is on duty and who came today, each time."""
        if self.form.words is None:
            self._host.ask(DeskWords(), self._offer)
            if self._host.desk.is_bureau:
                self._host.ask(SiteList(), self._offer_sites)
        self._ask_on_duty()
        self.side.refresh()

    def begin(self) -> None:
        """Show the form for the next person; what was typed for a new record before a correction is back."""
        if self.record is not None or self.reason.isVisibleTo(self):
            self.record = None
            self.reason.hide()
            self.form.rating.setEnabled(True)
            self._restore()
        self.tell()
        self._ticker.start()
        self.form.focus()

    def correct(self, record: OpenRecord) -> None:
        """Show a record to be corrected; telephone and number stay masked until typed anew."""
        if self.record is None and not self.form.is_blank():
            self.form.save_draft()
        self.record = record
        found = record.row
        self.form.rest_draft(None)
        self.form.start_again()
        self.form.set_values(record_values(record))
        self._baseline = self.form.values()
        self.reason.set_value("")
        self.reason.show()
        self.form.rating.setEnabled(False)  # a row of its own, changed beside the record
        self._ticker.stop()
        self._judge()
        self.tell()
        self.form.focus(next((name for name, item in self._required() if item in found.missing), ""))

    def tell(self) -> None:
        """The page's sentence: whose record it will be, how long it has taken, how many topics."""
        if self.record is not None:
            self.told.emit(f"更正第 {self.record.row.number} 号，原记录会保留", "")
            return
        name = self.form.person.text()
        words = [f"记录归当班的{name}" if name else "现在没有人值班，请选择值班人员"]
        started, count = self.form.moment(), len(self.form.topics.value())
        if started is not None and not self.form.is_blank():
            seconds = max(0, int((self._host.desk.now() - started).total_seconds()))
            if seconds < 4 * 3600:
                words.append(f"已用 {seconds // 60:02d}:{seconds % 60:02d}")
        if count > 1:
            words.append(f"{count} 件")
        self.told.emit(" · ".join(words), "" if name else "due")

    # saving

    def save(self, prints_after: bool = False) -> None:
        """Judge all of it first; what is missing is named once and stored at the second asking."""
        self.prints_after = prints_after
        if self.form.own_faults():
            self.form.focus_fault()
            return
        if self.record is not None and self.reason.is_empty():
            self.reason.show_fault("请写明更正的原因")
            self.reason.setFocus()
            return
        self._host.ask(self._question(), self._save_judged, slot="save")

    def _save_judged(self, found: EntryJudgement) -> None:
        self.form.show_judgement(found, names_all=True)
        if found.problems:
            self._host.refuse(self.form, Refused.of(found.problems))
            return
        missing = tuple(item for _name, item in found.missing)
        if missing and self._agreed != missing:
            self._agreed = missing
            self._name_missing(found)
            return
        if "证件号" in missing:
            self.form.paper.refused.set_value(True)
        self._host.head.clear_banner()
        self._host.do(self._command(), self._saved, form=self.form)

    def _name_missing(self, found: EntryJudgement) -> None:
        lacking = [item for name, item in found.missing if name != "id_number"]
        paper = "没有填证件号，将按“拒绝提供”登记。" if len(lacking) < len(found.missing) else ""
        if not lacking:
            self._host.head.show_banner(f"{paper}再按一次 Ctrl+Enter 保存。", "info")
            return
        cost = f"，可能扣 {yuan_text(found.fault_fen)} 元" if found.fault_fen else ""
        words = f"缺 {len(lacking)} 项：{'、'.join(lacking)}{cost}。{paper}补齐后保存；确实补不了，再按一次 Ctrl+Enter 按缺项保存。"
        self._host.head.show_banner(words, "due")
        self.form.focus_fault()

    def _command(self) -> RecordConsultation | CorrectConsultation:
        entry = self.form.entry()
        if self.record is None:
            values = {name: getattr(entry, name) for name in ENTRY_FIELDS}
            return RecordConsultation(
                **values,
                rating=self.form.chosen_rating(),
                at=self.form.moment(),
                person_id=self.form.chosen_person(),
                site=self.form.chosen_site(),
                same_client_as=self.form.same_client_as(),
            )
        now = self.form.values()
        changed = {name for name, value in now.items() if value != self._baseline[name]}
        values = {name: getattr(entry, name) for name in ENTRY_FIELDS if name in changed}
        values |= {name: now[name] for name in ("at", "person_id") if name in changed and now[name]}
        return CorrectConsultation(id=self.record.row.id, reason=self.reason.value(), **values)

    def _saved(self, made: Recorded) -> None:
        lacking = f"，缺 {len(made.missing)} 项" if made.missing else ""
        self._host.done(f"已保存第 {made.number} 号{lacking}" + "".join(f"。{one}" for one in made.warnings))
        self.saved_id = made.id
        self._agreed = None
        was_correction = self.record is not None
        if not was_correction:
            self.form.start_again()
        self.side.start_again()
        self.foot.setText("")
        self.begin()
        self._ask_on_duty()
        if self.prints_after or was_correction:
            self.saved.emit(made.id)

    # following what is typed

    def _changed(self) -> None:
        self._agreed = None
        values = self.form.values()
        self.side.follow(values, is_new=self.record is None)
        asked = (values["at"], self.form.chosen_site())
        if asked != self._asked:
            self._asked = asked
            self._ask_on_duty()
        self.tell()

    def _question(self) -> JudgeEntry:
        same = self.record.row.id if self.record else self.form.same_client_as()
        site = self.record.row.site if self.record else self.form.chosen_site()
        return JudgeEntry(self.form.entry(), self.form.moment(), same, site)

    def _judge(self) -> None:
        self._host.ask(self._question(), self._show_judgement, slot="judge")

    def _show_judgement(self, found: EntryJudgement) -> None:
        if self.form.is_blank():
            self.foot.setText("")
            return
        self.form.show_judgement(found)
        lacking = [item for name, item in found.missing if name != "id_number"]
        parts = [f"还缺：{'、'.join(lacking)}" if lacking else "必填项已齐"]
        parts += [one.message for one in found.warnings]
        if found.region:
            parts.append(f"证件所在地：{found.region}")
        self.foot.setText("　".join(parts))

    def _adopt(self, client: KnownClient) -> None:
        self.form.adopt(client)
        self.clients.show_clients(())
        self.form.focus("topics")

    # who is on duty, and the words

    def _ask_on_duty(self) -> None:
        self._host.ask(
            OnDuty(self.form.chosen_site(), self.form.moment()), self._show_on_duty, slot="on_duty"
        )

    def _show_on_duty(self, found: tuple[DutyPerson, ...]) -> None:
        self._on_duty = found
        if self.record is None:
            self.form.show_person(duty_hit(found[0]) if found else None)
            self.form.person.mark_required(not found)
            self.tell()

    def _find_people(self, typed: str, then: Callable[[Sequence[PersonHit]], None]) -> None:
        if not typed:
            then([duty_hit(one) for one in self._on_duty])
            return
        self._host.ask(Pool(typed), lambda found: then([pool_hit(one) for one in found]), slot="people")

    def _offer(self, words: WordsOffered) -> None:
        self.form.offer(words)
        self.form.put_usual()
        if self.form.keep_draft(self._host.desk.drafts, DRAFT) and not self.form.is_blank():
            self._host.head.show_banner("上次没有保存的内容已放回表单。", "info", {"清空": self._throw_away})
            self._judge()
        self.tell()

    def _restore(self) -> None:
        self.form.start_again()
        self.form.rest_draft(self._host.desk.drafts)
        self.form.keep_draft(self._host.desk.drafts, DRAFT)
        self._ask_on_duty()

    def _offer_sites(self, sites: Sequence[SiteView]) -> None:
        """A station with its own office registers itself."""
        own = [one for one in sites if one.office is not SiteOffice.admitted]
        self.form.site.set_choices([(one.code, one.short_name or one.name) for one in own])

    def _throw_away(self) -> None:
        self._host.head.clear_banner()
        self.form.start_again()
        self.form.focus()

    def _required(self) -> tuple[tuple[str, str], ...]:
        return self.form.words.required if self.form.words else ()
