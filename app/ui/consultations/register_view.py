"""The register as a list: filters, lazily paged rows, and the record that is selected (Y10)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.consultations.card import ConsultationCard, OpenRecord
from app.services.consultations.desk_words import WordsOffered
from app.services.consultations.register import Register, RegisterPage, RegisterRow
from app.services.sites.site_list import SiteList, SiteView
from app.ui.consultations.record_pane import RecordPane
from app.ui.consultations.side_cards import record_state
from app.ui.delivery_tag import delivery_column
from app.ui.theme import px
from app.ui.widgets.card import Card, columns
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import LineField, TickField, slim
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.month import MonthPicker
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.values import DeliveryState

SIDE = 340
WAIT_MS = 250
AUDITS = {"": None, "合格": "done", "缺项": "due", "不规范": "fault"}


class RegisterView(QWidget):
    """told(sentence): the page's one sentence changed. wanted(): the form is to be shown."""

    told = Signal(str, str)
    wanted = Signal()

    def __init__(
        self, page: Any, correct: Callable[[OpenRecord], None], printed: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._page, self._correct, self._printed = page, correct, printed
        self._sort, self._is_descending = "at", True
        self._sought: RegisterRow | None = None
        self._corrects = False

    def build(self) -> Iterator[None]:
        """Filters, table and pane, as a page is built."""
        self.month = MonthPicker(self._page.desk.today())
        self.words = LineField("", hint="编号、姓名、首字母、电话、事项或内容")
        self.topic = ChoiceField("", hint="全部事项")
        self.site = ChoiceField("", hint="全部站点")
        self.faulty, self.unaudited = TickField("只看缺项、不规范"), TickField("未审核")
        self.delivery = ChoiceField(
            "", [("", "各种上报状态"), *((one.value, one.value) for one in DeliveryState)]
        )
        self.delivery.set_value("")
        yield
        self.table = Table(
            [
                Column("number", "编号", 72),
                Column("at", "时间", 92, value=lambda r: f"{r.at:%m-%d %H:%M}"),
                Column("client", "咨询人", 72),
                Column("topics", "事项"),
                Column("groups", "人群", 104, is_shown=False),
                Column("person", "值班人员", 80, yields=1),
                Column("handling", "处理", 88, is_shown=False),
                Column("rating", "满意度", 80, yields=2),
                Column(
                    "audit",
                    "审核",
                    84,
                    "tag",
                    tag=lambda r: (AUDITS[r.audit] or "none", r.audit) if r.audit else None,
                    yields=3,
                ),
                Column("state", "记录", 84, "tag", tag=record_state, is_sortable=False),
                *([] if self._page.desk.is_bureau else [delivery_column(yields=4)]),
            ],
            name="咨询登记簿",
            empty="这段时间没有咨询记录。",
            first="登记一条咨询",
            run=self.wanted.emit,
        )
        yield
        self.pane = RecordPane(self._page, self._correct, self._printed)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        yield
        self._lay_out()

    def _lay_out(self) -> None:
        for field, width in ((self.words, 220), (self.topic, 132), (self.site, 132), (self.delivery, 140)):
            slim(field).setFixedWidth(px(width))
        for tick in (self.faulty, self.unaudited):
            slim(tick)
        self.words.editor.setAccessibleName("在登记簿里查找")
        self.topic.editor.setAccessibleName("事项")
        self.site.editor.setAccessibleName("站点")
        self.delivery.editor.setAccessibleName("上报状态")
        (self.delivery if self._page.desk.is_bureau else self.site).hide()
        bar = FlowLayout(
            *(self.month, self.words, self.topic, self.site, self.delivery), self.faulty, self.unaudited
        )
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(12))
        stack.addLayout(bar)
        stack.addLayout(columns((Card(pad=1).add(self.table), 1), (self.pane, SIDE)), 1)
        self.month.picked.connect(lambda *_: self.refresh())
        self._timer.timeout.connect(self.refresh)
        for signal in (
            self.words.changed,
            self.topic.changed,
            self.site.changed,
            self.delivery.changed,
            self.faulty.changed,
            self.unaudited.changed,
        ):
            signal.connect(self._timer.start)
        self.table.selected.connect(self._select)
        self.table.activated.connect(lambda _row: self.pane.setFocus())
        self.table.model.on_sort = self._sort_by

    # asking

    def refresh(self) -> None:
        """Ask for the first page again."""
        if self._page.desk.is_bureau and not self.site.list.count():
            self._page.ask(SiteList(), self._offer_sites, slot="sites")
        self._page.ask(self.query(), self._fill, slot="register")

    def query(self) -> Register:
        """What the filters ask for."""
        year, month = self.month.value()
        return Register(
            site=self.site.value() or "",
            first=date(year, month, 1),
            last=date(year, month, monthrange(year, month)[1]),
            words=self.words.value(),
            topic=self.topic.value() or "",
            is_faulty_only=self.faulty.value(),
            is_unaudited_only=self.unaudited.value(),
            delivery=self.delivery.value() or "",
            sort=self._sort,
            is_descending=self._is_descending,
        )

    def open_with(self, wanted: dict[str, Any]) -> None:
        """Show the month, the faulty ones or the record another page names."""
        first = wanted.get("first")
        if isinstance(first, date):
            self.month.set_value((first.year, first.month))
        if wanted:
            self.faulty.set_value(bool(wanted.get("is_faulty_only")))
            self.unaudited.set_value(bool(wanted.get("is_unaudited_only")))
            self.words.set_value(wanted.get("words", ""))
            self.delivery.set_value(wanted.get("delivery", ""))
        self._corrects = bool(wanted.get("correct"))
        if wanted.get("id"):
            self._page.ask(ConsultationCard(str(wanted["id"])), self._open_wanted, slot="wanted")
        self.refresh()

    def offer(self, words: WordsOffered) -> None:
        """The topics to choose from."""
        self.topic.set_choices([("", "全部事项"), *((one, one) for one in words.topics)])

    def show_again(self) -> None:
        """The selected record as it is now."""
        current = self.table.current()
        if current is not None:
            self._page.ask(ConsultationCard(current.id), self.pane.show_record, slot="card")

    def _offer_sites(self, sites: Sequence[SiteView]) -> None:
        self.site.set_choices([("", "全部站点"), *((one.code, one.short_name or one.name) for one in sites)])

    def _fill(self, page: RegisterPage) -> None:
        rate = f"，满意率 {page.satisfied / page.rated:.1%}" if page.rated else ""
        faulty = f"，{page.faulty} 条缺项或不规范" if page.faulty else ""
        merged = f"，另有重复不计 {page.merged} 条" if page.merged else ""
        least = "至少 " if page.is_more else ""
        self.told.emit(f"{least}{page.total - page.merged} 人次 {page.topics} 件{merged}{faulty}{rate}", "")
        more = self._more if page.total > len(page.rows) else None
        self.table.set_rows(page.rows, more)
        self._select_sought(page)
        if not page.rows:
            self.pane.show_nothing()

    def _select_sought(self, page: RegisterPage) -> None:
        """The record another page named; where it is beyond the first page of its month, its number leads to it."""
        sought = self._sought
        found = next((one for one in page.rows if sought is not None and one.id == sought.id), None)
        if (
            sought is not None
            and found is None
            and page.total > len(page.rows)
            and self.words.value() != sought.number
        ):
            self.words.set_value(sought.number)
            self.refresh()
            return
        self._sought = None
        if found is not None:
            self.table.select(found)

    def _more(self, offset: int, deliver: Callable[[Sequence[Any]], None]) -> None:
        self._page.ask(replace(self.query(), offset=offset), lambda page: deliver(page.rows), slot="more")

    def _sort_by(self, key: str, is_descending: bool) -> None:
        self._sort, self._is_descending = key, is_descending
        self.refresh()

    def _select(self, record: RegisterRow | None) -> None:
        if record is None:
            self.pane.show_nothing()
        else:
            self._page.ask(ConsultationCard(record.id), self.pane.show_record, slot="card")

    def _open_wanted(self, record: OpenRecord) -> None:
        self._sought = record.row
        for field, empty in ((self.site, ""), (self.topic, ""), (self.delivery, ""), (self.unaudited, False)):
            field.set_value(empty)
        self.month.set_value((record.row.at.year, record.row.at.month))
        self.pane.show_record(record)
        self.refresh()
        if self._corrects and not record.closed:
            self._correct(record)
