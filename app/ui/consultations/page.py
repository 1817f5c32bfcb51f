"""The consultation desk: the register, and the form that takes down one visit after another (Y10, Q02)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from app.documents.drawn import DrawnPaper
from app.kernel.permissions import Permission
from app.services.consultations.answer_card import AnswerCard
from app.services.consultations.card import OpenRecord
from app.services.consultations.desk_words import DeskWords
from app.ui.consultations.entry_view import EntryView
from app.ui.consultations.follow_up_view import FollowUpView
from app.ui.consultations.register_view import RegisterView
from app.ui.desk import Desk
from app.ui.drawn import show_drawn
from app.ui.page import Action, Page, PageView
from app.ui.widgets.preview import Preview


class ConsultationsPage(PageView):
    """Two faces: the register, and the form. Esc leads back to the register; what was typed stays."""

    help_key = "consultations"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "咨询")
        self.preview: Preview | None = None

    def build(self) -> Iterator[None]:
        self.back = self.head.action("登记簿", self.show_register, keys="Esc")
        self.follow_button = self.head.action("回访", self.show_follow_ups)
        self.print_button = self.head.action("打印答复卡", self.print_item, keys="Ctrl P")
        self.apply_button = self.head.action("转为援助申请", self.apply, keys="Ctrl T")
        self.new = self.head.primary("新咨询", self.new_item, keys="Ctrl N")
        self.save = self.head.primary("保存，下一位", self.save_item, keys="Ctrl Return")
        yield
        self.register = RegisterView(self, self.correct, self.print_card)
        self.faces = QStackedWidget()
        self.faces.addWidget(self.register)
        self.body.addWidget(self.faces, 1)
        yield from self.register.build()
        yield
        self.entry = EntryView(self)
        self.faces.addWidget(self.entry)
        yield from self.entry.build()
        yield
        self.follow_ups = FollowUpView(self)
        self.faces.addWidget(self.follow_ups)
        yield from self.follow_ups.build()
        self.register.told.connect(lambda text, state: self._tell(self.register, text, state))
        self.entry.told.connect(lambda text, state: self._tell(self.entry, text, state))
        self.register.wanted.connect(self.new_item)
        self.entry.saved.connect(self._saved)
        self.entry.shift.opened.connect(lambda found: self.open_with(id=found.id))
        self._dress()

    # hooks

    def refresh(self) -> None:
        """Form and register, so that each is right when it is turned up; the calls, which are asked for then, where they are."""
        self.ask(DeskWords(), self.register.offer, slot="words")
        self.entry.refresh()
        self.register.refresh()
        self.register.show_again()
        if self._list() is self.follow_ups:
            self.follow_ups.refresh()

    def open_with(self, new: bool = False, **wanted: Any) -> None:
        """The form for a new record, or the register with what another page names."""
        if new:
            self.new_item()
        elif wanted.get("follow_up"):
            self.show_follow_ups()
        else:
            self.show_register()
            self.register.open_with(wanted)

    def focus_first(self) -> None:
        """The form's first field, or the register."""
        if self._is_form():
            self.entry.form.focus()
        else:
            self._list().table.setFocus()

    def steps(self) -> Sequence[Action]:
        """The page's steps in the palette."""
        return (
            Action("新咨询", self.new_item, "Ctrl N"),
            Action("咨询登记簿", self.show_register, "Esc"),
            Action("电话回访", self.show_follow_ups),
        )

    def new_item(self) -> None:
        """The form for the next person; one half filled in stays as it is."""
        if not self.desk.may(Permission.RECORD_CONSULTATION):
            return
        self._turn(self.entry)
        self.entry.begin()

    def save_item(self) -> None:
        """Store what the form holds."""
        if self._is_form():
            self.entry.save()

    def print_item(self) -> None:
        """The answer card: of the selected record, or of the one being taken down once it is stored."""
        if self._list() is self.follow_ups:
            return
        if not self._is_form():
            record = self.register.table.current()
            if record is not None:
                self.print_card(record.id)
        elif not self.entry.form.is_blank():
            self.entry.save(prints_after=True)
        elif self.entry.saved_id:
            self.print_card(self.entry.saved_id)

    def apply(self) -> None:
        """Ctrl+T: the selected record, or the one just stored, becomes an application for legal aid."""
        if not self.desk.may(Permission.RECORD_CASE) or self._list() is self.follow_ups:
            return
        record = self.register.table.current() if not self._is_form() else None
        row_id = record.id if record is not None else self.entry.saved_id if self._is_form() else ""
        if row_id:
            self.desk.go("cases", consultation=row_id)
        else:
            self.head.show_banner("先保存这次咨询，再转为援助申请。", "due")

    def search(self) -> None:
        """F3: find in the register."""
        self.show_register()
        self.register.words.setFocus()

    def go_back(self) -> bool:
        """From the form, or from the follow-ups, to the register."""
        if self._list() is self.register and not self._is_form():
            return False
        self.show_register()
        return True

    # steps

    def show_register(self) -> None:
        """Turn up the register; a correction that was begun is given up, a new record stays as a draft."""
        if self._is_form() and self.entry.record is not None:
            self.entry.begin()
        self._turn(self.register)
        self.register.table.setFocus()
        self.register.refresh()

    def show_follow_ups(self) -> None:
        """Turn up the list of people to call."""
        if self.desk.may(Permission.RECORD_CONSULTATION):
            self._turn(self.follow_ups)
            self.follow_ups.table.setFocus()
            self.follow_ups.refresh()

    def correct(self, record: OpenRecord) -> None:
        """Let the form take a record over."""
        self._turn(self.entry)
        self.entry.correct(record)

    def print_card(self, row_id: str) -> None:
        """Show the large-print card as it will be printed."""
        self.ask(AnswerCard(row_id), self.preview_paper, slot="answer_card")

    def keyPressEvent(self, event: Any) -> None:
        """F2 goes to the earlier visitors."""
        from PySide6.QtCore import Qt

        if event.key() == Qt.Key.Key_F2 and self._is_form():
            self.entry.clients.focus_choice()
        else:
            super().keyPressEvent(event)

    def preview_paper(self, drawn: DrawnPaper) -> None:
        """Show a paper about a record as it will be printed."""
        self.preview = show_drawn(self, drawn)

    def _saved(self, row_id: str) -> None:
        if self.entry.prints_after:
            self.print_card(row_id)
        else:
            self.show_register()
            self.register.open_with({"id": row_id})

    def _is_form(self) -> bool:
        return self.faces.currentWidget() is self.entry

    def _turn(self, face: Any) -> None:
        if self.faces.currentWidget() is not face:
            self.head.clear_banner()
        self.faces.setCurrentWidget(face)
        self._dress()

    def _dress(self) -> None:
        """Title and steps of the face that is turned up."""
        is_form, may = self._is_form(), self.desk.may(Permission.RECORD_CONSULTATION)
        is_calls = self._list() is self.follow_ups
        form_title = "更正咨询" if self.entry.record else "新咨询"
        self.head.set_title(form_title if is_form else "电话回访" if is_calls else "咨询")
        self.back.setVisible(is_form or is_calls)
        self.save.setVisible(is_form)
        self.save.set_text("保存更正" if self.entry.record else "保存，下一位")
        self.new.setVisible(not is_form and may)
        self.follow_button.setVisible(not is_form and not is_calls and may)
        self.print_button.setVisible(may and not is_calls)
        self.apply_button.setVisible(self.desk.may(Permission.RECORD_CASE) and not is_calls)

    def tell_of(self, face: Any, text: str) -> None:
        """What a face says of itself stands beside the title while it is turned up."""
        self._tell(face, text, "")

    def _list(self) -> Any:
        return self.follow_ups if self.faces.currentWidget() is self.follow_ups else self.register

    def _tell(self, face: Any, text: str, state: str) -> None:
        if self.faces.currentWidget() is face:
            self.head.set_lead(text, state)
            if face is self.entry:
                self._dress()


PAGE = Page(
    "consultations", "咨询", "consultations", ConsultationsPage, group=0, order=3, permission=Permission.LOOK
)
