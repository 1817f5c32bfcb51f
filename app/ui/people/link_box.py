"""What a bureau does with a station's proposal: link it to somebody of the pool, or take the person in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.services.people.link_person import BY_NAME, AdoptPerson, LinkPerson
from app.services.people.pool import PoolPerson
from app.services.people.suggestions import LinkSuggestion
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.card import column, row
from app.ui.widgets.fields import LineField
from app.ui.widgets.person import PersonField, PersonHit, among
from app.ui.widgets.text import label, rule

Run = Callable[[LinkPerson | AdoptPerson], object]


class LinkBox(QWidget):
    """Shows the likeliest person and lets another be chosen; run(command) links or adopts."""

    def __init__(self, found: LinkSuggestion, pool: Sequence[PoolPerson], run: Run) -> None:
        super().__init__()
        self._found, self._run = found, run
        self.person = PersonField("关联到库里的", among([_hit(one) for one in pool if not one.is_proposal]))
        self.reason = LineField("理由", hint="没有相同证号时填写，如“电话核实”", max_length=40)
        self.link_button = Button("关联", self.link, kind=PRIMARY)
        self.adopt_button = Button("收入人员库", lambda: run(AdoptPerson(found.id)))
        self.adopt_button.setEnabled(found.match in ("", BY_NAME))
        alike = f"别的站点也登记了：{'；'.join(found.alike)}。" if found.alike else ""
        self.words = label(f"{_words(found)}{alike}", wraps=True)
        if found.person_id:
            self.person.set_value(PersonHit(found.person_id, found.person_name, found.person_organisation))
        self.setLayout(
            column(
                label(f"{found.site_name}登记，待关联", "strong"),
                self.words,
                self.person,
                self.reason,
                row(self.link_button, self.adopt_button, None),
                rule(),
                spacing=8,
            )
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Never squeezed: what does not fit is scrolled to."""
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(
                max(layout.totalHeightForWidth(self.width()), layout.totalSizeHint().height())
            )

    def link(self) -> None:
        """Link to the person chosen."""
        person = self.person.value()
        if not person:
            self.person.show_fault("请从列表里选择库里的人员")
            return
        self._run(LinkPerson(self._found.id, person, self.reason.value()))


def _words(found: LinkSuggestion) -> str:
    if not found.person_id:
        return "库里没有证号或姓名相同的人员。核对后可收入人员库。"
    if found.match == BY_NAME:
        return f"库里的“{found.person_name}”姓名相同，证号不同或没有，请先核实是否同一人。"
    return f"与库里的“{found.person_name}”{found.match}相同，应是同一人。"


def _hit(one: PoolPerson) -> PersonHit:
    return PersonHit(
        one.id, one.name, "　".join(filter(None, (one.kind, one.organisation))), (one.licence, one.phone[-4:])
    )
